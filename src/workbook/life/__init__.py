"""Narrate one run, week by week: a simple engine that the fast ones must agree with.

It follows the order of `law/week.py` with one method per rule, asks `chance` for every random
event, and records events as they happen. A learner reads it as a diary; the tests explore every
branch of chance with it; the simulation must produce the same run from the same random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook.life.diary import Event, Happening, Life
from workbook.life.state import Chance, Luck
from workbook.life.weeks import Weeks
from workbook.luck import Shape
from workbook.plan import Plan

__all__ = ["Chance", "Event", "Happening", "Life", "Luck", "live"]


def live(
    plan: Plan,
    chance: Chance,
    choices: Mapping[str, str] | None = None,
    shape: Shape = "triangular",
) -> Life:
    """Run a plan once.

    Parameters
    ----------
    chance
        The source of all randomness: `Luck(seed, n)` gives the n-th run of a simulation.
    choices
        Option by fork, by ids; a fork left out continues as written.
    shape
        The distribution of ranges (low, likely, high).

    Raises
    ------
    InputError
        For an unknown fork or option.
    """
    return Weeks(plan, chance, choices or {}, shape).to_the_end()
