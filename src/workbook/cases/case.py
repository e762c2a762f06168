"""A case: a plan with a story, figures that say where they come from, and what really happened.

Every figure that a learner sees is *stated* (it cites a claim), *derived* (computed from others),
*assumed* (chosen so that the case can be played, with the reason) or *yours*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from workbook.errors import Fault
from workbook.figures import Flag, Id, Number
from workbook.plan import Part, Plan, Text

Kind = Literal["stated", "derived", "assumed", "yours"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def _in_order(bounds: tuple[float, float]) -> tuple[float, float]:
    if bounds[0] > bounds[1]:
        raise ValueError("range-order")
    return bounds


Value = float | tuple[float, ...]


class Source(Part):
    """One claim, in our own words, and the places in this workbook where it is put to use.

    A place is `cases/<id>` (a case that plays it), `review/<rule>` (a rule that asks for it) or
    `notebooks/<name>` (a notebook that teaches it, in both languages).
    `uncertain` marks what its source leaves in doubt.
    """

    en: str
    zh: str
    place: tuple[str, ...] | str = ()
    uncertain: Flag = False


class Fact(Part):
    """A figure with where it comes from; plans refer to it by its name.

    `claim` names the claims of a stated figure; `from` and `how` the formula of a derived one;
    `why` the reason for an assumed one, `range` the low and high that would still be plausible.
    """

    value: Number | Annotated[tuple[Number, ...], Field(min_length=1)] | None = None
    unit: Text = ""
    label: Text = ""
    basis: Kind
    claim: Id | tuple[Id, ...] = ()
    from_: tuple[Id, ...] = Field(default=(), alias="from")
    how: str = ""
    why: Text = ""
    range: Annotated[tuple[Number, Number], AfterValidator(_in_order)] | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that the figure cites."""
        return (self.claim,) if isinstance(self.claim, str) else self.claim


class Happening(Part):
    """Something that really happened, shown after the bet."""

    text: Text
    claims: tuple[Id, ...] = ()
    milestone: Id | None = None


class CaseFile(Plan):
    """A plan file: the plan's keys, and beside them those that make a case of it."""

    situation: Text = ""
    question: Text = ""
    facts: dict[Id, Fact] = Field(default={})
    happened: tuple[Happening, ...] = ()


NOWHERE = {"milestone": None}
STORY_KEYS = ("situation", "question", "facts", "happened")


@dataclass(frozen=True)
class Basis:
    """Where one figure of a plan comes from.

    Attributes
    ----------
    kind
        stated, derived, assumed or yours.
    name
        The fact that the plan refers to; None for a figure written straight into it.
    fact
        That fact itself.
    """

    kind: Kind = "yours"
    name: str | None = None
    fact: Fact | None = None


YOURS = Basis()


@dataclass(frozen=True)
class Case:
    """What a plan file holds: the plan, and the story around it where there is one.

    Attributes
    ----------
    plan
        The plan, facts put in for their names.
    facts
        The facts by name, each with its value.
    situation, question
        The story up to the fork, and what is asked there.
    happened
        What really happened.
    basis
        Where each figure comes from, by its path in the plan: `cash`, `milestones.taste.pass_rate`,
        `forks.cash-gap.options.borrow.loan.repay`. Keys that the file leaves out have none.
    notes
        What was read differently from how it is written, or changes nothing, with its line.
    path, text
        The file and its text, where it came from one; cases are compared without them.
    """

    plan: Plan
    facts: Mapping[str, Fact] = field(default_factory=dict)
    situation: Text = ""
    question: Text = ""
    happened: tuple[Happening, ...] = ()
    basis: Mapping[str, Basis] = field(default_factory=dict, compare=False, repr=False)
    notes: tuple[Fault, ...] = field(default=(), compare=False, repr=False)
    path: Path | None = field(default=None, compare=False, repr=False)
    text: str | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The id of the case, which is that of its plan."""
        return self.plan.id

    def basis_of(self, path: str) -> Basis:
        """Where the figure at this path comes from; yours where the file does not say."""
        return self.basis.get(path, YOURS)

    def using(self, plan: Plan) -> Case:
        """The same case with another plan; written back, it keeps the comments of the old one.

        What happened at a milestone that is gone is kept without it.
        """
        happened = tuple(
            event if event.milestone in (None, *plan.ids) else event.model_copy(update=NOWHERE)
            for event in self.happened
        )
        return replace(self, plan=plan, happened=happened)
