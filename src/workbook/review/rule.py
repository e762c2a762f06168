"""A rule of the lecture, asked of any plan. It advises and never blocks.

A rule is one small file: the claim it comes from, a title, a check, and examples that say which
milestones must be found and which must pass; the tests compare both ways. What makes a plan
unreadable is no rule but a fault, and belongs to `consistency`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbook.errors import Message
from workbook.law import raced_rates
from workbook.plan import Milestone, Plan, Text

Remark = tuple[str | None, Message]
"""The milestone it is about (None: the plan as a whole), and what is said of it."""


@dataclass(frozen=True)
class Finding:
    """What a rule has to say about a plan.

    Attributes
    ----------
    rule, claim
        The rule's id (`proof`) and the claim of the lecture it rests on (`P5`).
    milestone
        Id of the milestone it is about; None where it is the plan as a whole.
    message
        What was found and what to do; a gap may hold a `Text`, so speak it with `words`.
    """

    rule: str
    claim: str
    milestone: str | None
    message: Message


@dataclass(frozen=True)
class Example:
    """A plan as data, without `id`, and where exactly the rule must find something in it."""

    plan: Mapping[str, Any]
    finds: Sequence[str | None] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: where it comes from, what it asks, and the examples that hold it to that."""

    id: str
    claim: str
    title: Message
    check: Callable[[Plan], Iterator[Remark]]
    examples: Sequence[Example] = field(repr=False, default=())

    def find(self, plan: Plan) -> Iterator[Finding]:
        """Everything that this rule has to say about the plan."""
        for milestone, message in self.check(plan):
            yield Finding(self.id, self.claim, milestone, message)


def remark(milestone: str | None, template: str, /, **values: object) -> Remark:
    """Say something about a milestone, or about the plan."""
    return milestone, Message(template, values)


def name_of(milestone: Milestone) -> Text:
    """What a reader calls the milestone: its name, or its id where a language has none."""
    name = milestone.name
    halves = (name,) if isinstance(name, str) else (name.en, name.zh)
    return name if all(half.strip() for half in halves) else milestone.id


def can_fail(milestone: Milestone) -> bool:
    """Whether an attempt at it can fail, a belief turn out false, a level or a week be missed."""
    if milestone.level is not None or milestone.by_week is not None:
        return True
    doubted = milestone.tests is not None and milestone.tests.belief < 1
    return doubted or min(raced_rates(milestone)) < 1


def has_level(milestone: Milestone) -> bool:
    """Whether its proof names a number from which it counts as reached."""
    proof = milestone.proof
    if milestone.level is not None:
        return True
    return proof is not None and (proof.at_least is not None or proof.at_most is not None)
