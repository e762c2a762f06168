"""The sums that a lesson says aloud: what the way back costs, and where the odds cross.

Nothing here speaks or draws; `views` puts it into words and pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from workbook.law import Attempt
from workbook.lesson.plays import Choices, Plays, fork_of
from workbook.outcomes import Outcomes
from workbook.paired import goal_gap
from workbook.plan import Milestone, Plan
from workbook.whatif import set_figure

BACK_LIVES = 400
"""Lives told one by one for the way back: enough for whole percents, quick enough for a cell."""


@dataclass(frozen=True)
class WayBack:
    """What it takes to come back for a milestone that was walked around (P10).

    Shares are of all lives played with the skip; money in the plan's currency. `cash_left` is the
    median at the first failure downstream, None where nobody fails.
    """

    failed: float
    cash_left: float | None
    one_round: float
    whole_road: float
    can_try_once: float
    can_go_all_the_way: float


def round_price(plan: Plan, milestone: Milestone) -> float:
    """What one attempt costs on average, the burn of its weeks included."""
    return Attempt.at_start(plan, milestone, "mean").cents_with_burn / 100


def price_to_pass(plan: Plan, milestone: Milestone) -> float:
    """What it costs on average until it is reached or used up, the burn of its weeks included."""
    return Attempt.at_start(plan, milestone, "mean").expected_cents / 100


def way_back(plays: Plays, skipped: str, choices: Choices) -> WayBack:
    """Live the plan with the skip many times and see with how much cash the first failure comes.

    A failure counts if it comes at a milestone that depends on the skipped one in the full plan.
    """
    plan = plays.plan
    milestone = plan.milestone(skipped)
    downstream = depending_on(plan, skipped)
    lives = min(plays.runs, BACK_LIVES)
    left: list[float] = []
    for number in range(1, lives + 1):
        events = plays.life(number, choices).events
        failures = (e.cash for e in events if e.happening == "failed" and e.about in downstream)
        cash = next(failures, None)
        if cash is not None:
            left.append(cash)
    one = round_price(plan, milestone)
    road = price_to_pass(plan, milestone)
    return WayBack(
        failed=len(left) / lives,
        cash_left=median(left) if left else None,
        one_round=one,
        whole_road=road,
        can_try_once=sum(cash >= one for cash in left) / max(1, len(left)),
        can_go_all_the_way=sum(cash >= road for cash in left) / max(1, len(left)),
    )


def depending_on(plan: Plan, id: str) -> frozenset[str]:
    """Ids of the milestones that need this one, directly or through others."""
    found: set[str] = {id}
    grew = True
    while grew:
        more = {m.id for m in plan.milestones if m.id not in found and found & set(m.needs)}
        grew = bool(more)
        found |= more
    return frozenset(found - {id})


@dataclass(frozen=True)
class Sweep:
    """The chance of the goal of each option, as one figure of the plan moves.

    `goal[option]` runs along `values`, and so do `fronts`: the options that may be the best one,
    several where the lead is nothing to choose by.
    """

    values: tuple[float, ...]
    goal: dict[str, tuple[float, ...]]
    fronts: tuple[tuple[str, ...], ...]

    def winner(self, position: int) -> str | None:
        """The option that is ahead at a value, by enough to choose it."""
        front = self.fronts[position]
        return front[0] if len(front) == 1 else None


def sweep(plays: Plays, fork: str, path: str, values: Sequence[float]) -> Sweep:
    """Play every option of a fork at every value of the figure at `path`, on the same luck.

    A figure of one option moves that option alone: the others are played once.
    """
    options = [option.id for option in fork_of(plays.plan, fork).options]
    goal: dict[str, list[float]] = {option: [] for option in options}
    fronts = []
    for value in values:
        plan = set_figure(plays.plan, path, value)
        played = {
            option: plays.play({fork: option}, plan=plan if moves(path, fork, option) else None)
            for option in options
        }
        for option, outcomes in played.items():
            goal[option].append(outcomes.fates["goal"])
        fronts.append(tuple(contenders(played)))
    return Sweep(tuple(values), {o: tuple(g) for o, g in goal.items()}, tuple(fronts))


def moves(path: str, fork: str, option: str) -> bool:
    """Whether a figure may move what comes of an option; one that is another option's may not."""
    ways = f"forks.{fork}.options."
    return not path.startswith(ways) or path.startswith(f"{ways}{option}.")


def ranked(played: Mapping[str, Outcomes]) -> list[str]:
    """The options, the one with the best chance of the goal first."""
    return sorted(played, key=lambda option: -played[option].fates["goal"])


def contenders(played: Mapping[str, Outcomes]) -> list[str]:
    """The options that may be the best one: the leader, and those as good to whoever chooses."""
    best, *others = ranked(played)
    close = [id for id in others if not goal_gap(played[id], played[best]).decides]
    return [best, *close]


def share_right(plays: Plays, fork: str, choice: str) -> float:
    """How right a bet on this option was: 1, or 0, or a half where the lead is too close to call.

    A half is earned by those alone who bet on one of the options in front.
    """
    played = {o.id: plays.play({fork: o.id}) for o in fork_of(plays.plan, fork).options}
    front = contenders(played)
    if choice not in front:
        return 0.0
    return 1.0 if len(front) == 1 else 0.5
