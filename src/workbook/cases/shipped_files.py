"""The shelf: the shipped cases, and the example businesses."""

from __future__ import annotations

from pathlib import Path

from workbook.cases.case import Case
from workbook.cases.reading import SOURCES, folder, read
from workbook.consistency import nearest, shown
from workbook.errors import Fault, InputError, Message

ALSO = "side-business"
"""A case that is an example business as well."""


def shipped() -> tuple[str, ...]:
    """Ids of the shipped cases, in alphabetical order."""
    files = folder().glob("*.yaml")
    return tuple(sorted(file.stem for file in files if file.name != SOURCES))


def examples() -> tuple[str, ...]:
    """Ids of the example businesses, in alphabetical order: plans to begin one's own with.

    One of the cases, the side business, is such a plan as well.
    """
    return tuple(sorted({*(file.stem for file in _examples().glob("*.yaml")), ALSO}))


def known() -> tuple[str, ...]:
    """Ids of all that is shipped: first the cases, then the example businesses."""
    return tuple(dict.fromkeys((*shipped(), *examples())))


def load(id: str) -> Case:
    """A shipped case or example by its id; InputError for another, with the nearest or all."""
    if id in shipped():
        return read(folder() / f"{id}.yaml", shipped=True)
    if id in examples():
        return read(_examples() / f"{id}.yaml", shipped=True)
    raise InputError(shown(id), [Fault("", _no_case(id))])


def _examples() -> Path:
    return folder() / "examples"


def _no_case(id: str) -> Message:
    if near := nearest(id, known()):
        values = {"found": shown(id), "known": near}
        return Message("no shipped case '{found}'; did you mean '{known}'?", values)
    told = ", ".join(f"'{case}'" for case in known())
    return Message(
        "no shipped case '{found}'; there are: {known}", {"found": shown(id), "known": told}
    )
