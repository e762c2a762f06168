"""What would help: the riskiest assumption, a few what-ifs, and the cash for eight lives in ten.

A report cannot afford to try everything, so candidates come first from where lives are lost and
where failed attempts eat the most money; only those are made certain. All plays here share the
luck of one base play of `LIVES` lives, and every gap is told with the error of the pairs.
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
"""Share of the lost lives from which a milestone needs no rival to be called the riskiest."""

Kind = Literal["better", "earlier"]


@dataclass(frozen=True)
class Risk:
    """The assumption that the goal hangs on most, and what its certainty would gain (share)."""

    milestone: Milestone
    gain: Gap


@dataclass(frozen=True)
class Trial:
    """A what-if, and what it changes: the chance of the goal (share), the money left."""

    kind: Kind
    milestone: Milestone
    goal: Gap
    cash: Gap


@dataclass(frozen=True)
class Prospects:
    """What would help a plan; computed when it is asked for, and once.

    Attributes
    ----------
    outcomes
        The plan as the report plays it.
    seed
        Of the luck that all plays here share.
    """

    outcomes: Outcomes
    seed: int

    @cached_property
    def base(self) -> Outcomes:
        """The plan lived `LIVES` times."""
        return self._played(self.outcomes.plan)

    def _played(self, plan: Plan) -> Outcomes:
        choices: Mapping[str, str] = self.outcomes.choices
        return play(plan, choices, runs=LIVES, seed=self.seed, how="simulated")

    @cached_property
    def risk(self) -> Risk | None:
        """The riskiest assumption; None where nothing can fail or nothing is lost."""
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
        """The least cash for eight lives in ten; None where cash is not what counts."""
        return cash_needed(self._plan, self._played)

    @cached_property
    def lives(self) -> Lives:
        """The most lives there are: the report's own where it was simulated."""
        lives = self.outcomes.lives or self.base.lives
        assert lives is not None
        return lives


def candidates(base: Outcomes) -> list[Milestone]:
    """The milestone that most lives are lost at, and the one whose failures cost the most."""
    places = {m.id: n for n, m in enumerate(base.plan.milestones)}
    fallible = [m for m in base.plan.attempted if can_fail(m)]
    lost = lost_at(base)
    waste = wasted(base)
    if not fallible or not lost.sum():
        return []
    first = max(fallible, key=lambda m: lost[places[m.id]])
    if lost[places[first.id]] >= CLEARLY_FIRST * lost.sum():
        return [first]
    dearest = max((m for m in fallible if m is not first), key=lambda m: waste[places[m.id]])
    return [first, dearest]


def lost_at(base: Outcomes) -> Floats:
    """Share of all lives that miss the goal and stand before this milestone, by its place."""
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
    """Money that failed attempts take on average, burn included; weeks where there is no money."""
    assert base.lives is not None
    plan, lives = base.plan, base.lives
    failed = (lives.attempts - (lives.reached_week >= 0)).clip(0).mean(axis=0)
    economy = Economy.of(plan_from_today(plan))
    attempts = [Attempt(milestone, economy, "mean") for milestone in plan.milestones]
    takes = [a.weeks if plan.cash is None else a.cents_with_burn / 100 for a in attempts]
    never = np.isinf(takes)  # without free hours it is never attempted, so never fails
    return np.asarray(failed * np.where(never, 0.0, takes), dtype=np.float64)


def pulled_forward(plan: Plan, milestone: Milestone) -> Plan | None:
    """The plan with a milestone as early as what it needs allows; None where it stands there."""
    ids = [id for id in plan.ids if id != milestone.id]
    first = max((ids.index(id) + 1 for id in milestone.needs if id in ids), default=0)
    order = (*ids[:first], milestone.id, *ids[first:])
    skipped = set(plan.skips)
    same = [id for id in order if id not in skipped] == [id for id in plan.ids if id not in skipped]
    return None if same or plan.log else reordered(plan, order)
