"""Milestones that need one of several: what waits, what is no longer needed, what is lost.

For many runs at once, by the columns of their variant; the rules are those of `law/week.py`.
"""

from __future__ import annotations

from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from workbook.chain import links_of
from workbook.simulate.tables import NONE
from workbook.simulate.variants import Variants

Bools = NDArray[np.bool_]


class Alternatives:
    """The alternatives of every variant; statuses come as arrays (runs, columns)."""

    def __init__(self, variants: Variants) -> None:
        self.variants = variants
        self._several: dict[int, dict[int, list[int]]] = {}
        self._later: dict[int, dict[int, list[int]]] = {}

    def several(self, variant: int) -> dict[int, list[int]]:
        """Return the columns of the alternatives of each column that needs one of several."""
        if variant not in self._several:
            column, program = self.variants.column, self.variants.programs[variant]
            self._several[variant] = {
                column[id]: [column[other] for other in others]
                for id, others in program.alternatives.items()
            }
        return self._several[variant]

    def waiting(self, variant: int, reached: Bools) -> Bools:
        """Return which milestones have none of their alternatives reached."""
        found = np.zeros(reached.shape, dtype=bool)
        for column, others in self.several(variant).items():
            found[:, column] = ~reached[:, others].any(axis=1)
        return found

    def lost(self, variant: int, used_up: Bools) -> Bools:
        """Return in which runs the goal can no longer be reached; shape (runs,)."""
        plan, column = self.variants.programs[variant].plan, self.variants.column
        goal = self.variants.goal[variant]
        if goal == NONE:
            return np.zeros(len(used_up), dtype=bool)
        needs, lost = self.variants.programs[variant].needs, used_up.copy()
        for id in TopologicalSorter(links_of(plan)).static_order():
            if here := [column[need] for need in needs[id]]:
                lost[:, column[id]] |= lost[:, here].any(axis=1)
            if others := self.several(variant).get(column[id]):
                lost[:, column[id]] |= lost[:, others].all(axis=1)
        return np.asarray(lost[:, goal])

    def spare(self, variant: int, reached: Bools) -> Bools:
        """Return which milestones are alternatives that need not be begun any more."""
        found = np.zeros(reached.shape, dtype=bool)
        several = self.several(variant)
        while several:
            before = found.copy()
            for column, later in self._asking(variant).items():
                all_met = np.ones(len(reached), dtype=bool)
                for other in later:
                    met = reached[:, other] | found[:, other]
                    if not self._asks(variant, other, column):
                        rest = [one for one in several[other] if one != column]
                        met |= reached[:, rest].any(axis=1)
                    all_met &= met
                found[:, column] = all_met & ~reached[:, column]
            if (before == found).all():
                break
        return found

    def _asking(self, variant: int) -> dict[int, list[int]]:
        """Return, for each column but the goal that others wait for or rely on, those others."""
        if variant not in self._later:
            column, program = self.variants.column, self.variants.programs[variant]
            links, found = links_of(program.plan), dict[int, list[int]]()
            for id, linked in links.items():
                for first in {*linked, *program.tasks[id].relies_on} & links.keys():
                    if first != program.plan.goal:
                        found.setdefault(column[first], []).append(column[id])
            self._later[variant] = found
        return self._later[variant]

    def _asks(self, variant: int, other: int, column: int) -> bool:
        """Whether a milestone needs, or relies on, exactly this one."""
        task = self.variants.task(variant, other)
        return self.variants.ids[column] in (*task.needs, *task.relies_on)
