"""Marks of assumed figures on a picture, and a line on how the result was computed.

◇ marks what depends on a figure that was assumed so that the case can be played.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from workbook.figures import NEVER_SEEN
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import Words

if TYPE_CHECKING:
    from workbook.cases import Basis

ASSUMED = "◇"

Bases: TypeAlias = "Mapping[str, Basis]"
"""The source of each figure by its dotted path in the plan (`Case.basis`)."""


def is_assumed(basis: Bases | None, *paths: str) -> bool:
    """Tell whether any figure at or below these paths of the plan is assumed."""
    for place, found in (basis or {}).items():
        under = any(place == path or place.startswith(f"{path}.") for path in paths)
        if under and found.kind == "assumed":
            return True
    return False


def marked(label: str, basis: Bases | None, *paths: str) -> str:
    """Return the label, followed by ◇ if it depends on an assumed figure."""
    return f"{label} {ASSUMED}" if is_assumed(basis, *paths) else label


def source_label(basis: Bases | None, path: str) -> str:
    """Return the source of a figure in brief: the claims that state it, or ◇."""
    found = (basis or {}).get(path)
    if found is None or found.kind == "yours":
        return ""
    if found.kind == "stated" and found.fact is not None:
        return ", ".join(found.fact.claims)
    return ASSUMED if found.kind == "assumed" else ""


def numbers(plan: Plan) -> dict[str, int]:
    """Return the number of each attempted milestone: its place in the plan, from 1."""
    return {milestone.id: n for n, milestone in enumerate(plan.attempted, 1)}


def assumed_line(basis: Bases | None, words: Words) -> str:
    """Explain ◇ and count the assumed figures; empty without assumed figures."""
    kinds = [found.kind for found in (basis or {}).values()]
    assumed = kinds.count("assumed")
    if not assumed:
        return ""
    template = "◇ rests on assumed figures ({assumed} of {all} figures of this plan are assumed)"
    return words(template, assumed=assumed, all=len(kinds))


def how_found(outcomes: Outcomes, words: Words) -> str:
    """Return the method that gave the figures, and its error."""
    if outcomes.how == "exact":
        return words("computed exactly")
    if not set(outcomes.fates.values()) - {0.0, 1.0}:
        lives = words("simulated: {n} lives", n=outcomes.runs)
        return words("{first}; {second}", first=lives, second=never_seen(outcomes, words))
    error = max(outcomes.fates_error.values(), default=0.0)
    shown = words.number(200 * error, error=0.1)
    return words("simulated: {n} lives, ±{error} points", n=outcomes.runs, error=shown)


def never_seen(outcomes: Outcomes, words: Words) -> str:
    """Return the fates that no simulated life met, with an upper bound; empty without any."""
    fates = words.list(words.fate(fate) for fate in outcomes.never_seen)
    if not fates:
        return ""
    template = "never seen: {fates}, each in fewer than {k} of {n} lives"
    if len(outcomes.never_seen) == 1:
        template = "never seen: {fates}, in fewer than {k} of {n} lives"
    return words(template, fates=fates, k=NEVER_SEEN, n=outcomes.runs)
