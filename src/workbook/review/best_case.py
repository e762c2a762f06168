"""The best case of a plan's money: the most cash possible, and the least cost of an attempt.

In the best case every attempt passes at once at its lowest cost, and all funding arrives. Rules
warn only of problems that exist even then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from workbook.law import (
    MOVING,
    Attempt,
    Economy,
    cents,
    drawn,
    figure_at,
    has_terms,
    moved,
    moves_by_itself,
    payments_due,
    signed,
)
from workbook.luck import Value
from workbook.plan import STATE, Gives, Milestone, Plan
from workbook.present import present
from workbook.review.order import Order

SPENT = {name for name, key in STATE.items() if key.flow == "out"} | {"running_hours_per_week"}
FIGURES: Mapping[str, int] = {name: -1 if name in SPENT else 1 for name in STATE}
"""Every figure of a business, and whether larger (1) or smaller (-1) is better."""


class BestCase:
    """The money of a plan in the best case, per milestone, in cents.

    Parameters
    ----------
    order
        The order in which the plan's milestones are reached.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.plan = drawn(order.plan, _best_draws(order.plan))

    @classmethod
    def today(cls, plan: Plan) -> BestCase:
        """Return the best case from the end of the plan's log."""
        return cls(Order(present(plan).plan if plan.log else plan))

    @cached_property
    def _start(self) -> Economy:
        return Economy.of(self.plan)

    @cached_property
    def _giving(self) -> tuple[tuple[str, Gives], ...]:
        """What each milestone gives, and what a redesign gives, even of a skipped milestone."""
        reached = [(m.id, m.gives) for m in self.plan.attempted]
        mended = [(m.id, m.tests.redesign.gives) for m in self.plan.milestones if m.tests]
        return tuple((id, gives) for id, gives in [*reached, *mended] if gives is not None)

    @cached_property
    def _gifts(self) -> Mapping[str, list[tuple[float, str, bool]]]:
        """For each figure the changes that improve it: value, milestone, whether it adds."""
        found: dict[str, list[tuple[float, str, bool]]] = {name: [] for name in FIGURES}
        for id, gives in self._giving:
            for name, better in FIGURES.items():
                change = getattr(gives, name)
                adds = isinstance(change, str)
                old = 0.0 if adds else getattr(self._start, name)
                if change is not None and better * (float(change) - old) > 0:
                    found[name].append((float(change), id, adds))
        return found

    def _before(self, name: str, id: str) -> list[tuple[float, bool]]:
        """Return the changes that improve a figure and may come before work on `id`."""
        return [(c, adds) for c, by, adds in self._gifts[name] if self._may_come_before(by, id)]

    def _best(self, name: str, gifts: list[tuple[float, bool]]) -> float:
        """Return the best weekly figure after these changes: the best value plus additions."""
        values = [getattr(self._start, name), *(change for change, adds in gifts if not adds)]
        best = max(values) if FIGURES[name] > 0 else min(values)
        return moved(name, best, signed(sum(change for change, adds in gifts if adds)))

    @cached_property
    def _fundings(self) -> dict[str, int]:
        """Cents of funding by milestone that brings any."""
        found: dict[str, int] = {}
        for id, gives in self._giving:
            if gives.funding is not None:
                found[id] = found.get(id, 0) + cents(gives.funding.amount)
        return found

    @cached_property
    def _costs(self) -> dict[str, int]:
        return {m.id: self.attempt(m).cost_cents for m in self.plan.attempted}

    @cached_property
    def _weeks_before(self) -> dict[str, int]:
        """Minimum weeks before each milestone is started, if everything passes at once."""
        before: dict[str, int] = {}
        for id in self.order.turns:
            ends = [before[need] + self._lasting[need] for need in self.order.needs[id]]
            before[id] = max(ends, default=0)
        return before

    @cached_property
    def _lasting(self) -> dict[str, int]:
        """Minimum weeks of each attempt, at most the plan's horizon."""
        most = self.plan.horizon_weeks
        return {m.id: int(min(most, self.attempt(m).weeks)) for m in self.plan.attempted}

    def _may_come_before(self, other: str, id: str) -> bool:
        return other != id and id not in self.order.ancestors(other)

    @cached_property
    def _economies(self) -> dict[str, Economy]:
        return {m.id: self._economy_of(m.id) for m in self.plan.milestones}

    def _economy_of(self, id: str) -> Economy:
        """Return the business while `id` is worked on, after everything that may come before it."""
        changed = [name for name, gifts in self._gifts.items() if gifts]
        best: dict[str, Any] = {n: self._best(n, self._before(n, id)) for n in changed}
        best |= self._unchanged
        return replace(self._start, **best | self._most | self._people)

    @property
    def best_week(self) -> Economy:
        """The business after everything that any milestone may give it."""
        return self._economy_of("")

    @cached_property
    def _unchanged(self) -> dict[str, float]:
        """The best weekly figures that no milestone improves."""
        return {name: self._best(name, []) for name, gifts in self._gifts.items() if not gifts}

    @cached_property
    def _people(self) -> dict[str, Any]:
        """Founders whose jobs bring their whole pay and take no hours, if they may change."""
        if not any(gives.jobs for _, gives in self._giving):
            return {}
        at_best = {"hours_per_week": 0.0, "workload": 1.0}
        return {
            "founders": tuple(
                founder.model_copy(update={"job": founder.job.model_copy(update=at_best)})
                if founder.job
                else founder
                for founder in self.plan.founders
            )
        }

    @cached_property
    def _most(self) -> dict[str, Any]:
        """The largest customers and reach possible, if customers stay or the reach grows."""
        if not moves_by_itself(self.plan):
            return {}
        gifts = {n: [(c, adds) for c, _, adds in self._gifts[n]] for n in FIGURES}
        week = self._start.with_figures(**{n: self._best(n, gifts[n]) for n in FIGURES})
        week = week.in_week(max(self.plan.seasons or (1.0,)), self._factors)
        most = {name: getattr(week, name) for name in MOVING}
        for _ in range(self.plan.horizon_weeks):
            week = week.next_week()
            most = {name: max(value, getattr(week, name)) for name, value in most.items()}
        later = {n: signed(sum(c for c, adds in gifts[n] if adds)) for n in MOVING}
        best = {name: moved(name, value, later[name]) for name, value in most.items()}
        best |= {"margin": 1.0} if has_terms(self.plan) else {}
        return best | {"season": max(self.plan.seasons or (1.0,)), "factors": self._factors}

    @property
    def _factors(self) -> dict[str, float]:
        """What figures that differ from week to week are multiplied by in the best week."""
        found = {figure_at(path): of for path, of in self.plan.weekly_ranges.items()}
        best = {name: 2 if FIGURES.get(name, -1) > 0 else 0 for name in found}
        return {name: of[best[name]] / of[1] for name, of in found.items()}

    def attempt(self, milestone: Milestone, value: Value = "least") -> Attempt:
        """Return an attempt at a milestone in the best business."""
        return Attempt(milestone, self._economies[milestone.id], value)

    def weekly_loss(self, id: str) -> int:
        """Return the minimum weekly loss in cents while `id` is worked on; below 0 for a profit."""
        return -self._economies[id].flow_cents

    def price_of(self, milestone: Milestone) -> float:
        """Return the minimum cents of one attempt, including the weeks it lasts.

        Infinite if it is counted in hours, no hours are ever free, and waiting costs money.
        """
        return self.attempt(milestone).cents_at(max(0, self.weekly_loss(milestone.id)))

    def funders(self, id: str) -> tuple[str, ...]:
        """Return the milestones with funding that may be reached before work on `id` starts."""
        return tuple(other for other in self._fundings if self._may_come_before(other, id))

    def cash_before(self, id: str, funders: Iterable[str]) -> int:
        """Return the cents available when work on a milestone starts, in the best case.

        Parameters
        ----------
        id
            The milestone about to be started.
        funders
            Earlier milestones whose funding has arrived, in full.
        """
        paid = sum(self._costs[other] for other in self.order.ancestors(id))
        lived = self._weeks_before[id] * max(0, self.weekly_loss(id))
        funded = sum(self._fundings[other] for other in funders)
        promised = sum(cents(due.amount) for _, due in payments_due(self.plan))
        return cents(self.plan.cash or 0.0) + promised + funded - paid - lived


def _best_draws(plan: Plan) -> dict[str, float]:
    """How far each figure with a range is off its likely value in the luckiest life."""
    found = {}
    for path, (low, likely, high) in plan.ranges.items():
        name = path.rpartition(".")[2] if path.startswith("milestones.") else figure_at(path)
        better = 1 if path.endswith("funding.amount") else FIGURES.get(name, -1)
        found[path] = (high if better > 0 else low) - likely
    return found
