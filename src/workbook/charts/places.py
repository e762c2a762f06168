"""Where the milestones of a chain stand on paper: columns by dependency, lanes side by side.

A chain longer than a page is wide goes on in a further row of columns, as text goes on in a
further line. Each milestone has a column and a lane of its own; between the lanes and between the
columns runs free ground, and every edge keeps to it: no edge runs through a milestone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from workbook.chain import layers
from workbook.plan import Plan

Lanes: TypeAlias = dict[str, int]

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
    lanes: list[int] = []
    for row, start in enumerate(range(0, len(columns), wide)):
        found: Lanes = {}
        for ids in columns[start : start + wide]:
            found |= _lanes(ids, needs, found)
        dense = {lane: n for n, lane in enumerate(sorted(set(found.values())))}
        lanes.append(len(dense))
        for column, ids in enumerate(columns[start : start + wide]):
            places |= {id: Place(row, column, dense[found[id]]) for id in ids}
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


def _lanes(ids: list[str], needs: Mapping[str, tuple[str, ...]], before: Lanes) -> Lanes:
    """A lane for each milestone of a column: beside those it needs in this row, none twice.

    Those that want the same lane share the room around it.
    """
    wanted: dict[str, float] = {}
    for id in ids:
        lanes = [before[need] for need in needs[id] if need in before]
        wanted[id] = sum(lanes) / len(lanes) if lanes else 0.0
    rivals = Counter(wanted.values())
    met: Counter[float] = Counter()
    lanes_of, free = {}, 0
    for id in sorted(ids, key=lambda id: wanted[id]):
        want = wanted[id] - (rivals[wanted[id]] - 1) / 2 + met[wanted[id]]
        met[wanted[id]] += 1
        lanes_of[id] = max(free, round(want))
        free = lanes_of[id] + 1
    return lanes_of
