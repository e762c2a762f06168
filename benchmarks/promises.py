"""What must not be waited for, by CPU time: `python -m benchmarks.promises`.

Tests assert no times, for they run on shared machines. Here each case is next to the most that
it may take on a slow laptop; the least of five rounds counts, and the exit code is 1 where one is
too slow.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

from workbook import exact, simulate
from workbook.charts import conversion, fates, runway, timeline
from workbook.charts.picture import picture
from workbook.plan import Plan
from workbook.play import play
from workbook.review import review
from workbook.words import Words

ROUNDS = 5


def chain(length: int, *, cash: float, burn_per_week: float, **keys: object) -> Plan:
    """Milestones in a line, each with the same cost and chance."""
    milestones = [
        {"id": f"m{n}", "needs": [f"m{n - 1}"] if n else [], "cost": 100, "pass_rate": 0.8}
        for n in range(length)
    ]
    money = {"cash": cash, "burn_per_week": burn_per_week}
    return Plan.model_validate(
        {"id": "line", "goal": f"m{length - 1}", "milestones": milestones, **money, **keys}
    )


def cases() -> dict[str, tuple[float, Callable[[], object]]]:
    """What is done, and the CPU seconds that it may take."""
    typical = chain(12, cash=180_000.0, burn_per_week=1000.0)
    sixty = chain(60, cash=90_000.0, burn_per_week=100.0)
    long = chain(200, cash=90_000.0, burn_per_week=250.0, horizon_weeks=520)
    played, words = play(sixty), Words("en")
    pictures = {
        f"picture of sixty milestones: {chart.__name__.rsplit('.', 1)[-1]}": (
            0.02,
            lambda chart=chart: picture(chart, played, words),
        )
        for chart in (fates, runway, conversion, timeline)
    }
    return {
        "exact, twelve milestones (a slider moves)": (0.25, lambda: exact.play(typical)),
        "exact, two hundred milestones": (20.0, lambda: exact.play(long)),
        "simulated, two hundred milestones, 2,000 lives": (
            3.0,
            lambda: simulate.play(long, runs=2000),
        ),
        "review of two hundred milestones": (0.1, lambda: review(long)),
        **pictures,
    }


def seconds(work: Callable[[], object]) -> float:
    """The least CPU time of some rounds."""
    found = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        found.append(process_time() - start)
    return min(found)


def main() -> int:
    """Print every case with its time; 1 where one took too long."""
    late = 0
    for name, (most, work) in cases().items():
        took = seconds(work)
        late += took > most
        print(f"{name:52} {took:8.4f} s of {most:g} s{'   TOO SLOW' if took > most else ''}")
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main())
