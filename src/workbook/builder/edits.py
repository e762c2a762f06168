"""One edit of the chain each: from a plan to a plan and the sentence that describes the edit.

An edit that makes no sense is refused with its reason (`RefusedError`). Sentences use a milestone's
name as the learner typed it; what displays them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbook.chain import cycle_in
from workbook.consistency.faults import id_for, one_line
from workbook.consistency.shape import keys_on
from workbook.consistency.types import MISSING
from workbook.errors import Fault, InputError, Message
from workbook.plan import BREAKEVEN, Milestone, Option, Plan, Text


class RefusedError(Exception):
    """The plan stays as it is; `message` says why."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


def reason_of(error: RefusedError | InputError) -> Message:
    """Why an edit was not made, in one sentence."""
    if isinstance(error, RefusedError):
        return error.message
    first, *more = error.faults
    values: dict[str, object] = {"fault": _readable(first)}
    if more:
        return Message("Not changed: {fault} (and {n} more faults)", {**values, "n": len(more)})
    return Message("Not changed: {fault}", values)


def _readable(fault: Fault) -> Message:
    """A fault without the keys of a plan file: on the screen nobody sees those."""
    keys = keys_on(fault.path)
    if fault.message.template != MISSING or not keys:
        return fault.message
    return Message("“{what}” is missing; write it", {"what": Message(keys[-1].label)})


MOST_ON_CANVAS = 60
Done = tuple[Plan, Message]


def called(plan: Plan, id: str) -> Text:
    """What a milestone is called: its name, or its id where it has none."""
    milestone = plan.milestone(id)
    return milestone.name or milestone.id


def quoted(plan: Plan, ids: Iterable[str]) -> list[Message]:
    """Names of milestones for a list in a sentence, each in its quotation marks."""
    return [Message("“{name}”", {"name": called(plan, id)}) for id in ids]


def known(plan: Plan, id: object) -> str:
    """The id, if a milestone has it; refused otherwise."""
    if id not in plan.ids:
        raise RefusedError("There is no milestone “{id}” in this plan.", id=one_line(id)[:80])
    return str(id)


def changed(plan: Plan, changes: Mapping[str, Mapping[str, Any]]) -> Plan:
    """The plan with some keys of some milestones replaced by valid values."""
    milestones = tuple(
        m.model_copy(update=dict(changes[m.id])) if m.id in changes else m for m in plan.milestones
    )
    return plan.model_copy(update={"milestones": milestones})


def placed(plan: Plan, milestone: Milestone, position: int) -> Plan:
    """The plan with one more milestone, at a position of its order."""
    milestones = (*plan.milestones[:position], milestone, *plan.milestones[position:])
    return plan.model_copy(update={"milestones": milestones})


def add(
    plan: Plan,
    name: object,
    after: str | None = None,
    before: str | None = None,
    *,
    branch: bool = False,
) -> Done:
    """A new milestone, the last id of the answer's plan that the old plan did not have.

    `after` a milestone: it needs that one, and what had needed that one now needs it instead;
    after the goal it becomes the goal. `before` a milestone: between it and what it had needed.
    With both it is put into that one link; other links of the two stay. With `branch` it needs the
    one before it, and no other link changes. With neither it has no links,
    before the goal in the order. The first one of all is the goal.
    """
    new = _new(plan, one_line(name))
    if after is not None and branch:
        return _branch(plan, new, known(plan, after))
    if after is not None:
        only = None if before is None else known(plan, before)
        return _after(plan, new, known(plan, after), only)
    if before is not None:
        return _before(plan, new, known(plan, before))
    return _alone(plan, new)


def _new(plan: Plan, name: str) -> Milestone:
    """A milestone of this name, with an id of its own; refused without a name or without room."""
    if not name:
        raise RefusedError("A milestone needs a name: say what will be proved.")
    if len(plan.milestones) >= MOST_ON_CANVAS:
        template = "{n} milestones are the most that fit on the canvas; join some before you add."
        raise RefusedError(template, n=MOST_ON_CANVAS)
    return Milestone(id=id_for(name, _taken(plan)), name=name)


def _branch(plan: Plan, new: Milestone, after: str) -> Done:
    grown = placed(plan, new, plan.ids.index(after) + 1)
    grown, _ = link(grown, after, new.id)
    values = {**_n(new), "first": called(plan, after)}
    return grown, Message("“{name}” is added after “{first}”, as a branch.", values)


def _alone(plan: Plan, new: Milestone) -> Done:
    first = not plan.milestones and plan.goal == BREAKEVEN
    position = plan.ids.index(plan.goal) if plan.goal in plan.ids else len(plan.ids)
    grown = placed(plan, new, position)
    if first:
        grown = grown.model_copy(update={"goal": new.id})
        return grown, Message(
            "“{name}” is added; it is the goal until you choose another.", _n(new)
        )
    return grown, Message("“{name}” is added. Link it to what it needs.", _n(new))


def _n(milestone: Milestone) -> dict[str, object]:
    return {"name": milestone.name}


def _taken(plan: Plan) -> set[str]:
    """Ids in use: milestones, and those that options of forks would add."""
    brought = {id for fork in plan.forks for option in fork.options for id in option.milestones}
    return {*plan.ids, *brought}


def _after(plan: Plan, new: Milestone, after: str, only: str | None) -> Done:
    needing = {
        m.id: {
            key: tuple(new.id if need == after else need for need in getattr(m, key))
            for key in ("needs", "needs_any")
        }
        for m in plan.milestones
        if after in (*m.needs, *m.needs_any) and only in (None, m.id)
    }
    grown = placed(changed(plan, needing), new.model_copy(update={"needs": (after,)}), 0)
    grown = moved(grown, new.id, plan.ids[plan.ids.index(after) + 1 :][:1])
    values = {**_n(new), "after": called(plan, after)}
    if after == plan.goal:
        grown = grown.model_copy(update={"goal": new.id})
        template = "“{name}” comes after “{after}”, and is the goal now."
    elif needing:
        values["then"] = quoted(plan, needing)
        template = "“{name}” stands between “{after}” and {then} now."
    else:
        template = "“{name}” comes after “{after}”."
    return grown, Message(template, values)


def _before(plan: Plan, new: Milestone, before: str) -> Done:
    old = plan.milestone(before)
    grown = changed(plan, {before: {"needs": (new.id,), "needs_any": ()}})
    new = new.model_copy(update={"needs": old.needs, "needs_any": old.needs_any})
    grown = placed(grown, new, plan.ids.index(before))
    template = "“{name}” comes before “{before}”, which waits for it."
    return grown, Message(template, {**_n(new), "before": called(plan, before)})


def rename(plan: Plan, id: str, name: object) -> Done:
    """A milestone under another name; its id stays."""
    before, name = called(plan, known(plan, id)), one_line(name)
    if not name:
        raise RefusedError("A milestone needs a name: say what will be proved.")
    template = "“{before}” is called “{name}” now."
    return changed(plan, {id: {"name": name}}), Message(template, {"before": before, "name": name})


def move(plan: Plan, id: str, before: str | None = None) -> Done:
    """A milestone elsewhere in the order: before another, or last."""
    name = called(plan, known(plan, id))
    if before is None:
        return moved(plan, id, ()), Message("“{name}” is last in the order now.", {"name": name})
    other = called(plan, known(plan, before))
    if id == before:
        raise RefusedError("“{name}” stands there already.", name=name)
    message = Message(
        "“{name}” is tried before “{other}” now, as far as needs allow.",
        {"name": name, "other": other},
    )
    return moved(plan, id, (before,)), message


def moved(plan: Plan, id: str, before: Iterable[str]) -> Plan:
    """The plan with a milestone right before another, or last where none is named."""
    rest = [m for m in plan.milestones if m.id != id]
    place = next((n for n, m in enumerate(rest) if m.id in set(before)), len(rest))
    rest.insert(place, plan.milestone(id))
    return plan.model_copy(update={"milestones": tuple(rest)})


def link(plan: Plan, first: str, then: str) -> Done:
    """`then` needs `first` from now on; a loop is refused, and named."""
    values = {"first": called(plan, known(plan, first)), "then": called(plan, known(plan, then))}
    if first == then:
        raise RefusedError("“{name}” cannot wait for itself.", name=values["first"])
    needs = plan.milestone(then).needs
    if first in (*needs, *plan.milestone(then).needs_any):
        raise RefusedError("“{then}” waits for “{first}” already.", **values)
    linked = changed(plan, {then: {"needs": (*needs, first)}})
    loop = cycle_in({m.id: (*m.needs, *m.needs_any) for m in linked.milestones})
    if loop:
        template = "“{then}” cannot wait for “{first}”: {loop} would wait for each other forever."
        raise RefusedError(template, **values, loop=_arrows(plan, loop))
    return linked, Message("“{then}” waits for “{first}” now.", values)


def _arrows(plan: Plan, loop: Iterable[str]) -> Message:
    """A loop as names with arrows between them; bilingual names stay bilingual."""
    names = [called(plan, id) for id in loop]
    gaps = {f"n{number}": name for number, name in enumerate(names)}
    return Message(" → ".join(f"“{{{gap}}}”" for gap in gaps), gaps)


def unlink(plan: Plan, first: str, then: str) -> Done:
    """`then` no longer needs `first`."""
    values = {"first": called(plan, known(plan, first)), "then": called(plan, known(plan, then))}
    milestone = plan.milestone(then)
    if first not in (*milestone.needs, *milestone.needs_any):
        raise RefusedError("“{then}” does not wait for “{first}”.", **values)
    kept = {
        key: tuple(need for need in getattr(milestone, key) if need != first)
        for key in ("needs", "needs_any")
    }
    message = Message("“{then}” no longer waits for “{first}”.", values)
    return changed(plan, {then: kept}), message


def goal_is(plan: Plan, id: str) -> Done:
    """Another goal: a milestone, or to break even."""
    if id == BREAKEVEN:
        message = Message("The goal is to break even now: revenue that covers the burn.")
        return plan.model_copy(update={"goal": BREAKEVEN}), message
    name = called(plan, known(plan, id))
    return aimed_at(plan, id), Message("“{name}” is the goal now.", {"name": name})


def aimed_at(plan: Plan, goal: str) -> Plan:
    """The plan with another goal, which nothing leaves out: neither the plan nor an option."""
    forks = tuple(
        fork.model_copy(update={"options": tuple(_not_skipping(o, goal) for o in fork.options)})
        for fork in plan.forks
    )
    skips = tuple(skip for skip in plan.skips if skip != goal)
    return plan.model_copy(update={"goal": goal, "skips": skips, "forks": forks})


def _not_skipping(option: Option, goal: str) -> Option:
    skip = tuple(id for id in option.skip if id != goal or option.goal is not None)
    return option if skip == option.skip else option.model_copy(update={"skip": skip})


def leave_out(plan: Plan, id: str, out: bool) -> Done:
    """Walk around a milestone (P10), or take it up again."""
    name = called(plan, known(plan, id))
    if id == plan.goal and out:
        raise RefusedError("“{name}” is the goal and cannot be left out.", name=name)
    kept = tuple(skip for skip in plan.skips if skip != id)
    template = "“{name}” is left out now." if out else "“{name}” is part of the plan again."
    skips = (*kept, id) if out else kept
    return plan.model_copy(update={"skips": skips}), Message(template, {"name": name})
