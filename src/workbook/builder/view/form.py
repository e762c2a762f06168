"""The form of the inspector, made of the keys of the plan file that ask something.

Which keys there are, what they are called and how they slide is said on the plan's types; here only
the groups have their titles. A key with a `group` and a question (`ask`) stands in the form. A
field's `path` is its place in the plan file, below its milestone or at the top; `when` names a part
that must stand before the field makes sense; `part` is what a tick puts there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workbook.consistency.described import Described, begun, described
from workbook.plan import STAGES, Milestone, Plan
from workbook.words import N_, Words

WEEKS, MONEY, SHARE = N_("weeks"), "{currency}", "%"
UNITS: Mapping[str, str] = {"money": MONEY, "share": SHARE, "weeks": WEEKS}
OPEN = {"attempt", "proof", "order", "cash"}
MILESTONE_GROUPS: Mapping[str, str] = {
    "attempt": "",
    "proof": N_("What proves it, and what if not"),
    "order": N_("What it hangs on"),
    "belief": N_("A belief that it tests"),
    "level": N_("A level that reaches it by itself"),
    "gives": N_("What it changes once reached"),
    "more": N_("More"),
}
RESOURCE_GROUPS: Mapping[str, str] = {
    "cash": "",
    "sales": N_("What you sell today"),
    "more": N_("More"),
}


@dataclass(frozen=True)
class Field:
    """One figure: where it stands, what it is called, what it means, how it is entered."""

    path: str
    kind: str
    label: str
    help: str = ""
    unit: str = ""
    slide: tuple[float, float] | None = None
    step: float | None = None
    optional: bool = False
    signed: bool = False
    when: str | None = None
    part: Mapping[str, Any] | None = None
    last: str = ""
    empty: str = ""
    columns: Sequence[Field] = ()
    row: Mapping[str, Any] | None = None

    def spoken(self, w: Words) -> dict[str, Any]:
        """The field as the page reads it, in the words' language."""
        plain = {key: value for key, value in vars(self).items() if value not in (None, "", ())}
        for key in ("label", "help", "last", "empty"):
            if plain.get(key):
                plain[key] = w(plain[key])
        if self.unit and self.unit not in (MONEY, SHARE):
            plain["unit"] = w(self.unit)
        if self.columns:
            plain["columns"] = [column.spoken(w) for column in self.columns]
        if self.path == "stage":
            plain["choices"] = [[stage, w.stage(stage)] for stage in STAGES]
        return plain


@dataclass(frozen=True)
class Group:
    """Fields that belong together; folded away where a beginner does not need them."""

    id: str
    title: str
    fields: Sequence[Field]
    folded: bool = True

    def spoken(self, w: Words) -> dict[str, Any]:
        """The group as the page reads it."""
        return {
            "id": self.id,
            "title": w(self.title) if self.title else "",
            "folded": self.folded,
            "fields": [field.spoken(w) for field in self.fields],
        }


def form(w: Words) -> dict[str, Any]:
    """The whole form as the page reads it."""
    return {
        "milestone": [group.spoken(w) for group in MILESTONE],
        "resources": [group.spoken(w) for group in RESOURCES],
    }


def groups_of(model: type[BaseModel], titles: Mapping[str, str]) -> tuple[Group, ...]:
    """The form of a part: its keys by group, in the order of the type but for their rank."""
    fields: dict[str, list[tuple[int, Field]]] = {id: [] for id in titles}
    for group, rank, field in _fields(model):
        fields[group].append((rank, field))
    return tuple(
        Group(
            id,
            title,
            tuple(field for _, field in sorted(fields[id], key=lambda one: one[0])),
            folded=id not in OPEN,
        )
        for id, title in titles.items()
    )


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, int, Field]]:
    """Every key that asks something, with its group and rank: those of the part around it."""
    parts: dict[str, Described] = {}
    for one in described(model):
        around = [parts[path] for path in _parents(one.path) if path in parts]
        if one.shape.model is not None:
            parts[one.path] = one
        outer = around[-1] if around else one
        if outer.key.group and one.key.ask and not _left_out(one.path):
            yield outer.key.group, outer.key.rank or one.key.rank, _field(one, around)


def _left_out(path: str) -> bool:
    """What a redesign gives stands in no form: it would be a form within a form."""
    return "redesign.gives" in path


def _parents(path: str) -> list[str]:
    """The paths around a path, the nearest first."""
    steps = path.split(".")
    return [".".join(steps[:n]) for n in range(len(steps) - 1, 0, -1)]


def _field(one: Described, around: list[Described]) -> Field:
    when = _when(one, around)
    key, kind = one.key, _kind(one)
    absent = any(part.nullable for part in around) and when is None
    typed = kind in ("line", "long", "flag", "milestones", "rates")
    return Field(
        one.path,
        kind,
        key.ask,
        key.help,
        UNITS.get(key.unit, ""),
        key.slide,
        key.step,
        optional=(one.nullable or absent) and not typed,
        signed=one.shape.signed,
        when=when,
        part=begun(one.shape.model) if one.shape.model and not one.shape.text else None,
        last=key.last,
        empty=key.empty,
        **_rows(one),
    )


def _when(one: Described, around: list[Described]) -> str | None:
    """The part that must stand before the key makes sense; a key that opens it needs none."""
    for part in around:
        if part.nullable and part.shape.model and (opening := begun(part.shape.model)):
            opens = one.path.removeprefix(f"{part.path}.") in opening and not part.key.ask
            return None if opens else part.path
    return None


def _kind(one: Described) -> str:
    """How the value is entered, by what may stand there."""
    shape, unit = one.shape, one.key.unit
    if shape.model is not None and not shape.text:
        return "flag"
    if shape.flag or shape.choices or (shape.text and not shape.number):
        return "flag" if shape.flag else "choice" if shape.choices else _text(one)
    if shape.item is not None and not shape.number:
        return "rows" if _item(shape) else "milestones"
    if shape.item is not None:
        return "rates" if unit == "share" else "estimate"
    if shape.whole:
        return "whole"
    return unit if unit in ("money", "share", "weeks") else "number"


def _text(one: Described) -> str:
    return "long" if one.key.long else "line"


def _item(shape: Any) -> type[BaseModel] | None:
    """The part that a list's items are, where they are one."""
    found: type[BaseModel] | None = shape.child(0).model
    return found


def _rows(one: Described) -> dict[str, Any]:
    """The columns of a list of parts, and what a new row holds."""
    model = _item(one.shape) if one.shape.item is not None else None
    if model is None:
        return {}
    asked = [inner for inner in described(model) if inner.key.ask and not inner.key.long]
    defaults = {inner.path: model.model_fields[inner.path].default for inner in asked}
    start = begun(model)
    return {
        "columns": tuple(_column(inner) for inner in asked),
        "row": {path: start.get(path, default) for path, default in defaults.items()},
    }


def _column(one: Described) -> Field:
    return Field(one.path, _kind(one), one.key.ask, optional=one.nullable)


MILESTONE = groups_of(Milestone, MILESTONE_GROUPS)
RESOURCES = groups_of(Plan, RESOURCE_GROUPS)
