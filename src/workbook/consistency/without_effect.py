"""Keys without an effect. They are notes, not faults: the plan can be played."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.options import after_option
from workbook.consistency.references import Link, chain_of, mappings, mappings_at


def without_effect(notes: Faults, data: Mapping[str, Any]) -> None:
    """Note every key of a milestone that another of its keys leaves without an effect."""
    chain = chain_of(data)
    for link in chain.links:
        for place, template in _of_milestone(link):
            notes.add(place, template)
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
