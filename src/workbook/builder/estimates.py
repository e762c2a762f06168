"""Which milestones nobody has estimated yet, and which odds lean on them.

A milestone without a pass rate and without a test is played as one that cannot be missed (see
`Milestone.rates`). While a chain is being built that is not the founder's belief but a gap, so the
odds of whatever hangs on it are the most that they can be.
"""

from __future__ import annotations

from collections.abc import Collection

from workbook.chain import needs_of
from workbook.plan import Milestone, Plan


def unestimated(plan: Plan) -> tuple[str, ...]:
    """Milestones still ahead for which nobody has said how often an attempt passes."""
    behind = {entry.milestone for entry in plan.log if entry.result == "passed"}
    return tuple(m.id for m in plan.attempted if m.id not in behind and not _estimated(m))


def _estimated(milestone: Milestone) -> bool:
    return milestone.pass_rate is not None or milestone.tests is not None


def leaning_on(plan: Plan, ids: Collection[str]) -> frozenset[str]:
    """These milestones and all that can only be reached through one of them."""
    needs = needs_of(plan)
    found, newer = set(ids), set(ids)
    while newer:
        newer = {id for id, need in needs.items() if id not in found and newer.intersection(need)}
        found |= newer
    return frozenset(found)
