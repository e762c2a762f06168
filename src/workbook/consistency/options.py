"""Checks the plan after each option of a fork: it must be a valid plan, too.

Faults that the plan has anyway are reported elsewhere; here only those that the option adds, at
their place in the option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbook.consistency.disagreements import bills_are_known, milestone_disagreements
from workbook.consistency.faults import Faults, Place, nearest
from workbook.consistency.references import (
    Chain,
    Link,
    chain_faults,
    goal_is_kept,
    known_milestone,
    mapping,
    mappings,
    mappings_at,
    names_in,
)
from workbook.consistency.types import type_faults
from workbook.edit import merged
from workbook.errors import shown
from workbook.plan import BREAKEVEN, Milestone


def option_faults(faults: Faults, chain: Chain) -> None:
    """Record what is wrong with each option, and with the plan after it."""
    for fork_place, fork in mappings_at(chain.data, "forks"):
        for n, option in mappings(fork.get("options")):
            _option(faults, chain, option, (*fork_place, "options", n))


def _option(faults: Faults, chain: Chain, option: Mapping[str, Any], place: Place) -> None:
    measures = mapping(chain.data.get("measures"))
    for name in mapping(option.get("measures")):
        if name not in measures:
            faults.add_unknown(
                (*place, "measures", name),
                name,
                measures,
                "'{found}' is no measure of the plan; add it under `measures`",
                "no measure '{found}'; did you mean '{known}'?",
            )
    bills_are_known(faults, chain.data, option, place)
    after = after_option(chain, option, place)
    for link in after.links:
        if link.edits:
            _edited(faults, chain, after, link)
    _ends(faults, after, chain)


def _edited(faults: Faults, before: Chain, after: Chain, link: Link) -> None:
    """Check a milestone that an option edits or adds."""
    here = next(iter(link.edits.values()))[:-1]
    if link.id not in before.ids and "name" not in link.edits:
        near = nearest(link.id, before.ids)
        if near:
            template = "no milestone '{found}' to edit; did you mean '{known}'?"
            faults.add(here, template, found=shown(link.id), known=near)
            return
    type_faults(faults, Milestone, {**link.keys, "id": link.id}, at=here, only=link.edits)
    milestone_disagreements(faults, after, link)


def _ends(faults: Faults, after: Chain, before: Chain) -> None:
    """Check goal, skips and cycles of the plan after an option."""
    told = Faults(faults.data, faults.lines)
    chain_faults(told, before)
    goal_is_kept(told, before)
    new = Faults(faults.data, faults.lines)
    if after.goal is not None and after.goal != before.goal and after.goal[1] != BREAKEVEN:
        known_milestone(new, after, *after.goal)
    chain_faults(new, after)
    goal_is_kept(new, after)
    faults.add_new(new, told)


def after_option(chain: Chain, option: Mapping[str, Any], place: Place) -> Chain:
    """Return the chain after the option, with the place where each key was written."""
    changes = mapping(option.get("milestones"))
    links = [_after(link, changes, place) for link in chain.links]
    known = chain.ids
    for id, change in changes.items():
        if id not in known and isinstance(change, Mapping):
            here = (*place, "milestones", id)
            links.append(Link(id, change, here, {key: (*here, key) for key in change}))
    goal = option.get("goal")
    return replace(
        chain,
        links=tuple(links),
        goal=((*place, "goal"), goal) if isinstance(goal, str) else chain.goal,
        skips=(*chain.skips, *names_in(option.get("skip"), (*place, "skip"))),
    )


def _after(link: Link, changes: Mapping[str, Any], place: Place) -> Link:
    change = changes.get(link.id) if link.id is not None else None
    if not isinstance(change, Mapping) or not change:
        return link
    here = (*place, "milestones", str(link.id))
    edits = {key: (*here, key) for key in change}
    return replace(link, keys=merged(link.keys, change), edits=edits)
