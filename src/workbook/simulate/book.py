"""The record of every run, for both methods of simulation, and what runs are given.

Arrays are by run, or (runs, columns) by milestone, in the memory order that suits the method. A run
without a fate is `LIVING`. A reached milestone or a finished redesign gives a new economy, and
perhaps money.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from workbook.law import cents, cents_of
from workbook.outcomes import Floats, Ints
from workbook.plan import Funding
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.tables import NONE
from workbook.simulate.variants import Variants

LIVING = 255


class Book(ABC):
    """Every run: its state, and how it ended. Money in cents, `received` is all income.

    `share` of the company and `debt` (of the founder) are None unless they are followed.
    """

    def __init__(
        self,
        draws: Draws,
        economies: Economies,
        variants: Variants,
        layout: Literal["C", "F"] = "C",
    ) -> None:
        self.draws, self.economies, self.variants = draws, economies, variants
        self.lives, self.columns = draws.lives, len(variants.ids)
        self.rows = self.rows_at_start()
        self.share: Floats | None = None
        self.debt: Ints | None = None
        program = variants.programs[0]
        self.mortal, self.start_cash = program.mortal, program.cash_cents
        self._of_lives()
        self._of_milestones(layout)

    def rows_at_start(self) -> int:
        """Return how many rows the arrays have at first: one for each run."""
        return self.lives

    def _of_lives(self) -> None:
        lives = self.rows
        self.variant = np.zeros(lives, dtype=np.int64)
        self.economy = np.full(lives, self.economies.first, dtype=np.int64)
        self.cash = np.full(lives, self.start_cash, dtype=np.int64)
        self.cash_at_end = self.cash.copy()
        self.received = np.zeros(lives, dtype=np.int64)
        self.spent = np.zeros(lives, dtype=np.int64)
        self.fate = np.full(lives, LIVING, dtype=np.uint8)
        self.end_week = np.zeros(lives, dtype=np.int64)
        self.died_in = np.full(lives, NONE, dtype=np.int64)
        self.owing = np.full(lives, NONE, dtype=np.int64)

    def _of_milestones(self, layout: Literal["C", "F"]) -> None:
        shape = (self.rows, self.columns)
        self.status = np.zeros(shape, dtype=np.uint8, order=layout)
        self.tries = np.zeros(shape, dtype=np.int16, order=layout)
        self.reached_week = np.full(shape, NONE, dtype=np.int16, order=layout)
        self.cash_needed = np.zeros(shape, dtype=np.int64, order=layout)

    def cell(self, lives: Ints, columns: Ints) -> Ints:
        """Return the positions in the tables of these milestones in the variants of these runs."""
        if len(self.variants.programs) == 1:
            return columns
        return self.variant[lives] * self.columns + columns

    def put_in(self, lives: Ints, cash: Ints) -> Ints:
        """Return the money invested so far: start cash and income minus the cash in hand."""
        return np.asarray(np.maximum(0, self.received[lives] + self.start_cash - cash))

    def change(self, lives: Ints, causes: Ints) -> None:
        """Switch these runs (each once) to the economy that the cause leads to."""
        self.economy[lives] = self.economies.after(self.economy[lives], causes)

    def run_of(self, lives: Ints) -> Ints:
        """Return a run of each row."""
        return lives

    def part(self, use: str, lives: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Part plays whose plans differ in a figure of these milestones that is about to be used.

        Returns all rows there are now of these, and their milestones. Here every row is of one
        plan.
        """
        return lives, columns

    def part_by_cash(
        self, lives: Ints, needed: Ints, *, one_by_one: bool = False
    ) -> tuple[Ints, Ints | slice]:
        """Let plays that have this much cash leave those that have less; here all have the same.

        Returns all rows there are now of these, and their positions before. `one_by_one`: those
        that have less part, too.
        """
        return lives, slice(None)

    @abstractmethod
    def happens(self, kind: str, name: str, lives: Ints, chance: float | Floats) -> Ints:
        """Draw an event; return where it happens."""

    @abstractmethod
    def promise(
        self, lives: Ints, amount: int | Ints, lag_weeks: int, terms: Funding | None = None
    ) -> None:
        """Promise a payment to these runs after a lag, and its terms where they matter."""


def receive(book: Book, lives: Ints, columns: Ints, redesign: bool) -> None:
    """Set new values of the economy from next week on, and draw the funding."""
    lives, columns = book.part("redesign_gives" if redesign else "gives", lives, columns)
    tables, at = book.variants.tables, book.cell(lives, columns)
    causes = (tables.redesign_gives if redesign else tables.gives).ravel()[at]
    given = causes != NONE
    if not given.any():
        return
    lives, columns, causes, at = lives[given], columns[given], causes[given], at[given]
    book.change(lives, causes)
    funded = (tables.redesign_funded if redesign else tables.funded).ravel()[at]
    kind = "redesign-funding" if redesign else "funding"
    for same, variant, column in groups(book, lives, columns, funded):
        funding = book.variants.funding(variant, column, redesign)
        name = book.variants.ids[column]
        won = book.happens(kind, name, lives[same], funding.chance)
        off = None if redesign else book.variants.funding_off(variant, column)
        if off is None:
            book.promise(won, cents(funding.amount), funding.lag_weeks, funding)
        else:
            amounts = cents_of(np.maximum(0.0, funding.amount + off[book.run_of(won)]))
            book.promise(won, amounts, funding.lag_weeks, funding)


def promised(book: Book) -> None:
    """Draw who gets the money due from before the start; it arrives in its week."""
    for name, due in book.variants.programs[0].promised:
        won = book.happens("due", name, np.arange(book.rows), due.chance)
        book.promise(won, cents(due.amount), due.lag_weeks, due)


def groups(
    book: Book, lives: Ints, columns: Ints, wanted: NDArray[np.bool_]
) -> Iterator[tuple[Ints, int, int]]:
    """Yield the positions grouped by variant and milestone."""
    places = np.flatnonzero(wanted)
    if not len(places):
        return
    at = book.cell(lives[places], columns[places])
    for cell in np.bincount(at.astype(np.intp, copy=False)).nonzero()[0].tolist():
        yield places[at == cell], *divmod(cell, book.columns)
