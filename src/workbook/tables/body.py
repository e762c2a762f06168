"""The rows below the header: units, merged cells, totals, headings and remarks.

Rows that are sums of others are recognised by name in many languages, and by their figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from workbook.amounts import is_unit
from workbook.amounts.digits import NUMBER, readings_of
from workbook.amounts.normalise import plain
from workbook.consistency import shown
from workbook.errors import Message
from workbook.tables.header import Header
from workbook.tables.headings import Headings
from workbook.tables.sheet import Cell, Findings, Merge, Row, Sheet, letter_of, some
from workbook.tables.table import Column

NAMES_OF_TOTALS = """
total|totals|sum|subtotal|sub-total|sub total|grand total|overall total|sum total|average|mean
summe|summa|suma|somme|gesamt|insgesamt|gesamtsumme|gesamtkosten|zwischensumme|durchschnitt
total général|sous-total|moyenne|totale|totaal|totaux|totais|soma|média|razem|ogółem|celkem
celkom|összesen|toplam|jumlah|итого|итог|всего|усього|разом|среднее|합계|소계|총계|총합
合计|小计|总计|共计|总和|累计|汇总|合計|小計|總計|総計|総額|合计金额|总额|计|計|平均|平均值
"""
TOTALS = frozenset(re.split(r"[|\n]", NAMES_OF_TOTALS.strip()))
"""The name of such a row, complete."""
BEGINS = (
    *("合计", "小计", "总计", "共计", "总和", "总额", "总成本", "总费用"),
    *("合計", "小計", "總計", "総計", "합계", "gesamt"),
)
"""The beginning of its name in languages without spaces."""
TOLERANCE = Decimal("0.000001")


Verdict = Literal["total", "perhaps", "called", "row"]


def is_total(
    row: Row, above: Sequence[Row], since: int, columns: Sequence[Column], subject: str
) -> Verdict:
    """Whether a row is the sum of those above.

    It is if it has only figures, and its name says so (`Total`, `合计`), or a part of its name says
    so or it has no name, and some of its figures are sums. If only the figures show it, all of
    them, it is `perhaps` a total: 1, 2 and 3 weeks may be three milestones. If only a part of its
    name says so (`Total rebrand`), it is `called` one.

    Parameters
    ----------
    above
        The rows of the table above it; those from `since` on follow the last total.
    subject
        The key of the column that says what a row is about.
    """
    label = label_of(row, columns, subject)
    cells = [(c, row[c.place]) for c in columns if c.key != subject and not row[c.place].blank]
    cells = [(column, cell) for column, cell in cells if cell.text != label]
    if not cells or not all(is_figure(cell) for _, cell in cells):
        return "row"
    if _named(label, whole=True):
        return "total"
    named = _named(label, whole=False)
    least = 1 if named else 2
    sums = [
        column
        for column, cell in cells
        if cell_is_sum(cell, above, column) or cell_is_sum(cell, above[since:], column, least)
    ]
    if sums and (not label or named):
        return "total"
    if len(sums) == len(cells):
        return "perhaps"
    return "called" if named else "row"


def label_of(row: Row, columns: Sequence[Column], subject: str) -> str:
    """Return what a row is about; if that cell is empty, the first text of the row."""
    places = [column.place for column in columns if column.key == subject]
    own = next((row[place].text for place in places if not row[place].blank), "")
    first = row.filled[0]
    return own or ("" if is_figure(first) else first.text)


def _named(label: str, *, whole: bool) -> bool:
    bare = re.sub(r"[(（\[].*?[)）\]]", "", label.casefold()).strip(" :：*=.-–—")
    if whole:
        return bare in TOTALS
    words = re.split(r"[\W_]+", bare)
    return bare.startswith(BEGINS) or any(word in TOTALS for word in words)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure, a dash, or a formula without a value."""
    if cell.value is not None or cell.problem is not None:
        return True
    text = plain(cell.text)
    return text in ("-", "–", "/") or (
        len(NUMBER.findall(text)) == 1
        and bool(re.fullmatch(r"[^\d]{0,5}[\d.,' ]+[^\d]{0,8}", text))
    )


def cell_is_sum(cell: Cell, above: Sequence[Row], column: Column, least: int = 2) -> bool:
    """Whether a cell is the sum of so many cells above it, with either decimal separator."""
    inside = [row[column.place] for row in above if not row[column.place].blank]
    for sign in (".", ","):
        values = [value for one in inside for value in _values(one, sign)]
        own = list(_values(cell, sign))
        if sum(value != 0 for value in values) >= least and own:
            return abs(sum(values) - own[0]) <= TOLERANCE * abs(own[0])
    return False


def _values(cell: Cell, sign: str) -> Iterator[Decimal]:
    """The number in a cell, read with this sign before the decimals; nothing for any other text."""
    if isinstance(cell.value, (int, float)):
        yield Decimal(repr(cell.value))
    elif (number := NUMBER.search(plain(cell.text))) and sign in (found := readings_of(number[0])):
        yield found[sign]


REMARK = re.compile(
    r"^(?:note|notes|source|sources|remark|nb|n\.b|hint|legend|注|备注|說明|说明|来源|提示|hinweis"
    r"|quelle|anmerkung|remarque|nota|fuente)\b[^\w]*|^[*†※]|^(?:注|备注|说明|来源|提示)[：:]",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"^(?:phase|stage|section|part|abschnitt|teil|étape|fase|group|gruppe|groupe|grupo|team|阶段|部分"
    r"|第.{1,3}(?:阶段|部分|期|组)|[一二三四五六七八九十]+、|[ivx]+\.|[a-z]\.)(?![a-z])",
    re.IGNORECASE,
)
NO_UNITS = frozenset((
    *("unit", "units", "单位", "單位", "einheit", "unité", "text", "number", "share", "count"),
    *("-", "–", "—", "/", "文本", "数字", "次数"),
))  # fmt: skip
"""What a row of units holds for a column without a unit."""
MOST_MERGED = 5_000


class Body:
    """Reads the rows of one table, gathering notes and faults."""

    def __init__(
        self, header: Header, sheet: Sheet, headings: Headings, findings: Findings
    ) -> None:
        self.header, self.sheet, self.headings, self.findings = header, sheet, headings, findings
        self.columns = header.columns
        self.rows = list(header.body)

    def read(self) -> None:
        """Move units into `columns`, and leave the rows of data in `rows`."""
        self._units()
        self._spread_merged()
        self._outside(self.rows if not self.sheet.separator else None)
        below = list(self._of_this_table())
        present = {row.number for row in below}
        kept = self._without_totals(below)
        kept = self._without_remarks(kept, present)
        self.rows = self._without_headings(kept, found_totals=len(present) > len(kept))
        self._outside(self.rows if self.sheet.separator else None)
        self._numbers_cut_in_two()

    # Units and merged cells

    def _units(self) -> None:
        """Move a row of units below the header into the columns."""
        first = self.rows[0] if self.rows else None
        if first is None or not self._only_units(first):
            return
        self.columns = tuple(
            replace(c, unit=first[c.place].text.strip("()[]（） ") or c.unit) for c in self.columns
        )
        self.findings.note(UNITS_READ, row=first.number)
        del self.rows[0]

    def _only_units(self, row: Row) -> bool:
        subject = self.headings.subject
        units = [row[c.place].text for c in self.columns if c.key != subject and row[c.place].text]
        named = [row[c.place].text for c in self.columns if c.key == subject]
        blank = all(not text or text.casefold() in NO_UNITS for text in named)
        known = [is_unit(text) for text in units]
        return (
            blank
            and any(known)
            and all(
                one or text.casefold() in NO_UNITS for one, text in zip(known, units, strict=True)
            )
        )

    def _spread_merged(self) -> None:
        """Copy the content of cells merged over several rows to each of them."""
        cells = {row.number: dict(row.cells) for row in self.rows}
        for merge in self.sheet.merges:
            if merge.bottom > self.header.row.number:
                self._spread(merge, cells)
        self.rows = [Row(number, cells[number]) for number in sorted(cells)]

    def _spread(self, merge: Merge, cells: dict[int, dict[int, Cell]]) -> None:
        known = [c for c in self.columns if merge.left <= c.place <= merge.right]
        origin = cells.get(merge.top, {}).get(merge.left)
        if not known or origin is None or origin.blank:
            return
        last = min(merge.bottom, merge.top + MOST_MERGED)
        rows = [n for n in range(merge.top, last + 1) if n in cells]
        if len(known) > 1 and len(rows) == 1 and len(cells[rows[0]]) == 1:
            return  # a line of text across the table
        named = known[0].key == self.headings.subject and merge.bottom > merge.top
        if len(known) > 1 or named:
            origin = replace(origin, problem=MERGED)
        elif len(rows) > 1:
            values = {"first": merge.top, "last": merge.bottom, "value": shown(origin.text)}
            self.findings.note(MERGED_OVER, **values)
        for number in rows:
            cells[number][merge.left] = origin

    # Which rows count

    def _of_this_table(self) -> Iterator[Row]:
        """Return the rows of this table, without repeated headers and later tables."""
        before = self.header.row.number
        for row in self.rows:
            if any(not row[column.place].blank for column in self.columns):
                if row.texts == self.header.row.texts:
                    continue
                if row.number > before + 1 and self._another(row):
                    self.findings.note(SECOND_TABLE, row=row.number)
                    return
                before = row.number
                yield row

    def _another(self, row: Row) -> bool:
        least = max(2, len(row.filled) - 1)
        return len(row.filled) > 1 and self.headings.known(row.texts) >= least

    def _without_totals(self, rows: Sequence[Row]) -> list[Row]:
        kept: list[Row] = []
        since = 0
        subject = self.headings.subject
        for row in rows:
            verdict = is_total(row, kept, since, self.columns, subject)
            label = label_of(row, self.columns, subject)
            if verdict == "total":
                message, since = ADDS_UP if label else ADDS_UP_NAMELESS, len(kept)
            else:
                message = CALLED if verdict == "called" else SUMS
                kept.append(row)
            if verdict != "row":
                self.findings.note(message, row=row.number, label=shown(label))
        return kept

    def _alone(self, row: Row) -> bool:
        """Whether a row has only one text, in a table of several columns."""
        return len(row.filled) == 1 and len(self.columns) > 1

    def _without_remarks(self, rows: Sequence[Row], present: set[int]) -> list[Row]:
        """Remove remarks under the table: single texts in their rows."""
        end = len(rows)
        while end and self._alone(rows[end - 1]):
            end -= 1
        begins = next(
            (
                n
                for n in range(max(1, end), len(rows))
                if rows[n].number - 1 not in present or REMARK.match(rows[n].texts[0])
            ),
            len(rows),
        )
        if begins < len(rows):
            sample = some(row.texts[0] for row in rows[begins:])
            self.findings.note(BELOW, row=rows[begins].number, sample=sample)
        return list(rows[:begins])

    def _without_headings(self, rows: Sequence[Row], *, found_totals: bool) -> list[Row]:
        """The rows without those that only header a part of the table: `Phase 1`."""
        alone = [row for row in rows if self._alone(row)]
        if len(self.columns) < 3 or len(alone) * 2 > len(rows):
            return list(rows)
        headings = [row for row in alone if found_totals or HEADING.match(row.texts[0])]
        if headings and len(rows) > len(headings):
            sample = some(row.texts[0] for row in headings)
            self.findings.note(PART_HEADINGS, row=headings[0].number, sample=sample)
        return [row for row in rows if row not in headings]

    # Cells that are in the wrong place

    def _outside(self, rows: Sequence[Row] | None) -> None:
        """Report cells that are in rows of the table and in no named column."""
        named = {place for place, cell in self.header.row.cells.items() if cell.text}
        found = [
            (row.number, n)
            for row in rows or ()
            for n, cell in row.cells.items()
            if n not in named and cell.text
        ]
        if found and self.sheet.separator:
            self._too_many_cells(found, max(named, default=0))
        elif found:
            cells = some(f"{letter_of(n)}{number}" for number, n in found)
            self.findings.note(NAMELESS_CELLS, cells=cells)

    def _too_many_cells(self, found: Sequence[tuple[int, int]], width: int) -> None:
        sign = {"\t": "tab"}.get(self.sheet.separator, self.sheet.separator)
        for number in dict.fromkeys(number for number, n in found if n > width):
            self.findings.fault("", number, TOO_MANY_CELLS, sign=sign)
        if any(n < width for _, n in found):
            self.findings.fault("", self.header.row.number, NAMELESS)

    def _numbers_cut_in_two(self) -> None:
        """Report a number that its own comma has split: `1,000` without quotes in a CSV."""
        for row in self.rows if self.sheet.separator == "," else ():
            for column in self.columns:
                first, behind = row[column.place].text, row[column.place + 1].text
                if re.fullmatch(r"[^\w\s]?\d{1,3}", first) and re.fullmatch(r"0\d\d", behind):
                    where = self.headings.place_name(letter_of(column.place), shown(column.header))
                    values: Mapping[str, object] = {"found": f"{first},{behind}"}
                    self.findings.fault(where, row.number, CUT_IN_TWO, **values)


UNITS_READ = Message("Row {row} was read as the units of the columns.")
MERGED = Message("this cell is merged with others; take the merge off and fill each cell")
MERGED_OVER = Message("“{value}” is merged over the rows {first} to {last} and counts for each.")
SECOND_TABLE = Message("A second table begins in row {row}; it is left aside.")
ADDS_UP = Message("Row {row} (“{label}”) adds up the others and is left aside.")
ADDS_UP_NAMELESS = Message("Row {row} adds up the others and is left aside.")
SUMS = Message(
    "Row {row} (“{label}”) holds the sums of the rows above; if it adds them up, take it out."
)
CALLED = Message(
    "Row {row} (“{label}”) is called a total and does not add up the rows above, so it is read like"
    " them."
)
BELOW = Message("Under the table, left aside: {sample} (from row {row} on).")
PART_HEADINGS = Message(
    "Left aside as headings inside the table, because they stand alone: {sample} (from row {row}"
    " on)."
)
NAMELESS_CELLS = Message("Cells in columns without a name are left aside: {cells}.")
NAMELESS = Message("a column with cells has no name; write one in the first row")
TOO_MANY_CELLS = Message(
    "this row has more cells than there are columns; put quotes around a cell with a {sign} in it"
)
CUT_IN_TWO = Message("'{found}' is one number in two cells; put quotes around it")
