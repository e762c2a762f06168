"""Versions of the plan, and other plans, side by side on the same luck.

Two are compared change by change; up to four are in one picture. A version that is kept under a
name stays, and any version can be taken back onto the canvas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from workbook import cases
from workbook.builder import plans
from workbook.builder.edits import RefusedError, called
from workbook.builder.plan_diff import PlanDiff, compare, in_short
from workbook.builder.plan_store import Version
from workbook.builder.view import pages
from workbook.builder.view.chart_pages import Page
from workbook.charts.options import Option, side_by_side
from workbook.errors import InputError, Message
from workbook.plan import BREAKEVEN, Plan
from workbook.play import play_many

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

NOW = "now"
MOST_SIDES = 4
MOST_LETTERS = 70
OTHER = "plan:"
"""What the id of another plan begins with."""


class Comparison:
    """The versions of one builder's plan, and the plans next to it."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.forget()

    def forget(self) -> None:
        """Begin again with another plan."""
        self._picked: tuple[str, str] | None = None
        self._diff: PlanDiff | None = None
        self._sides: tuple[str, ...] = ()
        self._changes: dict[str, Message | None] = {}
        self._kept: dict[str, Plan | None] = {}
        self._ranked: tuple[Option, ...] = ()
        self._of: dict[str, Plan] = {}

    def compare(self, one: str, other: str) -> bool:
        """Compare two versions on the same luck."""
        known = self._plans()
        a, b = (known[id]() if id in known else None for id in (one, other))
        if a is None or b is None:
            self._builder.state.say(Message("This version can no longer be read."))
            return False
        self._picked, self._diff = (one, other), compare(a, b)
        self._of["picked"] = self._builder.state.plan
        self.show()
        return True

    def side_by_side(self, ids: Sequence[str]) -> bool:
        """Play up to four versions or plans on the same luck, for one picture."""
        known = self._plans()
        ids = tuple(dict.fromkeys(ids))[:MOST_SIDES]
        found = {id: plan for id in ids if id in known and (plan := known[id]()) is not None}
        if len(found) < 2 or not all(plan.milestones for plan in found.values()):
            self._builder.state.say(Message("Choose two to four that have a milestone each."))
            return False
        names = self._names()
        played = play_many([(plan, None) for plan in found.values()])
        self._sides, self._of["sides"] = tuple(found), self._builder.state.plan
        self._ranked = side_by_side(
            {names[id]: outcomes for id, outcomes in zip(found, played, strict=True)}
        )
        self.show()
        return True

    def keep_as(self, name: str) -> bool:
        """Keep the plan as it is now as a version with a name, which stays."""
        builder = self._builder
        builder.keep()
        try:
            builder.state.say(builder.store.name_version(builder.state.plan, name))
        except RefusedError as error:
            builder.state.say(error.message)
            return False
        self.show()
        return True

    def take(self, id: str) -> bool:
        """Put a version back onto the canvas; undo brings the one that was there back."""
        known = self._plans()
        plan = known[id]() if id in known and not id.startswith(OTHER) else None
        if plan is None:
            self._builder.state.say(Message("This version can no longer be read."))
            return False
        said = Message("“{name}” is on the canvas now.", {"name": self._names()[id]})
        return self._builder.state.replace(plan, said)

    def _plans(self) -> dict[str, Callable[[], Plan | None]]:
        """What can be compared, by id: the plan as it is, its versions, the other plans."""

        def version(one: Version) -> Callable[[], Plan | None]:
            return lambda: one.plan

        kept = {one.file.name: version(one) for one in self._builder.store.versions()}
        beside = {f"{OTHER}{name}": _reader(name) for name in self._others()}
        return {NOW: lambda: self._builder.state.plan, **kept, **beside}

    def _others(self) -> list[str]:
        here = self._builder.store.file.stem
        return [name for name in plans.names() if name != here]

    def _names(self) -> dict[str, str]:
        """What each is called, in the reader's language."""
        names = {NOW: self._builder.w("as it is now")}
        for version in self._builder.store.versions():
            names[version.file.name] = version.name or self._unnamed(version)
        return {**names, **{f"{OTHER}{name}": name for name in self._others()}}

    def _unnamed(self, version: Version) -> str:
        """When a version was kept, and what it changed in the one before it, or what it holds."""
        w, written = self._builder.w, version.written.astimezone()
        today = written.date() == datetime.now(UTC).astimezone().date()
        moment = written.strftime("%H:%M" if today else "%m-%d %H:%M")
        name = version.file.name
        if name not in self._changes:
            self._changes[name] = self._changed_in(version)
        changed = self._changes[name]
        if changed is None:
            return w("kept {moment}", moment=moment)
        what = w.message(changed)
        short = what if len(what) <= MOST_LETTERS else f"{what[:MOST_LETTERS].rstrip()}…"
        return f"{moment} · {short}"

    def _changed_in(self, version: Version) -> Message | None:
        """What a version changed in the one before it, or what it holds if that is gone.

        None if the version cannot be read.
        """
        earlier = {one.number: one for one in self._builder.store.versions()}
        one = earlier.get(version.number - 1)
        before, after = self._plan_of(one) if one else None, self._plan_of(version)
        if before and after:
            return in_short(before, after)
        return _held(after) if after else None

    def _plan_of(self, version: Version) -> Plan | None:
        """The plan of a version, read once for its name: what was kept does not change."""
        name = version.file.name
        if name not in self._kept:
            self._kept[name] = version.plan
        return self._kept[name]

    def readings(self) -> Iterator[Callable[[], object]]:
        """Return a task for each version that is not read yet, since reading takes a while."""
        versions = self._builder.store.versions()
        known = {version.file.name for version in versions}
        self._kept = {name: plan for name, plan in self._kept.items() if name in known}
        return (partial(self._plan_of, one) for one in versions if one.file.name not in self._kept)

    def update(self) -> None:
        """Play again what the plan as it is now was compared with, if it has changed since.

        A comparison that can no longer be made is taken away.
        """
        now, picked, sides = self._builder.state.plan, self._picked or (), self._sides
        if NOW in picked and self._of.get("picked") != now:
            self._picked, self._diff = None, None
            if self._readable(picked):
                self.compare(*picked)
        if NOW in sides and self._of.get("sides") != now:
            self._sides, self._ranked = (), ()
            if self._readable(sides):
                self.side_by_side(sides)
        self.show()

    def _readable(self, ids: Sequence[str]) -> bool:
        """Whether all these plans can be read and have a milestone."""
        known = self._plans()
        found = [known[id]() if id in known else None for id in ids]
        return all(plan is not None and plan.milestones for plan in found)

    def show(self) -> None:
        """Put the page of versions up to date; none where there is nothing to compare with."""
        names = self._names()
        named = [{"id": id, "name": name} for id, name in names.items()]
        before = named[min(2, len(named) - 1)]["id"]  # the newest one is as it is now
        picked = self._picked or (before, NOW)
        builder, shown = self._builder, list[Page]()
        if builder.state.plan.milestones and len(named) > 1:
            page = pages.compared(named, picked, self._diff, builder.w)
            sides = pages.sides(self._sides, self._ranked, builder.w, builder.scheduler.sight)
            shown = [{**page, **sides}]
        builder.screen.compared = {"revision": builder.state.revision, "pages": shown}


def _held(plan: Plan) -> Message:
    """What a plan holds, in a few words."""
    if not plan.milestones:
        return Message("A blank page")
    if plan.goal == BREAKEVEN:
        return Message("milestones: {n}", {"n": len(plan.ids)})
    values = {"n": len(plan.ids), "goal": called(plan, plan.goal)}
    return Message("milestones: {n}, the goal “{goal}”", values)


def _reader(name: str) -> Callable[[], Plan | None]:
    """Return what reads another plan; None where its file has faults."""

    def read() -> Plan | None:
        try:
            return cases.read(plans.named(name)).plan
        except InputError:
            return None

    return read
