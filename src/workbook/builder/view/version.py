"""What the screen shows of one version of the plan before it is played: worked out once.

Whatever else changes on the screen (a selection, a sentence, a box that could not be read), the
chain, the guide and the findings of the review are those of the plan, and stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.builder.answers import findings_of
from workbook.builder.view.board import chain_of
from workbook.builder.view.pages import guided
from workbook.charts.layout import Positions, positions_of
from workbook.plan import Plan
from workbook.review import Finding
from workbook.words import Words

Sources = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Version:
    """One version of the plan on the screen.

    Attributes
    ----------
    positions
        Column and row of each milestone on the canvas.
    findings
        What the lecture's rules ask of it.
    shown
        The chain, the plan and the guide, as plain data for the page.
    """

    plan: Plan
    sources: Sources
    positions: Positions
    findings: tuple[Finding, ...]
    shown: Mapping[str, Any]

    @classmethod
    def of(cls, plan: Plan, sources: Sources, w: Words, before: Version | None = None) -> Version:
        """Return the version to show; the one `before` if it is of this plan.

        Its canvas is laid out again only where a milestone, a link or the goal has changed.
        """
        if before is not None and before.plan is plan and before.sources is sources:
            return before
        if before is not None and _links(before.plan) == _links(plan):
            positions = before.positions
        else:
            positions = positions_of(plan, before.positions if before else None)
        findings = findings_of(plan)
        chain = chain_of(plan, positions, w, sources)
        return cls(
            plan, sources, positions, findings, {**chain, "guide": guided(plan, findings, w)}
        )


def _links(plan: Plan) -> object:
    """Return all that the layout of the canvas depends on."""
    needs = [(m.id, m.needs, m.needs_any) for m in plan.milestones]
    return plan.goal, plan.skips, needs
