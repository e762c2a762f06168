"""The reference of the plan file in both languages, made from the keys' own descriptions.

`python -m workbook.manual` writes it into `docs/`, with the manual's other generated pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from workbook.consistency import Shape, shape_of
from workbook.plan import (
    FIGURES,
    STATE,
    Bilingual,
    Edit,
    Gives,
    Key,
    Option,
    Plan,
    Sales,
    SalesEdit,
)
from workbook.words import N_, Words

UNITS = {
    "money": N_("money"),
    "share": N_("a share from 0 to 1"),
    "weeks": N_("weeks"),
    "hours": N_("hours"),
}
CHANGED = {
    "": "",
    "given": N_("a milestone gives it"),
    "edited": N_("an option changes it"),
    "both": N_("a milestone gives it, an option changes it"),
}
HEAD = (
    *(N_("key"), N_("what it is"), N_("what is allowed"), N_("example")),
    N_("changed on the way"),
)
Section = tuple[str, type[BaseModel]]


INTRODUCTION = (
    N_(
        "Every key that a plan file may have: what it is, what is allowed, an example, and"
        " what can change it on the way. An editor shows the same from"
        " `cases/plan.schema.json`."
    ),
    N_(
        "A part in brackets is a list: each of its items has these keys. Keys in bold must be"
        " there. If a range is allowed, write low, likely and high: `[2, 3, 6]`."
    ),
    N_(
        "A range is triangular: no value is below its low end or above its high end, those near"
        " the likely value come most often, and to both sides they come less often along a"
        " straight line. The mean of `[2, 3, 10]` is 5, the third of the sum."
    ),
)


def reference(words: Words) -> str:
    """The whole reference as Markdown: a table for each part of a plan."""
    paragraphs = ["# " + words("The keys of a plan file"), *map(words, INTRODUCTION)]
    for place, model in sections():
        title = f"`{place}`" if place else words("The plan itself")
        paragraphs += [f"## {title}", _table(model, words)]
        if model is Option:
            paragraphs.append(
                words(
                    "Besides these an option may have any key of the plan that an option changes:"
                    " a new value, or `'+5'` and `'-5'` to add and take away."
                )
            )
    return "\n\n".join(paragraphs) + "\n"


def sections() -> list[Section]:
    """Each part of a plan once, with the first place where it occurs: `milestones[].tests`."""
    found: dict[type[BaseModel], str] = {Plan: ""}
    level: list[Section] = [("", Plan)]
    while level:
        level = [below for place, model in level for below in _below(model, place)]
        level = [(place, model) for place, model in level if model not in found]
        found |= {model: place for place, model in reversed(level)}
    order = sorted(found.items(), key=lambda one: _sorting(one[1]))
    return [(place, model) for model, place in order]


def _below(model: type[BaseModel], under: str) -> Iterator[Section]:
    for name, child in _children(model):
        place, inside = _entered(child, f"{under}.{name}" if under else name)
        if inside.model not in (None, Bilingual, SalesEdit) and not inside.partial:
            assert inside.model is not None
            yield place, inside.model


def _sorting(place: str) -> tuple[int, ...]:
    """The place of a part in the file: parts follow the keys that hold them."""
    shape, found = shape_of(Plan), []
    for step in place.replace(".…", "").split(".") if place else ():
        name = step.removesuffix("[]")
        found.append(shape.keys.index(name))
        _, shape = _entered(shape.child(name), "")
    return tuple(found)


def _children(model: type[BaseModel]) -> Iterator[tuple[str, Shape]]:
    shape = shape_of(model)
    for name in shape.keys:
        if model is not Option or name not in FIGURES:
            yield name, shape.child(name)


def _entered(shape: Shape, place: str) -> tuple[str, Shape]:
    """The items of a list, the entries of a mapping, or the place itself."""
    if shape.item is not None:
        return f"{place}[]", shape.child(0)
    if shape.entry is not None:
        return f"{place}.…", shape.child("…")
    return place, shape


def _table(model: type[BaseModel], words: Words) -> str:
    rows: list[tuple[str, ...]] = [tuple(map(words, HEAD)), ("---",) * len(HEAD)]
    rows += [
        _row(model, name, shape, shape.key, words)
        for name, shape in _children(model)
        if shape.key is not None
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(
    model: type[BaseModel], name: str, shape: Shape, key: Key, words: Words
) -> tuple[str, ...]:
    label = words(key.label)
    text = f"{label[:1].upper()}{label[1:]}"
    if key.help:
        text = words("{label}. {help}", label=text, help=words(key.help))
    code = f"`{name}`"
    return (
        f"**{code}**" if model.model_fields[name].is_required() else code,
        text.replace("|", "\\|"),
        _allowed(shape, key, words),
        f"`{key.example}`" if key.example else "",
        words(CHANGED[_changed(model, name)]) if _changed(model, name) else "",
    )


def _allowed(shape: Shape, key: Key, words: Words) -> str:
    """What is allowed at a place, in a few words."""
    if shape.choices:
        return ", ".join(f"`{choice}`" for choice in shape.choices)
    if shape.number:
        kind = words(UNITS[key.unit]) if key.unit else _number(shape, words)
        if shape.item is None:
            return kind
        more = words("or a range") if shape.length else words("or a list of them")
        return f"{kind}, {more}" if words.lang == "en" else f"{kind}，{more}"
    if shape.flag:
        return words("`true` or `false`")
    if shape.text:
        return words("text")
    if shape.item is not None and shape.child(0).number:
        return words("a list of numbers")
    if shape.item is not None and shape.child(0).model is None:
        return words("a list of ids")
    if shape.entry is not None and shape.child("…").item is not None:
        return words("a range for each place")
    return words("keys of its own, below") if shape.item is None else words("a list, below")


def _number(shape: Shape, words: Words) -> str:
    return words("a whole number") if shape.whole else words("a number")


def _changed(model: type[BaseModel], name: str) -> str:
    """Whether a milestone or an option changes a figure of this part."""
    if model not in (Plan, Sales):
        return ""
    given = name in STATE and name in Gives.model_fields
    edited = name in Edit.model_fields or name in SalesEdit.model_fields
    return "both" if given and edited else "edited" if edited else "given" if given else ""
