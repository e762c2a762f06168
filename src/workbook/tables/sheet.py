"""The cells of a table as they are in a file, and the notes and faults gathered on the way.

Text becomes a sheet by its separator: commas, semicolons, tabs or bars.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from itertools import islice

from workbook.consistency import shown
from workbook.consistency.faults import one_line
from workbook.errors import N_, Fault, InputError, Message

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
    problem
        Why the cell cannot be used: a formula without a value, for example.
    notes
        What to note when it is used: how a scaled number format made it look.
    exact
        Whether the text was made of a number, with a decimal point.
    currency
        The currency that its number format shows; empty without one.
    """

    text: str = ""
    value: float | date | timedelta | None = None
    problem: Message | None = None
    notes: tuple[Message, ...] = ()
    exact: bool = False
    currency: str = ""

    @property
    def found(self) -> str | float | date | timedelta:
        """The value where there is one, else the text."""
        return self.text if self.value is None else self.value

    @property
    def blank(self) -> bool:
        """Whether it is empty."""
        return not self.text and self.problem is None


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


SOFT_BREAK = re.compile("[\v\f]")
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters that change nothing that a person reads; a joiner is part of a letter or an emoji."""


def text_cell(text: object) -> Cell:
    """Return the cell of a text; a spreadsheet's error value is a problem."""
    line = one_line(UNSEEN.sub("", SOFT_BREAK.sub(" ", str(text))))
    return Cell(line, problem=error_value(line) if line in ERRORS else None)


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
    texts = {key: str(one) if isinstance(one, int) else one for key, one in values.items()}
    return Message(message.template, texts)


def some(items: Iterable[str], most: int = MOST_NAMED) -> list[str]:
    """The first of several texts in quotes, each short; `…` for the rest."""
    found = [f"“{shown(item)}”" for item in dict.fromkeys(items)]
    return [*found[:most], "…"] if len(found) > most else found


SEPARATORS = ",;\t|，"
SEP_LINE = re.compile(r"\"?sep=(.)\"?[,;\t]*\r?\n", re.IGNORECASE)
"""The first line in which Excel itself is given the separator."""
RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
"""The second line of a table in Markdown: dashes under each header."""
GAP = re.compile(r"\s{2,}")
"""Between the columns of a table that is aligned with spaces."""
UNMERGED = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
UNMERGED_TEXT = N_(
    "two versions of this file are in it since a merge ({mark}); keep one, and take out the marks"
)
LOOKED_AT = 30
MOST_FITTED = 100
"""So many cells of a row are compared with the known headers."""

Fits = Callable[[Sequence[str]], int]
"""How many cells of a row are headers that are known."""


def delimited(text: str, name: str, fits: Fits) -> Sheet:
    """The rows of a text; each counts from the line it begins in.

    Parameters
    ----------
    fits
        Tells how many cells of a row are known headers: the separator that yields most is taken.

    Raises
    ------
    InputError
        Where a quotation mark is never closed, or a cell is longer than any can be.
    """
    if (bars := _markdown(text)) is not None:
        return Sheet(tuple(rows_of(bars)), separator="|")
    if (found := UNMERGED.search(text)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise refused(name, UNMERGED_TEXT, line=line, mark=found[1])
    text = _aligned(text, fits)
    declared = SEP_LINE.match(text)
    separator = declared[1] if declared else separator_of(text, fits)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    numbered: list[tuple[int, Mapping[int, Cell]]] = []
    begins = 1
    try:
        for cells in reader:
            numbered.append((begins, dict(enumerate(map(text_cell, cells)))))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unclosed(name, begins, error) from None
    return Sheet(tuple(rows_of(numbered[1:] if declared else numbered)), separator=separator)


def _aligned(text: str, fits: Fits) -> str:
    """The text with tabs between its columns, where only runs of spaces part them."""
    lines = text.splitlines()[:LOOKED_AT]

    def known(parted: Callable[[str], list[str]]) -> int:
        return max((fits(parted(line)[:MOST_FITTED]) for line in lines), default=0)

    by_spaces = known(lambda line: GAP.split(line.strip()))
    if by_spaces < 2 or by_spaces <= known(lambda line: re.split(f"[{SEPARATORS}]", line)):
        return text
    return "\n".join(GAP.sub("\t", line.strip()) for line in text.splitlines())


def _unclosed(name: str, line: int, error: csv.Error) -> InputError:
    if "field larger" in str(error):
        template = "a cell here is longer than {n} characters; look for a quote that is not closed"
        return refused(name, template, line=line, n=csv.field_size_limit())
    template = 'a quotation mark (") here is not closed, or text stands behind a closed one'
    return refused(name, template, line=line)


def separator_of(text: str, fits: Fits) -> str:
    """Return the separator with most known headers, then the most even rows."""

    def rating(sign: str) -> tuple[int, float, int]:
        try:
            rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=sign), LOOKED_AT))
        except csv.Error:
            return (0, 0.0, 0)
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        split = {width: count for width, count in widths.items() if width > 1}
        even = max(split.values(), default=0) / max(1, sum(widths.values()))
        known = max((fits([cell.strip() for cell in row[:MOST_FITTED]]) for row in rows), default=0)
        return (known, even, max(split, default=0))

    return max(SEPARATORS, key=rating)


def _markdown(text: str) -> list[tuple[int, Mapping[int, Cell]]] | None:
    """The rows of a table drawn with | and dashes; None for any other text."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < 2 or "|" not in lines[1][1] or not RULE.fullmatch(lines[1][1]):
        return None
    return [
        (n, dict(enumerate(map(text_cell, line.removeprefix("|").removesuffix("|").split("|")))))
        for n, line in lines[:1] + lines[2:]
    ]
