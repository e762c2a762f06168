"""What would help: the riskiest assumption, a few what-ifs, and the cash for eight lives in ten.

Trying every milestone would take too long, so the candidates are those where most lives are lost
and where failed attempts cost the most; only these are made certain. All simulations here share
the luck of one base simulation of `LIVES` lives, and every gap has the error of the pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from workbook.edit import reordered
from workbook.law import Attempt, Economy
from workbook.logged import plan_from_today
from workbook.outcomes import FATES, Floats, Lives, Outcomes
from workbook.paired import Gap, cash_gap, goal_gap
from workbook.plan import Milestone, Plan
from workbook.play import play
from workbook.reports.cash_needed import CashNeeded, cash_needed
from workbook.review.rule import can_fail
from workbook.whatif import better, certain

LIVES = 1_000
CLEARLY_FIRST = 0.7
"""From this share of the lost lives on, a milestone is the only candidate."""

Kind = Literal["better", "earlier"]


@dataclass(frozen=True)
class Risk:
    """The riskiest assumption, and what its certainty would add to the chance (share)."""

    milestone: Milestone
    gain: Gap


@dataclass(frozen=True)
class Trial:
    """A what-if and its effect: on the chance of the goal (share) and on the money left."""

    kind: Kind
    milestone: Milestone
    goal: Gap
    cash: Gap


@dataclass(frozen=True)
class Prospects:
    """What would help a plan; each part is computed once, on first use.

    Attributes
    ----------
    outcomes
        The plan as the report plays it.
    seed
        Of the luck that all simulations here share.
    """

    outcomes: Outcomes
    seed: int

    @cached_property
    def base(self) -> Outcomes:
        """The plan simulated with `LIVES` lives."""
        return self._played(self.outcomes.plan)

    def _played(self, plan: Plan) -> Outcomes:
        choices: Mapping[str, str] = self.outcomes.choices
        return play(plan, choices, runs=LIVES, seed=self.seed, how="simulated")

    @cached_property
    def risk(self) -> Risk | None:
        """The riskiest assumption; None if nothing can fail or no life is lost."""
        risks = [
            Risk(milestone, goal_gap(self.base, self._played(certain(self._plan, milestone.id))))
            for milestone in candidates(self.base)
        ]
        best = max(risks, key=lambda risk: risk.gain.value, default=None)
        return best if best is not None and best.gain.clear else None

    @property
    def _plan(self) -> Plan:
        return self.outcomes.plan

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """What-ifs on the riskiest assumption."""
        if self.risk is None:
            return ()
        milestone = self.risk.milestone
        edits: dict[Kind, Plan] = {"better": better(self._plan, milestone.id)}
        sooner = pulled_forward(self._plan, milestone)
        if sooner is not None:
            edits["earlier"] = sooner
        plays = {kind: self._played(plan) for kind, plan in edits.items()}
        return tuple(
            Trial(kind, milestone, goal_gap(self.base, after), cash_gap(self.base, after))
            for kind, after in plays.items()
        )

    @cached_property
    def cash(self) -> CashNeeded | None:
        """The least cash for eight lives in ten; None if the plan counts no cash."""
        return cash_needed(self._plan, self._played)

    @cached_property
    def lives(self) -> Lives:
        """The report's own lives if it was simulated, else those of the base simulation."""
        lives = self.outcomes.lives or self.base.lives
        assert lives is not None
        return lives


def candidates(base: Outcomes) -> list[Milestone]:
    """The milestone where most lives are lost, and the one whose failures cost the most."""
    places = {m.id: n for n, m in enumerate(base.plan.milestones)}
    fallible = [m for m in base.plan.attempted if can_fail(m)]
    lost = lost_at(base)
    waste = wasted(base)
    if not fallible or not lost.sum():
        return []
    first = max(fallible, key=lambda m: lost[places[m.id]])
    if lost[places[first.id]] >= CLEARLY_FIRST * lost.sum():
        return [first]
    costliest = max((m for m in fallible if m is not first), key=lambda m: waste[places[m.id]])
    return [first, costliest]


def lost_at(base: Outcomes) -> Floats:
    """Share of lives that miss the goal with this milestone still to reach, by its place."""
    assert base.lives is not None
    plan = base.plan
    missed = base.lives.fate != FATES.index("goal")
    lost = np.zeros(len(plan.milestones))
    for place, milestone in enumerate(plan.milestones):
        if milestone.id not in plan.skips:
            here = missed & (base.lives.reached_week[:, place] < 0)
            lost[place] = here.mean()
            missed &= ~here
    return lost


def wasted(base: Outcomes) -> Floats:
    """Average money that failed attempts cost, burn included; weeks if no money is counted."""
    assert base.lives is not None
    plan, lives = base.plan, base.lives
    failed = (lives.attempts - (lives.reached_week >= 0)).clip(0).mean(axis=0)
    economy = Economy.of(plan_from_today(plan))
    attempts = [Attempt(milestone, economy, "mean") for milestone in plan.milestones]
    takes = [a.weeks if plan.cash is None else a.cents_with_burn / 100 for a in attempts]
    never = np.isinf(takes)  # without free hours it is never attempted, so never fails
    return np.asarray(failed * np.where(never, 0.0, takes), dtype=np.float64)


def pulled_forward(plan: Plan, milestone: Milestone) -> Plan | None:
    """The plan with a milestone as early as its needs allow; None if it is there already."""
    ids = [id for id in plan.ids if id != milestone.id]
    first = max(
        (ids.index(id) + 1 for id in (*milestone.needs, *milestone.needs_any) if id in ids),
        default=0,
    )
    order = (*ids[:first], milestone.id, *ids[first:])
    skipped = set(plan.skips)
    same = [id for id in order if id not in skipped] == [id for id in plan.ids if id not in skipped]
    return None if same or plan.log else reordered(plan, order)
