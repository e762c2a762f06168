"""The benchmark's plan as others would write it: in simpy, and around squigglepy.

All follow the same rules. They know what this one plan needs and no more: no ranges, no funding,
no forks, nothing that can be edited. `with_simpy` tells what `simulate.play` tells: fates, weekly
bands of cash, conversion, reach, revenue and hours, week and cash of every milestone, every life by
itself. `with_simpy_cash_alone` is the least that could be asked: fates, and the band of cash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np
import simpy

from workbook.outcomes import FATES, LEVELS, QUANTILES
from workbook.plan import Milestone, Plan, Sales

Week = tuple[float, ...]  # cash, conversion, reach, revenue, hours; or cash alone


class Startup:
    """One life of the plan as a simpy process."""

    def __init__(self, plan: Plan, rng: np.random.Generator) -> None:
        self.plan, self.rng, self.env = plan, rng, simpy.Environment()
        self.sales = plan.sales or Sales()
        self.cash, self.conversion = plan.cash or 0.0, self.sales.conversion
        self.fate, self.died_in, self.spent = "open", "", 0.0
        self.tries: Counter[str] = Counter()
        self.reached: dict[str, tuple[float, float]] = {}
        self.by_week = [self.standing]
        self.over = self.env.event()
        self.env.process(self.work())
        self.env.process(self.weeks())

    def work(self) -> Iterator[simpy.Event]:
        for milestone in self.plan.milestones:
            self.died_in = milestone.id
            for _ in range(milestone.attempts or self.plan.horizon_weeks):
                if self.cash < milestone.cost:
                    yield from self.save_up(milestone.cost)
                self.cash -= milestone.cost
                self.spent += milestone.cost
                yield self.env.timeout(milestone.weeks)
                self.tries[milestone.id] += 1
                if self.rng.random() < milestone.rates[0]:
                    break
            else:
                self.end("stuck")
                return
            put_in = max(0.0, (self.plan.cash or 0.0) - self.cash)
            self.reached[milestone.id] = self.env.now, put_in
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
        reach, hours = self.sales.reach_per_week, self.plan.running_hours_per_week
        return self.cash, self.conversion, reach, self.revenue, hours

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


class CashAlone(Startup):
    """The same life, of which nothing but cash is followed."""

    @property
    def standing(self) -> Week:
        return (self.cash,)


def with_simpy(plan: Plan, runs: int) -> dict[str, float]:
    """Shares of the fates; bands, milestones and averages are made and dropped."""
    lives = _lived(Startup, plan, runs)
    bands([life.by_week for life in lives])
    for milestone in plan.milestones:
        reached = [life.reached[milestone.id] for life in lives if milestone.id in life.reached]
        np.sort(np.array(reached), axis=0)[_ranks(len(reached), runs)]
        np.mean([life.tries[milestone.id] for life in lives])
    for fate in FATES:
        ended = [life for life in lives if life.fate == fate]
        Counter(life.died_in for life in ended)
        [(life.spent, life.cash, life.env.now) for life in ended]
    return shares([life.fate for life in lives])


def _ranks(reached: int, runs: int) -> list[int]:
    return [int(share * runs) for share in QUANTILES if share * runs < reached]


def with_simpy_cash_alone(plan: Plan, runs: int) -> dict[str, float]:
    """Shares of the fates; the band of cash is made and dropped, nothing else is reported."""
    lives = _lived(CashAlone, plan, runs)
    bands([life.by_week for life in lives])
    return shares([life.fate for life in lives])


def _lived(kind: type[Startup], plan: Plan, runs: int) -> list[Startup]:
    rng = np.random.default_rng(1)
    return [kind(plan, rng).live() for _ in range(runs)]


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
    """Quantiles of all that is followed over those still there, week by week."""
    return [
        np.quantile([standing for standing in week if standing is not None], LEVELS, axis=0)
        for week in zip_longest(*lives)
    ]


def shares(fates: Sequence[str]) -> dict[str, float]:
    counted = Counter(fates)
    return {fate: counted[fate] / len(fates) for fate in FATES}
