"""Rows that add up others, recognised by name in many languages, and by their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from workbook.amounts.dates import dates_in
from workbook.amounts.digits import NUMBER, readings_of
from workbook.amounts.normalise import plain
from workbook.tables.sheet import Cell, Row
from workbook.tables.table import Column

NAMES_OF_TOTALS = """
total|totals|sum|subtotal|sub-total|sub total|grand total|overall total|sum total|average|mean
summe|summa|suma|somme|gesamt|insgesamt|gesamtsumme|gesamtkosten|zwischensumme|durchschnitt
total général|sous-total|moyenne|totale|totaal|totaux|totais|soma|média|razem|ogółem|celkem
celkom|összesen|toplam|jumlah|итого|итог|всего|усього|разом|среднее|합계|소계|총계|총합
合计|小计|总计|共计|总和|累计|汇总|合計|小計|總計|総計|総額|合计金额|总额|计|計|平均|平均值
"""
TOTALS = frozenset(re.split(r"[|\n]", NAMES_OF_TOTALS.strip()))
"""The name of such a row, complete."""
BEGINS = (
    *("合计", "小计", "总计", "共计", "总和", "总额", "总成本", "总费用"),
    *("合計", "小計", "總計", "総計", "합계", "gesamt"),
)
"""The beginning of its name in languages without spaces."""
NAMING = ("id", "note", "needs", "enables")
"""Keys of columns whose numbers name rows: K-1 and K-2 are not K-3 together."""
TOLERANCE = Decimal("0.000001")


Verdict = Literal["total", "perhaps", "called", "row"]


def is_total(
    row: Row, above: Sequence[Row], since: int, columns: Sequence[Column], subject: str
) -> Verdict:
    """Whether a row is the sum of those above.

    It is if it has only figures, and its name says so (`Total`, `合计`), or a part of its name says
    so or it has no name, and some of its figures are sums. If only the figures show it, all of
    them, it is `perhaps` a total: 1, 2 and 3 weeks may be three milestones. If only a part of its
    name says so (`Total rebrand`), it is `called` one.

    Parameters
    ----------
    above
        The rows of the table above it; those from `since` on follow the last total.
    subject
        The key of the column that says what a row is about.
    """
    label = label_of(row, columns, subject)
    said = (subject, *NAMING)
    cells = [(c, row[c.place]) for c in columns if c.key not in said and not row[c.place].blank]
    cells = [(column, cell) for column, cell in cells if cell.text != label]
    if not label:  # a total of Monday's has the first and the last day of its part
        cells = [(column, cell) for column, cell in cells if not is_day(cell)]
    if not cells or not all(is_figure(cell) for _, cell in cells):
        return "row"
    if _named(label, whole=True):
        return "total"
    named = _named(label, whole=False)
    least = 1 if named else 2
    sums = [
        column
        for column, cell in cells
        if cell_is_sum(cell, above, column) or cell_is_sum(cell, above[since:], column, least)
    ]
    if sums and (not label or named):
        return "total"
    if len(sums) == len(cells):
        return "perhaps"
    return "called" if named else "row"


def label_of(row: Row, columns: Sequence[Column], subject: str) -> str:
    """Return what a row is about; if that cell is empty, the first text of the row."""
    places = [column.place for column in columns if column.key == subject]
    own = next((row[place].text for place in places if not row[place].blank), "")
    first = row.filled[0]
    return own or ("" if is_figure(first) or is_day(first) else first.text)


def _named(label: str, *, whole: bool) -> bool:
    bare = re.sub(r"[(（\[].*?[)）\]]", "", label.casefold()).strip(" :：*=.-–—")
    if whole:
        return bare in TOTALS
    words = re.split(r"[\W_]+", bare)
    return bare.startswith(BEGINS) or any(word in TOTALS for word in words)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure, a dash, or a formula without a value."""
    if cell.value is not None or cell.problem is not None:
        return True
    text = plain(cell.text)
    return text in ("-", "–", "/") or (
        len(NUMBER.findall(text)) == 1
        and bool(re.fullmatch(r"[^\d]{0,5}[\d.,' ]+[^\d]{0,8}", text))
    )


def is_day(cell: Cell) -> bool:
    """Whether a cell holds a date, or what may be several dates."""
    return isinstance(cell.value, date) or bool(dates_in(cell.text))


def cell_is_sum(cell: Cell, above: Sequence[Row], column: Column, least: int = 2) -> bool:
    """Whether a cell is the sum of so many cells above it, with either decimal separator."""
    inside = [row[column.place] for row in above if not row[column.place].blank]
    for sign in (".", ","):
        values = [value for one in inside for value in _values(one, sign)]
        own = list(_values(cell, sign))
        if sum(value != 0 for value in values) >= least and own:
            return abs(sum(values) - own[0]) <= TOLERANCE * abs(own[0])
    return False


def _values(cell: Cell, sign: str) -> Iterator[Decimal]:
    """The number in a cell, read with this sign before the decimals; nothing for any other text."""
    if isinstance(cell.value, (int, float)):
        yield Decimal(repr(cell.value))
    elif (number := NUMBER.search(plain(cell.text))) and sign in (found := readings_of(number[0])):
        yield found[sign]
