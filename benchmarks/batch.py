"""A class of reports, ours beside what else an operator could type, in one run.

    python -m benchmarks.batch                       30 and 300 rows; the slow rivals on 6 of them
    python -m benchmarks.batch --rows 30 --slow 30   every rival makes all 30
    python -m benchmarks.batch --rows 30 --case all  a new plan, and each shipped case

Side by side: `workbook report class.csv`; a shell loop of `papermill` and `jupyter nbconvert`;
millrun on as many processes; and the floor, the same code in a warm process without notebook or
page (as many such processes as we have jobs, for two busy processors are each slower than one).
Wall time and processor time both include every start-up; everybody finds Python's bytecode there,
as on a machine where it was run before. The slow rivals do the same work for each row, so some rows
are enough for their rate; how many is printed. On a machine that others use, too, the ratio of
processor time is the one to believe.
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
from collections.abc import Callable, Sequence
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
LOOP, EMPTY = "papermill; nbconvert", "the same, nothing in it"
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
OURS = """\
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
    command = [sys.executable, "-c", OURS, *arguments, "--runs", str(RUNS), "--seed", str(SEED)]
    return spent(there.rows, command, cwd=there.folder)


def shell_loop(there: Class, rows: int, *, empty: bool = False) -> Spent:
    """What a shell loop does: papermill, then nbconvert, for each row, perhaps of nothing."""
    commands: list[list[str]] = []
    notebook = there.folder / "empty.ipynb" if empty else shipped("en")
    if empty:
        notebook.write_text(NOTHING, encoding="utf-8")
    for plan in there.plans(rows):
        out = f"{Path(plan).stem}.ipynb"
        given = ["-p", "plan", plan, "-p", "runs", str(RUNS), "-p", "seed", str(SEED)]
        commands.append([str(BIN / "papermill"), str(notebook), out, *given])
        commands.append([str(BIN / "jupyter"), "nbconvert", "--to", "html", out])
    return spent(rows, *commands, cwd=there.folder)


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


def compare(rows: int, slow: int, jobs: int, case: str) -> Spent:
    """Everything side by side on one class; prints the table and gives what was ours."""
    with TemporaryDirectory(prefix="bench-") as name:
        there = Class(Path(name), case, rows)
        there.write()
        few = min(slow, rows)
        found = {"workbook report": ours(there, jobs), "the floor": floor(there, rows, jobs)}
        if (BIN / "millrun").is_file():  # extra `bench`
            found["millrun"] = millrun(there, few)
        found |= {LOOP: shell_loop(there, few), EMPTY: shell_loop(there, few, empty=True)}
        print(f"\n{rows} rows of {case}, {jobs} jobs")
        print(
            f"{'':24}{'rows':>5}{'a minute':>10}{'CPU s each':>12}{'by the clock':>15}{'by CPU':>9}"
        )
        mine = found["workbook report"]
        for who, one in found.items():
            clock, cpu = mine.per_minute / one.per_minute, one.cpu_each / mine.cpu_each
            rate = f"{who:24}{one.rows:5}{one.per_minute:10.1f}{one.cpu_each:12.2f}"
            print(f"{rate}{clock:13.2f} ×{cpu:7.2f} ×")
        least, loop = found["the floor"].cpu_each, found[LOOP].cpu_each
        print(f"CPU each over the floor: {mine.cpu_each / least:.2f} ×; the loop over it:", end=" ")
        print(f"{loop / least:.1f} ×, which no report can exceed; of the loop's {loop:.2f} s")
        print(f"{found[EMPTY].cpu_each:.2f} s start programs and kernels for an empty notebook")
        page, stock = pages(there.folder / f"out-{rows}" / "p0.ipynb")
        reported = f"the page: {page * 1e3:.1f} ms; stock nbconvert {stock * 1e3:.1f} ms"
        print(f"{reported}, {stock / page:.1f} ×")
    return mine


def compile_all() -> None:
    """Have bytecode of every package here, whatever the environment says about writing it."""
    packages = [sysconfig.get_path("purelib"), str(Path(workbook.__file__).parent)]
    reported = {name: value for name, value in os.environ.items() if name != UNWRITTEN}
    command = [sys.executable, "-m", "compileall", "-q", *packages]
    subprocess.run(command, env=reported, capture_output=True, check=False)  # some are templates


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[30, 300])
    parser.add_argument("--slow", type=int, default=6, help="rows that the slow rivals make")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument(
        "--case", nargs="+", default=[NEW], help="shipped cases, `new`: a new plan, `all`: each"
    )
    args = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    compile_all()
    each = [NEW, *cases.shipped()] if args.case == ["all"] else args.case
    reported: dict[int, float] = {}
    for case in each:
        for rows in args.rows:
            parent = int(compare(rows, args.slow, args.jobs, case).said.split()[-1]) / 1024
            reported[rows] = max(reported.get(rows, 0.0), parent)
    print(
        "\nmemory of the parent: "
        + ", ".join(f"{m:.0f} MB for {n} rows" for n, m in reported.items())
    )


if __name__ == "__main__":
    main()
