"""Ranges of figures drawn once a life: lifted from their places, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.references import mapping, mappings
from workbook.errors import shown
from workbook.law import may_range
from workbook.plan import SHARES

THREE = 3


def lifted(data: Mapping[str, Any], lines: dict[Place, int]) -> dict[str, Any]:
    """A plan's plain data with each range that stands at such a figure put under `ranges`.

    At the figure itself its likely value is left. Whatever is no list of three numbers stays, for
    its fault to be told where it stands.
    """
    found: dict[str, list[float]] = {}
    new = _without(data, (), (), found, lines)
    if not found:
        return dict(data)
    written = data.get("ranges")
    return {**new, "ranges": {**found, **(written if isinstance(written, Mapping) else {})}}


def _without(
    value: Any, place: Place, path: Place, found: dict[str, list[float]], lines: dict[Place, int]
) -> Any:
    """The value without the ranges in it; `path` is the place with ids for positions."""
    if isinstance(value, Mapping):
        return {
            key: _without(inner, (*place, key), (*path, key), found, lines)
            for key, inner in value.items()
        }
    if not isinstance(value, list):
        return value
    name = ".".join(map(str, path))
    if _three(value) and may_range(name):
        found[name] = value
        lines[("ranges", name)] = lines.get(place, 0)
        return value[1]
    return [
        _without(inner, (*place, n), (*path, _id(inner, n)), found, lines)
        for n, inner in enumerate(value)
    ]


def _three(value: list[Any]) -> bool:
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in value)
    return len(value) == THREE and numbers


def _id(value: Any, n: int) -> str | int:
    return str(value["id"]) if isinstance(value, Mapping) and "id" in value else n


def range_faults(faults: Faults, data: Mapping[str, Any]) -> None:
    """Write down ranges of what can have none, and of a milestone or bill that there is not."""
    ids = {
        key: [str(keys.get("id")) for _, keys in mappings(data.get(key))]
        for key in ("milestones", "bills")
    }
    for path, found in mapping(data.get("ranges")).items():
        place, steps = ("ranges", path), str(path).split(".")
        if not may_range(str(path)):
            template = (
                "'{found}' can have no range; figures of `sales`, `burn_per_week`,"
                " `revenue_per_week`, bills and what milestones give can"
            )
            faults.add(place, template, found=shown(path))
        elif steps[0] in ids and steps[1] not in ids[steps[0]]:
            template = "'{found}' is in no list of the plan; mend the id, or take the range out"
            faults.add(place, template, found=shown(steps[1]))
        elif isinstance(found, (list, tuple)):
            for value in _beyond(steps[-1], found):
                template = "{found} is too little; write 0 or more in all three"
                if value > 1:
                    template = "{found} is not a share; write numbers from 0 to 1"
                faults.add(place, template, found=shown(value))


def _beyond(name: str, found: Any) -> Iterator[float]:
    """The first value of a range that its figure cannot have."""
    for value in found:
        if isinstance(value, (int, float)) and (value < 0 or (name in SHARES and value > 1)):
            yield value
            return
