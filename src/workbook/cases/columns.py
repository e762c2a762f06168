"""The columns that a table of milestones may have, under their English and Chinese names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Kind = Literal["text", "numbers", "shares", "ids", "flag", "goal", "stage"]


@dataclass(frozen=True)
class Column:
    """A column: the place in a milestone that it fills, and what its cells hold.

    `numbers` and `shares` may hold one figure or several: low, likely, high, or one an attempt.
    """

    path: str
    kind: Kind
    names: tuple[str, ...]


COLUMNS: tuple[Column, ...] = (
    Column("name", "text", ("name", "milestone", "title", "名称", "里程碑", "名字")),
    Column("id", "text", ("id", "编号", "代号")),
    Column("stage", "stage", ("stage", "阶段")),
    Column(
        "needs",
        "ids",
        (
            "needs",
            "need",
            "after",
            "depends on",
            "before it",
            "依赖",
            "前置",
            "需要",
            "先要",
            "前提",
        ),
    ),
    Column("relies_on", "ids", ("relies on", "依据", "依靠")),
    Column(
        "weeks",
        "numbers",
        (
            "weeks",
            "week",
            "duration",
            "周数",
            "weeks per attempt",
            "weeks of an attempt",
            "一次尝试的周数",
            "周",
            "每次周数",
            "时长",
        ),
    ),
    Column(
        "hours",
        "numbers",
        (
            "hours",
            "小时",
            "hours per attempt",
            "hours of an attempt",
            "一次尝试的小时数",
            "小时数",
            "工时",
        ),
    ),
    Column(
        "cost",
        "numbers",
        (
            "cost",
            "costs",
            "price of an attempt",
            "cost per attempt",
            "cost of an attempt",
            "一次尝试的花费",
            "成本",
            "花费",
            "费用",
            "每次花费",
        ),
    ),
    Column(
        "pass_rate",
        "shares",
        ("pass rate", "pass", "chance", "probability", "通过率", "概率", "成功率", "把握"),
    ),
    Column("attempts", "numbers", ("attempts", "tries", "尝试", "尝试次数", "最多尝试", "次数")),
    Column("teams", "numbers", ("teams", "团队", "团队数", "队数")),
    Column("tests.belief", "shares", ("belief", "信念")),
    Column(
        "proof.measure",
        "text",
        (
            "proof",
            "measure",
            "proved by",
            "how measured",
            "deliverable",
            "交付标准",
            "衡量",
            "指标",
            "标准",
            "证明",
        ),
    ),
    Column(
        "proof.at_least", "numbers", ("at least", "threshold", "至少", "阈值", "门槛", "达标值")
    ),
    Column("proof.at_most", "numbers", ("at most", "至多", "最多")),
    Column("proof.of", "numbers", ("of", "out of", "总数", "共")),
    Column("proof.unit", "text", ("unit", "单位")),
    Column(
        "if_missed",
        "text",
        (
            "if missed",
            "if not",
            "what if it is missed",
            "if it is missed",
            "没达到怎么办",
            "otherwise",
            "没达到",
            "未达成",
            "达不到怎么办",
            "没过怎么办",
        ),
    ),
    Column(
        "gives.conversion", "shares", ("conversion", "conversion after", "转化率", "之后转化率")
    ),
    Column("gives.reach_per_week", "numbers", ("reach per week", "reach", "每周触达", "触达")),
    Column("gives.price", "numbers", ("price", "价格", "单价")),
    Column("gives.margin", "shares", ("margin", "毛利率", "利润率")),
    Column(
        "gives.burn_per_week",
        "numbers",
        ("burn per week", "burn", "每周支出", "烧钱速度", "每周开销"),
    ),
    Column(
        "gives.funding.amount", "numbers", ("funding", "funding amount", "融资", "融资额", "资金")
    ),
    Column("gives.funding.chance", "shares", ("funding chance", "融资把握", "融资概率")),
    Column("necessary", "flag", ("necessary", "必经", "必要", "是否必经")),
    Column("goal", "goal", ("goal", "目标", "是否目标")),
    Column("note", "text", ("note", "notes", "comment", "备注", "说明")),
)


def plain(name: str) -> str:
    """A column's name without case, signs, and what stands in brackets (a unit, mostly)."""
    name = re.sub(r"[(（\[【].*?[)）\]】]", "", name.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", name).split())


BY_NAME: Mapping[str, Column] = {
    plain(name): column for column in COLUMNS for name in (*column.names, column.path)
}


def column_of(name: str) -> Column | None:
    """The column of that name; None where there is none."""
    return BY_NAME.get(plain(name))


def nearest_name(name: str) -> str | None:
    """The name of a column that was probably meant; None where no name is near enough."""
    found = get_close_matches(plain(name), BY_NAME, n=1, cutoff=0.7)
    return found[0] if found else None


def known_in(row: Sequence[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(column_of(cell) is not None for cell in row if cell)
