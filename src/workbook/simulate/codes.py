"""Which figures of a milestone two plans have in common, by when they are first used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from workbook.outcomes import Ints
from workbook.simulate.tables import NONE, Row

USES: Mapping[str, tuple[str, ...]] = {
    "start": ("cost", "cost_draw", "teams_racing", "length", "length_draw", "hours"),
    "redesign": ("redesign_cost", "redesign_length"),
    "attempt": ("rates", "rate_count"),
    "truth": ("belief",),
    "test": ("if_true", "if_false"),
    "limit": ("limit",),
    "gives": ("gives", "funded"),
    "redesign_gives": ("redesign_gives", "redesign_funded"),
}
"""Figures of a milestone by when they are first used; all others matter from the first week."""
BY_DRAW = frozenset(("attempt", "truth", "test"))
"""Uses in which only those lives come to something else in which the draw lies between."""
USE = {use: number for number, use in enumerate(USES)}
LATE = frozenset(name for names in USES.values() for name in names)


def frame_of(row: Row) -> tuple[Any, ...]:
    """Return what matters of a variant from the first week."""
    return tuple((row[n].shape, row[n].tobytes()) for n in sorted(row.keys() - LATE))


class Codes:
    """Numbers for the figures of each use and milestone: equal numbers mean equal figures."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}
        self._of_use: dict[tuple[Any, ...], list[int]] = {}

    def of(self, row: Row) -> Ints:
        """Return the numbers of a variant; shape (uses, columns)."""
        found = np.array([self._codes(row, use) for use in USES], dtype=np.int64)
        start, redesign = found[USE["start"]], found[USE["redesign"]].copy()
        for column, relied in enumerate(row["relied_on"].tolist()):
            mended = [redesign[at] for at in (column, *relied) if at != NONE]
            start[column] = self._number(("start", start[column], *mended))
        return found

    def _codes(self, row: Row, use: str) -> list[int]:
        """Return the numbers of a use, by column: an edit leaves most uses as they are."""
        key = use, *(row[name].tobytes() for name in USES[use])
        if key not in self._of_use:
            columns = range(len(row["cost"]))
            self._of_use[key] = [self._code(row, use, column) for column in columns]
        return self._of_use[key]

    def _code(self, row: Row, use: str, column: int) -> int:
        found = [row[name][column] for name in USES[use]]
        if use == "attempt":
            found[0] = found[0][: found[1]]
        return self._number((use, *(value.tobytes() for value in found)))

    def _number(self, key: Any) -> int:
        return self._known.setdefault(key, len(self._known))
