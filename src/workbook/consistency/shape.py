"""What each place of a plan may hold, derived from the types, so that it is defined only once.

The reader uses it to decide whether `007` is text or a number, where a fact may replace a figure
and where `+5` adds; messages use it for what is allowed; the JSON Schema follows the same types.
"""

from __future__ import annotations

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
        A number, a whole number, text, a boolean (`whole` implies `number`).
    choices
        The only words allowed, if they are listed.
    model
        The type whose keys a mapping here may have; `partial` if it may have only some.
    item, entry
        What a list's items, or a mapping's values, hold.
    length
        The number of items of a list, if it is fixed.
    key
        The description of the key; None if the place is not a key of the format.
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
        """Whether `+5` and `-5` add and subtract here instead of setting a value."""
        return self.number and (self.partial or self.text)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that a mapping may have here; empty if they are free."""
        if self.model is None:
            return ()
        return tuple(f.alias or name for name, f in self.model.model_fields.items())

    def child(self, step: str | int) -> Shape:
        """Return the shape of a key's value or a list's item; an empty shape if unknown."""
        return _child(self, step)


NOTHING = Shape()
SOME_KEYS = "an option edits a milestone by giving some of its keys"
EDITED_MILESTONE = Annotated[Milestone, SOME_KEYS]


def shape_of(annotation: Any) -> Shape:
    """Return what a value of this type may look like in a file."""
    found: dict[str, Any] = {"partial": SOME_KEYS in get_args(annotation)}
    for member in _members(annotation):
        found |= _kind(member)
    return Shape(**found)


def _members(annotation: Any) -> list[Any]:
    """Return the alternatives of a type, without their constraints."""
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
    """Return the shape of a place in data that should become the model."""
    shape = shape_of(model)
    for step in place:
        shape = shape.child(step)
    return shape
