"""Play a plan many times at once and keep every ending.

All lives pass the same week together, in the order of `week.py`, as arrays: `forks` (rule 0),
`starts` (1 to 3), `ends` (4), with the `crowd` of lives in the middle, the plan's `variants` as
tables, the `economies` met so far by number, and the `tally` of it all. Chance comes only from
the seed (`luck.py`); nothing here prints, plots or reads. Life i here is `life.live` with
`life.Luck(seed, i)`, to the cent and the week.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbook.edit import chosen
from workbook.errors import InputError, fault
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.simulate.book import LIVING
from workbook.simulate.crowd import Crowd
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.ends import close, end_work, judge, let_in_cheques
from workbook.simulate.forks import Forks
from workbook.simulate.starts import pay_bills, see_ruin, start_work
from workbook.simulate.tally import Tally, outcomes
from workbook.simulate.variants import Variants
from workbook.spread import Shape
from workbook.week import Economy

__all__ = ["MOST_CELLS", "MOST_RUNS", "play"]

MOST_RUNS = 1_000_000
MOST_CELLS = 15_000_000
"""Lives times milestones; more would not fit into 1 GB."""


def play(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    runs: int = 10_000,
    seed: int = 1,
    shape: Shape = "triangular",
) -> Outcomes:
    """Play a plan `runs` times; the first lives of a longer simulation are those of a shorter one.

    Parameters
    ----------
    choices
        The option taken at each fork, by ids; at forks left out the plan goes on as written.
    shape
        How a low / likely / high estimate is drawn; once a life (see `spread.py`).

    Raises
    ------
    InputError
        For an unknown fork or option, or more runs than the limits above allow.
    """
    _check(plan, runs)
    options = chosen(plan, choices or {})
    draws = Draws(seed, runs, shape)
    economies = Economies(Economy.of(plan))
    crowd = Crowd(draws, economies, Variants(plan, options, draws, economies), plan.cash)
    forks = Forks(crowd, plan.forks, options)
    tally = Tally(economies)
    judge(crowd, np.arange(runs))
    tally.note(*crowd.standing())
    while len(crowd.living()):
        crowd.week += 1
        pass_week(crowd, forks)
        tally.note(*crowd.standing())
        close(crowd)
    return outcomes(crowd, tally, plan, choices or {})


def pass_week(crowd: Crowd, forks: Forks) -> None:
    """One week of all lives, in the order of `week.py`."""
    moved = forks.open()
    start_work(crowd)
    forks.burn_of_waiting()
    pay_bills(crowd)
    see_ruin(crowd)
    moved += end_work(crowd)
    forks.end_waits()
    let_in_cheques(crowd)
    if moved:
        lives = np.concatenate(moved)
        judge(crowd, lives[crowd.fate[lives] == LIVING])


def _check(plan: Plan, runs: int) -> None:
    columns = len(plan.milestones) + sum(len(o.milestones) for f in plan.forks for o in f.options)
    most = min(MOST_RUNS, MOST_CELLS // max(1, columns))
    if not 1 <= runs <= most:
        template = "{found} runs of {milestones} milestones; choose from 1 to {most}"
        found = fault("runs", template, found=runs, milestones=columns, most=most)
        raise InputError(plan.id, [found])
