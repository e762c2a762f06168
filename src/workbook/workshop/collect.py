"""Turn a folder of hand-ins into one table, the wall, and the facilitator's view.

All output goes to a separate folder. Each file is written to a temporary name first, so that a
browser never loads half a page. The hand-ins are only read.

In watch mode they are collected again whenever a file changes, also after a network share went
away. What the wall shows, and when it changes, is decided in panels.py, for a restart too; the
facilitator's view shows everything.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from workbook import cases
from workbook.cases.file import put
from workbook.cases.writing import text_for
from workbook.errors import InputError, Message, WorkbookError, WorkError, fault
from workbook.files import csv_text
from workbook.words import Words
from workbook.workshop.folder import files
from workbook.workshop.inbox import Answer, ReceivedFile, answers, received_files
from workbook.workshop.page import STEP_NAMES, desk_page, wall_page
from workbook.workshop.panels import digest, panels_text, read_panels
from workbook.workshop.wall import Wall, count_waiting, next_panels, steps_of, wall

PUBLIC, PRIVATE = "public", "private"
"""The folder that may be given out, and the one with the names: only the facilitator sees it."""
WALL, DATA = f"{PUBLIC}/wall.html", f"{PUBLIC}/wall.json"
TABLE, DESK = f"{PRIVATE}/class.csv", f"{PRIVATE}/desk.html"
SHOWN, PLANS = f"{PRIVATE}/shown.json", f"{PRIVATE}/plans"
PLAN_FILE = re.compile(r"chain-[0-9a-f]{8}\.yaml")
COLUMNS = (
    "file",
    "state",
    "receipt",
    "name",
    "own_id",
    "at_step",
    "bets",
    "plan",
    "milestones",
    "goal",
    "goal_error",
    "runway_weeks",
    "findings",
    "kill_line",
    "next_test",
    "rehearsal",
    "trouble",
)
"""Columns of `class.csv`, one row per file: goal and its standard error 0..1, runway in weeks."""


@dataclass(frozen=True)
class Collected:
    """The collected hand-ins of a class.

    Attributes
    ----------
    answers
        The answers of everybody who handed in.
    """

    received_files: tuple[ReceivedFile, ...]
    answers: tuple[Answer, ...]
    wall: Wall
    out: Path
    seconds: float

    def as_json(self, w: Words) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {
            "files": len(self.received_files),
            "states": dict(Counter(received.state for received in self.received_files)),
            "at_step": {step or "through": n for step, n in steps_of(self.answers).items()},
            "waiting": self.wall.waiting,
            "out": str(self.out),
            "rows": table(self.received_files, self.answers, w),
        }

    def text(self, w: Words) -> str:
        """Return the summary for the terminal: counts per step, and the files that do not count."""
        lines = [w.n("{n} hand-in counts", "{n} hand-ins count", len(self.answers))]
        lines += [f"{n:>4}  {w(STEP_NAMES[step])}" for step, n in steps_of(self.answers).items()]
        for received in self.received_files:
            if received.state != "counted":
                lines.append(
                    f"  {received.file}: {w.message(received.why) if received.why else ''}"
                )
        if self.wall.waiting:
            waits = w.n(
                "{n} said something that the wall does not count yet: each of its panels moves "
                "by five.",
                "{n} said something that the wall does not count yet: each of its panels moves "
                "by five.",
                self.wall.waiting,
            )
            lines.append(waits)
        lines.append(w("The wall: {file}", file=str(self.out / WALL)))
        lines.append(w("The desk, with names: {file}", file=str(self.out / DESK)))
        if any(answer.chain for answer in self.answers):
            plans = str(self.out / PLANS)
            lines.append(w("A report of every chain: workbook report {folder}", folder=plans))
        return "\n".join(lines)


def collect(folder: Path, out: Path, w: Words, refresh: int = 0) -> Collected:
    """Read the hand-ins of a folder and write the table and both pages into another.

    What the wall shows continues from what it showed before, see `panels.py`.

    Parameters
    ----------
    refresh
        Seconds after which the pages reload themselves; 0 for never.

    Raises
    ------
    InputError
        If the folder does not exist, or is `out`; if what the wall last showed is damaged.
    WorkError
        If the folder cannot be read, or `out` cannot be written.
    """
    begun = monotonic()
    if out.resolve() == folder.resolve():
        template = "the wall cannot be written among the hand-ins; name another folder"
        raise InputError(str(out), [fault("--out", template)])
    found = received_files(folder, out)
    given = answers(found)
    panels = next_panels(read_panels(out / SHOWN), given)
    shown = wall(panels, len(given), count_waiting(panels, given))
    _write(
        out,
        given,
        {
            SHOWN: panels_text(panels),
            TABLE: csv_text(COLUMNS, table(found, given, w)),
            DATA: json.dumps(wall_data(shown), ensure_ascii=False, indent=1),
            WALL: wall_page(shown, w, refresh),
            DESK: desk_page(found, given, w, refresh),
        },
    )
    return Collected(found, given, shown, out, monotonic() - begun)


def table(
    found: Sequence[ReceivedFile], given: Sequence[Answer], w: Words
) -> list[dict[str, object]]:
    """Return one row per file; files that do not count have only a state and a reason."""
    by_file = {answer.file: answer for answer in given}
    return [_row(received, by_file.get(received.file), w) for received in found]


def _row(received: ReceivedFile, answer: Answer | None, w: Words) -> dict[str, object]:
    row: dict[str, object] = {"file": received.file, "state": received.state}
    if answer is None:
        return row | {"trouble": w.message(received.why) if received.why else ""}
    row |= {
        "receipt": answer.receipt,
        "name": answer.name,
        "own_id": answer.own_id,
        "at_step": answer.step or "through",
        "bets": "; ".join(f"{f}={s.choice} {s.confidence:.2f}" for f, s in answer.bets.items()),
        "kill_line": answer.kill_line,
        "next_test": answer.next_test,
        "rehearsal": answer.rehearsal.line if answer.rehearsal else "",
        "trouble": " ".join(map(w.message, answer.problems)),
    }
    if chain := answer.chain:
        row |= {
            "plan": f"{_plan_id(answer)}.yaml",
            "milestones": len(chain.plan.milestones),
            "goal": round(chain.goal, 4),
            "goal_error": round(chain.goal_error, 4),
            "runway_weeks": chain.runway_weeks,
            "findings": " ".join(sorted({finding.rule for finding in chain.findings})),
        }
    return row


def wall_data(wall: Wall) -> dict[str, Any]:
    """Return the wall as data without names, for participants to compare themselves with."""
    return {"workbook_wall": 1, **asdict(wall)}


def _write(out: Path, given: Sequence[Answer], files: Mapping[str, str]) -> None:
    """Write the plans and the files; what the wall shows is kept before it is shown."""
    try:
        (out / PUBLIC).mkdir(parents=True, exist_ok=True)
        keep_plans(given, out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{path} cannot be written: {reason}", path=str(out), reason=reason
        ) from None
    for name, text in files.items():
        put(out / name, text)


def keep_plans(answers: Sequence[Answer], out: Path) -> None:
    """Write each simulated chain as a plan file, and remove files that no longer count.

    Sixty chains called `my-chain` get sixty names. They come from the random code of a person's
    computer: neither a name nor a receipt that is read aloud leads to a chain.

    Raises
    ------
    OSError, WorkError
        If a file cannot be written.
    """
    folder = out / PLANS
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{_plan_id(answer)}.yaml": answer for answer in answers if answer.chain}
    for name, answer in wanted.items():
        text, file = _plan_text(answer), folder / name
        if text and not (file.exists() and file.read_text("utf-8") == text):
            put(file, text)
    for file in folder.iterdir():
        if PLAN_FILE.fullmatch(file.name) and file.name not in wanted:
            file.unlink(missing_ok=True)


def _plan_text(answer: Answer) -> str:
    """Return the text of a chain's plan file; empty if it would not read back the same."""
    if answer.chain is None:
        return ""
    try:
        plan = answer.chain.plan.model_copy(update={"id": _plan_id(answer)})
        return text_for(cases.Case(plan))
    except WorkbookError:
        return ""


def _plan_id(answer: Answer) -> str:
    return f"chain-{digest(answer.person)[:8]}"


Snapshot = tuple[tuple[str, int, int], ...]


def watch(
    folder: Path,
    out: Path,
    w: Words,
    seconds: int,
    tell: Callable[[Collected], None],
    complain: Callable[[str], None],
    wait: Callable[[float], None],
) -> None:
    """Collect whenever a file is added, changed or removed, until interrupted.

    If the folder disappears later, this is reported once and the pages keep their last state.

    Parameters
    ----------
    seconds
        The interval between two looks, and between two reloads of the pages.
    tell, complain
        Called with each collection, and with each problem.
    wait
        Called with the seconds to wait.

    Raises
    ------
    InputError, WorkError
        If the first collection fails.
    """
    seen: Snapshot | str | None = None
    while True:
        before = seen
        try:
            seen = snapshot(folder, out)
            if seen != before:
                tell(collect(folder, out, w, seconds))
        except WorkbookError as error:
            if before is None:
                raise
            seen = _said(error, w)
            if seen != before:
                complain(w("{problem}. Looking again every {n} s.", problem=seen, n=seconds))
        wait(seconds)


def _said(error: WorkbookError, w: Words) -> str:
    if isinstance(error, InputError):
        return w.faults(error)
    found = getattr(error, "message", None)
    return w.message(found) if isinstance(found, Message) else str(error)


def snapshot(folder: Path, out: Path) -> Snapshot:
    """Return names, sizes and times of the files, to detect changes."""
    if not folder.is_dir():
        return ()
    found, closed = files(folder, out)
    seen = [(str(error.filename), 0, 0) for error in closed]
    for path in found:
        try:
            file = path.lstat()
        except OSError:
            continue
        seen.append((str(path), file.st_size, file.st_mtime_ns))
    return tuple(sorted(seen))
