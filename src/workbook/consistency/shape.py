"""What each place of a plan may hold, read off the types, so that it is said in one place only.

The reader asks it whether `007` is text or a number, where a fact may stand for a figure and where
`+5` adds; the fault sentences ask it what is allowed; the JSON Schema follows the same types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from workbook.figures import Number
from workbook.plan import Edit, Key, Milestone


@dataclass(frozen=True)
class Shape:
    """What one place may hold: any of the kinds that are set.

    Attributes
    ----------
    number, whole, text, flag
        A number, a whole number, text, yes-or-no (`whole` goes with `number`).
    choices
        The only words allowed, where they are listed.
    model
        The type whose keys a mapping here may have; `partial` where it may have only some.
    item, entry
        What a list's items, a mapping's values hold.
    length
        How many items a list must have, where that is fixed.
    key
        How the key of this place is described; None where the place is no key of the format.
    """

    number: bool = False
    whole: bool = False
    text: bool = False
    flag: bool = False
    choices: tuple[object, ...] = ()
    model: type[BaseModel] | None = None
    partial: bool = False
    item: Any = None
    entry: Any = None
    length: int | None = None
    key: Key | None = None

    @property
    def signed(self) -> bool:
        """Whether `+5` and `-5` add and take away here instead of setting a value."""
        return self.number and (self.partial or self.text)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that a mapping may have here; empty where they are free."""
        if self.model is None:
            return ()
        return tuple(f.alias or name for name, f in self.model.model_fields.items())

    def child(self, step: str | int) -> Shape:
        """What a key's value or a list's item may hold; an empty shape where nothing is known."""
        return _child(self, step)


NOTHING = Shape()
SOME_KEYS = "an option edits a milestone by giving some of its keys"
EDITED_MILESTONE = Annotated[Milestone, SOME_KEYS]


def shape_of(annotation: Any) -> Shape:
    """What a value of this type may look like in a file."""
    found: dict[str, Any] = {"partial": SOME_KEYS in get_args(annotation)}
    for member in _members(annotation):
        found |= _kind(member)
    return Shape(**found)


def _members(annotation: Any) -> list[Any]:
    """The alternatives of a type, stripped of their constraints."""
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [found for member in get_args(annotation) for found in _members(member)]
    return [] if annotation is NoneType else [annotation]


def _kind(member: Any) -> dict[str, Any]:
    origin, inside = get_origin(member), get_args(member)
    if origin is tuple:
        return {"item": inside[0], "length": None if inside[-1] is Ellipsis else len(inside)}
    if origin is dict:
        return {"entry": inside[1]}
    if origin is Literal:
        kind = "number" if isinstance(inside[0], int) else "text"
        return {"choices": inside, kind: True}
    if isinstance(member, type) and issubclass(member, BaseModel):
        return {"model": member}
    kinds: dict[Any, dict[str, Any]] = {
        bool: {"flag": True},
        int: {"number": True, "whole": True},
        float: {"number": True},
        str: {"text": True},
    }
    return dict(kinds.get(member, {}))


def _child(shape: Shape, step: str | int) -> Shape:
    if isinstance(step, int):
        found = NOTHING if shape.item is None else shape_of(shape.item)
    elif shape.model is not None:
        found = _key(shape.model, step)
    else:
        found = NOTHING if shape.entry is None else shape_of(shape.entry)
    return replace(found, partial=True) if shape.partial else found


def _key(model: type[BaseModel], key: str) -> Shape:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            described = next((one for one in field.metadata if isinstance(one, Key)), None)
            if issubclass(model, Edit) and key == "milestones":
                return Shape(entry=EDITED_MILESTONE, key=described)
            return replace(shape_of(field.annotation), key=described)
    return shape_of(Number) if model.model_config.get("extra") == "allow" else NOTHING


def shape_at(model: type[BaseModel], place: tuple[str | int, ...]) -> Shape:
    """What the place may hold in data that should become the model."""
    shape = shape_of(model)
    for step in place:
        shape = shape.child(step)
    return shape


def is_given(data: Mapping[str, Any], key: str) -> bool:
    """Whether a key stands in a mapping with something written behind it."""
    return data.get(key) is not None
