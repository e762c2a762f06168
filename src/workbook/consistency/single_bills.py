"""Amounts of a bill that is paid once, and that may become known only after its week.

Such an amount is never paid: the bill was paid, at its old amount, in its own week (`law/week.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.references import Chain, Link, mapping, mappings, mappings_at
from workbook.errors import N_

NEVER = N_(
    "bill '{bill}' is paid once, in week {week}; this amount holds from week {first} on at the"
    " earliest, so it is never paid: write a later `from_week`, or the amount as a `cost`"
)
PERHAPS = N_(
    "bill '{bill}' is paid once, in week {week}; if this amount is known only after that week, it"
    " is never paid: write a later `from_week`, or the amount as a `cost`"
)
Change = tuple[Place, Mapping[str, Any], int, bool]
"""Where bills are changed, how, from which week on at the earliest, and whether surely then."""


def late_amounts(notes: Faults, chain: Chain) -> None:
    """Note each amount of a single bill that never counts, or that may raise it too late."""
    single = {
        str(bill["id"]): bill
        for _, bill in mappings_at(chain.data, "bills")
        if bill.get("every_weeks") is None
    }
    for place, changes, first, surely in _changes(chain) if single else ():
        for id, amount in changes.items():
            if id not in single:
                continue
            week = single[id].get("from_week", 1)
            more = amount.startswith("+") if isinstance(amount, str) else amount > _old(single[id])
            if first > week:
                notes.add((*place, id), NEVER, bill=id, week=week, first=first)
            elif more and not surely:
                notes.add((*place, id), PERHAPS, bill=id, week=week)


def _old(bill: Mapping[str, Any]) -> float:
    amount = bill["amount"]
    return float(amount[-1] if isinstance(amount, (list, tuple)) else amount)


def _changes(chain: Chain) -> Iterator[Change]:
    """Yield what changes bills: milestones, their redesigns, options."""
    for link in chain.links:
        first, sure = _reached(chain, link) + 1, False
        yield (*link.at("gives"), "bills"), _bills(link.keys.get("gives")), first, sure
        redesign = mapping(mapping(link.keys.get("tests")).get("redesign"))
        place = (*link.at("tests"), "redesign", "gives", "bills")
        yield place, _bills(redesign.get("gives")), 1, False
    for fork_place, fork in mappings_at(chain.data, "forks"):
        at = mapping(fork.get("at"))
        for n, option in mappings(fork.get("options")):
            place = (*fork_place, "options", n)
            week = at.get("week") or 1
            yield (*place, "bills"), _bills(option), week, set(at) == {"week"}
            for id, edit in mapping(option.get("milestones")).items():
                gives = mapping(mapping(edit).get("gives"))
                yield (*place, "milestones", id, "gives", "bills"), _bills(gives), 1, False


def _bills(changed: object) -> Mapping[str, Any]:
    return mapping(mapping(changed).get("bills"))


def _reached(chain: Chain, link: Link) -> int:
    """Return the first week in which a milestone can be reached; 1 if an option may hasten it."""
    if mappings_at(chain.data, "forks") or mappings_at(chain.data, "log"):
        return 1
    before = [_of(chain, id) for _, id in link.names("needs")]
    either = [_of(chain, id) for _, id in link.names("needs_any")]
    begins = max([*before, min(either, default=0), link.keys.get("from_week", 1) - 1])
    return int(begins) + _least_weeks(link)


def _of(chain: Chain, id: str) -> int:
    skipped = id in [skip for _, skip in chain.skips]
    return 0 if skipped else _reached(chain, chain.ids[id])


def _least_weeks(link: Link) -> int:
    """Return the fewest weeks that it takes from when it may begin."""
    if link.keys.get("level") is not None or link.keys.get("hours") is not None:
        return 1
    weeks = link.keys.get("weeks", 1)
    least = weeks[0] if isinstance(weeks, (list, tuple)) else weeks
    return max(1, int(least))
