"""The lecture's rules, checked on any plan: advice in the order of `RULES`, never a refusal."""

from __future__ import annotations

from workbook.plan import Plan
from workbook.review import (
    add_first,
    cut_finer,
    finite_cash,
    flexible_first,
    frame_first,
    goal_first,
    look_back,
    look_first,
    market_first,
    off_path,
    proof,
    question_first,
    small_win,
    stage_order,
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
    stage_order.CONTENT_FIRST,
    frame_first.RULE,
    stage_order.KERNEL_FIRST,
    flexible_first.RULE,
    stage_order.EFFICIENCY_LAST,
    stage_order.BUSINESS_FIRST,
    add_first.RULE,
    look_first.RULE,
    cut_finer.RULE,
    finite_cash.CASH_COUNTED,
    finite_cash.FINITE_CARDS,
    way_back.RULE,
    proof.PROOF,
    proof.CANNOT_FAIL,
    proof.IF_MISSED,
    look_back.RULE,
)


def review(plan: Plan) -> tuple[Finding, ...]:
    """Return all findings about a plan, the most important rules first."""
    return tuple(finding for rule in RULES for finding in rule.find(plan))
