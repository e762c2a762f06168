"""A table as a CSV text that any spreadsheet opens rightly and that runs nothing in it.

A byte order mark, so that Excel reads Chinese; and no cell that a spreadsheet would take for a
formula: what begins like one gets an apostrophe before it, as OWASP advises.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

BOM = "\ufeff"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What a terminal acts on and no workbook of Excel may hold; a tab and a new line are text."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str | int | float:
    """A value as a spreadsheet may have it: numbers stay numbers, a text is never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = CONTROL.sub("", str(value).encode("utf-8", "replace").decode("utf-8"))
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The table as the text of a CSV file, byte order mark included; lines end as RFC 4180 says."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return BOM + out.getvalue()
