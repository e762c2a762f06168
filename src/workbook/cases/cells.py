"""What a cell of words holds in a table of milestones: yes or no, a stage."""

from __future__ import annotations

from workbook.consistency import nearest, shown
from workbook.errors import Message
from workbook.plan import STAGES

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
