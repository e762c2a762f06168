"""The economies that lives have met, each known by a number.

Thousands of lives share a few states of the business. A life carries the number of its economy;
what a milestone gives, or a fork's option changes, leads from one number to another, and the rule
of the change itself is only ever asked of `law.Economy`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields

import numpy as np

from workbook.law import MOVING, Economy
from workbook.outcomes import Floats, Ints
from workbook.plan import Part

Step = Callable[[Economy], Economy]
Change = float | str
NOTHING = 0
"""The economy of a life that is over: nothing comes in, nothing goes out."""

APART = ("measures", "bills", "season")
FIGURES = tuple(field.name for field in fields(Economy) if field.name not in APART)


class Economies:
    """All economies met so far; number 0 is `NOTHING`, number 1 the one at the start."""

    def __init__(self, first: Economy) -> None:
        self._known: list[Economy] = []
        self._numbers: dict[tuple[float, ...], int] = {}
        self._steps: list[Step] = []
        self._changes: dict[str, dict[int, Change]] = {name: {} for name in MOVING}
        self._next: Ints = np.full((0, 0), -1, dtype=np.int64)
        self._known.append(Economy())
        self.has_bills = bool(first.bills)
        self.first = self._number(first)
        self._tabulate()

    def __len__(self) -> int:
        return len(self._known)

    def known(self, number: int) -> Economy:
        """The economy of a number."""
        return self._known[number]

    def cause(self, step: Step, part: Part | None) -> int:
        """Announce something that can change an economy; its number is for `after`.

        `part` is the part of the plan that says so: what it does to a figure that moves by itself
        is asked of `changes`.
        """
        number = len(self._steps)
        self._steps.append(step)
        for name, changes in self._changes.items():
            change = None if part is None else getattr(part, name)
            if change is not None:
                changes[number] = change
        return number

    def changes(self, name: str) -> Mapping[int, Change]:
        """What each cause that changes a figure which moves by itself makes of it."""
        return self._changes[name]

    def after(self, before: Ints, causes: Ints) -> Ints:
        """The economies' numbers once each has met its cause; both of the same length."""
        self._make_room()
        columns = self._next.shape[1]
        cells = before * columns + causes
        after = self._next.ravel()[cells]
        if (unknown := after < 0).any():
            for cell in np.unique(cells[unknown]).tolist():
                old, cause = divmod(cell, columns)
                self._next[old, cause] = self._number(self._steps[cause](self._known[old]))
            after = self._next.ravel()[cells]
            self._tabulate()
        return np.asarray(after)

    def figures(self, name: str) -> Floats:
        """One figure of every economy, in the order of their numbers."""
        return np.array([getattr(economy, name) for economy in self._known], dtype=float)

    def measures(self, name: str) -> Floats:
        """One of the plan's measures in every economy, in the order of their numbers."""
        return np.array([e.measures.get(name, 0.0) for e in self._known], dtype=float)

    def bills_in(self, week: int) -> Ints:
        """What bills of their own take of a week in every economy, in cents."""
        return np.array([economy.bills_cents(week) for economy in self._known], dtype=np.int64)

    def _number(self, economy: Economy) -> int:
        key = (
            *(getattr(economy, name) for name in FIGURES),
            *economy.measures.values(),
            *(bill.amount for bill in economy.bills),
        )
        if key not in self._numbers:
            self._numbers[key] = len(self._known)
            self._known.append(economy)
        return self._numbers[key]

    def _tabulate(self) -> None:
        self.burn = np.array([e.burn_cents for e in self._known], dtype=np.int64)
        self.sales = np.array([e.sales_cents for e in self._known], dtype=np.int64)
        self.net = np.array([e.net_cents for e in self._known], dtype=np.int64)
        self.free_hours = np.array([e.free_hours for e in self._known])
        self.breaks_even = np.array([e.breaks_even for e in self._known])
        average = [e.burn_cents + e.average_bills_cents for e in self._known]
        self.to_cover = np.array(average, dtype=np.int64)

    def _make_room(self) -> None:
        rows, columns = self._next.shape
        if rows >= len(self._known) and columns >= len(self._steps):
            return
        wider = np.full((2 * len(self._known), 2 * len(self._steps)), -1, dtype=np.int64)
        wider[:rows, :columns] = self._next
        self._next = wider
