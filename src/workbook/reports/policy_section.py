"""The policy of a plan on its page: what it is worth, a rule for each decision, when to stop."""

from __future__ import annotations

from html import escape

from workbook.coach.policy import policy_value
from workbook.plan import Plan
from workbook.reports.markup import paragraph
from workbook.wording.policies import policy_lines
from workbook.words import Words


def policy_section(plan: Plan, words: Words) -> str:
    """Return the best policy found, in words; it takes some seconds to find."""
    worth, *rules = policy_lines(policy_value(plan), words)
    items = "".join(f"<li>{escape(rule)}</li>" for rule in rules)
    return paragraph(worth) + (f"<ul class='policy'>{items}</ul>" if items else "")
