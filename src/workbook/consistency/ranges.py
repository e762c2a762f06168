"""Ranges as written at their figures, and what is wrong with them.

A range written at a figure is lifted from there: to `ranges` what is drawn once a life, to
`weekly_ranges` what is drawn again each week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.references import mapping, mappings, mappings_at
from workbook.errors import shown
from workbook.law import figure_at, may_differ_by_week, may_range
from workbook.plan import SHARES

THREE = 3
RANGES = ("ranges", "weekly_ranges")
"""Where ranges are kept: drawn once a life, again each week."""


def lifted(data: Mapping[str, Any], lines: dict[Place, int]) -> dict[str, Any]:
    """A plan's plain data with each range of such a figure put under `ranges`.

    At the figure itself its likely value is left. Whatever is no list of three numbers stays, for
    its fault to be reported at its place. `{range: […], each: week}` goes under `weekly_ranges`.
    """
    found: Lifted = {key: {} for key in RANGES}
    new = _without(data, (), (), found, lines)
    for key, lifted_ones in found.items():
        written = data.get(key)
        if lifted_ones:
            new[key] = {**lifted_ones, **(written if isinstance(written, Mapping) else {})}
    return new if any(found.values()) else dict(data)


Lifted = dict[str, dict[str, list[float]]]


def _without(value: Any, place: Place, path: Place, found: Lifted, lines: dict[Place, int]) -> Any:
    """The value without the ranges in it; `path` is the place with ids for positions."""
    name = ".".join(map(str, path))
    three, key = range_written(value)
    able = may_differ_by_week if key == "weekly_ranges" else may_range
    if three and able(name):
        found[key][name] = three
        lines[(key, name)] = lines.get(place, 0)
        return three[1]
    if isinstance(value, Mapping):
        return {
            key: _without(inner, (*place, key), (*path, key), found, lines)
            for key, inner in value.items()
        }
    if not isinstance(value, list):
        return value
    return [
        _without(inner, (*place, n), (*path, _id_of(inner, n)), found, lines)
        for n, inner in enumerate(value)
    ]


def range_written(value: Any) -> tuple[list[float] | None, str]:
    """Return the range of a figure, and the key that such ranges are kept under."""
    weekly = isinstance(value, Mapping) and value.keys() == {"range", "each"}
    if weekly and value["each"] != "week":
        return None, "weekly_ranges"
    three = value["range"] if weekly else value
    if not isinstance(three, (list, tuple)) or len(three) != THREE:
        return None, "ranges"
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in three)
    return (list(three) if numbers else None), "weekly_ranges" if weekly else "ranges"


def _id_of(value: Any, n: int) -> str | int:
    return str(value["id"]) if isinstance(value, Mapping) and "id" in value else n


def range_faults(faults: Faults, data: Mapping[str, Any]) -> None:
    """Write down ranges of what can have none, and of a milestone or bill that there is not."""
    ids = {
        key: [str(keys.get("id")) for _, keys in mappings(data.get(key))]
        for key in ("milestones", "bills", "roles")
    }
    for path, found in mapping(data.get("ranges")).items():
        place, steps = ("ranges", path), str(path).split(".")
        if not may_range(str(path)):
            template = (
                "'{found}' can have no range; figures of `sales`, `burn_per_week`,"
                " `revenue_per_week`, bills, salaries and what milestones give can"
            )
            faults.add(place, template, found=shown(path))
        elif steps[0] in ids and steps[1] not in ids[steps[0]]:
            template = "'{found}' is in no list of the plan; mend the id, or take the range out"
            faults.add(place, template, found=shown(steps[1]))
        elif steps[-1] == "amount" and _is_loan(data, steps):
            template = "the amount of a loan is one number, for its instalments; write it alone"
            faults.add(place, template)
        elif isinstance(found, (list, tuple)):
            for value in _beyond(steps[-1], found):
                template = "{found} is too little; write 0 or more in all three"
                if value > 1:
                    template = "{found} is not a share; write numbers from 0 to 1"
                faults.add(place, template, found=shown(value))


def weekly_faults(faults: Faults, data: Mapping[str, Any]) -> None:
    """Record figures that cannot differ from week to week, and ranges around nothing."""
    bills = [str(keys.get("id")) for _, keys in mappings(data.get("bills"))]
    for path, found in mapping(data.get("weekly_ranges")).items():
        place, steps = ("weekly_ranges", path), str(path).split(".")
        if not may_differ_by_week(str(path)):
            template = (
                "'{found}' is no figure of a week; reach, conversion, price, margin, fee, other"
                " revenue, burn and bills can differ from week to week"
            )
            faults.add(place, template, found=shown(path))
        elif steps[0] == "bills" and steps[1] not in bills:
            template = "'{found}' is in no list of the plan; mend the id, or take the range out"
            faults.add(place, template, found=shown(steps[1]))
        elif isinstance(found, (list, tuple)) and len(found) == THREE:
            _around_something(faults, place, steps[-1], found)


def _around_something(faults: Faults, place: Place, name: str, found: Sequence[Any]) -> None:
    for value in _beyond(name, found):
        template = "{found} is too little; write 0 or more in all three"
        if value > 1:
            template = "{found} is not a share; write numbers from 0 to 1"
        faults.add(place, template, found=shown(value))
    if found[1] == 0:
        template = "the likely value is 0, and weeks differ in proportion to it; write one above 0"
        faults.add(place, template)


def countable_by(
    ranges: Iterable[str], log: Iterable[tuple[Any, Any, Any]]
) -> dict[str, int | None]:
    """Return from which week on a count says something about a figure's range, by figure.

    0 is from the start; None where what gives the range is not reached in the `log`, whose entries
    are milestone, result and week.
    """
    passed = {id: week for id, result, week in log if result == "passed"}
    found: dict[str, int | None] = {}
    for path in ranges:
        if path.endswith("funding.amount"):
            continue
        where, id, *_ = (*path.split("."), "")
        week = passed.get(id) if where == "milestones" else 0
        figure = figure_at(path)
        weeks = [one for one in (week, found.get(figure)) if isinstance(one, int)]
        found[figure] = min(weeks, default=None)
    return found


def count_faults(faults: Faults, data: Mapping[str, Any]) -> None:
    """Record counts in the log that say nothing about a figure with a range."""
    entries = [entry for _, entry in mappings_at(data, "log")]
    happened = ((e.get("milestone"), e.get("result"), e.get("week")) for e in entries)
    known = countable_by(map(str, mapping(data.get("ranges"))), happened)
    for place, entry in mappings_at(data, "log"):
        figure, counted, of = (entry.get(key) for key in ("figure", "counted", "of"))
        if (figure is None) != (counted is None) or (of is not None and figure is None):
            faults.add(place, "`figure` and `counted` belong together; add the other one")
        elif isinstance(figure, str):
            name = ".".join(figure.removeprefix("sales.").split(".")[:2])
            if name not in known:
                template = (
                    "'{found}' has no range, so there is nothing to learn about it; give it one,"
                    " or take the count out"
                )
                faults.add((*place, "figure"), template, found=shown(figure))
            elif (from_week := known[name]) is None or _before(entry, from_week):
                template = (
                    "'{found}' has its range from a milestone that is not reached by then; log"
                    " that milestone as passed, or take the count out"
                )
                faults.add((*place, "figure"), template, found=shown(figure))
            else:
                _count(faults, place, name, counted, of)


def _before(entry: Mapping[str, Any], week: int) -> bool:
    """Whether an entry of the log is of an earlier week."""
    return isinstance(entry.get("week"), int) and entry["week"] < week


def _count(faults: Faults, place: Place, name: str, counted: Any, of: Any) -> None:
    number = isinstance(counted, (int, float)) and isinstance(of, (int, float))
    if name in SHARES and of is None:
        faults.add((*place, "counted"), "a share is counted out of how many? add `of`")
    elif name in SHARES and number and counted > of:
        template = "{counted} of {of} is more than all of them; mend one of the two"
        faults.add((*place, "counted"), template, counted=counted, of=of)
    elif number and of == 0:
        faults.add((*place, "of"), "0 is too few to count anything out of; write 1 or more")


def _is_loan(data: Mapping[str, Any], steps: Sequence[str]) -> bool:
    """Whether the money of a milestone is paid back in instalments."""
    milestones = {str(keys.get("id")): keys for _, keys in mappings(data.get("milestones"))}
    gives = mapping(mapping(milestones.get(steps[1])).get("gives"))
    return steps[0] == "milestones" and bool(mapping(gives.get("funding")).get("repaid"))


def _beyond(name: str, found: Any) -> Iterator[float]:
    """The first value of a range that its figure cannot have."""
    for value in found:
        if isinstance(value, (int, float)) and (value < 0 or (name in SHARES and value > 1)):
            yield value
            return
