"""The rows below the header: units, merged cells, totals, headings and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.amounts import is_unit
from workbook.consistency import shown
from workbook.errors import Message
from workbook.tables.header import Header
from workbook.tables.headings import Headings
from workbook.tables.sheet import Cell, Findings, Merge, Row, Sheet, letter_of, some
from workbook.tables.totals import is_total, label_of

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
