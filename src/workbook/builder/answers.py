"""The odds of the plan as it stands, computed again after every change.

While the plan changes it is played with fewer lives, always on the same luck, so that a difference
on the screen comes from the learner's edit. At rest it has one answer, `play(plan)`, which every
other screen, the report and the command line give as well. A blank page has no odds: `note` says
what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from workbook.errors import Message
from workbook.law import Economy
from workbook.logged import plan_from_today
from workbook.luck import is_range
from workbook.outcomes import LEVELS, Fate, Floats, Outcomes
from workbook.plan import BREAKEVEN, Plan
from workbook.play import RUNS as FULL
from workbook.play import How, play
from workbook.review import Finding, review

RUNS = 2_000
FEWER_RUNS = 1_000
"""Lives for a plan with ranges, whose draws take twice as long: the error stays below 2 points."""

MOST_EXACT = 7_000
"""Milestones times weeks up to which the exact play answers within a blink."""


@dataclass(frozen=True)
class Node:
    """What is shown on a milestone: chances are shares of all lives, weeks are the plan's own.

    Attributes
    ----------
    reached, error
        Chance that it is reached, and the standard error of that.
    week, likely_by
        Week by which half, and 8 in 10, of all lives have reached it; None where fewer ever do.
    runway_weeks
        Weeks that the middle life's cash lasts from then on, if nothing but burn and revenue
        moved it; None where it is not reached by half, or the business then pays for itself.
    lost
        Share of lives that end at it: ruined there, or its attempts used up.
    """

    id: str
    reached: float
    error: float
    week: int | None
    likely_by: int | None
    runway_weeks: float | None
    lost: float


@dataclass(frozen=True)
class Answers:
    """The answers of one version of the plan.

    Attributes
    ----------
    outcomes
        The play behind it all; None where there is nothing to play (see `note`).
    nodes
        By milestone id.
    runway_weeks
        Weeks that the start cash (or today's) lasts at today's net burn; None where it is never
        used up or not counted.
    findings
        What the lecture's rules ask; each may name a milestone to jump to.
    """

    plan: Plan
    outcomes: Outcomes | None
    nodes: Mapping[str, Node]
    runway_weeks: float | None
    findings: tuple[Finding, ...]
    note: Message | None = None

    @property
    def at_rest(self) -> bool:
        """Whether nothing would change by playing it in full: exact, or all lives simulated."""
        return self.outcomes is None or self.outcomes.how == "exact" or self.outcomes.runs == FULL

    @property
    def fates(self) -> Mapping[Fate, float]:
        """Chance of each fate; empty on a blank page."""
        return self.outcomes.fates if self.outcomes else {}

    @property
    def errors(self) -> Mapping[Fate, float]:
        """Standard error of each fate."""
        return self.outcomes.fates_error if self.outcomes else {}


def settled(plan: Plan, findings: tuple[Finding, ...] | None = None) -> Answers:
    """What is shown of a plan at rest: the answer of `play(plan)`, whatever was shown before."""
    missing = _missing(plan)
    return _gathered(plan, None if missing else play(plan), missing, findings)


def answers(
    plan: Plan,
    runs: int = RUNS,
    seed: int = 1,
    how: How = "auto",
    findings: tuple[Finding, ...] | None = None,
) -> Answers:
    """Play the plan the quick way and gather what is shown of it at every change.

    Parameters
    ----------
    runs
        Lives, where it must be simulated; 1,000 at most of a plan with ranges.
    how
        "auto", or "simulated" where `Throttle` found that the exact play of this plan is slow.
    findings
        Those of the plan, if it was reviewed already; None to review it now.
    """
    missing = _missing(plan)
    if missing:
        return _gathered(plan, None, missing, findings)
    if runs > FEWER_RUNS and _has_ranges(plan):
        runs = FEWER_RUNS
    return _gathered(
        plan, play(plan, runs=runs, seed=seed, how=quick_way(plan, how)), None, findings
    )


def findings_of(plan: Plan) -> tuple[Finding, ...]:
    """What the lecture's rules ask of a plan; nothing of a blank page."""
    return review(plan) if plan.milestones else ()


def _gathered(
    plan: Plan,
    outcomes: Outcomes | None,
    missing: Message | None,
    findings: tuple[Finding, ...] | None = None,
) -> Answers:
    findings = findings_of(plan) if findings is None else findings
    nodes = _nodes(outcomes) if outcomes else {}
    weeks = runway_weeks(plan_from_today(plan))
    return Answers(plan, outcomes, nodes, weeks, findings, missing)


def quick_way(plan: Plan, how: How = "auto") -> How:
    """How to play a plan for an eye that waits: simulated where it is too large to be exact."""
    large = len(plan.attempted) * plan.horizon_weeks > MOST_EXACT
    return "simulated" if how == "auto" and large else how


def _missing(plan: Plan) -> Message | None:
    if not plan.milestones:
        return Message("The page is blank. Name the goal, and its odds appear here.")
    if plan.goal == BREAKEVEN and Economy.of(plan_from_today(plan)).breaks_even and not plan.log:
        template = "The goal is to break even, and no burn is written yet: write what a week costs."
        return Message(template)
    return None


def _has_ranges(plan: Plan) -> bool:
    drawn = bool(plan.ranges or plan.weekly_ranges)
    return drawn or any(is_range(e) for m in plan.attempted for e in (m.weeks, m.cost, m.hours))


def runway_weeks(plan: Plan) -> float | None:
    """Weeks until the cash is gone at the net burn of the start; None where it never is."""
    economy = Economy.of(plan)
    if plan.cash is None or economy.average_net_cents >= 0:
        return None
    return plan.cash * 100 / -economy.average_net_cents


def _nodes(outcomes: Outcomes) -> dict[str, Node]:
    """One node a milestone; its economy is that of a life that passes all in the plan's order."""
    cash = outcomes.weekly.bands["cash"][LEVELS.index(0.5)]
    economy = Economy.of(outcomes.plan)
    nodes: dict[str, Node] = {}
    for milestone in outcomes.plan.milestones:
        found = outcomes.milestones.get(milestone.id)
        if found is None:
            continue
        if milestone.id not in outcomes.plan.skips:
            economy = economy.after(milestone.gives)
        nodes[milestone.id] = Node(
            id=milestone.id,
            reached=found.reached,
            error=found.reached_error,
            week=found.weeks.get(0.5),
            likely_by=found.weeks.get(0.8),
            runway_weeks=_left(outcomes, cash, found.weeks.get(0.5), economy),
            lost=found.died_here + found.stuck_here,
        )
    return nodes


def _left(outcomes: Outcomes, cash: Floats, week: int | None, economy: Economy) -> float | None:
    net = economy.average_net_cents
    if outcomes.plan.cash is None or week is None or net >= 0 or week >= len(cash):
        return None
    at_hand = float(cash[week])
    return at_hand * 100 / -net if isfinite(at_hand) else None
