"""A fork: when it opens, its options, and the edit of the plan that each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from workbook.errors import N_
from workbook.figures import Amount, Flag, Id, Number, Share, Whole
from workbook.plan.business import Resources
from workbook.plan.money import Funding, Loan
from workbook.plan.parts import (
    BURN_WORDS,
    CHAIN_WORDS,
    GOAL_WORDS,
    ID,
    MONEY_WORDS,
    NAME,
    Key,
    NewBills,
    Note,
    Part,
    Signed,
    Text,
    changes_of,
)
from workbook.plan.people import NewJobs, NewRoles
from workbook.plan.sales import Sales


class When(Part):
    """When a fork opens: the first week in which everything named holds."""

    milestone: Annotated[
        Id | None,
        Key(
            label=N_("opens at the milestone"),
            help=N_("The milestone of which an attempt would start this week."),
            example="taste",
        ),
    ] = None
    week: Annotated[
        Whole | None,
        Key(
            label=N_("opens in week"),
            help=N_("That week or a later one."),
            unit="weeks",
            example="12",
        ),
    ] = None
    used_up: Annotated[
        Id | None,
        Key(
            label=N_("opens when used up"),
            help=N_("A milestone that has no attempt left, or has missed its deadline."),
            example="taste",
        ),
    ] = None
    cash_below: Annotated[
        Amount | None,
        Key(
            label=N_("opens when cash is below"),
            help=N_("Cash as the week begins is less than this."),
            unit="money",
            example="10000",
        ),
    ] = None


class Wait(Part):
    """Stop and hope: nothing is attempted until the money comes, each week with this chance."""

    burn_per_week: Annotated[
        Amount,
        Key(
            label=N_("burn while waiting"),
            help=N_("It takes the place of the plan's burn while the wait lasts."),
            unit="money",
            synonyms=BURN_WORDS,
            flow="out",
            example="300",
        ),
    ]
    chance_per_week: Annotated[
        Share,
        Key(
            label=N_("chance of money in a week"),
            help=N_("With this chance the money comes at the end of each week."),
            unit="share",
            example="0.1",
        ),
    ]
    amount: Annotated[
        Amount,
        Key(
            label=N_("money that comes"),
            help=N_("What the end of the wait brings."),
            unit="money",
            synonyms=MONEY_WORDS,
            flow="in",
            example="80000",
        ),
    ]


if TYPE_CHECKING:

    class SalesEdit(Part):
        """Changes, as `changes_of` makes them of every figure of the sales."""

        def __getattr__(self, name: str) -> Any: ...

    class _Changed(Part):
        """Changes, as `changes_of` makes them of every figure among the resources."""

        def __getattr__(self, name: str) -> Any: ...

else:
    SalesEdit = changes_of("SalesEdit", Part, Sales, described=lambda key: key)
    SalesEdit.__module__ = __name__  # where pickle finds it
    SalesEdit.__doc__ = "A change of sales: a new value, or `+5` / `-5` to add or take away."
    _Changed = changes_of("Changed", Part, Resources, described=lambda key: key)


class Edit(_Changed):
    """A change of a plan: any of its keys; `+30000` adds, a plain number replaces."""

    goal: Annotated[
        Id | None,
        Key(
            label=N_("the goal"),
            help=N_("Another goal from then on."),
            synonyms=GOAL_WORDS,
            example="breakeven",
        ),
    ] = None
    sales: Annotated[
        SalesEdit | None,
        Key(label=N_("what you sell"), help=N_("New values; `+5` and `-5` add.")),
    ] = None
    measures: Annotated[
        dict[str, Number | Signed],
        Key(label=N_("measures"), help=N_("New values; `+5` and `-5` add."), whole=True),
    ] = Field(default={})
    bills: NewBills = Field(default={})
    roles: NewRoles = Field(default={})
    jobs: NewJobs = Field(default={})
    skip: Annotated[
        tuple[Id, ...],
        Key(
            label=N_("what is left out"),
            help=N_("Milestones that are not attempted from then on."),
            example="[taste]",
        ),
    ] = ()
    milestones: Annotated[
        dict[Id, dict[str, Any]],
        Key(
            label=N_("milestones"),
            help=N_("Keys of milestones that change, by id; an unknown id adds a milestone."),
            synonyms=CHAIN_WORDS,
        ),
    ] = Field(default={})


FIGURES: tuple[str, ...] = tuple(_Changed.model_fields)
"""Figures of the plan that an edit can set or move, outside its sales."""


class Option(Edit):
    """One way out of a fork: an edit of the plan that takes effect when the fork opens."""

    id: Annotated[Id, ID.but(start="option", example="borrow")]
    name: Annotated[Text, NAME.but(example="Borrow")] = ""
    note: Note = ""
    loan: Annotated[
        Loan | None,
        Key(label=N_("a loan"), help=N_("Money now against more money later.")),
    ] = None
    funding: Annotated[
        Funding | None,
        Key(
            label=N_("a round, or a loan with instalments"),
            help=N_("Money that comes with its chance, so many weeks after the fork opens."),
            synonyms=("round", "investment", "raise", "融资"),
        ),
    ] = None
    wait: Annotated[
        Wait | None,
        Key(label=N_("a wait"), help=N_("Nothing is attempted until the money comes.")),
    ] = None


class Fork(Part):
    """A decision on the way; without an option `chosen` the plan goes on as written."""

    id: Annotated[Id, ID.but(start="fork", example="cash-gap")]
    name: Annotated[Text, NAME.but(example="The money runs out")] = ""
    note: Note = ""
    at: Annotated[
        When,
        Key(
            label=N_("when it opens"),
            help=N_("The first week in which everything named holds."),
        ),
    ] = When()
    any_time: Annotated[
        Flag,
        Key(
            label=N_("on offer at any time"),
            help=N_(
                "In a rehearsal its options can be taken whenever work at its milestone could"
                " start, whatever the week and the cash."
            ),
            synonyms=("anytime", "always", "随时"),
            example="true",
        ),
    ] = False
    options: Annotated[
        tuple[Option, ...],
        Field(min_length=1),
        Key(
            label=N_("options"),
            help=N_("The ways out, one or more."),
            start=({"id": "option"},),
            synonyms=("choices", "ways", "选项"),
        ),
    ]
    chosen: Annotated[
        Id | None,
        Key(
            label=N_("the option chosen"),
            help=N_("The id of an option; without it the plan goes on as written."),
            example="borrow",
        ),
    ] = None
