"""What would help: the riskiest assumption, a few what-ifs, and the cash for eight lives in ten.

Trying every milestone would take too long, so the candidates are those where most lives are lost
and where failed attempts cost the most; only these are made certain. All simulations here share
the luck of one base simulation of `LIVES` lives, and every gap has the error of the pairs. The
edits of both candidates are played in one pass: one more costs less than another pass.

`solve.least_cash` searches until the noise of all lives is reached. Here the cash is estimated: the
plan is simulated once with unlimited money, and what each life had paid by the goal is what it
needed, as long as there is no income on the way. If there is, the amount is tried and raised until
it suffices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, sqrt
from typing import Literal

import numpy as np

from workbook.edit import reordered
from workbook.figures import MOST_MONEY
from workbook.law import Attempt, Economy
from workbook.logged import plan_from_today
from workbook.outcomes import FATES, Floats, Lives, Outcomes, share_error
from workbook.plan import Milestone, Plan
from workbook.play import Gap, cash_gap, first_runs, goal_gap, play, play_many
from workbook.review.rule import can_fail
from workbook.whatif import better, certain

WANTED = 0.8
STANDARD_ERRORS = 2.0
PLENTY = 1e9
RAISES = (1.2, 1.3, 1.6, 2.5)
"""The least factor by which an amount that was too small is raised, time after time."""


@dataclass(frozen=True)
class CashNeeded:
    """The least start cash with which the goal is reached in eight of ten lives.

    Attributes
    ----------
    amount
        In the plan's currency; None if no amount suffices.
    low, high
        The 95 % interval of simulation error. `high` is None if hardly more than eight in ten
        lives ever reach the goal, so that no upper bound can be given.
    best, error
        The chance of the goal with unlimited money, and its standard error.
    """

    amount: float | None
    low: float
    high: float | None
    best: float
    error: float


def cash_needed(
    plan: Plan, played: Callable[[Plan], Outcomes], wanted: float = WANTED
) -> CashNeeded | None:
    """The least cash for the wanted chance; None for a plan without cash, or one under way.

    Parameters
    ----------
    played
        Simulates a plan, always with the same luck.
    """
    if plan.cash is None or plan.log:
        return None
    rich = played(rich_plan(plan))
    best = rich.fates["goal"]
    error = share_error(best, rich.runs)
    if best < wanted:
        return CashNeeded(None, 0.0, None, best, error)
    needs = _needs(rich)
    guess = _cash_for_share(needs, wanted) or 0.0
    amount = _raised(plan, played, needs, guess, wanted)
    if amount is None:
        return None
    slack = STANDARD_ERRORS * sqrt(wanted * (1 - wanted) / rich.runs)
    more = amount - guess  # the guess was too small by this much, because of income on the way
    high = _cash_for_share(needs, wanted + slack)
    low = (_cash_for_share(needs, wanted - slack) or 0.0) + more
    return CashNeeded(amount, low, None if high is None else high + more, best, error)


def rich_plan(plan: Plan) -> Plan:
    """The plan with more cash than it can need."""
    return with_cash(plan, min(MOST_MONEY, PLENTY))


def _raised(
    plan: Plan, played: Callable[[Plan], Outcomes], needs: Floats, guess: float, wanted: float
) -> float | None:
    """Raise the guess until it suffices, then interpolate to where it just does."""
    amount, below, share, target = guess, 0.0, 0.0, wanted
    for raise_by in RAISES:
        chance = played(with_cash(plan, amount)).fates["goal"]
        if chance >= wanted:
            if not share:
                return amount
            return below + (amount - below) * (wanted - share) / (chance - share)
        below, share, target = amount, chance, target + wanted - chance
        more = _cash_for_share(needs, target) or 0.0
        amount = max(more, raise_by * amount, 1.0)
    return None


def with_cash(plan: Plan, cash: float) -> Plan:
    """The plan with this much start cash, rounded up to the cent."""
    return plan.model_copy(update={"cash": ceil(cash * 100 - 1e-6) / 100})


def _needs(rich: Outcomes) -> Floats:
    """What each life had paid in all by the goal, sorted; infinite if it never reached it."""
    assert rich.lives is not None
    paid = (rich.plan.cash or 0.0) - rich.lives.cash
    there = rich.lives.fate == FATES.index("goal")
    return np.sort(np.where(there, np.maximum(paid, 0.0), np.inf))


def _cash_for_share(needs: Floats, share: float) -> float | None:
    """The amount that suffices for this share of lives; None if no amount does."""
    place = ceil(share * len(needs) - 1e-9) - 1
    amount = float(needs[min(max(place, 0), len(needs) - 1)])
    return amount if np.isfinite(amount) and place < len(needs) else None


LIVES = 1_000
CLEARLY_FIRST = 0.7
"""From this share of the lost lives on, a milestone is the only candidate."""

Kind = Literal["better", "earlier"]
KINDS: tuple[Kind, ...] = ("better", "earlier")
RICH = ("rich", "")


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
    simulated
        A simulation of the plan with this seed, if there is one.
    """

    outcomes: Outcomes
    seed: int
    simulated: Outcomes | None = None

    @cached_property
    def base(self) -> Outcomes:
        """The plan simulated with `LIVES` lives: of a longer simulation the first ones."""
        whole = self.simulated
        if whole is not None and whole.runs >= LIVES and not self._plan.log:
            return first_runs(whole, LIVES)
        return self._each([self._plan])[0]

    @cached_property
    def _candidates(self) -> list[Milestone]:
        return candidates(self.base)

    @cached_property
    def _edited(self) -> Mapping[tuple[str, str], Outcomes]:
        """The plan with each edit that may be asked for, played together, by edit and milestone."""
        edits: dict[tuple[str, str], Plan] = {}
        if self._plan.cash is not None:
            edits[RICH] = rich_plan(self._plan)
        for milestone in self._candidates:
            edits["certain", milestone.id] = certain(self._plan, milestone.id)
            edits["better", milestone.id] = better(self._plan, milestone.id)
            sooner = pulled_forward(self._plan, milestone)
            if sooner is not None:
                edits["earlier", milestone.id] = sooner
        return dict(zip(edits, self._each([*edits.values()]), strict=True))

    def _played(self, plan: Plan) -> Outcomes:
        if plan.cash == rich_plan(self._plan).cash:
            return self._edited[RICH]
        choices: Mapping[str, str] = self.outcomes.choices
        return play(plan, choices, runs=LIVES, seed=self.seed, how="simulated")

    def _each(self, plans: Sequence[Plan]) -> list[Outcomes]:
        plays = [(plan, self.outcomes.choices) for plan in plans]
        return play_many(plays, runs=LIVES, seed=self.seed, how="simulated")

    @cached_property
    def risk(self) -> Risk | None:
        """The riskiest assumption; None if nothing can fail or no life is lost."""
        risks = [
            Risk(milestone, goal_gap(self.base, self._edited["certain", milestone.id]))
            for milestone in self._candidates
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
        plays = {kind: self._edited.get((kind, milestone.id)) for kind in KINDS}
        return tuple(
            Trial(kind, milestone, goal_gap(self.base, after), cash_gap(self.base, after))
            for kind, after in plays.items()
            if after is not None
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
