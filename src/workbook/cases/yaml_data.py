"""From nodes to plain data, guided by what each place may hold.

`007` is text where text belongs and a number where a number does; `+30000` in an option stays
signed; a word where a number belongs is the name of a fact. Every place's line is kept, and for
each figure whether it was a fact's or a bare number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from workbook.amounts import read_date
from workbook.cases.yaml_source import Listing, Node, Scalar, Table, value_of
from workbook.consistency import Faults, Place, Shape, nearest, shown
from workbook.consistency.place_reading import doubtful, thousandths
from workbook.errors import Message
from workbook.plan import week_of

FACT_NAME = re.compile(r"[+-]?[^\W\d][\w-]*")
STAND_IN = 1
SOME_DAY = "2000-01-03"
WEEKS = ("", "from", "until", "by")
"""What may be before `week` in a key that names a week, and so may hold a date."""
FIRST_WEEK = Message("week 0 is read as week 1: weeks begin with 1")
Figure = float | tuple[float, ...]


@dataclass
class NodeReader:
    """Turns one file's nodes into plain data.

    Attributes
    ----------
    facts
        Value of each fact by name; None for a faulty one.
    lines
        Line of each place met.
    figures
        For each place with a number: the name of its fact, or None for a bare number.
    pending
        Faults met, to be written down once the data is whole.
    notes
        What was read differently from how it is written, with its place.
    starts
        The plan's first day, where a file has one: from it a date is the number of its week.
    """

    facts: Mapping[str, Figure | None] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    figures: dict[Place, str | None] = field(default_factory=dict)
    pending: list[tuple[Place, str, dict[str, object]]] = field(default_factory=list)
    notes: list[tuple[Place, Message]] = field(default_factory=list)
    starts: str | None = None

    def data(self, node: Node, shape: Shape, place: Place = ()) -> Any:
        """The plain data of a node and of all that is in it."""
        self.lines.setdefault(place, node.line)
        if isinstance(node, Table):
            for key, line in node.lines.items():
                self.lines[(*place, key)] = line
            return {
                key: self.data(child, shape.child(key), (*place, key))
                for key, child in node.entries.items()
            }
        if isinstance(node, Listing):
            return [
                self.data(child, _item(shape, n), (*place, n)) for n, child in enumerate(node.items)
            ]
        return self._scalar(node, shape, place)

    def _scalar(self, node: Scalar, shape: Shape, place: Place) -> Any:
        value = value_of(node.text) if node.plain else node.text
        if value is None:
            return self._nothing(shape, place)
        if isinstance(value, bool):
            return node.text if shape.text and not shape.number else value
        if isinstance(value, (int, float)):
            return self._number(node.text, value, shape, place)
        if place == ("starts",) or _is_a_week(shape, place):
            day = read_date(value)
            if isinstance(day, date):
                return self._day(day, place)
            if place == ("starts",):
                self.pending.append((place, day.template, dict(day.values)))
                return SOME_DAY
        figures = shape.number or (shape.item is not None and shape.child(0).number)
        if figures and not shape.choices and FACT_NAME.fullmatch(value) and self.facts:
            return self._fact(value, shape, place)
        return value

    def _nothing(self, shape: Shape, place: Place) -> None:
        """An empty place; only an option's edit may empty one, to take a limit away."""
        if not shape.partial and shape != Shape():
            template = "nothing is written here; write a value, or leave the key out"
            self.pending.append((place, template, {}))

    def _number(self, text: str, value: float, shape: Shape, place: Place) -> Any:
        if not shape.number:
            return text if shape.text else value
        self.figures[place] = None
        self._doubt(text, shape, place)
        if value == 0 and place[:1] == ("forks",) and place[2:] == ("at", "week"):
            self.notes.append((place, FIRST_WEEK))
            return 1
        if shape.signed and text[0] in "+-":
            return text[0] + digits(abs(value))
        return int(value) if shape.whole and float(value).is_integer() else value

    def _day(self, day: date, place: Place) -> Any:
        """A date: the first day itself, or the number of the week that it is in."""
        if place == ("starts",):
            return day.isoformat()
        values: dict[str, object] = {"found": day.isoformat(), "starts": self.starts}
        if self.starts is None:
            template = "{found} is a date; say on which day week 1 begins: `starts: 2027-01-04`"
        elif (week := week_of(self.starts, day)) >= 1:
            self.figures[place] = None
            return week
        else:
            template = "{found} lies before the first day, {starts}; write a later date"
        self.pending.append((place, template, values))
        return STAND_IN

    def _doubt(self, text: str, shape: Shape, place: Place) -> None:
        """Ask where a number can be read in two ways: `180.000`."""
        reading = doubtful(text, shape)
        if reading is not None and reading.trouble is not None:
            self.pending.append((place, reading.trouble.template, dict(reading.trouble.values)))
        elif (note := thousandths(text, shape)) is not None:
            self.notes.append((place, note))

    def _fact(self, text: str, shape: Shape, place: Place) -> Any:
        sign = text[0] if text[0] in "+-" else ""
        name = text.removeprefix(sign)
        if name not in self.facts:
            self._unknown(name, place)
            return STAND_IN
        self.figures[place] = name
        value = self.facts[name]
        if value is None:
            return STAND_IN
        if isinstance(value, tuple):
            return list(value)
        if sign and shape.signed:
            return _signed(sign, value)
        value = -value if sign == "-" else value
        return int(value) if shape.whole and value.is_integer() else value

    def _unknown(self, name: str, place: Place) -> None:
        near = nearest(name, self.facts)
        template = "no fact '{found}'; add it under `facts`, or write a number"
        if near:
            template = "no fact '{found}'; did you mean '{known}'?"
        self.pending.append((place, template, {"found": shown(name), "known": near}))

    def report(self, faults: Faults) -> None:
        """Write the faults met down."""
        for place, template, values in self.pending:
            faults.add(place, template, **values)


def _is_a_week(shape: Shape, place: Place) -> bool:
    """Whether a place holds the number of a week, not a length in weeks."""
    return shape.whole and str(place[-1]).removesuffix("week").rstrip("_") in WEEKS


def _item(shape: Shape, n: int) -> Shape:
    """What an item of a list may hold; a figure in it is described by the list's key."""
    inside = shape.child(n)
    return replace(inside, key=shape.key) if inside.number else inside


def _signed(sign: str, value: float) -> str:
    negative = (sign == "-") != (value < 0)
    return ("-" if negative else "+") + digits(abs(value))


def digits(value: float) -> str:
    """A number without exponent, as `+5` and `-0.25` are written after their sign."""
    if float(value).is_integer() and abs(value) < 1e300:
        return str(int(value))
    text = repr(float(value))
    return f"{value:.12f}".rstrip("0") if "e" in text else text
