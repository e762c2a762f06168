"""The engine beside that of another checkout, in one run: `python -m benchmarks.before CHECKOUT`.

    git worktree add ../before a3d4720 && python -m benchmarks.before ../before

Both play the same plans, 10,000 lives each, in a process of their own, in turn, so that what else
goes on in the machine falls on both; what the other does not know of a plan yet (cheap and strict
tests, which only a rehearsal uses) is left out there. Times are CPU time, the best of a round; a
ratio is the median of the rounds' ratios. Fates that differ are marked.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

ROUNDS, TURNS, RUNS = 5, 2, 10_000
AIM = 3.0
HERE = Path(__file__).resolve()


def without(data: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Leave out what stands at a place of nested data."""
    *above, last = place
    inner: Any = data
    for step in above:
        inner = inner[step]
    del inner[last]


def serve(checkout: str) -> None:
    """Play what comes as JSON with that checkout's engine; print the best time and the fates."""
    sys.path.insert(0, f"{checkout}/src")
    from pydantic import ValidationError

    from workbook import simulate
    from workbook.plan import Plan

    for line in sys.stdin:
        data, choices, turns = json.loads(line)
        try:
            plan = Plan.model_validate_json(json.dumps(data))
        except ValidationError as error:
            for unknown in error.errors():
                without(data, unknown["loc"])
            plan = Plan.model_validate_json(json.dumps(data))
        taken = []
        for _ in range(turns):
            start = process_time()
            found = simulate.play(plan, choices, runs=RUNS)
            taken.append(process_time() - start)
        print(json.dumps([min(taken) * 1000, dict(found.fates)]), flush=True)


class Engine:
    """An engine of a checkout, in a process of its own."""

    def __init__(self, checkout: Path) -> None:
        command = [sys.executable, str(HERE), "--serve", str(checkout)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def play(self, plan: Mapping[str, Any], choices: Mapping[str, str], turns: int) -> Any:
        """Return the best time of some turns, in ms, and the fates."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([plan, choices, turns]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    """Print a line for each plan, and how many come to the aim."""
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2])
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("checkout", type=Path, help="a folder with another version of the project")
    from benchmarks.engine import others

    before, now = Engine(parser.parse_args().checkout.resolve()), Engine(HERE.parent.parent)
    print(f"{'CPU ms of 10,000 lives':<40}{'before':>10}{'now':>10}{'times':>10}")
    times = []
    for name, (plan, choices) in others().items():
        data = json.loads(plan.model_dump_json(exclude_unset=True))
        fates = [engine.play(data, choices, 1)[1] for engine in (before, now)]
        each = [
            [engine.play(data, choices, TURNS)[0] for engine in (before, now)]
            for _ in range(ROUNDS)
        ]
        faster = median(old / new for old, new in each)
        if ":" in name or "milestones" not in name:
            times.append(faster)
        best = f"{min(old for old, _ in each):>10.1f}{min(new for _, new in each):>10.1f}"
        mark = "" if fates[0] == fates[1] else "  (other fates)"
        print(f"{name:<40}{best}{faster:>10.2f}{mark}", flush=True)
    reached = sum(faster >= AIM for faster in times)
    print(f"\n{reached} of {len(times)} cases and options at least {AIM:g} times as fast as before")
    for engine in (before, now):
        engine.close()


if __name__ == "__main__":
    main()
