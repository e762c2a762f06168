"""Shares as so many of a hundred lives."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.outcomes import FATES, Fate, Outcomes

DOTS = 100


def hundred(outcomes: Outcomes) -> dict[Fate, int]:
    """How many of a hundred dots each fate gets; together exactly a hundred.

    The goal gets its chance in whole percent, as every sentence says it; the other fates share the
    rest, so that no page tells 21 dots and 22%.
    """
    goal = round(DOTS * outcomes.fates["goal"])
    others = [fate for fate in FATES if fate != "goal"]
    rest = hundred_of([outcomes.fates[fate] for fate in others], DOTS - goal)
    return {"goal": goal, **dict(zip(others, rest, strict=True))}


def hundred_of(shares: Sequence[float], dots: int = DOTS) -> list[int]:
    """Shares as so many whole dots, in proportion (largest remainder)."""
    whole = sum(max(0.0, share) for share in shares)
    exact = [max(0.0, share) * dots / whole if whole else 0.0 for share in shares]
    given = [int(share + 1e-9) for share in exact]
    by_remainder = sorted(range(len(given)), key=lambda place: given[place] - exact[place])
    for place in by_remainder[: dots - sum(given)]:
        given[place] += 1
    return given
