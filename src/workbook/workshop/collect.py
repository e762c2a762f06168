"""From a folder of hand-ins to the class: one table, one wall, one desk, and nothing touched.

What is written goes into a folder of its own, each file to a temporary name first, so that a
browser that looks again never meets half a page. The hand-ins are only read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from workbook.cases.file import put
from workbook.errors import InputError, WorkError, fault
from workbook.sheet import csv_text
from workbook.words import Words
from workbook.workshop.answers import Answer, answers
from workbook.workshop.inbox import Arrival, arrivals
from workbook.workshop.page import STEP_NAMES, desk_page, wall_page
from workbook.workshop.plans import FOLDER, keep_plans
from workbook.workshop.wall import Wall, changed, steady, steps_of, wall

TABLE, WALL, DESK, DATA = "class.csv", "wall.html", "desk.html", "wall.json"
COLUMNS = (
    "file",
    "state",
    "receipt",
    "name",
    "at_step",
    "bets",
    "milestones",
    "goal",
    "goal_error",
    "runway_weeks",
    "findings",
    "kill_line",
    "next_test",
    "trouble",
)
"""Columns of `class.csv`, a row a file: goal and its standard error 0..1, runway in weeks."""


@dataclass(frozen=True)
class Collected:
    """A class, collected.

    Attributes
    ----------
    answers, on_the_wall
        Of everybody who handed in; of those whom the wall shows.
    """

    arrivals: tuple[Arrival, ...]
    answers: tuple[Answer, ...]
    on_the_wall: tuple[Answer, ...]
    wall: Wall
    out: Path
    seconds: float

    def as_json(self, w: Words) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "files": len(self.arrivals),
            "states": dict(Counter(arrival.state for arrival in self.arrivals)),
            "at_step": {step or "through": n for step, n in steps_of(self.answers).items()},
            "waiting": self.wall.waiting,
            "out": str(self.out),
            "rows": table(self.arrivals, self.answers, w),
        }

    def text(self, w: Words) -> str:
        """What the terminal says: how many count, who is where, what does not count and why."""
        lines = [w.n("{n} hand-in counts", "{n} hand-ins count", len(self.answers))]
        lines += [f"{n:>4}  {w(STEP_NAMES[step])}" for step, n in steps_of(self.answers).items()]
        for arrival in self.arrivals:
            if arrival.state != "counted":
                lines.append(f"  {arrival.file}: {w.message(arrival.why) if arrival.why else ''}")
        if self.wall.waiting:
            waits = w.n(
                "{n} is not on the wall yet: while it is watched it moves by five. Without "
                "--watch it shows all.",
                "{n} are not on the wall yet: while it is watched it moves by five. Without "
                "--watch it shows all.",
                self.wall.waiting,
            )
            lines.append(waits)
        lines.append(w("The wall: {file}", file=str(self.out / WALL)))
        lines.append(w("The desk, with names: {file}", file=str(self.out / DESK)))
        if any(answer.chain for answer in self.answers):
            plans = str(self.out / FOLDER)
            lines.append(w("A report of every chain: workbook report {folder}", folder=plans))
        return "\n".join(lines)


def collect(
    folder: Path, out: Path, w: Words, refresh: int = 0, before: Sequence[Answer] | None = None
) -> Collected:
    """Read the hand-ins of a folder and write table, wall and desk into another.

    Parameters
    ----------
    refresh
        Seconds after which the pages load themselves again; 0: they do not.
    before
        What the wall shows already, where it is watched: it moves on by five answers at a time.

    Raises
    ------
    InputError
        Where there is no such folder, or it is `out`.
    WorkError
        Where one cannot be read, or the other cannot be written.
    """
    begun = monotonic()
    if out.resolve() == folder.resolve():
        template = "the wall cannot be written among the hand-ins; name another folder"
        raise InputError(str(out), [fault("--out", template)])
    found = arrivals(folder, out)
    given = answers(found)
    seen = given if before is None else tuple(steady(before, given))
    shown = wall(seen, changed(seen, given))
    _write(
        out,
        given,
        {
            TABLE: csv_text(COLUMNS, table(found, given, w)),
            DATA: json.dumps(wall_data(shown), ensure_ascii=False, indent=1),
            WALL: wall_page(shown, w, refresh),
            DESK: desk_page(found, given, w, refresh),
        },
    )
    return Collected(found, given, seen, shown, out, monotonic() - begun)


def table(found: Sequence[Arrival], given: Sequence[Answer], w: Words) -> list[dict[str, object]]:
    """A row a file; what does not count has only its state and why."""
    by_file = {answer.file: answer for answer in given}
    return [_row(arrival, by_file.get(arrival.file), w) for arrival in found]


def _row(arrival: Arrival, answer: Answer | None, w: Words) -> dict[str, object]:
    row: dict[str, object] = {"file": arrival.file, "state": arrival.state}
    if answer is None:
        return row | {"trouble": w.message(arrival.why) if arrival.why else ""}
    row |= {
        "receipt": answer.receipt,
        "name": answer.name,
        "at_step": answer.step or "through",
        "bets": "; ".join(f"{f}={s.choice} {s.confidence:.2f}" for f, s in answer.bets.items()),
        "kill_line": answer.kill_line,
        "next_test": answer.next_test,
        "trouble": w.message(answer.trouble) if answer.trouble else "",
    }
    if chain := answer.chain:
        row |= {
            "milestones": len(chain.plan.milestones),
            "goal": round(chain.goal, 4),
            "goal_error": round(chain.goal_error, 4),
            "runway_weeks": chain.runway_weeks,
            "findings": " ".join(sorted({finding.rule for finding in chain.findings})),
        }
    return row


def wall_data(wall: Wall) -> dict[str, Any]:
    """The wall as data, for participants' notebooks to find their place in. No names."""
    return {"workbook_wall": 1, **asdict(wall)}


def _write(out: Path, given: Sequence[Answer], files: Mapping[str, str]) -> None:
    try:
        keep_plans(given, out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{path} cannot be written: {reason}", path=str(out), reason=reason
        ) from None
    for name, text in files.items():
        put(out / name, text)
