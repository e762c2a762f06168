"""Where the milestones of a chain stand on paper: columns by dependency, lanes side by side.

A chain longer than a page is wide goes on in a further row of columns, as text goes on in a
further line. Each milestone has a column and a lane of its own; between the lanes and between the
columns runs free ground, and every edge keeps to it: no edge runs through a milestone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from workbook.chain import layers
from workbook.plan import Plan

MOST_COLUMNS = 5
MOST_LANES = 8
"""So many milestones stand above each other; more of one layer go into the next column."""


@dataclass(frozen=True)
class Place:
    """Row of columns, column and lane, each counted from 0 at the top left."""

    row: int
    column: int
    lane: int


@dataclass(frozen=True)
class Layout:
    """The places of all milestones, and how many lanes each row of columns has."""

    places: Mapping[str, Place]
    lanes: tuple[int, ...]
    columns: int

    def top_lane(self, row: int) -> int:
        """How many lanes stand above a row."""
        return sum(self.lanes[:row])


def layout(plan: Plan) -> Layout:
    """Places for every milestone of the plan, skipped ones too."""
    columns = _columns(plan)
    wide = min(MOST_COLUMNS, max(1, len(columns)))
    if len(columns) > wide:
        rows = -(-len(columns) // wide)
        wide = -(-len(columns) // rows)
    needs = {milestone.id: milestone.needs for milestone in plan.milestones}
    places: dict[str, Place] = {}
    for number, ids in enumerate(columns):
        row, column = divmod(number, wide)
        for id, lane in _lanes(ids, needs, places).items():
            places[id] = Place(row, column, lane)
    rows_used = range(-(-len(columns) // wide))
    lanes = [max(p.lane for p in places.values() if p.row == row) + 1 for row in rows_used]
    return Layout(places, tuple(lanes), wide)


def _columns(plan: Plan) -> list[list[str]]:
    depth = layers(plan)
    by_layer: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for id in plan.ids:
        by_layer[depth[id]].append(id)
    return [
        layer[start : start + MOST_LANES]
        for layer in by_layer
        for start in range(0, len(layer), MOST_LANES)
    ]


def _lanes(
    ids: list[str], needs: Mapping[str, tuple[str, ...]], places: Mapping[str, Place]
) -> dict[str, int]:
    """A lane for each milestone of a column: near those it needs, none twice."""

    def wanted(id: str) -> float:
        lanes = [places[need].lane for need in needs[id] if need in places]
        return sum(lanes) / len(lanes) if lanes else 0.0

    taken: dict[str, int] = {}
    for id in sorted(ids, key=wanted):
        near = round(wanted(id))
        free = (lane for step in count() for lane in (near + step, near - step) if lane >= 0)
        taken[id] = next(lane for lane in free if lane not in taken.values())
    return taken
