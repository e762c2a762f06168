"""Shared conditions: in which runs they hold, and their effect on pass rates."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.plan import Plan
from workbook.simulate.book import Book
from workbook.simulate.draws import Draws
from workbook.simulate.gifts import groups


class Conditions:
    """The conditions of a plan, by run; drawn once per run, whatever options it takes."""

    def __init__(self, plan: Plan, draws: Draws) -> None:
        self.plan, self.draws = plan, draws
        self.of = {
            id: [n for n, one in enumerate(plan.conditions) if id in one.milestones]
            for one in plan.conditions
            for id in one.milestones
        }

    @cached_property
    def fails(self) -> NDArray[np.bool_]:
        """Shape (conditions, runs): where a condition does not hold."""
        found = [
            self.draws.uniforms("condition", one.id) >= one.chance for one in self.plan.conditions
        ]
        return np.array(found)

    def lessen(self, book: Book, lives: Ints, columns: Ints, rate: Floats) -> None:
        """Set the rates, after a race, of attempts whose conditions do not hold (in place)."""
        shared = np.array([id in self.of for id in book.variants.ids])
        for same, variant, column in groups(book, lives, columns, shared[columns]):
            task = book.variants.task(variant, column)
            conditions, mine = self.of[task.id], lives[same]
            failing = self.fails[conditions][:, mine]
            tries = np.minimum(book.tries[mine, column], len(task.chances)) - 1
            for kind in np.unique(np.vstack([failing, tries]), axis=1).T.tolist():
                factor = 1.0
                for n, fails in zip(conditions, kind[:-1], strict=True):
                    factor *= self.plan.conditions[n].pass_rate_factor if fails else 1.0
                here = (kind == np.vstack([failing, tries]).T).all(axis=1)
                if factor != 1.0:
                    rate[same[here]] = task.chance(int(kind[-1]), factor)
