"""Ids of the camp's forks and milestones, and the results that several sections use.

Early enrolment: whether the unpolished camp was good enough shows once it runs in five cities.
Runs are sorted into three kinds: it was, it was not, and those that ended before anybody could
tell. Combinations: the cost and benefit of trying several per round (T5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbook.cases import Case
from workbook.edit import edit
from workbook.law import Attempt
from workbook.lesson.comparisons import Choices, Plays
from workbook.life import Event, Life
from workbook.outcomes import Outcomes
from workbook.plan import Edit
from workbook.play import goal_gap
from workbook.whatif.variants import AS_WRITTEN

FORK, QUIET = "room-to-grow", "quiet"
EARLY, SECOND, NO_SALES = "expand-early", "second-city", "no-sales"
KERNEL, LAST = "good-enough", "cities"
CLIMB = ("method", "coaching", "rhythm")
NPS = "nps"

SMALL: Choices = {FORK: AS_WRITTEN}
BIG: Choices = {FORK: EARLY}


def proved(plays: Plays) -> float:
    """Return the chance that the kernel is proved when the camp stays small."""
    return plays.play(SMALL).milestones[KERNEL].reached


def figure(case: Case, fact: str) -> float:
    """Return a fact of the case that is a single number."""
    value = case.facts[fact].value
    assert isinstance(value, (int, float)), fact
    return float(value)


COUNTS = (1, 2, 3, 4, 6)


@dataclass(frozen=True)
class Climb:
    """The results with a number of combinations per round.

    `weeks` and `cost` are the means of the three steps of the kernel, without a cash limit.
    """

    combinations: int
    weeks: float
    cost: float
    played: Outcomes

    @property
    def figures(self) -> dict[str, float]:
        """The row of a table: the combinations, weeks and cost, the chance of the goal."""
        row = {"combinations": self.combinations, "weeks": self.weeks, "cost": self.cost}
        return {**row, "goal": self.played.fates["goal"]}


def climb(plays: Plays, count: int) -> Climb:
    """Play the plan with this number of combinations side by side in every round."""
    raced = edit(plays.plan, Edit(milestones={id: {"teams": count} for id in CLIMB}))
    steps = [Attempt.at_start(raced, raced.milestone(id), "mean") for id in CLIMB]
    return Climb(
        combinations=count,
        weeks=sum(step.expected_weeks for step in steps),
        cost=sum(step.tries * step.cost_cents for step in steps) / 100,
        played=plays.play(SMALL, plan=raced),
    )


def enough(plays: Plays) -> int:
    """Return the fewest combinations in a round that are as good as any number of them."""
    played = {count: climb(plays, count).played for count in COUNTS}
    most = max(played.values(), key=lambda it: it.fates["goal"])
    return next(count for count, it in played.items() if not goal_gap(it, most).decides)


LIVES_SHOWN = 300
"""Number of single runs: enough for whole percents, fast enough for a cell."""


@dataclass(frozen=True)
class Kind:
    """Runs of one kind: their share of all runs, and their state at the end.

    `nps` and `joining` (the share of those asked who join) are medians; `goal` is a share of this
    kind. All are None without runs of this kind.
    """

    share: float
    nps: float | None
    joining: float | None
    goal: float | None


@dataclass(frozen=True)
class Aftermath:
    """The three kinds, and the median cash of runs that found out: at that time, and after mending.

    `back` is the share of those runs that could start again afterwards.
    """

    good_enough: Kind
    found_out: Kind
    never_knew: Kind
    cash_then: float | None
    cash_mended: float | None
    back: float | None


def aftermath(plays: Plays) -> Aftermath:
    """Simulate the early enrolment many times and sort the runs by what comes out."""
    count = min(plays.runs, LIVES_SHOWN)
    lives = [plays.life(number, BIG) for number in range(1, count + 1)]
    found = [life for life in lives if event(life, "untrue")]
    fine = [life for life in lives if life not in found and _tried(life)]
    rest = [life for life in lives if life not in found and life not in fine]
    then = [it.cash for life in found if (it := event(life, "untrue"))]
    mended = [it.cash for life in found if (it := event(life, "redesign-done"))]
    return Aftermath(
        good_enough=_kind(fine, count),
        found_out=_kind(found, count),
        never_knew=_kind(rest, count),
        cash_then=median(then) if then else None,
        cash_mended=median(mended) if mended else None,
        back=len(mended) / len(found) if found else None,
    )


def event(life: Life, happening: str) -> Event | None:
    """Return the first event of that kind in a run."""
    return next((it for it in life.events if it.happening == happening), None)


def _tried(life: Life) -> bool:
    return any(it.about == LAST and it.happening in ("passed", "failed") for it in life.events)


def _kind(lives: Sequence[Life], count: int) -> Kind:
    if not lives:
        return Kind(0.0, None, None, None)
    ends = [life.states[-1] for life in lives]
    return Kind(
        share=len(lives) / count,
        nps=median(end.measures[NPS] for end in ends),
        joining=median(end.conversion for end in ends),
        goal=sum(life.fate == "goal" for life in lives) / len(lives),
    )
