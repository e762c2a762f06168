"""The weeks of a simulation: all paths pass the same week together."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.edit import ever
from workbook.law import follows_capital, has_levels, has_terms, moves_by_itself
from workbook.plan import Option, Plan
from workbook.simulate.accounts import Kinds
from workbook.simulate.ends import (
    close,
    close_late,
    end_work,
    judge,
    let_in_cheques,
    wake,
)
from workbook.simulate.forks import Forks
from workbook.simulate.levels import see_levels
from workbook.simulate.run_states import RunStates
from workbook.simulate.starts import pay_bills, see_ruin, start_work
from workbook.simulate.tables import NONE
from workbook.simulate.tally import Tally


def keep_step(states: RunStates, forks: Forks, tally: Tally | None = None) -> None:
    """Pass the weeks, all runs together, until the last one has ended."""
    close_late(states)
    judge(states)
    if tally is not None:
        tally.note(*states.standing())
    while len(states.living()):
        states.week += 1
        pass_week(states, forks)
        if tally is not None:
            tally.note(*states.standing())
        close(states)


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
    return Kinds(**kinds, ranges=bool(plan.ranges or plan.weekly_ranges), capital=capital)


def by_the_week(states: RunStates) -> None:
    """Apply levels, deadlines and morale."""
    if states.variants.has_levels:
        see_levels(states)
        let_in_cheques(states)
    if states.variants.has_deadlines:
        close_late(states)
    states.see_morale()
