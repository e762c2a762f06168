"""Two versions of the plan beside each other: which there are, which were chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbook.builder.plan_diff import PlanDiff, compare
from workbook.builder.versions import Version
from workbook.builder.view import pages
from workbook.errors import Message
from workbook.plan import Plan

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

NOW = "now"


class Comparison:
    """The versions of one builder's plan."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._picked: tuple[str, str] | None = None
        self._diff: PlanDiff | None = None

    def compare(self, one: str, other: str) -> bool:
        """Lay two versions beside each other on the same luck."""
        plans = self._plans()
        a, b = (plans[id]() if id in plans else None for id in (one, other))
        if a is None or b is None:
            self._builder.state.say(Message("This version can no longer be read."))
            return False
        self._picked, self._diff = (one, other), compare(a, b)
        self.show()
        return True

    def _plans(self) -> dict[str, Callable[[], Plan | None]]:
        """What can be compared, by id: the plan as it is, and every version that was kept."""

        def reader(version: Version) -> Callable[[], Plan | None]:
            return lambda: version.plan

        kept = {version.file.name: reader(version) for version in self._builder.store.versions()}
        return {NOW: lambda: self._builder.state.plan, **kept}

    def show(self) -> None:
        """Put the page of versions up to date."""
        w, named = self._builder.w, [{"id": NOW, "name": self._builder.w("as it is now")}]
        for version in self._builder.store.versions():
            moment = version.written.astimezone().strftime("%m-%d %H:%M:%S")
            named.append({"id": version.file.name, "name": w("kept {moment}", moment=moment)})
        before = named[min(2, len(named) - 1)]["id"]  # the newest one is as it is now
        picked = self._picked or (before, NOW)
        page = pages.compared(named, picked, self._diff, w)
        self._builder.screen.compared = {"revision": self._builder.state.revision, "pages": [page]}
