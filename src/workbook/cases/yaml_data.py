"""Plain data from nodes, guided by what each place may hold; and plain data as new YAML.

`007` is text where text belongs and a number where a number does; `+30000` in an option stays
signed; a word where a number belongs is the name of a fact. Every place's line is kept, and for
each figure whether it was a fact's or a bare number. A new file has an empty line between
milestones, and small things on one line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from workbook.amounts import read_date
from workbook.amounts.dates import dates_in
from workbook.cases.yaml_source import Listing, Node, Scalar, Table, value_of
from workbook.consistency import Faults, Place, Shape, nearest, shown
from workbook.consistency.shape import doubtful, thousandths
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
            if place == ("starts",) or dates_in(value):
                self.pending.append((place, day.template, dict(day.values)))
                return SOME_DAY if place == ("starts",) else STAND_IN
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
        if _adds(shape, text[0]):
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
        if reading is not None and reading.problem is not None:
            self.pending.append((place, reading.problem.template, dict(reading.problem.values)))
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
        if _adds(shape, sign):
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


def _adds(shape: Shape, sign: str) -> bool:
    """Whether a number with this sign adds; a measure may be below 0 itself."""
    return shape.signed and (sign == "+" or (sign == "-" and not shape.negative))


def _signed(sign: str, value: float) -> str:
    negative = (sign == "-") != (value < 0)
    return ("-" if negative else "+") + digits(abs(value))


def digits(value: float) -> str:
    """A number without exponent, as `+5` and `-0.25` are written after their sign."""
    if float(value).is_integer() and abs(value) < 1e300:
        return str(int(value))
    text = repr(float(value))
    return f"{value:.12f}".rstrip("0") if "e" in text else text


ONE_LINE = 80
WIDTH = 100
APART = ("milestones", "forks", "facts", "happened")


def laid_out(width: int = WIDTH) -> YAML:
    """A YAML writer with the project's indentation."""
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = max(width, WIDTH)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    return yaml


def fresh(data: Mapping[str, Any]) -> str:
    """The text of a file that has not been written before."""
    document = CommentedMap({key: node(value, depth=1) for key, value in data.items()})
    for key in APART:
        if key in document:
            document.yaml_set_comment_before_after_key(key, before="\n")
            if isinstance(document[key], CommentedSeq):
                for n in range(1, len(document[key])):
                    document[key].yaml_set_comment_before_after_key(n, before="\n", indent=0)
    return _dumped(document)


def entry(key: str, value: Any, column: int) -> str:
    """The lines of a key and its value; all but the first begin at a column."""
    return _indented(CommentedMap({key: node(value, depth=1)}), column)


def item(value: Any, column: int) -> str:
    """The lines of a list's item with its dash, beginning at a column."""
    depth = 0 if isinstance(value, Mapping) and "id" in value else 1
    lines = _indented(CommentedMap({"item": CommentedSeq([node(value, depth)])}), column - 2)
    return " " * column + lines.split("\n", 1)[1].lstrip(" ")


def inline(value: Any) -> str:
    """A value on one line, quoted where it must be, even between brackets."""
    return (
        _dumped(CommentedMap({0: _flow(value)}), width=10**6)
        .removeprefix("0:")
        .strip()[1:-1]
        .strip()
    )


def _flow(value: Any) -> Any:
    listing = node([value])
    listing.fa.set_flow_style()
    return listing


def _indented(document: CommentedMap, column: int) -> str:
    first, *rest = _dumped(document, width=10**6).split("\n")
    return "\n".join([first, *(" " * column + line if line else line for line in rest)])


def _dumped(document: CommentedMap, width: int = WIDTH) -> str:
    buffer = io.StringIO()
    laid_out(width).dump(document, buffer)
    return buffer.getvalue()


def node(value: Any, depth: int = 0) -> Any:
    """Plain data as the writer takes it: no needless points, small things on one line."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (not value[:1].isalnum() or "?" in value):
        return DoubleQuotedScalarString(value)  # some signs it leaves bare and misreads
    if isinstance(value, Mapping):
        table = CommentedMap({key: node(inner, depth + 1) for key, inner in value.items()})
        if depth and _small(value):
            table.fa.set_flow_style()
        return table
    if isinstance(value, (list, tuple)):
        listing = CommentedSeq([node(inner) for inner in value])
        if not any(isinstance(inner, Mapping) for inner in value):
            listing.fa.set_flow_style()
        return listing
    return value


def _small(value: Mapping[str, Any]) -> bool:
    """Whether a mapping holds nothing but single values and fits on a line."""
    single = not any(isinstance(inner, (Mapping, list, tuple)) for inner in value.values())
    return single and len(str(value)) <= ONE_LINE
