"""The least cash, the least pass rate, the earliest week for a wanted chance of the goal."""

from __future__ import annotations

import numpy as np

from workbook.errors import Message, Money
from workbook.figures import MOST_MONEY
from workbook.outcomes import Outcomes
from workbook.plan import Milestone, Plan
from workbook.play import RUNS, play
from workbook.solve.required import (
    SLACK,
    WANTED,
    Choices,
    Curve,
    Question,
    Required,
    attempted,
    check_wanted,
    name_of,
    of_hundred,
)
from workbook.week import cents

RATE_STEPS = 1_000
FARTHEST_WEEK = 1_040
FIRST_GUESS = 100_000  # cents, where a plan has no cash to start from
PLENTY = 1e9
TIMES_PLENTY = 10_000


def least_cash(
    plan: Plan, wanted: float = WANTED, choices: Choices = None, *, runs: int = RUNS, seed: int = 1
) -> Required:
    """The least start cash, to the cent, that reaches the goal with the wanted chance."""
    check_wanted(plan, wanted)
    asked = Question(plan, play(plan, choices, runs=runs, seed=seed), "cash", wanted)
    curve = Curve(lambda c: plan.model_copy(update={"cash": c / 100}), choices, runs, seed)
    most = cents(_plenty(plan))
    if curve.chance(most) < wanted - SLACK:
        best = curve.outcomes(most)
        return asked.answered(best, None, _beyond_cash(best, wanted), curve.points(0.01))
    low, high = 0, max(cents(plan.cash or 0.0), FIRST_GUESS)
    while curve.chance(high) < wanted - SLACK:
        low, high = high + 1, min(2 * high, most)
    step = curve.least(low, high, wanted)
    template = "To reach the goal in {wanted} of 100 lives, {cash} must be there at the start."
    cash = Money(-(-step // 100), plan.currency)
    told = Message(template, {"cash": cash, **of_hundred(wanted=wanted)})
    return asked.answered(curve.outcomes(step), step / 100, told, curve.points(0.01))


def _beyond_cash(best: Outcomes, wanted: float) -> Message:
    template = (
        "Cannot be reached: with all the cash in the world the goal is reached in {best} of"
        " 100 lives, not in {wanted}."
    )
    return Message(template, of_hundred(best=best.fates["goal"], wanted=wanted))


def _plenty(plan: Plan) -> float:
    """So much cash that no plan of this size wants for more."""
    amounts = [plan.cash or 0.0, plan.burn_per_week]
    for milestone in plan.milestones:
        amounts.append(milestone.teams * np.max(milestone.cost))
        amounts.append(milestone.tests.redesign.cost if milestone.tests else 0.0)
    return min(MOST_MONEY, max(PLENTY, TIMES_PLENTY * max(amounts)))


def least_pass_rate(
    plan: Plan,
    id: str,
    wanted: float = WANTED,
    choices: Choices = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
) -> Required:
    """The least pass rate of every attempt at a milestone, to a tenth of a point.

    Where the milestone tests a hypothesis, the least belief that it is true instead.
    """
    check_wanted(plan, wanted)
    milestone = attempted(plan, id)
    base = play(plan, choices, runs=runs, seed=seed)
    quantity = "belief" if milestone.tests else "pass_rate"
    asked = Question(plan, base, quantity, wanted, milestone)  # type: ignore[arg-type]
    curve = Curve(lambda k: with_rate(plan, milestone, k / RATE_STEPS), choices, runs, seed)
    if curve.chance(RATE_STEPS) < wanted - SLACK:
        best = curve.outcomes(RATE_STEPS)
        template = (
            "Cannot be reached: were “{milestone}” certain, the goal would be reached in {best} of"
            " 100 lives, not in {wanted}."
        )
        values = of_hundred(best=best.fates["goal"], wanted=wanted)
        told = Message(template, {"milestone": name_of(milestone), **values})
        return asked.answered(best, None, told, curve.points(1 / RATE_STEPS))
    step = curve.least(0, RATE_STEPS, wanted)
    rate = step / RATE_STEPS
    points = curve.points(1 / RATE_STEPS)
    return asked.answered(curve.outcomes(step), rate, _rate_told(milestone, rate, wanted), points)


def _rate_told(milestone: Milestone, rate: float, wanted: float) -> Message:
    template = (
        "To reach the goal in {wanted} of 100 lives, “{milestone}” must pass {rate} of 100"
        " attempts."
    )
    if milestone.tests:
        template = (
            "To reach the goal in {wanted} of 100 lives, “{milestone}” must be true in {rate} of"
            " 100."
        )
    values = of_hundred(wanted=wanted, rate=rate)
    return Message(template, {"milestone": name_of(milestone), **values})


def with_rate(plan: Plan, milestone: Milestone, rate: float) -> Plan:
    """The plan with this pass rate at every attempt, or with this belief."""
    change: dict[str, object] = {"pass_rate": rate}
    if milestone.tests:
        change = {"tests": milestone.tests.model_copy(update={"belief": rate})}
    changed = milestone.model_copy(update=change)
    milestones = tuple(changed if m.id == milestone.id else m for m in plan.milestones)
    return plan.model_copy(update={"milestones": milestones})


def earliest_week(
    plan: Plan, wanted: float = WANTED, choices: Choices = None, *, runs: int = RUNS, seed: int = 1
) -> Required:
    """The week by which that share of all lives has the goal, beyond the horizon if need be."""
    check_wanted(plan, wanted)
    base = found = play(plan, choices, runs=runs, seed=seed)
    asked = Question(plan, base, "week", wanted)
    horizon, farthest = plan.horizon_weeks, max(plan.horizon_weeks, FARTHEST_WEEK)
    while horizon < farthest and _undecided(found, wanted):
        horizon = min(max(1, 2 * horizon), farthest)
        longer = plan.model_copy(update={"horizon_weeks": horizon})
        found = play(longer, choices, runs=runs, seed=seed)
    rising = found.weekly.fates["goal"]
    points = tuple((float(week), float(share)) for week, share in enumerate(rising))
    if rising[-1] < wanted - SLACK:
        template = (
            "Not reached by week {week}: until then the goal is reached in {best} of 100 lives,"
            " not in {wanted}."
        )
        values = of_hundred(best=found.fates["goal"], wanted=wanted)
        told = Message(template, {"week": str(horizon), **values})
        return asked.answered(found, None, told, points)
    week = int(np.flatnonzero(rising >= wanted - SLACK)[0])
    template = "By week {week} the goal is reached in {wanted} of 100 lives."
    told = Message(template, {"week": str(week), **of_hundred(wanted=wanted)})
    return asked.answered(found, float(week), told, points, chance=float(rising[week]))


def _undecided(found: Outcomes, wanted: float) -> bool:
    """Whether a longer horizon may still bring the wanted share to the goal."""
    goal, still_open = found.fates["goal"], found.fates["open"]
    return goal < wanted - SLACK <= goal + still_open
