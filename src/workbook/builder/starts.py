"""Where a chain begins: a blank page, one of the cases, a file, or a table.

Whatever it is, it comes back as a plan, or as every fault of what was given, by line or by cell.
"""

from __future__ import annotations

from os import PathLike

from workbook import cases
from workbook.errors import InputError, fault
from workbook.plan import Plan


def from_case(id: str) -> Plan:
    """The plan of a shipped case; InputError where there is no such case."""
    return cases.load(id).plan


def from_file(path: str | PathLike[str]) -> Plan:
    """The plan of a file: YAML, or a table (`.csv`, `.tsv`, `.xlsx`); InputError with its faults."""
    from pathlib import Path

    file = Path(path)
    if file.suffix.lower() in (".csv", ".tsv", ".txt", ".xlsx"):
        raise InputError(str(file), [fault("", "tables come next")])
    return cases.read(file).plan


def from_text(text: str, id: str = "plan") -> Plan:
    """The plan of a pasted text: a plan file's YAML, or the cells of a table."""
    return cases.read_text(text, id).plan
