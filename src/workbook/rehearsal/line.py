"""A rehearsal as a line of text: the plan's id, the seed, the moves, and a mark of the plan.

    caffeine-lozenge 7 as-written take:cash-gap=borrow as-written stop #5c1f3a

The mark at the end is a digest of what the plan says, without names and notes: a line of an older
version of the plan is recognised instead of played to another end. A line without it is played as
far as its moves are legal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from workbook.errors import Fault, InputError, fault, shown
from workbook.plan import Plan
from workbook.rehearsal.moves import Move

SEED = re.compile(r"\d{1,40}")
MARK = re.compile(r"#[0-9a-f]{6}")
TEXTS = frozenset({"name", "note", "label", "title", "if_missed", "measure", "unit"})
MOST_FAULTS = 10


@dataclass(frozen=True)
class Line:
    """A line that has been read; what it does not name is None."""

    plan: str | None
    seed: int | None
    moves: tuple[Move, ...]
    mark: str | None


def written_line(plan: Plan, seed: int, moves: Iterable[Move]) -> str:
    """Return the line of a rehearsal."""
    return " ".join([plan.id, str(seed), *map(str, moves), mark_of(plan)])


def read_moves(line: str, source: str = "moves") -> Line:
    """Read a line, or moves alone.

    Raises InputError for everything in it that is not a move.

    >>> read_moves("corner-shop 7 work:taste wait:2").moves[1].weeks
    2
    """
    words = line.replace(",", " ").split()
    marks = [word for word in words if MARK.fullmatch(word)]
    words = [word for word in words if word not in marks]
    plan = seed = None
    if len(words) > 1 and SEED.fullmatch(words[1]) and Move.read(words[0]) is None:
        plan, seed, words = words[0], int(words[1]), words[2:]
    moves = [(n, word, Move.read(word)) for n, word in enumerate(words, 1)]
    wrong = [(n, word) for n, word, move in moves if move is None]
    if wrong:
        raise InputError(source, [_not_a_move(n, word) for n, word in wrong[:MOST_FAULTS]])
    return Line(plan, seed, tuple(m for _, _, m in moves if m), marks[-1] if marks else None)


def _not_a_move(n: int, word: str) -> Fault:
    template = (
        "move {n}: '{found}' is not a move; a move is as-written, work:ID, take:FORK=OPTION,"
        " skip:ID, wait, wait:WEEKS or stop"
    )
    return fault("moves", template, n=n, found=shown(word))


def of_this_plan(plan: Plan, line: Line) -> None:
    """Raise InputError for a line of another plan, or of another version of this one."""
    if line.plan is not None and line.plan != plan.id:
        template = "these moves are of the plan '{found}', and this is '{plan}'"
        raise InputError(plan.id, [fault("moves", template, found=shown(line.plan), plan=plan.id)])
    if line.mark is not None and line.mark != mark_of(plan):
        template = (
            "these moves were made in another version of this plan: its figures have changed since;"
            " to try them on this version, leave out {mark} at the end"
        )
        raise InputError(plan.id, [fault("moves", template, mark=line.mark)])


def mark_of(plan: Plan) -> str:
    """Return the mark of a plan: a digest of its figures, chain and forks, without its texts."""
    data = json.dumps(_figures(plan.model_dump(mode="json", exclude_defaults=True)), sort_keys=True)
    return f"#{sha256(data.encode()).hexdigest()[:6]}"


def _figures(data: Any) -> Any:
    if isinstance(data, dict):
        items = ((key, _figures(value)) for key, value in data.items() if key not in TEXTS)
        return {key: value for key, value in items if value not in (None, [], {}, "")}
    return [_figures(value) for value in data] if isinstance(data, list) else data
