"""A sheet on which faults are written down, each with its place; line and name are looked up.

A *place* is the way to a value in plain data, by keys and positions: `("milestones", 2, "needs")`.
Readers see it with ids instead of positions: `milestones.fit-out.needs`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from workbook.errors import Fault, Message

Place = tuple[str | int, ...]

MOST_SHOWN = 60
# letters that turn the reading direction or join nothing visible: they could disguise a value
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(value: object) -> str:
    """A value as a fault shows it: one line, at most 60 characters, nothing invisible in it."""
    text = _plain(value)
    text = "".join(_visible(letter) for letter in text[: MOST_SHOWN * 2])
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _plain(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, Mapping):
        return "{" + ", ".join(str(key) for key in list(value)[:10]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_plain(item)[:MOST_SHOWN] for item in value[:10]) + "]"
    return str(value)


def _visible(letter: str) -> str:
    if unicodedata.category(letter) not in INVISIBLE:
        return letter
    return letter.encode("unicode_escape").decode("ascii")


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, if any is near enough."""
    by_fold = {name.casefold().replace("-", "_"): name for name in known}
    meant = str(word)[:200].casefold().replace("-", "_").replace(" ", "_")
    found = get_close_matches(meant, by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


class Faults:
    """Gathers the faults of one input.

    Parameters
    ----------
    data
        The plain data, for the ids that stand in a fault's path.
    lines
        Line of each place; a place without one takes that of what encloses it.
    """

    def __init__(self, data: object, lines: Mapping[Place, int] | None = None) -> None:
        self.data = data
        self.lines = lines or {}
        self._found: dict[tuple[Place, str], Fault] = {}

    def add(self, place: Place, template: str, **values: object) -> None:
        """Write a fault down; the same one at the same place counts once."""
        message = Message(template, values)
        key = (place, str(message))
        self._found.setdefault(key, Fault(self.path(place), message, self.line(place)))

    def add_unknown(
        self, place: Place, found: object, known: Iterable[str], sentence: str, meant: str
    ) -> None:
        """Write down a name that nothing answers to: `meant` where a near one is `{known}`."""
        near = nearest(found, known)
        if near is None:
            self.add(place, sentence, found=shown(found))
        else:
            self.add(place, meant, found=shown(found), known=near)

    def line(self, place: Place) -> int | None:
        """Line of a place, or of the nearest thing around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None

    def path(self, place: Place) -> str:
        """A place as readers see it: dotted, ids instead of positions."""
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
        """Take over what another sheet has and a third has not."""
        for key, fault in more._found.items():
            if key not in told._found:
                self._found.setdefault(key, fault)

    def in_order(self) -> list[Fault]:
        """All faults, in the order of the file."""
        return sorted(self._found.values(), key=lambda fault: fault.line or 0)


def _inside(value: object, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
