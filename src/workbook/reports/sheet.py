"""The cells of a class file, CSV or Excel, as text: nothing is guessed, nothing is run.

A CSV may come from any Excel (see letters.py), with commas, semicolons or tabs. In a workbook of
Excel the first sheet counts; a formula counts by the value that Excel last found, and one that no
program has worked out yet is a fault: its empty cell would mean something else.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from workbook.errors import Fault, InputError, fault
from workbook.letters import letters

MOST_ROWS = 5_000
MOST_BYTES, MOST_UNPACKED = 20_000_000, 200_000_000
SEPARATORS = ",;\t"
SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which Excel itself is told the separator."""
NOTE = "#"
EXCEL = (".xlsx", ".xlsm")

Lines = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Sheet:
    """A class file's cells.

    Attributes
    ----------
    heads
        Names of the columns; notes, which begin with `#`, are left out.
    rows
        The line that a row begins in, as the program that wrote the file counts them, and its
        cells by column.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_sheet(path: Path, column: str) -> Sheet:
    """Read a class file.

    Parameters
    ----------
    column
        A column that every class file has: it tells the row of names from a title above it.

    Raises
    ------
    InputError
        Where it cannot be read as a table, or a row has more cells than there are columns.
    """
    data = _bytes(path)
    lines = _excel(path, data) if path.suffix.lower() in EXCEL else _csv(path, data)
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise _unreadable(path, "the class file is empty; its first row names the columns")
    if len(lines) > MOST_ROWS + 1:
        raise _unreadable(path, "more than {most} rows; split the class file", most=MOST_ROWS)
    if column not in lines[0][1]:
        for number, cells in lines[1:]:
            if column in cells:
                template = "the columns are named in this row; take away the rows above it"
                raise InputError(str(path), [_at(number, fault("", template))])
    return _sheet(path, lines)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unreadable(path, "this file cannot be opened: {reason}", reason=reason) from None
    if len(data) > MOST_BYTES:
        raise _unreadable(path, "larger than 20 MB; a class file is a few pages")
    return data


def _unreadable(path: Path, template: str, **values: object) -> InputError:
    return InputError(str(path), [fault("", template, **values)])


def _sheet(path: Path, lines: Lines) -> Sheet:
    (first, heads), *rest = lines
    template = "this row has more cells than there are columns; put quotes around a comma"
    long = [n for n, cells in rest if any(cells[len(heads) :])]
    blank = [
        column
        for column, head in enumerate(heads)
        if not head
        and any(cells[column : column + 1] != [""] for _, cells in rest if cells[column:])
    ]
    faults = [_at(number, fault("", template)) for number in long]
    template = "a column with cells has no name; write one in the first row"
    if blank:
        faults.append(_at(first, fault("", template)))
    if faults:
        raise InputError(str(path), faults)
    named = [(n, head) for n, head in enumerate(heads) if head and not head.startswith(NOTE)]
    rows = tuple(
        (number, {head: cells[n] if n < len(cells) else "" for n, head in named})
        for number, cells in rest
    )
    return Sheet(tuple(head for _, head in named), rows)


def _at(line: int, found: Fault) -> Fault:
    return replace(found, line=line)


def _csv(path: Path, data: bytes) -> Lines:
    text = letters(data)
    if text is None:
        raise _unreadable(path, "this is no text; save the table as CSV in UTF-8, or as .xlsx")
    told = SEP.match(text)
    head = text.partition("\n")[0]
    separator = told[1] if told else max(SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: Lines = []
    begins = 1
    try:
        for cells in reader:
            lines.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        template = "this row cannot be read ({reason}); look for a quote that is not closed"
        raise InputError(str(path), [_at(begins, fault("", template, reason=str(error)))]) from None
    return lines[1:] if told else lines


def _excel(path: Path, data: bytes) -> Lines:
    try:
        if _unpacked(data) > MOST_UNPACKED:
            raise _unreadable(path, "larger than 20 MB; a class file is a few pages")
        shown, written = (list(_cells(data, values=values)) for values in (True, False))
    except InputError:
        raise
    except Exception:  # a damaged or foreign file fails in as many ways as there are readers
        template = "this is no workbook of Excel; save the table as .xlsx or as CSV"
        raise _unreadable(path, template) from None
    template = "this formula has no value yet; open the file in Excel, save it, try again"
    faults = [
        _at(number, fault(head, template))
        for number, (row, formulas) in enumerate(zip(shown, written, strict=False), start=1)
        for head in _open(map(_told, shown[0]), row, formulas)
    ]
    if faults:
        raise InputError(str(path), faults)
    return [(n, [_told(value) for value in row]) for n, row in enumerate(shown, start=1)]


def _unpacked(data: bytes) -> int:
    """How many bytes a packed file says that it holds; 0 where it is none."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except (BadZipFile, ValueError, OSError):
        return 0


def _cells(data: bytes, *, values: bool) -> Iterator[Sequence[object]]:
    """The rows of the first sheet: what its formulas came to, or the formulas themselves."""
    from warnings import catch_warnings, simplefilter

    from openpyxl import load_workbook

    with catch_warnings():
        simplefilter("ignore")  # of looks and extensions that no class file needs
        book: Any = load_workbook(BytesIO(data), read_only=True, data_only=values)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write them wrong
        filled = 0
        for row in sheet.iter_rows(values_only=True):
            yield row
            filled += any(cell is not None for cell in row)
            if filled > MOST_ROWS + 1:
                break
        book.close()


def _open(heads: Iterable[str], row: Sequence[object], formulas: Sequence[object]) -> Iterator[str]:
    """The columns of a row in which a formula stands that nobody has worked out."""
    for head, value, formula in zip(heads, row, formulas, strict=False):
        if value is None and str(formula).startswith("=") and not head.startswith(NOTE):
            yield head


def _told(value: object) -> str:
    """A cell of Excel as text, the way it looks there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return (
            value.isoformat().removesuffix(":00") if isinstance(value, time) else value.isoformat()
        )
    return str(value).strip()
