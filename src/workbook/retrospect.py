"""Retrospective (P7): the earlier forecast compared with what happened.

Each logged attempt is compared with the chance that the plan gave it with what was known the day
before; each cash count with the cash forecast at the start. The score is Brier's (1950): the
mean squared distance between chance and outcome, 0 is perfect, 0.25 for always saying "half".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from workbook.consistency.shape import keys_on
from workbook.errors import Message, Money
from workbook.law import Attempt, Economy, pass_chance
from workbook.law.ranges import PAID
from workbook.outcomes import LEVELS, Fate, Outcomes
from workbook.plan import LogEntry, Milestone, Plan
from workbook.play import RUNS, OnProgress, no_progress, play
from workbook.present import present
from workbook.present.ranges import Learnt
from workbook.simulate import part_of

if TYPE_CHECKING:
    import pandas as pd

COIN = 0.25


@dataclass(frozen=True)
class Seen:
    """An attempt: its forecast chance (0..1), and whether it passed."""

    week: int
    milestone: str
    chance: float
    passed: bool


@dataclass(frozen=True)
class Counted:
    """A cash count and the forecast for that week made at the start.

    `low`, `likely`, `high` are the 5th, 50th and 95th percentile of the runs under way then; None
    if no run of the forecast was.
    """

    week: int
    cash: float
    low: float | None
    likely: float | None
    high: float | None

    @property
    def within(self) -> bool | None:
        """Whether the count is within the range of nine runs in ten."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.cash <= self.high


@dataclass(frozen=True)
class Reached:
    """A milestone reached: its week, and the share of forecast runs that had reached it by then."""

    week: int
    milestone: str
    foreseen: float


@dataclass(frozen=True)
class Retrospective:
    """The forecasts of the start and of today, and how good the figures were.

    Attributes
    ----------
    before, now
        The results of the plan as seen at the start, and as seen from the last entry of the log.
    brier
        Mean squared distance between chance and outcome over the attempts; None without any.
    """

    before: Outcomes
    now: Outcomes
    attempts: tuple[Seen, ...]
    counts: tuple[Counted, ...]
    reached: tuple[Reached, ...]
    brier: float | None

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {
            "plan": self.before.plan.id,
            "from_week": self.now.from_week,
            "fates_before": dict(self.before.fates),
            "fates_now": dict(self.now.fates),
            "attempts": [asdict(seen) for seen in self.attempts],
            "counts": [{**asdict(count), "within": count.within} for count in self.counts],
            "reached": [asdict(reached) for reached in self.reached],
            "brier": self.brier,
        }

    def frame(self) -> pd.DataFrame:
        """Return one row per attempt: `week`, `milestone`, `chance` (0..1), `passed`."""
        import pandas as pd

        columns = ["week", "milestone", "chance", "passed"]
        return pd.DataFrame([asdict(seen) for seen in self.attempts], columns=columns)

    def moved(self, fate: Fate) -> float:
        """Return today's chance of a fate minus that of the start."""
        return self.now.fates[fate] - self.before.fates[fate]


def retrospect(
    plan: Plan, *, runs: int = RUNS, seed: int = 1, on_progress: OnProgress = no_progress
) -> Retrospective:
    """Compare forecast and facts for a plan with a log.

    `on_progress` is called with the share (0..1) that is done.
    """
    first, then = (part_of(on_progress, done, 1, 2) for done in range(2))
    unlogged = plan.model_copy(update={"log": ()})
    before = play(unlogged, runs=runs, seed=seed, on_progress=first)
    attempts = tuple(_seen(plan, entry) for entry in _log(plan) if entry.milestone and entry.result)
    misses = [(seen.chance - seen.passed) ** 2 for seen in attempts]
    return Retrospective(
        before=before,
        now=play(plan, runs=runs, seed=seed, on_progress=then),
        attempts=attempts,
        counts=tuple(_counted(before, e.week, e.cash) for e in _log(plan) if e.cash is not None),
        reached=tuple(
            Reached(week, id, _by_then(before, id, week))
            for id, week in sorted(present(plan).reached.items(), key=lambda item: item[1])
        ),
        brier=float(np.mean(misses)) if misses else None,
    )


def next_week(plan: Plan, milestone: str | None) -> int:
    """Return the week in which an attempt started after the last entry ends, at its likely length.

    Uses the hours that are free by then; after a failed test the redesign comes next. Without a
    milestone, or without free hours, it is the week of the last entry, at least 1.
    """
    if milestone is None or milestone not in plan.ids:
        return max(1, present(plan).week)
    return next_weeks(plan)[milestone]


def next_weeks(plan: Plan) -> dict[str | None, int]:
    """Return the next week of every milestone, and under None that of none (see `next_week`)."""
    here = present(plan)
    economy = Economy.of(here.plan)
    found: dict[str | None, int] = {None: max(1, here.week)}
    for milestone in here.plan.milestones:
        weeks = Attempt(milestone, economy).weeks
        found[milestone.id] = max(1, here.week + (int(weeks) if isfinite(weeks) else 0))
    return found


def _log(plan: Plan) -> list[LogEntry]:
    return sorted(plan.log, key=lambda entry: entry.week)


def _seen(plan: Plan, entry: LogEntry) -> Seen:
    """Return an attempt, with its chance given everything logged before it."""
    log = _log(plan)
    earlier = tuple(log[: next(n for n, e in enumerate(log) if e is entry)])
    known = present(plan.model_copy(update={"log": earlier})).plan
    assert entry.milestone is not None
    chance = _chance(known, known.milestone(entry.milestone))
    return Seen(entry.week, entry.milestone, chance, entry.result == "passed")


def _chance(plan: Plan, milestone: Milestone) -> float:
    """Return the chance that the next attempt passes, including the beliefs it relies on."""
    chance = pass_chance(milestone)
    for id in milestone.relies_on:
        relied = plan.milestone(id).tests
        chance *= 1.0 if relied is None else relied.belief
    return chance


def _counted(before: Outcomes, week: int, cash: float) -> Counted:
    band = before.weekly.bands["cash"]
    if week >= band.shape[1] or np.isnan(band[:, week]).any():
        return Counted(week, cash, None, None, None)
    low, likely, high = (float(band[LEVELS.index(level), week]) for level in (0.05, 0.5, 0.95))
    return Counted(week, cash, low, likely, high)


def _by_then(before: Outcomes, id: str, week: int) -> float:
    reached_by = before.milestones[id].reached_by
    return float(reached_by[min(week, len(reached_by) - 1)])


def learnt_messages(plan: Plan) -> list[Message]:
    """Say what the counts of a log have taught about figures with a range."""
    if not any(entry.figure for entry in plan.log):
        return []
    return [_learnt(one, plan) for one in present(plan).learnt]


def figure_label(plan: Plan, path: str) -> Message:
    """Return what the figure of a range is called: of a bill or a role, its name."""
    label = Message(keys_on(path)[-1].label)
    parts, id, *_ = (*path.split("."), "")
    if parts not in PAID:
        return label
    item = next(one for one in getattr(plan, parts) if one.id == id)
    return Message("{name}: {figure}", {"name": item.name or item.id, "figure": label})


def _learnt(one: Learnt, plan: Plan) -> Message:
    """Say what is known of a figure now, and what was written."""
    key = keys_on(one.place)[-1]
    said: dict[str, object] = {"figure": figure_label(plan, one.place)}
    if not one.quantiles:
        value = Money(one.now[1], plan.currency) if key.unit == "money" else one.now[1]
        return Message("Learnt: {figure} is {value}, as counted.", {**said, "value": value})
    template = (
        "Learnt: {figure} is {middle}, in 9 of 10 lives between {low} and {high}; written were"
        " {least} to {most}."
    )
    if key.unit == "share":
        template = (
            "Learnt: {figure} is {middle}%, in 9 of 10 lives between {low}% and {high}%; written"
            " were {least}% to {most}%."
        )
    times = 100 if key.unit == "share" else 1
    figures = {"low": one.now[0], "middle": one.now[1], "high": one.now[2]}
    figures |= {"least": one.before[0], "most": one.before[2]}
    return Message(template, said | {n: float(f"{v * times:.3g}") for n, v in figures.items()})
