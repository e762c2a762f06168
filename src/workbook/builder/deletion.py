"""Delete a milestone, and repair everything that refers to it.

What needed it now needs what it needed, so the way to the goal is never cut. What relied on its
answer relies on it no longer; options of forks drop it; a fork that could only open there is
deleted too, and the sentence says so. What the log tells of is a fact and stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbook.builder.edits import Done, RefusedError, aimed_at, called, changed, known, quoted
from workbook.errors import Message
from workbook.plan import BREAKEVEN, Fork, Milestone, Option, Plan, When


def heir_of_goal(plan: Plan) -> str:
    """What would be the goal if the goal were deleted: the last thing that it had needed."""
    needs = plan.milestone(plan.goal).needs
    others = [id for id in plan.ids if id != plan.goal]
    return next((id for id in reversed(others) if id in needs), others[-1] if others else BREAKEVEN)


def delete(plan: Plan, id: str) -> Done:
    """The plan without a milestone; refused where the log tells of it."""
    name = called(plan, known(plan, id))
    if any(entry.milestone == id for entry in plan.log):
        template = (
            "“{name}” is in the log of what happened and stays; you can leave it out instead."
        )
        raise RefusedError(template, name=name)
    needing = quoted(plan, [m.id for m in plan.milestones if id in (*m.needs, *m.needs_any)])
    heir = heir_of_goal(plan) if id == plan.goal else plan.goal
    forks = tuple(kept for fork in plan.forks if (kept := _fork(fork, plan, id)) is not None)
    lost = [fork.name or fork.id for fork in plan.forks if fork.id not in {f.id for f in forks}]
    new: dict[str, Any] = {
        "milestones": tuple(m for m in _rewired(plan, id).milestones if m.id != id),
        "skips": tuple(skip for skip in plan.skips if skip != id),
        "forks": forks,
        **_ranges_and_calendar(plan, id),
    }
    after = aimed_at(plan.model_copy(update=new), heir)
    return after, _message(plan, after, id, needing, lost)


def _ranges_and_calendar(plan: Plan, id: str) -> dict[str, Any]:
    """The ranges, closed weeks and conditions of the other milestones."""
    return {
        "ranges": {
            path: found
            for path, found in plan.ranges.items()
            if not path.startswith(f"milestones.{id}.")
        },
        "closed": tuple(
            part.model_copy(update={"milestones": others})
            for part in plan.closed
            if (others := tuple(other for other in part.milestones if other != id))
            or not part.milestones
        ),
        "conditions": tuple(
            condition.model_copy(update={"milestones": others})
            for condition in plan.conditions
            if (others := tuple(other for other in condition.milestones if other != id))
        ),
    }


def _message(plan: Plan, after: Plan, id: str, needing: list[Any], lost: list[Any]) -> Message:
    name = called(plan, id)
    if plan.goal == id and after.goal != BREAKEVEN:
        template = "“{name}” is gone; “{goal}” is the goal now."
        message = Message(template, {"name": name, "goal": called(after, after.goal)})
    elif needing and plan.milestone(id).needs:
        firsts = quoted(plan, plan.milestone(id).needs)
        template = "“{name}” is gone; the way leads from {firsts} straight to {then}."
        message = Message(template, {"name": name, "then": needing, "firsts": firsts})
    else:
        message = Message("“{name}” is gone.", {"name": name})
    if not lost:
        return message
    return Message(
        "{first} The fork that opened there is gone, too: {forks}.",
        {"first": message, "forks": lost},
    )


def _rewired(plan: Plan, id: str) -> Plan:
    """The plan with every need of this milestone replaced by what it needs itself."""
    gone = plan.milestone(id)
    changes = {
        m.id: {
            **_waiting(m, gone),
            "relies_on": tuple(other for other in m.relies_on if other != id),
        }
        for m in plan.milestones
        if id in (*m.needs, *m.needs_any, *m.relies_on)
    }
    return changed(plan, changes)


def _waiting(milestone: Milestone, gone: Milestone) -> dict[str, tuple[str, ...]]:
    """What a milestone waits for without another one: what that needed, or its alternatives."""
    others = tuple(need for need in milestone.needs_any if need != gone.id)
    needs = replaced(milestone.needs, gone.id, gone.needs)
    if gone.id in milestone.needs_any and not others:  # it was the last of several
        return {"needs": tuple(dict.fromkeys((*needs, *gone.needs))), "needs_any": gone.needs_any}
    if gone.id in milestone.needs and not others:
        others = gone.needs_any
    return {"needs": needs, "needs_any": others}


def replaced(needs: Iterable[str], id: str, instead: Iterable[str]) -> tuple[str, ...]:
    """The needs with one of them replaced by others, none twice."""
    found: dict[str, None] = {}
    for need in needs:
        found |= dict.fromkeys(instead if need == id else (need,))
    return tuple(found)


def _fork(fork: Fork, plan: Plan, id: str) -> Fork | None:
    """A fork that no longer knows the milestone; None where it could open nowhere else."""
    named = [name for name in ("milestone", "used_up") if getattr(fork.at, name) == id]
    at = fork.at.model_copy(update=dict.fromkeys(named))
    if named and at == When():
        return None
    options = tuple(_option(option, plan, id) for option in fork.options)
    return fork.model_copy(update={"at": at, "options": options})


def _option(option: Option, plan: Plan, id: str) -> Option:
    """An option that no longer knows the milestone; its own chain is repaired as the plan's is."""
    edits = {other: dict(keys) for other, keys in option.milestones.items() if other != id}
    for keys in edits.values():
        for key in ("relies_on", "needs_any"):
            if id in (keys.get(key) or ()):
                keys[key] = [other for other in keys[key] if other != id]
    needs = _needs_after(option, plan)
    instead = needs[id]
    rewired = {m.id: m.needs for m in _rewired(plan, id).milestones}
    for other, before in needs.items():
        mended = replaced(before, id, instead)
        written = "needs" in edits.get(other, {})
        if other != id and (written or mended != rewired.get(other, ())):
            edits.setdefault(other, {})["needs"] = list(mended)  # as a file reads it
    skip = tuple(other for other in option.skip if other != id)
    goal = None if option.goal == id else option.goal
    return option.model_copy(update={"milestones": edits, "skip": skip, "goal": goal})


def _needs_after(option: Option, plan: Plan) -> dict[str, tuple[str, ...]]:
    """What each milestone needs once the option is taken, those that it adds too."""
    needs = {milestone.id: milestone.needs for milestone in plan.milestones}
    for other, keys in option.milestones.items():
        if "needs" in keys or other not in needs:
            needs[other] = tuple(keys.get("needs") or ())
    return needs
