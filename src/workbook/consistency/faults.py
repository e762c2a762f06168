"""Collects faults with their places, and looks up line and name of each.

A *place* is the path to a value in plain data, as keys and positions: `("milestones", 2, "needs")`.
Readers see it with ids instead of positions: `milestones.fit-out.needs`. For an unknown key the
message names a synonym, the right place, or the most similar known key.

A milestone's name is kept as typed, in any script, at any length; only characters that files and
screens cannot hold are removed. Its id is made once, unique, and does not change with the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from workbook.consistency.shape import Shape
from workbook.errors import Fault, Message, quoted, shown
from workbook.plan import BREAKEVEN

Place = tuple[str | int, ...]
WIDE_COMMA = re.compile("[，、；]")
"""What divides a list where a Chinese keyboard is on; no id has one."""


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

    def add_new(self, more: Faults, known: Faults) -> None:
        """Take over the faults of another collection that a third does not have."""
        for key, fault in more._found.items():
            if key not in known._found:
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


def meant(key: object, shape: Shape, more: Iterable[str] = ()) -> str | None:
    """Return the key of a shape, or one of `more`, probably meant: by synonym or spelling."""
    return _other_word(key, shape) or nearest(key, [*shape.keys, *more])


def unknown_key(shape: Shape, key: str, *, empty: bool = False) -> Message:
    """Return the sentence for a key that is not allowed in a mapping of this shape.

    `empty`: there is nothing at it, as at what follows a comma within braces.
    """
    values: dict[str, object] = {"found": quoted(key)}
    if re.fullmatch(r"\d{3}", key) or (empty and re.fullmatch(r"\d+", key)):
        template = "{found} stands behind a comma; write a number without one, such as 1000"
        return Message(template, values)
    known = _other_word(key, shape)
    if known is None and (home := _home(shape, key)):
        template = "unknown key {found}; it belongs under `{known}`"
        return Message(template, {**values, "known": home})
    if known := known or nearest(key, shape.keys):
        return Message("unknown key {found}; did you mean '{known}'?", {**values, "known": known})
    if empty:
        template = "{found} stands behind a comma; put a text with a comma in it in quotes"
        return Message(template, values)
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


UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
MOST_LETTERS = 40


def tidy(text: object) -> str:
    """Return a text without control characters and lone surrogates."""
    return UNSHOWABLE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: object) -> str:
    """Return a name on one line, without spaces around it."""
    return " ".join(tidy(text).split())


def folded(name: str) -> str:
    """Return a name as it is compared: case, width, accents' coding, unseen signs do not count."""
    seen = (c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", one_line("".join(seen)).casefold())


def id_for(name: str, taken: Collection[str]) -> str:
    """Return an id for a milestone of this name: `blind-tasting`, or `m1` if no letters remain.

    `taken` are the existing ids; the new one differs from all of them.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()[: MOST_LETTERS * 4]).strip("-")
    slug = slug[:MOST_LETTERS].rstrip("-")
    foreign = any(c.isalpha() and not c.isascii() for c in plain)
    if foreign or not re.search("[a-z]", slug):
        return _numbered("m{}", taken)
    if slug in taken or slug == BREAKEVEN:
        return _numbered(slug + "-{}", taken, first=2)
    return slug


def _numbered(pattern: str, taken: Collection[str], first: int = 1) -> str:
    number = first
    while pattern.format(number) in taken:
        number += 1
    return pattern.format(number)
