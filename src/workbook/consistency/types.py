"""Reports values that are not allowed at their place, in our own words instead of pydantic's.

pydantic finds them, several for one value if a type has alternatives; here they are grouped by
place, the most fitting one is kept, and a sentence says what was found, what is allowed and what to
do. A plan file is exact, so that every program reads it the same way: `3,000`, `3 万`, `30%` and
`2 weeks` are refused with the number to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from workbook.amounts import Reading
from workbook.amounts.reader import NO_NUMBER
from workbook.consistency.faults import WIDE_COMMA, Faults, Place, nearest, unknown_key
from workbook.consistency.shape import Shape, doubtful, guessed, shape_at
from workbook.errors import N_, Message, quoted, shown
from workbook.figures import MOST_MONEY
from workbook.law import may_differ_by_week, may_range

SIGNED = re.compile(r"[+-]\d+(\.\d+)?")
PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


def text_for_a_number(shape: Shape, name: str, value: str) -> Message:
    """Return the sentence for text where a number belongs, with its meaning if that is clear."""
    found: dict[str, object] = {"found": quoted(value), "limit": f"{MOST_MONEY:.0f}"}
    if SIGNED.fullmatch(value) and not shape.signed:
        return Message(
            "{found} adds to a figure that is not there; write one without a sign", found
        )
    if SIGNED.fullmatch(value):
        return Message("{found} is too much; write {limit} or less", found)
    question = doubtful(value, shape)
    if question is not None and question.problem is not None:
        return question.problem
    if PLAIN.fullmatch(value):
        return Message("{found} is text because of its quotes; take them off", found)
    reading = guessed(shape, name, value)
    if reading.problem is None:
        return _meaning(shape, found, value, reading)
    if shape.signed and reading.problem.template == NO_NUMBER.template:
        return Message(
            "{found} is not a number; write one, or +5 to add and -5 to take away", found
        )
    return reading.problem


def _meaning(shape: Shape, found: dict[str, object], value: str, reading: Reading) -> Message:
    """Return what to write instead of `2 weeks`, `80 %` or `1-2-4`."""
    known = shown(list(reading.value) if isinstance(reading.value, tuple) else reading.value)
    adds = shape.signed and value.strip().startswith(("+", "＋"))
    known = f"+{known}" if adds and "[" not in known else known
    values: dict[str, object] = {**found, "known": known, "share": known}
    if re.search("[%％‰]", value) and "[" not in known:
        return Message("{found} is not a number; write the share instead: {share}", values)
    if reading.currency and "[" not in known:
        template = (
            "{found} is not a number; did you mean {known}? All amounts are in the plan's"
            " `currency`"
        )
        return Message(template, values)
    if reading.notes and isinstance(reading.value, (int, float)):
        template = "{found} is not a number; did you mean {known}? ({note})"
        return Message(template, {**values, "note": reading.notes[0]})
    return Message("{found} is not a number; did you mean {known}?", values)


CHANCES = {"pass_rate", "chance", "chance_per_week", "belief", "if_true", "if_false"}
Error = Mapping[str, Any]

MISSING = N_("the key '{key}' is missing; add it")


def type_faults(
    faults: Faults,
    model: type[BaseModel],
    data: object,
    *,
    at: Place = (),
    only: Iterable[str] | None = None,
) -> None:
    """Record every place that does not fit the model.

    Parameters
    ----------
    at
        Place of the data within the input.
    only
        Keys to check; faults elsewhere are reported elsewhere.
    """
    if not isinstance(data, Mapping):
        message = _not_a(Shape(model=model), data)
        faults.add(at, message.template, **message.values)
        return
    try:
        model.model_validate(data)
    except ValidationError as error:
        wanted = None if only is None else set(only)
        for place, found in _by_place(error, data).items():
            if wanted is None or not place or place[0] in wanted:
                message = _sentence(model, place, found, data)
                faults.add((*at, *place), message.template, **message.values)


def _by_place(error: ValidationError, data: object) -> dict[Place, Error]:
    """Return for each wrong place the most informative error of all failed alternatives."""
    found: dict[Place, list[Error]] = {}
    for one in error.errors(include_url=False):
        found.setdefault(_place(one, data), []).append(dict(one))
    by_place: dict[Place, Error] = {}
    for place, errors in found.items():
        exact = [one for one in errors if not one["type"].endswith("_type") and _holds(one)]
        deeper = any(other[: len(place)] == place and other != place for other in found)
        if exact or not deeper:
            by_place[place] = (exact or errors)[0]
    return by_place


def _holds(error: Error) -> bool:
    """Return False for a list that only seems empty because no item could be read."""
    return not (error["type"] == "too_short" and error["input"])


def _place(error: Error, data: object) -> Place:
    """Return the place of an error, without the names of types that pydantic inserts."""
    place: list[str | int] = []
    value: Any = data
    for step in error["loc"]:
        inside = value if isinstance(value, Mapping) else range(_length(value))
        if step in inside:
            value = value[step]
            place.append(step)
    if error["type"] == "missing" and isinstance(value, Mapping):
        place.append(error["loc"][-1])
    return tuple(place)


def _length(value: object) -> int:
    return len(value) if isinstance(value, (list, tuple)) else 0


def _sentence(model: type[BaseModel], place: Place, error: Error, data: object) -> Message:
    key = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    shape = _shape(model, place)
    value = _value(place, data)
    if place[:1] == ("due",) and key == "amount" and error["type"] == "greater_than_equal":
        return Message(DEBT, _found(value))
    if key == "seasons" and error["type"] in ("too_short", "too_long"):
        return Message(TWELVE, {"n": _length(value)})
    if isinstance(value, (list, tuple)) and error["type"] in ("missing", "too_long"):
        return _no_range(value) if shape.length else SENTENCES["too_long"]
    if error["type"] == "extra_forbidden":
        return unknown_key(shape_at(model, place[:-1]), key, empty=value is None)
    if error["type"] == "missing":
        return Message(MISSING, {"key": key})
    if "[key]" in error["loc"]:
        return _id(place[-1])
    ranged = _out_of_range(error, key, value, shape)
    return ranged or _not_a(shape, value, key, _with_ids(place, data))


def _shape(model: type[BaseModel], place: Place) -> Shape:
    """Return the shape of a place; an item of a list is described by its list's key."""
    shape = shape_at(model, place)
    inside = bool(place) and isinstance(place[-1], int)
    return replace(shape, key=shape_at(model, place[:-1]).key) if inside else shape


def _value(place: Place, data: Any) -> Any:
    for step in place:
        data = data.get(step) if isinstance(data, Mapping) else data[step]
    return data


def _with_ids(place: Place, data: Any) -> Place:
    """Return a place with the ids of items in the place of their positions."""
    steps: list[str | int] = []
    for n, step in enumerate(place):
        inside = _value(place[: n + 1], data)
        known = isinstance(step, int) and isinstance(inside, Mapping)
        steps.append(str(inside.get("id", step)) if known else step)
    return tuple(steps)


def _found(value: object, **more: object) -> dict[str, object]:
    """Return the value for sentences: text in quotes, anything else bare."""
    return {"found": quoted(value), **more}


def _no_range(value: object) -> Message:
    template = "{found} is no range; write three numbers: low, likely, high"
    return Message(template, _found(value))


def _id(value: object) -> Message:
    if isinstance(value, str) and WIDE_COMMA.search(value):
        template = "{found} has a full-width comma; write a comma and a space: [one, two]"
        return Message(template, _found(value))
    template = "{found} cannot be an id; use at most 64 letters, digits, - and _, no dash first"
    return Message(template, _found(value))


def _out_of_range(error: Error, key: str, value: object, shape: Shape) -> Message | None:
    """Return the sentence for a value of the right type out of bounds or malformed."""
    limits = error.get("ctx", {})
    kind = error["type"]
    if kind in ("greater_than_equal", "less_than_equal") and key in CHANCES:
        return _chance(value)
    if kind == "less_than_equal" and limits.get("le") == 1:
        return _share(value)
    if kind in LIMITS:
        limit = next(limits[name] for name in ("ge", "gt", "le", "lt") if name in limits)
        return Message(LIMITS[kind].template, _found(value, limit=shown(float(limit))))
    if kind == "string_pattern_mismatch":
        return _pattern(key, value, shape)
    if kind == "literal_error":
        return _choice(key, value, shape)
    return Message(SENTENCES[kind].template, _found(value)) if kind in SENTENCES else None


LIMITS = {
    "greater_than_equal": Message("{found} is too little; write {limit} or more"),
    "greater_than": Message("{found} is too little; write a number above {limit}"),
    "less_than_equal": Message("{found} is too much; write {limit} or less"),
    "less_than": Message("{found} is too much; write a number below {limit}"),
}
DEBT = N_("{found} would be a debt; write what you owe under `bills`, with its week")
TWELVE = N_("seasons are twelve factors, January first; here are {n}")
SENTENCES = {
    "finite_number": Message("{found} is not a number one can reckon with; write a finite one"),
    "too_short": Message("the list is empty; write at least one item"),
    "too_long": Message("the list is too long; a plan has at most 400 milestones"),
    "value_error": Message("{found} is not in order; write low, likely, high from small to large"),
}


def _chance(value: object) -> Message:
    if isinstance(value, (int, float)) and 1 < value <= 100:
        template = "{found} is not a chance; write a number from 0 to 1 ({found}% is {share})"
        return Message(template, _found(value, share=f"{value / 100:.6g}"))
    return Message("{found} is not a chance; write a number from 0 to 1", _found(value))


def _share(value: object) -> Message:
    if isinstance(value, (int, float)) and 1 < value <= 100:
        template = "{found} is not a share; write a number from 0 to 1 ({found}% is {share})"
        return Message(template, _found(value, share=f"{value / 100:.6g}"))
    return Message("{found} is not a share; write a number from 0 to 1", _found(value))


def _pattern(key: str, value: object, shape: Shape) -> Message:
    if shape.number:
        return _not_a(shape, value, key)
    if key == "currency":
        template = "{found} is no currency; write its three capital letters, such as CNY or USD"
        return Message(template, _found(value))
    return _id(value)


def _choice(key: str, value: object, shape: Shape) -> Message:
    words = [str(word) for word in shape.choices]
    if key == "plan":
        template = "{found} is not a version of the plan file known here; write {allowed}"
        return Message(template, _found(value, allowed=", ".join(words)))
    near = nearest(value, words)
    if near:
        return Message("unknown word {found}; did you mean '{known}'?", _found(value, known=near))
    template = "unknown word {found}; allowed here: {known}"
    return Message(template, _found(value, known=", ".join(words)))


def _not_a(shape: Shape, value: object, key: str = "", path: Place = ()) -> Message:
    """Return the sentence for a value of the wrong type."""
    if value is None:
        return Message("nothing is written here; write a value, or leave the key out")
    if shape.number:
        return _not_a_number(shape, value, key, path)
    if shape.flag:
        template = "{found} is neither true nor false; write one of the two"
    elif shape.text:
        template = "{found} is no text; write words here"
    elif shape.item is not None:
        template = "{found} is no list; write [first, second], or one line each after a dash"
    else:
        template = "{found} is no set of keys; write `key: value` lines here"
    return Message(template, _found(value))


EACH_WEEK = N_(
    "this cannot differ from week to week; reach, conversion, price, margin, fee, other revenue,"
    " burn and bills can, by `range: [20, 40, 90]` and `each: week` below it"
)
ALWAYS_WEEK = N_(
    "write three numbers and `each: week`: `range: [20, 40, 90]`, and `each: week` below"
)
THREE_NUMBERS = N_(
    "{found} is not a number, and no range: that is low, likely and high as plain numbers, [2, 3,"
    " 6]; shares as 0.1"
)


def _not_a_number(shape: Shape, value: object, key: str, path: Place) -> Message:
    if isinstance(value, str):
        return text_for_a_number(shape, key, value)
    if isinstance(value, (Mapping, list, tuple)):
        template = "{found} is not a number; write a single one here"
        where = ".".join(map(str, path))
        if isinstance(value, Mapping) and "range" in value:
            return Message(ALWAYS_WEEK if may_differ_by_week(where) else EACH_WEEK)
        if may_range(where) and not isinstance(value, Mapping):
            template = THREE_NUMBERS
    elif shape.whole and isinstance(value, float):
        template = "{found} is not a whole number; write one without a point"
    else:
        template = NO_NUMBER.template
    return Message(template, _found(value))
