"""Figures that exclude or require each other, in a plan and in the plan after each option.

Of an option only the faults that it adds are reported, at their place in the option. Keys without
an effect are notes, not faults: the plan can be played.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbook.consistency.capital import capital_disagreements
from workbook.consistency.faults import Faults, Place, meant, nearest
from workbook.consistency.people import named_are_known, people_disagreements
from workbook.consistency.ranges import count_faults, range_faults, weekly_faults
from workbook.consistency.references import (
    Chain,
    Link,
    chain_faults,
    chain_of,
    goal_is_kept,
    known_milestone,
    mapping,
    mappings,
    mappings_at,
    names_in,
)
from workbook.consistency.shape import shape_of
from workbook.consistency.single_bills import late_amounts
from workbook.consistency.types import type_faults
from workbook.edit import merged
from workbook.errors import shown
from workbook.plan import BREAKEVEN, LEVELS, Gives, Milestone

FORMAT_KEYS = tuple(Gives.model_fields)
ATTEMPTED = (
    *("weeks", "hours", "cost", "pass_rate", "attempts", "teams", "tests", "relies_on"),
    *("from_week", "starts_every_weeks"),
)
"""Keys of attempts, which exclude a level."""
ONE = {"found": "0", "limit": "1"}
LIMITS = {"paying_customers": "most_customers", "reach_per_week": "most_reach_per_week"}
"""Figures of the sales that change by themselves, and their upper limits."""


def disagreements(faults: Faults, chain: Chain) -> None:
    """Record contradictions within the plan as written."""
    for link in chain.links:
        milestone_disagreements(faults, chain, link)
    limits_are_above(faults, chain.data)
    calendar_disagreements(faults, chain.data)
    range_faults(faults, chain.data)
    weekly_faults(faults, chain.data)
    count_faults(faults, chain.data)
    capital_disagreements(faults, chain.data)
    people_disagreements(faults, chain.data)
    for place, condition in mappings_at(chain.data, "conditions"):
        for where, id in names_in(condition.get("milestones"), (*place, "milestones")):
            keys = chain.ids[id].keys if id in chain.ids else {}
            if keys.get("tests") is not None or keys.get("level") is not None:
                template = "'{id}' has no pass rate that a condition could lessen; take it out"
                faults.add(where, template, id=id)
    for place, bill in mappings_at(chain.data, "bills"):
        bill_disagreements(faults, bill, place)
    for name in mapping(chain.data.get("measures")):
        if name in FORMAT_KEYS:
            template = "'{name}' is a key of the format already; give the measure another name"
            faults.add(("measures", name), template, name=name)
    for place, entry in mappings_at(chain.data, "log"):
        _entry(faults, entry, place)


def _entry(faults: Faults, entry: Mapping[str, Any], place: Place) -> None:
    """Record an attempt of the log without its end, and an end without its attempt."""
    if entry.keys() == {"week", "milestone"}:
        faults.add((*place, "milestone"), "how did it end? add `result`: passed or failed")
    if entry.get("result") is not None and entry.get("milestone") is None:
        faults.add((*place, "result"), "a result of what? add the `milestone`")


def milestone_disagreements(faults: Faults, chain: Chain, link: Link) -> None:
    """Record contradictions within one milestone."""
    keys, plan = link.keys, chain.data
    if keys.get("pass_rate") is not None and keys.get("tests") is not None:
        template = "a milestone has either `pass_rate` or `tests`; take one of them out"
        faults.add(link.at("pass_rate"), template)
    hours_of_whom = plan.get("hours_per_week") is not None or bool(plan.get("founders"))
    if keys.get("hours") is not None and not hours_of_whom:
        template = "`hours` need the plan's `hours_per_week`; add it, or write `weeks` instead"
        faults.add(link.at("hours"), template)
    level_disagreements(faults, plan, link)
    for name in ("cheap", "strict"):
        found = mapping(mapping(keys.get("tests")).get(name))
        wrong, right = ("hours", "weeks") if keys.get("hours") is None else ("weeks", "hours")
        if found.get(wrong) is not None:
            template = "the test is counted in `{right}`; write `{right}` here, too"
            faults.add((*link.at("tests"), name, wrong), template, right=right)
    measures_are_known(faults, plan, keys.get("gives"), link.at("gives"))
    redesign = mapping(mapping(keys.get("tests")).get("redesign"))
    place = (*link.at("tests"), "redesign", "gives")
    measures_are_known(faults, plan, redesign.get("gives"), place)
    named_are_known(faults, plan, keys.get("gives"), link.at("gives"))
    named_are_known(faults, plan, redesign.get("gives"), place)


def level_disagreements(faults: Faults, plan: Mapping[str, Any], link: Link) -> None:
    """Record what a level excludes, an unknown figure, and contradictory weeks."""
    keys, level = link.keys, mapping(link.keys.get("level"))
    for name in ATTEMPTED if level else ():
        if keys.get(name) is not None:
            template = "a milestone with a `level` is not attempted; take `{key}` or `level` out"
            faults.add(link.at(name), template, key=name)
    of, known = level.get("of"), [*LEVELS, *mapping(plan.get("measures"))]
    if isinstance(of, str) and of not in known:
        near, place = nearest(of, known), (*link.at("level"), "of")
        template = "'{found}' is no figure of a level; write one of: {allowed}"
        if near:
            template = "no figure '{found}'; did you mean '{known}'?"
        faults.add(place, template, found=shown(of), known=near, allowed=", ".join(known))
    _bounds(faults, level, link.at("level"))
    first, last, held = keys.get("from_week"), keys.get("by_week"), level.get("for_weeks", 1)
    if last == 0:
        faults.add(link.at("by_week"), "{found} is too little; write {limit} or more", **ONE)
    elif isinstance(last, int) and isinstance(first, int) and last < first:
        template = "it is to be reached by week {last} but begins in week {first}; mend one of them"
        faults.add(link.at("by_week"), template, last=last, first=first)
    elif level and isinstance(last, int) and isinstance(held, int) and last < held:
        template = "the level cannot hold {held} weeks by week {last}; mend one of the two"
        faults.add(link.at("by_week"), template, last=last, held=held)


def _bounds(faults: Faults, level: Mapping[str, Any], place: Place) -> None:
    """Record a level without bounds, with bounds that exclude each other, or no share."""
    least, most = level.get("at_least"), level.get("at_most")
    if level and least is None and most is None:
        faults.add(place, "the level has no figure; write `at_least`, or `at_most`")
    both = isinstance(least, (int, float)) and isinstance(most, (int, float))
    if both and least > most:  # type: ignore[operator]
        template = "at least {least} and at most {most} exclude each other; mend one of the two"
        faults.add((*place, "at_most"), template, least=least, most=most)
    for name, value in (("at_least", least), ("at_most", most)):
        if level.get("of") != "founder_share" or not isinstance(value, (int, float)):
            continue
        if not 0 <= value <= 1:
            template = "{found} is not a share of the company; write it from 0 to 1 (61% is 0.61)"
            faults.add((*place, name), template, found=shown(value))


def limits_are_above(faults: Faults, plan: Mapping[str, Any]) -> None:
    """Record a figure of the sales that starts above its own upper limit."""
    sales = mapping(plan.get("sales"))
    for name, limit in LIMITS.items():
        value, most = sales.get(name), sales.get(limit)
        numbers = isinstance(value, (int, float)) and isinstance(most, (int, float))
        if numbers and value > most:  # type: ignore[operator]
            template = (
                "{value} are more than the {most} of `{limit}`; raise the limit or take it out"
            )
            faults.add(("sales", name), template, value=value, most=most, limit=limit)


def calendar_disagreements(faults: Faults, plan: Mapping[str, Any]) -> None:
    """Record seasons without a first day, and closed weeks that end before they begin."""
    if plan.get("seasons") is not None and plan.get("starts") is None:
        template = "seasons need the first day, so that weeks have their months; add `starts`"
        faults.add(("seasons",), template)
    for place, closed in mappings_at(plan, "closed"):
        first, last = closed.get("from_week"), closed.get("until_week")
        if isinstance(first, int) and isinstance(last, int) and last < first:
            template = "it ends in week {until} but begins in week {first}; mend one of the two"
            faults.add((*place, "until_week"), template, until=last, first=first)


def bill_disagreements(faults: Faults, bill: Mapping[str, Any], place: Place) -> None:
    """Record a bill that ends before it begins, or a single bill with an end."""
    until, first = bill.get("until_week"), bill.get("from_week", 1)
    if until is not None and bill.get("every_weeks") is None:
        template = "this bill comes once; add `every_weeks`, or take `until_week` out"
        faults.add((*place, "until_week"), template)
    elif isinstance(until, int) and isinstance(first, int) and until < first:
        template = "the bill ends in week {until} but begins in week {first}; mend one of the two"
        faults.add((*place, "until_week"), template, until=until, first=first)


def measures_are_known(
    faults: Faults, plan: Mapping[str, Any], values: object, place: Place
) -> None:
    """Record each key that is neither a key of the format nor one of the plan's measures."""
    measures = mapping(plan.get("measures"))
    for name in mapping(values):
        if name in FORMAT_KEYS or name in measures:
            continue
        near = meant(name, shape_of(Gives), measures)
        found = shown(name)
        if near:
            template = "unknown key or measure '{found}'; did you mean '{known}'?"
            faults.add((*place, name), template, found=found, known=near)
        else:
            template = "'{found}' is no measure of the plan; add it under `measures`"
            faults.add((*place, name), template, found=found)


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
    named_are_known(faults, chain.data, option, place)
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
    before_option = Faults(faults.data, faults.lines)
    chain_faults(before_option, before)
    goal_is_kept(before_option, before)
    new = Faults(faults.data, faults.lines)
    if after.goal is not None and after.goal != before.goal and after.goal[1] != BREAKEVEN:
        known_milestone(new, after, *after.goal)
    chain_faults(new, after)
    goal_is_kept(new, after)
    faults.add_new(new, before_option)


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


def without_effect(notes: Faults, data: Mapping[str, Any]) -> None:
    """Note every key of a milestone that has no effect, and amounts that come too late."""
    chain = chain_of(data)
    for link in chain.links:
        for place, template in _of_milestone(link):
            notes.add(place, template)
    late_amounts(notes, chain)
    for fork_place, fork in mappings_at(chain.data, "forks"):
        for n, option in mappings(fork.get("options")):
            after = after_option(chain, option, (*fork_place, "options", n))
            for link in after.links:
                for place, template in _of_milestone(link):
                    if place in link.edits.values():
                        notes.add(place, template)


def _of_milestone(link: Link) -> list[tuple[Place, str]]:
    keys, found = link.keys, []
    if keys.get("tests") is not None:
        if keys.get("teams", 1) != 1:
            template = "a test is made once, by one team: `teams` changes nothing here; take it out"
            found.append((link.at("teams"), template))
        if keys.get("attempts") is not None:
            template = (
                "a test is made once, its redesign follows: `attempts` changes nothing here; take"
                " it out"
            )
            found.append((link.at("attempts"), template))
    if keys.get("hours") is not None and "weeks" in keys:
        template = "`hours` tell how long it lasts: `weeks` changes nothing here; take one out"
        found.append((link.at("weeks"), template))
    return found
