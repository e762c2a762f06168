"""How fast the engines are, side by side in one run: `python -m benchmarks.engine`.

One plan of 12 milestones over 104 weeks, one team, 10,000 lives with all their bands:

- the floor: merely drawing the random numbers;
- `simulate.play`: bands of cash, conversion, reach, revenue and hours, weeks and cash of every
  milestone, and every life by itself; `exact.play`: the same without lives, nothing drawn;
- the same plan in simpy, and around squigglepy (`rivals.py`): bands of cash, conversion, reach
  and revenue; a tenth of the lives, times ten.

Their fates are laid side by side first: a fast wrong answer would be no answer. Times are CPU
milliseconds, warm, medians of rounds in which all take turns; ratios are what travels.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

from benchmarks.rivals import with_simpy, with_squigglepy
from workbook import exact, simulate
from workbook.luck import uniforms
from workbook.outcomes import FATES
from workbook.plan import Gives, Milestone, Plan, Sales

MILESTONES, WEEKS, RUNS = 12, 104, 10_000
ROUNDS = 9
TENTH = RUNS // 10
FLOOR, OURS, EXACT = "drawing the numbers", "simulate.play", "exact.play"
SIMPY, SQUIGGLEPY = "simpy", "squigglepy"


def plan() -> Plan:
    """Twelve milestones in a line, some of which sell more; most lives get there, a third die."""
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


def contenders() -> dict[str, Callable[[], dict[str, float]]]:
    """What takes part, by name: each plays the plan and tells its fates."""
    ours = plan()
    racing: dict[str, Callable[[], dict[str, float]]] = {
        OURS: lambda: dict(simulate.play(ours, runs=RUNS).fates),
        EXACT: lambda: dict(exact.play(ours).fates),
        SIMPY: lambda: with_simpy(ours, TENTH),
    }
    if find_spec("squigglepy"):
        racing[SQUIGGLEPY] = lambda: with_squigglepy(ours, TENTH)
    return racing


def draw() -> None:
    for n in range(MILESTONES):
        uniforms(1, "attempt", f"m{n}", RUNS)


def milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def times(racing: dict[str, Callable[[], dict[str, float]]]) -> dict[str, float]:
    """Median CPU time of each; the noise of a shared machine falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in (FLOOR, *racing)}
    for _ in range(ROUNDS):
        for name, work in {FLOOR: draw, **racing}.items():
            quick = name in (FLOOR, OURS)
            taken[name] += [milliseconds(work) for _ in range(5 if quick else 1)]
    scale = {SIMPY: RUNS / TENTH, SQUIGGLEPY: RUNS / TENTH}
    return {name: median(each) * scale.get(name, 1) for name, each in taken.items()}


def memory() -> tuple[float, float]:
    """Seconds, and the most MB in memory (Linux counts in KiB), of 100,000 lives."""
    taken = milliseconds(lambda: simulate.play(plan(), runs=100_000)) / 1000
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(fates: dict[str, dict[str, float]], taken: dict[str, float]) -> None:
    """Fates side by side, then times: in ms, as a multiple of ours, as a multiple of the floor."""
    print(f"{'fate':<10}" + "".join(f"{name:>16}" for name in fates))
    for fate in FATES:
        print(f"{fate:<10}" + "".join(f"{shares[fate]:>16.3f}" for shares in fates.values()))
    if SQUIGGLEPY not in fates:
        print("squigglepy is not installed (extra `bench`): left out")
    title = f"{RUNS} lives, {MILESTONES} milestones, {WEEKS} weeks"
    print(f"\n{title:<40}{'ms':>10}{'x ours':>10}{'x floor':>10}")
    for name, spent in taken.items():
        ratios = f"{spent / taken[OURS]:>10.2f}{spent / taken[FLOOR]:>10.0f}"
        print(f"{name:<40}{spent:>10.2f}" + ratios)


def main() -> None:
    parser = argparse.ArgumentParser(description="The engines against others and the floor.")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    as_json = parser.parse_args().json
    racing = contenders()
    fates = {name: work() for name, work in racing.items()}
    taken = times(racing)
    seconds, most = memory()
    if as_json:
        print(json.dumps({"fates": fates, "ms": taken, "memory_mb": most}))
        return
    show(fates, taken)
    print(f"\n100,000 lives: {seconds:.2f} s, at most {most:.0f} MB in memory")


if __name__ == "__main__":
    main()
