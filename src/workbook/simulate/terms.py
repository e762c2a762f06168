"""The terms of work: its price, its length, and whether there are hours for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.simulate.book import Book
from workbook.simulate.ranges import NO_RANGE
from workbook.simulate.variants import NONE


def prices(book: Book, lives: Ints, columns: Ints, mends: Ints) -> Ints:
    """Return the price of starting now: an attempt by all its teams, or the redesign due."""
    tables, at = book.variants.tables, book.cell(lives, columns)
    price = tables.cost.ravel()[at]
    if book.variants.has_ranges:
        some, amount = drawn(book, lives, columns, tables.cost_draw.ravel()[at])
        cost = np.rint(amount * 100).astype(np.int64)
        price[some] = cost * tables.teams_racing.ravel()[at[some]]
    if book.variants.has_hypotheses and (mending := mends != NONE).any():
        owed = book.cell(lives[mending], mends[mending])
        price[mending] = tables.redesign_cost.ravel()[owed]
    return price


def lengths(book: Book, lives: Ints, columns: Ints, mends: Ints) -> Ints:
    """Return the length in weeks: by the calendar, or by the free hours."""
    tables, at = book.variants.tables, book.cell(lives, columns)
    length = tables.length.ravel()[at]
    if not (book.variants.has_ranges or book.variants.has_hours or book.variants.has_hypotheses):
        return length
    hours = tables.hours.ravel()[at]
    if book.variants.has_ranges:
        some, value = drawn(book, lives, columns, tables.length_draw.ravel()[at])
        length[some] = np.maximum(1, np.floor(value + 0.5)).astype(np.int64)
        hours[some] = np.where(np.isnan(hours[some]), np.nan, value)
    if book.variants.has_hours and (counted := ~np.isnan(hours) & (mends == NONE)).any():
        free = book.economies.free_hours[book.economy[lives[counted]]]
        weeks = np.ceil(hours[counted] / free - 1e-9)
        length[counted] = np.maximum(1, weeks).astype(np.int64)
    if book.variants.has_hypotheses and (mending := mends != NONE).any():
        owed = book.cell(lives[mending], mends[mending])
        length[mending] = tables.redesign_length.ravel()[owed]
    return length


def drawn(book: Book, lives: Ints, columns: Ints, ranges: Ints) -> tuple[Ints, Floats]:
    """Positions at which a range stands, and what their next attempts draw of it."""
    some = np.flatnonzero(ranges != NO_RANGE)
    made = book.tries[lives[some], columns[some]].astype(np.int64)
    return some, book.variants.ranges.values(ranges[some], made, lives[some])


def out_of_hours(book: Book, lives: Ints, columns: Ints, mends: Ints) -> NDArray[np.bool_]:
    """Return where an attempt counted in hours finds no free hours this week."""
    counted = ~np.isnan(book.variants.tables.hours.ravel()[book.cell(lives, columns)])
    none_left = book.economies.free_hours[book.economy[lives]] <= 0
    return np.asarray(counted & none_left & (mends == NONE))
