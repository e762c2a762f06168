"""From a file or a pasted text to a table with known columns, with all decisions as notes.

bytes ─files→ ─encoding→ text ─delimited→ ┐
└────── excel ────────────→ Sheet ─layout→ Table

Everything that reads tables uses this module, so that all treat the same table alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from workbook.consistency import shown
from workbook.errors import InputError, Message
from workbook.tables.delimited import delimited
from workbook.tables.encoding import decoded, known_encoding, torn_utf8
from workbook.tables.excel import ExcelFile
from workbook.tables.files import EXCEL_SUFFIXES, ZIP, bytes_of
from workbook.tables.header import LOOKED_AT
from workbook.tables.headings import Headings
from workbook.tables.layout import table_of
from workbook.tables.sheet import Sheet, refused
from workbook.tables.table import Table

MOST_ROWS = 5_000


def read_table(
    path: str | PathLike[str],
    headings: Headings,
    *,
    encoding: str | None = None,
    most_rows: int = MOST_ROWS,
) -> Table:
    """Read a `.csv`, `.tsv`, `.txt`, `.xlsx` or `.xlsm` file.

    Parameters
    ----------
    headings
        The columns that the table may have.
    encoding
        The encoding of a text file, where the user names one.
    most_rows
        A table of more rows is refused.

    Raises
    ------
    InputError
        If there is no table to read. What is wrong inside a table is in `Table.faults`.
    """
    file, name = Path(path), shown(str(path))
    data = bytes_of(file)
    if data.startswith(ZIP) or file.suffix.lower() in EXCEL_SUFFIXES:
        sheet = _chosen(ExcelFile(data, name), headings, most_rows)
        return table_of(_bounded(sheet, name, most_rows), headings, name)
    found = decoded(data, _encoding(encoding))
    if encoding is None and (place := torn_utf8(data)) is not None:
        template = "byte {offset} is not UTF-8 text; save the file again as UTF-8"
        raise refused(name, template, line=data.count(b"\n", 0, place) + 1, offset=place)
    if found is None:
        raise _no_text(name, encoding)
    text, guess = found
    table = read_text(text, headings, name=name, most_rows=most_rows, mappable=True)
    return table if guess is None else table.with_notes(guess.note)


def read_text(
    text: str,
    headings: Headings,
    *,
    name: str = "table",
    most_rows: int = MOST_ROWS,
    mappable: bool = False,
) -> Table:
    """Read a table from a text, pasted or decoded; errors as for `read_table`.

    Parameters
    ----------
    mappable
        Whether the user can map a header with `--map`.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    sheet = delimited(text, name, headings.known)
    return table_of(_bounded(sheet, name, most_rows), headings, name, mappable=mappable)


def _bounded(sheet: Sheet, name: str, most_rows: int) -> Sheet:
    if not sheet.rows:
        raise refused(name, "the table is empty; its first row names the columns")
    if len(sheet.rows) > most_rows + 1:
        raise refused(name, "the table has more than {n} rows; split it", n=most_rows)
    return sheet


def _chosen(book: ExcelFile, headings: Headings, most_rows: int) -> Sheet:
    """The sheet to read: the active one, unless it has at most one header and another has more."""
    sheets = book.sheets(most_rows)
    if not sheets:
        raise refused(book.name, "the table is empty; its first row names the columns")
    sheet = max(sheets, key=lambda sheet: _fits(sheet, headings))
    others = [other.name for other in sheets if other is not sheet]
    return Sheet(
        sheet.rows,
        (*_told(sheet, others, book.hidden_sheets), *sheet.notes),
        merges=sheet.merges,
        name=sheet.name,
    )


def _fits(sheet: Sheet, headings: Headings) -> int:
    """Return the number of known headers in the best row, at most two."""
    return min(2, max(headings.known(row.texts) for row in sheet.rows[:LOOKED_AT]))


def _told(sheet: Sheet, others: Sequence[str], hidden: Sequence[str]) -> list[Message]:
    """Say which sheet is read, if there are several."""
    told = []
    if others:
        template = (
            "The sheet “{sheet}” is read, not {others}; to read another, save the workbook with"
            " that one open."
        )
        values = {"sheet": shown(sheet.name), "others": [shown(other) for other in others]}
        told.append(Message(template, values))
    if hidden:
        template = "The sheet “{sheet}” is read; hidden: {others}."
        values = {"sheet": shown(sheet.name), "others": [shown(other) for other in hidden]}
        told.append(Message(template, values))
    return told


def _encoding(name: str | None) -> str | None:
    if name is None:
        return None
    found = known_encoding(name)
    if found is None:
        template = "no encoding is called '{found}'; known are {known}"
        known = "utf-8, utf-16, gb18030, big5, cp1250, cp1251, cp1252, shift_jis, euc-kr, mac_roman"
        raise refused("--encoding", template, found=shown(name), known=known)
    return found


def _no_text(name: str, encoding: str | None) -> InputError:
    if encoding is not None:
        template = "this file is no text in {encoding}; try another --encoding"
        return refused(name, template, encoding=shown(encoding))
    return refused(name, "this is no text; save the table as CSV in UTF-8, or as .xlsx")
