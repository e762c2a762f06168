"""What rounds and loans exclude: shares given for nothing, instalments that never end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.references import mapping, mappings, mappings_at

LONGEST_LOAN = 52 * 50
"""Weeks of the longest loan."""


def capital_disagreements(faults: Faults, plan: Mapping[str, Any]) -> None:
    """Record what is wrong with money that comes with terms, wherever the plan has it."""
    for place, due in mappings_at(plan, "due"):
        _recurring(faults, due, place)
    for place, funding in fundings(plan):
        funding_disagreements(faults, funding, place)


def fundings(plan: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield all money that comes with terms: due, given, given by a redesign, of an option."""
    yield from mappings_at(plan, "due")
    for place, keys in mappings_at(plan, "milestones"):
        yield (*place, "gives", "funding"), mapping(mapping(keys.get("gives")).get("funding"))
        gives = mapping(mapping(mapping(keys.get("tests")).get("redesign")).get("gives"))
        yield (*place, "tests", "redesign", "gives", "funding"), mapping(gives.get("funding"))
    for place, fork in mappings_at(plan, "forks"):
        for number, option in mappings(fork.get("options")):
            yield (*place, "options", number, "funding"), mapping(option.get("funding"))


def funding_disagreements(faults: Faults, funding: Mapping[str, Any], place: Place) -> None:
    """Record shares given for nothing or all of them, and instalments that never end."""
    share, repaid = funding.get("share_given"), mapping(funding.get("repaid"))
    if share and funding.get("amount") == 0:
        template = "a share is given away for nothing; write the amount that it brings"
        faults.add((*place, "share_given"), template)
    if share == 1:
        template = "nothing of the company would be left to you; write what is given away, below 1"
        faults.add((*place, "share_given"), template)
    number, every = repaid.get("instalments"), repaid.get("every_weeks", 4)
    _grace(faults, repaid.get("grace_weeks", 0), every, (*place, "repaid", "grace_weeks"))
    if isinstance(number, int) and isinstance(every, int) and number * every > LONGEST_LOAN:
        template = (
            "{number} instalments every {every} weeks would never end ({years} years);"
            " write fewer, or fewer weeks"
        )
        years = round(number * every / 52)
        faults.add((*place, "repaid"), template, number=number, every=every, years=years)


def _recurring(faults: Faults, due: Mapping[str, Any], place: Place) -> None:
    """Record money that ends before it begins, or is a loan or a round again and again."""
    every, until, week = due.get("every_weeks"), due.get("until_week"), due.get("week")
    if until is not None and every is None:
        template = "this money comes once; add `every_weeks`, or take `until_week` out"
        faults.add((*place, "until_week"), template)
    elif isinstance(until, int) and isinstance(week, int) and until < week:
        template = "it ends in week {until} but begins in week {first}; mend one of the two"
        faults.add((*place, "until_week"), template, until=until, first=week)
    for key in ("share_given", "repaid"):
        if every is not None and due.get(key):
            template = "a round or a loan comes once; take `every_weeks` out, or `{key}`"
            faults.add((*place, "every_weeks"), template, key=key)


def _grace(faults: Faults, weeks: object, every: object, place: Place) -> None:
    """Record weeks of grace that never end, or in which nothing would be paid."""
    if not isinstance(weeks, int) or not isinstance(every, int):
        return
    if weeks > LONGEST_LOAN:
        template = "{n} weeks of grace would never end ({years} years); write fewer"
        faults.add(place, template, n=weeks, years=round(weeks / 52))
    elif 0 < weeks < every:
        template = (
            "there is no payment within {n} weeks of grace: the first comes after {every};"
            " write as many, or take it out"
        )
        faults.add(place, template, n=weeks, every=every)
