"""The sheets of an Excel workbook (.xlsx, .xlsm), read straight from their XML.

One pass finds what no table library gives at once: values, formulas without a calculated value,
number formats, merged cells, hidden rows, columns and sheets. Rows and cells that hold nothing are
cut out of the XML before it is parsed, so a stray cell in the last row costs nothing. Nothing in a
workbook is ever run. Elements are known by their local name: files of Excel, LibreOffice, WPS,
Google and openpyxl are read alike, in the strict and in the transitional dialect.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from workbook.consistency import shown
from workbook.errors import InputError, Message
from workbook.tables.cells import BUILT_IN, Look, cell_of
from workbook.tables.files import damaged
from workbook.tables.sheet import Cell, Merge, Sheet, letter_of, refused, rows_of

MOST_CELLS = 400_000
NAME = rb"(?:[A-Za-z]\w*:)?"
NO_CELL = re.compile(rb"<%sc\s[^<>]*?(?:/>|>\s*</%sc>)" % (NAME, NAME))
NO_ROW = re.compile(rb"<%srow\s[^<>]*?(?:/>|>\s*</%srow>)" % (NAME, NAME))
PLACE = re.compile(r"([A-Za-z]{1,3})(\d+)")


@dataclass
class Grid:
    """One sheet as it is in the file.

    Attributes
    ----------
    rows
        For each row that holds something its cells, by column counted from 0.
    hidden_rows, hidden_columns
        Those of them that a person does not see.
    struck_rows
        The text that is struck through, by its row.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    struck_rows: dict[int, str] = field(default_factory=dict)

    def visible(self) -> Sheet:
        """What a person sees of it; the notes name what is hidden."""
        shown = {
            number: {n: cell for n, cell in cells.items() if not self._hides(n)}
            for number, cells in self.rows.items()
            if number not in self.hidden_rows
        }
        notes = tuple(self._hidden())
        return Sheet(
            tuple(rows_of(sorted(shown.items()))), notes, merges=tuple(self.merges), name=self.name
        )

    def _hides(self, column: int) -> bool:
        return any(column in hidden for hidden in self.hidden_columns)

    def _hidden(self) -> Iterator[Message]:
        """What is left out because it is hidden, with a piece of it."""
        rows = [n for n in sorted(self.rows) if n in self.hidden_rows]
        if rows:
            pieces = [next(c.text for c in self.rows[n].values() if not c.blank) for n in rows]
            template = "Hidden or filtered rows are left out: {rows} ({sample})."
            yield Message(template, {"rows": _some(map(str, rows)), "sample": _some(pieces)})
        first: dict[int, str] = {}
        for number in sorted(self.rows):
            for n, cell in self.rows[number].items():
                if self._hides(n) and not cell.blank:
                    first.setdefault(n, f"{letter_of(n)} ({shown(cell.text)[:30]})")
        if first:
            template = "Hidden columns are left out: {columns}."
            yield Message(template, {"columns": _some(first[n] for n in sorted(first))})
        if struck := {n: t for n, t in self.struck_rows.items() if n not in self.hidden_rows}:
            template = (
                "Rows with text that is struck through are read like the others: {rows} ({sample})."
            )
            yield Message(
                template, {"rows": _some(map(str, struck)), "sample": _some(struck.values())}
            )


@dataclass(frozen=True)
class _Listed:
    name: str
    state: str
    part: str


class ExcelFile:
    """An Excel workbook of these bytes; `sheets` gives its visible sheets, the active one first."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = data

    def sheets(self, most_rows: int) -> list[Sheet]:
        """The visible sheets that are not empty, the active one first.

        Raises
        ------
        InputError
            For a damaged file, and for a sheet of more than `most_rows` rows.
        """
        try:
            with ZipFile(BytesIO(self._data)) as packed:
                self._packed = packed
                visible = [sheet for sheet in self._in_order() if sheet.state == "visible"]
                grids = [self._grid(sheet, most_rows) for sheet in visible]
        except InputError:
            raise
        except Exception:  # damaged files fail in many ways
            raise damaged(self.name) from None
        if not visible:
            raise refused(self.name, "every sheet of this workbook is hidden; unhide the one meant")
        return [grid.visible() for grid in grids if grid.rows]

    @cached_property
    def hidden_sheets(self) -> list[str]:
        """Return the names of the hidden sheets."""
        return [sheet.name for sheet in self._listed[0] if sheet.state != "visible"]

    # The parts of the package

    def _in_order(self) -> list[_Listed]:
        sheets, active = self._listed
        _ = self.hidden_sheets  # while the package is open
        return sheets[active : active + 1] + sheets[:active] + sheets[active + 1 :]

    @cached_property
    def _book(self) -> str:
        rels = self._targets("_rels/.rels", "")
        found = [part for kind, part in rels.values() if kind.endswith("/officeDocument")]
        return found[0] if found else "xl/workbook.xml"

    @cached_property
    def _relations(self) -> Mapping[str, tuple[str, str]]:
        folder, file = posixpath.split(self._book)
        return self._targets(f"{folder}/_rels/{file}.rels", folder)

    @cached_property
    def _listed(self) -> tuple[list[_Listed], int]:
        """Return the worksheets in tab order, and the index of the active one."""
        sheets: list[_Listed] = []
        active, tab = 0, 0
        wanted = 0
        for element in self._root(self._book).iter():
            if _local(element) == "workbookView":
                wanted = int(element.get("activeTab", 0))
            elif _local(element) == "sheet":
                kind, part = self._relations.get(_attribute(element, "id"), ("", ""))
                if kind.endswith("/worksheet"):  # charts and macros have tabs, too
                    active = len(sheets) if tab == wanted else active
                    state = element.get("state", "visible")
                    sheets.append(_Listed(element.get("name", ""), state, part))
                tab += 1
        return sheets, active

    @cached_property
    def _strings(self) -> list[str]:
        part = self._part("/sharedStrings")
        items = self._root(part) if part else ()
        return [_text_of(item) for item in items if _local(item) == "si"]

    @cached_property
    def _formats(self) -> list[str]:
        """Return the number format code of each cell style."""
        part = self._part("/styles")
        codes: dict[int, str] = dict(BUILT_IN)
        found: list[str] = []
        for element in self._root(part) if part else ():
            if _local(element) == "numFmts":
                codes |= {int(e.get("numFmtId", 0)): e.get("formatCode", "") for e in element}
            elif _local(element) == "cellXfs":
                found = [codes.get(int(e.get("numFmtId", 0)), "General") for e in element]
        return found

    @cached_property
    def _struck(self) -> set[int]:
        """Return the cell styles whose font is struck through."""
        part = self._part("/styles")
        lists = {_local(element): list(element) for element in (self._root(part) if part else ())}
        fonts = {
            n
            for n, font in enumerate(lists.get("fonts", ()))
            if any(_local(e) == "strike" and e.get("val", "1") not in ("0", "false") for e in font)
        }
        styles = lists.get("cellXfs", ())
        return {n for n, one in enumerate(styles) if int(one.get("fontId", 0)) in fonts}

    @cached_property
    def _from_1904(self) -> bool:
        flags = [e.get("date1904", "0") for e in self._root(self._book).iter()]
        return any(flag in ("1", "true") for flag in flags)

    def _part(self, ending: str) -> str:
        return next((part for kind, part in self._relations.values() if kind.endswith(ending)), "")

    def _targets(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        found = {}
        for element in self._root(part):
            target = element.get("Target", "").replace("\\", "/")
            inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            place = posixpath.normpath(inside)
            found[element.get("Id", "")] = (element.get("Type", ""), place)
        return found

    def _root(self, part: str) -> Any:
        return ET.fromstring(self._packed.read(self._named(part)))

    def _named(self, part: str) -> str:
        """Return the name of a part in the package; some writers change its case."""
        part = part.lstrip("/")
        names = {name.casefold().replace("\\", "/"): name for name in self._packed.namelist()}
        return names[part.casefold()]

    # One sheet

    def _grid(self, sheet: _Listed, most_rows: int) -> Grid:
        xml = self._packed.read(self._named(sheet.part))
        xml = NO_ROW.sub(b"", NO_CELL.sub(b"", xml))
        grid = Grid(sheet.name)
        number, cells = 0, 0
        for _, element in ET.iterparse(BytesIO(xml)):
            kind = _local(element)
            if kind == "row":
                number = int(element.get("r", number + 1))
                found = dict(self._cells(element))
                if any(not cell.blank for cell in found.values()):
                    grid.rows[number], cells = found, cells + len(found)
                    self._note_struck(grid, number, element)
                if _hidden(element, "ht"):
                    grid.hidden_rows.add(number)
                if len(grid.rows) > most_rows + 1 or cells > MOST_CELLS:
                    template = "the table has more than {n} rows; split it"
                    raise refused(self.name, template, n=most_rows)
                element.clear()
            elif kind == "col" and _hidden(element, "width"):
                first = int(element.get("min", 1)) - 1
                grid.hidden_columns.append(range(first, int(element.get("max", 1))))
            elif kind == "mergeCell":
                grid.merges += _merge(element.get("ref", ""))
        return grid

    def _note_struck(self, grid: Grid, number: int, row: Any) -> None:
        places = zip(grid.rows[number].values(), (e for e in row if _local(e) == "c"), strict=False)
        for cell, element in places:
            if cell.value is None and not cell.blank and int(element.get("s", 0)) in self._struck:
                grid.struck_rows.setdefault(number, cell.text)

    def _cells(self, row: Any) -> Iterator[tuple[int, Cell]]:
        column = -1
        for element in row:
            if _local(element) != "c":
                continue
            place = PLACE.fullmatch(element.get("r", ""))
            column = column_of(place[1]) if place else column + 1
            parts = {_local(part): part for part in element}
            value, formula = parts.get("v"), parts.get("f")
            style = int(element.get("s", 0))
            look = Look(
                kind=element.get("t", "n"),
                code=self._formats[style] if style < len(self._formats) else "General",
                from_1904=self._from_1904,
                formula=formula is not None,
            )
            text = None if value is None else value.text or ""
            if look.kind == "s" and text:
                text = self._strings[int(text)]
            elif look.kind == "inlineStr" and "is" in parts:
                text = _text_of(parts["is"])
            yield column, cell_of(text, look)


def column_of(letters: str) -> int:
    """Return the index of a column from its letters, counted from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _some(items: Iterable[str]) -> list[str]:
    """Return the first five of several things, each short."""
    found = [shown(item)[:30] for item in items]
    return [*found[:5], "…"] if len(found) > 5 else found


def _merge(reference: str) -> list[Merge]:
    ends = PLACE.findall(reference)
    if len(ends) != 2:
        return []
    (left, top), (right, bottom) = ends
    return [Merge(int(top), column_of(left), int(bottom), column_of(right))]


def _hidden(element: Any, size: str) -> bool:
    """Whether a row or a column is hidden, or has no height or width."""
    return element.get("hidden") in ("1", "true") or float(element.get(size, 1)) == 0


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    """Return an attribute by its local name, in any namespace."""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _text_of(item: Any) -> str:
    """Return the text of a string item: plain, or in formatted pieces; without ruby text."""
    pieces = []
    for part in item:
        if _local(part) == "t":
            pieces.append(part.text or "")
        elif _local(part) == "r":
            pieces += [t.text or "" for t in part if _local(t) == "t"]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), "".join(pieces))
