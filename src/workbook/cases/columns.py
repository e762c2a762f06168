"""The columns that a table of milestones may have, and what a cell of words in one says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbook.amounts import Kind as Measure
from workbook.amounts import Several
from workbook.consistency import nearest, shown
from workbook.consistency.faults import folded
from workbook.consistency.shape import Described, described, kind_at, several_at
from workbook.errors import N_, Message
from workbook.plan import STAGES, Milestone
from workbook.tables import Headings
from workbook.tables.headings import plain
from workbook.tables.sheet import some

Kind = Literal[
    "text", "amount", "ids", "flag", "goal", "stage", "date", "level", "left out", "estimate"
]
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

ENABLES = Column(
    "enables",
    "ids",
    (
        *("successors", "successor", "blocking", "blocks", "is blocking", "unblocks", "enables"),
        "outward issue link blocks",
        *("nachfolger", "successeurs", "sucesoras", "sucessoras", "successori", "後続タスク"),
        *("后续任务", "后置任务", "后续", "阻塞", "後續任務"),
    ),
)
"""The milestones that need this one: `needs`, read from the other end."""
DATES: tuple[Column, ...] = (
    Column(
        "start",
        "date",
        (
            *("start", "start date", "begin", "planned start", "plan start", "beginn"),
            *("anfang", "début", "inicio", "início", "開始", "開始日", "开始", "开始时间"),
            *("开始日期", "计划开始", "計劃開始", "計画開始", "начало", "begin date"),
            *("timeline start", "custom field start date", "计划开始时间", "计划开始日期"),
            *("预计开始日期", "预计开始时间"),
        ),
    ),
    Column(
        "finish",
        "date",
        (
            *("finish", "finish date", "end", "end date", "due", "due date", "planned end"),
            *("planned finish", "plan finish", "ende", "fin", "fim", "終了", "終了日", "окончание"),
            *(
                "timeline end",
                "target date",
                "结束",
                "结束时间",
                "结束日期",
                "截止时间",
                "截止日期",
            ),
            *(
                "计划完成",
                "计划结束",
                "计划完成时间",
                "计划结束时间",
                "计划完成日期",
                "计划结束日期",
            ),
            *("到期日", "到期时间", "完成时间", "完成日期"),
        ),
    ),
)
"""The first and the last day of a milestone, from which its weeks are counted."""
PERIOD = Column("period", "date", ("date", "dates", "timeline", "period", "日期", "起止日期"))
"""Both days in one cell, as Notion writes them: `February 2, 2026 → February 15, 2026`."""
LEVEL = Column(
    "level",
    "level",
    (
        *("outline level", "level", "indent level", "gliederungsebene", "niveau hiérarchique"),
        *("nivel de esquema", "大纲级别", "层级", "大綱階層"),
    ),
)
"""How deep a row is in the outline of MS Project: those above deeper rows head them."""
ESTIMATE = Column(
    "estimate",
    "estimate",
    (
        *("estimate", "estimates", "estimation", "estimated time", "time estimate", "effort"),
        *("original estimate", "aufwand", "schätzung", "estimación", "工作量", "预估", "估时"),
        *("预估工时", "估算", "人天", "人日", "見積", "見積もり", "工数"),
    ),
)
"""What project tools call an estimate: hours, days, weeks or points."""
POINTS: Mapping[str, Sequence[str]] = {
    "low": ("optimistic", "best case", "minimum", "min", "low", "乐观", "最短", "最低", "最少"),
    "likely": ("most likely", "likely", "realistic", "最可能"),
    "high": ("pessimistic", "worst case", "maximum", "max", "high", "悲观", "最长", "最高", "最多"),
}
"""The words for the figures of a range, as headers have them: `Min weeks`, `悲观工期`."""
CERTAIN = {"optimistic", "most likely", "pessimistic", "best case", "worst case"}
CERTAIN |= {"乐观", "最可能", "悲观"}
"""The words among them that mean a length even alone."""
RANGED = ("weeks", "hours", "cost")
POINT_COLUMNS = tuple(
    Column(f"{point}.{column.path}", "amount", (), column.measure)
    for point in POINTS
    for column in COLUMNS
    if column.path in RANGED
)
LEFT_OUT: Mapping[str, bool] = {"archived": True, "active": False}
"""What a cell says of a row that a project tool itself leaves out, by the key of its column."""
MARKS_OF_ROWS = (
    Column("archived", "left out", ("archived", "is archived", "归档", "已归档", "是否归档")),
    Column("active", "left out", ("active", "aktiv", "激活", "活动状态")),
)
FOREIGN = (
    *("team", "comment count", "time spent", "time logged", "time estimated", "task type"),
    *("cycle start", "cycle end", "actual start", "actual finish", "actual end", "actual cost"),
    *("baseline start", "baseline finish", "baseline cost", "created time", "updated time"),
    *("date created", "date created text", "time estimated text", "date closed", "date done"),
    *("创建时间", "更新时间", "最后更新时间", "最近更新时间", "修改时间", "最后修改时间"),
    *("实际开始", "实际开始时间", "实际开始日期", "实际完成", "实际完成时间"),
    *("实际结束时间", "实际完成日期", "实际结束日期", "实际工时", "实际成本", "任务类型"),
)
"""Headers of project tools that resemble known ones and mean something else."""
SPARE = ("name", "id", "note", "start", "finish", "period")
"""Of two columns with one of these keys, the one that says more is read."""

BY_PATH: Mapping[str, Column] = {
    column.path: column
    for column in (
        *(*COLUMNS, *POINT_COLUMNS, ENABLES, LEVEL, *DATES, PERIOD, ESTIMATE, *MARKS_OF_ROWS),
    )
}


def milestone_headings(given: Mapping[str, str] | None = None) -> Headings:
    """The headers of a table of milestones; `given` maps headers of the user's own to them."""
    names = {c.path.removeprefix("gives."): c.path for c in COLUMNS if "gives." in c.path}
    names |= {
        name: column.path for column in BY_PATH.values() for name in (*column.names, column.path)
    }
    return Headings(
        names,
        "name",
        lambda header: _point_in(plain(header)),
        given or {},
        example=EXAMPLE,
        lists=True,
        spare=SPARE,
        foreign=frozenset(FOREIGN),
        minor=("id", "note", "estimate"),
        joined=("needs", "enables", "estimate"),
    )


def _point_in(name: str) -> str | None:
    """Return the key of a column with one figure of a range: `low.weeks` for `min weeks`."""
    for point, words in POINTS.items():
        for word in words:
            rest = name.removeprefix(word).removesuffix(word)
            apart = word in name.split() or not word.isascii() or " " in word
            if rest == name or not apart:
                continue
            rest = rest.removesuffix("estimate").removesuffix("估计").strip()
            paths = [path for path in RANGED if rest in map(plain, BY_PATH[path].names)]
            if paths or (not rest and word in CERTAIN):
                return f"{point}.{next(iter(paths), 'weeks')}"
    return None


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


UNKNOWN = frozenset((
    *("-", "–", "—", "--", "?", "??", "？", "none", "nothing", "null", "n/a", "na"),
    *("tbd", "tba", "tbc", "unknown", "unclear", "to be determined", "to be decided"),
    *("unbekannt", "à définir", "por definir", "未確定"),
    *("无", "没有", "待定", "未定", "未知", "暂无", "不详", "暂定"),
))  # fmt: skip
"""What people write into a cell whose content is still open, or for nothing."""
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
