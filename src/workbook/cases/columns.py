"""The columns that a table of milestones may have, and what a cell of words in one says.

A cell of dependencies names milestones by their names, their ids, or row numbers as MS Project has
them. Whole names come first: of `Sell tea, coffee; Open` a milestone called `Sell tea, coffee` is
one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbook.amounts import Kind as Measure
from workbook.amounts import Reading, Several
from workbook.consistency import nearest, shown
from workbook.consistency.faults import folded
from workbook.consistency.shape import Described, described, kind_at, several_at
from workbook.errors import N_, Message
from workbook.plan import STAGES, Milestone
from workbook.tables import Headings, Table
from workbook.tables.sheet import some

Kind = Literal["text", "amount", "ids", "flag", "goal", "stage", "date"]
EXAMPLE = "name, needs, weeks, cost, pass rate"


@dataclass(frozen=True)
class Column:
    """A column: the place in a milestone that it fills, and what its cells hold.

    Attributes
    ----------
    measure, several
        What an amount is, and whether a cell may hold a range or one figure an attempt.
    """

    path: str
    kind: Kind
    names: tuple[str, ...]
    measure: Measure = "number"
    several: Several = "one"


def _column(found: Described) -> Column:
    shape, names = found.shape, tuple(found.key.columns)
    if shape.choices:
        return Column(found.path, "stage", names)
    if shape.flag:
        return Column(found.path, "flag", names)
    if not shape.number:
        return Column(found.path, "ids" if shape.item is not None else "text", names)
    measure: Measure = "length" if found.path == "weeks" else kind_at(shape)
    return Column(found.path, "amount", names, measure, several_at(shape))


GOAL = Column("goal", "goal", ("goal", "目标", "是否目标"))
COLUMNS: tuple[Column, ...] = (
    *(
        _column(found)
        for found in described(Milestone)
        if found.key.columns and "redesign." not in found.path
    ),
    GOAL,
)
"""A column for each key of a milestone that names some, and the mark of the goal."""

DATES: tuple[Column, ...] = (
    Column(
        "start",
        "date",
        (
            *("start", "start date", "begin", "planned start", "plan start", "beginn"),
            *("anfang", "début", "inicio", "início", "開始", "開始日", "开始", "开始时间"),
            *("开始日期", "计划开始", "計劃開始", "計画開始", "начало"),
        ),
    ),
    Column(
        "finish",
        "date",
        (
            *("finish", "finish date", "end", "end date", "due", "due date", "planned end"),
            *("planned finish", "plan finish", "ende", "fin", "fim", "終了", "終了日", "окончание"),
            *("结束", "结束时间", "结束日期", "完成时间", "完成日期", "计划完成", "计划结束"),
            *("截止时间", "截止日期", "到期日"),
        ),
    ),
)
"""The first and the last day of a milestone, from which its weeks are counted."""

BY_PATH: Mapping[str, Column] = {column.path: column for column in (*COLUMNS, *DATES)}


def milestone_headings(given: Mapping[str, str] | None = None) -> Headings:
    """The headers of a table of milestones; `given` maps headers of the user's own to them."""
    names = {c.path.removeprefix("gives."): c.path for c in COLUMNS if "gives." in c.path}
    names |= {
        name: column.path for column in BY_PATH.values() for name in (*column.names, column.path)
    }
    return Headings(names, "name", given=given or {}, example=EXAMPLE, lists=True)


def currency_of(table: Table) -> str | None:
    """Return the currency that the amounts of a table name; None if none is named.

    Where they name several, the one that most amounts can be in: `¥` is JPY beside `円`.
    """

    def read(currency: str | None) -> list[Reading]:
        return [
            table.read(column, cell, "money", several=known.several, currency=currency)
            for row in table.rows
            for column, cell in table.cells(row)
            if (known := BY_PATH[column.key]).measure == "money"
        ]

    found = list(dict.fromkeys(one.currency for one in read(None) if one.currency))
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda code: sum(one.problem is not None for one in read(code)))


YES = {"yes", "y", "true", "x", "✓", "✔", "√", "1", "是", "对", "有"}
NO = {"no", "n", "false", "0", "否", "不", "不是", "无", "-", "–"}
ZH_STAGES = {
    "机会": "opportunity",
    "需求": "demand",
    "场景": "scene",
    "品类": "category",
    "内核": "kernel",
    "价格": "price",
    "定价": "price",
    "生产": "production",
    "渠道": "channel",
    "增长": "growth",
    "效率": "efficiency",
    "团队": "team",
}


class CellError(ValueError):
    """A cell that holds something else than its column wants; the message says what."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


def flag_in(cell: str) -> bool:
    """Whether a cell says yes or no."""
    word = cell.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError("'{found}' is neither yes nor no; write one of the two", found=shown(cell))


def stage_in(cell: str) -> str:
    """The stage that a cell names, in English or in Chinese."""
    word = cell.strip().casefold()
    if word in STAGES:
        return word
    if word in ZH_STAGES:
        return ZH_STAGES[word]
    names = [*STAGES, *ZH_STAGES]
    near = nearest(word, names)
    if near:
        raise CellError(
            "unknown stage '{found}'; did you mean '{known}'?", found=shown(cell), known=near
        )
    template = "unknown stage '{found}'; there are: {known}"
    raise CellError(template, found=shown(cell), known=", ".join(STAGES))


NONE = {"-", "–", "—", "none", "nothing", "n/a", "无", "没有"}
BETWEEN = re.compile(r"\s*[,，;；、/|\n＋+&→]\s*|\s+and\s+")
NUMBERED = re.compile(
    r"(?P<row>\d+)\s*(?P<kind>FS|SS|FF|SF|EA|AA|EE|AE)?\s*(?P<lag>[+-]\s*[\d.,]+\s*\w*%?)?",
    re.IGNORECASE,
)
"""`3`, `3FS+2d`: the row that is waited for, how, and how much later."""
LINKED = re.compile(r"\s*\(https?://[^\s)]*\)")
"""The address that Notion writes behind the name of another page."""
WAITING = (None, "FS", "EA")
"""It begins when that one ends: in English, in German, and where nothing is written."""


@dataclass(frozen=True)
class Named:
    """What a cell names: ids, the lags that are left aside, and whether rows are counted."""

    ids: tuple[str, ...]
    lags: tuple[str, ...] = ()
    by_row: bool = False


def named_in(cell: str, known: Mapping[str, str], rows: Mapping[str, str]) -> Named:
    """The milestones that a cell names.

    Parameters
    ----------
    known
        The id of each milestone by its name and by its id, folded.
    rows
        The id of each milestone by the number of its row.

    Raises
    ------
    CellError
        For a name that no milestone has, and for a link other than finish-to-start.
    """
    if cell.strip().casefold() in NONE:
        return Named(())
    ids: list[str] = []
    lags: list[str] = []
    by_row = False
    for part in _parts(LINKED.sub("", cell), known):
        if (id := known.get(folded(part))) is not None:
            ids.append(id)
            continue
        numbered = NUMBERED.fullmatch(part)
        if numbered is None or numbered["row"].lstrip("0") not in rows:
            raise _unknown(part, known, numbered is not None)
        if (kind := numbered["kind"]) and kind.upper() not in WAITING:
            template = "'{found}': a milestone waits until another is reached; write {row} alone"
            raise CellError(template, found=shown(part), row=numbered["row"])
        ids.append(rows[numbered["row"].lstrip("0")])
        by_row = True
        lags += [part] if numbered["lag"] else []
    return Named(tuple(dict.fromkeys(ids)), tuple(lags), by_row)


def _parts(cell: str, known: Mapping[str, str]) -> list[str]:
    """The names in a cell: the longest known ones first, then what stands between signs."""
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
    if number:
        return CellError("there is no row '{found}' in this table", found=shown(name))
    if near := nearest(name, known):
        template = "no milestone '{found}'; did you mean '{known}'?"
        return CellError(template, found=shown(name), known=shown(near))
    template = "no milestone '{found}'; write the name of another row"
    return CellError(template, found=shown(name))


def notes_of(found: Sequence[Named], first: str) -> list[Message]:
    """Notes on how the cells of a column were read."""
    notes = []
    if any(one.by_row for one in found):
        template = "Numbers of rows are counted from the first milestone: 1 is “{name}”."
        notes.append(Message(template, {"name": shown(first)}))
    if lags := [lag for one in found for lag in one.lags]:
        template = "A plan has no waiting time between milestones; left aside: {lags}."
        notes.append(Message(template, {"lags": lags[:5]}))
    return notes


ASSUMED: Mapping[str, tuple[str, str]] = {
    "weeks": ("hours", N_("Without a length, so taken as 1 week: {names}.")),
    "cost": ("cost", N_("Without a cost, so taken as 0: {names}.")),
    "pass_rate": ("tests", N_("Without a pass rate, so sure to pass: {names}.")),
}
"""The figures that a plan does without: what else may be in their place, what is taken."""


def assumed_notes(found: Sequence[tuple[str, Mapping[str, object]]]) -> list[Message]:
    """Notes on the figures that are missing, from the name and the keys of each milestone."""
    notes = []
    for key, (other, template) in ASSUMED.items():
        without = [name for name, keys in found if key not in keys and other not in keys]
        if without:
            every = len(without) == len(found) > 1
            names = Message("every milestone") if every else some(without)
            notes.append(Message(template, {"names": names}))
    return notes


def put_in(keys: dict[str, Any], path: str, value: Any) -> None:
    """Write a value into nested keys; a threshold needs no measure."""
    *way, last = path.split(".")
    for step in way:
        keys = keys.setdefault(step, {"measure": ""} if step == "proof" else {})
    keys[last] = value


def same_name_notes(found: Sequence[tuple[str, int]]) -> list[Message]:
    """Notes on names that are in several rows, each a milestone of its own; with row numbers."""
    rows: dict[str, list[tuple[str, int]]] = {}
    for name, row in found:
        rows.setdefault(folded(name), []).append((name, row))
    template = "“{name}” stands in rows {rows}: a milestone of its own in each."
    return [
        Message(template, {"name": shown(same[0][0]), "rows": [str(row) for _, row in same]})
        for same in rows.values()
        if len(same) > 1 and same[0][0]
    ]
