"""A bill of its own: rent from the fifth week on, a laptop in the third, an insurance a quarter."""

from __future__ import annotations

from typing import Annotated

from workbook.errors import N_
from workbook.figures import Amount, Id, Whole
from workbook.plan.key import Key
from workbook.plan.parts import Note, Part, Text


class Bill(Part):
    """What is paid in certain weeks, on top of the burn: once, or again and again."""

    id: Annotated[
        Id,
        Key(
            label=N_("id"),
            ask=N_("name"),
            help=N_("A short name by which a milestone changes it."),
            start="bill",
            example="rent",
        ),
    ]
    name: Annotated[
        Text,
        Key(
            label=N_("name"),
            help=N_("What it is called."),
            synonyms=("title", "label", "名称", "名字", "标题"),
            example="Rent of the hall",
        ),
    ] = ""
    amount: Annotated[
        Amount,
        Key(
            label=N_("amount of the bill"),
            ask=N_("amount"),
            help=N_("What is paid each time; 0 until a milestone gives it an amount."),
            unit="money",
            start=100.0,
            synonyms=("money", "sum", "value", "cost", "price", "金额"),
            flow="out",
            example="1200",
        ),
    ]
    from_week: Annotated[
        Whole,
        Key(
            label=N_("week of the first payment"),
            ask=N_("from week"),
            unit="weeks",
            synonyms=("week", "start", "starts", "begins", "from"),
            example="5",
        ),
    ] = 1
    every_weeks: Annotated[
        Whole | None,
        Key(
            label=N_("weeks from payment to payment"),
            ask=N_("every … weeks"),
            help=N_("1 is each week, 4 about a month, 13 a quarter, 52 a year; without it, once."),
            unit="weeks",
            synonyms=("every", "each", "interval", "period", "repeat"),
            example="4",
        ),
    ] = None
    until_week: Annotated[
        Whole | None,
        Key(
            label=N_("last week of it"),
            ask=N_("until week"),
            help=N_("Nothing is paid after that week; without it, to the end."),
            unit="weeks",
            synonyms=("until", "end", "ends", "to", "last"),
            example="56",
        ),
    ] = None
    note: Note = ""
