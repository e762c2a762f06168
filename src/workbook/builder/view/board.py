"""The chain as the canvas draws it: where each milestone stands, what hangs on what, the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.builder.answers import Answers, Node
from workbook.builder.estimates import leaning_on, unestimated
from workbook.builder.layout import Spots
from workbook.builder.retrospective import next_week
from workbook.plan import BREAKEVEN, Milestone, Plan
from workbook.words import Words


def chain_of(plan: Plan, spots: Spots, w: Words) -> dict[str, Any]:
    """Nodes, links and the plan itself, as plain data."""
    happened = {entry.milestone: entry for entry in plan.log if entry.milestone and entry.result}
    order = {milestone.id: n for n, milestone in enumerate(plan.attempted, 1)}
    return {
        "title": w.text(plan.title).strip() or w("Your plan"),
        "nodes": [
            {
                "id": milestone.id,
                "name": w.name(milestone),
                "order": order.get(milestone.id, 0),
                "column": spots[milestone.id][0],
                "row": spots[milestone.id][1],
                **_marks(plan, milestone),
                **_state(happened.get(milestone.id), w),
            }
            for milestone in plan.milestones
        ],
        "links": [[need, m.id] for m in plan.milestones for need in m.needs if need in spots],
        "plan": _plain(plan),
        "next_weeks": {"": next_week(plan, None), **{id: next_week(plan, id) for id in plan.ids}},
    }


def _marks(plan: Plan, milestone: Milestone) -> dict[str, bool]:
    """What stands on its head: the goal, an origin (P6), the kernel, left out."""
    alone = len(plan.milestones) == 1
    return {
        "goal": milestone.id == plan.goal,
        "origin": not milestone.needs and not alone and _leads_on(plan, milestone.id),
        "kernel": milestone.stage == "kernel",
        "skipped": milestone.id in plan.skips,
    }


def _leads_on(plan: Plan, id: str) -> bool:
    return any(id in milestone.needs for milestone in plan.milestones)


def _state(entry: Any, w: Words) -> dict[str, Any]:
    if entry is None:
        return {}
    return {"state": entry.result, "state_said": w.week(entry.week)}


def _plain(plan: Plan) -> dict[str, Any]:
    """The plan as JSON; a number that no page can hold does not stand in a valid plan."""
    plain: dict[str, Any] = plan.model_dump(mode="json", exclude_none=True)
    plain["breakeven"] = plan.goal == BREAKEVEN
    return plain


def odds_of(answers: Answers, w: Words) -> Mapping[str, dict[str, Any]]:
    """What stands on each node: the chance that it is reached, the runway from there."""
    gaps = frozenset(unestimated(answers.plan))
    leaning = leaning_on(answers.plan, gaps)
    return {
        node.id: _odds(node, w, gap=node.id in gaps, most=node.id in leaning)
        for node in answers.nodes.values()
    }


def _odds(node: Node, w: Words, *, gap: bool, most: bool) -> dict[str, Any]:
    """One node's odds; a `gap` is not estimated itself, `most` leans on such a one."""
    share, said = _reached(node, w, gap=gap, most=most)
    runway = ""
    if node.runway_weeks is not None:
        weeks = max(0, round(node.runway_weeks))
        said = f"{said}. {w.n('runway {n} week', 'runway {n} weeks', weeks)}"
        runway = w.n("{n} week left", "{n} weeks left", weeks)
    elif node.week is not None:
        runway = w("by week {week}", week=str(node.week))
        said = f"{said}. {runway}"
    return {
        "share": node.reached,
        "reached": share,
        "runway": runway,
        "said": said,
        "gap": gap,
    }


def _reached(node: Node, w: Words, *, gap: bool, most: bool) -> tuple[str, str]:
    """The chance as it stands on the node, and as it is read out."""
    share = w.percent(node.reached, node.error or None)
    if gap:
        return w("◇ no estimate"), w("no pass rate yet, played as if it could not be missed")
    if most:
        return f"≤ {share}", w("reached by {share} of all lives at most", share=share)
    return share, w("reached by {share} of all lives", share=share)
