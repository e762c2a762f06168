"""A table whose columns are known, and the amounts in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from workbook.amounts import Kind, NumberStyle, Reading, Several, read, style_of
from workbook.amounts.style import headed
from workbook.consistency import shown
from workbook.errors import Fault, Message
from workbook.tables.sheet import Cell, Row, letter_of

BELOW_ONE = re.compile(r"0?([.,])\d")
"""`0.5` and `0,5`: other numbers of the same table have the same decimal sign."""
BY_SEPARATOR = {";": ",", ",": "."}
"""Semicolons separate cells in countries that write 0,5; commas where 0.5 is written."""


@dataclass(frozen=True)
class Column:
    """A column that is known.

    Attributes
    ----------
    place
        Counted from 0.
    header
        Its header, as it is in the table.
    key
        What it means.
    unit
        A unit that the header or a row below it names beside the brackets.
    """

    place: int
    header: str
    key: str
    unit: str = ""

    @property
    def measured_head(self) -> str:
        """The header with its unit where `workbook.amounts` looks for it."""
        named = not self.unit or headed(self.header, NumberStyle()) != NumberStyle()
        return self.header if named else f"{self.header} ({self.unit})"


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    Attributes
    ----------
    source
        What was read, as the user called it.
    columns
        The known columns, in the order of the table.
    rows
        Its rows without titles, units, totals, notes and what is hidden.
    header
        The number of the row that names the columns.
    notes
        How it was read: everything that a careful reader would want to know.
    faults
        What is wrong with the table itself; the caller adds its own and raises all.
    separator
        What separates the cells of a text; empty for a spreadsheet.
    """

    source: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: int
    notes: tuple[Message, ...] = ()
    faults: tuple[Fault, ...] = ()
    separator: str = ""
    days_per_week: int = 7
    _styles: dict[str, NumberStyle] = field(default_factory=dict, repr=False, compare=False)

    def column(self, key: str) -> Column | None:
        """The column of a key; None if the table has no such column."""
        return next((column for column in self.columns if column.key == key), None)

    def cells(self, row: Row) -> Iterator[tuple[Column, Cell]]:
        """The known cells of a row that are not blank."""
        for column in self.columns:
            if not row[column.place].blank:
                yield column, row[column.place]

    def read(
        self,
        column: Column,
        cell: Cell,
        kind: Kind,
        *,
        several: Several = "one",
        currency: str | None = None,
    ) -> Reading:
        """The amount in a cell, read in the way this column is written.

        Parameters
        ----------
        currency
            The currency that is counted in, where it is known: an amount in another is refused.
        """
        style = replace(self.style(column), currency=currency)
        if cell.exact or cell.value is not None:
            style = replace(style, decimal=".", sure=True)
        if cell.notes:  # shown in thousands, and counted as it is
            style = replace(style, times=NumberStyle().times)
        per_week = column.key.endswith("per_week")
        in_currency = kind == "money" and cell.currency
        found = f"{cell.currency} {cell.text}" if in_currency else cell.found
        return read(found, kind, style, several=several, per_week=per_week)

    def style(self, column: Column) -> NumberStyle:
        """How a column writes its numbers: its own figures tell, then those of the others."""
        if column.key not in self._styles:
            found = self._all_found(column)
            self._styles[column.key] = style_of(found, column.measured_head, self._beside)
        return self._styles[column.key]

    def with_notes(self, *notes: Message) -> Self:
        """The same table with these notes before the others."""
        return replace(self, notes=(*notes, *self.notes))

    def counting_days(self, days_per_week: int) -> Self:
        """The same table, a week counted as so many days: 5 where only working days are."""
        return replace(self, days_per_week=days_per_week, _styles={})

    def cell_name(self, row: int, column: Column) -> str:
        """A cell as a spreadsheet calls it, with its header: `C4 (Weeks)`."""
        return f"{letter_of(column.place)}{row} ({shown(column.header)})"

    def _texts(self, column: Column) -> list[str]:
        cells = [row[column.place] for row in self.rows]
        return [cell.text for cell in cells if cell.value is None and not cell.exact]

    def _all_found(self, column: Column) -> list[object]:
        """Yield the content of a column, except texts made from numbers."""
        cells = [row[column.place] for row in self.rows]
        return [cell.found for cell in cells if not cell.exact and not cell.blank]

    @cached_property
    def _beside(self) -> NumberStyle:
        """Return the style of the whole table: its own numbers, then its separator."""
        texts = [text for column in self.columns for text in self._texts(column)]
        decimal = style_of(texts).decimal
        if decimal is None:
            below_one = {found[1] for text in texts if (found := BELOW_ONE.match(text))}
            usual = BY_SEPARATOR.get(self.separator)
            hints = below_one | ({usual} if usual else set())
            decimal = hints.pop() if len(hints) == 1 else None
        return NumberStyle(decimal=decimal, sure=False, days_per_week=self.days_per_week)


def gathered(notes: Sequence[tuple[str, Message]], most: int = 3) -> list[Message]:
    """Notes on cells, each with its cell; of many alike the first ones and how many more.

    Parameters
    ----------
    notes
        The name of a cell and a note on it.
    most
        So many of one kind are shown.
    """
    alike: dict[str, list[tuple[str, Message]]] = {}
    for where, note in notes:
        alike.setdefault(note.template, []).append((where, note))
    messages = []
    for found in alike.values():
        shown_ones = found if len(found) <= most + 1 else found[:most]
        messages += [Message("{where}: {what}", {"where": w, "what": n}) for w, n in shown_ones]
        if len(found) > len(shown_ones):
            template = "… and {n} more cells in the same way"
            messages.append(Message(template, {"n": len(found) - len(shown_ones)}))
    return messages
