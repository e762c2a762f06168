"""Edits: every what-if and every option of a fork is an edit, and an edit makes a new plan.

`edit` applies a change as if it had been there from the first week; when a fork opens later, the
engines take the chain from the edited plan and change the money by `Economy.edited`.

Here is also whether forks that have not opened yet may still lead to the goal. Engines ask it when
something is used up: as long as they may, the plan is not stuck (`week.py`, rule 4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from functools import reduce
from itertools import accumulate
from typing import Any

from pydantic import ValidationError

from workbook.chain import is_lost, possible, spare
from workbook.errors import NONE, Fault, InputError, fault, shown
from workbook.law import (
    Economy,
    changed,
    moved,
    signed,
    with_amounts,
    with_headcounts,
    with_jobs,
)
from workbook.plan import BREAKEVEN, COUNTS, FIGURES, Edit, Fork, Milestone, Option, Plan

SIGNED = re.compile(r"[+-]\d+(\.\d+)?")


def edit(plan: Plan, change: Edit) -> Plan:
    """Return the edited plan; raise InputError if an edited milestone is not valid."""
    figures = {name: _figure(plan, change, name) for name in FIGURES}
    new: dict[str, Any] = {name: value for name, value in figures.items() if value is not None}
    if change.goal is not None:
        new["goal"] = change.goal
    if change.sales is not None:
        new["sales"] = Economy.of(plan).edited(Edit(sales=change.sales)).sales
    measures = {
        name: plan.measures[name].model_copy(
            update={"value": changed(plan.measures[name].value, value)}
        )
        for name, value in change.measures.items()
    }
    new["measures"] = {**plan.measures, **measures}
    new["bills"] = with_amounts(plan.bills, change.bills)
    new["roles"] = with_headcounts(plan.roles, change.roles)
    new["founders"] = with_jobs(plan.founders, change.jobs)
    new["skips"] = (*plan.skips, *(id for id in change.skip if id not in plan.skips))
    new["milestones"] = _milestones(plan.milestones, change.milestones)
    return plan.model_copy(update=new)


def ever(asked: Callable[[Plan], bool], plan: Plan, options: Iterable[Option]) -> bool:
    """Whether something holds for the plan, or after its options are applied one by one."""
    return any(asked(found) for found in accumulate(options, edit, initial=plan))


def skipping(plan: Plan, *ids: str) -> Plan:
    """Return the plan with these milestones skipped (P10)."""
    return edit(plan, Edit(skip=ids))


def reordered(plan: Plan, ids: Sequence[str]) -> Plan:
    """Return the plan with its milestones in this order; those not named follow in their old order.

    Raises InputError for every id that is unknown or repeated.
    """
    faults = unknown(plan, "order", ids)
    twice = [id for id, count in Counter(ids).items() if count > 1]
    template = "'{id}' stands more than once in the order; name it once"
    faults += [fault("order", template, id=id[:60]) for id in twice]
    if faults:
        raise InputError(plan.id, faults)
    rank = {id: position for position, id in enumerate(ids)}
    ordered = sorted(plan.milestones, key=lambda milestone: rank.get(milestone.id, len(rank)))
    return plan.model_copy(update={"milestones": tuple(ordered)})


def unknown(plan: Plan, path: str, ids: Iterable[str]) -> list[Fault]:
    """Return a fault for each id that no milestone of the plan has."""
    return [_no_milestone(path, id, plan.ids) for id in dict.fromkeys(ids) if id not in plan.ids]


def _no_milestone(path: str, found: str, known: Sequence[str]) -> Fault:
    near = get_close_matches(found, known, n=1)
    template = "no milestone '{found}'; name one of the plan's milestones"
    if near:
        template = "no milestone '{found}'; did you mean '{known}'?"
    return fault(path, template, found=shown(found), known="".join(near))


def with_options(plan: Plan, choices: Mapping[str, str]) -> Plan:
    """Return the plan with what the options that are taken at its forks add and skip."""
    for option in chosen(plan, choices).values():
        plan = edit(plan, Edit(milestones=option.milestones, skip=option.skip))
    return plan


def chosen(plan: Plan, choices: Mapping[str, str]) -> dict[str, Option]:
    """Return the option taken at each fork; raise InputError for an unknown fork or option.

    `choices` take precedence over the choices in the plan. Forks without a choice have no option
    taken, and forks that have opened already are ignored.
    """
    forks = {fork.id: {option.id: option for option in fork.options} for fork in plan.forks}
    faults = []
    for fork, option in choices.items():
        if fork not in forks:
            faults.append(_no_fork(fork, forks))
        elif option not in forks[fork]:
            faults.append(_no_option(fork, option, forks[fork]))
    if faults:
        raise InputError(plan.id, faults)
    taken = {fork.id: choices.get(fork.id, fork.chosen) for fork in plan.forks}
    to_come = {fork: option for fork, option in taken.items() if fork not in plan.begun.opened}
    return {fork: forks[fork][option] for fork, option in to_come.items() if option}


def _no_fork(found: str, known: Iterable[str]) -> Fault:
    near = get_close_matches(found, known := list(known), n=1)
    template = "no fork '{found}'; the plan has: {allowed}"
    if near:
        template = "no fork '{found}'; did you mean '{near}'?"
    return fault(
        "forks", template, found=found, near="".join(near), allowed=", ".join(known) or NONE
    )


def _no_option(fork: str, found: str, known: Iterable[str]) -> Fault:
    near = get_close_matches(found, known := list(known), n=1)
    template = "no option '{found}'; the fork has: {allowed}"
    if near:
        template = "no option '{found}'; did you mean '{near}'?"
    listed = ", ".join(known)
    return fault(f"forks.{fork}", template, found=found, near="".join(near), allowed=listed)


def _figure(plan: Plan, change: Edit, name: str) -> float | int | None:
    wanted = getattr(change, name)
    if wanted is None:
        return None
    value = moved(name, getattr(plan, name) or 0.0, wanted)
    return round(value) if name in COUNTS else value


def merged(old: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Merge changes into plain data, deeply; a signed string adds to the number."""
    new = dict(old)
    for key, change in changes.items():
        before = old.get(key)
        if isinstance(change, Mapping) and isinstance(before, Mapping):
            new[key] = merged(before, change)
        else:
            new[key] = _moved(before, change)
    return new


def _moved(before: Any, change: Any) -> Any:
    if not (isinstance(change, str) and SIGNED.fullmatch(change)):
        return change
    if isinstance(before, (list, tuple)):
        return [_moved(value, change) for value in before]
    if isinstance(before, (int, float)) and not isinstance(before, bool):
        value = before + float(change)
        return round(value) if isinstance(before, int) and value.is_integer() else value
    if isinstance(before, str) and SIGNED.fullmatch(before):
        return signed(float(before) + float(change))
    return change


def _milestones(
    milestones: tuple[Milestone, ...], changes: Mapping[str, Mapping[str, Any]]
) -> tuple[Milestone, ...]:
    """Merge edits into milestones; insert a new one before the first that needs it."""
    known = {milestone.id for milestone in milestones}
    edited = [
        _milestone(m.id, merged(m.model_dump(exclude_unset=True), changes[m.id]))
        if m.id in changes
        else m
        for m in milestones
    ]
    for id, change in changes.items():
        if id not in known:
            place = next(
                (n for n, m in enumerate(edited) if id in (*m.needs, *m.needs_any)), len(edited)
            )
            edited.insert(place, _milestone(id, change))
    return tuple(edited)


def _milestone(id: str, data: Mapping[str, Any]) -> Milestone:
    try:
        return Milestone.model_validate({**data, "id": id})
    except ValidationError as error:
        template = "{found} cannot stand here; change the edits that make it so"
        keys = dict.fromkeys(str(one["loc"][0]) for one in error.errors())
        faults = [fault(f"milestones.{id}.{k}", template, found=str(data.get(k))) for k in keys]
        raise InputError(id, faults) from None


Ids = AbstractSet[str]


def can_turn(
    plan: Plan, options: Mapping[str, Option], forks: Iterable[Fork], reached: Ids, used_up: Ids
) -> bool:
    """Whether the goal may be reached once these forks have changed the plan.

    Parameters
    ----------
    plan
        The plan after the forks that have opened.
    options
        The option chosen at each fork that has not opened, by the fork's id.
    forks
        All forks; only those in `options` are considered.
    reached, used_up
        Ids of milestones so far.
    """
    coming = [
        options[f.id] for f in forks if f.id in options and _may_open(plan, f, reached, used_up)
    ]
    coming = [option for option in coming if changes_the_goal(plan, option)]
    if not coming:
        return False
    turned = reduce(edit, coming, plan)
    if turned.goal != BREAKEVEN:
        return not is_lost(turned, used_up)
    return any(_changes_money(option) for option in coming) or bool(
        _open_to(turned, reached, used_up)
    )


def changes_the_goal(plan: Plan, option: Option) -> bool:
    """Whether an option changes what the goal requires: the chain, or money for breaking even."""
    if option.goal is not None or option.skip or option.milestones:
        return True
    return plan.goal == BREAKEVEN and _changes_money(option)


def _changes_money(option: Option) -> bool:
    figures = (option.sales, option.revenue_per_week, option.burn_per_week)
    return bool(option.bills or option.roles) or any(figure is not None for figure in figures)


def _may_open(plan: Plan, fork: Fork, reached: Ids, used_up: Ids) -> bool:
    """Whether work at the milestone that a fork names, or its redesign, may still happen."""
    id = fork.at.milestone
    if fork.at.used_up in reached:
        return False
    if id is None:
        return True
    working = {id, *(m.id for m in plan.milestones if id in m.relies_on)}
    return not working.isdisjoint(_open_to(plan, reached, used_up))


def _open_to(plan: Plan, reached: Ids, used_up: Ids) -> list[str]:
    """Return the milestones that can still be reached, because nothing they need is used up."""
    there = possible(plan, used_up) - spare(plan, reached)
    return [id for id in plan.ids if id in there and id not in reached]
