"""A rule of the lecture, checked on any plan. It advises and never blocks.

A rule has the claim it comes from, a title, a check, and examples with the milestones that it must
find or accept; the tests check both. What makes a plan unreadable is not a
rule but a fault, and belongs to `consistency`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbook.errors import Message
from workbook.law import raced_rates
from workbook.plan import Milestone, Plan, Text

Remark = tuple[str | None, Message]
"""The milestone concerned (None: the plan as a whole), and the message."""


@dataclass(frozen=True)
class Finding:
    """A finding of a rule about a plan.

    Attributes
    ----------
    rule, claim
        The rule's id (`proof`) and the claim of the lecture it rests on (`P5`).
    milestone
        Id of the milestone concerned; None for the plan as a whole.
    message
        What was found and what to do; values may be bilingual, so format it with `words`.
    """

    rule: str
    claim: str
    milestone: str | None
    message: Message


@dataclass(frozen=True)
class Example:
    """A plan as data, without `id`, and the milestones in which the rule must find something."""

    plan: Mapping[str, Any]
    finds: Sequence[str | None] = ()


@dataclass(frozen=True)
class Rule:
    """A rule: its source, its title, its check, and its examples."""

    id: str
    claim: str
    title: Message
    check: Callable[[Plan], Iterator[Remark]]
    examples: Sequence[Example] = field(repr=False, default=())

    def find(self, plan: Plan) -> Iterator[Finding]:
        """Return every finding of this rule about the plan."""
        for milestone, message in self.check(plan):
            yield Finding(self.id, self.claim, milestone, message)


def remark(milestone: str | None, template: str, /, **values: object) -> Remark:
    """Make a remark about a milestone, or about the plan."""
    return milestone, Message(template, values)


def name_of(milestone: Milestone) -> Text:
    """Return the name of a milestone for readers: its name, or its id if a language has none."""
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
    """Whether its proof has a number from which it counts as reached."""
    proof = milestone.proof
    if milestone.level is not None:
        return True
    return proof is not None and (proof.at_least is not None or proof.at_most is not None)
