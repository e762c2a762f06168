"""Money with dates of its own: bills, promised money, funding, loans."""

from __future__ import annotations

from typing import Annotated

from workbook.errors import N_
from workbook.figures import Amount, Id, Share, Weeks, Whole
from workbook.plan.parts import CHANCE_WORDS, MONEY_WORDS, NAME, Key, Note, Part, Text


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
    name: Annotated[Text, NAME.but(example="Rent of the hall")] = ""
    amount: Annotated[
        Amount,
        Key(
            label=N_("amount of the bill"),
            ask=N_("amount"),
            help=N_("What is paid each time; 0 until a milestone gives it an amount."),
            unit="money",
            start=100.0,
            synonyms=(*MONEY_WORDS, "cost", "price"),
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


class Instalments(Part):
    """How a loan is paid back: equal instalments, interest included."""

    instalments: Annotated[
        Whole,
        Key(
            label=N_("number of instalments"),
            ask=N_("Paid back in … instalments"),
            help=N_("So many equal payments; the last one ends the debt."),
            start=24,
            synonyms=("payments", "number", "n", "installments", "期数"),
            example="36",
        ),
    ]
    every_weeks: Annotated[
        Whole,
        Key(
            label=N_("weeks from instalment to instalment"),
            ask=N_("Weeks from instalment to instalment"),
            help=N_("The first one is paid so many weeks after the money has come."),
            unit="weeks",
            synonyms=("every", "interval", "period"),
            example="4",
        ),
    ] = 4
    interest_per_year: Annotated[
        Share,
        Key(
            label=N_("interest a year"),
            ask=N_("Interest a year"),
            help=N_("Nominal, on what is still owed; a period has its weeks / 52 of it."),
            unit="share",
            synonyms=("interest", "rate", "interest_rate", "apr", "利率", "年利率"),
            flow="out",
            example="0.09",
        ),
    ] = 0.0
    grace_weeks: Annotated[
        Weeks,
        Key(
            label=N_("weeks of grace"),
            ask=N_("Weeks in which only interest is paid"),
            help=N_("Payments in these first weeks are the interest alone; then the instalments."),
            unit="weeks",
            synonyms=("grace", "grace_period", "interest_only", "宽限期", "只还利息"),
            flow="out",
            example="26",
        ),
    ] = 0


ShareGiven = Annotated[
    Share,
    Key(
        label=N_("share given away for it"),
        ask=N_("Share of the company given away"),
        help=N_(
            "Of the company after the round; what you hold shrinks by it when the money comes."
        ),
        unit="share",
        slide=(0, 1),
        step=0.01,
        synonyms=("equity", "dilution", "stake", "share", "股份", "出让股份", "稀释"),
        columns=("share given away", "equity", "dilution", "出让股份"),
        flow="out",
        example="0.15",
    ),
]
Repaid = Annotated[
    Instalments | None,
    Key(
        label=N_("how it is paid back"),
        help=N_("Makes it a loan: equal instalments from when the money has come."),
        synonyms=("loan", "repay", "repayment", "还款"),
        whole=True,
    ),
]


class Funding(Part):
    """Money that comes with a chance, after a lag: a grant, a round, a loan."""

    amount: Annotated[
        Amount,
        Key(
            label=N_("money it brings"),
            ask=N_("Money that it brings"),
            help=N_("A grant, a round, a prepayment: counted when it arrives, not when promised."),
            unit="money",
            step=1000,
            synonyms=MONEY_WORDS,
            columns=("funding", "funding amount", "融资", "融资额", "资金"),
            flow="in",
            example="200000",
        ),
    ]
    chance: Annotated[
        Share,
        Key(
            label=N_("chance of that money"),
            ask=N_("Chance that the money comes"),
            unit="share",
            slide=(0, 1),
            step=0.05,
            synonyms=(*CHANCE_WORDS, "pass_rate"),
            columns=("funding chance", "融资把握", "融资概率"),
            example="0.6",
        ),
    ] = 1.0
    lag_weeks: Annotated[
        Weeks,
        Key(
            label=N_("weeks until it comes"),
            ask=N_("Weeks until it arrives"),
            unit="weeks",
            step=1,
            synonyms=("lag", "delay", "after_weeks", "wait", "weeks"),
            example="4",
        ),
    ] = 0
    share_given: ShareGiven = 0.0
    repaid: Repaid = None


class Due(Part):
    """Money promised before the plan begins: at the end of that week it comes, with this chance."""

    week: Annotated[
        Whole, Key(label=N_("week"), ask=N_("week"), unit="weeks", start=4, example="6")
    ]
    amount: Annotated[
        Amount,
        Key(
            label=N_("amount"),
            ask=N_("amount"),
            unit="money",
            start=1000.0,
            synonyms=MONEY_WORDS,
            flow="in",
            example="12000",
        ),
    ]
    chance: Annotated[
        Share,
        Key(
            label=N_("chance"),
            ask=N_("chance, %"),
            unit="share",
            synonyms=(*CHANCE_WORDS, "pass_rate"),
            example="0.9",
        ),
    ] = 1.0
    every_weeks: Annotated[
        Whole | None,
        Key(
            label=N_("weeks from payment to payment"),
            ask=N_("every … weeks"),
            help=N_("Money that comes again and again: a contract, a subsidy; without it, once."),
            unit="weeks",
            synonyms=("every", "each", "interval", "period", "repeat"),
            example="13",
        ),
    ] = None
    until_week: Annotated[
        Whole | None,
        Key(
            label=N_("last week of it"),
            ask=N_("until week"),
            help=N_("Nothing comes after that week; without it, to the end."),
            unit="weeks",
            synonyms=("until", "end", "ends", "to", "last"),
            example="56",
        ),
    ] = None
    share_given: ShareGiven = 0.0
    repaid: Repaid = None
    note: Note = ""


class Loan(Part):
    """Money now against more money later; the debt falls due whatever has happened."""

    amount: Annotated[
        Amount,
        Key(
            label=N_("the loan"),
            help=N_("Paid out at once when the fork opens."),
            unit="money",
            synonyms=MONEY_WORDS,
            flow="in",
            example="50000",
        ),
    ]
    repay: Annotated[
        Amount,
        Key(
            label=N_("to be paid back"),
            help=N_("All of it, interest included."),
            unit="money",
            flow="out",
            example="58000",
        ),
    ]
    repay_after_weeks: Annotated[
        Whole,
        Key(
            label=N_("weeks until then"),
            help=N_("So many weeks after the fork opens."),
            unit="weeks",
            synonyms=("weeks", "term", "after", "due"),
            example="26",
        ),
    ]
