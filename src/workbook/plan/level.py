"""A level that reaches a milestone by itself, and what makes milestones fail together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from workbook.errors import N_
from workbook.figures import Id, Number, Share, Whole
from workbook.plan.parts import CHANCE_WORDS, ID, NAME, Key, Note, Part, Text

LEVELS: Mapping[str, str] = {
    "customers": N_("customers who stay"),
    "monthly_recurring_revenue": N_("recurring revenue a month"),
    "weekly_revenue": N_("revenue a week"),
    "weekly_profit": N_("profit a week"),
    "cash": N_("cash"),
    "founder_share": N_("your share of the company"),
    "debt": N_("debt"),
}
"""What a level may be of, besides the plan's own measures, and what each is called."""
OWNED = frozenset({"founder_share", "debt"})
"""Those of rounds and loans: a level of them needs the share and the debt followed."""
FOLLOWED = frozenset({"customers", "monthly_recurring_revenue"})
"""Those of customers who stay: a level of them needs these followed."""


class Level(Part):
    """A figure at or above a level, or at or below one, at the end of so many weeks in a row."""

    of: Annotated[
        Id,
        Key(
            label=N_("figure of the level"),
            ask=N_("Figure"),
            help=N_(
                "`customers`, `monthly_recurring_revenue`, `weekly_revenue`, `weekly_profit`,"
                " `cash`, `founder_share`, `debt`, or one of your own measures."
            ),
            start="customers",
            synonyms=("figure", "measure", "what", "kpi", "metric", "指标"),
            example="customers",
        ),
    ]
    at_least: Annotated[
        Number | None,
        Key(
            label=N_("the level"),
            ask=N_("at least"),
            start=100.0,
            synonyms=("threshold", "minimum", "min", "least", "level", "target", "至少"),
            example="200",
        ),
    ] = None
    at_most: Annotated[
        Number | None,
        Key(
            label=N_("the level from above"),
            ask=N_("at most"),
            help=N_("For what should be low: a debt of 0, say. A share is written from 0 to 1."),
            synonyms=("maximum", "max", "most", "至多"),
            example="0",
        ),
    ] = None
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


Reaching = Annotated[
    Level | None,
    Key(
        label=N_("the level that reaches it"),
        help=N_("Nothing is attempted: it is reached once the figure has held that level."),
        group="level",
        whole=True,
    ),
]


class Condition(Part):
    """What holds in some lives and not in others, and then makes several milestones fail together.

    The pass rates of its milestones are those that they have where it holds.
    """

    id: Annotated[
        Id,
        ID.but(start="condition", example="market"),
    ]
    name: Annotated[Text, NAME.but(example="People are ready for it")] = ""
    chance: Annotated[
        Share,
        Key(
            label=N_("chance that the condition holds"),
            ask=N_("chance, %"),
            help=N_("Drawn once a life: it holds from the first week to the last, or never."),
            unit="share",
            start=0.5,
            synonyms=(*CHANCE_WORDS, "holds"),
            example="0.6",
        ),
    ]
    milestones: Annotated[
        tuple[Id, ...],
        Field(min_length=1),
        Key(
            label=N_("milestones that share it"),
            help=N_("Their attempts pass less often where it does not hold."),
            synonyms=("milestone", "affects", "shared_by", "里程碑"),
            example="[launch, channel]",
        ),
    ]
    pass_rate_factor: Annotated[
        Share,
        Key(
            label=N_("factor of the pass rates otherwise"),
            help=N_("What their pass rates are multiplied by where it does not hold; 0 is never."),
            synonyms=("factor", "otherwise", "multiplier"),
            example="0.3",
        ),
    ] = 0.0
    note: Note = ""
