"""What a plan tracks besides its cash: hours, customers who stay, and measures of its own.

An exact play lets measures go, for nothing is computed from them; then a simulation is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.charts.measure import Followed, customers, hours, measure, recurring
from workbook.law import keeps_customers
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

MOST_MEASURES = 12
HOURS = "hours"
STAYING = {"customers": customers, "recurring": recurring}


def followed_names(plan: Plan) -> tuple[str, ...]:
    """Names of the pictures, hours and customers first; of very many measures the first dozen."""
    count = min(len(plan.measures), MOST_MEASURES)
    counted = (HOURS,) if plan.hours_per_week is not None else ()
    staying = tuple(STAYING) if keeps_customers(plan) else ()
    return (*counted, *staying, *(f"measure-{n + 1}" for n in range(count)))


def followed(
    outcomes: Outcomes, words: Words, runs: int, seed: int
) -> Iterator[tuple[str, Followed]]:
    """Each picture's name with what it draws."""
    plan = outcomes.plan
    names = list(followed_names(plan))
    if HOURS in names:
        yield names.pop(0), hours(outcomes, words)
    while names and names[0] in STAYING:
        yield names[0], STAYING[names.pop(0)](outcomes, words)
    if not names:
        return
    played = outcomes
    if not outcomes.weekly.measures:
        played = play(plan, outcomes.choices, runs=runs, seed=seed, how="simulated")
    for name, id in zip(names, plan.measures, strict=False):
        yield name, measure(played, id, words)
