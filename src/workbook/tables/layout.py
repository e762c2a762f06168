"""Find out how a table is laid out: its header, units, titles, totals, notes and merged cells.

What is not read is told in a note, with its row. What cannot be read surely is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbook.consistency import shown
from workbook.errors import Fault, InputError, Message
from workbook.tables.headings import Headings, Match, plain
from workbook.tables.sheet import Cell, Merge, Row, Sheet, letter_of, refused
from workbook.tables.table import Column, Table

LOOKED_AT = 20
"""The row that names the columns is looked for among so many."""
NAMES_OF_TOTALS = """
total|totals|sum|subtotal|sub-total|sub total|grand total|overall total|sum total|average|mean
合计|小计|总计|共计|总和|累计|汇总|合計|小計|總計|平均|平均值|合计金额|总额
summe|gesamt|gesamtsumme|zwischensumme|somme|total général|sous-total|suma|totale
итого|всего|합계|소계
"""
TOTALS = frozenset(re.split(r"[|\n]", NAMES_OF_TOTALS.strip()))
"""What the row that adds up the others is called."""
REMARK = re.compile(
    r"^(?:\*|†|※|note|notes|source|sources|remark|nb|n\.b|hint|legend|注|备注|說明|说明|来源|提示|"
    r"hinweis|quelle|anmerkung|remarque|nota|fuente)\b[^\w]*|^[*†※]|^(?:注|备注|说明|来源|提示)[：:]",
    re.IGNORECASE,
)
UNIT_CELL = re.compile(
    r"[(\[（]?\s*(?:in )?(?:weeks?|wks?|months?|mons?|days?|hours?|hrs?|quarters?|years?|[dwmh]|%"
    r"|％|percent|share|k|k?[€$£¥￥]|[€$£¥￥]k?|[A-Z]{3}|k[A-Z]{3}|thousands?|周|星期|个?月|天|小时|年"
    r"|元|万元|万|千元|百分比|次|人|个|text|number|count|people|times)\s*[)\]）]?",
)
UNIT_WORDS = frozenset({"unit", "units", "单位", "單位", "einheit", "unité", "-", "–", "—", "/"})
MOST_NAMED = 4
BULLET = re.compile(r"^\s*(?:[-*•·–—▪◦●○→>]+|\(?\d{1,3}[.)、）:]|[a-z][.)]|\[[ xX]?\])\s+")
"""What stands before a line of a list: `-`, `1.`, `a)`."""


def table_of(sheet: Sheet, headings: Headings, name: str, *, mappable: bool = True) -> Table:
    """The table that stands in a sheet.

    Raises
    ------
    InputError
        Where no row names the columns.
    """
    return _Layout(sheet, headings, name, mappable).table()


class _Layout:
    """Reads one sheet, gathering notes and faults."""

    def __init__(self, sheet: Sheet, headings: Headings, name: str, mappable: bool) -> None:
        self.sheet, self.headings, self.name, self.mappable = sheet, headings, name, mappable
        self.notes: list[Message] = list(sheet.notes)
        self.faults: list[Fault] = []
        self.columns: list[Column] = []
        self.aside: list[str] = []
        self.nameless: set[int] = set()

    def table(self) -> Table:
        """The table, its faults and its notes."""
        if (listed := self._list()) is not None:
            return listed
        at = self._header()
        header, body = self.sheet.rows[at], list(self.sheet.rows[at + 1 :])
        self._above(at)
        self._name_columns(header)
        body = self._units(body)
        body = self._merged(header, body)
        rows = [row for row in self._kept(header, body) if not self._total(row)]
        rows = self._without_notes(header, rows)
        self._outside(header, rows if self.sheet.separator else body)
        self._split_numbers(rows)
        return Table(
            self.name, tuple(self.columns), tuple(rows), header.number,
            tuple(self.notes), tuple(self.faults), self.sheet.separator,
        )  # fmt: skip

    def _list(self) -> Table | None:
        """The table of a plain list, one subject a line; None where it is none."""
        rows = self.sheet.rows
        single = sum(len(row.filled) == 1 for row in rows)
        bullets = sum(bool(BULLET.match(row.texts[0])) for row in rows)
        if not self.headings.lists or len(rows) < 2 or max(single * 2, bullets * 2) <= len(rows):
            return None
        if any(self.headings.match(t).kind in ("known", "near") for row in rows for t in row.texts):
            return None
        joined = f"{self.sheet.separator} ".join
        lines = [(row.number, BULLET.sub("", joined(row.texts)).strip()) for row in rows]
        if lines[0][1].endswith((":", "：")):
            self._note("Above the header in row {row}, left aside: {sample}.",
                       row=lines[1][0], sample=[lines.pop(0)[1]])  # fmt: skip
        self._note("A plain list was read: each line is the name of one, in this order.")
        column = Column(0, self.headings.subject, self.headings.subject)
        kept = tuple(Row(number, {0: Cell(line)}) for number, line in lines if line)
        return Table(self.name, (column,), kept, 1, tuple(self.notes))

    # The header

    def _header(self) -> int:
        """The place of the row that names the columns; InputError where none does."""
        first = self.sheet.rows[:LOOKED_AT]
        known = [self.headings.known(row.texts) for row in first]
        best = max(range(len(first)), key=lambda n: known[n])
        if known[best] == 0:
            guesses = [self._guesses(row) for row in first]
            best = max(range(len(first)), key=lambda n: guesses[n])
            if guesses[best] == 0:
                raise self._no_header(first[0])
        return best

    def _guesses(self, row: Row) -> int:
        """How many cells of a row may be headers, if they are misspelt or long."""
        return sum(self.headings.match(text).kind in ("near", "mentioned") for text in row.texts)

    def _no_header(self, row: Row) -> InputError:
        template = "no row names the columns; begin with a row such as: {example}"
        example = ", ".join(list(self.headings.names)[:5])
        if self.headings.example:
            example = self.headings.example
        return refused(self.name, template, line=row.number, example=example)

    def _above(self, at: int) -> None:
        if at:
            template = "Above the header in row {row}, left aside: {sample}."
            texts = [text for row in self.sheet.rows[:at] for text in row.texts]
            self._note(template, row=self.sheet.rows[at].number, sample=_some(texts))

    def _name_columns(self, header: Row) -> None:
        matches = {n: self.headings.match(c.text) for n, c in header.cells.items() if c.text}
        for place in sorted(matches, key=lambda n: matches[n].kind != "known"):
            self._name_column(header, place, matches[place])
        self.columns.sort(key=lambda column: column.place)
        if self.aside:
            self._note("Left aside, for no column is called so: {names}.", names=_some(self.aside))
        heads = {plain(cell.text) for cell in header.cells.values()}
        for head in self.headings.given:
            if head not in heads:
                template = "--map names a column '{found}' that the table does not have"
                self._fault("", header.number, template, found=shown(head))

    def _name_column(self, header: Row, place: int, match: Match) -> None:
        head = header[place].text
        taken = next((column for column in self.columns if column.key == match.key), None)
        if match.kind == "aside":
            return
        if match.kind == "known" and taken is None:
            self.columns.append(Column(place, head, match.key, match.unit))
        elif match.kind == "known":
            template = "two columns mean the same: '{found}'; take one out"
            self._fault(self._head_name(place, head), header.number, template, found=shown(head))
        elif match.kind == "unknown" or taken is not None:
            self.aside.append(head)
        else:
            self._offer(header, place, match)
            self.columns.append(Column(place, head, match.key))  # so that its cells are read, too

    def _offer(self, header: Row, place: int, match: Match) -> None:
        head = header[place].text
        if match.kind == "near":
            template = "unknown column '{found}'; did you mean '{known}'?"
        elif self.mappable:
            template = (
                "is the column '{found}' the one called '{known}'? Then name it so, or add"
                ' --map "{found}={known}"; to leave it aside: --map "{found}=-"'
            )
        else:
            template = (
                "is the column '{found}' the one called '{known}'? Then name it so; to leave it"
                " aside, put # before its name"
            )
        values = {"found": head if len(head) <= 200 else shown(head), "known": match.name}
        self._fault(self._head_name(place, head), header.number, template, **values)

    def _head_name(self, place: int, head: str) -> str:
        return self.headings.place_name(letter_of(place), shown(head))

    # The rows

    def _units(self, body: list[Row]) -> list[Row]:
        """Take a row of units under the header into the columns."""
        first = body[0] if body else None
        if first is None or not _only_units(first, self.columns, self.headings.subject):
            return body
        self.columns = [
            replace(c, unit=first[c.place].text.strip("()[]（） ") or c.unit) for c in self.columns
        ]
        self._note("Row {row} was read as the units of the columns.", row=first.number)
        return body[1:]

    def _merged(self, header: Row, body: list[Row]) -> list[Row]:
        """Give merged cells their meaning: what is merged over rows holds for each of them."""
        cells = {row.number: dict(row.cells) for row in body}
        for merge in self.sheet.merges:
            if merge.bottom > header.number:
                self._spread(merge, cells)
        return [Row(number, cells[number]) for number in sorted(cells)]

    def _spread(self, merge: Merge, cells: dict[int, dict[int, Cell]]) -> None:
        known = [c for c in self.columns if merge.left <= c.place <= merge.right]
        origin = cells.get(merge.top, {}).get(merge.left)
        if not known or origin is None or origin.blank:
            return
        rows = [n for n in range(merge.top, min(merge.bottom, merge.top + 5_000) + 1) if n in cells]
        if len(known) > 1 and len(rows) == 1 and len(cells[rows[0]]) == 1:
            return  # a line of text across the table
        values = {"first": merge.top, "last": merge.bottom, "value": shown(origin.text)}
        named = known[0].key == self.headings.subject and merge.bottom > merge.top
        if len(known) > 1 or named:
            template = "this cell is merged with others; take the merge off and fill each cell"
            origin = replace(origin, trouble=Message(template))
        elif len(rows) > 1:
            template = "“{value}” is merged over the rows {first} to {last} and counts for each."
            self._note(template, **values)
        for number in rows:
            cells[number][merge.left] = origin

    def _kept(self, header: Row, body: Sequence[Row]) -> Iterator[Row]:
        """The rows of this table: no repeated header, and nothing of a second table."""
        before = header.number
        for row in body:
            if any(not row[column.place].blank for column in self.columns):
                if row.texts == header.texts:
                    continue
                if row.number > before + 1 and self._another(row):
                    template = "A second table begins in row {row}; it is left aside."
                    self._note(template, row=row.number)
                    return
                before = row.number
                yield row

    def _another(self, row: Row) -> bool:
        return len(row.filled) > 1 and self.headings.known(row.texts) >= max(2, len(row.filled) - 1)

    def _total(self, row: Row) -> bool:
        """Whether a row adds up the others: it is called so and holds nothing but numbers."""
        first, *others = row.filled
        label = first.text.casefold().strip(" :：*=")
        if label not in TOTALS or not all(_numeric(cell) for cell in others):
            return False
        self._note("Row {row} (“{label}”) adds up the others and is left aside.",
                   row=row.number, label=shown(first.text))  # fmt: skip
        return True

    def _without_notes(self, header: Row, rows: list[Row]) -> list[Row]:
        """The rows without the remarks that stand under a table, a text alone in its row."""
        kept: list[Row] = []
        remarks: list[Row] = []
        before = header.number
        for row in rows:
            alone = len(row.filled) == 1 and len(self.columns) > 1
            behind = row.number > before + 1 and bool(kept)
            if alone and kept and (behind or remarks or REMARK.match(row.texts[0])):
                remarks.append(row)
            else:
                kept.append(row)
            before = row.number
        if remarks:
            template = "Under the table, left aside: {sample} (from row {row} on)."
            self._note(template, row=remarks[0].number, sample=_some(r.texts[0] for r in remarks))
        return kept

    def _outside(self, header: Row, rows: Sequence[Row]) -> None:
        """What stands in rows of the table and in no named column."""
        named = {place for place, cell in header.cells.items() if cell.text}
        width = max(named, default=0)
        found = [
            (r.number, n) for r in rows for n, c in r.cells.items() if n not in named and c.text
        ]
        if self.sheet.separator:
            for number in dict.fromkeys(number for number, n in found if n > width):
                template = (
                    "this row has more cells than there are columns; put quotes around a cell"
                    " with a {sign} in it"
                )
                sign = {"\t": "tab"}.get(self.sheet.separator, self.sheet.separator)
                self._fault("", number, template, sign=sign)
            if any(n < width for _, n in found):
                template = "a column with cells has no name; write one in the first row"
                self._fault("", header.number, template)
        elif found:
            cells = [f"{letter_of(n)}{number}" for number, n in found]
            self._note(
                "Cells in columns without a name are left aside: {cells}.", cells=_some(cells)
            )

    def _split_numbers(self, rows: Sequence[Row]) -> None:
        """A number that its own comma has cut in two: `1,000` without quotes in a CSV."""
        sign = self.sheet.separator
        for row in rows if sign == "," else ():
            for column in self.columns:
                first, behind = row[column.place].text, row[column.place + 1].text
                if re.fullmatch(r"[^\w\s]?\d{1,3}", first) and re.fullmatch(r"0\d\d", behind):
                    template = "'{found}' is one number in two cells; put quotes around it"
                    path = self.headings.place_name(letter_of(column.place), shown(column.head))
                    self._fault(path, row.number, template, found=f"{first},{behind}")

    def _note(self, template: str, **values: object) -> None:
        self.notes.append(Message(template, {k: _text(v) for k, v in values.items()}))

    def _fault(self, path: str, row: int, template: str, **values: object) -> None:
        self.faults.append(Fault(path, Message(template, values), row))


def _text(value: object) -> object:
    """A row's number as text, so that no thousands are grouped in it."""
    return str(value) if isinstance(value, int) else value


def _numeric(cell: Cell) -> bool:
    return cell.value is not None or cell.trouble is not None or bool(
        re.fullmatch(r"[^A-Za-z]{0,4}[\d.,'\s％%万亿kK+-]+[^A-Za-z]{0,3}|[-–—]", cell.text)
    )  # fmt: skip


def _only_units(row: Row, columns: Sequence[Column], subject: str) -> bool:
    found = [row[column.place].text for column in columns if column.key != subject]
    named = [row[column.place].text for column in columns if column.key == subject]
    units = [text for text in found if text]
    return (
        bool(units)
        and all(UNIT_CELL.fullmatch(text) or text in UNIT_WORDS for text in units)
        and any(UNIT_CELL.fullmatch(text) for text in units)
        and all(not text or text.casefold() in UNIT_WORDS for text in named)
    )


def _some(items: Sequence[str] | Iterator[str]) -> list[str]:
    """The first of several texts, each short."""
    found = [f"“{shown(item)}”" for item in dict.fromkeys(items)]
    return [*found[:MOST_NAMED], "…"] if len(found) > MOST_NAMED else found
