"""Rules 1 to 3 of a week: free teams start and pay, bills are paid, ruin is checked.

Also the terms of work, for both methods: its price, its length, and whether there are hours for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbook.law import cents_of, last_week
from workbook.law.calendar import QUARTER
from workbook.outcomes import FATES, Floats, Ints
from workbook.simulate.book import LIVING, Book
from workbook.simulate.draws import NO_RANGE
from workbook.simulate.own_figures import ALL
from workbook.simulate.run_states import RunStates
from workbook.simulate.tables import NONE, UNDER_WAY

RUIN = FATES.index("ruin")


class Started(NamedTuple):
    """Work that has been started, by path.

    Its milestones, what is put right first, prices in cents, and lengths in weeks.
    """

    lives: Ints
    columns: Ints
    mends: Ints
    price: Ints
    length: Ints

    def only(self, places: Ints) -> Started:
        """Return what is at these places."""
        return Started(*(column[places] for column in self))


def start_work(states: RunStates) -> list[Started]:
    """Let each free team take the next milestone in the plan's order, until one cannot be paid."""
    lives, started = states.able(), []
    while len(lives):
        columns = states.next_up(lives)
        some = (columns != NONE).nonzero()[0]
        if len(some) < len(lives):
            lives, columns = lives[some], columns[some]
        lives, columns = states.part("start", lives, columns)
        if states.variants.has_ranges:
            lives, columns = divide_by_draws(states, lives, columns)
        lives, columns, mends, price = to_pay(states, lives, columns)
        able = states.cash[lives] >= price if states.mortal else np.ones(len(lives), dtype=bool)
        if states.variants.has_hours:
            idle = out_of_hours(states, lives, columns, mends)
            able &= ~idle
        if not able.all():
            blocked = ~able & ~idle if states.variants.has_hours else ~able
            states.lacking[lives] = np.where(blocked, price, 0)
            ruin_of_blocked(states, lives[blocked], columns[blocked])
            lives, columns, price, mends = lives[able], columns[able], price[able], mends[able]
        started.append(take_up(states, lives, columns, price, mends))
        lives = lives[(states.busy[lives] < states.teams[lives]).nonzero()[0]]
    return started


def to_pay(states: RunStates, lives: Ints, columns: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return all paths there are now of these, their milestones, what is put right first, and the
    price: plays that can pay it have left those that cannot.
    """
    mends = states.hypotheses.mended_next(lives, columns)
    price = prices(states, lives, columns, mends)
    if not states.mortal:
        return lives, columns, mends, price
    lives, at = states.part_by_cash(lives, price, one_by_one=True)
    return lives, columns[at], mends[at], price[at]


def divide_by_draws(states: RunStates, lives: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """Divide paths by what their runs draw for the cost and the length of the next attempt."""
    places, owner = states.members(lives)
    if len(places) == len(lives):
        return lives, columns
    tables, runs = states.variants.tables, states.run[states.order[places]]
    at, made = states.cell(lives, columns), states.tries[lives, columns].astype(np.int64)
    cost, length = np.zeros(len(places)), np.zeros(len(places))
    for key, ranges in ((cost, tables.cost_draw), (length, tables.length_draw)):
        numbers = ranges.ravel()[at][owner]
        some = (numbers != NO_RANGE).nonzero()[0]
        if len(some):
            values = states.variants.ranges.values(numbers[some], made[owner[some]], runs[some])
            key[some] = np.rint(values * 100) if key is cost else values
    counted = np.isnan(tables.hours.ravel()[at])[owner]  # in weeks, not in hours
    length[counted] = np.floor(length[counted] + 0.5)
    lives, before = states.divide_by(lives, places, owner, cost, length)
    return lives, columns[before]


def take_up(states: RunStates, lives: Ints, columns: Ints, price: Ints, mends: Ints) -> Started:
    """Pay, and assign a team."""
    states.cash[lives] -= price
    states.spent[lives] += price
    if states.profit is not None:
        states.profit[lives] -= price
    at = states.job_at(lives, states.free_team(lives))
    length = lengths(states, lives, columns, mends)
    ends = slower(states, lives, length, mends) + (states.now[lives] - 1)
    states.ends.ravel()[at] = (
        put_off(states, ends, columns) if states.variants.programs[0].plan.closed else ends
    )
    states.job.ravel()[at] = columns
    states.busy[lives] += 1
    states.status.ravel()[states.place(lives, columns)] = UNDER_WAY
    states.set_ready(lives, columns, ready=False)
    if states.variants.has_hypotheses:
        states.mends.ravel()[at] = mends
        states.hold_back(lives[(mends != NONE).nonzero()[0]])
    return Started(lives, columns, mends, price, length)


def slower(states: RunStates, lives: Ints, length: Ints, mends: Ints) -> Ints:
    """Return the weeks of these attempts, longer in paths whose morale is low."""
    morale = states.variants.programs[0].plan.morale
    if morale is None or states.morale is None:
        return length
    low = (states.morale[lives] < morale.low_below) & (mends == NONE)
    longer = np.floor(length * morale.rounds_longer + 0.5).astype(np.int64)
    return np.where(low, longer, length)


def put_off(states: RunStates, ends: Ints, columns: Ints) -> Ints:
    """Return the weeks in which work ends that starts now, skipping closed weeks."""
    plan, found = states.variants.programs[0].plan, ends.copy()
    last = int(ends.max(initial=0))
    if not any(c.until_week >= states.week and c.from_week <= last for c in plan.closed):
        return found
    kinds = ends * states.columns + columns
    for kind in np.unique(kinds).tolist():
        end, column = divmod(kind, states.columns)
        lasting, id = end - states.week + 1, states.variants.ids[column]
        found[kinds == kind] = last_week(plan, states.week, lasting, id)
    return found


def ruin_of_blocked(states: RunStates, lives: Ints, columns: Ints) -> None:
    """End runs in which nothing can be paid, nothing is under way, and nothing will come."""
    if states.patient:
        return  # more may come in, week after week
    hopeless = (states.busy[lives] == 0) & (states.last_cheque[lives] < states.now[lives])
    pay = states.economies.pay[states.economy[lives]]
    hopeless &= states.sales(lives) + pay <= states.burn(lives)
    die(states, lives[hopeless], columns[hopeless])


def pay_bills(states: RunStates) -> None:
    """Pay burn, tax and debts, receive revenue and pay (waiting runs have their burn corrected)."""
    before = None if states.profit is None else states.cash.copy()
    economies, moving = states.economies, states.moving
    known = economies.net if moving is None else economies.pay
    if moving is not None:
        states.cash += moving.pass_week(states.week, states.economy)
        if moving.own_burn:
            states.cash -= moving.burn_of(ALL, states.economy)
        else:
            known = known - economies.burn
        if moving.own_bills or moving.own_roles:
            states.cash -= moving.bills_in(states.week, states.economy)
    if economies.has_bills:
        known = known - economies.bills_in(states.week)
    states.cash += known[states.economy]
    if states.profit is not None and before is not None:
        states.profit += states.cash - before - economies.pay[states.economy]
        pay_tax(states, states.profit)
    pay_debts(states)


def pay_debts(states: RunStates) -> None:
    """Pay the debts that are due."""
    if states.by_event or states.week in states.debt_weeks:
        states.pay_instalments()


def pay_tax(states: RunStates, profit: Ints) -> None:
    """Pay the tax on the profit of a quarter at its end; a loss is carried forward."""
    plan = states.variants.programs[0].plan
    if (states.week + plan.begun.quarter_weeks) % QUARTER == 0:
        made = np.flatnonzero((profit > 0) & (states.fate == LIVING))
        states.cash[made] -= cents_of(profit[made] / 100 * plan.tax_on_profit)
        profit[made] = 0


def see_ruin(states: RunStates) -> None:
    """End runs with cash below zero; exactly zero survives."""
    if not states.mortal:
        return
    lives = (states.cash < 0).nonzero()[0]
    if len(lives):
        states.part_by_cash(lives, np.zeros(len(lives), dtype=np.int64))
        lives = lives[states.cash[lives] < 0]
        columns = states.at_work(lives)
        resting = ((columns == NONE) & (not states.closed)).nonzero()[0]
        columns[resting] = states.next_up(lives[resting])
        die(states, lives, columns)


def die(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Record ruin at these milestones, perhaps with a redesign that could not be paid."""
    states.died_in[lives] = columns
    states.owing[lives] = states.hypotheses.mended_next(lives, columns)
    states.end(lives, RUIN)


def prices(book: Book, lives: Ints, columns: Ints, mends: Ints) -> Ints:
    """Return the price of starting now: an attempt by all its teams, or the redesign due."""
    tables, at = book.variants.tables, book.cell(lives, columns)
    price = tables.cost.ravel()[at]
    if book.variants.has_ranges:
        some, amount = drawn(book, lives, columns, tables.cost_draw.ravel()[at])
        cost = np.rint(amount * 100).astype(np.int64)
        price[some] = cost * tables.teams_racing.ravel()[at[some]]
    if book.variants.has_hypotheses and (mending := mends != NONE).any():
        owed = book.cell(lives[mending], mends[mending])
        price[mending] = tables.redesign_cost.ravel()[owed]
    return price


def lengths(book: Book, lives: Ints, columns: Ints, mends: Ints) -> Ints:
    """Return the length in weeks: by the calendar, or by the free hours."""
    tables, at = book.variants.tables, book.cell(lives, columns)
    length = tables.length.ravel()[at]
    if not (book.variants.has_ranges or book.variants.has_hours or book.variants.has_hypotheses):
        return length
    hours = tables.hours.ravel()[at]
    if book.variants.has_ranges:
        some, value = drawn(book, lives, columns, tables.length_draw.ravel()[at])
        length[some] = np.maximum(1, np.floor(value + 0.5)).astype(np.int64)
        hours[some] = np.where(np.isnan(hours[some]), np.nan, value)
    if book.variants.has_hours and (counted := ~np.isnan(hours) & (mends == NONE)).any():
        free = book.economies.free_hours[book.economy[lives[counted]]]
        weeks = np.ceil(hours[counted] / free - 1e-9)
        length[counted] = np.maximum(1, weeks).astype(np.int64)
    if book.variants.has_hypotheses and (mending := mends != NONE).any():
        owed = book.cell(lives[mending], mends[mending])
        length[mending] = tables.redesign_length.ravel()[owed]
    return length


def drawn(book: Book, lives: Ints, columns: Ints, ranges: Ints) -> tuple[Ints, Floats]:
    """Positions at which a range stands, and what their next attempts draw of it."""
    some = np.flatnonzero(ranges != NO_RANGE)
    made = book.tries[lives[some], columns[some]].astype(np.int64)
    return some, book.variants.ranges.values(ranges[some], made, book.run_of(lives[some]))


def out_of_hours(book: Book, lives: Ints, columns: Ints, mends: Ints) -> NDArray[np.bool_]:
    """Return where an attempt counted in hours finds no free hours this week."""
    counted = ~np.isnan(book.variants.tables.hours.ravel()[book.cell(lives, columns)])
    none_left = book.economies.free_hours[book.economy[lives]] <= 0
    return np.asarray(counted & none_left & (mends == NONE))
