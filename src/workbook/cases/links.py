"""What the milestones of a table need: by name, by id, or by the number of a row.

A cell names milestones by their names, their ids, or row numbers as MS Project has them, with the
kind of link and the lag that project tools write behind a number. Whole names come first: of `Sell
tea, coffee; Open` a milestone called `Sell tea, coffee` is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workbook.cases.columns import UNKNOWN, CellError
from workbook.consistency import nearest, shown
from workbook.consistency.faults import folded, id_for
from workbook.errors import Fault, Message
from workbook.figures import Id
from workbook.tables import Column, Row, Table

ID = TypeAdapter[str](Id)
BETWEEN = re.compile(r"\s*[,，;；、/|\n＋+&→]\s*|\s+and\s+")
NUMBERED = re.compile(
    r"(?P<row>\d+(?:\.\d+)*)\s*-?"
    r"(?P<kind>FS|SS|FF|SF|EA|AA|EE|AE|FD|DD|DF|FC|CC|CF|FI|II|IF|TI|TT|IT|ОН|НН|ОО|НО)?\s*"
    r"(?P<lag>[+-]\s*[\d.,]+(?(kind)|(?=\s*[^\W\d_]|\s*%))[\w ]*%?|=-?P\w+)?",
    re.IGNORECASE,
)
"""`3`, `3FS+2 days`, `3+2d`, `3-FS=P2D`: the row that is waited for, how, and how much later."""
ROWS = re.compile(r"(\d+)\s*(?:[-–~～至]|to)\s*(\d+)")
"""`3-5`: from one row to another; nothing says that those between them count."""
LISTED = re.compile(r"\[([^\[\]]*)\]")
"""A list in brackets, as ClickUp exports it."""
LINKED = re.compile(r"\s*\(https?://[^\s)]*\)")
"""The address that Notion writes behind the name of another page."""
WAITING = (None, "FS", "EA", "FD", "FC", "FI", "TI", "ОН")
"""It begins when that one ends: in several languages, and where nothing is written."""


@dataclass
class MilestoneRow:
    """One milestone: its row, its keys as plain data, and cells to be looked up.

    Attributes
    ----------
    label
        Its number or its code in the table, by which other rows refer to it.
    level
        How deep it is in an outline; 0 without one.
    without_length
        Whether its length is written as 0.
    """

    row: Row
    keys: dict[str, Any] = field(default_factory=dict)
    links: dict[str, tuple[Column, str]] = field(default_factory=dict)
    goal: bool = False
    label: str = ""
    level: int = 0
    without_length: bool = False

    @property
    def name(self) -> str:
        """Its name; empty if the row has none."""
        return str(self.keys.get("name", ""))


@dataclass(frozen=True)
class Named:
    """What a cell names: ids, the lags that are left aside, and whether rows are counted."""

    ids: tuple[str, ...]
    lags: tuple[str, ...] = ()
    by_row: bool = False


class Linker:
    """Gives the rows of a table their ids and turns the names that they need into ids."""

    def __init__(self, table: Table, found: Sequence[MilestoneRow]) -> None:
        self.table, self.found = table, found
        self.notes: list[Message] = []
        self.faults: list[Fault] = []

    def link(self) -> None:
        """Write `id`, `needs` and other links into the keys; gather notes and faults."""
        self._give_ids()
        self.known = {folded(one.keys["id"]): one.keys["id"] for one in reversed(self.found)}
        self.known |= {folded(o.name): o.keys["id"] for o in reversed(self.found) if o.name}
        self.rows = self._by_number()
        read = [named for one in self.found for named in self._links_of(one)]
        self.notes += notes_of(read, "" if self.labelled else self.found[0].name)
        if not any(self.table.column(key) for key in ("needs", "enables")):
            heads = parts_of(self.found)
            for before, one in pairwise(o for o in self.found if o.keys["id"] not in heads):
                one.keys["needs"] = [before.keys["id"]]
            template = "No column says what a milestone needs, so each needs the one above it."
            self.notes.append(Message(template))

    def _give_ids(self) -> None:
        taken: set[str] = set()
        codes: dict[str, int] = {}
        for one in self.found:
            given = one.keys.get("id")
            if given is None or not _is_id(given):
                self._code(one, str(given or ""), codes)
                one.keys["id"] = id_for(one.name, taken)
            taken.add(one.keys["id"])

    def _code(self, one: MilestoneRow, given: str, codes: dict[str, int]) -> None:
        """Take what is in the column of ids and can be none as the row's code: `step 1`."""
        one.label = one.label or given
        line = codes.setdefault(folded(given), one.row.number) if given else one.row.number
        column = self.table.column("id")
        if column is not None and line != one.row.number:
            template = "the id '{id}' is taken since line {line}; choose another"
            self._fault(one, column, Message(template, {"id": shown(given), "line": line}))

    def _by_number(self) -> dict[str, str]:
        """The id of each milestone by its code, and by its number in the table, else its place."""
        labels = [folded(one.label) for one in self.found]
        codes = {o.label: o.keys["id"] for o in reversed(self.found) if not o.label.isdigit()}
        self.labelled = all(labels) and len(set(labels)) == len(labels)
        if not self.labelled:
            labels = [str(n) for n in range(1, len(self.found) + 1)]
        numbered = dict(zip(labels, (one.keys["id"] for one in self.found), strict=True))
        return {folded(code): id for code, id in codes.items() if code} | numbered

    def _links_of(self, one: MilestoneRow) -> list[Named]:
        read = []
        for key, (column, text) in one.links.items():
            try:
                named = named_in(text, self.known, self.rows)
            except CellError as error:
                self._fault(one, column, error.message)
                continue
            for name in self._twice(named):
                template = "two rows are called '{found}'; give one of them another name"
                self._fault(one, column, Message(template, {"found": shown(name)}))
            read.append(named)
            self._write(one, key, named)
        return read

    def _write(self, one: MilestoneRow, key: str, named: Named) -> None:
        if key != "enables" and named.ids:
            one.keys[key] = list(named.ids)
        for other in self.found if key == "enables" else ():
            if other.keys["id"] in named.ids:
                other.keys.setdefault("needs", []).append(one.keys["id"])

    def _twice(self, named: Named) -> list[str]:
        """The names that are needed and that two rows have."""
        if self.table.column("id") is not None or named.by_row:
            return []
        names = [one.name for one in self.found]
        counts = Counter(map(folded, names))
        doubled = {name for name in names if counts[folded(name)] > 1}
        return sorted(name for name in doubled if self.known.get(folded(name)) in named.ids)

    def _fault(self, one: MilestoneRow, column: Column, message: Message) -> None:
        place = self.table.cell_name(one.row.number, column)
        self.faults.append(Fault(place, message, one.row.number))


def parts_of(found: Sequence[MilestoneRow]) -> dict[str, list[MilestoneRow]]:
    """Return the lowest rows below each row that heads others by its level, by its id."""
    parts = {}
    for n, one in enumerate(found):
        ends = (m for m in range(n + 1, len(found)) if found[m].level <= one.level)
        below = found[n + 1 : next(ends, len(found))]
        if below:
            after = [row.level for row in below[1:]] + [0]
            lowest = [row for row, deeper in zip(below, after, strict=True) if deeper <= row.level]
            parts[one.keys["id"]] = lowest
    return parts


def _is_id(given: str) -> bool:
    try:
        ID.validate_python(given)
    except ValidationError:
        return False
    return True


def named_in(cell: str, known: Mapping[str, str], rows: Mapping[str, str]) -> Named:
    """The milestones that a cell names.

    Parameters
    ----------
    known
        The id of each milestone by its name and by its id, folded.
    rows
        The id of each milestone by the number or the code of its row, folded.

    Raises
    ------
    CellError
        For a name that no milestone has, and for a link other than finish-to-start.
    """
    if folded(cell) not in known:
        cell = LISTED.sub(r"\1", cell.strip())
        if cell.casefold() in UNKNOWN:
            return Named(())
    ids: list[str] = []
    lags: list[str] = []
    by_row = False
    for part in _parts(LINKED.sub("", cell), {**rows, **known}):
        if (id := known.get(folded(part))) is not None:
            ids.append(id)
            continue
        numbered = NUMBERED.fullmatch(part)
        row = _number(numbered["row"]) if numbered else folded(part)
        if row not in rows:
            raise _unknown(part, known, numbered is not None)
        if numbered and (kind := numbered["kind"]) and kind.upper() not in WAITING:
            template = "'{found}': a milestone waits until another is reached; write {row} alone"
            raise CellError(template, found=shown(part), row=numbered["row"])
        ids.append(rows[row])
        by_row = by_row or numbered is not None
        lags += [part] if numbered and numbered["lag"] else []
    return Named(tuple(dict.fromkeys(ids)), tuple(lags), by_row)


def _number(text: str) -> str:
    """Return a number of a row as the labels have it: without zeros before it."""
    return text.lstrip("0") or "0"


def _parts(cell: str, known: Mapping[str, str]) -> list[str]:
    """The names in a cell: the longest known ones first, then what is between signs."""
    cuts = [(0, 0), *(found.span() for found in BETWEEN.finditer(cell)), (len(cell), len(cell))]
    parts: list[str] = []
    n = 0
    while n < len(cuts) - 1:
        begins = cuts[n][1]
        ends = range(len(cuts) - 1, n, -1)
        whole = next((e for e in ends if _is_one(cell[begins : cuts[e][0]].strip(), known)), 0)
        n = whole or n + 1
        part = cell[begins : cuts[n][0]].strip()
        parts += [part] if part else []
    return parts


def _is_one(text: str, known: Mapping[str, str]) -> bool:
    """Whether a text is one name although it contains a separator."""
    numbered = NUMBERED.fullmatch(text)
    return folded(text) in known or bool(numbered and numbered["lag"])


def _unknown(name: str, known: Mapping[str, str], number: bool) -> CellError:
    if (rows := ROWS.fullmatch(name)) is not None:
        template = (
            "'{found}' may be two rows or all from one to the other; write each: {one}, {two}"
        )
        return CellError(template, found=shown(name), one=rows[1], two=rows[2])
    if number:
        return CellError("there is no row '{found}' in this table", found=shown(name))
    if near := nearest(name, known):
        template = "no milestone '{found}'; did you mean '{known}'?"
        return CellError(template, found=shown(name), known=shown(near))
    template = "no milestone '{found}'; write the name of another row"
    return CellError(template, found=shown(name))


def notes_of(found: Sequence[Named], first: str) -> list[Message]:
    """Notes on how links were read; `first` names row 1 if the table does not number its rows."""
    notes = []
    if first and any(one.by_row for one in found):
        template = "Numbers of rows are counted from the first milestone: 1 is “{name}”."
        notes.append(Message(template, {"name": shown(first)}))
    if lags := [lag for one in found for lag in one.lags]:
        template = "A plan has no waiting time between milestones; left aside: {lags}."
        notes.append(Message(template, {"lags": lags[:5]}))
    return notes
