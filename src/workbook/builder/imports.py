"""A plan to start from: one of the cases, a file, a table, or a blank page with six questions.

A plan is returned as a case (with the sources of its figures), or refused with every fault, by line
or cell. A story in the file is left out: it is somebody else's.

The questions lead from the goal backwards (P7) to the first small win (P6), then on in the
lecture's order. They follow from the plan alone and need no order; a step is done when nothing of
it is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from workbook import cases
from workbook.cases import Case
from workbook.cases.plan_book import read_book
from workbook.cases.table import PlanOfTable, plan_of_cells, plan_of_table
from workbook.chain import origins, required
from workbook.errors import Message
from workbook.plan import BREAKEVEN, Plan
from workbook.review import Finding
from workbook.tables import FOREIGN_SUFFIXES, TABLE_SUFFIXES

YAML_KEY = re.compile(r"^(?:plan|id|goal|milestones)\s*:", re.MULTILINE)


@dataclass(frozen=True)
class Start:
    """What a chain begins with, and what the reader should know of how it was read."""

    case: Case
    notes: tuple[Message, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.case.plan


def read_case(id: str) -> Start:
    """A shipped case, with a note on its assumed figures; InputError for any other id."""
    return _without_story(cases.load(id))


def read_file(path: str | PathLike[str], currency: str = "CNY") -> Start:
    """What a file holds, YAML or a table; InputError with every fault by line or cell.

    `currency` is that of the amounts in a table that names none.
    """
    file = Path(path)
    if (found := read_book(file)) is not None:
        case, notes = found
        start = _without_story(case)
        return Start(start.case, (*notes, *start.notes))
    if file.suffix.lower() in (*TABLE_SUFFIXES, *FOREIGN_SUFFIXES):
        return _of_table(plan_of_table(file), currency)
    return _without_story(cases.read(file))


def read_text(text: str, id: str = "my-plan", currency: str = "CNY") -> Start:
    """What a pasted text holds: a plan file's lines, or the cells of a table."""
    if YAML_KEY.search(text):
        return _without_story(cases.read_text(text, id))
    return _of_table(plan_of_cells(text, id), currency)


def _of_table(found: PlanOfTable, currency: str) -> Start:
    plan = found.plan
    if "currency" not in plan.model_fields_set:
        plan = plan.model_copy(update={"currency": currency})
    return Start(Case(plan), found.notes)


def _without_story(case: Case) -> Start:
    case = replace(case, situation="", question="", happened=())
    assumed = sum(basis.kind == "assumed" for basis in case.basis.values())
    if not assumed:
        return Start(case)
    template = (
        "{n} of its figures are assumed, not given. They are marked ◇ with the reason; what you"
        " change is yours."
    )
    return Start(case, (Message(template, {"n": assumed}),))


FEWEST = 3
"""So many points lead to a goal, itself included, before the next question is asked."""

Open = tuple[str | None, Message]
"""What is still open: the milestone that it is about (None: the plan), and the sentence."""


@dataclass(frozen=True)
class Question:
    """One step of the path: what is asked, a line that helps, and what is open of it now."""

    id: str
    question: Message
    help: Message
    open: tuple[Open, ...]

    @property
    def done(self) -> bool:
        """Whether nothing is open any more."""
        return not self.open


def questions(plan: Plan, findings: tuple[Finding, ...]) -> tuple[Question, ...]:
    """The six steps for the plan as it stands, with what its review has found."""
    return tuple(
        Question(id, question, help, (*find(plan), *_asked(findings, RULES[id])))
        for id, question, help, find in PATH
    )


def _goal(plan: Plan) -> Iterator[Open]:
    if not plan.milestones:
        yield None, Message("Add the goal as the first milestone.")


def _backwards(plan: Plan) -> Iterator[Open]:
    on_the_way = len(required(plan)) if plan.goal != BREAKEVEN else len(plan.attempted)
    if on_the_way < FEWEST:
        goal = plan.goal if plan.goal in plan.ids else None
        yield goal, Message("Add what must be true right before the goal, and what before that.")


def _origin(plan: Plan) -> Iterator[Open]:
    first = [id for id in origins(plan) if plan.goal == BREAKEVEN or id in required(plan)]
    if not first:
        yield (
            None,
            Message("No milestone stands at the beginning yet: one that needs nothing else."),
        )


def _order(plan: Plan) -> Iterator[Open]:
    if not plan.milestones:
        yield None, Message("Nothing to put in order yet.")


def _proof(plan: Plan) -> Iterator[Open]:
    if not plan.milestones:
        yield None, Message("Nothing to prove yet.")


def _resources(plan: Plan) -> Iterator[Open]:
    if plan.cash is None and not plan.counts_hours:
        yield None, Message("Write the cash that you have.")
    if plan.burn_per_week == 0 and not plan.counts_hours:
        yield None, Message("Write what a week costs, whatever you do: the burn.")


def _asked(findings: tuple[Finding, ...], rules: tuple[str, ...]) -> Iterator[Open]:
    """What the lecture's rules of these names have found."""
    for finding in findings:
        if finding.rule in rules:
            yield finding.milestone, finding.message


RULES: Mapping[str, tuple[str, ...]] = {
    "goal": (),
    "backwards": ("cut-finer",),
    "origin": ("small-win",),
    "order": (
        *("off-path", "who-needs-whom", "kernel-first", "efficiency-last"),
        *("frame-first", "content-first", "business-first", "market-first"),
    ),
    "proof": ("goal-first", "proof", "if-missed"),
    "resources": ("cannot-fail", "finite-cards", "way-back"),
}
"""The rules of the lecture that speak to each step."""

Step = tuple[str, Message, Message, Callable[[Plan], Iterator[Open]]]
PATH: tuple[Step, ...] = (
    (
        "goal",
        Message("Where do you want to be?"),
        Message("One sentence that you could check on a certain day: “the second shop is open”."),
        _goal,
    ),
    (
        "backwards",
        Message("What must be true right before that, without which it cannot be?"),
        Message("Go backwards step by step. The higher the goal, the more points you need."),
        _backwards,
    ),
    (
        "origin",
        Message("Which small win can you have first?"),
        Message(
            "The origin needs nothing else, costs little, and is true in a small scope: a need that"
            " hurts, a chance, a thing that works."
        ),
        _origin,
    ),
    (
        "order",
        Message("What waits for what?"),
        Message(
            "The kernel before the expansion, input before output. What the goal can do without may"
            " stand aside."
        ),
        _order,
    ),
    (
        "proof",
        Message("How will you know that each point is reached, and what if it is missed?"),
        Message("A number that others could count too, and the way on when it is not met."),
        _proof,
    ),
    (
        "resources",
        Message("What do you have, and how sure are you?"),
        Message(
            "Cash, burn, weeks and cost of an attempt, and the chance that it passes. How long did"
            " the last similar thing take?"
        ),
        _resources,
    ),
)
