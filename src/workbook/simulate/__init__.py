"""Simulate many runs of a plan at once and keep every result.

There are two methods with the same results, to the cent and the week. In the general one all runs
pass the same week together, in the order of `law/week.py`: `forks` (rule 0), `starts` (1 to 3),
`ends` (4). Runs with the same history so far are one path, played once (`paths`, `run_states`). The
fast one is for one team without options, hypotheses or ranges: it goes from milestone to milestone
(`one_team`, `passing`), each run in its own week, and records events in a calendar. Both write one
`book` and share the plan's `variants` as `tables`, the numbered `economies`, the `draws` and the
`tally`. Randomness comes only from the seed (`luck.py`); nothing here prints, plots or reads. Run i
here is `life.live` with `life.Luck(seed, i)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook.edit import chosen, ever
from workbook.errors import InputError, fault
from workbook.law import (
    Economy,
    followed,
    follows_capital,
    has_its_weeks,
    has_levels,
    has_terms,
    moves_by_itself,
)
from workbook.luck import Shape
from workbook.outcomes import Outcomes
from workbook.plan import Option, Plan
from workbook.simulate.book import Book, promised
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.ends import (
    close,
    close_late,
    end_work,
    judge,
    let_in_cheques,
    see_levels,
    wake,
)
from workbook.simulate.forks import Forks, begin_midway
from workbook.simulate.one_team import OneTeam
from workbook.simulate.run_states import Kinds, RunStates
from workbook.simulate.starts import pay_bills, see_ruin, start_work
from workbook.simulate.tables import NONE
from workbook.simulate.tally import Tally, outcomes
from workbook.simulate.variants import Variants

__all__ = ["MOST_CELLS", "MOST_RUNS", "play"]

MOST_RUNS = 1_000_000
MOST_CELLS = 15_000_000
"""Runs times milestones; more would not fit into 1 GB."""
MOST_NOTED = 16_000_000
"""Runs times weeks, and changes by milestones, that fit into the fast method's calendar."""


def play(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    runs: int = 10_000,
    seed: int = 1,
    shape: Shape = "triangular",
) -> Outcomes:
    """Simulate a plan `runs` times; a longer simulation begins with the runs of a shorter one.

    Parameters
    ----------
    choices
        The option taken at each fork, by ids; forks left out continue as written.
    shape
        The distribution of a low / likely / high estimate, drawn per attempt (see `luck.py`).

    Raises
    ------
    InputError
        For an unknown fork or option, or more runs than the limits above allow.
    """
    _check(plan, runs)
    options = chosen(plan, choices or {})
    draws = Draws(seed, runs, shape)
    economies = Economies(Economy.of(plan), followed(plan))
    variants = Variants(plan, options, draws, economies)
    tally = Tally(economies, tuple(plan.measures))
    book: Book
    if one_at_a_time(plan, options, variants, runs):
        book = team = OneTeam(draws, economies, variants)
        promised(team)
        team.to_the_end()
        team.calendar.tell(team, tally)
    else:
        book = states = RunStates(draws, economies, variants, kinds_of(plan, options))
        promised(states)
        forks = Forks(states, plan.forks, options)
        begin_midway(states, forks, plan.begun)
        keep_step(states, forks, tally)
    return outcomes(book, tally, plan, choices or {})


def one_at_a_time(plan: Plan, options: Mapping[str, Option], variants: Variants, runs: int) -> bool:
    """Whether the fast method applies to this plan: one order of work, and enough memory."""
    one_order = plan.teams == 1 and not options and not plan.bills and not moves_by_itself(plan)
    alone = not (plan.closed or plan.conditions or plan.ranges or variants.has_alternatives)
    alone = alone and not (plan.tax_on_profit or follows_capital(plan, options))
    one_order = one_order and alone and not any(map(has_its_weeks, plan.milestones))
    alike = not (variants.has_hypotheses or variants.has_ranges)  # every attempt like the last
    notes = plan.horizon_weeks + 1 + 4 * len(plan.milestones)
    return one_order and alike and not plan.begun.midway and runs * notes <= MOST_NOTED


def keep_step(states: RunStates, forks: Forks, tally: Tally) -> None:
    """Pass the weeks, all runs together, until the last one has ended."""
    close_late(states)
    judge(states)
    tally.note(*states.standing())
    while len(states.living()):
        states.week += 1
        pass_week(states, forks)
        tally.note(*states.standing())
        close(states)
    states.tell()


def pass_week(states: RunStates, forks: Forks) -> None:
    """Pass one week of all runs, in the order of `law/week.py`."""
    states.see_calendar()
    if states.variants.has_weeks:
        wake(states)
    forks.open()
    start_work(states)
    forks.burn_of_waiting()
    pay_bills(states)
    see_ruin(states)
    end_work(states)
    forks.end_waits()
    let_in_cheques(states)
    by_the_week(states)
    if states.moving is not None and (states.variants.goal == NONE).any():
        states.touched[:] = True  # to break even, no milestone need be reached
    judge(states)


def kinds_of(plan: Plan, options: Mapping[str, Option]) -> Kinds:
    """Return the features that must be tracked for this plan with these options."""
    found = {"moving": moves_by_itself, "terms": has_terms, "levels": has_levels}
    kinds = {name: ever(asked, plan, options.values()) for name, asked in found.items()}
    capital = follows_capital(plan, options)
    return Kinds(**kinds, ranges=bool(plan.ranges), capital=capital)


def by_the_week(states: RunStates) -> None:
    """Apply levels and deadlines."""
    if states.variants.has_levels:
        see_levels(states)
        let_in_cheques(states)
    if states.variants.has_deadlines:
        close_late(states)


def _check(plan: Plan, runs: int) -> None:
    columns = len(plan.milestones) + sum(len(o.milestones) for f in plan.forks for o in f.options)
    most = min(MOST_RUNS, MOST_CELLS // max(1, columns))
    if not 1 <= runs <= most:
        template = "{found} runs of {milestones} milestones; choose from 1 to {most}"
        found = fault("runs", template, found=runs, milestones=columns, most=most)
        raise InputError(plan.id, [found])
