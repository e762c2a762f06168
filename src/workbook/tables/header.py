"""Find the row that names the columns, and what each of its cells means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.consistency import shown
from workbook.errors import Message
from workbook.tables.headings import ASIDE, Headings, Match, bare, plain
from workbook.tables.sheet import Cell, Findings, Row, letter_of, refused, some
from workbook.tables.table import Column

LOOKED_AT = 20
"""The number of rows in which the header is searched."""
MOST_COLUMNS = 1_000
MOST_ASIDE = 30
LEFT_ASIDE = Message("Left aside, for no column is called so: {names}.")
BESIDE = Message("A second table begins in column {column}; it is left aside.")
ABOVE = Message("Above the header in row {row}, left aside: {sample}.")


@dataclass(frozen=True)
class Header:
    """The header row, the known columns, and the rows below."""

    row: Row
    columns: tuple[Column, ...]
    body: tuple[Row, ...]


def header_of(
    rows: Sequence[Row], headings: Headings, name: str, mappable: bool, findings: Findings
) -> Header:
    """Return the header among these rows; raise InputError if no row names the columns."""
    if any(len(row.cells) > MOST_COLUMNS for row in rows[:LOOKED_AT]):
        raise refused(name, "the table has more than {n} columns; split it", n=MOST_COLUMNS)
    at = _place(rows, headings, name)
    row, above = _completed(rows[at], rows[:at], headings)
    if above:
        findings.note(ABOVE, row=row.number, sample=some(above))
    if _on_its_side(rows[at:], headings):
        template = "the first column holds the names of the columns; transpose the table"
        raise refused(name, template, line=row.number)
    body = tuple(rows[at + 1 :])
    reader = _HeaderReader(row, body, headings, mappable, findings)
    return Header(row, reader.columns(), body)


def _completed(row: Row, above: Sequence[Row], headings: Headings) -> tuple[Row, list[str]]:
    """Return the header with the names that are in the row above, in columns where it has none.

    Also the texts of the rows above it that name no column.
    """
    missing: dict[int, Cell] = {}
    if above and above[-1].number == row.number - 1:
        missing = {
            place: cell
            for place, cell in above[-1].cells.items()
            if row[place].blank and headings.known([cell.text])
        }
    texts = [
        cell.text
        for one in above
        for place, cell in sorted(one.cells.items())
        if not cell.blank and cell is not missing.get(place)
    ]
    return Row(row.number, {**row.cells, **missing}), texts


def _place(rows: Sequence[Row], headings: Headings, name: str) -> int:
    """Return the row with most headers that are known, misspelt or contained in a longer text."""
    first = rows[:LOOKED_AT]
    known = [headings.known(row.texts) for row in first]
    if max(known) > 0:
        at = known.index(max(known))
        return at + 1 if _goes_on(first[at : at + 2], headings) else at
    guesses = [sum(headings.guessed(text) for text in row.texts) for row in first]
    if max(guesses) > 0:
        return guesses.index(max(guesses))
    template = "no row names the columns; begin with a row such as: {example}"
    raise refused(name, template, line=rows[0].number, example=headings.example)


def _goes_on(rows: Sequence[Row], headings: Headings) -> bool:
    """Whether the second row names columns below a merged cell of the first, and holds no data."""
    if len(rows) < 2 or rows[1].number > rows[0].number + 1:
        return False
    above, below = (
        {place for place, cell in row.cells.items() if headings.known([cell.text])} for row in rows
    )
    over = {place for place in above if rows[0][place + 1].blank and place + 1 in below}
    return bool(below) and set(rows[1].cells) == below and not (above - over) & below


def _on_its_side(rows: Sequence[Row], headings: Headings) -> bool:
    """Whether the columns are named in the first column, as in a transposed table."""
    first = [row[min(row.cells)].text for row in rows[:LOOKED_AT]]
    return headings.known(first) > max(2, headings.known(rows[0].texts))


class _HeaderReader:
    """Determines the columns of one header row."""

    def __init__(
        self,
        row: Row,
        body: Sequence[Row],
        headings: Headings,
        mappable: bool,
        findings: Findings,
    ) -> None:
        self.row, self.body, self.headings, self.mappable = row, body, headings, mappable
        self.findings = findings
        self.found: list[Column] = []
        self.aside: list[str] = []

    def columns(self) -> tuple[Column, ...]:
        """The known columns from left to right; other cells are noted."""
        matches = {n: self.headings.match(c.text) for n, c in self.row.cells.items() if c.text}
        matches = self._without_spare(self._first_table(matches))
        for place in sorted(matches, key=lambda n: matches[n].kind != "known"):
            self._name(place, matches[place])
        if self.aside:
            names = some(self.aside, MOST_ASIDE)
            self.findings.note(LEFT_ASIDE, names=names)
        self._check_given()
        return tuple(sorted(self.found, key=lambda column: column.place))

    def _first_table(self, matches: dict[int, Match]) -> dict[int, Match]:
        """The columns before a second table next to it, with an empty column between."""
        keys: set[str] = set()
        for place in sorted(matches):
            begins = next((n for n in range(place, 0, -1) if n - 1 not in matches), 0)
            again = matches[place].kind == "known" and matches[place].key in keys
            if again and begins > min(matches):
                self.findings.note(BESIDE, column=letter_of(begins))
                return {n: match for n, match in matches.items() if n < begins}
            keys |= {matches[place].key} if matches[place].kind == "known" else set()
        return matches

    def _without_spare(self, matches: dict[int, Match]) -> dict[int, Match]:
        """The columns without those that another of the same key says more than.

        A column of groups beside one of tasks, the day of completion beside the day due.
        """
        for key in self.headings.spare:
            same = [n for n, match in matches.items() if (match.kind, match.key) == ("known", key)]
            said = {n: len({row[n].text for row in self.body} - {""}) for n in same}
            best = max(same, key=lambda n: (said[n], -self._rank(n)), default=0)
            for n in same:
                tied = key == self.headings.subject and said[n] == said[best]
                if n != best and not tied:
                    self.aside.append(self.row[n].text)
                    del matches[n]
        return matches

    def _rank(self, place: int) -> int:
        """The place of a header among the known names; those of other languages come last."""
        names = list(self.headings.names)
        name = plain(self.row[place].text)
        return names.index(name) if name in names else len(names)

    def _name(self, place: int, match: Match) -> None:
        header = self.row[place].text
        taken = any(column.key == match.key for column in self.found)
        if match.kind == "aside":
            return
        if match.kind == "known" and (not taken or match.key in self.headings.joined):
            self.found.append(Column(place, header, match.key, match.unit))
        elif match.kind == "known":
            message = Message("two columns mean the same: '{found}'; take one out")
            self._fault(place, message, found=shown(header))
        elif match.kind == "unknown" or taken:
            self.aside.append(header)
        else:
            self._ask(place, match)
            self.found.append(Column(place, header, match.key))  # so that its cells are read, too

    def _ask(self, place: int, match: Match) -> None:
        """Ask whether a header that is nearly known is that one."""
        header = self.row[place].text
        message = MISSPELT if match.kind == "near" else LONGER if self.mappable else LONGER_HERE
        found = header if len(header) <= 200 else shown(header)
        self._fault(place, message, found=found, known=match.name)

    def _check_given(self) -> None:
        """Report mapped headers that the table lacks, and unknown columns they are mapped to."""
        texts = [cell.text for cell in self.row.cells.values()]
        headers = {*map(plain, texts), *map(bare, texts)}
        for header, name in self.headings.given.items():
            if header not in headers:
                self.findings.fault("", self.row.number, NO_HEADER, found=shown(header))
            if name != ASIDE and self.headings.key_of(name) is None:
                values = {"found": shown(name), "example": self.headings.example}
                self.findings.fault("", self.row.number, NO_COLUMN, **values)

    def _fault(self, place: int, message: Message, **values: object) -> None:
        where = self.headings.place_name(letter_of(place), shown(self.row[place].text))
        self.findings.fault(where, self.row.number, message, **values)


MISSPELT = Message("unknown column '{found}'; did you mean '{known}'?")
LONGER = Message(
    "is the column '{found}' the one called '{known}'? Then name it so, or add"
    ' --map "{found}={known}"; to leave it aside: --map "{found}=-"'
)
LONGER_HERE = Message(
    "is the column '{found}' the one called '{known}'? Then name it so; to leave it aside, put #"
    " before its name"
)
NO_HEADER = Message("--map names a column '{found}' that the table does not have")
NO_COLUMN = Message("--map: no column is called '{found}'; write one of: {example}, …")
