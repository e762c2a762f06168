"""What a plan follows besides its cash: the hours that it takes, and measures of its own.

An exact play lets measures go, for nothing is computed from them; then a simulation is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.charts.measure import Followed, hours, measure
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

MOST_MEASURES = 12
HOURS = "hours"


def followed_names(plan: Plan) -> tuple[str, ...]:
    """Names of the pictures, the hours first; of very many measures the first dozen."""
    count = min(len(plan.measures), MOST_MEASURES)
    counted = (HOURS,) if plan.hours_per_week is not None else ()
    return (*counted, *(f"measure-{n + 1}" for n in range(count)))


def followed(
    outcomes: Outcomes, words: Words, runs: int, seed: int
) -> Iterator[tuple[str, Followed]]:
    """Each picture's name with what it draws."""
    plan = outcomes.plan
    names = list(followed_names(plan))
    if HOURS in names:
        yield names.pop(0), hours(outcomes, words)
    if not names:
        return
    played = outcomes
    if not outcomes.weekly.measures:
        played = play(plan, outcomes.choices, runs=runs, seed=seed, how="simulated")
    for name, id in zip(names, plan.measures, strict=False):
        yield name, measure(played, id, words)
