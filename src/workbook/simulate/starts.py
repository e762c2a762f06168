"""Rules 1 to 3 of a week: free teams start and pay, bills come, and the money lasts or not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import FATES, Floats, Ints
from workbook.simulate.crowd import LIVING, UNDER_WAY, Crowd
from workbook.simulate.variants import NONE

RUIN = FATES.index("ruin")


def start_work(crowd: Crowd) -> None:
    """Each free team takes the next thing in the plan's order, until one cannot be paid."""
    lives = crowd.able()
    while len(lives):
        columns = crowd.next_up(lives)
        some = columns != NONE
        if not some.all():
            lives, columns = lives[some], columns[some]
        mends = crowd.hypotheses.mended_next(lives, columns)
        price = prices(crowd, lives, columns, mends)
        able = crowd.cash[lives] >= price if crowd.mortal else np.ones(len(lives), dtype=bool)
        if crowd.variants.has_hours:
            idle = out_of_hours(crowd, lives, columns, mends)
            able &= ~idle
        if not able.all():
            blocked = ~able & ~idle if crowd.variants.has_hours else ~able
            ruin_of_blocked(crowd, lives[blocked], columns[blocked])
            lives, columns, price, mends = lives[able], columns[able], price[able], mends[able]
        take_up(crowd, lives, columns, price, mends)
        lives = lives[crowd.busy[lives] < crowd.teams[lives]]
    np.minimum(crowd.lowest, crowd.cash, out=crowd.lowest)


def prices(crowd: Crowd, lives: Ints, columns: Ints, mends: Ints) -> Ints:
    """What starting costs now: an attempt, all its teams, or the redesign that is owed."""
    tables, at = crowd.variants.tables, crowd.cell(lives, columns)
    price = tables.cost.ravel()[at]
    if crowd.variants.has_ranges:
        for same, amount in drawn(crowd, lives, tables.cost_draw.ravel()[at]):
            cost = np.rint(amount * 100).astype(np.int64)
            price[same] = cost * tables.teams_racing.ravel()[at[same]]
    if crowd.variants.has_hypotheses and (mending := mends != NONE).any():
        owed = crowd.cell(lives[mending], mends[mending])
        price[mending] = tables.redesign_cost.ravel()[owed]
    return price


def drawn(crowd: Crowd, lives: Ints, draws: Ints) -> Iterator[tuple[Ints, Floats]]:
    """Positions that share a range, and the values that their lives have drawn of it."""
    for draw in set(draws.tolist()) - {NONE}:
        same = np.flatnonzero(draws == draw)
        yield same, crowd.variants.ranges[draw][lives[same]]


def out_of_hours(crowd: Crowd, lives: Ints, columns: Ints, mends: Ints) -> NDArray[np.bool_]:
    """Where an attempt counted in hours finds none left this week."""
    counted = ~np.isnan(crowd.variants.tables.hours.ravel()[crowd.cell(lives, columns)])
    none_left = crowd.economies.free_hours[crowd.economy[lives]] <= 0
    return np.asarray(counted & none_left & (mends == NONE))


def lengths(crowd: Crowd, lives: Ints, columns: Ints, mends: Ints) -> Ints:
    """How many weeks it takes: by the calendar, or by the hours that are free."""
    tables, at = crowd.variants.tables, crowd.cell(lives, columns)
    length = tables.length.ravel()[at]
    if not (crowd.variants.has_ranges or crowd.variants.has_hours or crowd.variants.has_hypotheses):
        return length
    hours = tables.hours.ravel()[at]
    if crowd.variants.has_ranges:
        for same, value in drawn(crowd, lives, tables.length_draw.ravel()[at]):
            length[same] = whole_weeks_of(value)
            hours[same] = np.where(np.isnan(hours[same]), np.nan, value)
    if crowd.variants.has_hours and (counted := ~np.isnan(hours) & (mends == NONE)).any():
        free = crowd.economies.free_hours[crowd.economy[lives[counted]]]
        length[counted] = whole_weeks_of(hours[counted] / free)
    if crowd.variants.has_hypotheses and (mending := mends != NONE).any():
        owed = crowd.cell(lives[mending], mends[mending])
        length[mending] = tables.redesign_length.ravel()[owed]
    return length


def whole_weeks_of(weeks: Floats) -> Ints:
    """`week.whole_weeks`, for many."""
    return np.maximum(1, np.ceil(weeks - 1e-9)).astype(np.int64)


def take_up(crowd: Crowd, lives: Ints, columns: Ints, price: Ints, mends: Ints) -> None:
    """Pay, and put a team to work."""
    crowd.cash[lives] -= price
    crowd.spent[lives] += price
    slot = 0 if crowd.ends.shape[1] == 1 else (crowd.ends[lives] == 0).argmax(axis=1)
    crowd.ends[lives, slot] = lengths(crowd, lives, columns, mends) + (crowd.week - 1)
    crowd.job[lives, slot] = columns
    crowd.busy[lives] += 1
    crowd.status.ravel()[crowd.place(lives, columns)] = UNDER_WAY
    crowd.ready[lives, columns] = False
    if crowd.variants.has_hypotheses:
        crowd.mends[lives, slot] = mends
        crowd.hold_back(lives[mends != NONE])


def ruin_of_blocked(crowd: Crowd, lives: Ints, columns: Ints) -> None:
    """Nothing can be paid, nothing is under way, and nothing will come: that is ruin."""
    hopeless = (crowd.busy[lives] == 0) & (crowd.cheques_due[lives] == 0)
    hopeless &= crowd.economies.net[crowd.economy[lives]] <= 0
    die(crowd, lives[hopeless], columns[hopeless])


def pay_bills(crowd: Crowd) -> None:
    """Burn, revenue and debts of the week (those who wait have had their burn set right)."""
    crowd.cash += crowd.economies.net[crowd.economy]
    for lives, owed in crowd.debts.pop(crowd.week, []):
        crowd.cash[lives[crowd.fate[lives] == LIVING]] -= owed


def see_ruin(crowd: Crowd) -> None:
    """Cash below zero ends a life; exactly zero survives."""
    np.minimum(crowd.lowest, crowd.cash, out=crowd.lowest)
    if not crowd.mortal:
        return
    lives = np.flatnonzero(crowd.cash < 0)
    if len(lives):
        columns = crowd.at_work(lives)
        resting = np.flatnonzero(columns == NONE)
        columns[resting] = crowd.next_up(lives[resting])
        die(crowd, lives, columns)


def die(crowd: Crowd, lives: Ints, columns: Ints) -> None:
    """The money dies, at these milestones, perhaps with a redesign that could not be paid."""
    crowd.died_in[lives] = columns
    crowd.owing[lives] = crowd.hypotheses.mended_next(lives, columns)
    crowd.end(lives, RUIN)
