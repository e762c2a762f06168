"""Any single value of the plan file, by its dotted path: `milestones.taste.proof.at_least`.

An item of a list is found by its id or by its position (`due.0.amount`). Parts around the value are
created where they are missing. The whole plan is then checked by the same rules as a file, so that
a value which does not fit is refused in the same words. `label_of` names a path in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

from workbook.amounts import PAGE, read
from workbook.builder.edits import RefusedError
from workbook.consistency import Place, Shape, faults_of, shape_of
from workbook.consistency.faults import one_line, tidy
from workbook.consistency.ranges import RANGES, range_written
from workbook.consistency.shape import (
    begun,
    can_be_empty,
    keys_on,
    kind_at,
    parts_of,
    several_at,
    shape_on,
)
from workbook.consistency.types import SIGNED
from workbook.errors import InputError, Message
from workbook.law import may_range
from workbook.plan import Key, LogEntry, Milestone, Plan
from workbook.words import Words


def value_at(plan: Plan, path: str) -> Any:
    """The plain value at a path; None where nothing is written there, or there is no such place.

    Defaults count as written: `milestones.taste.weeks` is 1 where the file does not say.
    """
    stem, n = range_on(plan, path)
    if stem:
        three = _range_of(plan, stem)
        return list(three) if n is None else three[n]
    return plain_at(plan.model_dump(mode="python"), path)


def range_on(plan: Plan, path: str) -> tuple[str, int | None]:
    """The figure whose range a path leads to, and which of its three; "" where it has none."""
    known = plan.ranges.keys() | plan.weekly_ranges.keys()
    if path in known:
        return path, None
    stem, _, last = path.rpartition(".")
    return (stem, int(last)) if stem in known and last in ("0", "1", "2") else ("", None)


def _range_of(plan: Plan, path: str) -> tuple[float, float, float]:
    """The range of a figure that has one: the one drawn once a life before the weekly one."""
    return plan.ranges[path] if path in plan.ranges else plan.weekly_ranges[path]


def plain_at(data: Mapping[str, Any], path: str) -> Any:
    """The value at a path of a plan as plain data; None where there is none."""
    value: Any = data
    for step in path.split("."):
        value = _inside(value, step)
    return value


def with_value(plan: Plan, path: str, value: Any) -> Plan:
    """The plan with a value at a path; None (or an empty text for a number) takes it out.

    Raises
    ------
    RefusedError
        A path that leads nowhere.
    InputError
        A value that does not fit, with every fault that it causes.
    """
    stem, n = range_on(plan, path)
    if n is not None:
        three = list(_range_of(plan, stem))
        three[n] = fitting(value, _shape(tuple(stem.split("."))))
        path, value = stem, three if stem in plan.ranges else {"range": three, "each": "week"}
    data = plan.model_dump(mode="python", exclude_unset=True)
    if may_range(path):
        value = _ranged(data, path, value)
    *outer, last = path.split(".")
    if last == "id":
        raise RefusedError("An id stays what it is; change the name instead.")
    parts = _walk(data, outer)
    inside, place = parts[-1]
    shape = _shape((*place, last))
    value = fitting(value, shape)
    if isinstance(inside, dict):
        _write(inside, last, value)
    elif last.isdigit() and int(last) < len(inside):
        inside[int(last)] = value
    else:
        raise _nowhere()
    _lone(parts, last)
    _prune(parts)
    return checked(data, plan.id)


def _ranged(data: dict[str, Any], path: str, value: Any) -> Any:
    """Keep the range of a figure as a file that was read does; return its likely value."""
    three, kept = range_written(value)
    for key in RANGES:
        ranges = {at: found for at, found in data.get(key, {}).items() if at != path}
        if three is not None and key == kept:
            ranges[path] = three
        data[key] = ranges
        if not ranges:
            del data[key]
    return value if three is None else three[1]


def checked(data: Mapping[str, Any], source: str) -> Plan:
    """The plan that plain data are; InputError with every fault where they are not valid."""
    faults = faults_of(data)
    if faults:
        raise InputError(source, faults)
    return Plan.model_validate(data)


def fitting(value: Any, shape: Shape) -> Any:
    """A value as the place wants it: numbers out of what a number box gives, text made tidy."""
    if isinstance(value, (list, tuple)) and shape.item is not None:
        return [fitting(item, shape_of(shape.item)) for item in value]
    if isinstance(value, Mapping):
        return {str(key): fitting(inner, shape.child(str(key))) for key, inner in value.items()}
    if isinstance(value, str):
        return _of_text(value, shape)
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return int(value) if shape.whole and whole else value


def _of_text(value: str, shape: Shape) -> Any:
    if not shape.number:
        return one_line(value) if shape.choices else tidy(value)
    if not value.strip():
        return None
    if shape.signed and SIGNED.fullmatch(value.strip()):
        return value.strip()
    reading = read(value, kind_at(shape), PAGE, several=several_at(shape))
    if reading.value is None:
        return value.strip()
    return list(reading.value) if isinstance(reading.value, tuple) else reading.value


def _shape(place: Place) -> Shape:
    shape = shape_of(Plan)
    for step in place:
        shape = shape.child(step)
    return shape


def _walk(data: dict[str, Any], outer: list[str]) -> list[tuple[Any, Place]]:
    """Everything from the plan to the thing that holds the value, each with its place."""
    here: Any = data
    place: Place = ()
    met: list[tuple[Any, Place]] = [(here, place)]
    for step in outer:
        if isinstance(here, dict):
            place = (*place, step)
            if not isinstance(here.get(step), (dict, list, tuple)):
                if not _holds_more(place):
                    raise _nowhere()
                shape = _shape(place)
                here[step] = begun(shape.model) if shape.model and not shape.partial else {}
            elif isinstance(here[step], tuple):
                here[step] = list(here[step])
            here = here[step]
        else:
            position = _position(here, step)
            if position is None:
                raise _nowhere()
            place = (*place, position)
            here = here[position]
        met.append((here, place))
    if not isinstance(here, (dict, list)):
        raise _nowhere()
    return met


def _holds_more(place: Place) -> bool:
    """Whether a set of keys is allowed here."""
    shape = _shape(place)
    return shape.model is not None or shape.entry is not None


def _position(items: Any, step: str) -> int | None:
    for position, item in enumerate(items):
        if isinstance(item, Mapping) and item.get("id") == step:
            return position
    return int(step) if step.isdigit() and int(step) < len(items) else None


def _inside(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, (list, tuple)):
        position = _position(value, step)
        return None if position is None else value[position]
    return None


def _write(inside: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        inside.pop(key, None)
    else:
        inside[key] = value


def _lone(met: list[tuple[Any, Place]], last: str) -> None:
    """On the way to a value just set, the keys that exclude it go."""
    steps = [*(place[-1] for _, place in met[1:]), last]
    for (inside, place), step in zip(met, steps, strict=True):
        key = _shape((*place, step)).key
        if key and key.excludes and inside.get(step) is not None:
            inside.pop(key.excludes, None)


def _prune(met: list[tuple[Any, Place]]) -> None:
    for (outer, _), (inner, place) in reversed(list(pairwise(met))):
        if inner == {} and can_be_empty(_shape(place).model):
            outer.pop(place[-1], None)


def _nowhere() -> RefusedError:
    return RefusedError("The plan has no such place any more.")


KEY = re.compile(r"`([a-z_.]+)`")
FIGURES = re.compile(r"\[([\d., -]+)\]")
PARTS = tuple(dict.fromkeys((Plan, Milestone, LogEntry, *parts_of(Plan))))
"""Where a key is looked for: its label is that of the first part that has it."""
ID = re.compile(r"'([^'\s]+)'")


def label_of(path: str) -> Message:
    """The name of what a path leads to, from the plan or from a milestone: `tests.belief`.

    A part that is named as a whole goes before its keys: `proof.of` is "proof".
    """
    keys = keys_on(path) or keys_on(path, Milestone) or keys_on("milestones")
    whole = next((key for key in keys if key.whole), keys[-1])
    return Message(whole.label)


def _key_near(key: str, at: str) -> Key | None:
    """The description of a key that a sentence names, in the innermost part around a path."""
    around = list(accumulate(at.split(".")[:-1], lambda path, step: f"{path}.{step}"))
    near = [(f"{path}.{key}", Plan) for path in reversed(around)]
    for path, model in [*near, *((key, model) for model in PARTS)]:
        if found := shape_on(path, model)[-1].key:
            return found
    return None


def in_plain_words(text: str, plan: Plan, w: Words, at: str = "") -> str:
    """A sentence about a plan file, with labels in the place of keys and names in that of ids.

    `at` is the path that the sentence is about: a key is looked for next to it first.
    """

    def key(found: re.Match[str]) -> str:
        known = _key_near(found[1], at)
        return w("“{name}”", name=w(known.label)) if known else found[0]

    def id(found: re.Match[str]) -> str:
        named = found[1] in plan.ids
        return w("“{name}”", name=w.name(plan.milestone(found[1]))) if named else found[0]

    def figures(found: re.Match[str]) -> str:
        return " / ".join(found[1].split(", "))

    return FIGURES.sub(figures, ID.sub(id, KEY.sub(key, text)))
