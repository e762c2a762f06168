"""What can never happen in a plan: it would be played, and quietly count as a failure.

Weeks after the last one, closed weeks that are all of them, levels above the limit of the market, a
fork at a milestone that is never used up. What an option can change is given the benefit of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.references import Chain, Link, mapping, mappings, mappings_at
from workbook.errors import N_, quoted, shown
from workbook.plan import SHARES, Plan

HORIZON = Plan.model_fields["horizon_weeks"].default
AFTER_ALL = N_(
    "week {first} is after the last week that is played, {last}; write an earlier one, or a larger"
    " `horizon_weeks`"
)
NEVER_BELOW_ZERO = (
    *("customers", "monthly_recurring_revenue", "weekly_revenue", "debt"),
    "founder_share",
)
"""Figures of a level that cannot fall below 0."""


def impossible(faults: Faults, chain: Chain) -> None:
    """Record what can never happen in the plan as written."""
    last = last_week_of(chain.data)
    for link in chain.links:
        _weeks(faults, link, last)
        _level(faults, chain.data, link, last)
    if last is not None:
        _all_closed(faults, chain.data, last)
    for place, fork in mappings_at(chain.data, "forks"):
        _never_used_up(faults, chain, mapping(fork.get("at")).get("used_up"), place)
    seasons = chain.data.get("seasons")
    if isinstance(seasons, (list, tuple)) and seasons and not any(seasons):
        template = "nobody is reached in any month; write 1 for a month like the others"
        faults.add(("seasons",), template)
    for place, gives in _changes(chain.data):
        _more_than_a_share(faults, gives, place)


def last_week_of(plan: Mapping[str, Any]) -> int | None:
    """Return the last week that is played, the latest of any option; None if it is not known."""
    written = [plan.get("horizon_weeks", HORIZON)]
    written += [o["horizon_weeks"] for _, o in _options(plan) if "horizon_weeks" in o]
    weeks = [one for one in written if isinstance(one, int) and not isinstance(one, bool)]
    return max(weeks) if len(weeks) == len(written) else None


def _weeks(faults: Faults, link: Link, last: int | None) -> None:
    """Record a milestone that begins after the last week, or too late for its deadline."""
    first, by = link.keys.get("from_week"), link.keys.get("by_week")
    if isinstance(first, int) and last is not None and first > last:
        faults.add(link.at("from_week"), AFTER_ALL, first=first, last=last)
    if not isinstance(by, int) or link.keys.get("hours") is not None:
        return
    weeks = link.keys.get("weeks", 1)
    least = weeks[0] if isinstance(weeks, (list, tuple)) and weeks else weeks
    begins = first if isinstance(first, int) else 1
    attempted = isinstance(least, (int, float)) and link.keys.get("level") is None
    if attempted and begins <= by < begins + least - 1:
        template = (
            "an attempt from week {first} on takes {least} weeks or more, so nothing is reached by"
            " week {by}; write a later one"
        )
        faults.add(link.at("by_week"), template, first=begins, least=shown(least), by=by)


def _level(faults: Faults, plan: Mapping[str, Any], link: Link, last: int | None) -> None:
    """Record a level that no life can hold."""
    level, place = mapping(link.keys.get("level")), link.at("level")
    held, least, of = level.get("for_weeks"), level.get("at_least"), level.get("of")
    if isinstance(held, int) and last is not None and held > last:
        template = "the plan has {last} weeks; a level cannot hold {held} of them"
        faults.add((*place, "for_weeks"), template, last=last, held=held)
    for name in ("at_least", "at_most"):
        found = level.get(name)
        if of in NEVER_BELOW_ZERO and isinstance(found, (int, float)) and found < 0:
            template = "{found} is too little; write {limit} or more"
            faults.add((*place, name), template, found=shown(found), limit="0")
    most = _most_customers(plan) if of == "customers" else None
    if most is not None and isinstance(least, (int, float)) and least > most:
        template = (
            "there are never more than {most} customers (`most_customers`), so never {least};"
            " write fewer, or raise the limit"
        )
        faults.add((*place, "at_least"), template, most=shown(most), least=shown(least))


def _most_customers(plan: Mapping[str, Any]) -> float | None:
    """Return the highest limit of customers that the plan ever has; None if there may be none."""
    start = mapping(plan.get("sales")).get("most_customers")
    written = [gives.get("most_customers") for _, gives in _changes(plan)]
    later = [one for one in written if one is not None]
    numbers = [one for one in (start, *later) if isinstance(one, (int, float))]
    return max(numbers) if start is not None and len(numbers) == 1 + len(later) else None


def _all_closed(faults: Faults, plan: Mapping[str, Any], last: int) -> None:
    """Record closed weeks of every milestone that leave no week to work in."""
    closed: set[int] = set()
    for _, part in mappings_at(plan, "closed"):
        first, end = part.get("from_week"), part.get("until_week")
        if isinstance(first, int) and isinstance(end, int) and not part.get("milestones"):
            closed.update(range(first, min(end, last) + 1))
    if closed and closed.issuperset(range(1, last + 1)):
        template = "all {last} weeks are closed, so nothing is ever attempted; leave some open"
        faults.add(("closed",), template, last=last)


def _never_used_up(faults: Faults, chain: Chain, id: object, place: Place) -> None:
    """Record a fork that waits for the end of a milestone that may be tried for ever."""
    link = chain.ids.get(id) if isinstance(id, str) else None
    if link is None or any(id in mapping(o.get("milestones")) for _, o in _options(chain.data)):
        return
    if link.keys.get("attempts") is None and link.keys.get("by_week") is None:
        template = "'{id}' is never used up; give it `attempts`, or a deadline by `by_week`"
        faults.add((*place, "at", "used_up"), template, id=id)


def _more_than_a_share(faults: Faults, changes: Mapping[str, Any], place: Place) -> None:
    """Record what adds more to a share than there can be of it."""
    for name in SHARES & changes.keys():
        change = changes[name]
        number = isinstance(change, str) and change[:1] in "+-" and _number(change)
        if isinstance(number, float) and abs(number) > 1:
            template = "{found} is more than the whole; write {known} for {n} points"
            points = f"{abs(number):g}"
            known = f"{change[0]}{abs(number) / 100:g}"
            faults.add((*place, name), template, found=quoted(change), known=known, n=points)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _options(plan: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    for place, fork in mappings_at(plan, "forks"):
        for n, option in mappings(fork.get("options")):
            yield (*place, "options", n), option


def _changes(plan: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield what changes figures of the sales: gifts of milestones and options."""
    for place, keys in mappings_at(plan, "milestones"):
        yield (*place, "gives"), mapping(keys.get("gives"))
        redesign = mapping(mapping(keys.get("tests")).get("redesign"))
        yield (*place, "tests", "redesign", "gives"), mapping(redesign.get("gives"))
    for place, option in _options(plan):
        yield (*place, "sales"), mapping(option.get("sales"))
        for id, edit in mapping(option.get("milestones")).items():
            gives = mapping(mapping(edit).get("gives"))
            yield (*place, "milestones", str(id), "gives"), gives
