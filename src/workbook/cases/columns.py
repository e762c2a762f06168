"""The columns that a table of milestones may have, under their English and Chinese names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from workbook.consistency.described import Described, described
from workbook.plan import Milestone

Kind = Literal["text", "numbers", "shares", "ids", "flag", "goal", "stage"]


@dataclass(frozen=True)
class Column:
    """A column: the place in a milestone that it fills, and what its cells hold.

    `numbers` and `shares` may hold one figure or several: low, likely, high, or one an attempt.
    """

    path: str
    kind: Kind
    names: tuple[str, ...]


def _kind(found: Described) -> Kind:
    shape = found.shape
    if shape.choices:
        return "stage"
    if shape.flag:
        return "flag"
    if shape.number:
        return "shares" if found.key.unit == "share" else "numbers"
    return "ids" if shape.item is not None else "text"


GOAL = Column("goal", "goal", ("goal", "目标", "是否目标"))
COLUMNS: tuple[Column, ...] = (
    *(
        Column(found.path, _kind(found), tuple(found.key.columns))
        for found in described(Milestone)
        if found.key.columns and "redesign." not in found.path
    ),
    GOAL,
)
"""A column for each key of a milestone that names some, and the mark of the goal."""


def plain(name: str) -> str:
    """A column's name without case, signs, and what stands in brackets (a unit, mostly)."""
    name = re.sub(r"[(（\[【].*?[)）\]】]", "", name.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", name).split())


BY_NAME: Mapping[str, Column] = {
    plain(name): column for column in COLUMNS for name in (*column.names, column.path)
}


def column_of(name: str) -> Column | None:
    """The column of that name; None where there is none."""
    return BY_NAME.get(plain(name))


def nearest_name(name: str) -> str | None:
    """The name of a column that was probably meant; None where no name is near enough."""
    found = get_close_matches(plain(name), BY_NAME, n=1, cutoff=0.7)
    return found[0] if found else None


def known_in(row: Sequence[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(column_of(cell) is not None for cell in row if cell)
