"""Where the milestones of a chain and the edges between them go: on the canvas and in pictures.

The column is how many steps a milestone is from the origin. Its row is the one it had before an
edit, if that is still free; a new milestone goes beside what it needs. What is linked to nothing
goes into a block of its own below; a goal that is linked to nothing is at the right, with a
free column before it. So an edit moves only what it must; a chain that has become higher than it
need be is laid out again.

A picture has a limited width: a long chain continues in a further row of columns, as text does in
a further line. Edges run between the boxes: out at the right, along a free column, across in a
free lane, along the free column before the end, in at the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workbook.chain import layers
from workbook.plan import Plan

Position = tuple[int, int]
Positions = dict[str, Position]

MOST_LANES = 8
"""Milestones above each other in a picture; further ones go into the next column."""

NARROWEST = 4
"""Fewest columns of the block of unlinked milestones."""


def positions_of(plan: Plan, before: Mapping[str, Position] | None = None) -> Positions:
    """Return (column, row) of every milestone, from 0 at the top left, no two the same.

    Parameters
    ----------
    before
        Positions in the plan's previous version; their rows are kept where possible, as long as
        that takes no more rows than a layout without them.
    """
    fresh = _laid_out(plan, {})
    kept = _laid_out(plan, before) if before else fresh
    return kept if _height(kept) <= _height(fresh) else fresh


def _height(positions: Positions) -> int:
    return max((row for _, row in positions.values()), default=0)


def _laid_out(plan: Plan, before: Mapping[str, Position]) -> Positions:
    """Return positions in which what has one before keeps its row."""
    depth = layers(plan)
    linked = _linked(plan)
    lone = plan.goal in plan.ids and plan.goal not in linked
    unlinked = [id for id in plan.ids if id not in linked and id != plan.goal]
    columns: dict[int, list[str]] = {}
    for id in plan.ids:
        if id in linked:
            columns.setdefault(depth[id], []).append(id)
    needs = {m.id: (*m.needs, *m.needs_any) for m in plan.milestones}
    rows: dict[str, int] = {}
    for column in sorted(columns):
        rows |= _rows(columns[column], needs, rows, before)
    found = {id: (depth[id], row) for id, row in rows.items()}
    found |= _block(unlinked, len(columns), max(rows.values(), default=-1) + 1)
    if lone:
        last = max((column for column, _ in found.values()), default=-2)
        found[plan.goal] = (last + 2, 0)
    return found


def _linked(plan: Plan) -> set[str]:
    """Return what needs a milestone or is needed by one."""
    linked: set[str] = set()
    for m in plan.milestones:
        if needs := {*m.needs, *m.needs_any}:
            linked |= needs | {m.id}
    return linked


def _rows(
    ids: Sequence[str],
    needs: Mapping[str, tuple[str, ...]],
    rows: Mapping[str, int],
    before: Mapping[str, Position],
) -> dict[str, int]:
    """Assign a row to each milestone of a column: its previous one, or beside what it needs."""
    found: dict[str, int] = {}
    for id in sorted(ids, key=lambda id: id not in before):
        beside = [rows[need] for need in needs[id] if need in rows]
        wanted = round(sum(beside) / len(beside)) if beside else 0
        if id in before:
            wanted = before[id][1]
        found[id] = _nearest_free(wanted, set(found.values()))
    return found


def _nearest_free(wanted: int, taken: set[int]) -> int:
    """Return the free row nearest to the wanted one, below before above."""
    for distance in range(len(taken) + 1):
        for row in (wanted + distance, wanted - distance):
            if row >= 0 and row not in taken:
                return row
    return max(taken, default=-1) + 1


def _block(ids: Sequence[str], columns: int, top: int) -> Positions:
    wide = max(NARROWEST, columns)
    return {id: (n % wide, top + n // wide) for n, id in enumerate(ids)}


@dataclass(frozen=True)
class Cell:
    """Row of columns, column and lane in a picture, from 0 at the top left."""

    row: int
    column: int
    lane: int


@dataclass(frozen=True)
class Layout:
    """The cells of all milestones in a picture, and the number of lanes of each row."""

    cells: Mapping[str, Cell]
    lanes: tuple[int, ...]
    columns: int

    def top_lane(self, row: int) -> int:
        """Return the number of lanes above a row."""
        return sum(self.lanes[:row])


def wrap_columns(positions: Positions, most: int) -> Layout:
    """Wrap positions into rows of at most `most` columns, of about equal length."""
    columns = _columns(positions)
    rows = max(1, -(-len(columns) // most))
    wide = max(1, -(-len(columns) // rows))
    found: dict[str, Cell] = {}
    lanes: list[int] = []
    for row, start in enumerate(range(0, max(1, len(columns)), wide)):
        shown = columns[start : start + wide]
        dense = {lane: n for n, lane in enumerate(sorted({at for c in shown for at in c.values()}))}
        lanes.append(len(dense))
        for column, ids in enumerate(shown):
            found |= {id: Cell(row, column, dense[at]) for id, at in ids.items()}
    return Layout(found, tuple(lanes), wide)


def _columns(positions: Positions) -> list[dict[str, int]]:
    """Return columns with a lane for each milestone; a column that is too high is split."""
    by_column: dict[int, list[tuple[int, str]]] = {}
    for id, (column, row) in positions.items():
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


Point: TypeAlias = tuple[float, float]
Grid: TypeAlias = tuple[float, float, float]
"""Half a box's width, points from column to column, points from lane to lane; y goes down."""

FREE = 0.41
"""Distance of the free lane below a box from its centre, in lanes."""

RADIUS = 5.0
BENDS = 4
"""Straight segments of a rounded corner."""

HEAD, HALF_HEAD = 3.4, 1.7
"""Length and half the width of an arrow head."""

SPREAD = 2.5
"""Distance between edges that share a free column."""


def route(start: Point, end: Point, cells: tuple[Cell, Cell], grid: Grid, n: int) -> list[Point]:
    """Return the corners of an edge, including both ends; `n` shifts it beside its siblings."""
    half, pitch, lane = grid
    (x0, y0), (x1, y1) = (start[0] + half, start[1]), (end[0] - half, end[1])
    gap = pitch - 2 * half
    aside = SPREAD * (n % 3)
    out, into = x0 + gap * 0.42 + aside, x1 - gap * 0.46 - aside
    first, last = cells
    if first.row == last.row and last.column == first.column + 1:
        return [(x0, y0), (into, y0), (into, y1), (x1, y1)]
    below = first.row == last.row and y1 >= y0
    channel = y0 + lane if below else y1 if first.row != last.row else y0
    channel -= (1 - FREE) * lane - aside
    return [(x0, y0), (out, y0), (out, channel), (into, channel), (into, y1), (x1, y1)]


def rounded(corners: list[Point]) -> list[Point]:
    """Return the path with rounded corners."""
    corners = [corner for n, corner in enumerate(corners) if not n or corner != corners[n - 1]]
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        ends = _toward(corner, before), _toward(corner, after)
        points += [_bend(ends[0], corner, ends[1], step / BENDS) for step in range(BENDS + 1)]
    return [*points, corners[-1]]


def _bend(start: Point, corner: Point, end: Point, t: float) -> Point:
    """Return a point of a quadratic Bézier curve around a corner."""
    x, y = (
        (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
        for a, b, c in zip(start, corner, end, strict=True)
    )
    return x, y


def arrow_head(end: Point, before: Point) -> list[Point]:
    """Return the triangle of an arrow head with its tip at `end`."""
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = (dx**2 + dy**2) ** 0.5 or 1.0
    dx, dy = dx / length, dy / length
    back = (end[0] - HEAD * dx, end[1] - HEAD * dy)
    return [
        end,
        (back[0] - HALF_HEAD * dy, back[1] + HALF_HEAD * dx),
        (back[0] + HALF_HEAD * dy, back[1] - HALF_HEAD * dx),
    ]


def _toward(corner: Point, other: Point) -> Point:
    """Return a point at most `RADIUS` from the corner towards another."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy))
    part = min(RADIUS, length / 2) / length if length else 0.0
    return (corner[0] + dx * part, corner[1] + dy * part)
