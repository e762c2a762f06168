"""What may be meant by a key that the format does not have.

Synonyms of keys are known; for a key at the wrong place the right place is named; for the rest the
most similar known key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbook.consistency.faults import nearest
from workbook.consistency.shape import Shape
from workbook.errors import Message, shown


def meant(key: object, shape: Shape, more: Iterable[str] = ()) -> str | None:
    """Return the key of a shape, or one of `more`, probably meant: by synonym or spelling."""
    return _other_word(key, shape) or nearest(key, [*shape.keys, *more])


def unknown_key(shape: Shape, key: str) -> Message:
    """Return the sentence for a key that is not allowed in a mapping of this shape."""
    values: dict[str, object] = {"found": f"'{shown(key)}'"}
    if re.fullmatch(r"\d{3}", key):
        template = "{found} stands behind a comma; write a number without one, such as 1000"
        return Message(template, values)
    known = _other_word(key, shape)
    if known is None and (home := _home(shape, key)):
        template = "unknown key {found}; it belongs under `{known}`"
        return Message(template, {**values, "known": home})
    if known := known or nearest(key, shape.keys):
        return Message("unknown key {found}; did you mean '{known}'?", {**values, "known": known})
    template = "unknown key {found}; allowed here: {known}"
    return Message(template, {**values, "known": ", ".join(shape.keys)})


def _other_word(key: object, shape: Shape) -> str | None:
    """Return the key of the shape that this is a synonym of."""
    folded = str(key)[:200].casefold().replace("-", "_").replace(" ", "_")
    described = ((name, shape.child(name).key) for name in shape.keys)
    return next((name for name, known in described if known and folded in known.synonyms), None)


def _home(shape: Shape, key: str) -> str | None:
    """Return the key one level down that has this one, if there is exactly one."""
    homes = [name for name in shape.keys if key in shape.child(name).keys]
    return homes[0] if len(homes) == 1 else None
