"""One life, told week by week: the slow, plain telling that the fast engines must agree with.

It keeps the order of `law/week.py` one rule a method, asks `chance` for every throw of the dice,
and writes down what happens as it happens. A learner reads it as a diary; the tests walk every
branch of chance through it; the simulation must give the same life for the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook.life.chance import Chance, Luck
from workbook.life.diary import Event, Happening, Life
from workbook.life.weeks import Weeks
from workbook.plan import Plan
from workbook.spread import Shape

__all__ = ["Chance", "Event", "Happening", "Life", "Luck", "live"]


def live(
    plan: Plan,
    chance: Chance,
    choices: Mapping[str, str] | None = None,
    shape: Shape = "triangular",
) -> Life:
    """Live a plan once.

    Parameters
    ----------
    chance
        Where every throw of the dice comes from: `Luck(seed, n)` is the n-th life of a simulation.
    choices
        Option by fork, by ids; at a fork left out the plan goes on as written.
    shape
        How a range (low, likely, high) is drawn.

    Raises
    ------
    InputError
        An unknown fork or option.
    """
    return Weeks(plan, chance, choices or {}, shape).to_the_end()
