"""The claims of the lecture that figures cite: `sources.yaml`, beside the shipped cases."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from workbook.cases.case import Source
from workbook.cases.file import text_of, tidy
from workbook.cases.yaml_data import NodeReader
from workbook.cases.yaml_source import parse
from workbook.consistency import Faults, shape_of
from workbook.consistency.types import type_faults
from workbook.errors import InputError
from workbook.places import shipped
from workbook.plan import Part

SOURCES = "sources.yaml"


class SourcesFile(Part):
    """The file of claims: `sources:`, and below it each claim by its id."""

    sources: dict[str, Source] = Field(default={})


def folder() -> Path:
    """Where the shipped cases lie: in a checkout `cases/`, in a wheel the copy in the package."""
    return shipped("cases")


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
    reader = NodeReader()
    data = reader.data(table, shape_of(SourcesFile))
    faults = Faults(data, reader.lines)
    reader.report(faults)
    type_faults(faults, SourcesFile, data)
    if known or faults.in_order():
        raise InputError(name, [*known, *faults.in_order()])
    return MappingProxyType(SourcesFile.model_validate(data).sources)
