"""The lecture's rules, checked on any plan: advice in the order of `RULES`, never a refusal."""

from __future__ import annotations

from workbook.plan import Plan
from workbook.review import (
    add_first,
    business_first,
    cannot_fail,
    cash_counted,
    content_first,
    cut_finer,
    efficiency_last,
    finite_cards,
    flexible_first,
    frame_first,
    goal_first,
    if_missed,
    kernel_first,
    look_back,
    look_first,
    market_first,
    off_path,
    proof,
    question_first,
    small_win,
    way_back,
    who_needs_whom,
)
from workbook.review.rule import Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "review"]

RULES: tuple[Rule, ...] = (
    goal_first.RULE,
    off_path.RULE,
    who_needs_whom.RULE,
    small_win.RULE,
    question_first.RULE,
    market_first.RULE,
    content_first.RULE,
    frame_first.RULE,
    kernel_first.RULE,
    flexible_first.RULE,
    efficiency_last.RULE,
    business_first.RULE,
    add_first.RULE,
    look_first.RULE,
    cut_finer.RULE,
    cash_counted.RULE,
    finite_cards.RULE,
    way_back.RULE,
    proof.RULE,
    cannot_fail.RULE,
    if_missed.RULE,
    look_back.RULE,
)


def review(plan: Plan) -> tuple[Finding, ...]:
    """Return all findings about a plan, the most important rules first."""
    return tuple(finding for rule in RULES for finding in rule.find(plan))
