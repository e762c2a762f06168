"""The chain of a rehearsal's screen: its milestones, and what has become of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbook.plan import Milestone, Plan
from workbook.rehearsal import Position
from workbook.words import Words

MOST_STEPS = 30
"""Milestones that are drawn; of a longer chain those around the present one."""


def untouched(plan: Plan, w: Words) -> list[dict[str, Any]]:
    """Return the chain before the first week: everything is still to do."""
    return [_step(m, "ahead", "", m.id == plan.goal, w) for m in _near(plan.milestones, ())]


def chain(position: Position, w: Words) -> list[dict[str, Any]]:
    """Return the chain in the middle of a life: what is reached, lost, left out or under way."""
    plan, here = position.written, [*position.under_way, *position.state.next_up()]
    return [
        _step(m, _state(position, m.id, here), _said(position, m.id, w), m.id == plan.goal, w)
        for m in _near(plan.milestones, here)
    ]


def _state(position: Position, id: str, here: list[str]) -> str:
    """Return how a milestone is drawn; of those that could be worked on the first is `here`."""
    if id in position.reached:
        return "reached"
    if id in position.written.skips:
        return "skipped"
    if id in position.state.used_up:
        return "lost"
    if id in here[:1] or id in position.under_way:
        return "here"
    return "ready" if id in here else "ahead"


def _said(position: Position, id: str, w: Words) -> str:
    """Return when a milestone was reached, or how often it was tried."""
    if id in position.reached:
        return w("week {week}", week=str(position.reached[id]))
    tries = position.tries.get(id, 0)
    return w.n("{n} try", "{n} tries", tries) if tries else ""


def _step(m: Milestone, state: str, said: str, goal: bool, w: Words) -> dict[str, Any]:
    return {"name": w.name(m), "state": state, "said": said, "goal": goal}


def _near(milestones: Iterable[Milestone], here: Iterable[str]) -> list[Milestone]:
    """Return the milestones to draw: all of a short chain, of a long one those around here."""
    every = list(milestones)
    places = [n for n, m in enumerate(every) if m.id in here] or [0]
    first = max(0, min(places[0] - MOST_STEPS // 3, len(every) - MOST_STEPS))
    return every[first : first + MOST_STEPS]
