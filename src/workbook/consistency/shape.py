"""What each place of a plan may hold, derived from the types, so that it is defined only once.

The reader uses it to decide whether `007` is text or a number, where a fact may replace a figure
and where `+5` adds; messages use it for what is allowed; the JSON Schema follows the same types.
Here are also the descriptions of the keys, and the reader of what somebody typed at a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel

from workbook.amounts import PAGE, Kind, NumberStyle, Reading, Several, read
from workbook.errors import Message
from workbook.figures import Number
from workbook.plan import Edit, Key, Milestone, Part, Plan, Signed


@dataclass(frozen=True)
class Shape:
    """What one place may hold: any of the kinds that are set.

    Attributes
    ----------
    number, whole, text, flag
        A number, a whole number, text, a boolean (`whole` implies `number`).
    negative
        Whether a number with a minus is a value of its own where `+5` adds.
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
    negative: bool = False
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


@lru_cache(maxsize=4_096)  # asked for every key of every file
def _key(model: type[BaseModel], key: str) -> Shape:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            described = next((one for one in field.metadata if isinstance(one, Key)), None)
            if issubclass(model, Edit) and key == "milestones":
                return Shape(entry=EDITED_MILESTONE, key=described)
            return replace(shape_of(field.annotation), key=described)
    more = model.model_config.get("extra") == "allow"
    return replace(shape_of(Number | Signed), negative=True) if more else NOTHING


def shape_at(model: type[BaseModel], place: tuple[str | int, ...]) -> Shape:
    """Return the shape of a place in data that should become the model."""
    shape = shape_of(model)
    for step in place:
        shape = shape.child(step)
    return shape


@dataclass(frozen=True)
class Described:
    """A key below a part: its dotted path there, its description, its allowed values.

    Attributes
    ----------
    required, nullable
        Whether its part requires it; whether it may be empty.
    """

    path: str
    key: Key
    shape: Shape
    required: bool
    nullable: bool


def described(model: type[BaseModel], under: str = "") -> Iterator[Described]:
    """Yield every key of a part and of its inner parts, each part first; without items of lists."""
    for name, field in model.model_fields.items():
        shape = shape_of(model).child(field.alias or name)
        if shape.key is None:
            continue
        path = f"{under}{field.alias or name}"
        nullable = field.default is None and not field.is_required()
        yield Described(path, shape.key, shape, field.is_required(), nullable)
        if shape.model is not None and not shape.text:
            yield from described(shape.model, f"{path}.")


def parts_of(model: type[BaseModel], known: tuple[type[BaseModel], ...] = ()) -> tuple[Any, ...]:
    """Return a part and every part within it, also as a list's item or a mapping's value."""
    if model in known:
        return known
    known += (model,)
    for name, field in model.model_fields.items():
        shape = shape_of(model).child(field.alias or name)
        inside = [shape_of(one) for one in (shape.item, shape.entry) if one is not None]
        for inner in [one.model for one in (shape, *inside) if one.model is not None]:
            known = parts_of(inner, known)
    return known


def shape_on(path: str, model: type[BaseModel] = Plan) -> list[Shape]:
    """Return the shape at each step of a dotted path; list items are given by id."""
    found, shape = [], shape_of(model)
    for step in path.split("."):
        shape = shape.child(0) if shape.item is not None else shape.child(step)
        found.append(shape)
    return found


def keys_on(path: str, model: type[BaseModel] = Plan) -> list[Key]:
    """Return the described keys along a dotted path: `milestones.taste.tests.belief`."""
    return [shape.key for shape in shape_on(path, model) if shape.key is not None]


def begun(model: type[BaseModel]) -> dict[str, Any]:
    """Return the minimal content of a part when one of its values is set first."""
    return {
        one.path: _least(one.shape, one.key)
        for one in described(model)
        if (one.required or one.key.start is not None) and "." not in one.path
    }


def _least(shape: Shape, key: Key) -> Any:
    if key.start is not None:
        return key.start
    if shape.number:
        return 1 if shape.whole else 0.0
    return ""


def can_be_empty(model: type[BaseModel] | None) -> bool:
    """Whether a part means nothing without values."""
    return model is not None and issubclass(model, Part) and not begun(model)


THOUSANDS_OR_DECIMALS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d\d0")
"""A number whose decimals are groups of three that end in 0: probably thousands."""
THOUSANDTHS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
"""Money with thousandths: rarely meant, so it is reported."""


def read_at(path: str, found: object, style: NumberStyle | None = None) -> Reading:
    """Read what was written at a place of the plan: `read_at("milestones.taste.cost", "1.2万")`.

    Parameters
    ----------
    path
        The place, dotted; any id may be used for ids.
    found
        A text, or the content of a spreadsheet cell.
    style
        How numbers are written nearby; a box next to a % sign has `percent=True`.
    """
    return read_as(shape_on(path)[-1], path.rpartition(".")[2], found, style)


def read_as(shape: Shape, name: str, found: object, style: NumberStyle | None = None) -> Reading:
    """Read what was written at a place of this shape, under the key of that name."""
    per_week = name.endswith("_per_week")
    return read(found, kind_at(shape), style, several=several_at(shape), per_week=per_week)


def kind_at(shape: Shape) -> Kind:
    """Return the kind of figure at a place: money, share, weeks, hours, count or number."""
    if shape.key is not None and shape.key.unit:
        unit = shape.key.unit
        return "whole weeks" if unit == "weeks" and shape.whole else cast(Kind, unit)
    return "count" if shape.whole else "number"


def several_at(shape: Shape) -> Several:
    """Return how many figures a place holds."""
    if shape.item is None:
        return "one"
    return "range" if shape.length else "list"


def doubtful(text: str, shape: Shape) -> Reading | None:
    """Return the question about an ambiguous number in a file: `180.000` may be 180 or 180,000.

    YAML uses a decimal point; a share is at most 1 and is never ambiguous.
    """
    if not THOUSANDS_OR_DECIMALS.fullmatch(text) or kind_at(shape) == "share":
        return None
    reading = read(text, kind_at(shape))
    return reading if reading.choices else None


def thousandths(text: str, shape: Shape) -> Message | None:
    """Return the note on an amount such as `1.234`, which is read literally."""
    if not THOUSANDTHS.fullmatch(text) or kind_at(shape) != "money":
        return None
    template = "{number} is read as {value}; write {other} if you mean that"
    values = {"number": text, "value": f"{float(text)}0", "other": text.replace(".", "")}
    return Message(template, values)


def guessed(shape: Shape, name: str, text: str) -> Reading:
    """Read a text in a plan file; three zeros after a comma are thousands.

    If nothing says what a figure is (as in a fact), a percentage is a share.
    """
    if kind_at(shape) == "number" and re.search("[%％‰]", text):
        return read(text, "share", several="list")
    reading = read_as(shape, name, text)
    least = min(reading.choices, key=abs, default=0.5)
    if least != int(least):
        return reading
    return replace(read_as(shape, name, text, PAGE), notes=())
