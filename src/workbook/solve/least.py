"""The least cash, the least pass rate, the earliest week for a wanted chance of the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np

from workbook.errors import Message
from workbook.figures import MOST_MONEY
from workbook.law import cents
from workbook.logged import plan_from_today
from workbook.outcomes import FATES, Outcomes, share_error
from workbook.plan import Milestone, Plan
from workbook.play import RUNS, OnProgress, no_progress, play
from workbook.solve.required import (
    SLACK,
    WANTED,
    Choices,
    Curve,
    Estimate,
    Guess,
    Points,
    Question,
    Required,
    Root,
    attempted,
    check_wanted,
    of_hundred,
    root,
)
from workbook.solve.spans import (
    ONE_UNIT,
    RATE_STEPS,
    CashSentences,
    RateSentences,
    Span,
    as_well,
    falls,
    spans,
)

FARTHEST_WEEK = 1_040
FIRST_GUESS = 100_000  # cents, for a plan without cash
LOOKS = 20
SHARES = (0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1.25, 1.5, 2, 3, 5, 10)
"""Where to check whether more is always better: rates, and shares of the cash."""
PLENTY = 1e9
TIMES_PLENTY = 10_000


def least_cash(
    plan: Plan,
    wanted: float = WANTED,
    choices: Choices = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
    on_progress: OnProgress = no_progress,
) -> Required:
    """Find the least start cash that reaches the goal with the wanted chance.

    To the cent if played exactly; if simulated, as precisely as the noise allows. For a plan with a
    log, the cash that is needed today.

    Parameters
    ----------
    wanted
        The chance of the goal to be reached, above 0, up to 1.
    choices
        Option by fork, by ids.
    runs, seed
        The number of runs and the seed, if the plan must be simulated.
    on_progress
        Called with the share (0..1) that is done, as far as is known.

    Raises
    ------
    InputError
        For an invalid chance, or an unknown fork or option.
    """
    check_wanted(plan, wanted)
    begun, plan = bool(plan.log), plan_from_today(plan, choices)
    asked = Question(plan, play(plan, choices, runs=runs, seed=seed), "cash", wanted)
    curve = Curve(lambda c: plan.model_copy(update={"cash": c / 100}), choices, runs, seed)
    curve.on_progress = on_progress
    most = cents(_plenty(plan))
    found = None
    if curve.chance(most) >= wanted - SLACK:
        found = root(curve, wanted, most, _guess(plan, curve.outcomes(most), wanted))
    places = (*_amounts(plan, found.step if found else 0), most)
    return _answered(asked, curve, found, places, CashSentences(plan, wanted, begun))


def _answered(
    asked: Question,
    curve: Curve,
    found: Root | None,
    places: Sequence[int],
    sentences: CashSentences | RateSentences,
) -> Required:
    """Return the least step that reaches the chance; or all spans, if more is not always better."""
    wanted, top = asked.wanted, places[-1]
    if falls(curve, wanted, places):
        return _in_spans(asked, curve, spans(curve, wanted, places), sentences)
    if found is None:
        best = max(curve.played, key=lambda step: (curve.chance(step), step))
        worth_it = curve.chance(best) > curve.chance(top) + SLACK
        message = sentences.beyond(curve.outcomes(best), best if worth_it else None)
        return asked.answered(curve.outcomes(best), None, message, curve.points())
    value, error, message = found.step / curve.per, found.error / curve.per, sentences.least(found)
    played, points = curve.outcomes(found.step), curve.points()
    return asked.answered(played, Estimate(value, error), message, points)


def _in_spans(
    asked: Question, curve: Curve, found: list[Span], sentences: CashSentences | RateSentences
) -> Required:
    """Return what reaches the chance, with the gaps in between that do not."""
    *others, last = found
    chosen = last if last.high is None else found[0]
    message = sentences.only(found)
    if last.high is None:
        message = sentences.least(Root(last.low, error=last.error))
        message = as_well(message, sentences.ranges(others)) if others else message
    least = Estimate(chosen.low / curve.per, chosen.error / curve.per)
    answer = asked.answered(curve.outcomes(chosen.low), least, message, curve.points())
    return replace(answer, reaches=tuple(span.values(curve.per, asked.most) for span in found))


def _amounts(plan: Plan, found: int) -> list[int]:
    """Return amounts to check, in cents: near the one found, and where a fork asks for the cash."""
    scale = max(found, cents(plan.cash or 0.0), ONE_UNIT)
    asked = [cents(f.at.cash_below) for f in plan.forks if f.at.cash_below is not None]
    near = [max(0, amount + step) for amount in asked for step in (-1, 0, 1)]
    return sorted({*near, *(int(scale * share) for share in SHARES)})


def _guess(plan: Plan, rich: Outcomes, wanted: float) -> Guess:
    """Estimate where to search, in cents.

    What each run had paid by the goal, with plenty of money, is what it needed, except for its
    income on the way. The spread over the runs is the error of the estimate.
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


def _plenty(plan: Plan) -> float:
    """Return more cash than any plan of this size can need."""
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
    on_progress: OnProgress = no_progress,
) -> Required:
    """Find the least pass rate of every attempt at a milestone, to a tenth of a point.

    If the milestone tests a hypothesis, the least belief instead. For a plan with a log, that of
    the attempts still to come.

    Parameters
    ----------
    wanted
        The chance of the goal to be reached, above 0, up to 1.
    choices
        Option by fork, by ids.
    runs, seed
        The number of runs and the seed, if the plan must be simulated.
    on_progress
        Called with the share (0..1) that is done, as far as is known.

    Raises
    ------
    InputError
        For an invalid chance, a milestone that is not attempted, or an unknown fork or option.
    """
    check_wanted(plan, wanted)
    plan = plan_from_today(plan, choices)
    milestone = attempted(plan, id)
    base = play(plan, choices, runs=runs, seed=seed)
    quantity = "belief" if milestone.tests else "pass_rate"
    asked = Question(plan, base, quantity, wanted, milestone)  # type: ignore[arg-type]
    curve = Curve(lambda k: with_rate(plan, milestone, k / RATE_STEPS), choices, runs, seed)
    curve.per, curve.on_progress = RATE_STEPS, on_progress
    found = None
    if curve.chance(RATE_STEPS) >= wanted - SLACK:
        found = root(curve, wanted, RATE_STEPS)
    places = range(0, RATE_STEPS + 1, RATE_STEPS // LOOKS)
    return _answered(asked, curve, found, places, RateSentences(milestone, wanted))


def with_rate(plan: Plan, milestone: Milestone, rate: float) -> Plan:
    """Return the plan with this pass rate at every attempt, or with this belief."""
    change: dict[str, object] = {"pass_rate": rate}
    if milestone.tests:
        change = {"tests": milestone.tests.model_copy(update={"belief": rate})}
    changed = milestone.model_copy(update=change)
    milestones = tuple(changed if m.id == milestone.id else m for m in plan.milestones)
    return plan.model_copy(update={"milestones": milestones})


def _not_by(week: int, found: Outcomes, wanted: float) -> Message:
    template = (
        "Not reached by week {week}: until then the goal is reached in {best} of 100 lives,"
        " not in {wanted}."
    )
    values = of_hundred(best=found.fates["goal"], wanted=wanted)
    return Message(template, {"week": str(week), **values})


def earliest_week(
    plan: Plan,
    wanted: float = WANTED,
    choices: Choices = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
    on_progress: OnProgress = no_progress,
) -> Required:
    """Find the week by which the wanted share of runs reaches the goal, even beyond the horizon.

    For a plan with a log, the week of the plan, not counted from today.

    Parameters
    ----------
    wanted
        The chance of the goal to be reached, above 0, up to 1.
    choices
        Option by fork, by ids.
    runs, seed
        The number of runs and the seed, if the plan must be simulated.
    on_progress
        Called with the share (0..1) that is done, as far as is known.

    Raises
    ------
    InputError
        For an invalid chance, or an unknown fork or option.
    """
    check_wanted(plan, wanted)
    base = found = play(plan, choices, runs=runs, seed=seed, on_progress=on_progress)
    asked = Question(plan, base, "week", wanted)
    horizon, farthest = plan.horizon_weeks, max(plan.horizon_weeks, FARTHEST_WEEK)
    while horizon < farthest and _undecided(found, wanted):
        horizon = min(max(1, 2 * horizon), farthest)
        longer = plan.model_copy(update={"horizon_weeks": horizon})
        found = play(longer, choices, runs=runs, seed=seed, on_progress=on_progress)
    rising = found.weekly.fates["goal"]
    points = tuple((float(week), float(share)) for week, share in enumerate(rising))
    if rising[-1] < wanted - SLACK:
        return asked.answered(found, None, _not_by(horizon, found, wanted), points)
    week = int(np.flatnonzero(rising >= wanted - SLACK)[0])
    return _reached_by(week, asked, found, _by(week, plan, wanted), points)


def _by(week: int, plan: Plan, wanted: float) -> Message:
    """Say that the wanted share is reached by a week, and whether the plan ends before it."""
    values = {"week": str(week), "last": str(plan.horizon_weeks), **of_hundred(wanted=wanted)}
    template = "By week {week} the goal is reached in {wanted} of 100 lives."
    if week > plan.horizon_weeks:
        template = (
            "The plan ends with week {last}; if it went on, the goal would be reached in {wanted}"
            " of 100 lives by week {week}."
        )
    return Message(template, values)


def _reached_by(
    week: int, asked: Question, found: Outcomes, message: Message, points: Points
) -> Required:
    """Return the answer that by a week the wanted share of runs has reached the goal."""
    reached = float(found.weekly.fates["goal"][week])
    least = Estimate(float(week), _week_error(found, asked.wanted))
    error = share_error(reached, found.runs) if found.how == "simulated" else 0.0
    return replace(asked.answered(found, least, message, points), chance=reached, error=error)


def _week_error(found: Outcomes, wanted: float) -> float:
    """Return half the weeks in which the goal's curve passes one standard error on either side."""
    if found.how == "exact":
        return 0.0
    noise = sqrt(wanted * (1 - wanted) / found.runs)
    ends = np.searchsorted(found.weekly.fates["goal"], [wanted - noise, wanted + noise])
    return float(np.diff(ends)[0] / 2)


def _undecided(found: Outcomes, wanted: float) -> bool:
    """Whether a longer horizon may still bring the wanted share to the goal."""
    goal, still_open = found.fates["goal"], found.fates["open"]
    return goal < wanted - SLACK <= goal + still_open
