"""Play a plan: exactly if possible, otherwise by many simulated runs.

The exact answer has no noise, so it comes first; ranges, parallel teams and forks at a calendar
week are simulated. `Outcomes.how` tells which method was used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from workbook import exact, simulate
from workbook.logged import today, with_past
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.spread import Shape

How = Literal["auto", "exact", "simulated"]
OnProgress = Callable[[float], None]
"""Called with the share (0..1) of a long computation that is done."""
RUNS = 10_000


def no_progress(share: float) -> None:
    """Ignore the progress."""


def play(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
    how: How = "auto",
    shape: Shape = "triangular",
) -> Outcomes:
    """Play a plan with the option chosen at each fork; with a log, from its last entry on.

    Parameters
    ----------
    choices
        Option by fork, by ids; a fork left out continues as written.
    runs, seed, shape
        For simulations only: the number of runs, their seed, the distribution of ranges.
    how
        "auto" plays exactly if possible; "exact" insists on it.

    Raises
    ------
    InputError
        For an unknown fork or option, or an invalid number of runs.
    NotExactError
        Only with "exact": the reason why this plan cannot be played exactly.
    """
    here = today(plan, choices)
    played_plan = here.plan if here else plan
    if how == "simulated":
        played = simulate.play(played_plan, choices, runs, seed, shape)
    else:
        try:
            played = exact.play(played_plan, choices)
        except exact.NotExactError:
            if how == "exact":
                raise
            played = simulate.play(played_plan, choices, runs, seed, shape)
    return with_past(plan, played, here) if here else played
