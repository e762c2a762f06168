"""The form of the inspector, made of the keys of the plan file.

Which keys there are, what they are called and how they slide is said on the plan's types; here only
the groups have their titles. A key with a `group` and a question (`ask`) is in the form; of a part
in a list or by id (a fork, an option, a condition) every key is, under its label where it has no
question. A field's `path` is its place in the plan file, below its milestone, its card or the top;
`when` names a part that must be there before the field makes sense; `part` is what a tick puts
there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from workbook.consistency import Shape
from workbook.consistency.shape import Described, begun, can_be_empty, described
from workbook.law import may_differ_by_week, may_range
from workbook.plan import STAGES, Gives, Milestone, Plan
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
    "bills": N_("Bills and promised money"),
    "people": N_("Founders, jobs and salaries"),
    "dates": N_("Dates and seasons"),
    "forks": N_("What if …: forks and their options"),
    "causes": N_("Common causes"),
    "more": N_("More"),
}
MOST_COLUMNS = 4
"""A list whose items have more keys than this, or keys with parts, is shown as cards."""
ONE_MILESTONE = {"milestone", "used_up", "goal"}
NUMBERS = {"money", "share", "weeks", "whole", "number", "estimate", "rates"}
NOT_TYPED = {"id", "chosen"}
"""An id is given by the page, and an option is chosen where its fork is shown."""


@dataclass(frozen=True)
class Field:
    """One figure: its path, what it is called, what it means, how it is entered."""

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
    fields: Sequence[Field] = ()
    row: Mapping[str, Any] | None = None
    keyed: str = ""
    ranged: bool = False
    weekly: bool = False
    table: bool = False
    title: bool = False

    def spoken(self, w: Words) -> dict[str, Any]:
        """The field as the page reads it, in the words' language."""
        empty = (None, "", (), False)
        plain = {key: value for key, value in vars(self).items() if value not in empty}
        for key in ("label", "help", "last", "empty"):
            if plain.get(key):
                plain[key] = w(plain[key])
        if plain.pop("title", False):
            plain["label"] = plain["label"][:1].upper() + plain["label"][1:]
        if self.unit and self.unit not in (MONEY, SHARE):
            plain["unit"] = w(self.unit)
        if self.columns:
            plain["columns"] = [column.spoken(w) for column in self.columns]
        if self.fields:
            plain["fields"] = [field.spoken(w) for field in self.fields]
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


def groups_of(
    model: type[BaseModel], titles: Mapping[str, str], base: str = ""
) -> tuple[Group, ...]:
    """The form of a part: its keys by group, in the order of the type but for their rank."""
    fields: dict[str, list[tuple[int, Field]]] = {id: [] for id in titles}
    for group, rank, field in _fields(model, base):
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


def _fields(model: type[BaseModel], base: str) -> Iterator[tuple[str, int, Field]]:
    """Every key that asks something, with its group and rank: those of the part around it."""
    parts: dict[str, Described] = {}
    for one in described(model):
        around = [parts[path] for path in _parents(one.path) if path in parts]
        if any(_nested(part) for part in around):
            continue
        if one.shape.model is not None:
            parts[one.path] = one
        outer = around[-1] if around else one
        if outer.key.group and (one.key.ask or _nested(one) or one.shape.entry is not None):
            yield outer.key.group, outer.key.rank or one.key.rank, _field(one, around, base)
        if one.shape.model is Gives and not around:
            yield one.key.group, one.key.rank, MEASURED


def _nested(one: Described) -> bool:
    """Whether the keys of a part are shown below it, for they are those of another form."""
    return one.shape.model is Gives and "." in one.path


def _parents(path: str) -> list[str]:
    """The paths around a path, the nearest first."""
    steps = path.split(".")
    return [".".join(steps[:n]) for n in range(len(steps) - 1, 0, -1)]


def _field(one: Described, around: list[Described], base: str) -> Field:
    when = _when(one, around)
    key, kind = one.key, _kind(one)
    absent = any(part.nullable for part in around) and when is None
    typed = kind in ("line", "long", "flag", "milestones", "rates")
    return Field(
        one.path,
        kind,
        key.ask or key.label,
        key.help,
        UNITS.get(key.unit, ""),
        key.slide,
        key.step,
        optional=(one.nullable or absent) and not typed,
        signed=one.shape.signed,
        when=when,
        part=_begun(one),
        last=key.last,
        empty=key.empty,
        ranged=may_range(base + one.path),
        weekly=may_differ_by_week(base + one.path),
        table=bool(key.columns) and kind in NUMBERS,
        title=not key.ask,
        **_inner(one, base + one.path),
    )


def _begun(one: Described) -> Mapping[str, Any] | None:
    """What a tick puts at a part; None for no part, and for one that means nothing when empty."""
    model = one.shape.model
    if model is None or one.shape.text or not one.nullable or can_be_empty(model):
        return None if model is None or one.shape.text or _nested(one) else begun(model) or None
    return begun(model)


def _when(one: Described, around: list[Described]) -> str | None:
    """The part that must be there before the key makes sense; a key that opens it needs none."""
    for part in around:
        if part.nullable and part.shape.model and (opening := begun(part.shape.model)):
            opens = one.path.removeprefix(f"{part.path}.") in opening and not part.key.ask
            return None if opens else part.path
    return None


def _kind(one: Described) -> str:
    """How the value is entered, by what is allowed there."""
    shape, unit = one.shape, one.key.unit
    if shape.entry is not None:
        return "cards" if _entry(shape) else "entries"
    if shape.model is not None and not shape.text:
        return "part" if _nested(one) else "flag"
    if shape.flag or shape.choices or (shape.text and not shape.number):
        return "flag" if shape.flag else "choice" if shape.choices else _text(one)
    if shape.item is not None and not shape.number:
        return _list(shape)
    if shape.item is not None:
        return "rates" if unit == "share" else "estimate"
    if shape.whole:
        return "whole"
    return unit if unit in ("money", "share", "weeks") else "number"


def _text(one: Described) -> str:
    if one.path.rpartition(".")[2] in ONE_MILESTONE:
        return "one_milestone"
    return "long" if one.key.long else "line"


def _list(shape: Shape) -> str:
    """How a list is entered: short rows, a card for each item, months, or milestones chosen."""
    if shape.child(0).number:
        return "months"
    model = shape.child(0).model
    if model is None:
        return "milestones"
    keys = _keys(model)
    plain = all(one.shape.text or one.shape.model is one.shape.item is None for one in keys)
    return "rows" if plain and len(keys) <= MOST_COLUMNS else "cards"


def _entry(shape: Shape) -> type[BaseModel] | None:
    """The part that each entry of a mapping is; None where entries are figures."""
    return shape.child("any").model


def _keys(model: type[BaseModel]) -> list[Described]:
    """The keys of a part itself that are typed; see `NOT_TYPED`."""
    own = [one for one in described(model) if "." not in one.path]
    return [one for one in own if one.path not in NOT_TYPED]


def _inner(one: Described, place: str) -> dict[str, Any]:
    """What a list, a mapping or a part holds: columns or fields, and what a new one begins with."""
    shape, kind = one.shape, _kind(one)
    if kind == "part":
        assert shape.model is not None
        return {"fields": fields_of(shape.model, f"{place}.")}
    if kind == "entries":
        name = one.path.rpartition(".")[2]
        return {"keyed": "founders" if name == "jobs" else name}
    if kind not in ("rows", "cards"):
        return {}
    model = _entry(shape) if shape.entry is not None else shape.child(0).model
    assert model is not None
    if kind == "rows":
        return {
            "columns": tuple(_column(inner, f"{place}.any.") for inner in _keys(model)),
            "row": _row(model),
        }
    edited = shape.entry is not None and model is Milestone
    keyed = "milestones" if edited else "own" if shape.entry is not None else ""
    row = {} if edited else begun(model)
    return {
        "fields": _edited() if edited else fields_of(model, f"{place}.any."),
        "row": row,
        "keyed": keyed,
    }


def _row(model: type[BaseModel]) -> dict[str, Any]:
    start = begun(model)
    return {
        one.path: start.get(one.path, model.model_fields[one.path].default)
        for one in _keys(model)
        if not one.shape.text
    }


def fields_of(model: type[BaseModel], base: str) -> tuple[Field, ...]:
    """Every key of a part, nested parts below it, in the order of its type."""
    return tuple(_card_field(one, base) for one in _keys(model))


def _card_field(one: Described, base: str) -> Field:
    model = one.shape.model
    field = _field(one, [], base)
    if model is None or one.shape.text:
        return field
    part = begun(model) if one.nullable and not can_be_empty(model) else None
    return replace(field, kind="part", part=part, fields=fields_of(model, f"{base}{one.path}."))


def _edited() -> tuple[Field, ...]:
    """The figures of a milestone that an option may change."""
    (name,) = (one for one in _keys(Milestone) if one.path == "name")
    figures = (field for group in MILESTONE for field in group.fields)
    return (_field(name, [], ""), *figures)


def _column(one: Described, base: str) -> Field:
    field = _field(one, [], base)
    return replace(field, kind="line" if field.kind == "long" else field.kind)


MEASURED = Field(
    "gives", "entries", N_("Measures of your own"), N_("Their new values."), keyed="measures"
)
"""A milestone gives new values of the plan's own measures, beside the keys of the format."""
MILESTONE = groups_of(Milestone, MILESTONE_GROUPS, "milestones.any.")
RESOURCES = groups_of(Plan, RESOURCE_GROUPS)
