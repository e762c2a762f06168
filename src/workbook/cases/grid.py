"""Cells of a table from wherever they come: pasted text, a CSV file, an Excel sheet.

A cell is text, trimmed; a number in a sheet is written out. Nothing in a cell is ever run: a
formula counts as the value that was last computed for it, or as text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from workbook.consistency import shown
from workbook.consistency.names import one_line
from workbook.errors import Fault, InputError, Message
from workbook.letters import letters

MOST_ROWS, MOST_COLUMNS = 1_000, 60
MOST_BYTES, MOST_UNPACKED = 5_000_000, 100_000_000
SEPARATORS = "\t;,，|"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
SHEET_SUFFIXES = (".xlsx", ".xlsm")
TABLE_SUFFIXES = (*TEXT_SUFFIXES, *SHEET_SUFFIXES)

Grid = list[list[str]]


def grid_of_file(path: Path) -> Grid:
    """The cells of a table file; of a workbook with several sheets, those of the first.

    Raises
    ------
    InputError
        Where there is no such file, or nothing readable in it.
    """
    name = shown(str(path))
    try:
        if not path.is_file():
            raise _unreadable(name, "there is no such file; check the name and the folder")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unreadable(name, "this file cannot be opened: {reason}", reason=reason) from None
    if len(data) > MOST_BYTES:
        raise _unreadable(name, "this file is larger than 5 MB; a table of milestones is small")
    if path.suffix.lower() in SHEET_SUFFIXES or data[:4] == b"PK\x03\x04":
        return _sheet(data, name)
    return grid_of_text(_decoded(data, name), name)


def grid_of_text(text: str, name: str = "table") -> Grid:
    """The cells of a text whose columns are parted by tabs, semicolons, commas or bars."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _unreadable(name, "the table is empty; its first row names the columns")
    reader = csv.reader(io.StringIO(text), delimiter=separator_of(text))
    try:
        rows = [[one_line(cell) for cell in row[:MOST_COLUMNS]] for row in reader]
    except csv.Error:
        raise _unreadable(name, "a quotation mark is opened and never closed") from None
    return _bounded(rows, name)


def separator_of(text: str) -> str:
    """What parts the columns: the sign that stands equally often in the first rows."""
    rows = [line for line in text.split("\n") if line.strip()][:10]
    first = Counter(rows[0])
    found = [sign for sign in SEPARATORS if first[sign]]
    even = [sign for sign in found if all(row.count(sign) >= first[sign] for row in rows)]
    return max(even or found, key=lambda sign: first[sign], default=",")


def _decoded(data: bytes, name: str) -> str:
    """Text from bytes, in whatever letters Excel wrote it."""
    text = letters(data)
    if text is None:
        raise _unreadable(name, "this is no text; save the table as CSV (UTF-8) or as .xlsx")
    return text


def _sheet(data: bytes, name: str) -> Grid:
    from openpyxl import load_workbook

    if _unpacked(data) > MOST_UNPACKED:
        raise _unreadable(name, "this file is larger than 5 MB; a table of milestones is small")
    limits = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS}
    try:
        with catch_warnings():
            simplefilter("ignore")  # of looks and extensions that no table needs
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found = book.worksheets[0].iter_rows(values_only=True, **limits)
            rows = [list(map(_cell, row)) for row in found]
            book.close()
    except Exception:  # a damaged or foreign file fails in as many ways as there are readers
        template = "this is no Excel workbook that can be read; save it again as .xlsx"
        raise _unreadable(name, template) from None
    return _bounded(rows, name)


def _unpacked(data: bytes) -> int:
    """How many bytes a packed file says that it holds; 0 where it is none."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except (BadZipFile, ValueError, OSError):
        return 0


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return one_line(value)


def _bounded(rows: Grid, name: str) -> Grid:
    if not any(any(row) for row in rows):
        raise _unreadable(name, "the table is empty; its first row names the columns")
    if len(rows) > MOST_ROWS:
        raise _unreadable(name, "the table has more than {n} rows; a plan needs fewer", n=MOST_ROWS)
    return rows


def _unreadable(name: str, template: str, **values: object) -> InputError:
    return InputError(name, [Fault("", Message(template, values))])


def column_letter(column: int) -> str:
    """The letters of a column, counted from 0, as a spreadsheet names it: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def blank_row(row: Sequence[str]) -> bool:
    """Whether nothing is written in a row."""
    return not any(row)
