"""What comes from outside or changes on the way: promised money, funding, what is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field

from workbook.errors import N_
from workbook.figures import Amount, Id, Number, Share, Weeks, Whole
from workbook.plan.business import Resources
from workbook.plan.key import Key
from workbook.plan.parts import Note, Part, Signed, Text, changes_of
from workbook.plan.sales import Sales


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
        signed=True,
    )


class Gives(_Given):
    """New values from the week after, or `+5` and `-5` to add and take away.

    Any other key is the new value of one of the plan's own `measures`.
    """

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

    bills: Annotated[
        dict[Id, Amount | Signed],
        Key(
            label=N_("bills of their own"),
            help=N_("New amounts of the plan's bills, by id; `+50` adds, 0 ends one."),
            whole=True,
        ),
    ] = Field(default={})

    @property
    def measures(self) -> dict[str, float]:
        """The keys that are no key of the format: new values of the plan's measures."""
        return dict(self.__pydantic_extra__ or {})
