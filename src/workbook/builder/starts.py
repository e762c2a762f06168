"""Where a chain begins: a blank page, one of the cases, a file, or a table.

Whatever it is, it comes back as a plan, or as every fault of what was given, by line or by cell.
"""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from workbook import cases
from workbook.cases.grid import TABLE_SUFFIXES
from workbook.cases.table import Tabled, plan_of_cells, plan_of_table
from workbook.errors import Message
from workbook.plan import Plan

YAML_KEY = re.compile(r"^(?:plan|id|goal|milestones)\s*:", re.MULTILINE)


def from_case(id: str) -> Plan:
    """The plan of a shipped case; InputError where there is no such case."""
    return cases.load(id).plan


def case_told(id: str) -> Tabled:
    """As `from_case`, with a note on the figures of it that are assumed."""
    case = cases.load(id)
    assumed = sum(basis.kind == "assumed" for basis in case.basis.values())
    if not assumed:
        return Tabled(case.plan)
    note = Message(
        "{n} figures of this case are assumed (◇), not told; on the canvas they lose that mark.",
        {"n": assumed},
    )
    return Tabled(case.plan, (note,))


def from_file(path: str | PathLike[str]) -> Plan:
    """The plan of a file: YAML, or a table; InputError with every fault by line or cell."""
    return file_told(path).plan


def from_text(text: str, id: str = "my-plan") -> Plan:
    """The plan of a pasted text: a plan file's lines, or the cells of a table."""
    return text_told(text, id).plan


def file_told(path: str | PathLike[str]) -> Tabled:
    """As `from_file`, with notes on how a table was read."""
    file = Path(path)
    if file.suffix.lower() in TABLE_SUFFIXES:
        return plan_of_table(file)
    return Tabled(cases.read(file).plan)


def text_told(text: str, id: str = "my-plan") -> Tabled:
    """As `from_text`, with notes on how a table was read."""
    if YAML_KEY.search(text):
        return Tabled(cases.read_text(text, id).plan)
    return plan_of_cells(text, id)
