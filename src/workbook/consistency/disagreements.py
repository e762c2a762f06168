"""Figures that exclude or require each other, in a milestone or between it and the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.keys import meant
from workbook.consistency.references import Chain, Link, mapping, mappings_at
from workbook.consistency.shape import shape_of
from workbook.errors import shown
from workbook.plan import Gives

FORMAT_KEYS = tuple(Gives.model_fields)


def disagreements(faults: Faults, chain: Chain) -> None:
    """Write down what contradicts itself within the plan as written."""
    for link in chain.links:
        milestone_disagreements(faults, chain, link)
    for name in mapping(chain.data.get("measures")):
        if name in FORMAT_KEYS:
            template = "'{name}' is a key of the format already; give the measure another name"
            faults.add(("measures", name), template, name=name)
    for place, entry in mappings_at(chain.data, "log"):
        if entry.get("result") is not None and entry.get("milestone") is None:
            faults.add((*place, "result"), "a result of what? add the `milestone`")


def milestone_disagreements(faults: Faults, chain: Chain, link: Link) -> None:
    """Write down what contradicts itself in one milestone."""
    keys, plan = link.keys, chain.data
    if keys.get("pass_rate") is not None and keys.get("tests") is not None:
        template = "a milestone has either `pass_rate` or `tests`; take one of them out"
        faults.add(link.at("pass_rate"), template)
    if keys.get("hours") is not None and plan.get("hours_per_week") is None:
        template = "`hours` need the plan's `hours_per_week`; add it, or write `weeks` instead"
        faults.add(link.at("hours"), template)
    measures_are_known(faults, plan, keys.get("gives"), link.at("gives"))
    redesign = mapping(mapping(keys.get("tests")).get("redesign"))
    place = (*link.at("tests"), "redesign", "gives")
    measures_are_known(faults, plan, redesign.get("gives"), place)


def measures_are_known(
    faults: Faults, plan: Mapping[str, Any], values: object, place: Place
) -> None:
    """Write down each key that is neither one of the format nor one of the plan's measures."""
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
