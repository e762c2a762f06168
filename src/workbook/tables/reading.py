"""From a file or a pasted text to a table with known columns, with all decisions as notes.

    bytes ─files→ ─encoding→ text ─delimited→ ┐
      └────── excel ────────────────────────→ Sheet ─layout→ Table

Everything that reads tables uses this module, so that all treat the same table alike. The layout is
a plain list, or a header with rows below it. What is not read is reported in a note, with its row.
What cannot be read surely is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from workbook.consistency import shown
from workbook.errors import InputError, Message
from workbook.tables.body import Body
from workbook.tables.encoding import decoded, known_encoding, torn_utf8
from workbook.tables.excel import ExcelFile
from workbook.tables.files import EXCEL_SUFFIXES, ZIP, bytes_of
from workbook.tables.header import ABOVE, LOOKED_AT, header_of
from workbook.tables.headings import Headings
from workbook.tables.sheet import Cell, Findings, Row, Sheet, delimited, refused, some
from workbook.tables.table import Column, Table

BULLET = re.compile(
    r"^\s*(?:(?:(?:[-*•·–—▪◦●○→>☐☑✓✔]+|\(?\d{1,3}[.)、）:]|[a-z][.)]|\[[ xX]?\])(?:\s+|$))+"
    r"|[①-⑳]\s*|[一二三四五六七八九十]{1,3}、\s*|\d{1,3}、\s*)"
)
"""What is before a line of a list: `-`, `1.`, `a)`."""
LIST_READ = Message("A plain list was read: each line is the name of one, in this order.")


def table_of(sheet: Sheet, headings: Headings, name: str, *, mappable: bool = True) -> Table:
    """The table in a sheet.

    Raises
    ------
    InputError
        Where no row names the columns.
    """
    findings = Findings(list(sheet.notes))
    if headings.lists and (lines := _listed(sheet, headings, findings)):
        column = Column(0, headings.subject, headings.subject)
        rows = tuple(Row(number, {0: Cell(line)}) for number, line in lines)
        return Table(name, (column,), rows, 1, tuple(findings.notes))
    header = header_of(sheet.rows, headings, name, mappable, findings)
    body = Body(header, sheet, headings, findings)
    body.read()
    return Table(
        source=name,
        columns=body.columns,
        rows=tuple(body.rows),
        header=header.row.number,
        notes=tuple(findings.notes),
        faults=tuple(findings.faults),
        separator=sheet.separator,
    )


def _listed(sheet: Sheet, headings: Headings, findings: Findings) -> list[tuple[int, str]]:
    """The lines of a plain list with their numbers; empty for any other text."""
    rows = sheet.rows
    single = sum(len(row.filled) == 1 for row in rows)
    bullets = sum(bool(BULLET.match(row.texts[0])) for row in rows)
    if len(rows) < 2 or max(single, bullets) * 2 <= len(rows):
        return []
    texts = [text for row in rows for text in row.texts]
    if any(headings.match(text).kind in ("known", "near") for text in texts):
        return []
    joined = f"{sheet.separator} ".join
    lines = [(row.number, BULLET.sub("", joined(row.texts)).strip()) for row in rows]
    if lines[0][1].endswith((":", "：")):
        findings.note(ABOVE, row=lines[1][0], sample=some([lines.pop(0)[1]]))
    findings.note(LIST_READ)
    return [(number, line) for number, line in lines if line]


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
        (*_notes(sheet, others, book.hidden_sheets), *sheet.notes),
        merges=sheet.merges,
        name=sheet.name,
    )


def _fits(sheet: Sheet, headings: Headings) -> int:
    """Return the number of known headers in the best row, at most two."""
    return min(2, max(headings.known(row.texts) for row in sheet.rows[:LOOKED_AT]))


def _notes(sheet: Sheet, others: Sequence[str], hidden: Sequence[str]) -> list[Message]:
    """Say which sheet is read, if there are several."""
    notes = []
    if others:
        template = (
            "The sheet “{sheet}” is read, not {others}; to read another, save the workbook with"
            " that one open."
        )
        values = {"sheet": shown(sheet.name), "others": [shown(other) for other in others]}
        notes.append(Message(template, values))
    if hidden:
        template = "The sheet “{sheet}” is read; hidden: {others}."
        values = {"sheet": shown(sheet.name), "others": [shown(other) for other in hidden]}
        notes.append(Message(template, values))
    return notes


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
