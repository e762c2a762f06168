"""Figures that are not known: ranges, drawn once a life or again each week.

A range is low, likely, high. What is drawn once a life is how far the figure is off its likely
value, so that a range moves along with an edited figure. What is drawn again each week is a factor,
the draw over the likely value: a figure that a milestone raises moves up and down in proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from workbook.law.figures import MOVING, moved
from workbook.luck import Floats, Shape, spread
from workbook.plan import SOLD, STATE, WHOLE, Bill, Gives, Milestone, Plan, Role

FIGURES = tuple(
    name
    for name, key in STATE.items()
    if key.flow != "hours" and name not in WHOLE and not key.limit
)
"""Figures of a business that may have a range: money, shares and people, no hours or limits."""
OF_A_WEEK = (
    *("reach_per_week", "conversion", "price", "margin", "fee_per_month", "revenue_per_week"),
    "burn_per_week",
)
"""Those that may differ from week to week; others are shares of a month, or move by themselves."""

PAID = {"bills": ("amount",), "roles": ("pay_per_month", "pay_per_week")}
"""Lists of what is paid, and the figures there that may have a range."""


def place_of(name: str) -> str:
    """The path of a figure of the business in a plan: `sales.price`, `burn_per_week`."""
    return f"sales.{name}" if name in SOLD else name


def may_range(path: str) -> bool:
    """Whether a figure at that place may have a range.

    >>> may_range("sales.price"), may_range("milestones.a.gives.price"), may_range("cash")
    (True, True, False)
    """
    steps = path.split(".")
    if path in map(place_of, FIGURES):
        return True
    if steps[0] in PAID:
        return len(steps) == 3 and steps[2] in PAID[steps[0]]
    given = len(steps) > 3 and steps[0] == "milestones" and steps[2] == "gives"
    figure = steps[3:] == ["funding", "amount"] or (len(steps) == 4 and steps[3] in FIGURES)
    return given and figure


def may_differ_by_week(path: str) -> bool:
    """Whether a figure at that place may be drawn again each week.

    >>> may_differ_by_week("sales.price"), may_differ_by_week("sales.churn_per_month")
    (True, False)
    """
    steps = path.split(".")
    bill = steps[0] == "bills" and len(steps) == 3 and steps[2] == "amount"
    return bill or path in map(place_of, OF_A_WEEK)


def figure_at(path: str) -> str:
    """Return the figure at a place: `reach_per_week`; of what is paid, `bills.rent`."""
    return path.rpartition(".")[0 if path.partition(".")[0] in PAID else 2]


def off_of(plan: Plan, path: str, uniform: Floats, shape: Shape) -> Floats:
    """Return how far draws of a range are off its likely value, after what a log has taught."""
    found, learnt = plan.ranges[path], dict(plan.begun.learnt).get(path)
    if learnt is None:
        return spread(found, uniform, shape) - found[1]
    return np.interp(uniform, probabilities(len(learnt)), learnt) - found[1]


def probabilities(points: int) -> Floats:
    """Return the probabilities of so many quantiles: from 0 to 1, close together at the ends."""
    return np.asarray(np.sin(np.linspace(0.0, np.pi / 2, points)) ** 2)


def factors_of(
    plan: Plan, week: int, uniforms: Callable[[str, str], Floats], shape: Shape
) -> dict[str, Floats]:
    """Return what figures are multiplied by in a week: the draws over their likely values.

    `uniforms` returns the draws of a kind and name, one per life.
    """
    return {
        figure_at(path): spread(found, uniforms("weekly", f"{path}:{week}"), shape) / found[1]
        for path, found in plan.weekly_ranges.items()
    }


def followed(plan: Plan) -> tuple[str, ...]:
    """The figures that each life has its own of: those that move by themselves or have a range."""
    ranged = (figure_at(path) for path in plan.ranges if not path.endswith("funding.amount"))
    weekly = (figure_at(path) for path in plan.weekly_ranges if path.startswith("bills."))
    return tuple(dict.fromkeys((*MOVING, *ranged, *weekly)))


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
    for parts in PAID:
        new[parts] = tuple(_paid(parts, one, off) for one in getattr(plan, parts))
    new["milestones"] = tuple(_giving(milestone, off) for milestone in plan.milestones)
    return plan.model_copy(update=new)


def _paid(parts: str, one: Bill | Role, off: Mapping[str, float]) -> Bill | Role:
    new = {
        name: max(0.0, getattr(one, name) + off[path])
        for name in PAID[parts]
        if (path := f"{parts}.{one.id}.{name}") in off
    }
    return one.model_copy(update=new) if new else one


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
