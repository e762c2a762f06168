"""The business: what it is for, and what there is to spend."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from workbook.errors import N_
from workbook.figures import Amount, Id, Whole
from workbook.plan.key import Given, Key
from workbook.plan.parts import Part, Text
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
            synonyms=("target", "aim", "目标"),
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
            synonyms=("burn", "burn_rate", "weekly_burn", "expenses", "烧钱", "烧钱速度"),
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
            given=Given(label=N_("hours that the business takes from then on"), help=""),
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
            given=Given(label=N_("other revenue from then on")),
            example="1500",
        ),
    ] = 0.0
