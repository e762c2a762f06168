"""Checks references: every id that a plan uses must exist, and needs must not form a cycle.

All checks run on plain data, so that a file with a wrong chance is still checked for a missing
milestone. A `Chain` is the data after an option: each key has the place where it was written, in
the milestone or in the option's edit of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from workbook.chain import cycle_in
from workbook.consistency.faults import WIDE_COMMA, Faults, Place, nearest
from workbook.errors import shown
from workbook.plan import BREAKEVEN

Named = tuple[Place, str]
EVEN_WORDS = frozenset({"回本", "保本", "打平", "收支平衡", "盈亏平衡"})
"""What a Chinese founder writes for a goal of breaking even."""


@dataclass(frozen=True)
class Link:
    """A milestone as plain data, with the place where each of its keys was written."""

    id: str | None
    keys: Mapping[str, Any]
    place: Place
    edits: Mapping[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Return the place where this key was written."""
        return self.edits.get(key, (*self.place, key))

    def names(self, key: str) -> list[Named]:
        """Return the ids listed under a key, each with its place."""
        return names_in(self.keys.get(key), self.at(key))


@dataclass(frozen=True)
class Chain:
    """The references of a plan's ids to each other, however wrong the rest of it is."""

    data: Mapping[str, Any]
    links: tuple[Link, ...]
    goal: Named | None
    skips: tuple[Named, ...]

    @cached_property
    def ids(self) -> dict[str, Link]:
        """The milestone of each id; for a duplicate id, the first."""
        found: dict[str, Link] = {}
        for link in self.links:
            if link.id is not None:
                found.setdefault(link.id, link)
        return found

    @cached_property
    def needs(self) -> dict[str, list[str]]:
        """Known needs of each milestone, except itself."""
        ids = self.ids
        return {
            id: [
                need
                for key in ("needs", "needs_any")
                for _, need in link.names(key)
                if need in ids and need != id
            ]
            for id, link in ids.items()
        }


def chain_of(data: object) -> Chain:
    """Return the chain of a plan's plain data, as far as it can be read."""
    plan = mapping(data)
    links = tuple(
        Link(_id(keys), keys, ("milestones", n)) for n, keys in mappings(plan.get("milestones"))
    )
    goal = plan.get("goal")
    return Chain(
        data=plan,
        links=links,
        goal=(("goal",), goal) if isinstance(goal, str) else None,
        skips=tuple(names_in(plan.get("skips"), ("skips",))),
    )


def reference_faults(faults: Faults, chain: Chain) -> None:
    """Record duplicate ids, unknown names, and a cycle."""
    unique_ids(faults, chain.data)
    chosen_options(faults, chain.data)
    _goal(faults, chain)
    chain_faults(faults, chain)
    for place, id in _mentions(chain.data):
        known_milestone(faults, chain, place, id)


def chain_faults(faults: Faults, chain: Chain) -> None:
    """Record what is wrong between the milestones: needs, reliance, skips, cycles."""
    for place, id in chain.skips:
        known_milestone(faults, chain, place, id)
    for link in chain.links:
        for key in ("needs", "needs_any", "relies_on"):
            for place, id in link.names(key):
                _link(faults, chain, link, place, id)
    _cycle(faults, chain)


def known_milestone(faults: Faults, chain: Chain, place: Place, id: str) -> bool:
    """Record a fault if no milestone has this id; return whether one has.

    Of a list that is written as one id each part is looked up; its commas are another fault.
    """
    if id in chain.ids:
        return True
    if WIDE_COMMA.search(id):
        for part in filter(None, map(str.strip, WIDE_COMMA.split(id))):
            known_milestone(faults, chain, place, part)
        return False
    faults.add_unknown(
        place,
        id,
        chain.ids,
        "no milestone '{found}'; name one of the plan's milestones",
        "no milestone '{found}'; did you mean '{known}'?",
    )
    return False


def _link(faults: Faults, chain: Chain, link: Link, place: Place, id: str) -> None:
    if id == link.id:
        faults.add(place, "a milestone cannot wait for itself; take '{id}' out", id=id)
        return
    known = known_milestone(faults, chain, place, id)
    if "needs_any" in place and id in [need for _, need in link.names("needs")]:
        template = "'{id}' is needed in any case; take it out of needs, or out of needs_any"
        faults.add(place, template, id=id)
    if known and "relies_on" in place and not chain.ids[id].keys.get("tests"):
        template = "'{id}' tests nothing that could be relied on; give it `tests`, or use needs"
        faults.add(place, template, id=id)


def _cycle(faults: Faults, chain: Chain) -> None:
    cycle = cycle_in(chain.needs)
    if cycle:
        first = min(cycle[:-1], key=list(chain.ids).index)
        turn = cycle.index(first)
        whole = [*cycle[turn:-1], *cycle[:turn], first]
        template = "these milestones wait for each other: {cycle}; take one need out"
        faults.add(chain.ids[first].at("needs"), template, cycle=" → ".join(whole))


def _goal(faults: Faults, chain: Chain) -> None:
    if chain.goal is None:
        return
    place, goal = chain.goal
    if goal == BREAKEVEN:
        return
    if not chain.data.get("milestones"):
        faults.add(place, "the plan has no milestones; add the goal '{id}' as one", id=goal)
    elif goal in chain.ids:
        goal_is_kept(faults, chain)
    elif goal in EVEN_WORDS or nearest(goal, [BREAKEVEN, *chain.ids]) == BREAKEVEN:
        template = "no milestone '{found}'; did you mean '{known}'?"
        faults.add(place, template, found=shown(goal), known=BREAKEVEN)
    elif chain.links:
        faults.add_unknown(
            place,
            goal,
            chain.ids,
            "no milestone '{found}'; name one of the plan's milestones, or write `breakeven`",
            "no milestone '{found}'; did you mean '{known}'?",
        )


def goal_is_kept(faults: Faults, chain: Chain) -> None:
    """Record a skip of the goal itself."""
    for place, id in chain.skips:
        if chain.goal is not None and id == chain.goal[1]:
            faults.add(place, "'{id}' is the goal and cannot be skipped", id=id)


def unique_ids(faults: Faults, data: Mapping[str, Any]) -> None:
    """Record each duplicate id: of milestones, of forks, of a fork's options."""
    _unique(faults, data.get("milestones"), ("milestones",))
    _unique(faults, data.get("forks"), ("forks",))
    for key in ("bills", "roles", "founders"):
        _unique(faults, data.get(key), (key,))
    _unique(faults, data.get("conditions"), ("conditions",))
    for place, fork in mappings_at(data, "forks"):
        _unique(faults, fork.get("options"), (*place, "options"))
    for n, keys in mappings(data.get("milestones")):
        if _id(keys) == BREAKEVEN:
            template = "'breakeven' is a goal of its own; give the milestone another id"
            faults.add(("milestones", n, "id"), template)


def chosen_options(faults: Faults, data: Mapping[str, Any]) -> None:
    """Record each fork whose chosen option does not exist."""
    for place, fork in mappings_at(data, "forks"):
        found = fork.get("chosen")
        known = [id for _, option in mappings(fork.get("options")) if (id := _id(option))]
        if isinstance(found, str) and found not in known:
            near = get_close_matches(found, known, n=1)
            template = "no option '{found}'; the fork has: {allowed}"
            if near:
                template = "no option '{found}'; did you mean '{near}'?"
            values = {"found": found[:60], "near": "".join(near), "allowed": ", ".join(known)}
            faults.add((*place, "chosen"), template, **values)


def _unique(faults: Faults, items: object, place: Place) -> None:
    first: dict[str, Place] = {}
    for n, keys in mappings(items):
        id, here = _id(keys), (*place, n, "id")
        if id is None:
            continue
        if id not in first:
            first[id] = here
        elif line := faults.line(first[id]):
            template = "the id '{id}' is taken since line {line}; choose another"
            faults.add(here, template, id=id, line=line)
        else:
            faults.add(here, "the id '{id}' is used twice; choose another", id=id)


def _mentions(data: Mapping[str, Any]) -> Iterator[Named]:
    """Yield ids of milestones in the log, in conditions, closed weeks and forks."""
    for place, entry in mappings_at(data, "log"):
        yield from names_in([entry.get("milestone")], (*place, "milestone"), one=True)
    for key in ("conditions", "closed"):
        for place, part in mappings_at(data, key):
            yield from names_in(part.get("milestones"), (*place, "milestones"))
    for place, fork in mappings_at(data, "forks"):
        for key in ("milestone", "used_up"):
            found = mapping(fork.get("at")).get(key)
            yield from names_in([found], (*place, "at", key), one=True)


def mapping(value: object) -> Mapping[str, Any]:
    """Return the value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def mappings(value: object) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the mappings in a list with their positions; empty if it is not a list."""
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [(n, item) for n, item in enumerate(items) if isinstance(item, Mapping)]


def mappings_at(data: Mapping[str, Any], key: str) -> list[tuple[Place, Mapping[str, Any]]]:
    """Return the mappings in the list under a key, each with its place."""
    return [((key, n), item) for n, item in mappings(data.get(key))]


def names_in(value: object, place: Place, *, one: bool = False) -> list[Named]:
    """Return the texts in a list, each with its place (the list's own place for a single text)."""
    items = value if isinstance(value, (list, tuple)) else ()
    return [
        (place if one else (*place, n), item)
        for n, item in enumerate(items)
        if isinstance(item, str)
    ]


def _id(keys: Mapping[str, Any]) -> str | None:
    id = keys.get("id")
    return id if isinstance(id, str) else None
