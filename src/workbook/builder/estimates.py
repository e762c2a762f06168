"""Which milestones have no estimate yet, and which odds depend on them.

A milestone without a pass rate and without a test is played as one that cannot fail (see
`Milestone.rates`). While a chain is being built that is not the founder's belief but a gap, so the
odds of everything behind it are upper bounds.
"""

from __future__ import annotations

from collections.abc import Collection

from workbook.chain import needs_of
from workbook.plan import Milestone, Plan

ESTIMATES = ("weeks", "cost", "pass_rate")


def unwritten(plan: Plan) -> dict[str, tuple[str, ...]]:
    """By milestone, the estimates that nobody has written: a week, no cost, a pass hold.

    A milestone that counts its hours has no weeks to write; one with a test has no pass rate.
    """
    return {m.id: tuple(name for name in ESTIMATES if _open(m, name)) for m in plan.milestones}


def _open(milestone: Milestone, name: str) -> bool:
    if milestone.level is not None:
        return False
    if name == "pass_rate":
        return not _estimated(milestone)
    counted = name == "weeks" and milestone.hours is not None
    return name not in milestone.model_fields_set and not counted


def unestimated(plan: Plan) -> tuple[str, ...]:
    """Milestones still ahead for which nobody has said how often an attempt passes."""
    behind = {entry.milestone for entry in plan.log if entry.result == "passed"}
    return tuple(m.id for m in plan.attempted if m.id not in behind and not _estimated(m))


def _estimated(milestone: Milestone) -> bool:
    known = (milestone.pass_rate, milestone.tests, milestone.level)
    return any(one is not None for one in known)


def leaning_on(plan: Plan, ids: Collection[str]) -> frozenset[str]:
    """These milestones and all that can only be reached through one of them."""
    needs = needs_of(plan)
    found, newer = set(ids), set(ids)
    while newer:
        newer = {id for id, need in needs.items() if id not in found and newer.intersection(need)}
        found |= newer
    return frozenset(found)
