"""A class of reports, ours beside what else an operator could type, in one run.

    python -m benchmarks.batch                       64 rows; the slow rivals on 6 of them
    python -m benchmarks.batch --rows 30 --slow 30   every rival makes all 30
    python -m benchmarks.batch --case all            a new plan, and each shipped case

Side by side: `workbook report class.csv`; a shell loop of `papermill` and `jupyter nbconvert`, and
as many such loops at once as we have jobs; millrun on as many processes; and the floor, the same
code in a warm process without notebook or page (as many such processes as we have jobs, for two
busy processors are each slower than one). Wall time and processor time both include every start-up;
everybody finds Python's bytecode there, as on a machine where it was run before. The slow rivals do
the same work for each row, so some rows are enough for their rate; how many is printed. Start-up
takes two seconds whatever the rows, which hides the rate of a small class: so we, and the floor,
also make a class of one row for each job, and the difference is what a further row costs. On a
machine that others use, too, the ratio of processor time is the one to believe.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import workbook
from workbook import cases
from workbook.cases.reading import folder
from workbook.reports import plan_files
from workbook.reports.notebook import shipped
from workbook.reports.parameters import plan_text

BIN = Path(sys.executable).parent
RUNS = 10_000
NEW = "new"
STARTER = Path(plan_files.__file__).parent / "starters" / "en.yaml"
SEED = 1
OURS, LEAST = "workbook report", "the floor"
LOOP, LOOPS, EMPTY = "papermill; nbconvert", "{} such loops at once", "one, nothing in it"
AIMS = {LOOP: 20, LOOPS: 4}
"""How many times as many reports a minute as these we should make, of every shipped case."""
MOST_OVER_FLOOR = 1.3
NOTHING = json.dumps(
    {
        "cells": [
            {
                **{"cell_type": "code", "id": "nothing", "execution_count": None},
                **{"metadata": {"tags": ["parameters"]}, "outputs": [], "source": "pass"},
            }
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
        **{"nbformat": 4, "nbformat_minor": 5},
    }
)
UNWRITTEN = "PYTHONDONTWRITEBYTECODE"

FLOOR = """\
import sys
from workbook.reports import Report
PARTS = (
    "opening chain fates runway conversion milestones forks review next_steps sources takeaway end"
).split()
for plan in sys.argv[2:]:
    report = Report.of(plan, runs=int(sys.argv[1]), seed=1)
    for part in PARTS:
        getattr(report, part)()._repr_mimebundle_()
"""
REPORT = """\
import sys
from pathlib import Path
from workbook.cli import main
status = main(sys.argv[1:])
lines = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))  # the most it ever took
sys.exit(status)
"""


@dataclass(frozen=True)
class Spent:
    """Rows made, and the seconds it took: by the clock, and of processors."""

    rows: int
    wall: float
    cpu: float
    said: str = ""

    @property
    def per_minute(self) -> float:
        return 60 * self.rows / self.wall

    @property
    def cpu_each(self) -> float:
        return self.cpu / self.rows


def spent(rows: int, *commands: Sequence[str], cwd: Path) -> Spent:
    """Run commands one after the other; all of them must end well."""
    before, start = _children(), time.monotonic()
    said = ""
    for command in commands:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        if done.returncode:
            reported = "\n".join(x for x in done.stdout.splitlines() if not x.startswith("written"))
            sys.exit(
                f"{' '.join(map(str, command))[:200]} failed:\n{reported}\n{done.stderr[-2000:]}"
            )
        said = done.stdout
    return Spent(rows, time.monotonic() - start, _children() - before, said)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True)
class Class:
    """So many participants, each with cash of their own in one plan: a case's, or a new one's."""

    folder: Path
    case: str
    rows: int

    def write(self) -> None:
        """The class file, and for the rivals a plan file for each row."""
        text = (STARTER if self.case == NEW else folder() / f"{self.case}.yaml").read_text("utf-8")
        (self.folder / "plan.yaml").write_text(text, encoding="utf-8")
        cash = cases.read_text(text).plan.cash or 20_000
        with (self.folder / "class.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["participant", "plan", "cash"])
            for row in range(self.rows):
                own = round(cash * (0.8 + 0.4 * row / self.rows))
                table.writerow([f"p{row}", "plan.yaml", own])
                self.plan(row).write_text(plan_text(text, {"cash": own}), encoding="utf-8")

    def plan(self, row: int) -> Path:
        """The plan file of a row."""
        return self.folder / f"plan-{row}.yaml"

    def plans(self, rows: int) -> list[str]:
        """The plan files of the first rows."""
        return [str(self.plan(row)) for row in range(rows)]


def ours(there: Class, jobs: int) -> Spent:
    """`workbook report class.csv`, start-up, checks and index included."""
    arguments = ["report", "class.csv", "--out", f"out-{there.rows}", "--jobs", str(jobs)]
    command = [sys.executable, "-c", REPORT, *arguments, "--runs", str(RUNS), "--seed", str(SEED)]
    return spent(there.rows, command, cwd=there.folder)


def shell_loop(there: Class, rows: int, loops: int = 1, *, empty: bool = False) -> Spent:
    """What a shell loop does: papermill, then nbconvert, for each row, perhaps of nothing.

    `loops` of them run at once and share the rows.
    """
    notebook = there.folder / "empty.ipynb" if empty else shipped("en")
    if empty:
        notebook.write_text(NOTHING, encoding="utf-8")

    def make(plan: str) -> None:
        out = f"{Path(plan).stem}.ipynb"
        given = ["-p", "plan", plan, "-p", "runs", str(RUNS), "-p", "seed", str(SEED)]
        papermill = [str(BIN / "papermill"), str(notebook), out, *given]
        page = [str(BIN / "jupyter"), "nbconvert", "--to", "html", out]
        for command in (papermill, page):
            subprocess.run(command, cwd=there.folder, capture_output=True, check=True)

    before, start = _children(), time.monotonic()
    with ThreadPoolExecutor(loops) as at_once:
        list(at_once.map(make, there.plans(rows)))
    return Spent(rows, time.monotonic() - start, _children() - before)


def millrun(there: Class, rows: int) -> Spent:
    """millrun, papermill in parallel processes; it makes no page."""
    given = [{"plan": plan, "runs": RUNS, "seed": SEED} for plan in there.plans(rows)]
    (there.folder / "parameters.json").write_text(json.dumps(given), encoding="utf-8")
    out = there.folder / "millrun"
    out.mkdir()
    command = [str(BIN / "millrun"), "run", str(shipped("en")), "parameters.json"]
    return spent(rows, [*command, "--output-dir", str(out)], cwd=there.folder)


def floor(there: Class, rows: int, jobs: int) -> Spent:
    """The same code in a process for each job, no notebook, no page; start-up included."""
    before, start = _children(), time.monotonic()
    command = [sys.executable, "-c", FLOOR, str(RUNS)]
    each = [subprocess.Popen([*command, *there.plans(rows)[n::jobs]]) for n in range(jobs)]
    if any(process.wait() for process in each):
        sys.exit("the floor failed")
    return Spent(rows, time.monotonic() - start, _children() - before)


def pages(notebook: Path) -> tuple[float, float]:
    """Processor seconds of our page and of stock nbconvert's, both warm, of one notebook."""
    import nbformat
    from nbconvert import HTMLExporter

    from workbook.reports.notebook import ending, page
    from workbook.words import Words

    read = nbformat.read(notebook, as_version=4)
    end, words, stock = ending(read), Words("en"), HTMLExporter()
    return (
        _each(lambda: page(read, end, words)),
        _each(lambda: stock.from_notebook_node(read)),
    )


def _each(make: Callable[[], object], times: int = 7) -> float:
    make()
    found = []
    for _ in range(times):
        before = time.process_time()
        make()
        found.append(time.process_time() - before)
    return median(found)


@dataclass(frozen=True)
class Margin:
    """What start-up took, and what a further row takes: seconds by the clock, and of processors."""

    start: Spent
    row: Spent

    @classmethod
    def of(cls, whole: Spent, few: Spent) -> Margin:
        """Of two classes, the second far smaller."""
        more = whole.rows - few.rows
        wall, cpu = (whole.wall - few.wall) / more, (whole.cpu - few.cpu) / more
        start = Spent(0, few.wall - few.rows * wall, few.cpu - few.rows * cpu)
        return cls(start, Spent(1, wall, cpu))


def compare(rows: int, slow: int, jobs: int, case: str) -> Spent:
    """Everything side by side on one class; prints the tables and gives what was ours."""
    with TemporaryDirectory(prefix="bench-") as name:
        there = Class(Path(name), case, rows)
        there.write()
        few = min(slow, rows)
        found = {OURS: ours(there, jobs), LEAST: floor(there, rows, jobs)}
        if (BIN / "millrun").is_file():  # extra `bench`
            found["millrun"] = millrun(there, few)
        found[LOOP] = shell_loop(there, few)
        found[LOOPS] = shell_loop(there, few, jobs)
        found[EMPTY] = shell_loop(there, few, empty=True)
        print(f"\n{rows} rows of {case}, {jobs} jobs")
        print_table(found, jobs)
        print_aims(found, jobs)
        if rows > jobs:
            print_margins(there, found, jobs)
        print_page(there.folder / f"out-{rows}" / "p0.ipynb")
    return found[OURS]


def print_table(found: Mapping[str, Spent], jobs: int) -> None:
    """Print what each took, and how many times as fast we are."""
    print(f"{'':24}{'rows':>5}{'a minute':>10}{'CPU s each':>12}{'by the clock':>15}{'by CPU':>9}")
    mine = found[OURS]
    for who, one in found.items():
        clock, cpu = mine.per_minute / one.per_minute, one.cpu_each / mine.cpu_each
        rate = f"{who.format(jobs):24}{one.rows:5}{one.per_minute:10.1f}{one.cpu_each:12.2f}"
        print(f"{rate}{clock:13.2f} ×{cpu:7.2f} ×")
    least, loop = found[LEAST].cpu_each, found[LOOP].cpu_each
    print(
        f"the loop's CPU over the floor's: {loop / least:.1f} ×, which no report can exceed;",
        end="",
    )
    print(
        f" of its {loop:.2f} s, {found[EMPTY].cpu_each:.2f} s start programs for an empty notebook"
    )


def print_aims(found: Mapping[str, Spent], jobs: int) -> None:
    """Print what we aim at, and what we reach."""
    mine = found[OURS]
    for who, aim in AIMS.items():
        times = mine.per_minute / found[who].per_minute
        print(f"{who.format(jobs)}: {times:.1f} ×, aim {aim}: {_met(times >= aim)}")
    over = mine.cpu_each / found[LEAST].cpu_each
    print(
        f"CPU over the floor: {over:.2f} ×, aim {MOST_OVER_FLOOR}: {_met(over <= MOST_OVER_FLOOR)}"
    )


def _met(met: bool) -> str:
    return "met" if met else "not met"


def print_margins(there: Class, found: Mapping[str, Spent], jobs: int) -> None:
    """Print start-up and a further row apart, ours and the floor's."""
    small = Class(there.folder, there.case, jobs)
    small.write()
    few = {OURS: ours(small, jobs), LEAST: floor(small, jobs, jobs)}
    margins = {who: Margin.of(found[who], few[who]) for who in few}
    for who, one in margins.items():
        start = f"{one.start.wall:.2f} s to start ({one.start.cpu:.2f} s of CPU)"
        print(f"{who}: {start}, a further row {one.row.wall:.3f} s ({one.row.cpu:.3f} s of CPU)")
    over = margins[OURS].row.cpu / margins[LEAST].row.cpu
    loop = found[LOOP].wall / found[LOOP].rows / margins[OURS].row.wall
    print(f"of a further row: {over:.2f} × the floor's CPU; the loop takes {loop:.1f} × as long")


def print_page(notebook: Path) -> None:
    """Print what a page takes, ours beside stock nbconvert's."""
    page, stock = pages(notebook)
    both = f"the page: {page * 1e3:.1f} ms; stock nbconvert {stock * 1e3:.1f} ms"
    print(f"{both}, {stock / page:.1f} ×")


def compile_all() -> None:
    """Have bytecode of every package here, whatever the environment says about writing it."""
    packages = [sysconfig.get_path("purelib"), str(Path(workbook.__file__).parent)]
    reported = {name: value for name, value in os.environ.items() if name != UNWRITTEN}
    command = [sys.executable, "-m", "compileall", "-q", *packages]
    subprocess.run(command, env=reported, capture_output=True, check=False)  # some are templates


def _asked() -> argparse.Namespace:
    """What to measure; `case` is a list of cases that are there."""
    every = [NEW, *cases.shipped()]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[64])
    parser.add_argument("--slow", type=int, default=6, help="rows that the slow rivals make")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    what = "shipped cases, `new`: a new plan, `all`: each"
    parser.add_argument("--case", nargs="+", default=[NEW], choices=[*every, "all"], help=what)
    args = parser.parse_args()
    args.case = every if "all" in args.case else args.case
    return args


def main() -> None:
    """Print the tables."""
    args = _asked()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    compile_all()
    reported: dict[int, float] = {}
    for case in args.case:
        for rows in args.rows:
            parent = int(compare(rows, args.slow, args.jobs, case).said.split()[-1]) / 1024
            reported[rows] = max(reported.get(rows, 0.0), parent)
    print(
        "\nmemory of the parent: "
        + ", ".join(f"{m:.0f} MB for {n} rows" for n, m in reported.items())
    )


if __name__ == "__main__":
    main()
