"""CSV text that spreadsheets open correctly and that cannot run formulas.

It has a byte order mark, so that Excel reads Chinese; and a cell that looks like a formula gets an
apostrophe in front, as OWASP recommends.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

BOM = "\ufeff"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, which terminals act on and Excel does not allow; tab and newline are text."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str | int | float:
    """Return a value as a spreadsheet cell: numbers stay numbers, text is never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = CONTROL.sub("", str(value).encode("utf-8", "replace").decode("utf-8"))
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return the table as CSV text with byte order mark and line endings of RFC 4180."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return BOM + out.getvalue()
