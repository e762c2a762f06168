"""A milestone that is a level: reached by itself once a figure has held it; and its weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from workbook.errors import N_
from workbook.figures import Id, Number, Weeks, Whole
from workbook.plan.key import Key
from workbook.plan.parts import Part

LEVELS: Mapping[str, str] = {
    "customers": N_("customers who stay"),
    "monthly_recurring_revenue": N_("recurring revenue a month"),
    "weekly_revenue": N_("revenue a week"),
    "weekly_profit": N_("profit a week"),
    "cash": N_("cash"),
}
"""What a level may be of, besides the plan's own measures, and what each is called."""
FOLLOWED = frozenset({"customers", "monthly_recurring_revenue"})
"""Those of customers who stay: a level of them needs these followed."""


class Level(Part):
    """A figure at or above a level, at the end of so many weeks in a row."""

    of: Annotated[
        Id,
        Key(
            label=N_("figure of the level"),
            ask=N_("Figure"),
            help=N_(
                "`customers`, `monthly_recurring_revenue`, `weekly_revenue`, `weekly_profit`,"
                " `cash`, or one of your own measures."
            ),
            start="customers",
            synonyms=("figure", "measure", "what", "kpi", "metric", "指标"),
            example="customers",
        ),
    ]
    at_least: Annotated[
        Number,
        Key(
            label=N_("the level"),
            ask=N_("at least"),
            start=100.0,
            synonyms=("threshold", "minimum", "min", "least", "level", "target", "至少"),
            example="200",
        ),
    ]
    for_weeks: Annotated[
        Whole,
        Key(
            label=N_("weeks that the level must hold"),
            ask=N_("held for … weeks"),
            help=N_("So many weeks in a row, each at its end."),
            unit="weeks",
            synonyms=("weeks", "held", "hold_weeks", "for"),
            example="4",
        ),
    ] = 1


FromWeek = Annotated[
    Whole | None,
    Key(
        label=N_("first week of the work"),
        ask=N_("Not before week"),
        help=N_("No attempt starts before that week."),
        unit="weeks",
        group="order",
        rank=1,
        synonyms=("not_before", "starts", "start", "start_week", "earliest"),
        columns=("from week", "not before", "start week", "开始周", "最早开始"),
        example="12",
    ),
]
EveryWeeks = Annotated[
    Whole,
    Key(
        label=N_("weeks from start to start"),
        ask=N_("It can start every … weeks"),
        help=N_("Where attempts have their dates: 26 is a round twice a year, 13 a term."),
        unit="weeks",
        step=1,
        group="order",
        rank=1,
        synonyms=("every", "every_weeks", "cohort", "intake", "rounds"),
        columns=("starts every weeks", "every weeks", "每几周开始一次"),
        example="26",
    ),
]
ByWeek = Annotated[
    Weeks | None,
    Key(
        label=N_("deadline"),
        ask=N_("To be reached by week"),
        help=N_("At the end of that week it is given up if it is not reached."),
        unit="weeks",
        group="order",
        rank=1,
        synonyms=("deadline", "due", "latest", "until_week", "期限"),
        columns=("by week", "deadline", "截止周", "最晚完成"),
        example="52",
    ),
]
Reaching = Annotated[
    Level | None,
    Key(
        label=N_("the level that reaches it"),
        help=N_("Nothing is attempted: it is reached once the figure has held that level."),
        group="level",
        whole=True,
    ),
]
