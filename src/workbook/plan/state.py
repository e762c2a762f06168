"""The figures that a business is in the middle of: read off the keys that a milestone can give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_type_hints

from pydantic import BaseModel

from workbook.figures import MOST_MONEY
from workbook.plan.business import Resources
from workbook.plan.key import Key
from workbook.plan.parts import key_of
from workbook.plan.sales import Sales


def keys_of(model: type[BaseModel]) -> dict[str, Key]:
    """The described keys of a part, by name, those of its base types included."""
    hints = get_type_hints(model, include_extras=True)
    found = {name: key_of(hints[name]) for name in model.model_fields}
    return {name: key for name, key in found.items() if key is not None}


SOLD: tuple[str, ...] = tuple(name for name, key in keys_of(Sales).items() if key.given)
KEPT: tuple[str, ...] = tuple(name for name, key in keys_of(Resources).items() if key.given)
STATE: Mapping[str, Key] = {
    name: key
    for model in (Sales, Resources)
    for name, key in keys_of(model).items()
    if name in (*SOLD, *KEPT)
}
"""The figures of a business, by name: first those of its sales, then those of its resources."""

COUNTS = frozenset(
    name for name, field in Resources.model_fields.items() if field.annotation is int
)
WHOLE = frozenset(name for name, field in Sales.model_fields.items() if field.annotation is int)
"""Figures of the sales that are whole numbers."""
SHARES = frozenset(name for name, key in STATE.items() if key.unit == "share")


_FIELDS = {**Sales.model_fields, **Resources.model_fields}
ABSENT: Mapping[str, float] = {
    name: MOST_MONEY if key.limit else _FIELDS[name].default or 0.0 for name, key in STATE.items()
}
"""What each figure of a business is where nothing is written."""
