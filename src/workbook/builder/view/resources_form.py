"""The form of the resources: what there is to spend, what comes in, how far to look."""

from __future__ import annotations

from workbook.builder.view.field import MONEY, SHARE, WEEKS, Field, Group
from workbook.words import N_

RESOURCES = (
    Group(
        "cash",
        "",
        (
            Field("title", "line", N_("What is this business?")),
            Field(
                "cash",
                "money",
                N_("Cash at the start"),
                N_("What you could spend today; promised money is no cash."),
                MONEY,
                (0, 200_000),
                1000,
                optional=True,
            ),
            Field(
                "burn_per_week",
                "money",
                N_("Burn a week"),
                N_("What goes out each week whatever you do: rent, wages, your own living."),
                MONEY,
                (0, 10_000),
                100,
            ),
            Field(
                "horizon_weeks",
                "whole",
                N_("How far to look"),
                N_("Weeks after which an open end counts as open. Two years are 104."),
                WEEKS,
                (4, 208),
                1,
            ),
        ),
        folded=False,
    ),
    Group(
        "sales",
        N_("What you sell today"),
        (
            Field(
                "sales.reach_per_week",
                "number",
                N_("People reached a week"),
                N_("How many you talk to or who see the offer."),
                slide=(0, 500),
                step=5,
                optional=True,
            ),
            Field(
                "sales.conversion",
                "share",
                N_("Conversion"),
                N_("Share of those reached who then say yes."),
                SHARE,
                (0, 1),
                0.01,
                optional=True,
            ),
            Field("sales.price", "money", N_("Price"), "", MONEY, (0, 1000), 1, optional=True),
            Field(
                "sales.margin",
                "share",
                N_("Margin"),
                N_("What is left to you of the price."),
                SHARE,
                (0, 1),
                0.01,
                optional=True,
            ),
            Field(
                "revenue_per_week",
                "money",
                N_("Other revenue a week"),
                unit=MONEY,
                step=100,
            ),
        ),
    ),
    Group(
        "more",
        N_("More"),
        (
            Field(
                "currency",
                "line",
                N_("Currency"),
                N_("Three letters: CNY, EUR, USD."),
            ),
            Field(
                "teams",
                "whole",
                N_("Milestones worked on at once"),
                N_("1 is one team, one thing after the other."),
                step=1,
            ),
            Field(
                "hours_per_week",
                "number",
                N_("Your hours a week"),
                N_("Only where your own hours are the scarce thing: a side business."),
                optional=True,
            ),
            Field(
                "running_hours_per_week",
                "number",
                N_("Hours that running it takes"),
                N_("The rest is left for milestones."),
            ),
            Field(
                "due",
                "rows",
                N_("Money that is due"),
                N_("Signed and outstanding: it comes at the end of that week, with that chance."),
                columns=(
                    Field("week", "whole", N_("week")),
                    Field("amount", "money", N_("amount")),
                    Field("chance", "share", N_("chance, %")),
                ),
                row={"week": 4, "amount": 1000.0, "chance": 1.0},
            ),
        ),
    ),
)
