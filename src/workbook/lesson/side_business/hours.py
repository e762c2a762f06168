"""What the side business's hours are worth, and what outsourcing a process too early does.

Hours are the scarce resource here. Outsourcing a chore costs a share of sales and frees hours;
whether that pays is shown by the income per hour still worked. What outsourcing does before the
process is understood is measured on single runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from workbook.law import Economy, attempts_on_average, raced_rates
from workbook.lesson.comparisons import Choices, Plays
from workbook.life import Life
from workbook.luck import value_of
from workbook.plan import Milestone, Plan
from workbook.whatif.variants import AS_WRITTEN

FORK, FIRST_NODE = "by-hand-or-not", "first-node"
HAND_OUT, SHORT, GOODS_FIRST = "hand-out-first", "short-round", "goods-first"
FLOW, GOAL = "by-hand", "pace"
NODES = ("packing", "answering", "ordering", "listing", "sourcing")
LAST_NODE = "sourcing"
SALES = "yearly"
BELIEF = f"milestones.{FLOW}.tests.belief"

BY_HAND: Choices = {FORK: AS_WRITTEN}
AGENCY: Choices = {FORK: HAND_OUT}


def all_handed_out(plays: Plays) -> float:
    """Return the week by which half of the runs started by hand have outsourced everything.

    The deadline, if fewer than half get there.
    """
    week = plays.play(BY_HAND).milestones[LAST_NODE].weeks[0.5]
    return float(plays.plan.horizon_weeks if week is None else week)


WEEKS = 52


@dataclass(frozen=True)
class State:
    """The business after a milestone: hours per week, and money per year.

    `left` is the margin minus the cost of tools; `per_hour` divides it by the hours worked.
    """

    id: str
    hours: float
    sales: float
    margin: float
    left: float

    @property
    def per_hour(self) -> float:
        """Income per hour."""
        return self.left / (self.hours * WEEKS) if self.hours else 0.0


def states(plan: Plan) -> Iterator[State]:
    """Return the business from the first manual order to the goal, in the plan's order."""
    economy = Economy.of(plan)
    for milestone in plan.milestones:
        economy = economy.after(milestone.gives)
        if economy.sales_cents > 0:
            sales, left = (WEEKS * c / 100 for c in (economy.gross_cents, economy.net_cents))
            hours = economy.running_hours_per_week
            yield State(milestone.id, hours, sales, economy.margin, left)


def times_as_much(plan: Plan) -> float:
    """Return how many times as much an hour earns at the goal as by hand; 0 if that is nothing."""
    first, *_, last = states(plan)
    return round(last.per_hour / first.per_hour, 1) if first.per_hour else 0.0


@dataclass(frozen=True)
class Payback:
    """A chore: hours to outsource it (failed attempts included), and hours saved per week.

    `fee` is the share of sales that it costs from then on.
    """

    id: str
    takes: float
    gives_back: float
    fee: float

    @property
    def weeks(self) -> float:
        """Weeks until the invested hours are recovered."""
        return self.takes / self.gives_back if self.gives_back else float("inf")


def paybacks(plan: Plan) -> list[Payback]:
    """Return every chore with its costs and savings, in the plan's order."""
    economy, found = Economy.of(plan), []
    for milestone in plan.milestones:
        after = economy.after(milestone.gives)
        if milestone.id in NODES:
            hours = economy.running_hours_per_week - after.running_hours_per_week
            fee = economy.margin - after.margin
            found.append(Payback(milestone.id, _hours_to_hand_out(milestone), hours, fee))
        economy = after
    return found


def _hours_to_hand_out(milestone: Milestone) -> float:
    """Return the hours of one attempt, times the mean number of attempts."""
    tries = attempts_on_average(raced_rates(milestone), milestone.attempts)
    return tries * value_of(milestone.hours or 0.0, "mean")


def at_the_goal(plan: Plan) -> State:
    """Return the business at its goal."""
    return next(state for state in states(plan) if state.id == GOAL)


LIVES_SHOWN = 300
"""Number of single runs: enough for whole percents, fast enough for a cell."""


@dataclass(frozen=True)
class Kind:
    """Runs of one kind: their share, when the first chore is really outsourced, and the goal.

    `first` is a median week, None if fewer than half get there; `goal` is a share of this kind.
    """

    share: float
    first: float | None
    goal: float | None


@dataclass(frozen=True)
class Early:
    """Early outsourcing with and without understanding, compared with working by hand.

    `never_knew` is the share of runs that ended before either was known. `lost` is the median of
    the weeks from the discovery until the first chore is outsourced again.
    """

    knew: Kind
    did_not: Kind
    never_knew: float
    by_hand: Kind
    lost: float | None


def early(plays: Plays) -> Early:
    """Simulate both options many times and sort the early outsourcers by what comes out."""
    count = min(plays.runs, LIVES_SHOWN)
    agency = [plays.life(number, AGENCY) for number in range(1, count + 1)]
    wrong = [life for life in agency if discovered(life) is not None]
    right = [life for life in agency if discovered(life) is None and _tried(life)]
    lost = [
        week - found
        for life in wrong
        if (week := life.reached.get(NODES[0])) is not None
        and (found := discovered(life)) is not None
    ]
    return Early(
        knew=_kind(right, count),
        did_not=_kind(wrong, count),
        never_knew=1 - (len(right) + len(wrong)) / count,
        by_hand=_by_hand(plays),
        lost=median(lost) if lost else None,
    )


def discovered(life: Life) -> int | None:
    """Return the week in which the misunderstanding was discovered."""
    return next((it.week for it in life.events if it.happening == "untrue"), None)


def _tried(life: Life) -> bool:
    """Whether an attempt at the first chore has ended, so that the process was understood."""
    first = ("passed", "failed")
    return any(it.about == NODES[0] and it.happening in first for it in life.events)


def _by_hand(plays: Plays) -> Kind:
    """Return all runs that worked by hand first."""
    played = plays.play(BY_HAND)
    return Kind(1.0, played.milestones[NODES[0]].weeks[0.5], played.fates["goal"])


def _kind(lives: Sequence[Life], count: int) -> Kind:
    if not lives:
        return Kind(0.0, None, None)
    weeks = sorted(life.reached.get(NODES[0], 10**6) for life in lives)
    middle = weeks[(len(weeks) - 1) // 2]
    goal = sum(life.fate == "goal" for life in lives) / len(lives)
    return Kind(len(lives) / count, middle if middle < 10**6 else None, goal)
