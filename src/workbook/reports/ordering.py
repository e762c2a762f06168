"""What `order` prints: the learner's order among all, the best, the best swap, and why."""

from __future__ import annotations

from workbook.plan import Plan
from workbook.portable import columns
from workbook.reports.markup import WHOLE
from workbook.sequence import Ranking, Scored, Swap
from workbook.words import Words


def order_text(ranking: Ranking, plan: Plan, words: Words) -> str:
    """The place of today's order, the best beside it, the swap, the reasons."""
    if ranking.orders == 1:
        return words("The dependencies allow one order only, and it is yours.")
    names = {milestone.id: words.name(milestone) for milestone in plan.milestones}
    heads = ("", words("goal"), words("left at the end"))
    rows = [
        _row(words("your order"), ranking.yours, plan, words),
        _row(words("best order"), ranking.best, plan, words),
    ]
    best = words("Best order: {order}.", order=" → ".join(names[id] for id in ranking.best.order))
    parts = [_place(ranking, words), columns([heads, *rows]), best]
    if ranking.swap is not None and ranking.swap.clear:
        parts.append(_swap(ranking.swap, names, words))
    return "\n\n".join([*parts, "\n".join(words.message(reason) for reason in ranking.reasons)])


def _place(ranking: Ranking, words: Words) -> str:
    if ranking.orders is not None and ranking.tried == ranking.orders:
        return words(
            "Your order is number {position} of the {orders} that the dependencies allow.",
            position=ranking.position,
            orders=ranking.orders,
        )
    return words(
        "The dependencies allow more orders than were played; of {tried} tried, yours is number"
        " {position}.",
        position=ranking.position,
        tried=ranking.tried,
    )


def _row(name: str, scored: Scored, plan: Plan, words: Words) -> tuple[str, str, str]:
    cash = words.money(scored.cash, plan.currency)
    return name, words.percent(scored.goal, max(WHOLE, scored.goal_error)), cash


def _swap(swap: Swap, names: dict[str, str], words: Words) -> str:
    return words(
        "Best single swap: “{first}” and “{second}” change places; the goal is then reached with a"
        " chance of {goal}.",
        first=names[swap.first],
        second=names[swap.second],
        goal=words.percent(swap.scored.goal, WHOLE),
    )
