"""How fast the engines are, side by side in one run: `python -m benchmarks.engine`.

One plan of 12 milestones over 104 weeks, one team, 10,000 lives with all their bands:

- the floor: merely drawing the random numbers;
- `simulate.play`, and `exact.play` where no life is drawn at all;
- a model of the same plan in simpy with its weekly cash bands, for a tenth of the lives, times ten.

Their fates are laid side by side first: a fast wrong answer would be no answer. Times are CPU
milliseconds, the best of several; ratios are what travels between machines.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import zip_longest

import numpy as np
import simpy

from workbook import exact, simulate
from workbook.luck import uniforms
from workbook.outcomes import FATES, LEVELS
from workbook.plan import Gives, Milestone, Plan, Sales

MILESTONES, WEEKS, RUNS = 12, 104, 10_000


def plan() -> Plan:
    """Twelve milestones in a line, some of which sell more; about a third of lives get there."""
    milestones = tuple(
        Milestone(
            id=f"m{n}",
            needs=(f"m{n - 1}",) if n else (),
            weeks=float(2 + n % 4),
            cost=1500.0,
            pass_rate=0.6,
            attempts=6,
            gives=Gives(conversion=0.02 * n) if n and n % 4 == 0 else None,
        )
        for n in range(MILESTONES)
    )
    sales = Sales(reach_per_week=40.0, conversion=0.01, price=200.0)
    return Plan(
        id="benchmark",
        goal=f"m{MILESTONES - 1}",
        horizon_weeks=WEEKS,
        cash=95_000.0,
        burn_per_week=1500.0,
        sales=sales,
        milestones=milestones,
    )


class Startup:
    """One life of the plan as a simpy process."""

    def __init__(self, plan: Plan, rng: np.random.Generator) -> None:
        self.plan, self.rng, self.env = plan, rng, simpy.Environment()
        self.cash, self.conversion = plan.cash or 0.0, (plan.sales or Sales()).conversion
        self.fate = "open"
        self.cash_by_week = [self.cash]
        self.over = self.env.event()
        self.env.process(self.work())
        self.env.process(self.weeks())

    def work(self) -> Iterator[simpy.Event]:
        for milestone in self.plan.milestones:
            for _ in range(milestone.attempts or WEEKS):
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
            if self.net <= 0:
                self.end("ruin")
            yield self.env.timeout(1)

    @property
    def net(self) -> float:
        sales = self.plan.sales or Sales()
        return sales.reach_per_week * self.conversion * sales.price - self.plan.burn_per_week

    def weeks(self) -> Iterator[simpy.Event]:
        while True:
            yield self.env.timeout(0.5)  # after the week's starts, before its ends
            self.cash += self.net
            if self.cash < 0:
                self.end("ruin")
            yield self.env.timeout(0.5)
            self.cash_by_week.append(self.cash)

    def end(self, fate: str) -> None:
        if not self.over.triggered:
            self.fate = fate
            self.over.succeed()

    def live(self) -> Startup:
        self.env.run(until=self.env.any_of([self.over, self.env.timeout(WEEKS + 0.25)]))
        return self


def with_simpy(plan: Plan, runs: int) -> dict[str, float]:
    rng = np.random.default_rng(1)
    lives = [Startup(plan, rng).live() for _ in range(runs)]
    fates = Counter(life.fate for life in lives)
    for week in zip_longest(*(life.cash_by_week for life in lives)):
        np.quantile([cash for cash in week if cash is not None], LEVELS)
    return {fate: fates[fate] / runs for fate in FATES}


def best(work: Callable[[], object], times: int) -> float:
    """Milliseconds of the quickest of so many, after one that does not count."""
    if times > 1:
        work()
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def row(name: str, milliseconds: float, ours: float, floor: float) -> None:
    print(
        f"{name:<36}{milliseconds:>10.1f}{milliseconds / ours:>10.2f}{milliseconds / floor:>10.0f}"
    )


def engines() -> None:
    """Fates side by side, then times: in ms, as a multiple of ours, as a multiple of the floor."""
    ours = plan()
    theirs = with_simpy(ours, RUNS // 10)
    simulated, sure = simulate.play(ours, runs=RUNS).fates, exact.play(ours).fates
    print(f"{'fate':<12}{'simpy':>10}{'simulated':>12}{'exact':>10}")
    for fate in FATES:
        print(f"{fate:<12}{theirs[fate]:>10.3f}{simulated[fate]:>12.3f}{sure[fate]:>10.3f}")
    floor = best(lambda: [uniforms(1, "attempt", f"m{n}", RUNS) for n in range(MILESTONES)], 20)
    mine = best(lambda: simulate.play(ours, runs=RUNS), 7)
    carried = best(lambda: exact.play(ours), 5)
    slow = best(lambda: with_simpy(ours, RUNS // 10), 1) * 10
    title = f"{RUNS} lives, {MILESTONES} milestones, {WEEKS} weeks"
    print(f"\n{title:<36}{'ms':>10}{'x ours':>10}{'x floor':>10}")
    row("drawing the numbers (the floor)", floor, mine, floor)
    row("simulate.play, bands included", mine, mine, floor)
    row("exact.play, bands included", carried, mine, floor)
    row("simpy, cash bands included", slow, mine, floor)


def memory() -> None:
    """Time and the most memory that 100,000 lives take (Linux counts in KiB)."""
    start = time.process_time()
    simulate.play(plan(), runs=100_000)
    taken = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n100,000 lives: {taken:.2f} s, at most {most:.0f} MB in memory")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="The engines against simpy and against the floor.")
    parser.parse_args()
    engines()
    memory()
