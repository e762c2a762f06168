"""What is in the purse at best, and what an attempt takes out of it, in whole cents.

The kindest life sets the yardstick: every attempt passes at once at its lowest cost, and all money
on the way arrives. A rule that finds fault even with that life is not quibbling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from math import inf, prod
from typing import Any

from workbook.figures import MOST_WEEKS
from workbook.law import Economy, cents, moved, race_rate, signed, whole_weeks
from workbook.plan import STATE, Gives, Milestone, Plan
from workbook.present import present
from workbook.review.order import Order
from workbook.review.rule import least, likely


def attempts_on_average(milestone: Milestone) -> float:
    """Attempts made on average until it passes or is used up; infinite where neither comes."""
    attempts, still_trying = 0.0, 1.0
    rates = [race_rate(rate, milestone.teams) for rate in milestone.rates]
    limit = milestone.attempts or MOST_WEEKS
    for rate in rates[:limit]:
        attempts += still_trying
        still_trying *= 1 - rate
    more, last = limit - len(rates), rates[-1]
    if more <= 0 or still_trying == 0:
        return attempts
    if last == 0:
        return attempts + still_trying * more if milestone.attempts else inf
    return attempts + still_trying * (1 - (1 - last) ** more) / last


def chance_all_fail(milestone: Milestone, attempts: int) -> float:
    """Chance that so many attempts in a row fail, by the milestone's own pass rates."""
    rates = [race_rate(rate, milestone.teams) for rate in milestone.rates]
    listed = prod(1 - rate for rate in rates[:attempts])
    return float(listed * (1 - rates[-1]) ** max(0, attempts - len(rates)))


def weeks_of(plan: Plan, milestone: Milestone) -> float:
    """Weeks that an attempt is likely to take, by the hours of the first week where it has some."""
    free = (plan.hours_per_week or 0.0) - plan.running_hours_per_week
    if milestone.hours is not None and free > 0:
        return likely(milestone.hours) / free
    return likely(milestone.weeks)


FIGURES: Mapping[str, int] = {
    name: -1 if key.flow == "out" else 1 for name, key in STATE.items() if key.flow in ("in", "out")
}
"""What makes a week's result, and whether it is the better larger (1) or smaller (-1)."""


class Purse:
    """The money of a plan, asked milestone by milestone.

    Parameters
    ----------
    order
        The order in which the plan's milestones are reached.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.plan = order.plan

    @classmethod
    def today(cls, plan: Plan) -> Purse:
        """The purse of the founder who stands where the plan's log ends."""
        return cls(Order(present(plan).plan if plan.log else plan))

    @cached_property
    def _start(self) -> Economy:
        return Economy.of(self.plan)

    @cached_property
    def _giving(self) -> tuple[tuple[str, Gives], ...]:
        """Every gift of the plan and whose it is; a redesign's too, even of what is skipped."""
        reached = [(m.id, m.gives) for m in self.plan.attempted]
        mended = [(m.id, m.tests.redesign.gives) for m in self.plan.milestones if m.tests]
        return tuple((id, gives) for id, gives in [*reached, *mended] if gives is not None)

    @cached_property
    def _gifts(self) -> Mapping[str, list[tuple[float, str, bool]]]:
        """For each figure of a week what betters it, whose gift it is and whether it adds."""
        found: dict[str, list[tuple[float, str, bool]]] = {name: [] for name in FIGURES}
        for id, gives in self._giving:
            for name, better in FIGURES.items():
                change = getattr(gives, name)
                adds = isinstance(change, str)
                old = 0.0 if adds else getattr(self._start, name)
                if change is not None and better * (float(change) - old) > 0:
                    found[name].append((float(change), id, adds))
        return found

    def _best(self, name: str, id: str) -> float:
        """A figure of a week at best while `id` is worked on: the best value, and all that adds."""
        gifts = [(c, adds) for c, by, adds in self._gifts[name] if self._may_come_before(by, id)]
        values = [getattr(self._start, name), *(change for change, adds in gifts if not adds)]
        best = max(values) if FIGURES[name] > 0 else min(values)
        return moved(name, best, signed(sum(change for change, adds in gifts if adds)))

    @cached_property
    def _fundings(self) -> dict[str, int]:
        """Cents of funding that each milestone brings, where it brings any."""
        found: dict[str, int] = {}
        for id, gives in self._giving:
            if gives.funding is not None:
                found[id] = found.get(id, 0) + cents(gives.funding.amount)
        return found

    @cached_property
    def _costs(self) -> dict[str, int]:
        return {m.id: self.price_of(m, 0) for m in self.plan.attempted}

    @cached_property
    def _weeks_before(self) -> dict[str, int]:
        """Weeks that pass at the least before each milestone is begun, all passing at once."""
        before: dict[str, int] = {}
        for id in self.order.turns:
            needs = self.order.needs[id]
            lasting = [before[need] + self._weeks_at_least(need) for need in needs]
            before[id] = max(lasting, default=0)
        return before

    def _weeks_at_least(self, id: str) -> int:
        return whole_weeks(least(self.order.milestones[id].weeks))

    def _may_come_before(self, other: str, id: str) -> bool:
        return other != id and id not in self.order.ancestors(other)

    def weekly_loss(self, id: str) -> int:
        """Cents lost in a week at the very least while `id` is worked on; below 0 where earned."""
        best: dict[str, Any] = {name: self._best(name, id) for name in FIGURES}
        return -replace(self._start, **best).net_cents

    def price_of(self, milestone: Milestone, weekly_loss: int) -> int:
        """Cents that one attempt takes at the very least, the weeks it lasts included."""
        attempt = cents(least(milestone.cost)) * milestone.teams
        return attempt + whole_weeks(least(milestone.weeks)) * max(0, weekly_loss)

    def funders(self, id: str) -> tuple[str, ...]:
        """Milestones that bring funding and may be reached before work on `id` begins."""
        return tuple(other for other in self._fundings if self._may_come_before(other, id))

    def at_best(self, id: str, funders: Iterable[str]) -> int:
        """Cents there when work on a milestone begins, all having gone well before it.

        Parameters
        ----------
        id
            The milestone about to be begun.
        funders
            Milestones before it whose funding has come, in full.
        """
        paid = sum(self._costs[other] for other in self.order.ancestors(id))
        lived = self._weeks_before[id] * max(0, self.weekly_loss(id))
        funded = sum(self._fundings[other] for other in funders)
        promised = sum(cents(due.amount) for due in self.plan.due)
        return cents(self.plan.cash or 0.0) + promised + funded - paid - lived
