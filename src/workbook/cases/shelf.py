"""The shelf of shipped cases, and of the claims that their figures cite.

In a checkout it is the top-level `cases/` folder; in an installed wheel, the copy inside the
package.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from workbook.cases.case import Case, Source
from workbook.cases.conversion import Conversion
from workbook.cases.file import text_of, tidy
from workbook.cases.reading import read
from workbook.cases.yaml_source import parse
from workbook.consistency import Faults, nearest, shape_of, shown
from workbook.consistency.types import type_faults
from workbook.errors import Fault, InputError, Message
from workbook.plan import Part

SOURCES = "sources.yaml"


class SourcesFile(Part):
    """The file of claims: `sources:`, and below it each claim by its id."""

    sources: dict[str, Source] = Field(default={})


def folder() -> Path:
    """Where the shipped cases lie."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / "cases"
    return installed if installed.is_dir() else package.parents[1] / "cases"


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


def sources() -> Mapping[str, Source]:
    """The claims that facts may cite, by id."""
    path = folder() / SOURCES
    return _sources(path, path.stat().st_mtime_ns) if path.is_file() else {}


@cache
def _sources(path: Path, _changed: int) -> Mapping[str, Source]:
    """The claims of a file, read again only when it has changed."""
    name = str(path)
    table, known = parse(tidy(text_of(path), name))
    if table is None:
        raise InputError(name, known)
    conversion = Conversion()
    data = conversion.data(table, shape_of(SourcesFile))
    faults = Faults(data, conversion.lines)
    conversion.tell(faults)
    type_faults(faults, SourcesFile, data)
    if known or faults.in_order():
        raise InputError(name, [*known, *faults.in_order()])
    return MappingProxyType(SourcesFile.model_validate(data).sources)
