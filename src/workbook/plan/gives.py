"""What a reached milestone changes: figures, bills, people, measures, funding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field

from workbook.errors import N_
from workbook.figures import Number
from workbook.plan.business import Resources
from workbook.plan.money import Funding
from workbook.plan.parts import Key, NewBills, Part, Signed, Text, changes_of
from workbook.plan.people import NewJobs, NewRoles
from workbook.plan.sales import Sales


class Measure(Part):
    """Any figure worth following (NPS, say); milestones change it, nothing is computed from it."""

    value: Annotated[Number, Key(label=N_("value at the start"), example="30")]
    unit: Annotated[Text, Key(label=N_("unit"), example="points")] = ""
    label: Annotated[Text, Key(label=N_("what it is called"), example="NPS")] = ""


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
        described=lambda key: key.when_given() if key.given else None,
    )


class Gives(_Given):
    """New values from the week after, or `+5` and `-5` to add and take away.

    Any other key is one of the plan's own `measures`.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Number | Signed] = Field(init=False)

    funding: Annotated[
        Funding | None,
        Key(
            label=N_("funding"),
            help=N_("Money that comes once the milestone is reached."),
            whole=True,
        ),
    ] = None

    bills: NewBills = Field(default={})
    roles: NewRoles = Field(default={})
    jobs: NewJobs = Field(default={})

    @property
    def measures(self) -> dict[str, float | str]:
        """The keys that are no key of the format: what becomes of the plan's measures."""
        return dict(self.__pydantic_extra__ or {})
