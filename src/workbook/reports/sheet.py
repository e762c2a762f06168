"""The cells of a class file, CSV or Excel, as text: nothing is guessed, nothing is run.

A CSV may come from Excel on a Chinese Windows (GB18030) as well as in UTF-8, with commas,
semicolons or tabs. In a workbook of Excel the first sheet counts; a formula counts by the value
that Excel last found.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path

from workbook.errors import Fault, InputError, fault

MOST_ROWS = 5_000
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",;\t"
NOTE = "#"

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


def read_sheet(path: Path) -> Sheet:
    """Read a class file.

    Raises
    ------
    InputError
        Where it cannot be read as a table, or a row has more cells than there are columns.
    """
    try:
        lines = _excel(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = fault("", "this file cannot be opened: {reason}", reason=reason)
        raise InputError(str(path), [problem]) from None
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        empty = fault("", "the class file is empty; its first row names the columns")
        raise InputError(str(path), [empty])
    if len(lines) > MOST_ROWS + 1:
        many = fault("", "more than {most} rows; split the class file", most=MOST_ROWS)
        raise InputError(str(path), [many])
    return _sheet(path, lines)


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


def _csv(path: Path) -> Lines:
    data = path.read_bytes()
    text = next((t for t in (_decoded(data, code) for code in ENCODINGS) if t is not None), None)
    if text is None or "\0" in text:
        odd = fault("", "this is no text; save the table as CSV in UTF-8, or as .xlsx")
        raise InputError(str(path), [odd])
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    lines: Lines = []
    begins = 1
    try:
        for cells in reader:
            lines.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        template = "this row cannot be read ({reason}); look for a quote that is not closed"
        raise InputError(str(path), [_at(begins, fault("", template, reason=str(error)))]) from None
    return lines


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _excel(path: Path) -> Lines:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        odd = fault("", "this is no workbook of Excel; save the table as .xlsx or as CSV")
        raise InputError(str(path), [odd]) from None
    try:
        rows: Iterable[Sequence[object]] = book.worksheets[0].iter_rows(values_only=True)
        return [(n, [_told(value) for value in row]) for n, row in enumerate(rows, start=1)]
    finally:
        book.close()


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
