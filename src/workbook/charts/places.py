"""Where the milestones of a chain stand: the same on the builder's canvas and in every picture.

The column is how many steps a milestone stands from the origin. The row is the one that it had
before an edit, where that is still free; a new one stands beside what it needs. What is linked to
nothing yet waits in a block of its own below. So an edit moves what it must and nothing else.

A picture is only so wide: there a long chain goes on in a further row of columns, as text goes on
in a further line. Between lanes and between columns the ground stays free for the edges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.chain import layers
from workbook.plan import Plan

Spot = tuple[int, int]
Spots = dict[str, Spot]

MOST_LANES = 8
"""In a picture so many milestones stand above each other; more go into the next column."""

NARROWEST = 4
"""The block of what is not linked yet is at least so many columns wide."""


def places(plan: Plan, before: Mapping[str, Spot] | None = None) -> Spots:
    """(column, row) of every milestone, each counted from 0 at the top left, no two the same.

    Parameters
    ----------
    before
        The places until now (of this plan's former version); their rows are kept where possible.
    """
    depth = layers(plan)
    loose = _loose(plan)
    columns: dict[int, list[str]] = {}
    for id in plan.ids:
        if id not in loose:
            columns.setdefault(depth[id], []).append(id)
    needs = {milestone.id: milestone.needs for milestone in plan.milestones}
    rows: dict[str, int] = {}
    for column in sorted(columns):
        rows |= _rows(columns[column], needs, rows, before or {})
    found = {id: (depth[id], row) for id, row in rows.items()}
    return found | _block(loose, len(columns), max(rows.values(), default=-1) + 1)


def _loose(plan: Plan) -> list[str]:
    """Milestones linked to nothing, the goal apart; none where no milestone is linked to any."""
    needed = {need for milestone in plan.milestones for need in milestone.needs}
    return [
        m.id for m in plan.milestones if not m.needs and m.id not in needed and m.id != plan.goal
    ]


def _rows(
    ids: Sequence[str],
    needs: Mapping[str, tuple[str, ...]],
    rows: Mapping[str, int],
    before: Mapping[str, Spot],
) -> dict[str, int]:
    """A row for each milestone of a column: its former one, else beside what it needs."""
    found: dict[str, int] = {}
    for id in sorted(ids, key=lambda id: id not in before):
        beside = [rows[need] for need in needs[id] if need in rows]
        wanted = round(sum(beside) / len(beside)) if beside else 0
        if id in before:
            wanted = before[id][1]
        found[id] = _nearest_free(wanted, set(found.values()))
    return found


def _nearest_free(wanted: int, taken: set[int]) -> int:
    """The free row nearest to the one wanted, below it before above it."""
    for distance in range(len(taken) + 1):
        for row in (wanted + distance, wanted - distance):
            if row >= 0 and row not in taken:
                return row
    return max(taken, default=-1) + 1


def _block(ids: Sequence[str], columns: int, top: int) -> Spots:
    wide = max(NARROWEST, columns)
    return {id: (n % wide, top + n // wide) for n, id in enumerate(ids)}


@dataclass(frozen=True)
class Place:
    """Row of columns, column and lane in a picture, each counted from 0 at the top left."""

    row: int
    column: int
    lane: int


@dataclass(frozen=True)
class Layout:
    """The places of all milestones in a picture, and how many lanes each row of columns has."""

    places: Mapping[str, Place]
    lanes: tuple[int, ...]
    columns: int

    def top_lane(self, row: int) -> int:
        """How many lanes stand above a row."""
        return sum(self.lanes[:row])


def folded(spots: Spots, most: int) -> Layout:
    """The places of `places`, folded into rows of at most so many columns of about equal length."""
    columns = _columns(spots)
    rows = max(1, -(-len(columns) // most))
    wide = max(1, -(-len(columns) // rows))
    found: dict[str, Place] = {}
    lanes: list[int] = []
    for row, start in enumerate(range(0, max(1, len(columns)), wide)):
        shown = columns[start : start + wide]
        dense = {lane: n for n, lane in enumerate(sorted({at for c in shown for at in c.values()}))}
        lanes.append(len(dense))
        for column, ids in enumerate(shown):
            found |= {id: Place(row, column, dense[at]) for id, at in ids.items()}
    return Layout(found, tuple(lanes), wide)


def _columns(spots: Spots) -> list[dict[str, int]]:
    """The columns, a lane for each milestone; one that is too high goes on in the next."""
    by_column: dict[int, list[tuple[int, str]]] = {}
    for id, (column, row) in spots.items():
        by_column.setdefault(column, []).append((row, id))
    found = []
    for column in sorted(by_column):
        ids = sorted(by_column[column])
        if len(ids) <= MOST_LANES:
            found.append({id: row for row, id in ids})
            continue
        for start in range(0, len(ids), MOST_LANES):
            part = ids[start : start + MOST_LANES]
            found.append({id: lane for lane, (_, id) in enumerate(part)})
    return found
