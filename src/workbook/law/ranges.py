"""What is not known of a figure: the places that may have a range, and a plan with a draw of each.

A range (low, likely, high) is drawn once a life, however often the figure is used. What is drawn
is how far the figure is off its likely value, so that a range moves along with an edited figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.law.customers import MOVING
from workbook.law.figures import moved
from workbook.plan import SOLD, STATE, WHOLE, Gives, Milestone, Plan

FIGURES = tuple(
    name
    for name, key in STATE.items()
    if key.flow != "hours" and name not in WHOLE and not key.limit
)
"""Figures of a business that may have a range: money, shares and people, no hours or limits."""


def place_of(name: str) -> str:
    """Where a figure of the business stands in a plan: `sales.price`, `burn_per_week`."""
    return f"sales.{name}" if name in SOLD else name


def may_range(path: str) -> bool:
    """Whether a figure at that place may have a range.

    >>> may_range("sales.price"), may_range("milestones.a.gives.price"), may_range("cash")
    (True, True, False)
    """
    steps = path.split(".")
    if path in map(place_of, FIGURES):
        return True
    if steps[0] == "bills":
        return len(steps) == 3 and steps[2] == "amount"
    given = len(steps) > 3 and steps[0] == "milestones" and steps[2] == "gives"
    figure = steps[3:] == ["funding", "amount"] or (len(steps) == 4 and steps[3] in FIGURES)
    return given and figure


def followed(plan: Plan) -> tuple[str, ...]:
    """The figures that each life has its own of: those that move by themselves or have a range."""
    ranged = (
        path.removesuffix(".amount") if path.startswith("bills.") else path.rpartition(".")[2]
        for path in plan.ranges
        if not path.endswith("funding.amount")
    )
    return tuple(dict.fromkeys((*MOVING, *ranged)))


def drawn(plan: Plan, off: Mapping[str, float]) -> Plan:
    """The plan of one life: each figure with a range as far off as it is drawn."""
    if not off:
        return plan
    new: dict[str, Any] = {}
    for name in FIGURES:
        if name not in SOLD and place_of(name) in off:
            value = getattr(plan, name)
            new[name] = moved(name, value, value + off[name])
    if plan.sales is not None:
        values = {n: getattr(plan.sales, n) for n in FIGURES if f"sales.{n}" in off}
        sales = {n: moved(n, v, v + off[f"sales.{n}"]) for n, v in values.items()}
        new["sales"] = plan.sales.model_copy(update=sales)
    new["bills"] = tuple(
        bill.model_copy(update={"amount": max(0.0, bill.amount + off[path])})
        if (path := f"bills.{bill.id}.amount") in off
        else bill
        for bill in plan.bills
    )
    new["milestones"] = tuple(_giving(milestone, off) for milestone in plan.milestones)
    return plan.model_copy(update=new)


def _giving(milestone: Milestone, off: Mapping[str, float]) -> Milestone:
    gives, under = milestone.gives, f"milestones.{milestone.id}.gives."
    if gives is None or not any(path.startswith(under) for path in off):
        return milestone
    new: dict[str, Any] = {
        name: moved(name, value, value + off[under + name])
        for name, value in plain(gives)
        if under + name in off
    }
    funding = gives.funding
    if funding is not None and (by := off.get(f"{under}funding.amount")) is not None:
        new["funding"] = funding.model_copy(update={"amount": max(0.0, funding.amount + by)})
    return milestone.model_copy(update={"gives": gives.model_copy(update=new)})


def plain(gives: Gives) -> Iterator[tuple[str, float]]:
    """The figures that are given as new values, not as what is added."""
    for name in FIGURES:
        value = getattr(gives, name)
        if value is not None and not isinstance(value, str):
            yield name, float(value)
