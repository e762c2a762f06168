"""The ten tasks of the notebook that computes with the frames, and the plays they are about.

Each truth comes from the engine's own results, not from the frames that a reader is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import hypot, isfinite
from typing import Any

import numpy as np

from workbook.errors import InputError
from workbook.figures import MOST_MONEY
from workbook.lesson.comparisons import attempt_price
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Milestone, Plan
from workbook.play import EQUAL, goal_gap, play
from workbook.whatif import set_figure
from workbook.whatif.contrast import contrast
from workbook.words import N_, Words

GOAL, RUIN = FATES.index("goal"), FATES.index("ruin")
KERNEL = "taste"
WANTED, MORE = 0.5, 0.1
NEVER = "never"


@dataclass(frozen=True)
class Bench:
    """A plan and two ways through its fork, simulated with common random numbers.

    Attributes
    ----------
    plan, way, other
        The plan, the options chosen, and the options of the way compared with it.
    runs, seed
        Of every play.
    """

    plan: Plan
    way: Mapping[str, str]
    other: Mapping[str, str]
    runs: int
    seed: int

    def play(self, plan: Plan, choices: Mapping[str, str]) -> Outcomes:
        """Simulate a plan with the bench's number of runs and its seed."""
        return play(plan, choices, runs=self.runs, seed=self.seed, how="simulated")

    @cached_property
    def played(self) -> Outcomes:
        """The play of the way."""
        return self.play(self.plan, self.way)

    @cached_property
    def compared(self) -> Outcomes:
        """The play of the other way."""
        return self.play(self.plan, self.other)

    @property
    def kernel(self) -> Milestone:
        """The milestone that the fork is about, as written."""
        return next(m for m in self.plan.milestones if m.id == KERNEL)


Number = Callable[[Bench], "float | str"]


@dataclass(frozen=True)
class Task:
    """A question with one answer.

    Attributes
    ----------
    question, hint, right
        What is asked; a hint; what is said when it is right.
    truth
        Computes the answer: a number, an id, or "never".
    slips
        Usual mistakes: what they come to, and the reply.
    within
        How far off a number may be, as a share of it.
    """

    question: str
    hint: str
    right: str
    truth: Number
    slips: tuple[tuple[Number, str], ...] = ()
    within: float = 0.005


@dataclass(frozen=True)
class Found:
    """A question with many answers: `check` plays the answer and returns whether it will do."""

    question: str
    hint: str
    check: Callable[[Bench, Any, Words], tuple[bool, str]]


def _tries(bench: Bench, fate: int | None) -> np.ndarray[Any, Any]:
    lives = bench.played.lives
    assert lives is not None
    tries = lives.attempts[:, list(bench.played.milestones).index(KERNEL)]
    return tries if fate is None else tries[lives.fate == fate]


def _middle(tries: np.ndarray[Any, Any]) -> float | str:
    return float(np.median(tries)) if tries.size else NEVER


def _mean(tries: np.ndarray[Any, Any]) -> float | str:
    return float(np.mean(tries)) if tries.size else NEVER


def _half_ended(bench: Bench) -> float | str:
    under_way = bench.played.weekly.under_way
    return int(np.argmax(under_way < WANTED)) if (under_way < WANTED).any() else NEVER


def _saved(bench: Bench) -> float:
    moves = contrast(bench.compared, bench.played).moves
    return round(moves["ruin", "goal"] * bench.runs / 1000)


def _net(bench: Bench) -> float:
    before, after = bench.compared.fates["goal"], bench.played.fates["goal"]
    return round((after - before) * bench.runs)


def _unpaired(bench: Bench) -> float:
    return hypot(bench.compared.fates_error["goal"], bench.played.fates_error["goal"])


def _deadliest(bench: Bench) -> str:
    ends = {id: found.died_here for id, found in bench.played.milestones.items()}
    worst = max(ends, key=lambda id: ends[id])
    return worst if ends[worst] > 0 else NEVER


def _last(bench: Bench) -> str:
    reached = {id: found.reached for id, found in bench.played.milestones.items()}
    return min(reached, key=lambda id: reached[id])


def _conversions(bench: Bench) -> tuple[float | None, float | None]:
    sales, gives = bench.plan.sales, bench.kernel.gives
    return (sales.conversion if sales else None, gives.conversion if gives else None)


def _ratio(bench: Bench) -> float | str:
    before, after = _conversions(bench)
    return after / before if before and after else NEVER


def _difference(bench: Bench) -> float | str:
    before, after = _conversions(bench)
    return after - before if before and after else NEVER


def _balance(bench: Bench, answer: Any, w: Words) -> tuple[bool, str]:
    """Judge a sum of cash by playing it: half of all lives should arrive."""
    if not is_number(answer) or not 0 < float(answer) < MOST_MONEY:
        return False, w("A sum of cash is asked for: one positive number.")
    goal = bench.play(set_figure(bench.plan, "cash", float(answer)), bench.way).fates["goal"]
    said = {"goal": w.percent(goal), "cash": w.money(float(answer), bench.plan.currency)}
    if abs(goal - WANTED) <= EQUAL:
        right = N_("Right: started with {cash}, {goal} of lives arrive. Closer than that is luck.")
        return True, w(right, **said)
    if goal < WANTED:
        return False, w("Started with {cash}, {goal} of lives arrive. That is too few.", **said)
    return False, w("Started with {cash}, {goal} of lives arrive. Less would do.", **said)


FREE = {"weeks", "cost", "teams", "attempts", "needs"}
"""What a reader's own plan may change of a milestone."""


def _own_plan(bench: Bench, answer: Any, w: Words) -> tuple[bool, str]:
    """Judge a plan of the reader's: better by ten points, with nothing given to it."""
    if not isinstance(answer, Plan):
        return False, w("A plan is asked for: what `edit(plan, Edit(...))` returns.")
    if gone := [id for id in bench.plan.ids if id not in answer.ids]:
        return False, w("This plan has lost {names}. Skip a milestone instead.", names=gone)
    if moved := _not_allowed(bench.plan, answer):
        return False, w("This plan also changes {names}. Leave that as it was.", names=moved)
    try:
        gap = goal_gap(bench.played, bench.play(answer, bench.way))
    except InputError as error:
        return False, w("It cannot be played: {problem}", problem=w.faults(error))
    said = {"gap": f"{100 * gap.value:+.1f}".replace("-", "−"), "error": f"{200 * gap.error:.1f}"}
    if gap.clear and gap.value >= MORE:
        return True, w("It will do: {gap} points (give or take {error}) on the same luck.", **said)
    few = N_("{gap} points (give or take {error}) on the same luck. Ten more are wanted.")
    return False, w(few, **said)


def _not_allowed(plan: Plan, answer: Plan) -> list[str]:
    """Name what differs and may not: cash, burn, sales, pass rates, what a milestone gives."""
    was, now = (found.model_dump() for found in (plan, answer))
    moved = [name for name in was if name not in ("milestones", "skips") and was[name] != now[name]]
    before = {m["id"]: m for m in was["milestones"]}
    for milestone in now["milestones"]:
        old = before.get(milestone["id"], {})
        new = [k for k in milestone if k not in FREE and milestone[k] != old.get(k)]
        moved += [f"milestones.{milestone['id']}.{key}" for key in new]
    return moved


def is_number(answer: Any) -> bool:
    """Whether it is one finite number, of Python or of numpy."""
    if isinstance(answer, bool) or not isinstance(answer, (int, float, np.integer, np.floating)):
        return False
    try:
        return isfinite(answer)
    except OverflowError:  # an integer beyond every float
        return False


TASKS: Mapping[str, Task | Found] = {
    "one-round": Task(
        N_("What does one round of tasting cost, with the burn of its weeks?"),
        N_("plan.milestones has it; so has plan.burn_per_week."),
        N_("Right. The weeks often cost more than the work."),
        lambda bench: attempt_price(bench.plan, bench.kernel),
        (
            (
                lambda bench: float(np.mean(bench.kernel.cost)),
                N_("That is the tasting alone. The burn of its weeks comes on top."),
            ),
        ),
    ),
    "own-error": Task(
        N_("By how much may the share that reaches the goal be off: what is its standard error?"),
        N_("For a share p of n lives: the square root of p(1 − p)/n."),
        N_("Right. Four times as many lives halve it; the guessed figures it does not touch."),
        lambda bench: bench.played.fates_error["goal"],
        (
            (
                lambda bench: bench.played.fates_error["goal"] ** 2,
                N_("That is the variance. Take its square root."),
            ),
        ),
        within=0.02,
    ),
    "deadliest": Task(
        N_("At which milestone do most lives run out of money? Answer with its id."),
        N_("milestones_frame() has a column died_here."),
        N_("Right. That is where a better idea is worth most."),
        _deadliest,
        ((_last, N_("That one is reached least often. Most lives end before they get to it.")),),
    ),
    "tries": Task(
        N_("Lives that run out of money: how many rounds of tasting had they in the median?"),
        N_("Group by fate; the column is attempts.taste."),
        N_("Right. So many cards did they hold, and no more."),
        lambda bench: _middle(_tries(bench, RUIN)),
        (
            (
                lambda bench: _middle(_tries(bench, None)),
                N_("That is the median over all lives. Take those with fate ruin only."),
            ),
            (
                lambda bench: _mean(_tries(bench, RUIN)),
                N_("That is the mean. One very long life moves it; the median it does not."),
            ),
        ),
    ),
    "half-ended": Task(
        N_("In which week are fewer than half of all lives still under way, for the first time?"),
        N_("weekly_frame() has a column under_way; idxmax() finds the first True."),
        N_("Right. From there on the band speaks for the smaller half, and they are the lucky."),
        _half_ended,
    ),
    "saved": Task(
        N_(
            "How many lives run out of money when they borrow, and reach the goal on the same luck "
            "when they launch?"
        ),
        N_("Both frames have one row per life: pd.crosstab of the two columns fate."),
        N_("Right. Not a different crowd: the same lives, decided otherwise."),
        _saved,
        (
            (
                _net,
                N_("That is the net gain. Some lives also get lost by launching; count one way."),
            ),
        ),
    ),
    "paired": Task(
        N_("What is the standard error of the gap between the two ways, life by life?"),
        N_("Subtract (fate == goal) of one from the other; std(ddof=0) over the root of n."),
        N_("Right. Smaller than for two crowds of strangers: what luck does to both drops out."),
        lambda bench: goal_gap(bench.compared, bench.played).error,
        (
            (
                _unpaired,
                N_("That is the error for two separate crowds. These are pairs: subtract first."),
            ),
        ),
        within=0.02,
    ),
    "conversion": Task(
        N_("How many times as many channels sign once the taste is right?"),
        N_("The share before is in plan.sales, the share after in what the milestone gives."),
        N_("Right. No tuning of a funnel comes near it: the kernel is what sells."),
        _ratio,
        (
            (
                _difference,
                N_("That is the difference of the two shares. Divide one by the other."),
            ),
        ),
    ),
    "even-chance": Found(
        N_("With what cash at the start does every second life arrive?"),
        N_("Play a few sums, then np.interp(0.5, goals, sums)."),
        _balance,
    ),
    "own-plan": Found(
        N_(
            "Write a plan that ten more of a hundred lives finish, by other weeks, costs, teams, "
            "needs or skips alone."
        ),
        N_("What would a round of tasting in two weeks be worth? And the price test left out?"),
        _own_plan,
    ),
}
