"""The lecture's rules, asked of any plan: advice in the order of `RULES`, never a refusal."""

from __future__ import annotations

from workbook.plan import Plan
from workbook.review import (
    cannot_fail,
    efficiency_last,
    if_missed,
    kernel_first,
    off_path,
    proof,
    small_win,
    way_back,
)
from workbook.review.rule import Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "review"]

RULES: tuple[Rule, ...] = (
    off_path.RULE,
    small_win.RULE,
    kernel_first.RULE,
    efficiency_last.RULE,
    way_back.RULE,
    proof.RULE,
    cannot_fail.RULE,
    if_missed.RULE,
)


def review(plan: Plan) -> tuple[Finding, ...]:
    """Everything that the rules have to say about a plan, the weightiest rules first."""
    return tuple(finding for rule in RULES for finding in rule.find(plan))
