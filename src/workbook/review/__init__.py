"""The lecture's rules, checked on any plan: advice in the order of `RULES`, never a refusal."""

from __future__ import annotations

from workbook.plan import Plan
from workbook.review import (
    cash,
    chain,
    first_weeks,
    learning,
    proof,
    reach,
    stage_order,
    steps,
)
from workbook.review.rule import Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "review"]

RULES: tuple[Rule, ...] = (
    chain.GOAL_FIRST,
    reach.IN_REACH,
    chain.OFF_PATH,
    chain.WHO_NEEDS_WHOM,
    steps.SMALL_WIN,
    learning.QUESTION_FIRST,
    learning.MARKET_FIRST,
    stage_order.CONTENT_FIRST,
    learning.FRAME_FIRST,
    stage_order.KERNEL_FIRST,
    cash.FLEXIBLE_FIRST,
    stage_order.EFFICIENCY_LAST,
    stage_order.BUSINESS_FIRST,
    stage_order.ADD_FIRST,
    steps.LOOK_FIRST,
    steps.CUT_FINER,
    cash.CASH_COUNTED,
    first_weeks.FIRST_WEEKS,
    cash.PAID_ATTEMPTS,
    cash.WAY_BACK,
    proof.PROOF,
    proof.CANNOT_FAIL,
    proof.IF_MISSED,
    learning.LOOK_BACK,
)


def review(plan: Plan) -> tuple[Finding, ...]:
    """Return all findings about a plan, the most important rules first."""
    return tuple(finding for rule in RULES for finding in rule.find(plan))
