"""The descriptions of the keys of a plan file: by path, or all of them below a part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workbook.consistency.shape import Shape, shape_of
from workbook.plan import Key, Part, Plan


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
        if one.required and "." not in one.path
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
