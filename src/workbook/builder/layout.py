"""A column and a row for each milestone of the canvas: left to right by dependency.

The column is how many steps a milestone stands from the origin. The row is the one that it had
before the edit, where that is still free; a newcomer stands beside what it needs. What is linked to
nothing yet waits in a block of its own below. So an edit moves what it must and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.chain import layers
from workbook.plan import Plan

Spot = tuple[int, int]
Spots = dict[str, Spot]

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
