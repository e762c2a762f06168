"""What stands in a cell of a table: a figure as people write it, several, a yes, a list of names.

Figures are read as people write them (`consistency.written`). What is no figure stays text, and is
told as a fault of the place where it stands.
"""

from __future__ import annotations

import re

from workbook.consistency import nearest, shown
from workbook.errors import Message
from workbook.plan import STAGES

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


class NotOneError(ValueError):
    """A cell that holds something else than its column wants; the message says what."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


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
