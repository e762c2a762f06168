"""How much cash is enough, and what more or less of it would do: a search, a play at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from math import ceil

from workbook.builder.asked import Asked, CashOdds, Piece
from workbook.errors import Message, Money
from workbook.logged import plan_from_today
from workbook.plan import Plan
from workbook.solve.required import SLACK, Curve

WANTED = 0.8
MOST_STEPS = 200_000


def search_cash(asked: Asked) -> Iterator[Piece | None]:
    """The least cash for 8 lives in 10, to about a hundredth of itself, and the curve around it."""
    plan = plan_from_today(asked.plan)
    if plan.cash is None:
        return
    unit, now = _unit(plan), plan.cash

    def at(step: int) -> Plan:
        return plan.model_copy(update={"cash": step * unit})

    curve = Curve(at, None, asked.runs, asked.seed, asked.how)
    step = yield from _least(curve, max(1, round(now / unit)))
    cash = None if step is None else _rounded_up(step * unit)
    for point in _points(unit, now, cash):
        curve.chance(point)
        yield None
    yield replace(_piece(asked, plan, curve, unit, cash), curve=_odds(curve, unit, now, cash))


def _least(curve: Curve, high: int) -> Generator[None, None, int | None]:
    """Search the least step that reaches the wanted chance, a play at a time; None if none does."""
    low = 0
    while curve.chance(high) < WANTED - SLACK:
        if high > MOST_STEPS:
            return None
        yield None
        low, high = high + 1, high * 4
    while low < high - max(0, high // 100):
        middle = (low + high) // 2
        reaches = curve.chance(middle) >= WANTED - SLACK
        low, high = (low, middle) if reaches else (middle + 1, high)
        yield None
    return high


POINTS = 12
"""Points of the curve at even distances, besides those that the search has played."""


def _end_of_curve(now: float, enough: float | None) -> float:
    return max(now * 1.6, (enough or now * 4) * 1.15)


def _points(unit: float, now: float, enough: float | None) -> Iterator[int]:
    """Return the steps at which the curve is played besides those of the search."""
    end = _end_of_curve(now, enough)
    for cash in (now, *(end * n / POINTS for n in range(POINTS + 1))):
        yield round(cash / unit)


def _odds(curve: Curve, unit: float, now: float, enough: float | None) -> CashOdds:
    end = _end_of_curve(now, enough) * 1.001 + unit
    points = tuple((n * unit, curve.chance(n)) for n in sorted(curve.played) if n * unit <= end)
    return CashOdds(points, now, WANTED, enough, curve.runs if curve.how == "simulated" else None)


def _piece(asked: Asked, plan: Plan, curve: Curve, unit: float, cash: float | None) -> Piece:
    """Tell how much is enough, or that no amount is."""
    if cash is None:
        return _beyond(asked, plan, curve, unit)
    return Piece("cash", _enough(asked, plan, cash), (), _with_cash(asked.plan, cash))


def _rounded_up(cash: float) -> float:
    """An amount of three digits that matter, no less than the one found."""
    unit = 10 ** max(0, len(str(int(cash))) - 3)
    return float(ceil(cash / unit) * unit)


def _unit(plan: Plan) -> float:
    """Cash is looked for in steps of this: a round hundredth of what the plan turns over."""
    scale = max(plan.cash or 0.0, plan.burn_per_week * 10, 100.0)
    return float(10 ** max(0, len(str(int(scale))) - 3))


def _with_cash(plan: Plan, cash: float) -> Plan | None:
    """The plan with that start cash; with a log, cash is what was counted and no edit."""
    return None if plan.log else plan.model_copy(update={"cash": cash})


def _enough(asked: Asked, plan: Plan, cash: float) -> Message:
    values: dict[str, object] = {
        "cash": Money(cash, plan.currency),
        "now": Money(plan.cash or 0.0, plan.currency),
        "wanted": round(WANTED * 100),
    }
    if cash <= (plan.cash or 0.0):
        template = "{wanted} of 100 lives would reach the goal with {cash}, too; you have {now}."
        return Message(template, values)
    template = "For {wanted} of 100 lives to reach the goal: about {cash}; you have {now}."
    return Message(template, values)


def _beyond(asked: Asked, plan: Plan, curve: Curve, unit: float) -> Piece:
    """More cash does not do: the best there is, which may be with less."""
    best = max((0, *curve.played), key=curve.chance)
    if curve.chance(best) >= WANTED - SLACK:
        cash = best * unit
        return Piece("cash", _enough(asked, plan, cash), (), _with_cash(asked.plan, cash))
    template = (
        "Cash alone does not make it: with any amount the goal is reached in {best} of 100 lives."
    )
    return Piece("cash", Message(template, {"best": round(curve.chance(best) * 100)}))
