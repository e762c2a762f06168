"""The cells of a table as they are in a file, and the notes and faults gathered on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from workbook.consistency import shown
from workbook.consistency.names import one_line
from workbook.errors import Fault, InputError, Message

ERROR_VALUES = (
    "#REF!|#N/A|#DIV/0!|#VALUE!|#NAME?|#NUM!|#NULL!|#SPILL!|#CALC!|#GETTING_DATA"
    "|#BEZUG!|#WERT!|#ZAHL!|#NV"
)
ERRORS = frozenset(ERROR_VALUES.split("|"))
"""The content of a cell whose formula has failed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes
    ----------
    text
        What a person sees, on one line, without spaces around it; a number is written out.
    value
        The number, date or duration that a spreadsheet holds; None where it holds text.
    trouble
        Why the cell cannot be used: a formula without a value, for example.
    notes
        What to note when it is used: how a scaled number format made it look.
    exact
        Whether the text was made of a number, with a decimal point.
    """

    text: str = ""
    value: float | date | timedelta | None = None
    trouble: Message | None = None
    notes: tuple[Message, ...] = ()
    exact: bool = False

    @property
    def found(self) -> str | float | date | timedelta:
        """The value where there is one, else the text."""
        return self.text if self.value is None else self.value

    @property
    def blank(self) -> bool:
        """Whether it is empty."""
        return not self.text and self.trouble is None


EMPTY = Cell()
MOST_NAMED = 4


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number in the file, counted from 1, and its cells."""

    number: int
    cells: Mapping[int, Cell]

    def __getitem__(self, column: int) -> Cell:
        return self.cells.get(column, EMPTY)

    @property
    def filled(self) -> list[Cell]:
        """The cells that are not empty, from left to right."""
        return [self.cells[column] for column in sorted(self.cells) if not self[column].blank]

    @property
    def texts(self) -> list[str]:
        """Their texts."""
        return [cell.text for cell in self.filled]


@dataclass(frozen=True)
class Merge:
    """Merged cells: rows counted from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet or text file that are not empty.

    Attributes
    ----------
    notes
        What was decided on the way: the sheet that was chosen, rows that are hidden.
    separator
        What separates the cells of a text; empty for a spreadsheet.
    merges
        The merged cells of a spreadsheet; their content is in the first of them.
    name
        What a sheet of a workbook is called.
    """

    rows: tuple[Row, ...]
    notes: tuple[Message, ...] = ()
    separator: str = ""
    merges: tuple[Merge, ...] = ()
    name: str = ""


def text_cell(text: object) -> Cell:
    """Return the cell of a text; a spreadsheet's error value is a trouble."""
    line = one_line(text)
    return Cell(line, trouble=error_value(line) if line in ERRORS else None)


def error_value(found: str) -> Message:
    """Return the message about a formula that failed."""
    template = "this cell holds the error {found}; mend its formula, or write the value"
    return Message(template, {"found": found})


def rows_of(numbered: Iterable[tuple[int, Mapping[int, Cell]]]) -> Iterator[Row]:
    """Return the rows that are not empty, with the cells that are not empty."""
    for number, cells in numbered:
        kept = {column: cell for column, cell in cells.items() if not cell.blank}
        if kept:
            yield Row(number, kept)


def letter_of(column: int) -> str:
    """Return the letters of a column, counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def refused(source: str, template: str, *, line: int | None = None, **values: object) -> InputError:
    """Return the error for a table that cannot be read at all."""
    return InputError(source, [Fault("", Message(template, values), line)])


@dataclass
class Findings:
    """Notes and faults, in the order in which they were found."""

    notes: list[Message] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def note(self, message: Message, **values: object) -> None:
        """Record how something was read; row numbers are not grouped in thousands."""
        self.notes.append(_filled(message, values))

    def fault(self, path: str, row: int, message: Message, **values: object) -> None:
        """Record what cannot be read, with its row."""
        self.faults.append(Fault(path, _filled(message, values), row))


def _filled(message: Message, values: Mapping[str, object]) -> Message:
    told = {key: str(one) if isinstance(one, int) else one for key, one in values.items()}
    return Message(message.template, told)


def some(items: Iterable[str]) -> list[str]:
    """The first of several texts in quotes, each short; `…` for the rest."""
    found = [f"“{shown(item)}”" for item in dict.fromkeys(items)]
    return [*found[:MOST_NAMED], "…"] if len(found) > MOST_NAMED else found
