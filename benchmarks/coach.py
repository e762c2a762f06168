"""The coach against the best play of small random plans: `python -m benchmarks.coach [PLANS]`.

Three values of each plan: that of the independent program of the tests (`audit.best_play`), the
coach's own, and that of its simulation alone, which larger plans are left to. A plan is left out
where the independent program has more positions than it can hold. CPU seconds beside them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from audit.best_play import BestPlay, TooManyPositionsError
from coach.plans import small_plan
from workbook.coach import advise
from workbook.coach.advice import simulated
from workbook.plan import Plan
from workbook.rehearsal import may_skip, rehearse

LIVES = 8_000
EXACT = 1e-9


def compared(seed: int) -> tuple[float, ...] | None:
    """Return best play, coach, its CPU, simulation, its error and CPU; None for no best play."""
    data = small_plan(seed)
    plan = Plan.model_validate(data)
    position = rehearse(plan, 1)
    try:
        best = BestPlay(data, set(may_skip(plan))).chance()
    except TooManyPositionsError:
        return None
    if position.fate is not None:
        return None
    start = process_time()
    coach = advise(position)
    middle = process_time()
    (alone,) = simulated(position, position.moves, lives=LIVES)
    end = process_time()
    return best, coach.chance, middle - start, alone.chance, alone.best.error, end - middle


def main(plans: int = 140) -> None:
    """Print a line for each plan, and the table."""
    found = []
    for seed in range(plans):
        if (row := compared(seed)) is not None:
            print(seed, " ".join(f"{value:.4f}" for value in row), flush=True)
            found.append(row)
    best, coach, cpu, alone, error, cpu_alone = np.array(found).T
    for name, gaps, seconds in (
        ("coach", coach - best, cpu),
        ("simulated", alone - best, cpu_alone),
    ):
        print(f"{name}: {len(gaps)} plans, mean gap {100 * gaps.mean():+.2f} points")
        print(f"  highest {100 * gaps.max():+.2f}, lowest {100 * gaps.min():+.2f}")
        print(f"  exact {(abs(gaps) < EXACT).sum()}, more than 1 below {(gaps < -0.01).sum()}")
        print(f"  CPU median {np.median(seconds):.2f} s, most {seconds.max():.2f} s")
    print(f"simulated above by more than 3 errors: {(alone - best > 3 * error).sum()}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
