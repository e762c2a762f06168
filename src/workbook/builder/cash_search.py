"""How much cash is enough: a search, one play at a time, to about one per cent."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from workbook.builder.asked import Asked, Piece
from workbook.errors import Message, Money
from workbook.logged import plan_from_today
from workbook.plan import Plan
from workbook.solve.required import SLACK, Curve

WANTED = 0.8
MOST_STEPS = 200_000


def search_cash(asked: Asked) -> Iterator[Piece | None]:
    """The least cash for 8 lives in 10, to about a hundredth of itself."""
    plan = plan_from_today(asked.plan)
    if plan.cash is None:
        return
    unit = _unit(plan)

    def at(step: int) -> Plan:
        return plan.model_copy(update={"cash": step * unit})

    curve = Curve(at, None, asked.runs, asked.seed, asked.how)
    low, high = 0, max(1, round(plan.cash / unit))
    while curve.chance(high) < WANTED - SLACK:
        if high > MOST_STEPS:
            yield _beyond(asked, plan, curve, unit)
            return
        low, high = high + 1, high * 4
        yield None
    while low < high - max(0, high // 100):
        middle = (low + high) // 2
        reaches = curve.chance(middle) >= WANTED - SLACK
        low, high = (low, middle) if reaches else (middle + 1, high)
        yield None
    cash = _rounded_up(high * unit)
    yield Piece("cash", _enough(asked, plan, cash), (), _with_cash(asked.plan, cash))


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
