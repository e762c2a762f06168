"""The benchmark's plan as others would write it: in simpy, and around squigglepy.

Both follow the same rules and tell fates and weekly bands. They know what this one plan needs and
no more: no ranges, no funding, no forks, nothing that can be edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np
import simpy

from workbook.outcomes import FATES, LEVELS
from workbook.plan import Milestone, Plan, Sales

Week = tuple[float, float, float, float]  # cash, conversion, reach, revenue


class Startup:
    """One life of the plan as a simpy process."""

    def __init__(self, plan: Plan, rng: np.random.Generator) -> None:
        self.plan, self.rng, self.env = plan, rng, simpy.Environment()
        self.sales = plan.sales or Sales()
        self.cash, self.conversion = plan.cash or 0.0, self.sales.conversion
        self.fate = "open"
        self.by_week = [self.standing]
        self.over = self.env.event()
        self.env.process(self.work())
        self.env.process(self.weeks())

    def work(self) -> Iterator[simpy.Event]:
        for milestone in self.plan.milestones:
            for _ in range(milestone.attempts or self.plan.horizon_weeks):
                if self.cash < milestone.cost:
                    yield from self.save_up(milestone.cost)
                self.cash -= milestone.cost
                yield self.env.timeout(milestone.weeks)
                if self.rng.random() < milestone.rates[0]:
                    break
            else:
                self.end("stuck")
                return
            if milestone.gives:
                self.conversion = milestone.gives.conversion or self.conversion
        self.end("goal")

    def save_up(self, cost: float) -> Iterator[simpy.Event]:
        while self.cash < cost:
            if self.revenue <= self.plan.burn_per_week:
                self.end("ruin")
            yield self.env.timeout(1)

    @property
    def revenue(self) -> float:
        return self.sales.reach_per_week * self.conversion * self.sales.price

    @property
    def standing(self) -> Week:
        return self.cash, self.conversion, self.sales.reach_per_week, self.revenue

    def weeks(self) -> Iterator[simpy.Event]:
        while True:
            yield self.env.timeout(0.5)  # after the week's starts, before its ends
            self.cash += self.revenue - self.plan.burn_per_week
            if self.cash < 0:
                self.end("ruin")
            yield self.env.timeout(0.5)
            self.by_week.append(self.standing)

    def end(self, fate: str) -> None:
        if not self.over.triggered:
            self.fate = fate
            self.over.succeed()

    def live(self) -> Startup:
        weeks = self.plan.horizon_weeks
        self.env.run(until=self.env.any_of([self.over, self.env.timeout(weeks + 0.25)]))
        return self


def with_simpy(plan: Plan, runs: int) -> dict[str, float]:
    """Shares of the fates; the bands are made and dropped."""
    rng = np.random.default_rng(1)
    lives = [Startup(plan, rng).live() for _ in range(runs)]
    bands([life.by_week for life in lives])
    return shares([life.fate for life in lives])


def with_squigglepy(plan: Plan, runs: int) -> dict[str, float]:
    """The same by sampling a plain function: squigglepy draws, and knows no weeks of its own."""
    import squigglepy as sq

    sq.set_seed(1)
    lives: list[list[Week]] = []
    fates: list[str] = []

    def life() -> float:
        weeks: list[Week] = []
        fates.append(_plain(plan, sq.event_occurs, weeks))
        lives.append(weeks)
        return weeks[-1][0]

    sq.sample(life, n=runs)
    bands(lives)
    return shares(fates)


def _plain(plan: Plan, happens, weeks: list[Week]) -> str:
    sales = plan.sales or Sales()
    cash, conversion, reach = plan.cash or 0.0, sales.conversion, sales.reach_per_week
    todo, tries, ends = list(plan.milestones), 0, 0
    weeks.append((cash, conversion, reach, reach * conversion * sales.price))
    for week in range(1, plan.horizon_weeks + 1):
        at: Milestone = todo[0]
        revenue = reach * conversion * sales.price
        if week > ends and cash < at.cost and revenue <= plan.burn_per_week:
            return "ruin"
        if week > ends and cash >= at.cost:
            cash, ends = cash - at.cost, week + int(at.weeks) - 1
        cash += revenue - plan.burn_per_week
        if cash < 0:
            return "ruin"
        if week == ends:
            tries += 1
            if happens(at.rates[0]):
                todo, tries = todo[1:], 0
                if at.gives:
                    conversion = at.gives.conversion or conversion
            if not todo or tries == at.attempts:
                return "stuck" if todo else "goal"
        weeks.append((cash, conversion, reach, reach * conversion * sales.price))
    return "open"


def bands(lives: Sequence[Sequence[Week]]) -> list[np.ndarray]:
    """Quantiles of cash, conversion, reach and revenue over those still there, week by week."""
    return [
        np.quantile([standing for standing in week if standing is not None], LEVELS, axis=0)
        for week in zip_longest(*lives)
    ]


def shares(fates: Sequence[str]) -> dict[str, float]:
    counted = Counter(fates)
    return {fate: counted[fate] / len(fates) for fate in FATES}
