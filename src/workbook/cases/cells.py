"""What stands in a cell of a table: a figure as people write it, several, a yes, a list of names.

`3,000`, `￥3000`, `3 万`, `30%`, `2 周` are figures; `1/2/4`, `1-2-4` and `20% 35% 50%` are
several. What is no figure stays text, and is told as a fault of the place where it stands.
"""

from __future__ import annotations

import re

from workbook.consistency import nearest, shown
from workbook.errors import Message
from workbook.plan import STAGES

FIGURE = re.compile(
    r"[¥￥$€£]?\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?P<times>%|％|‰|万|亿|千|k|K)?\s*"
    r"(?:元|块|美元|周|个?星期|小时|人|次|天|weeks?|wks?|w|hours?|hrs?|h|people|times)?"
)
TIMES = {"%": 0.01, "％": 0.01, "‰": 0.001, "万": 1e4, "亿": 1e8, "千": 1e3, "k": 1e3, "K": 1e3}
THOUSANDS = re.compile(r"(?<=\d)[,，'](?=\d{3}(?!\d))")
BETWEEN = re.compile(
    r"\s*(?:/|;|；|、|,|，|~|～|–|—|→|到|至|\.\.+|\bto\b|(?<=[\d%％])\s*-\s*(?=\d))\s*|\s+(?=[\d.])"
)
YES = {"yes", "y", "true", "x", "✓", "✔", "√", "1", "是", "对", "有"}
NO = {"no", "n", "false", "0", "否", "不", "不是", "无", "-", "–"}
NONE = {"-", "–", "—", "none", "nothing", "无", "没有"}
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

Value = float | list[float] | str


class NotOneError(ValueError):
    """A cell that holds something else than its column wants; the message says what."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


def value_in(cell: str, *, share: bool) -> Value:
    """The figure or figures of a cell; its text where it is none.

    Parameters
    ----------
    share
        A percentage may stand here, as its share of 1; elsewhere it is no figure.
    """
    parts = BETWEEN.split(THOUSANDS.sub("", cell.strip()))
    figures = [_figure(part, share=share) for part in parts if part]
    known = [figure for figure in figures if figure is not None]
    if not figures or len(known) < len(figures):
        return cell
    return known[0] if len(known) == 1 else known


def _figure(text: str, *, share: bool) -> float | None:
    found = FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    times = found["times"] or ""
    if times in ("%", "％", "‰") and not share:
        return None
    value = round(float(found["number"]) * TIMES.get(times, 1.0), 10)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def parts_in(cell: str) -> list[str]:
    """The names in a cell, parted by commas, semicolons, slashes or lines."""
    if cell.strip().casefold() in NONE:
        return []
    parts = re.split(r"\s*[,，;；、/|\n＋+&→]\s*", cell)
    return [part.strip() for part in parts if part.strip()]


def flag_in(cell: str) -> bool:
    """Whether a cell says yes or no."""
    word = cell.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise NotOneError("'{found}' is neither yes nor no; write one of the two", found=shown(cell))


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
        raise NotOneError(
            "unknown stage '{found}'; did you mean '{known}'?", found=shown(cell), known=near
        )
    template = "unknown stage '{found}'; there are: {known}"
    raise NotOneError(template, found=shown(cell), known=", ".join(STAGES))
