"""From a folder of hand-ins to the class: one table, one wall, one desk, and nothing touched.

What is written goes into a folder of its own, each file to a temporary name first, so that a
browser that looks again never meets half a page. The hand-ins are only read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import Any

from workbook.errors import InputError, WorkError, fault
from workbook.sheet import csv_text
from workbook.words import Words
from workbook.workshop.answers import Answer, answers
from workbook.workshop.inbox import Arrival, arrivals
from workbook.workshop.page import desk_page, wall_page
from workbook.workshop.wall import Wall, wall

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
    "trouble",
)
"""Columns of `class.csv`, a row a file: goal and its standard error 0..1, runway in weeks."""


@dataclass(frozen=True)
class Collected:
    """A class, collected."""

    arrivals: tuple[Arrival, ...]
    answers: tuple[Answer, ...]
    wall: Wall
    out: Path
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        states: dict[str, int] = {}
        for arrival in self.arrivals:
            states[arrival.state] = states.get(arrival.state, 0) + 1
        return {
            "files": len(self.arrivals),
            "states": states,
            "at_step": dict(self.wall.at_step),
            "out": str(self.out),
            "rows": table(self.arrivals, self.answers),
        }

    def text(self, w: Words) -> str:
        """What the terminal says."""
        counted = w.n("{n} hand-in counts", "{n} hand-ins count", len(self.answers))
        lines = [counted]
        odd = [arrival for arrival in self.arrivals if arrival.state != "counted"]
        for arrival in odd:
            why = w.message(arrival.why) if arrival.why else arrival.state
            lines.append(f"  {arrival.file}: {why}")
        lines.append(w("The wall: {file}", file=str(self.out / WALL)))
        lines.append(w("The desk, with names: {file}", file=str(self.out / DESK)))
        return "\n".join(lines)


def collect(folder: Path, out: Path, w: Words, refresh: int = 0) -> Collected:
    """Read the hand-ins of a folder and write table, wall and desk into another.

    Raises
    ------
    InputError
        Where there is no such folder, or `out` lies in it.
    WorkError
        Where it cannot be written.
    """
    begun = monotonic()
    if out.resolve() == folder.resolve():
        template = "the wall cannot be written among the hand-ins; name another folder"
        raise InputError(str(out), [fault("--out", template)])
    found = arrivals(folder)
    given = answers(found)
    seen = wall(given)
    _write(
        out,
        {
            TABLE: csv_text(COLUMNS, table(found, given)),
            DATA: json.dumps(wall_data(seen), ensure_ascii=False, indent=1),
            WALL: wall_page(seen, w, refresh),
            DESK: desk_page(found, given, w, refresh),
        },
    )
    return Collected(found, given, seen, out, monotonic() - begun)


def watch(
    folder: Path,
    out: Path,
    w: Words,
    seconds: int,
    tell: Callable[[Collected], None],
    wait: Callable[[float], None],
) -> None:
    """Collect again whenever a file has come or changed, until interrupted; `wait` passes time."""
    last: object = None
    while True:
        now = _glance(folder)
        if now != last:
            tell(collect(folder, out, w, seconds))
            last = now
        wait(seconds)


def _glance(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files: enough to see that something has changed."""
    seen = []
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                found = os.lstat(os.path.join(place, name))  # noqa: PTH118  # bytes that are no text too
            except OSError:
                continue
            seen.append((os.path.join(place, name), found.st_size, found.st_mtime_ns))  # noqa: PTH118
    return tuple(sorted(seen))


def table(found: tuple[Arrival, ...], given: tuple[Answer, ...]) -> list[dict[str, object]]:
    """A row a file; what does not count has only its state."""
    by_file = {answer.file: answer for answer in given}
    return [_row(arrival, by_file.get(arrival.file)) for arrival in found]


def _row(arrival: Arrival, answer: Answer | None) -> dict[str, object]:
    row: dict[str, object] = {"file": arrival.file, "state": arrival.state}
    if answer is None:
        return row | {"trouble": str(arrival.why or "")}
    row |= {
        "receipt": answer.receipt,
        "name": answer.name,
        "at_step": answer.step or "through",
        "bets": "; ".join(f"{f}={s.choice} {s.confidence:.2f}" for f, s in answer.bets.items()),
        "trouble": str(answer.trouble or ""),
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


def _write(out: Path, files: Mapping[str, str]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=out, prefix=".wall-", delete=False
            ) as draft:
                draft.write(text)
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(out / name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{path} cannot be written: {reason}", path=str(out), reason=reason
        ) from None
