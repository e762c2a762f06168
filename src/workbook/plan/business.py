"""The business: what there is to spend, what comes in and goes out, and what can change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field

from workbook.errors import N_
from workbook.figures import Amount, Id, Number, Share, Weeks, Whole
from workbook.plan.key import Given, Key
from workbook.plan.parts import Note, Part, Text, changes_of


class Sales(Part):
    """What the business sells in a week: revenue = reach × conversion × price × margin."""

    reach_per_week: Annotated[
        Amount,
        Key(
            label=N_("people reached a week"),
            ask=N_("People reached a week"),
            help=N_("How many you talk to or who see the offer."),
            slide=(0, 500),
            step=5,
            synonyms=("reach", "visitors", "customers", "触达"),
            flow="in",
            given=Given(
                label=N_("reach from then on"),
                step=10,
                columns=("reach per week", "reach", "每周触达", "触达"),
            ),
            example="120",
        ),
    ] = 0.0
    conversion: Annotated[
        Share,
        Key(
            label=N_("conversion"),
            ask=N_("Conversion"),
            help=N_("Share of those reached who then say yes."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            flow="in",
            given=Given(
                label=N_("conversion from then on"),
                columns=("conversion", "conversion after", "转化率", "之后转化率"),
            ),
            example="0.05",
        ),
    ] = 0.0
    price: Annotated[
        Amount,
        Key(
            label=N_("price"),
            ask=N_("Price"),
            unit="money",
            slide=(0, 1000),
            step=1,
            flow="in",
            given=Given(label=N_("price from then on"), step=10, columns=("price", "价格", "单价")),
            example="39",
        ),
    ] = 0.0
    margin: Annotated[
        Share,
        Key(
            label=N_("margin"),
            ask=N_("Margin"),
            help=N_("What is left to you of the price."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            flow="in",
            given=Given(label=N_("margin from then on"), columns=("margin", "毛利率", "利润率")),
            example="0.6",
        ),
    ] = 1.0


class Measure(Part):
    """Any figure worth following (NPS, say); milestones change it, nothing is computed from it."""

    value: Annotated[Number, Key(label=N_("value at the start"), example="30")]
    unit: Annotated[Text, Key(label=N_("unit"), example="points")] = ""
    label: Annotated[Text, Key(label=N_("what it is called"), example="NPS")] = ""


class Funding(Part):
    """Money that a reached milestone brings with a chance, after a lag."""

    amount: Annotated[
        Amount,
        Key(
            label=N_("money it brings"),
            ask=N_("Money that it brings"),
            help=N_("A grant, a round, a prepayment: counted when it arrives, not when promised."),
            unit="money",
            step=1000,
            synonyms=("money", "sum", "value", "金额"),
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
            synonyms=("probability", "prob", "odds", "pass_rate", "概率", "可能性"),
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
            synonyms=("money", "sum", "value", "金额"),
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
            synonyms=("probability", "prob", "odds", "pass_rate", "概率", "可能性"),
            example="0.9",
        ),
    ] = 1.0
    note: Note = ""


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
                help=N_("The new weekly outlay, not what is added."),
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
            label=N_("teams"),
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


if TYPE_CHECKING:

    class _Given(Part):
        """New values, as `changes_of` makes them of every figure that can be given."""

        def __getattr__(self, name: str) -> Any: ...

else:
    _Given = changes_of(
        "Given",
        Part,
        Sales,
        Resources,
        told=lambda key: key.when_given() if key.given else None,
        signed=False,
    )


class Gives(_Given):
    """New values from the week after; any other key is one of the plan's own `measures`."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Number] = Field(init=False)

    funding: Annotated[
        Funding | None,
        Key(
            label=N_("funding"),
            help=N_("Money that comes once the milestone is reached."),
            whole=True,
        ),
    ] = None

    @property
    def measures(self) -> dict[str, float]:
        """The keys that are no key of the format: new values of the plan's measures."""
        return dict(self.__pydantic_extra__ or {})
