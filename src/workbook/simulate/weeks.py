"""The weeks of a simulation.

Where every week is like the one before until something happens, each path passes from one of its
events to the next, in weeks of its own; otherwise all pass the same week together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from workbook.edit import ever
from workbook.law import (
    follows_capital,
    has_its_weeks,
    has_levels,
    has_terms,
    moves_by_itself,
)
from workbook.outcomes import Ints
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
from workbook.simulate.in_a_row import Row, fail_in_a_row
from workbook.simulate.levels import see_levels
from workbook.simulate.run_states import Bools, RunStates
from workbook.simulate.starts import pay_bills, pay_debts, see_ruin, start_work
from workbook.simulate.tables import NONE
from workbook.simulate.tally import Tally


def no_progress(share: float) -> None:
    """Ignore the progress."""


def to_the_end(
    states: RunStates,
    forks: Forks,
    tally: Tally | None = None,
    on_progress: Callable[[float], None] = no_progress,
) -> None:
    """Pass the weeks until the last run has ended."""
    close_late(states)
    judge(states)
    _note(states, tally)
    close(states)  # a log may have come to the last week
    while len(states.living()):
        if states.by_event:
            pass_to_next_event(states, forks, tally)
        else:
            states.week += 1
            pass_week(states, forks)
        _note(states, tally)
        close(states)
        states.let_go()
        if on_progress is not no_progress:
            on_progress(states.share_done())
    states.bring_back()


def _note(states: RunStates, tally: Tally | None) -> None:
    """Record the unfinished runs as their week ends."""
    if tally is None:
        return
    if not states.by_event:
        tally.note(*states.balances())
    elif len(lives := states.living()):
        once, level = np.ones(len(lives), dtype=np.int64), np.zeros(len(lives), dtype=np.int64)
        economy, runs = states.economy[lives], states.count[lives]
        tally.note_weeks(states.now[lives], once, states.cash[lives], level, economy, runs)


def pass_to_next_event(states: RunStates, forks: Forks, tally: Tally | None) -> None:
    """Begin a week of every run, and pass its weeks to the end of the one of its next event."""
    lives = states.living()
    states.now[lives] += 1
    forks.open()
    started = start_work(states)
    rows = [fail_in_a_row(states, forks, one) for one in started] if states.goes_ahead else []
    lives = states.living()
    net, now = forks.net(lives), states.now[lives]
    blocked = states.blocked(lives)
    until = next_event(states, lives, net, blocked)
    if forks.forks and len(some := blocked.nonzero()[0]):
        opening = now[some] + forks.weeks_to_open(lives[some], net[some]) - 1
        until[some] = np.minimum(until[some], opening)
    quiet, cash = until - now, states.cash[lives] + net
    if tally is not None:
        _note_quiet(states, tally, rows, quiet, cash, net)
    states.cash[lives] = cash + net * quiet
    states.now[lives] = until
    pay_debts(states)
    end_week(states, forks)


def _note_quiet(
    states: RunStates, tally: Tally, rows: Sequence[Row], quiet: Ints, cash: Ints, net: Ints
) -> None:
    """Record so many weeks of the living runs, from their week on; in `rows` cash goes in steps."""
    lives, left = states.living(), quiet.copy()
    for row in rows:
        at = lives.searchsorted(row.lives)
        row.note(states, tally, quiet[at], cash[at], net[at])
        left[at] = 0
    some = left.nonzero()[0]
    paths = lives[some]
    economy, runs = states.economy[paths], states.count[paths]
    tally.note_weeks(states.now[paths], left[some], cash[some], net[some], economy, runs)


def next_event(states: RunStates, lives: Ints, net: Ints, blocked: Bools) -> Ints:
    """Return the week of the next event of each of these runs, in which work has begun.

    An event is the end of work or of a wait, a payment, ruin, the horizon, that a fork has
    opened, or that a blocked start can be paid in the week after. `blocked` are the runs with a
    free team and work for it.
    """
    now, cash = states.now[lives], states.cash[lives]
    until = states.next_date(lives, *states.ends.T, states.wait_until)
    if states.mortal:
        falling = (net < 0).nonzero()[0]
        ruin = now[falling] + cash[falling] // -net[falling]
        until[falling] = np.minimum(until[falling], ruin)
    saving = (blocked & (net > 0) & (states.lacking[lives] > cash)).nonzero()[0]
    weeks = -(-(states.lacking[lives[saving]] - cash[saving]) // net[saving])
    until[saving] = np.minimum(until[saving], now[saving] + weeks - 1)
    return np.where(states.touched[lives], now, until)


def pass_week(states: RunStates, forks: Forks) -> None:
    """Pass one week of all runs, in the order of `law/week.py`."""
    states.now[states.living()] = states.week
    states.see_calendar()
    if states.variants.has_weeks:
        wake(states)
    forks.open()
    start_work(states)
    forks.burn_of_waiting()
    pay_bills(states)
    end_week(states, forks)


def end_week(states: RunStates, forks: Forks) -> None:
    """See ruin, end work, let money come, and judge."""
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
    capital = ever(lambda one: follows_capital(one, options), plan, options.values())
    ranges = bool(plan.ranges or plan.weekly_ranges)
    alike = not (ranges or capital or any(kinds.values()) or _changes_by_week(plan, options))
    return Kinds(**kinds, ranges=ranges, capital=capital, by_event=alike)


def _changes_by_week(plan: Plan, options: Mapping[str, Option]) -> bool:
    """Whether a week may differ from the one before though nothing has happened in it."""
    by_calendar = plan.bills or plan.roles or plan.closed or plan.tax_on_profit
    if by_calendar or plan.begun.midway:
        return True
    if ever(lambda one: any(map(has_its_weeks, one.milestones)), plan, options.values()):
        return True
    when = [fork.at for fork in plan.forks if fork.id in options]
    return any(at.milestone is None or at.week is not None for at in when)


def by_the_week(states: RunStates) -> None:
    """Apply levels, deadlines and morale."""
    if states.variants.has_levels:
        see_levels(states)
        let_in_cheques(states)
    if states.variants.has_deadlines:
        close_late(states)
    states.see_morale()
