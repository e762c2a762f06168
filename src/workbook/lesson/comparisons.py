"""The simulations that a lesson needs, and its comparisons: the cost of the way back, sweeps.

A lesson compares one plan with many variants: its options, the plan without a milestone, the plan
with other cash at the fork. Each is simulated once, all with common random numbers, and cached.
Plans are simulated even if an exact answer exists, because learners look at single runs, and
comparisons are paired run by run. `views` and `reveal` turn the results into words and charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from workbook.edit import edit
from workbook.law import Attempt
from workbook.life import Life, Luck, live
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Fork, Milestone, Plan
from workbook.play import goal_gap, play_many
from workbook.whatif import set_figure

Choices = Mapping[str, str]


@dataclass
class Plays:
    """A plan with the number of runs and the seed of its simulations."""

    plan: Plan
    runs: int
    seed: int
    _made: dict[str, Outcomes] = field(default_factory=dict)
    _lives: dict[str, Life] = field(default_factory=dict)

    def play(
        self, choices: Choices | None = None, change: Edit | None = None, plan: Plan | None = None
    ) -> Outcomes:
        """Simulate the plan with these choices and this change."""
        changed = edit(plan or self.plan, change) if change else plan or self.plan
        return self.together([(changed, choices or {})])[0]

    def together(self, plays: Sequence[tuple[Plan, Choices]]) -> list[Outcomes]:
        """Simulate plans, each with the options taken, in one pass; what is known is kept."""
        keys = [f"{sorted(choices.items())}{plan!r}" for plan, choices in plays]
        new = {k: one for k, one in zip(keys, plays, strict=True) if k not in self._made}
        how: dict[str, Any] = {"runs": self.runs, "seed": self.seed, "how": "simulated"}
        if new:
            self._made |= zip(new, play_many([*new.values()], **how), strict=True)
        return [self._made[key] for key in keys]

    def options(
        self, fork: str, ids: Iterable[str], plan: Plan | None = None
    ) -> dict[str, Outcomes]:
        """Simulate some options of a fork in one pass."""
        taken = list(ids)
        found = self.together([(plan or self.plan, {fork: id}) for id in taken])
        return dict(zip(taken, found, strict=True))

    def goal(self, choices: Choices | None = None, plan: Plan | None = None) -> float:
        """Return the chance of the goal with these choices."""
        return self.play(choices, plan=plan).fates["goal"]

    def life(self, number: int, choices: Choices | None = None, plan: Plan | None = None) -> Life:
        """Return a single run, counted from 1: the same random numbers as in the simulation."""
        if plan is not None:
            return live(plan, Luck(self.seed, number - 1), choices)
        key = f"{number} {sorted((choices or {}).items())}"
        if key not in self._lives:
            self._lives[key] = live(self.plan, Luck(self.seed, number - 1), choices)
        return self._lives[key]


def fork_of(plan: Plan, id: str) -> Fork:
    """Return the fork with that id; raise KeyError if it does not exist."""
    for fork in plan.forks:
        if fork.id == id:
            return fork
    raise KeyError(id)


BACK_RUNS = 400
"""Number of single runs for the way back: enough for whole percents, fast enough for a cell."""


@dataclass(frozen=True)
class WayBack:
    """What it takes to return to a milestone that was skipped (P10).

    Shares are of all runs with the skip; money is in the plan's currency. `cash_left` is the
    median at the first failure downstream, None if nothing fails.
    """

    failed: float
    cash_left: float | None
    one_attempt: float
    full_price: float
    can_try_once: float
    can_pay_all: float


def attempt_price(plan: Plan, milestone: Milestone) -> float:
    """Return the mean cost of one attempt, with the burn of its weeks."""
    return Attempt.at_start(plan, milestone, "mean").cents_with_burn / 100


def price_to_pass(plan: Plan, milestone: Milestone) -> float:
    """Return the mean cost until it is reached or used up, with the burn of its weeks."""
    return Attempt.at_start(plan, milestone, "mean").expected_cents / 100


def way_back(plays: Plays, skipped: str, choices: Choices) -> WayBack:
    """Simulate the plan with the skip many times and measure the cash at the first failure.

    A failure counts if it happens at a milestone that depends on the skipped one in the full plan.
    """
    plan = plays.plan
    milestone = plan.milestone(skipped)
    downstream = depending_on(plan, skipped)
    lives = min(plays.runs, BACK_RUNS)
    left: list[float] = []
    for number in range(1, lives + 1):
        events = plays.life(number, choices).events
        failures = (e.cash for e in events if e.happening == "failed" and e.about in downstream)
        cash = next(failures, None)
        if cash is not None:
            left.append(cash)
    one = attempt_price(plan, milestone)
    full_price = price_to_pass(plan, milestone)
    return WayBack(
        failed=len(left) / lives,
        cash_left=median(left) if left else None,
        one_attempt=one,
        full_price=full_price,
        can_try_once=sum(cash >= one for cash in left) / max(1, len(left)),
        can_pay_all=sum(cash >= full_price for cash in left) / max(1, len(left)),
    )


def depending_on(plan: Plan, id: str) -> frozenset[str]:
    """Return the milestones that need this one, directly or indirectly."""
    found: set[str] = {id}
    grew = True
    while grew:
        more = {
            m.id for m in plan.milestones if m.id not in found and found & {*m.needs, *m.needs_any}
        }
        grew = bool(more)
        found |= more
    return frozenset(found - {id})


@dataclass(frozen=True)
class Sweep:
    """The chance of the goal of each option as one figure of the plan varies.

    `goal[option]` is parallel to `values`, and so is `fronts`: the options that may be the best
    one, several if the lead is too small to decide.
    """

    values: tuple[float, ...]
    goal: dict[str, tuple[float, ...]]
    fronts: tuple[tuple[str, ...], ...]

    def winner(self, position: int) -> str | None:
        """Return the leading option at a value, if its lead decides."""
        front = self.fronts[position]
        return front[0] if len(front) == 1 else None


def sweep(plays: Plays, fork: str, path: str, values: Sequence[float]) -> Sweep:
    """Play every option at every value of the figure at `path`, with common random numbers.

    A figure of one option affects only that option: the others are played once.
    """
    options = [option.id for option in fork_of(plays.plan, fork).options]
    goal: dict[str, list[float]] = {option: [] for option in options}
    fronts = []
    plans = [set_figure(plays.plan, path, value) for value in values]
    sides = [
        (plan if moves(path, fork, option) else plays.plan, {fork: option})
        for plan in plans
        for option in options
    ]
    found = iter(plays.together(sides))
    for _ in values:
        played = {option: next(found) for option in options}
        for option, outcomes in played.items():
            goal[option].append(outcomes.fates["goal"])
        fronts.append(tuple(contenders(played)))
    return Sweep(tuple(values), {o: tuple(g) for o, g in goal.items()}, tuple(fronts))


def moves(path: str, fork: str, option: str) -> bool:
    """Whether a figure may change the outcome of an option; another option's figure may not."""
    ways = f"forks.{fork}.options."
    return not path.startswith(ways) or path.startswith(f"{ways}{option}.")


def ranked(played: Mapping[str, Outcomes]) -> list[str]:
    """Return the options by chance of the goal, best first."""
    return sorted(played, key=lambda option: -played[option].fates["goal"])


def contenders(played: Mapping[str, Outcomes]) -> list[str]:
    """Return the options that may be best: the leader, and those too close to tell apart."""
    best, *others = ranked(played)
    close = [id for id in others if not goal_gap(played[id], played[best]).decides]
    return [best, *close]


def share_right(plays: Plays, fork: str, choice: str) -> float:
    """Score a bet on this option: 1 or 0, or a half if the lead is too small to decide.

    Only bets on one of the leading options earn a half.
    """
    played = {o.id: plays.play({fork: o.id}) for o in fork_of(plays.plan, fork).options}
    front = contenders(played)
    if choice not in front:
        return 0.0
    return 1.0 if len(front) == 1 else 0.5
