"""Rows of text with cells separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from itertools import islice

from workbook.errors import InputError
from workbook.tables.sheet import Cell, Sheet, refused, rows_of, text_cell

SEPARATORS = ",;\t|，"
SEP_LINE = re.compile(r"\"?sep=(.)\"?[,;\t]*\r?\n", re.IGNORECASE)
"""The first line in which Excel itself is given the separator."""
RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
"""The second line of a table in Markdown: dashes under each header."""
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
    told = SEP_LINE.match(text)
    separator = told[1] if told else separator_of(text, fits)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    numbered: list[tuple[int, Mapping[int, Cell]]] = []
    begins = 1
    try:
        for cells in reader:
            numbered.append((begins, dict(enumerate(map(text_cell, cells)))))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unclosed(name, begins, error) from None
    return Sheet(tuple(rows_of(numbered[1:] if told else numbered)), separator=separator)


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
