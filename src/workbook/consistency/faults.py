"""Collects faults with their places, and looks up line and name of each.

A *place* is the path to a value in plain data, as keys and positions: `("milestones", 2, "needs")`.
Readers see it with ids instead of positions: `milestones.fit-out.needs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from workbook.errors import Fault, Message, shown

Place = tuple[str | int, ...]


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant, if one is similar enough."""
    by_fold = {name.casefold().replace("-", "_"): name for name in known}
    meant = str(word)[:200].casefold().replace("-", "_").replace(" ", "_")
    found = get_close_matches(meant, by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


class Faults:
    """Collects the faults of one input.

    Parameters
    ----------
    data
        The plain data, for the ids in a fault's path.
    lines
        Line of each place; a place without one takes that of the enclosing place.
    """

    def __init__(self, data: object, lines: Mapping[Place, int] | None = None) -> None:
        self.data = data
        self.lines = lines or {}
        self._found: dict[tuple[Place, str], Fault] = {}

    def add(self, place: Place, template: str, **values: object) -> None:
        """Record a fault; the same one at the same place counts once."""
        message = Message(template, values)
        key = (place, str(message))
        self._found.setdefault(key, Fault(self.path(place), message, self.line(place)))

    def add_unknown(
        self, place: Place, found: object, known: Iterable[str], sentence: str, meant: str
    ) -> None:
        """Record an unknown name; the sentence `meant` is used if a similar name is `{known}`."""
        near = nearest(found, known)
        if near is None:
            self.add(place, sentence, found=shown(found))
        else:
            self.add(place, meant, found=shown(found), known=near)

    def line(self, place: Place) -> int | None:
        """Return the line of a place, or of the nearest enclosing place."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None

    def path(self, place: Place) -> str:
        """Return a place as readers see it: dotted, with ids instead of positions."""
        names: list[str] = []
        value = self.data
        for step in place:
            value = _inside(value, step)
            if isinstance(step, str):
                names.append(shown(step))
            elif isinstance(value, Mapping):
                id = value.get("id")
                names.append(shown(id) if isinstance(id, str) else str(step + 1))
        return ".".join(names)

    def add_new(self, more: Faults, told: Faults) -> None:
        """Take over the faults of another collection that a third does not have."""
        for key, fault in more._found.items():
            if key not in told._found:
                self._found.setdefault(key, fault)

    def in_order(self) -> list[Fault]:
        """Return all faults, in the order of the file."""
        return sorted(self._found.values(), key=lambda fault: fault.line or 0)


def _inside(value: object, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
