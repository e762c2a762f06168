"""Which milestone, and which assumed figure, influences the goal most.

Each milestone is made certain, then ten points more likely, then a week shorter; each assumed
figure is set to the low and to the high end of its range. Everything else stays the same,
including the random numbers, so that the difference is the effect of the change. Figures are
changed one at a time; interactions are not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.errors import Fault, InputError, Message
from workbook.logged import plan_from_today
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import RUNS, Gap, OnProgress, goal_gap, no_progress, play_many
from workbook.simulate import part_of
from workbook.whatif import better, certain, faster, set_figure

if TYPE_CHECKING:
    import pandas as pd

Choices = Mapping[str, str] | None
Change = Callable[[Plan, str, float], Plan]
PART = 10
"""Milestones, or figures, whose edited plans are played in one pass."""
POINTS = 0.1
WEEKS = 1.0
EDITS: Mapping[str, Callable[[Plan, str], Plan]] = {
    "certain": certain,
    "better": lambda plan, id: better(plan, id, POINTS),
    "faster": lambda plan, id: faster(plan, id, WEEKS),
}


@dataclass(frozen=True)
class Lever:
    """One milestone: the gain in the chance of the goal (share) from each improvement.

    `certain`: it passes at once; `better`: ten points more pass rate or belief; `faster`: each
    attempt a week shorter (no gain if it takes one week already).
    """

    milestone: str
    certain: Gap
    better: Gap
    faster: Gap


@dataclass(frozen=True)
class Importance:
    """All milestones, the one with the largest gain from certainty first.

    `goal` is the chance of the plan as written. `message` says which milestone matters most, or
    that none does.
    """

    plan: str
    how: str
    runs: int
    seed: int | None
    goal: float
    levers: tuple[Lever, ...]
    message: Message

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        rows = {lever.milestone: _plain(lever, EDITS) for lever in self.levers}
        return {**vars(self), "levers": rows, "message": str(self.message)}

    def frame(self) -> pd.DataFrame:
        """Return one row per milestone: `certain`, `better`, `faster` (gains) and `…_error`."""
        import pandas as pd

        rows = {lever.milestone: _plain(lever, EDITS) for lever in self.levers}
        columns = [f"{edit}{suffix}" for edit in EDITS for suffix in ("", "_error", "_clear")]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        return frame.rename_axis("milestone")


@dataclass(frozen=True)
class Bar:
    """One assumed figure of a tornado chart.

    Holds its range, and the change of the chance at each end (share, after minus before); `swing`
    is the high end minus the low end.
    """

    name: str
    low: float
    high: float
    at_low: Gap
    at_high: Gap
    swing: Gap


@dataclass(frozen=True)
class Tornado:
    """All assumed figures, the one with the widest swing first; `goal` is that of the plan."""

    plan: str
    how: str
    runs: int
    seed: int | None
    goal: float
    bars: tuple[Bar, ...]
    message: Message

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {
            **vars(self),
            "bars": {bar.name: _bar_plain(bar) for bar in self.bars},
            "message": str(self.message),
        }

    def frame(self) -> pd.DataFrame:
        """Return one row per figure: `low`, `high` (its unit), gains `at_low`, `at_high`, `swing`.

        The gains are shares, each with `…_error` and `…_clear` (more than noise).
        """
        import pandas as pd

        names = ("at_low", "at_high", "swing")
        gains = [f"{name}{suffix}" for name in names for suffix in ("", "_error", "_clear")]
        rows = {bar.name: _bar_plain(bar) for bar in self.bars}
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=["low", "high", *gains])
        return frame.rename_axis("figure")


def importance(
    plan: Plan,
    choices: Choices = None,
    *,
    ids: Sequence[str] | None = None,
    runs: int = RUNS,
    seed: int = 1,
    on_progress: OnProgress = no_progress,
) -> Importance:
    """Compute the gain in the chance of the goal from improving each milestone.

    Parameters
    ----------
    choices
        Option by fork, by ids.
    ids
        Only these milestones; by default all that are attempted.
    runs, seed
        The number of runs and the seed, if the plan must be simulated.
    on_progress
        Called with the share (0..1) that is done.

    Raises
    ------
    InputError
        For an unknown milestone, fork or option.
    """
    plan = plan_from_today(plan, choices)
    wanted = [m.id for m in plan.attempted] if ids is None else list(ids)
    edited = [[edit(plan, id) for edit in EDITS.values()] for id in wanted]
    groups = [[plan if after == plan else after for after in group] for group in edited]
    many = partial(play_many, runs=runs, seed=seed)
    base, gains = _gains(plan, groups, choices, many, on_progress)
    found = [Lever(id, *each[:3]) for id, each in zip(wanted, gains, strict=True)]
    levers = tuple(sorted(found, key=lambda lever: -round(lever.certain.value, 9)))
    return Importance(
        plan.id, base.how, base.runs, base.seed, base.fates["goal"], levers, _message(plan, levers)
    )


def tornado(
    plan: Plan,
    ranges: Mapping[str, tuple[float, float]],
    choices: Choices = None,
    *,
    change: Change = set_figure,
    runs: int = RUNS,
    seed: int = 1,
    on_progress: OnProgress = no_progress,
) -> Tornado:
    """Compute how far each assumed figure, moved over its range, moves the chance of the goal.

    Parameters
    ----------
    ranges
        Low and high by name: a dotted path of the plan (`milestones.taste.cost`), or any name that
        `change` accepts.
    change
        Returns the plan with the figure of that name set to a value.
    on_progress
        Called with the share (0..1) that is done.

    Raises
    ------
    InputError
        With every name or value that cannot be set.
    """
    plan = plan_from_today(plan, choices)
    ends = _ends(plan, ranges, change)
    many = partial(play_many, runs=runs, seed=seed)
    base, gains = _gains(plan, [*ends.values()], choices, many, on_progress)
    bars = [Bar(name, *ranges[name], *each) for name, each in zip(ends, gains, strict=True)]
    bars.sort(key=lambda bar: -round(abs(bar.swing.value), 9))
    return Tornado(
        plan.id, base.how, base.runs, base.seed, base.fates["goal"], tuple(bars), _widest(bars)
    )


def together(paths: Mapping[str, Sequence[str]]) -> Change:
    """Return a change for `tornado` in which one name sets several figures of the plan.

    `paths` holds by name (of a fact of a case, for example) the dotted paths of its figures.
    Figures that a case derives from them by a formula stay; `cases.moving.with_fact` changes those
    too.
    """

    def change(plan: Plan, name: str, value: float) -> Plan:
        for path in paths[name]:
            plan = set_figure(plan, path, value)
        return plan

    return change


def _ends(
    plan: Plan, ranges: Mapping[str, tuple[float, float]], change: Change
) -> dict[str, tuple[Plan, Plan]]:
    """Return the plan at both ends of each range; raise all faults at once."""
    ends, faults = {}, list[Fault]()
    for name, (low, high) in ranges.items():
        try:
            ends[name] = (change(plan, name, low), change(plan, name, high))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(plan.id, faults)
    return ends


def _gains(
    plan: Plan,
    groups: Sequence[Sequence[Plan]],
    choices: Choices,
    many: Callable[..., list[Outcomes]],
    on_progress: OnProgress,
) -> tuple[Outcomes, list[list[Gap]]]:
    """Return the outcomes of a plan, and by group what each of its plans gains on it, then the last
    of them on the first.

    A part of the groups is played in one pass, compared and let go before the next, and the plan by
    itself, so that memory does not grow with their number.
    """
    (base,), gains = many([(plan, choices)]), list[list[Gap]]()
    for begin in range(0, len(groups), PART):
        part = groups[begin : begin + PART]
        on = part_of(on_progress, begin, len(part), len(groups))
        plans = [edited for group in part for edited in group if edited is not plan]
        played = many([(edited, choices) for edited in plans], on_progress=on)
        outcomes = {id(plan): base} | dict(zip(map(id, plans), played, strict=True))
        for group in part:
            each = [outcomes[id(edited)] for edited in group]
            gains.append([*(_gap(base, after) for after in each), _gap(each[0], each[-1])])
        del played, outcomes, each
    return base, gains


def _gap(before: Outcomes, after: Outcomes) -> Gap:
    return Gap(0.0) if before is after else goal_gap(before, after)


def _message(plan: Plan, levers: Sequence[Lever]) -> Message:
    if not levers or not levers[0].certain.clear:
        return Message("No milestone clearly holds the goal back.")
    first = plan.milestone(levers[0].milestone)
    template = (
        "“{milestone}” matters most: were it certain, {gain} more of 100 lives would reach the"
        " goal."
    )
    gain = f"{levers[0].certain.value * 100:.1f}"
    return Message(template, {"milestone": first.name or first.id, "gain": gain})


def _widest(bars: Sequence[Bar]) -> Message:
    if not bars or not bars[0].swing.clear:
        return Message("None of these figures clearly moves the goal over its range.")
    template = "{figure} matters most: over its range the goal moves by {swing} lives in 100."
    swing = f"{abs(bars[0].swing.value) * 100:.1f}"
    return Message(template, {"figure": bars[0].name, "swing": swing})


def _plain(row: Lever | Bar, names: Sequence[str] | Mapping[str, object]) -> dict[str, Any]:
    """Return each gap of a row as value, error and whether it is more than noise."""
    plain: dict[str, Any] = {}
    for name in names:
        gap: Gap = getattr(row, name)
        plain |= {name: gap.value, f"{name}_error": gap.error, f"{name}_clear": gap.clear}
    return plain


def _bar_plain(bar: Bar) -> dict[str, Any]:
    return {"low": bar.low, "high": bar.high, **_plain(bar, ("at_low", "at_high", "swing"))}
