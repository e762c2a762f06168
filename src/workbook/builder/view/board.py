"""The chain as the canvas draws it: places of milestones, what each needs, sources of figures.

A figure that the plan began with keeps its mark (◇ assumed, derived, stated) as long as it has that
value; a figure that was changed is the learner's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from workbook.builder.answers import Answers, Node
from workbook.builder.counts import countable
from workbook.builder.forks import opening
from workbook.builder.paths import label_of, plain_at
from workbook.builder.reasons import leaning_on, unestimated, unwritten
from workbook.cases import Case
from workbook.charts.layout import Positions
from workbook.charts.text_layout import numbers
from workbook.edit import with_options
from workbook.law import keeps_customers
from workbook.plan import BREAKEVEN, Fork, Milestone, Plan, day_of
from workbook.retrospect import next_weeks
from workbook.words import N_, Words

KINDS = {
    "assumed": N_("◇ assumed"),
    "derived": N_("derived"),
    "stated": N_("stated"),
}


def sources_of(case: Case, w: Words) -> dict[str, dict[str, Any]]:
    """Value, mark and ground of each figure that is not the learner's own, by its path."""
    plain = case.plan.model_dump(mode="json")
    return {
        path: {
            "value": plain_at(plain, path),
            "kind": basis.kind,
            "mark": w(KINDS[basis.kind]),
            "ground": w.basis(basis),
        }
        for path, basis in case.basis.items()
        if basis.kind in KINDS and not path.startswith("forks.")
    }


def assumed_in(
    plain: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, tuple[str, ...]]:
    """By milestone, the paths of its figures that are still as they were assumed."""
    found: dict[str, tuple[str, ...]] = {}
    for path, came in sources.items():
        head, _, rest = path.partition(".")
        if head == "milestones" and came["kind"] == "assumed" and still(plain, path, came):
            id = rest.partition(".")[0]
            found[id] = (*found.get(id, ()), path)
    return found


def still(plain: Mapping[str, Any], path: str, came: Mapping[str, Any]) -> bool:
    """Whether a figure still says what its source says."""
    return bool(plain_at(plain, path) == came["value"])


SHOWN = 0.02
"""From this share of lives on a node says how many end at it."""


def chain_of(
    plan: Plan, positions: Positions, w: Words, sources: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Nodes, links, forks and the plan itself, as plain data; `sources` marks what is assumed."""
    plain = _plain(plan)
    unsaid, assumed = unwritten(plan), assumed_in(plain, sources)
    happened = {entry.milestone: entry for entry in plan.log if entry.milestone and entry.result}
    order = numbers(with_options(plan, {}))
    return {
        "title": w.text(plan.title).strip() or w("Your plan"),
        "nodes": [
            {
                **_named_at(milestone, positions, w),
                "order": order.get(milestone.id, 0),
                **_marks(plan, milestone),
                **_gaps(unsaid[milestone.id], assumed.get(milestone.id, ()), w),
                **_state(happened.get(milestone.id), plan, w),
            }
            for milestone in plan.milestones
        ],
        **_links(plan, positions),
        "forks": [_fork(plan, fork, w) for fork in plan.forks],
        "plan": plain,
        "next_weeks": {id or "": week for id, week in next_weeks(plan).items()},
        **_counts(plan, w),
    }


def _counts(plan: Plan, w: Words) -> dict[str, Any]:
    """What the boxes of the log offer to count."""
    some = [{**asdict(one), "label": w.message(one.label)} for one in countable(plan)]
    return {"countable": some, "counts_customers": keeps_customers(plan)}


def _named_at(milestone: Milestone, positions: Positions, w: Words) -> dict[str, Any]:
    """The name and the place of a node."""
    column, row = positions[milestone.id]
    return {"id": milestone.id, "name": w.name(milestone), "column": column, "row": row}


def _links(plan: Plan, positions: Positions) -> dict[str, list[list[str]]]:
    """Every arrow, from what is needed to what waits for it, and which are one of several."""
    links = [
        [need, m.id]
        for m in plan.milestones
        for need in dict.fromkeys((*m.needs, *m.needs_any))
        if need in positions
    ]
    either = [[need, m.id] for m in plan.milestones for need in m.needs_any]
    return {"links": links, "either": either}


def _marks(plan: Plan, milestone: Milestone) -> dict[str, bool]:
    """Its marks: the goal, an origin (P6), the kernel, left out."""
    alone, waits = len(plan.milestones) == 1, milestone.needs or milestone.needs_any
    return {
        "goal": milestone.id == plan.goal,
        "origin": not waits and not alone and _leads_on(plan, milestone.id),
        "kernel": milestone.stage == "kernel",
        "skipped": milestone.id in plan.skips,
    }


def _gaps(unsaid: tuple[str, ...], assumed: tuple[str, ...], w: Words) -> dict[str, Any]:
    return {"unwritten": unsaid, "leans": _leans(unsaid, assumed, w)}


def _leans(unsaid: tuple[str, ...], assumed: tuple[str, ...], w: Words) -> str:
    """Which of a milestone's figures nobody has confirmed yet; "" where there is nothing."""
    parts = []
    if unsaid:
        parts.append(w("not estimated yet: {names}", names=_named(unsaid, w)))
    if assumed:
        parts.append(w("assumed: {names}", names=_named(assumed, w)))
    return ("；" if w.lang == "zh" else "; ").join(parts)


def _named(paths: Iterable[str], w: Words) -> list[str]:
    return list(dict.fromkeys(w.message(label_of(path)) for path in paths))


def _fork(plan: Plan, fork: Fork, w: Words) -> dict[str, Any]:
    """A fork, its options, and which one is taken, in the reader's language."""
    options = [
        {"id": option.id, "name": w.name(option), "note": w.text(option.note)}
        for option in fork.options
    ]
    named = {"id": fork.id, "name": w.name(fork), "note": w.text(fork.note)}
    opens = w.message(opening(plan, fork))
    where = {"opens": opens, "milestone": fork.at.milestone, "chosen": fork.chosen or ""}
    return {**named, **where, "options": options}


def _leads_on(plan: Plan, id: str) -> bool:
    return any(id in (*m.needs, *m.needs_any) for m in plan.milestones)


def _state(entry: Any, plan: Plan, w: Words) -> dict[str, Any]:
    if entry is None:
        return {}
    when = w.day(day_of(plan.starts, entry.week)) if plan.starts else w.week(entry.week)
    return {"state": entry.result, "state_said": when}


def _plain(plan: Plan) -> dict[str, Any]:
    """The plan as JSON; a valid plan has no number that a page cannot hold."""
    plain: dict[str, Any] = plan.model_dump(mode="json", exclude_none=True)
    plain["breakeven"] = plan.goal == BREAKEVEN
    return plain


def odds_of(answers: Answers, w: Words) -> Mapping[str, dict[str, Any]]:
    """The figures on each node: the chance that it is reached, the runway from there."""
    gaps = frozenset(unestimated(answers.plan))
    leaning = leaning_on(answers.plan, gaps)
    return {
        node.id: _odds(node, answers.plan, w, gap=node.id in gaps, most=node.id in leaning)
        for node in answers.nodes.values()
    }


def _odds(node: Node, plan: Plan, w: Words, *, gap: bool, most: bool) -> dict[str, Any]:
    """One node's odds; a `gap` is not estimated itself, `most` leans on such a one."""
    share, said = _reached(node, w, gap=gap, most=most)
    lost = w.percent(node.lost, node.error or None) if node.lost >= SHOWN else ""
    end = w("{share} of all lives end here", share=lost) if lost else ""
    runway, left, by = _when(node, plan, w)
    for part in (left, by, end):
        said = w("{first}; {then}", first=said, then=part) if part else said
    return {
        "share": node.reached,
        "lost_share": node.lost,
        "lost": lost,
        "week": node.week,
        "likely_by": node.likely_by,
        "reached": share,
        "runway": runway,
        "said": said,
        "gap": gap,
    }


def _when(node: Node, plan: Plan, w: Words) -> tuple[str, str, str]:
    """What a node shows of its time, and the runway and the week as they are read out."""
    starts, week, left = plan.starts, node.week, ""
    by = "" if week is None else w("by week {week}", week=w.when(week, starts))
    shown = "" if week is None else w("by week {week}", week=str(week))
    if node.runway_weeks is not None:
        weeks = max(0, round(node.runway_weeks))
        left = w.n("runway {n} week", "runway {n} weeks", weeks)
        shown = w("{n} wk left", n=str(weeks))
    if starts and week is not None:
        shown = w.day(day_of(starts, week))
    return shown, left, by


def _reached(node: Node, w: Words, *, gap: bool, most: bool) -> tuple[str, str]:
    """The chance as it is written on the node, and as it is read out."""
    share = w.percent(node.reached, node.error or None)
    if gap:
        return w("◇ no estimate"), w("no pass rate yet, played as if it could not be missed")
    if most:
        return f"≤ {share}", w("reached by {share} of all lives at most", share=share)
    return share, w("reached by {share} of all lives", share=share)
