"""How fast the engines are, side by side in one run: `python -m benchmarks.engine`.

One plan of 12 milestones over 104 weeks, one team, 10,000 lives with all their bands:

- the floor: merely drawing the random numbers;
- `simulate.play`: bands of cash, conversion, reach, revenue and hours, weeks and cash of every
  milestone, and every life by itself; `exact.play`: the same without lives, nothing drawn;
- the same plan in simpy, reported as fully: this is meant by "simpy's time"; and once more with
  nothing but fates and the band of cash (`rivals.py`);
- around squigglepy: bands of cash, conversion, reach and revenue.

Then plans that are not so kind: with ranges, sixty milestones with five teams, each shipped case
with each option, beside simpy models of them that are as fully (`founder.py`). The headline is
the worst of these ratios.

Of the rivals a tenth of the lives is played, times ten. Fates are laid side by side first: a fast
wrong answer would be no answer. Times are CPU time of the process, not time on the clock, so that
waiting for a core does not count; warm; all take turns, round by round. A ratio is the median of
the rounds' ratios: what else goes on in the machine meanwhile falls on both sides of it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from unittest.mock import patch

from benchmarks.founder import tell
from benchmarks.plans import (
    MILESTONES,
    TWO_TEAMS,
    WEEKS,
    WITH_RANGES,
    Plays,
    improved,
    options,
    others,
    plan,
    richer,
    twenty,
)
from benchmarks.rivals import with_simpy, with_simpy_cash_alone, with_squigglepy
from workbook import exact, simulate
from workbook.cases import load, shipped
from workbook.luck import uniforms
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import goal_gap

RUNS = 10_000
ROUNDS = 9
TENTH = RUNS // 10
FEW = 200
OTHER_ROUNDS = 3
GENERAL = "the same, by the general method"
MILLION = "--million"
FAST = simulate.one_at_a_time
Contenders = dict[str, Callable[[], dict[str, float]]]
FLOOR, OURS, EXACT = "drawing the numbers", "simulate.play", "exact.play"
SIMPY, CASH_ALONE, SQUIGGLEPY = "simpy", "simpy, cash alone", "squigglepy"
RIVALS = (SIMPY, CASH_ALONE, SQUIGGLEPY)


def contenders() -> Contenders:
    """What takes part, by name: each plays the plan and tells its fates."""
    ours = plan()
    racing: Contenders = {
        OURS: lambda: dict(simulate.play(ours, runs=RUNS).fates),
        EXACT: lambda: dict(exact.play(ours).fates),
        SIMPY: lambda: with_simpy(ours, TENTH),
        CASH_ALONE: lambda: with_simpy_cash_alone(ours, TENTH),
    }
    if find_spec("squigglepy"):
        racing[SQUIGGLEPY] = lambda: with_squigglepy(ours, TENTH)
    return racing


def show_others() -> None:
    """What each takes, against simpy reported as fully, and how the time grows with the lives."""
    title = "10,000 lives of other plans, simulated"
    print(f"\n{title:<40}{'ms':>10}{'simpy ms':>10}{'x simpy':>10}{'x10 lives':>10}")
    worst: dict[str, float] = {}
    for name, (other, choices) in others().items():
        play = partial(simulate.play, other, choices)
        ours, rivals = [], []
        for _ in range(OTHER_ROUNDS):
            ours.append(median(milliseconds(partial(play, runs=RUNS)) for _ in range(3)))
            if name != WITH_RANGES:  # the simpy model knows no ranges
                rival = partial(tell, other, choices, FEW)
                rivals.append(milliseconds(rival) * RUNS / FEW)
        grows = milliseconds(partial(play, runs=10 * RUNS)) / median(ours)
        line = f"{name:<40}{median(ours):>10.1f}"
        if rivals:
            worst[name] = median(r / o for r, o in zip(rivals, ours, strict=True))
            line += f"{median(rivals):>10.0f}{worst[name]:>10.0f}"
        print(line + f"{grows:>{10 if rivals else 30}.1f}")
    slowest = min(worst, key=lambda name: worst[name])
    print(f"\nworst of these: 1/{worst[slowest]:.0f} of simpy's time ({slowest}; aim: 1/150)")
    show_variants()
    show_ranges_and_limits()
    show_growth()


def show_variants() -> None:
    """Twenty variants of each shipped case played together, as a multiple of one play.

    Milestones made certain, better and faster (`importance`); cash at the start (`solve`); every
    option and every two of them (a report), which are also played one by one.
    """
    print(f"\n{'in plays: 20 improved, 20 amounts':<40}{'improved':>10}{'cash':>10}", end="")
    print(f"{'options':>10}{'alone':>10}")
    for id in shipped():
        case = load(id).plan
        line = f"{id:<40}"
        for plays in (improved(case), richer(case), options(case)):
            line += f"{cost(case, plays):>10.1f}" if plays else f"{'-':>10}"
        print(f"{line}{alone(case, options(case)):>10.1f}  {len(options(case))} of options")
    print("(aim: 20 for at most 5; every chance and its gap to the plan are asked for)")


def alone(case: Plan, plays: Plays) -> float:
    """How many plays of the plan these cost one by one."""
    each = [milliseconds(partial(simulate.play, *play, runs=RUNS)) for play in [(case, {}), *plays]]
    return sum(each) / each[0]


def cost(case: Plan, plays: Plays) -> float:
    """How many plays of the plan these cost together: the median of five."""

    def asked() -> None:
        base, *others = simulate.play_many([(case, {}), *plays], runs=RUNS)
        for other in others:
            goal_gap(base, other)

    ratios = []
    for _ in range(5):
        one = median(milliseconds(partial(simulate.play, case, runs=RUNS)) for _ in range(3))
        ratios.append(milliseconds(asked) / one)
    return median(ratios)


def show_ranges_and_limits() -> None:
    """What ranges cost as lives grow, and what exact play makes of many attempts."""
    known, ranged = others()["12 milestones"][0], others()[WITH_RANGES][0]
    by_paths = known.model_copy(update={"teams": 2})  # the method that plans with ranges take
    each = {
        "12 milestones": known,
        GENERAL: known,
        "the same, 2 teams": by_paths,
        WITH_RANGES: ranged,
    }
    counts = (10_000, 20_000, 50_000, 100_000)
    print(f"\n{'ms by lives':<40}" + "".join(f"{runs:>10,}" for runs in counts))
    for name, one in each.items():
        with patch.object(simulate, "one_at_a_time", FAST if name != GENERAL else never):
            times = [milliseconds(partial(simulate.play, one, runs=runs)) for runs in counts]
        print(f"{name:<40}" + "".join(f"{taken:>10.0f}" for taken in times))
    show_cost_of_ranges(by_paths, ranged)
    show_many_attempts()


def show_cost_of_ranges(known: Plan, ranged: Plan) -> None:
    """How many times as long ranges take."""
    rounds = []
    for _ in range(ROUNDS):
        times = [milliseconds(partial(simulate.play, one, runs=RUNS)) for one in (known, ranged)]
        rounds.append(times[1] / times[0])
    print(f"ranges: {median(rounds):.2f} times the same, 2 teams ({aimed(median(rounds), 3)})")


def show_growth() -> None:
    """The time of a life as lives grow, a million in a process of its own, with its memory."""
    print(f"\n{'times the time of a life of 10,000':<40}{'100,000':>10}{'1,000,000':>10}{'MB':>10}")
    for name in (WITH_RANGES, TWO_TEAMS, "caffeine-lozenge", "60 milestones, 5 teams"):
        play = partial(simulate.play, *grown()[name])
        few, tenfold = (
            median(milliseconds(partial(play, runs=runs)) for _ in range(3)) / runs
            for runs in (RUNS, 10 * RUNS)
        )
        many = tenfold / few
        line = f"{name:<40}{many:>10.2f}"
        if name.startswith("60"):  # more than 250,000 lives of so many milestones are refused
            print(f"{line}{'-':>10}{'-':>10}  ({aimed(many, 1.3)})")
            continue
        command = [sys.executable, "-m", "benchmarks.engine", MILLION, name]
        seconds, most = json.loads(subprocess.check_output(command, text=True))
        million = seconds * 1000 / (1_000_000 * few)
        met = f"{aimed(max(many, million), 1.3)}; MB: {aimed(most, 1000)}"
        print(f"{line}{million:>10.2f}{most:>10.0f}  ({met})")


def grown() -> dict[str, tuple[Plan, dict[str, str]]]:
    """The plans by name, and the twelve milestones with two teams, as plans with ranges go."""
    return others() | {TWO_TEAMS: (plan().model_copy(update={"teams": 2}), {})}


def aimed(value: float, aim: float) -> str:
    """Say the aim, and whether it is met."""
    return f"aim: at most {aim:,}, {'met' if value <= aim else 'missed'}"


def never(*_: object) -> bool:
    """Say that the fast method for one team does not apply."""
    return False


def show_many_attempts() -> None:
    """What exact play makes of twenty milestones of four attempts."""
    many = twenty()
    reason = exact.refusal(many, {})
    taken = milliseconds(lambda: exact_or_not(many))
    print(f"20 milestones of 4 attempts, exact: {taken:.0f} ms {reason or exact_or_not(many)}")


def exact_or_not(many: Plan) -> str:
    """The chance of the goal, or why it is not played exactly."""
    try:
        return f"(goal {exact.play(many).fates['goal']:.4f})"
    except exact.NotExactError as refused:
        return f"refused: {refused}"


def draw() -> None:
    for n in range(MILESTONES):
        uniforms(1, "attempt", f"m{n}", RUNS)


def milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def times(racing: Contenders) -> dict[str, list[float]]:
    """CPU time of each in every round, ms: the quick ones in the middle of five turns."""
    taken: dict[str, list[float]] = {name: [] for name in (FLOOR, *racing)}
    for _ in range(ROUNDS):
        for name, work in {FLOOR: draw, **racing}.items():
            turns, scale = (1, RUNS / TENTH) if name in RIVALS else (5, 1)
            taken[name].append(median(milliseconds(work) for _ in range(turns)) * scale)
    return taken


def ratio(taken: dict[str, list[float]], name: str, to: str) -> float:
    """How many times as long one takes as another: the median over the rounds."""
    return median(one / other for one, other in zip(taken[name], taken[to], strict=True))


def memory(played: Plan, choices: dict[str, str], runs: int) -> tuple[float, float]:
    """Seconds, and the most MB in memory, of that many lives.

    Linux says what this process itself took; elsewhere `ru_maxrss`, which a child inherits.
    """
    taken = milliseconds(lambda: simulate.play(played, choices, runs=runs)) / 1000
    status = Path("/proc/self/status")
    if not status.is_file():
        return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    lines = status.read_text("utf-8").splitlines()
    return taken, int(next(x.split()[1] for x in lines if x.startswith("VmHWM"))) / 1024


def show(fates: dict[str, dict[str, float]], taken: dict[str, list[float]]) -> None:
    """Fates side by side, then times: in ms, as a multiple of ours, as a multiple of the floor."""
    print(f"{'fate':<8}" + "".join(f"{name:>19}" for name in fates))
    for fate in FATES:
        print(f"{fate:<8}" + "".join(f"{shares[fate]:>19.3f}" for shares in fates.values()))
    if SQUIGGLEPY not in fates:
        print("squigglepy is not installed (extra `bench`): left out")
    print(f"\nCPU time, {ROUNDS} rounds in turn; ratios are medians of the rounds' ratios")
    title = f"{RUNS} lives, {MILESTONES} milestones, {WEEKS} weeks"
    print(f"{title:<40}{'median ms':>10}{'best ms':>10}{'x ours':>10}{'x floor':>10}")
    for name, spent in taken.items():
        ratios = f"{ratio(taken, name, OURS):>10.2f}{ratio(taken, name, FLOOR):>10.0f}"
        print(f"{name:<40}{median(spent):>10.2f}{min(spent):>10.2f}" + ratios)
    against, floor = ratio(taken, SIMPY, OURS), ratio(taken, OURS, FLOOR)
    print(f"\nsimulated: 1/{against:.0f} of simpy's time told as fully (aim: 1/150)", end="")
    print(f", 1/{ratio(taken, CASH_ALONE, OURS):.0f} of simpy's with cash alone")
    print(f"simulated: {floor:.0f} times the time of drawing the numbers (aim: at most 60)")
    print(f"exact: {ratio(taken, EXACT, OURS):.2f} times as long as simulated (aim: at most 1)")


def main() -> None:
    parser = argparse.ArgumentParser(description="The engines against others and the floor.")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument(MILLION, metavar="PLAN", help="a million lives of this plan, alone")
    asked = parser.parse_args()
    as_json = asked.json
    if asked.million:
        print(json.dumps(memory(*grown()[asked.million], runs=1_000_000)))
        return
    racing = contenders()
    fates = {name: work() for name, work in racing.items()}
    taken = times(racing)
    seconds, most = memory(plan(), {}, 100_000)
    if as_json:
        times_ours = {name: ratio(taken, name, OURS) for name in taken}
        ms = {name: median(spent) for name, spent in taken.items()}
        reported = {"fates": fates, "ms": ms, "times_ours": times_ours, "memory_mb": most}
        print(json.dumps(reported))
        return
    show(fates, taken)
    show_others()
    print(f"100,000 lives: {seconds:.2f} s, at most {most:.0f} MB in memory")


if __name__ == "__main__":
    main()
