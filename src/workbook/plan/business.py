"""The business: what it is for, what there is to spend, and the figures of its present state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_type_hints

from pydantic import BaseModel, Field

from workbook.errors import N_
from workbook.figures import MOST_MONEY, Amount, Id, Whole
from workbook.plan.parts import BURN_WORDS, GOAL_WORDS, Given, Key, Part, Text, key_of
from workbook.plan.sales import Sales


class Purpose(Part):
    """What the plan is called, and where it should lead."""

    plan: Annotated[
        Literal[1], Key(label=N_("version of the plan file"), help=N_("Always 1."), example="1")
    ] = 1
    id: Annotated[
        Id,
        Key(
            label=N_("id"),
            help=N_("A short name for files and commands; it stays when the title changes."),
            example="bakery",
        ),
    ]
    title: Annotated[
        Text,
        Key(
            label=N_("title"),
            ask=N_("What is this business?"),
            group="cash",
            synonyms=("name", "heading", "标题", "名称"),
            example="A bakery",
        ),
    ] = ""
    currency: Annotated[
        str,
        Field(pattern=r"^[A-Z]{3}$"),
        Key(
            label=N_("currency"),
            ask=N_("Currency"),
            help=N_("Three letters: CNY, EUR, USD."),
            group="more",
            rank=-2,
            example="EUR",
        ),
    ] = "CNY"
    goal: Annotated[
        Id,
        Key(
            label=N_("the goal"),
            help=N_("The id of the milestone to reach, or `breakeven`: revenue covers the burn."),
            synonyms=GOAL_WORDS,
            example="breakeven",
        ),
    ]


class Resources(Purpose):
    """What there is to spend, what comes in, how far to look: a fork can change all of it."""

    horizon_weeks: Annotated[
        Whole,
        Key(
            label=N_("how far the play looks"),
            ask=N_("How far to look"),
            help=N_("Weeks after which an open end counts as open. Two years are 104."),
            unit="weeks",
            slide=(4, 208),
            step=1,
            group="cash",
            rank=1,
            synonyms=("horizon", "deadline", "weeks", "duration", "期限"),
            example="104",
        ),
    ] = 104
    cash: Annotated[
        Amount | None,
        Key(
            label=N_("cash"),
            ask=N_("Cash at the start"),
            help=N_("What you could spend today; promised money is no cash."),
            unit="money",
            slide=(0, 200_000),
            step=1000,
            group="cash",
            synonyms=("money", "budget", "capital", "funds", "balance", "现金", "资金", "钱"),
            example="60000",
        ),
    ] = None
    burn_per_week: Annotated[
        Amount,
        Key(
            label=N_("burn a week"),
            ask=N_("Burn a week"),
            help=N_("What goes out each week whatever you do: rent, wages, your own living."),
            unit="money",
            slide=(0, 10_000),
            step=100,
            group="cash",
            synonyms=BURN_WORDS,
            flow="out",
            given=Given(
                label=N_("burn from then on"),
                ask=N_("Burn a week from then on"),
                help=N_("The new weekly outlay; with a sign, `+500`, what is added to it."),
                columns=("burn per week", "burn", "每周支出", "烧钱速度", "每周开销"),
            ),
            example="800",
        ),
    ] = 0.0
    hours_per_week: Annotated[
        Amount | None,
        Key(
            label=N_("hours a week"),
            ask=N_("Your hours a week"),
            help=N_("Only where your own hours are the scarce thing: a side business."),
            unit="hours",
            group="more",
            synonyms=("hours", "weekly_hours", "小时"),
            flow="hours",
            given=Given(
                label=N_("hours a week from then on"),
                ask=N_("Your hours a week from then on"),
                help="",
                columns=("hours per week", "hours a week", "每周工时"),
            ),
            example="12",
        ),
    ] = None
    running_hours_per_week: Annotated[
        Amount,
        Key(
            label=N_("hours that the business takes"),
            ask=N_("Hours that running it takes"),
            help=N_("The rest is left for milestones."),
            unit="hours",
            group="more",
            flow="hours",
            given=Given(
                label=N_("hours that the business takes from then on"),
                help="",
                columns=("running hours per week", "running hours", "运营工时", "日常工时"),
            ),
            example="4",
        ),
    ] = 0.0
    teams: Annotated[
        Whole,
        Key(
            label=N_("milestones worked on at once"),
            ask=N_("Milestones worked on at once"),
            help=N_("1 is one team, one thing after the other."),
            step=1,
            group="more",
            rank=-1,
            example="2",
        ),
    ] = 1
    sales: Annotated[
        Sales | None,
        Key(
            label=N_("what you sell"),
            help=N_("People reached × conversion × price × margin is the revenue of a week."),
            group="sales",
        ),
    ] = None
    revenue_per_week: Annotated[
        Amount,
        Key(
            label=N_("other revenue a week"),
            ask=N_("Other revenue a week"),
            unit="money",
            step=100,
            group="sales",
            synonyms=("revenue", "income", "weekly_revenue", "收入"),
            flow="in",
            given=Given(
                label=N_("other revenue from then on"),
                columns=("revenue per week", "revenue a week", "weekly revenue", "每周收入"),
            ),
            example="1500",
        ),
    ] = 0.0


def keys_of(model: type[BaseModel]) -> dict[str, Key]:
    """The described keys of a part, by name, those of its base types included."""
    hints = get_type_hints(model, include_extras=True)
    found = {name: key_of(hints[name]) for name in model.model_fields}
    return {name: key for name, key in found.items() if key is not None}


SOLD: tuple[str, ...] = tuple(name for name, key in keys_of(Sales).items() if key.given)
KEPT: tuple[str, ...] = tuple(name for name, key in keys_of(Resources).items() if key.given)
STATE: Mapping[str, Key] = {
    name: key
    for model in (Sales, Resources)
    for name, key in keys_of(model).items()
    if name in (*SOLD, *KEPT)
}
"""The figures of a business, by name: first those of its sales, then those of its resources."""

COUNTS = frozenset(
    name for name, field in Resources.model_fields.items() if field.annotation is int
)
WHOLE = frozenset(name for name, field in Sales.model_fields.items() if field.annotation is int)
"""Figures of the sales that are whole numbers."""
SHARES = frozenset(name for name, key in STATE.items() if key.unit == "share")


_FIELDS = {**Sales.model_fields, **Resources.model_fields}
ABSENT: Mapping[str, float] = {
    name: MOST_MONEY if key.limit else _FIELDS[name].default or 0.0 for name, key in STATE.items()
}
"""What each figure of a business is where nothing is written."""
