"""The currency that the amounts of a table are in, and whether `¥` in it is yuan or yen."""

from __future__ import annotations

import re

from workbook.amounts import Reading
from workbook.cases.columns import BY_PATH
from workbook.errors import N_
from workbook.tables import Table


def amounts_of(table: Table, currency: str | None = None) -> list[Reading]:
    """Return the amounts of money of a table, read in a currency."""
    return [
        table.read(column, cell, "money", several=known.several, currency=currency)
        for row in table.rows
        for column, cell in table.cells(row)
        if (known := BY_PATH[column.key]).measure == "money"
    ]


def currency_of(table: Table) -> str | None:
    """Return the currency that the amounts of a table name; None if none is named.

    Where they name several, the one that most amounts can be in: `¥` is JPY beside `円`.
    """
    found = list(dict.fromkeys(one.currency for one in amounts_of(table) if one.currency))
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda code: len(_problems(table, code)))


def _problems(table: Table, currency: str) -> list[Reading]:
    return [one for one in amounts_of(table, currency) if one.problem is not None]


KANA = re.compile("[ぁ-ゖァ-ヺ]")
HAN = re.compile("[一-鿿]")
YEN_OR_YUAN = N_(
    "¥ can be CNY or JPY here; write one of the two in the header of the amounts, as in: cost (JPY)"
)
YUAN = N_("¥ is read as CNY; if it is yen, write JPY in the header of the amounts.")


def yen_or_yuan(table: Table, currency: str | None) -> str | None:
    """Return what to say of a table whose amounts may be yuan or yen; None if only one fits.

    In a Japanese table it is asked, in a Chinese one it is clear.
    """
    if currency != "CNY" or len(_problems(table, "JPY")) > len(_problems(table, "CNY")):
        return None
    rows = (cell.text for row in table.rows for cell in row.filled)
    text = " ".join((*rows, *(column.header for column in table.columns)))
    if KANA.search(text):
        return YEN_OR_YUAN
    return None if HAN.search(text) else YUAN
