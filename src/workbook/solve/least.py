"""The least cash, the least pass rate, the earliest week for a wanted chance of the goal."""

from __future__ import annotations

from math import floor, log10, sqrt

import numpy as np

from workbook.errors import Message, Money
from workbook.figures import MOST_MONEY
from workbook.law import cents
from workbook.outcomes import FATES, Outcomes
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
from workbook.solve.search import Guess, Root, root
from workbook.standing import standpoint

RATE_STEPS = 1_000
FARTHEST_WEEK = 1_040
FIRST_GUESS = 100_000  # cents, where a plan has no cash to start from
ONE_UNIT = 100  # cents
PLENTY = 1e9
TIMES_PLENTY = 10_000


def least_cash(
    plan: Plan, wanted: float = WANTED, choices: Choices = None, *, runs: int = RUNS, seed: int = 1
) -> Required:
    """The least start cash that reaches the goal with the wanted chance.

    To the cent where it is played exactly; where it is simulated, as fine as the noise allows.
    Of a plan with a log, the cash that is needed today.

    Parameters
    ----------
    wanted
        The chance of the goal to be reached, above 0, up to 1.
    choices
        Option by fork, by ids.
    runs, seed
        Lives and their luck, where the plan must be simulated.

    Raises
    ------
    InputError
        No chance to aim for; an unknown fork or option.
    """
    check_wanted(plan, wanted)
    begun, plan = bool(plan.log), standpoint(plan, choices)
    asked = Question(plan, play(plan, choices, runs=runs, seed=seed), "cash", wanted)
    curve = Curve(lambda c: plan.model_copy(update={"cash": c / 100}), choices, runs, seed)
    most = cents(_plenty(plan))
    if curve.chance(most) < wanted - SLACK:
        best = curve.outcomes(most)
        return asked.answered(best, None, _beyond_cash(best, wanted), curve.points(0.01))
    found = root(curve, wanted, most, _guess(plan, curve.outcomes(most), wanted))
    points, told = curve.points(0.01), _cash_told(plan, found, wanted, begun)
    cash, error = found.step / 100, found.error / 100
    return asked.answered(curve.outcomes(found.step), cash, told, points, value_error=error)


def _cash_told(plan: Plan, found: Root, wanted: float, begun: bool) -> Message:
    template = "To reach the goal in {wanted} of 100 lives, {cash} must be there at the start."
    noisy = found.error >= ONE_UNIT
    if begun and noisy:
        template = (
            "To reach the goal in {wanted} of 100 lives, {cash} must be there today, give or take"
            " {error}."
        )
    elif begun:
        template = "To reach the goal in {wanted} of 100 lives, {cash} must be there today."
    elif noisy:
        template = (
            "To reach the goal in {wanted} of 100 lives, {cash} must be there at the start, give"
            " or take {error}."
        )
    cash = Money(-(-found.step // ONE_UNIT), plan.currency)
    error = Money(_rounded(found.error / ONE_UNIT), plan.currency)
    return Message(template, {"cash": cash, "error": error, **of_hundred(wanted=wanted)})


def _rounded(error: float) -> float:
    """An error to its first digit, two where that is a 1."""
    if error <= 0:
        return 0.0
    digits = -floor(log10(error))
    return float(round(error, digits + int(error * 10.0**digits < 2)))


def _guess(plan: Plan, rich: Outcomes, wanted: float) -> Guess:
    """About where to look, in cents.

    What each life had paid by the goal, with money to spare, is what it needed, but for what came
    in on the way. How that spreads over the lives is how far off the answer may be.
    """
    if rich.lives is None:
        return Guess(max(cents(plan.cash or 0.0), FIRST_GUESS))
    there = rich.lives.fate == FATES.index("goal")
    paid = np.sort(np.where(there, (rich.plan.cash or 0.0) - rich.lives.cash, np.inf))
    noise = sqrt(wanted * (1 - wanted) / rich.runs)
    places = np.ceil(np.array([wanted - noise, wanted, wanted + noise]) * len(paid)).astype(int)
    low, need, high = paid[np.clip(places, 1, len(paid)) - 1] * 100
    if not np.isfinite(need):
        return Guess(FIRST_GUESS)
    error = (high - low) / 2 if np.isfinite(high) else need - low
    return Guess(max(int(need), 1), float(error))


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

    Where the milestone tests a hypothesis, the least belief that it is true instead. Of a plan
    with a log, that of the attempts still to come.

    Parameters
    ----------
    wanted
        The chance of the goal to be reached, above 0, up to 1.
    choices
        Option by fork, by ids.
    runs, seed
        Lives and their luck, where the plan must be simulated.

    Raises
    ------
    InputError
        No chance to aim for; a milestone that is not attempted; an unknown fork or option.
    """
    check_wanted(plan, wanted)
    plan = standpoint(plan, choices)
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
    found = root(curve, wanted, RATE_STEPS)
    rate, error = found.step / RATE_STEPS, found.error / RATE_STEPS
    points, told = curve.points(1 / RATE_STEPS), _rate_told(milestone, rate, wanted)
    return asked.answered(curve.outcomes(found.step), rate, told, points, value_error=error)


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
    """The week by which that share of all lives has the goal, beyond the horizon if need be.

    Of a plan with a log, the week of the plan, not of today.

    Parameters
    ----------
    wanted
        The chance of the goal to be reached, above 0, up to 1.
    choices
        Option by fork, by ids.
    runs, seed
        Lives and their luck, where the plan must be simulated.

    Raises
    ------
    InputError
        No chance to aim for; an unknown fork or option.
    """
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
    reached, error = float(rising[week]), _week_error(found, wanted)
    return asked.answered(found, float(week), told, points, chance=reached, value_error=error)


def _week_error(found: Outcomes, wanted: float) -> float:
    """Half the weeks in which the goal's curve passes a standard error on either side."""
    if found.how == "exact":
        return 0.0
    noise = sqrt(wanted * (1 - wanted) / found.runs)
    ends = np.searchsorted(found.weekly.fates["goal"], [wanted - noise, wanted + noise])
    return float(np.diff(ends)[0] / 2)


def _undecided(found: Outcomes, wanted: float) -> bool:
    """Whether a longer horizon may still bring the wanted share to the goal."""
    goal, still_open = found.fates["goal"], found.fates["open"]
    return goal < wanted - SLACK <= goal + still_open
