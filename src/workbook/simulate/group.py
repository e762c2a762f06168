"""Runs at the same milestone in different weeks, with their figures there."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.outcomes import Ints
from workbook.simulate.draws import Bools


@dataclass(slots=True)
class Group:
    """Arrays by run of the group: `lives` are run numbers, each at the end of its `week`.

    Money in cents: `cash` now, weekly `net` while they are here, `price` of an attempt, which takes
    `length` weeks. `until` is the week at whose end the next decision falls; `left` how many
    attempts fail until one passes (`passes`) or the milestone is used up.
    """

    column: int
    lives: Ints
    week: Ints
    cash: Ints
    net: Ints
    until: Ints
    left: Ints
    passes: Bools
    price: int = 0
    length: int = 0

    def __len__(self) -> int:
        return len(self.lives)

    def only(self, places: Ints) -> Group:
        """Return the runs at these positions of the group."""
        return Group(
            self.column,
            self.lives[places],
            self.week[places],
            self.cash[places],
            self.net[places],
            self.until[places] if len(self.until) else self.until,
            self.left[places] if len(self.left) else self.left,
            self.passes[places] if len(self.passes) else self.passes,
            self.price,
            self.length,
        )

    def leaving(self, places: Ints) -> Group:
        """Remove the runs at these positions, which have nothing more to do here."""
        none = self.lives[:0]
        lives, week, cash = self.lives[places], self.week[places], self.cash[places]
        return Group(self.column, lives, week, cash, none, none, none, none > 0)
