"""The calendar of a plan: its first day, seasons, closed weeks, and the weeks of a milestone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from workbook.errors import N_
from workbook.figures import Amount, Id, Weeks, Whole
from workbook.plan.parts import Key, Part, Text

MONTHS = 12
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Factors = Annotated[tuple[Amount, ...], Field(min_length=MONTHS, max_length=MONTHS)]
Starts = Annotated[
    Day | None,
    Key(
        label=N_("first day"),
        ask=N_("First day of week 1"),
        help=N_("With it every week has its date, and a week may be written as a date."),
        group="dates",
        rank=-3,
        synonyms=("start", "start_date", "begins", "from", "date", "开始"),
        example="'2027-01-04'",
    ),
]
Seasons = Annotated[
    Factors | None,
    Key(
        label=N_("seasons"),
        ask=N_("Seasons: what the reach is multiplied by"),
        group="dates",
        help=N_("What the reach is multiplied by in each month, January first; 1 changes nothing."),
        synonyms=("season", "seasonality", "by_month", "季节"),
        example="[1, 1, 1, 1, 1, 0.8, 0.5, 0.5, 1, 1.2, 1.4, 1.6]",
    ),
]
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


class Closed(Part):
    """Weeks in which no attempt starts, and none gets on: August, the new year."""

    from_week: Annotated[
        Whole,
        Key(
            label=N_("first closed week"),
            ask=N_("from week"),
            unit="weeks",
            synonyms=("from", "start", "week"),
            example="31",
        ),
    ]
    until_week: Annotated[
        Whole,
        Key(
            label=N_("last closed week"),
            ask=N_("until week"),
            unit="weeks",
            synonyms=("until", "to", "end"),
            example="34",
        ),
    ]
    milestones: Annotated[
        tuple[Id, ...],
        Key(
            label=N_("milestones that rest"),
            ask=N_("only these milestones"),
            help=N_("Without any, all of them rest in these weeks."),
            synonyms=("milestone", "only", "affects", "里程碑"),
            example="[lease, permit]",
        ),
    ] = ()
    note: Annotated[Text, Key(label=N_("note"), example="August")] = ""


def day_of(starts: str, week: int) -> date:
    """The first day of a week, of a plan whose week 1 begins on that day.

    >>> day_of("2027-01-04", 3)
    datetime.date(2027, 1, 18)
    """
    return date.fromisoformat(starts) + timedelta(weeks=week - 1)


def week_of(starts: str, day: date) -> int:
    """The week that a day is in; below 1 before the start.

    >>> week_of("2027-01-04", date(2027, 1, 20))
    3
    """
    return (day - date.fromisoformat(starts)).days // 7 + 1
