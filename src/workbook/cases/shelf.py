"""The shelf of shipped cases."""

from __future__ import annotations

from workbook.cases.case import Case
from workbook.cases.claims import SOURCES, folder
from workbook.cases.reading import read
from workbook.consistency import nearest, shown
from workbook.errors import Fault, InputError, Message


def shipped() -> tuple[str, ...]:
    """Ids of the shipped cases, in alphabetical order."""
    files = folder().glob("*.yaml")
    return tuple(sorted(file.stem for file in files if file.name != SOURCES))


def load(id: str) -> Case:
    """A shipped case by its id; where there is none InputError, with the nearest or with all."""
    if id not in shipped():
        raise InputError(shown(id), [Fault("", _no_case(id))])
    return read(folder() / f"{id}.yaml", shipped=True)


def _no_case(id: str) -> Message:
    if near := nearest(id, shipped()):
        values = {"found": shown(id), "known": near}
        return Message("no shipped case '{found}'; did you mean '{known}'?", values)
    known = ", ".join(f"'{case}'" for case in shipped())
    return Message(
        "no shipped case '{found}'; there are: {known}", {"found": shown(id), "known": known}
    )
