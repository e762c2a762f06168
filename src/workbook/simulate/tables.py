"""The figures of every milestone in every variant of a plan, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints

NONE = -1
AHEAD, UNDER_WAY, REACHED, USED_UP = range(4)
NEVER = np.iinfo(np.int32).max
NO_LIMIT = np.iinfo(np.int16).max
Row = Mapping[str, NDArray[Any]]
"""A row of the tables: the figures of one variant by name."""
FLAGS = ("attempted", "skipped", "required", "tests", "relies", "funded", "redesign_funded")


@dataclass
class Tables:
    """The figures of every milestone in every variant; shape (variants, columns) unless stated.

    Money in cents (all teams of a race together), times in weeks, -1 for "none". `cost_draw`,
    `length_draw`: number of the drawn range that replaces the fixed value. `rates`: (variants,
    columns, attempts). `order`: columns in the plan's order, those unknown to the variant last.
    `relied_on`: (variants, columns, most), hypotheses in the order of `relies_on`. `needs`:
    (variants, columns, columns), 1 if the row's milestone needs the column's. `successors`:
    (variants, columns, most). `begins`: the first week of an attempt, 0 without one, `NEVER` if a
    level reaches it; `every`: weeks from one start to the next. `level_of` is the number of a
    level's figure, -1 for none.
    """

    attempted: NDArray[np.bool_]
    skipped: NDArray[np.bool_]
    required: NDArray[np.bool_]
    order: Ints
    rank: Ints
    cost: Ints
    cost_draw: Ints
    teams_racing: Ints
    length: Ints
    length_draw: Ints
    hours: Floats
    rates: Floats
    rate_count: Ints
    limit: Ints
    tests: NDArray[np.bool_]
    belief: Floats
    if_true: Floats
    if_false: Floats
    redesign_cost: Ints
    redesign_length: Ints
    gives: Ints
    redesign_gives: Ints
    funded: NDArray[np.bool_]
    redesign_funded: NDArray[np.bool_]
    relies: NDArray[np.bool_]
    relied_on: Ints
    needs: NDArray[np.float32]
    successors: Ints
    begins: Ints
    every: Ints
    by_week: Ints
    level_of: Ints
    level_least: Floats
    level_most: Floats
    level_weeks: Ints


def tables_of(rows: Sequence[Row]) -> Tables:
    """Return the tables made of these rows, one for each variant."""
    return Tables(**{f.name: _stacked([row[f.name] for row in rows]) for f in fields(Tables)})


def with_last(tables: Tables, rows: Sequence[Row]) -> Tables:
    """Return the tables of these rows, of which all but the last are in these tables."""
    last = rows[-1]
    if any(getattr(tables, n).shape[1:] != last[n].shape for n in last):
        return tables_of(rows)
    return Tables(**{n: np.concatenate([getattr(tables, n), last[n][None]]) for n in last})


def blank_row(order: Sequence[int], longest: int) -> dict[str, Any]:
    """Return a row of the tables without milestones; `order` holds every column."""
    columns = len(order)
    row: dict[str, Any] = {name: np.zeros(columns, dtype=bool) for name in FLAGS}
    row |= {
        name: np.zeros(columns, dtype=np.int64)
        for name in ("cost", "length", "redesign_cost", "redesign_length", "begins")
    }
    row |= {
        name: np.full(columns, NONE, dtype=np.int64)
        for name in ("cost_draw", "length_draw", "gives", "redesign_gives", "level_of")
    }
    ones = ("teams_racing", "rate_count", "level_weeks", "every")
    row |= {name: np.ones(columns, dtype=np.int64) for name in ones}
    row["by_week"] = np.full(columns, NEVER)
    row["level_least"], row["level_most"] = np.zeros(columns), np.zeros(columns)
    row["limit"] = np.full(columns, NO_LIMIT, dtype=np.int64)
    row["hours"] = np.full(columns, np.nan)
    row |= {name: np.zeros(columns) for name in ("belief", "if_true", "if_false")}
    row["rates"] = np.ones((columns, longest))
    row["order"], row["rank"] = np.array(order, dtype=np.int64), np.argsort(order)
    row["needs"] = np.zeros((columns, columns), dtype=np.float32)
    return row


def listed(lists: Mapping[int, Sequence[int]], columns: int) -> Ints:
    """Return lists of columns, padded with -1 to the longest."""
    most = max(map(len, lists.values()), default=0)
    table = np.full((columns, most), NONE)
    for column, found in lists.items():
        table[column, : len(found)] = found
    return table


def _stacked(rows: list[NDArray[Any]]) -> NDArray[Any]:
    """Stack rows that differ in the last axis; shorter ones are padded."""
    last = max(row.shape[-1] for row in rows)
    wide = []
    for row in rows:
        missing = last - row.shape[-1]
        filler = NONE if row.dtype.kind == "i" else 0
        pad = [(0, 0)] * (row.ndim - 1) + [(0, missing)]
        wide.append(np.pad(row, pad, constant_values=filler) if missing else row)
    return np.stack(wide)
