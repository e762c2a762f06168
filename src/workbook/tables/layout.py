"""Find out how a table is laid out: a plain list, or a header with rows below it.

What is not read is reported in a note, with its row. What cannot be read surely is a fault.
"""

from __future__ import annotations

import re

from workbook.errors import Message
from workbook.tables.body import Body
from workbook.tables.header import ABOVE, header_of
from workbook.tables.headings import Headings
from workbook.tables.sheet import Cell, Findings, Row, Sheet, some
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
