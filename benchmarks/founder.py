"""The shipped cases as others would write them in simpy: teams, races, forks, hypotheses, hours.

`simulate.play` tells fates, weekly bands of cash, conversion, reach, revenue and hours, week and
cash of every milestone, and every life by itself; so does `tell`. Each attempt is a process of
simpy's, and so is the calendar of the founder. The rules are those of `law/week.py`, as far as the
shipped cases need them: no terms, levels, ranges, bills or customers who stay.

A test plays it with the luck of `workbook.life`, draw by draw: every life is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Protocol

import numpy as np
import simpy

from benchmarks.rivals import bands, shares
from workbook.edit import edit
from workbook.outcomes import FATES, QUANTILES
from workbook.plan import Fork, Funding, Gives, Milestone, Option, Plan, Redesign, Sales

FIGURES = ("reach_per_week", "conversion", "price", "margin")
OWN = ("burn_per_week", "hours_per_week", "running_hours_per_week")


class Chance(Protocol):
    """What decides: a generator here, the named draws of a life in the test."""

    def happens(self, kind: str, name: str, probability: float) -> bool: ...


class Dice:
    """Independent draws."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.random = rng.random

    def happens(self, kind: str, name: str, probability: float) -> bool:
        return self.random() < probability


class Founder:
    """One life of a plan with the options chosen at its forks; money in cents."""

    def __init__(self, plan: Plan, choices: Mapping[str, str], chance: Chance) -> None:
        self.plan, self.chance, self.env = plan, chance, simpy.Environment()
        self.tasks = {m.id: m for m in plan.milestones}
        self.forks = [
            (fork, next(o for o in fork.options if o.id == choices[fork.id]))
            for fork in plan.forks
            if fork.id in choices
        ]
        self.figures = {name: getattr(plan.sales or Sales(), name) for name in FIGURES}
        self.figures |= {name: getattr(plan, name) or 0.0 for name in OWN}
        self.mortal, self.cash = plan.cash is not None, cents(plan.cash or 0.0)
        self.received = self.cash
        self.week = self.spent = 0
        self.fate = self.died_in = ""
        self.tries: Counter[str] = Counter()
        self.reached: dict[str, tuple[int, int]] = {}
        self.used_up: set[str] = set()
        self.jobs: dict[str, str | None] = {}  # milestones under way, and what is put right
        self.ended: list[str] = []
        self.truth: dict[str, bool] = {}
        self.untrue: set[str] = set()
        self.refuted: set[str] = set()
        self.cheques: Counter[int] = Counter()
        self.debts: Counter[int] = Counter()
        self.waiting: tuple[str, Option] | None = None
        self.by_week = [self.standing]
        self.env.process(self.weeks())

    @property
    def revenue(self) -> int:
        reach, conversion, price, margin = (self.figures[name] for name in FIGURES)
        return cents(reach * conversion * price * margin)

    @property
    def standing(self) -> tuple[float, ...]:
        at = self.figures
        hours = at["running_hours_per_week"]
        return self.cash / 100, at["conversion"], at["reach_per_week"], self.revenue / 100, hours

    def weeks(self) -> Iterator[simpy.Event]:
        while self.week < self.plan.horizon_weeks:
            self.week += 1
            if not self.waiting:
                self.come_to_forks()
            if not self.waiting and self.start_work():
                return self.end("ruin")
            self.pay()
            if self.mortal and self.cash < 0:
                at_work = [id for id in self.tasks if id in self.jobs]
                self.died_in = next(iter(at_work), self.next_up() or "")
                return self.end("ruin")
            yield self.env.timeout(1)  # attempts end shortly before the week does
            self.finish()
            self.let_in()
            if fate := self.verdict():
                return self.end(fate)
            self.by_week.append(self.standing)
        return self.end("open")

    def end(self, fate: str) -> None:
        self.fate = fate
        self.tries.update(id for id, mends in self.jobs.items() if mends is None)

    # 0 and 1: forks and starts

    def ready(self) -> list[str]:
        """Milestones that could be worked on now, in the plan's order."""
        busy = {self.jobs[id] for id in self.jobs} - {None}
        return [
            m.id
            for m in self.plan.milestones
            if m.id not in self.reached
            and m.id not in self.used_up
            and m.id not in self.jobs
            and m.id not in self.plan.skips
            and all(need in self.reached or need in self.plan.skips for need in m.needs)
            and self.mended_by(m) not in busy
        ]

    def next_up(self) -> str | None:
        return next(iter(self.ready()), None)

    def mended_by(self, milestone: Milestone) -> str | object:
        """The hypothesis to put right before this milestone; something else if there is none."""
        if milestone.id in self.refuted | self.untrue:
            return milestone.id
        return next((id for id in milestone.relies_on if id in self.untrue), self)

    def come_to_forks(self) -> None:
        """Open the first fork that holds, and look again."""
        for fork, option in list(self.forks):
            if self.holds(fork):
                self.forks.remove((fork, option))
                self.take(fork, option)
                if not self.waiting:
                    self.come_to_forks()
                return

    def holds(self, fork: Fork) -> bool:
        at, free = fork.at, self.plan.teams - len(self.jobs)
        below = at.cash_below is None or self.cash < cents(at.cash_below)
        starting = self.ready()[: max(0, free)]
        found = [self.mended_by(self.tasks[id]) for id in starting]
        subjects = [
            id if mends is self else mends for id, mends in zip(starting, found, strict=True)
        ]
        return below and at.milestone in subjects

    def take(self, fork: Fork, option: Option) -> None:
        """Continue with the edited plan; money moves."""
        self.plan = edit(self.plan, option)
        self.tasks = {m.id: m for m in self.plan.milestones}
        for name in FIGURES:
            self.change(name, None if option.sales is None else getattr(option.sales, name))
        for name in OWN:
            self.change(name, getattr(option, name))
        for id in [id for id in self.jobs if id in self.plan.skips]:
            del self.jobs[id]
            self.tries[id] += 1
        if option.loan is not None:
            self.receive(cents(option.loan.amount))
            self.debts[self.week + option.loan.repay_after_weeks] += cents(option.loan.repay)
        if option.wait is not None:
            self.waiting = fork.id, option

    def start_work(self) -> bool:
        """Start what teams are free for; whether that ends in ruin."""
        while len(self.jobs) < self.plan.teams and (id := self.next_up()):
            milestone = self.tasks[id]
            mends = self.mended_by(milestone)
            redesign = None if mends is self else self.redesign(str(mends))
            if redesign is None:
                price, weeks = cents(float(milestone.cost)) * teams(milestone), self.weeks_of(id)
            else:
                price, weeks = cents(redesign.cost), whole(redesign.weeks)
            if self.mortal and price > self.cash:
                coming = any(week >= self.week for week in self.cheques)
                lost = not self.jobs and not coming and self.revenue <= self.burn
                self.died_in = id if lost else ""
                return lost
            if weeks is None:  # no free hours: it waits, and so do those after it
                return False
            self.cash -= price
            self.spent += price
            self.jobs[id] = None if mends is self else str(mends)
            self.env.process(self.work(id, weeks))
        return False

    def work(self, id: str, weeks: int) -> Iterator[simpy.Event]:
        yield self.env.timeout(weeks - 0.5)
        if id in self.jobs:
            self.ended.append(id)

    def weeks_of(self, id: str) -> int | None:
        hours = self.tasks[id].hours
        if hours is None:
            return whole(float(self.tasks[id].weeks))
        free = self.figures["hours_per_week"] - self.figures["running_hours_per_week"]
        return max(1, ceil(float(hours) / free - 1e-9)) if free > 0 else None

    # 2: money

    @property
    def burn(self) -> int:
        if self.waiting and self.waiting[1].wait:
            return cents(self.waiting[1].wait.burn_per_week)
        return cents(self.figures["burn_per_week"])

    def pay(self) -> None:
        self.cash += self.revenue - self.burn - self.debts[self.week]

    def receive(self, amount: int) -> None:
        self.cash += amount
        self.received += amount

    def let_in(self) -> None:
        """A wait may end with its money; money promised comes."""
        wait = self.waiting and self.waiting[1].wait
        if wait and self.chance.happens("wait", self.waiting[0], wait.chance_per_week):
            self.receive(cents(wait.amount))
            self.waiting = None
        self.receive(self.cheques.pop(self.week, 0))

    # 4: ends

    def finish(self) -> None:
        """End what ends this week, in the plan's order; a redesign has its hypothesis' place."""
        place = {id: n for n, id in enumerate(self.tasks)}
        mends = {id: self.jobs.pop(id) for id in self.ended}
        self.ended = []
        for id in sorted(mends, key=lambda id: (place[mends[id] or id], mends[id] is None)):
            if (hypothesis := mends[id]) is not None:
                self.put_right(hypothesis)
                continue
            self.tries[id] += 1
            if id not in self.reached:
                self.attempt(self.tasks[id])

    def attempt(self, milestone: Milestone) -> None:
        """Pass or fail; what it relies on is found out."""
        false = {id for id in milestone.relies_on if not self.is_true(id)}
        self.untrue |= false
        if milestone.tests and not false:
            tests = milestone.tests
            chance = tests.if_true if self.is_true(milestone.id) else tests.if_false
            if self.chance.happens("test", milestone.id, chance):
                return self.reach(milestone)
            self.refuted.add(milestone.id)
            return None
        rates = milestone.rates
        rate = rates[min(self.tries[milestone.id], len(rates)) - 1]
        race = rate if milestone.teams == 1 else 1 - (1 - rate) ** milestone.teams
        if not false and self.chance.happens("attempt", milestone.id, race):
            return self.reach(milestone)
        if milestone.attempts is not None and self.tries[milestone.id] >= milestone.attempts:
            self.used_up.add(milestone.id)
        return None

    def is_true(self, id: str) -> bool:
        tests = self.tasks[id].tests
        if id not in self.truth and tests is not None:
            self.truth[id] = self.chance.happens("truth", id, tests.belief)
        return self.truth[id]

    def put_right(self, id: str) -> None:
        """A redesign makes it true, and reaches its milestone."""
        self.truth[id] = True
        self.untrue.discard(id)
        self.refuted.discard(id)
        if id not in self.reached and id not in self.plan.skips:
            self.jobs.pop(id, None)
            self.reach(self.tasks[id])
        self.give(id, self.redesign(id).gives, "redesign-funding")

    def redesign(self, id: str) -> Redesign:
        tests = self.tasks[id].tests
        assert tests is not None
        return tests.redesign

    def reach(self, milestone: Milestone) -> None:
        self.reached[milestone.id] = self.week, max(0, self.received - self.cash)
        self.give(milestone.id, milestone.gives, "funding")

    def give(self, id: str, gives: Gives | None, kind: str) -> None:
        if gives is None:
            return
        for name in (*FIGURES, *OWN):
            self.change(name, getattr(gives, name))
        if gives.funding is not None and self.chance.happens(kind, id, gives.funding.chance):
            self.promise(gives.funding)

    def promise(self, funding: Funding) -> None:
        self.cheques[self.week + funding.lag_weeks] += cents(funding.amount)

    def change(self, name: str, change: float | str | None) -> None:
        if change is not None:
            added = isinstance(change, str)
            self.figures[name] = float(change) + (self.figures[name] if added else 0.0)

    def verdict(self) -> str:
        if self.plan.goal in self.reached:
            return "goal"
        if self.used_up & self.required() or (self.used_up and not self.jobs and not self.ready()):
            return "stuck"
        return ""

    def required(self) -> set[str]:
        """What the goal needs, and what that needs."""
        found, todo = set[str](), [self.plan.goal]
        while todo:
            if (id := todo.pop()) not in found and id not in self.plan.skips:
                found.add(id)
                todo += self.tasks[id].needs
        return found

    def live(self) -> Founder:
        while not self.fate:
            self.env.step()
        return self


def cents(amount: float) -> int:
    return round(amount * 100)


def whole(weeks: float) -> int:
    return max(1, int(weeks + 0.5))


def teams(milestone: Milestone) -> int:
    return 1 if milestone.tests else milestone.teams


def tell(plan: Plan, choices: Mapping[str, str], runs: int) -> dict[str, float]:
    """Shares of the fates; bands, milestones and endings are made and dropped."""
    rng = np.random.default_rng(1)
    lives = [Founder(plan, choices, Dice(rng)).live() for _ in range(runs)]
    bands([life.by_week for life in lives])
    for id in {id for life in lives for id in life.tasks}:
        reached = [life.reached[id] for life in lives if id in life.reached]
        ranks = [int(share * runs) for share in QUANTILES if share * runs < len(reached)]
        np.sort(np.array(reached), axis=0)[ranks]
        np.mean([life.tries[id] for life in lives])
    for fate in FATES:
        ended = [life for life in lives if life.fate == fate]
        Counter(life.died_in for life in ended)
        [(life.spent, life.cash, life.week) for life in ended]
    return shares([life.fate for life in lives])
