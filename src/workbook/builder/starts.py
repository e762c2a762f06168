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

YAML_KEY = re.compile(r"^(?:plan|id|goal|milestones)\s*:", re.MULTILINE)


def case_told(id: str) -> Tabled:
    """The plan of a shipped case, with a note on its assumed figures; InputError for any other."""
    case = cases.load(id)
    assumed = sum(basis.kind == "assumed" for basis in case.basis.values())
    if not assumed:
        return Tabled(case.plan)
    note = Message(
        "{n} figures of this case are assumed (◇), not told; on the canvas they lose that mark.",
        {"n": assumed},
    )
    return Tabled(case.plan, (note,))


def file_told(path: str | PathLike[str]) -> Tabled:
    """The plan of a file, YAML or a table; InputError with every fault by line or cell."""
    file = Path(path)
    if file.suffix.lower() in TABLE_SUFFIXES:
        return plan_of_table(file)
    return Tabled(cases.read(file).plan)


def text_told(text: str, id: str = "my-plan") -> Tabled:
    """The plan of a pasted text: a plan file's lines, or the cells of a table."""
    if YAML_KEY.search(text):
        return Tabled(cases.read_text(text, id).plan)
    return plan_of_cells(text, id)
