"""Play a plan: exactly where that can be done, by many simulated lives elsewhere.

The exact answer has no noise, so it is the first choice; ranges, teams side by side and forks by
the calendar are simulated. `Outcomes.how` tells which it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from workbook import exact, simulate
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.spread import Shape
from workbook.standing import standing, today

How = Literal["auto", "exact", "simulated"]
Told = Callable[[float], None]
"""Hears on the way what share (0..1) of a long work is done."""
RUNS = 10_000


def unheard(share: float) -> None:
    """Nobody asks how far it is."""


def play(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
    how: How = "auto",
    shape: Shape = "triangular",
) -> Outcomes:
    """What comes of the plan with the option chosen at each fork; with a log, from there on.

    Parameters
    ----------
    choices
        Option by fork, by ids; at a fork left out the plan goes on as written.
    runs, seed, shape
        For a simulation only: how many lives, their luck, how a range is drawn.
    how
        "auto" plays exactly where that applies; "exact" insists on it.

    Raises
    ------
    InputError
        An unknown fork or option, or a number of runs that cannot be had.
    NotExactError
        Only where "exact" is insisted on: why this plan cannot be played so.
    """
    here = today(plan, choices)
    standpoint = here.plan if here else plan
    if how == "simulated":
        played = simulate.play(standpoint, choices, runs, seed, shape)
    else:
        try:
            played = exact.play(standpoint, choices)
        except exact.NotExactError:
            if how == "exact":
                raise
            played = simulate.play(standpoint, choices, runs, seed, shape)
    return standing(plan, played, here) if here else played
