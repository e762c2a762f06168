"""The economies that occur in the runs, each with a number.

Thousands of runs share a few states of the business. A run stores the number of its economy; what a
milestone gives, or a fork's option changes, leads from one number to another, and the change itself
is always computed by `law.Economy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from workbook.law import MOVING, Economy
from workbook.law.calendar import average_cents, due_cents
from workbook.law.people import payroll_cents
from workbook.outcomes import Floats, Ints
from workbook.plan import SOLD, Bill, Gives, Option, Role

Step = Callable[[Economy], Economy]
Change = float | str
NOTHING = 0
"""The economy of an ended run: no income, no expenses."""

APART = ("measures", "bills", "roles", "founders", "season", "factors")
FIGURES = tuple(field.name for field in fields(Economy) if field.name not in APART)


def change_by(part: Gives | Option, name: str) -> Change | None:
    """What a milestone's gift or an option does to a figure, or to the amount of a bill."""
    if name.startswith("bills."):
        return part.bills.get(name.removeprefix("bills."))
    if name.startswith("roles."):
        return None  # what is drawn is the pay; headcounts are known
    holder: Any = part.sales if isinstance(part, Option) and name in SOLD else part
    change: Change | None = None if holder is None else getattr(holder, name)
    return change


class Economies:
    """All economies so far; number 0 is `NOTHING`, number 1 the one at the start."""

    burn: Ints
    sales: Ints
    pay: Ints
    net: Ints
    to_cover: Ints

    def __init__(self, first: Economy, followed: Iterable[str] = MOVING) -> None:
        self._known: list[Economy] = []
        self._figures: list[tuple[int, int, int, int]] = []
        self._free_hours: list[float] = []
        self._paid: list[tuple[tuple[Bill, ...], tuple[Role, ...]]] = []
        self._paid_as: list[int] = []
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._steps: list[Step] = []
        self._changes: dict[str, dict[int, Change]] = {name: {} for name in followed}
        self._off: dict[tuple[str, int], str] = {}
        self._next: Ints = np.full((0, 0), -1, dtype=np.int64)
        self._known.append(Economy())
        self.has_bills = bool(first.bills or first.roles)
        self.first = self.number(first)
        self._tabulate()

    def __len__(self) -> int:
        return len(self._known)

    def known(self, number: int) -> Economy:
        """Return the economy of a number."""
        return self._known[number]

    @property
    def followed(self) -> tuple[str, ...]:
        """Figures that are known life by life: those that move by themselves or have a range."""
        return tuple(self._changes)

    def cause(self, step: Step, part: Gives | Option, off: Mapping[str, str] | None = None) -> int:
        """Announce something that can change an economy; its number is for `after`.

        `part` is the part of the plan that says so: what it does to a figure that is followed life
        by life is asked of `changes`; the paths of figures that have a range, of `off`.
        """
        number = len(self._steps)
        self._steps.append(step)
        for name, changes in self._changes.items():
            if (change := change_by(part, name)) is not None:
                changes[number] = change
        self._off |= {(name, number): path for name, path in (off or {}).items()}
        return number

    def changes(self, name: str) -> Mapping[int, Change]:
        """What each cause that changes a figure which is followed life by life makes of it."""
        return self._changes[name]

    def off(self, name: str, cause: int) -> str | None:
        """Return the path of the range of a figure that a cause sets; None if it has none."""
        return self._off.get((name, cause))

    def after(self, before: Ints, causes: Ints) -> Ints:
        """Return the numbers of the economies after these causes; both of the same length."""
        self._make_room()
        columns = self._next.shape[1]
        cells = before * columns + causes
        after = self._next.ravel()[cells]
        if (unknown := after < 0).any():
            for cell in np.unique(cells[unknown]).tolist():
                old, cause = divmod(cell, columns)
                self._next[old, cause] = self.number(self._steps[cause](self._known[old]))
            after = self._next.ravel()[cells]
            self._tabulate()
        return np.asarray(after)

    def figures(self, name: str) -> Floats:
        """Return one figure of every economy, in the order of their numbers."""
        return np.array([getattr(economy, name) for economy in self._known], dtype=float)

    def headcounts(self, id: str) -> Floats:
        """Return the headcount of a role in every economy, in the order of their numbers."""
        return np.array(
            [next((r.headcount for r in e.roles if r.id == id), 0.0) for e in self._known]
        )

    def measures(self, name: str) -> Floats:
        """Return one of the plan's measures in every economy, in the order of their numbers."""
        return np.array([e.measures.get(name, 0.0) for e in self._known], dtype=float)

    def bills_in(self, week: int) -> Ints:
        """What separate bills and salaries take of a week in every economy, in cents; but for those
        that are followed life by life.
        """
        for economy in self._known[len(self._paid_as) :]:
            paid = self.known_bills(economy), self.known_roles(economy)
            if paid not in self._paid:
                self._paid.append(paid)
            self._paid_as.append(self._paid.index(paid))
        each = [due_cents(bills, week) + payroll_cents(roles, week) for bills, roles in self._paid]
        return np.array(each, dtype=np.int64)[self._paid_as]

    def known_bills(self, economy: Economy) -> tuple[Bill, ...]:
        """The bills whose amounts are the same in every life of an economy."""
        return tuple(bill for bill in economy.bills if f"bills.{bill.id}" not in self._changes)

    def known_roles(self, economy: Economy) -> tuple[Role, ...]:
        """The roles whose pay is the same in every life."""
        return tuple(role for role in economy.roles if f"roles.{role.id}" not in self._changes)

    def add(self, economy: Economy) -> int:
        """Return the number of another economy to start from."""
        number = self.number(economy)
        self._tabulate()
        return number

    def number(self, economy: Economy) -> int:
        """Return the number of an economy, a new one if it has none."""
        key = (
            *(getattr(economy, name) for name in FIGURES),
            *economy.measures.values(),
            *economy.bills,
            *economy.roles,
            *economy.founders,
        )
        if key not in self._numbers:
            self._numbers[key] = len(self._known)
            self._known.append(economy)
        return self._numbers[key]

    def _tabulate(self) -> None:
        """Follow the economies that have been added."""
        for e in self._known[len(self._figures) :]:
            bills = average_cents(self.known_bills(e)) + payroll_cents(self.known_roles(e))
            self._figures.append((e.burn_cents, e.sales_cents, e.pay_cents, bills))
            self._free_hours.append(e.free_hours)
        figures: Ints = np.array(self._figures, dtype=np.int64).T.copy()
        self.burn, self.sales, self.pay, bills = figures
        self.net, self.to_cover = self.sales - self.burn + self.pay, self.burn + bills
        self.breaks_even = self.sales >= self.to_cover
        self.free_hours = np.array(self._free_hours)

    def _make_room(self) -> None:
        rows, columns = self._next.shape
        if rows >= len(self._known) and columns >= len(self._steps):
            return
        wider = np.full((2 * len(self._known), 2 * len(self._steps)), -1, dtype=np.int64)
        wider[:rows, :columns] = self._next
        self._next = wider
