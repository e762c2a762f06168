"""The columns that a table of milestones may have, and what a cell of words in one says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workbook.amounts import Kind as Measure
from workbook.amounts import Several
from workbook.consistency import nearest, shown
from workbook.consistency.described import Described, described
from workbook.consistency.place_reading import kind_at, several_at
from workbook.errors import Message
from workbook.plan import STAGES, Milestone
from workbook.tables import Headings
from workbook.tables.headings import plain

Kind = Literal["text", "amount", "ids", "flag", "goal", "stage"]
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

BY_PATH: Mapping[str, Column] = {column.path: column for column in COLUMNS}
BY_NAME: Mapping[str, Column] = {
    plain(name): column for column in COLUMNS for name in (*column.names, column.path)
}


def milestone_headings(given: Mapping[str, str] | None = None) -> Headings:
    """The headers of a table of milestones; `given` maps headers of the user's own to them."""
    names = {name: column.path for column in COLUMNS for name in (*column.names, column.path)}
    return Headings(names, "name", given=given or {}, example=EXAMPLE, lists=True)


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
