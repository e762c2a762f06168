"""What one attempt at a milestone takes, and the expectation until the milestone is reached.

The engines draw a cost and a length for each attempt; this module says what can be known before. A
range (low, likely, high) is read at one of three values, the same for money and time:

`least`
    its low end: what an attempt takes if all goes well.
`likely`
    its middle value: what the founder expects.
`mean`
    the mean of what the engines charge: the mean of the triangular distribution that they draw
    from, and of the whole weeks that its draws are rounded to.

Money is in cents for all teams of a race together; time in whole weeks (at `mean` their mean). An
attempt counted in hours lasts ceil(hours / free hours per week), forever without free hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, inf

import numpy as np

from workbook.figures import MOST_WEEKS
from workbook.law.chances import attempts_on_average, pass_chance, raced_rates, reach_chance
from workbook.law.economy import Economy
from workbook.law.program import Task
from workbook.luck import Range, Value, exceeded, is_range, value_of
from workbook.plan import Milestone, Plan


@dataclass(frozen=True)
class Attempt:
    """An attempt at a milestone in a state of the business, its ranges read at one value.

    >>> hall = Milestone(id="hall", hours=60, cost=100, teams=2, pass_rate=0.5)
    >>> busy = Economy(burn_per_week=100, hours_per_week=15, running_hours_per_week=5)
    >>> attempt = Attempt(hall, busy)
    >>> attempt.cost_cents, attempt.weeks, attempt.cents_with_burn
    (20000, 6.0, 80000.0)
    """

    milestone: Milestone
    economy: Economy
    value: Value = "likely"

    @classmethod
    def at_start(cls, plan: Plan, milestone: Milestone, value: Value = "likely") -> Attempt:
        """An attempt with the burn and the hours that the plan starts with."""
        return cls(milestone, Economy.of(plan), value)

    @property
    def cost_cents(self) -> int:
        """What is paid when it starts."""
        return self._task.price(value_of(self.milestone.cost, self.value))

    @property
    def weeks(self) -> float:
        """Length in weeks; infinite if it is counted in hours and no hours are free."""
        hours, free = self.milestone.hours, self.economy.free_hours
        if self._task.out_of_hours(free):
            return inf
        estimate = self.milestone.weeks if hours is None else hours
        if self.value == "mean" and isinstance(estimate, tuple) and is_range(estimate):
            return _mean_weeks(estimate, None if hours is None else free)
        return float(self._task.lasting(free, value_of(estimate, self.value)))

    @cached_property
    def _task(self) -> Task:
        return Task.of(self.milestone)

    @property
    def cents_with_burn(self) -> float:
        """Cents of an attempt, including the burn of its weeks."""
        return self.cents_at(self.economy.burn_cents)

    def cents_at(self, weekly_cents: int) -> float:
        """Return the cents of an attempt if a week costs `weekly_cents`, whatever is earned."""
        return self.cost_cents + _over(self.weeks, weekly_cents)

    @property
    def chance(self) -> float:
        """Chance (0..1) that the first attempt passes, after a race of its teams."""
        return pass_chance(self.milestone)

    @property
    def reached(self) -> float:
        """Chance (0..1) that the milestone is finally reached if money and time last."""
        return reach_chance(self.milestone)

    @property
    def tries(self) -> float:
        """Mean number of attempts until it is reached or used up; a test is made once."""
        if self.milestone.tests is not None:
            return 1.0
        return attempts_on_average(raced_rates(self.milestone), self.milestone.attempts)

    @property
    def redesign_cents(self) -> int:
        """Cents of the redesign after a failed test; 0 without a test."""
        redesign = self._task.redesign
        return redesign.cost_cents if redesign else 0

    @property
    def redesign_weeks(self) -> int:
        """Weeks of that redesign; 0 without a test."""
        redesign = self._task.redesign
        return redesign.weeks if redesign else 0

    def redesign_cents_at(self, weekly_cents: int) -> int:
        """Return the cents of that redesign if a week costs `weekly_cents`."""
        return self.redesign_cents + self.redesign_weeks * weekly_cents

    @property
    def expected_cents(self) -> float:
        """Expected cents of all attempts, and a redesign, including the burn of their weeks."""
        redesign = self.redesign_cents_at(self.economy.burn_cents)
        return self.tries * self.cents_with_burn + (1 - self.chance) * redesign

    @property
    def expected_weeks(self) -> float:
        """Expected weeks of all attempts, and a redesign."""
        return self.tries * self.weeks + (1 - self.chance) * self.redesign_weeks


def _over(weeks: float, weekly_cents: int) -> float:
    """Return the cents of these weeks; 0 if a week costs nothing, even for infinite weeks."""
    return weeks * weekly_cents if weekly_cents else 0.0


def _mean_weeks(estimate: Range, free_hours: float | None) -> float:
    """Return the mean of the whole weeks of draws, as 1 + Σ P(more than n weeks).

    Lengths beyond `MOST_WEEKS`, longer than any plan, count as that.
    """
    most = estimate[2] + 1 if free_hours is None else ceil(estimate[2] / free_hours)
    n = np.arange(1, min(MOST_WEEKS, most + 1))
    edges = n + 0.5 if free_hours is None else n * free_hours
    return 1.0 + float(exceeded(estimate, edges).sum())
