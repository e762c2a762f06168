"""What somebody may have meant by a key that the format does not have.

Other words for a key are known; a key that stands in the wrong place is told where it belongs; for
the rest the nearest known key is named.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbook.consistency.faults import nearest, shown
from workbook.consistency.shape import Shape
from workbook.errors import Message

OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "title": ("name", "heading", "标题", "名称"),
    "name": ("title", "milestone", "label", "名称", "名字", "标题"),
    "note": ("description", "comment", "remark", "text", "备注", "说明"),
    "goal": ("target", "aim", "目标"),
    "cash": ("money", "budget", "capital", "funds", "balance", "现金", "资金", "钱"),
    "burn_per_week": ("burn", "burn_rate", "weekly_burn", "expenses", "烧钱", "烧钱速度"),
    "horizon_weeks": ("horizon", "deadline", "weeks", "duration", "期限"),
    "revenue_per_week": ("revenue", "income", "weekly_revenue", "收入"),
    "hours_per_week": ("hours", "weekly_hours", "小时"),
    "reach_per_week": ("reach", "visitors", "customers", "触达"),
    "milestones": ("milestone", "steps", "tasks", "stages", "chain", "里程碑"),
    "measures": ("metrics", "kpis", "figures", "指标"),
    "forks": ("fork", "decisions", "choices", "岔路口"),
    "options": ("choices", "ways", "选项"),
    "skips": ("skip", "skipped", "跳过"),
    "needs": (
        *("need", "depends_on", "depends", "dependencies", "requires", "required", "after"),
        *("prerequisites", "前置", "依赖", "需要"),
    ),
    "weeks": ("duration", "length", "time", "weeks_per_attempt", "周", "周数", "时长"),
    "cost": ("price", "costs", "expense", "cost_per_attempt", "成本", "费用", "花费"),
    "pass_rate": (
        *("chance", "probability", "prob", "success", "success_rate", "odds", "rate", "pass"),
        *("通过率", "成功率", "概率"),
    ),
    "attempts": ("tries", "max_tries", "max_attempts", "limit", "trials", "尝试", "次数"),
    "chance": ("probability", "prob", "odds", "pass_rate", "概率", "可能性"),
    "lag_weeks": ("lag", "delay", "after_weeks", "wait", "weeks"),
    "amount": ("money", "sum", "value", "金额"),
    "repay_after_weeks": ("weeks", "term", "after", "due"),
    "measure": ("what", "kpi", "metric", "指标"),
    "at_least": ("threshold", "minimum", "min", "least", "target", "至少"),
    "at_most": ("maximum", "max", "most", "至多"),
    "if_missed": ("missed", "if_failed", "otherwise", "else"),
    "belief": ("chance", "probability", "信念"),
}


def meant(key: object, known: Iterable[str]) -> str | None:
    """The known key that was probably meant, if any: by another word for it, or nearly spelt so."""
    known = list(known)
    return _other_word(key, known) or nearest(key, known)


def unknown_key(shape: Shape, key: str) -> Message:
    """The sentence for a key that cannot stand in a mapping of this shape."""
    values: dict[str, object] = {"found": f"'{shown(key)}'"}
    known = _other_word(key, shape.keys)
    if known is None and (home := _home(shape, key)):
        template = "unknown key {found}; it belongs under `{known}`"
        return Message(template, {**values, "known": home})
    if known := known or nearest(key, shape.keys):
        return Message("unknown key {found}; did you mean '{known}'?", {**values, "known": known})
    template = "unknown key {found}; allowed here: {known}"
    return Message(template, {**values, "known": ", ".join(shape.keys)})


def _other_word(key: object, known: Iterable[str]) -> str | None:
    """The known key that this is another word for."""
    folded = str(key)[:200].casefold().replace("-", "_").replace(" ", "_")
    return next((name for name in known if folded in OTHER_WORDS.get(name, ())), None)


def _home(shape: Shape, key: str) -> str | None:
    """The key one level down that has this one, where just one has."""
    homes = [name for name in shape.keys if key in shape.child(name).keys]
    return homes[0] if len(homes) == 1 else None
