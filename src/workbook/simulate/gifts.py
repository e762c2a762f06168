"""What a reached milestone or a finished redesign gives: a new economy, and perhaps money."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.law import cents, cents_of
from workbook.outcomes import Ints
from workbook.simulate.book import Book
from workbook.simulate.variants import NONE


def receive(book: Book, lives: Ints, columns: Ints, redesign: bool) -> None:
    """Set new values of the economy from next week on, and draw the funding."""
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
        won = lives[same][book.draws.happens(kind, name, lives[same], funding.chance)]
        off = None if redesign else book.variants.funding_off(variant, column)
        if off is None:
            book.promise(won, cents(funding.amount), funding.lag_weeks)
        else:
            amounts = cents_of(np.maximum(0.0, funding.amount + off[won]))
            book.promise(won, amounts, funding.lag_weeks)


def promised(book: Book) -> None:
    """Draw who gets the money due from before the start; it arrives in its week."""
    everyone = np.arange(book.lives)
    for name, due in book.variants.programs[0].promised:
        won = everyone[book.draws.happens("due", name, everyone, due.chance)]
        book.promise(won, cents(due.amount), due.lag_weeks)


def groups(
    book: Book, lives: Ints, columns: Ints, wanted: NDArray[np.bool_]
) -> Iterator[tuple[Ints, int, int]]:
    """Yield the positions grouped by variant and milestone."""
    places = np.flatnonzero(wanted)
    if not len(places):
        return
    at = book.cell(lives[places], columns[places])
    for cell in sorted(set(at.tolist())):
        yield places[at == cell], *divmod(cell, book.columns)
