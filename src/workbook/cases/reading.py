"""Read a plan file: from its text to a case, or to all of its faults at once, by line.

A shipped case or example business is read by its id, and so are the claims of the lecture that
figures cite: `sources.yaml`, next to the shipped cases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import Field

from workbook.amounts import read_date
from workbook.cases.case import STORY_KEYS, YOURS, Basis, Case, CaseFile, Fact, Source
from workbook.cases.facts import claim_faults, fact_faults, values_of
from workbook.cases.file import text_of, tidy
from workbook.cases.yaml_data import NodeReader
from workbook.cases.yaml_source import Scalar, Table, parse
from workbook.consistency import Faults, Place, faults_of, nearest, shape_of, shown, without_effect
from workbook.consistency.ranges import lifted
from workbook.consistency.references import mapping, mappings_at
from workbook.consistency.types import type_faults
from workbook.errors import Fault, InputError, Message, quoted
from workbook.files import shipped as shipped_folder
from workbook.plan import Part, Plan

SOURCES = "sources.yaml"


class SourcesFile(Part):
    """The file of claims: `sources:`, and below it each claim by its id."""

    sources: dict[str, Source] = Field(default={})


def folder() -> Path:
    """The folder of the shipped cases: `cases/` of a checkout, or the copy in a wheel."""
    return shipped_folder("cases")


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


FREE = ("plan", "log", *STORY_KEYS)
FILE = shape_of(CaseFile)


def read(path: str | PathLike[str], *, shipped: bool = False) -> Case:
    """Read a plan file of a learner's own, or a case.

    Parameters
    ----------
    path
        The YAML file.
    shipped
        Hold it to what shipped cases promise as well: no bare figures, no fact unused, the id is
        the file's name.

    Raises
    ------
    InputError
        With every fault of the file, in the order of its lines.
    """
    name = str(path)
    case = read_text(text_of(path), name, shipped=shipped)
    return Case(**{**case.__dict__, "path": Path(path)})


def read_text(text: str, name: str = "plan", *, shipped: bool = False) -> Case:
    """Read the text of a plan file; `name` is what faults call it."""
    text = tidy(text, name)
    return _case(_table(text, name), text, name, shipped=shipped)


def _table(text: str, name: str) -> tuple[Table, list[Fault]]:
    """The tree of a file, and what does not keep it from being read further."""
    table, faults = parse(text)
    if table is None:
        nothing = Message("the file holds no plan; begin with lines such as `plan: 1`, `id: …`")
        raise InputError(name, faults or [Fault("", nothing, 1)])
    return table, faults


def _case(read_so_far: tuple[Table, list[Fault]], text: str, name: str, *, shipped: bool) -> Case:
    table, known = read_so_far
    facts = _facts(table, Faults({}))
    reader = NodeReader(facts, starts=_starts(table))
    data = lifted(reader.data(table, FILE), reader.lines)
    faults = Faults(data, reader.lines)
    reader.report(faults)
    fact_faults(mapping(data.get("facts")), faults)
    values_of(mapping(data.get("facts")), faults)
    claim_faults(data, _claims(), faults)
    _happened(data, faults)
    if shipped:
        _shipped(data, reader, Path(name).stem, faults)
    unread = {faults.path(place) for place, *_ in reader.pending}  # a number stands in for it
    checked = faults_of(data, model=CaseFile, lines=reader.lines)
    found = [*known, *faults.in_order(), *(one for one in checked if one.path not in unread)]
    if found:
        raise InputError(name, _once(found))
    return _whole(data, reader, text)


def _once(faults: list[Fault]) -> list[Fault]:
    """The faults without those that two checks have both found."""
    return list({(fault.path, str(fault.message), fault.line): fault for fault in faults}.values())


def _facts(table: Table, sheet: Faults) -> dict[str, Any]:
    """Values of the facts, read before everything that may refer to them."""
    node = table.entries.get("facts")
    if not isinstance(node, Table):
        return {}
    data = NodeReader().data(node, FILE.child("facts"))
    return dict(values_of(data, sheet))


def _starts(table: Table) -> str | None:
    """The plan's first day, read before the dates that count from it."""
    node = table.entries.get("starts")
    day = read_date(node.text) if isinstance(node, Scalar) else None
    return day.isoformat() if isinstance(day, date) else None


def _claims() -> Collection[str]:
    return sources()


def _happened(data: Mapping[str, Any], faults: Faults) -> None:
    """Write down milestones that the story names and the plan does not have."""
    ids = [keys.get("id") for _, keys in mappings_at(data, "milestones")]
    known = [id for id in ids if isinstance(id, str)]
    for place, event in mappings_at(data, "happened"):
        id = event.get("milestone")
        if isinstance(id, str) and id not in known:
            faults.add_unknown(
                (*place, "milestone"),
                id,
                known,
                "no milestone '{found}'; name one of the plan's milestones",
                "no milestone '{found}'; did you mean '{known}'?",
            )


def _shipped(data: Mapping[str, Any], reader: NodeReader, stem: str, faults: Faults) -> None:
    """Write down what only a shipped case must not have."""
    if data.get("id") != stem:
        faults.add(("id",), "the id of a shipped case is its file's name, '{stem}'", stem=stem)
    for place, fact in reader.figures.items():
        if fact is None and place[0] not in FREE:
            faults.add(place, "a bare number; give it a name and a basis under `facts`")
    used = set(reader.figures.values())
    facts = mapping(data.get("facts"))
    for fact in facts.values():
        used |= set(mapping(fact).get("from") or ())
    for name in facts:
        if name not in used:
            faults.add(("facts", name), "nothing refers to this fact; take it out")


def _whole(data: dict[str, Any], reader: NodeReader, text: str) -> Case:
    """The case, once nothing is wrong with it."""
    plan = Plan.model_validate({key: data[key] for key in data if key not in STORY_KEYS})
    file = CaseFile.model_validate(data)
    facts = _valued(file.facts, reader.facts)
    return Case(
        plan=plan,
        facts=facts,
        situation=file.situation,
        question=file.question,
        happened=file.happened,
        basis=_basis(data, reader, facts),
        notes=_notes(data, reader),
        text=text,
    )


def _notes(data: Mapping[str, Any], reader: NodeReader) -> tuple[Fault, ...]:
    """Notes, in the form of faults, on what was read differently or has no effect."""
    faults = Faults(data, reader.lines)
    for place, message in reader.notes:
        faults.add(place, message.template, **message.values)
    without_effect(faults, data)
    return tuple(faults.in_order())


def _valued(facts: Mapping[str, Fact], values: Mapping[str, Any]) -> dict[str, Fact]:
    """The facts, with what was computed put in where no value was written."""
    return {
        name: fact if fact.value is not None else fact.model_copy(update={"value": values[name]})
        for name, fact in facts.items()
    }


def _basis(
    data: Mapping[str, Any], reader: NodeReader, facts: Mapping[str, Fact]
) -> dict[str, Basis]:
    """Where each figure comes from, by its path; of a list, what its first figure says."""
    faults = Faults(data)
    found: dict[str, Basis] = {}
    for place, name in reader.figures.items():
        if place[0] not in FREE:
            basis = YOURS if name is None else Basis(facts[name].basis, name, facts[name])
            found.setdefault(faults.path(_field(place)), basis)
    return found


def _field(place: Place) -> Place:
    """The place of the whole value, where the figure is one of a list."""
    return place[:-1] if isinstance(place[-1], int) else place


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
    if id not in known():
        raise InputError(shown(id), [Fault("", _no_case(id))])
    path = (folder() if id in shipped() else _examples()) / f"{id}.yaml"
    return _loaded(path, path.stat().st_mtime_ns)


@cache
def _loaded(path: Path, _changed: int) -> Case:
    """A shipped file, read again only when it has changed."""
    return read(path, shipped=True)


def _examples() -> Path:
    return folder() / "examples"


def _no_case(id: str) -> Message:
    if near := nearest(id, known()):
        values = {"found": shown(id), "known": near}
        return Message("no shipped case '{found}'; did you mean '{known}'?", values)
    template = "no shipped case '{found}'; there are: {known}"
    return Message(template, {"found": shown(id), "known": [quoted(case) for case in known()]})
