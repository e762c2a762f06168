"""A plan to start from: a blank page, one of the cases, a file, or a table.

It is returned as a case (a plan, and the sources of its figures), or refused with every fault, by
line or cell. A story in the file is left out: it is somebody else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from workbook import cases
from workbook.cases import Case
from workbook.cases.table import PlanOfTable, plan_of_cells, plan_of_table
from workbook.errors import Message
from workbook.plan import Plan
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
        "{n} of its figures are assumed, not told. They are marked ◇ with the reason; what you"
        " change is yours."
    )
    return Start(case, (Message(template, {"n": assumed}),))
