"""Rules 1 to 3 of a week: free teams start and pay, bills are paid, ruin is checked."""

from __future__ import annotations

import numpy as np

from workbook.law import last_week
from workbook.outcomes import FATES, Ints
from workbook.simulate.book import LIVING
from workbook.simulate.crowd import Crowd
from workbook.simulate.moving import ALL
from workbook.simulate.terms import lengths, out_of_hours, prices
from workbook.simulate.variants import NONE, UNDER_WAY

RUIN = FATES.index("ruin")


def start_work(crowd: Crowd) -> None:
    """Let each free team take the next milestone in the plan's order, until one cannot be paid."""
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


def take_up(crowd: Crowd, lives: Ints, columns: Ints, price: Ints, mends: Ints) -> None:
    """Pay, and assign a team."""
    crowd.cash[lives] -= price
    crowd.spent[lives] += price
    slot = 0 if crowd.ends.shape[1] == 1 else (crowd.ends[lives] == 0).argmax(axis=1)
    ends = lengths(crowd, lives, columns, mends) + (crowd.week - 1)
    crowd.ends[lives, slot] = (
        put_off(crowd, ends) if crowd.variants.programs[0].plan.closed else ends
    )
    crowd.job[lives, slot] = columns
    crowd.busy[lives] += 1
    crowd.status.ravel()[crowd.place(lives, columns)] = UNDER_WAY
    crowd.ready[lives, columns] = False
    if crowd.variants.has_hypotheses:
        crowd.mends[lives, slot] = mends
        crowd.hold_back(lives[mends != NONE])


def put_off(crowd: Crowd, ends: Ints) -> Ints:
    """Return the weeks in which work ends that starts now, skipping closed weeks."""
    plan, found = crowd.variants.programs[0].plan, ends.copy()
    for end in np.unique(ends).tolist():
        found[ends == end] = last_week(plan, crowd.week, end - crowd.week + 1)
    return found


def ruin_of_blocked(crowd: Crowd, lives: Ints, columns: Ints) -> None:
    """End runs in which nothing can be paid, nothing is under way, and nothing will come."""
    if crowd.patient:
        return  # more may come in, week after week
    hopeless = (crowd.busy[lives] == 0) & (crowd.cheques_due[lives] == 0)
    hopeless &= crowd.sales(lives) <= crowd.burn(lives)
    die(crowd, lives[hopeless], columns[hopeless])


def pay_bills(crowd: Crowd) -> None:
    """Pay burn and debts and receive revenue (waiting runs have their burn corrected)."""
    if crowd.moving is None:
        crowd.cash += crowd.economies.net[crowd.economy]
    else:
        crowd.cash += crowd.moving.pass_week(crowd.week, crowd.economy)
        crowd.cash -= crowd.moving.burn_of(ALL, crowd.economy)
        crowd.cash -= crowd.moving.bills_in(crowd.week, crowd.economy)
    if crowd.economies.has_bills:
        crowd.cash -= crowd.economies.bills_in(crowd.week)[crowd.economy]
    for lives, owed in crowd.debts.pop(crowd.week, []):
        crowd.cash[lives[crowd.fate[lives] == LIVING]] -= owed


def see_ruin(crowd: Crowd) -> None:
    """End runs with cash below zero; exactly zero survives."""
    if not crowd.mortal:
        return
    lives = np.flatnonzero(crowd.cash < 0)
    if len(lives):
        columns = crowd.at_work(lives)
        resting = np.flatnonzero((columns == NONE) & (not crowd.closed))
        columns[resting] = crowd.next_up(lives[resting])
        die(crowd, lives, columns)


def die(crowd: Crowd, lives: Ints, columns: Ints) -> None:
    """Record ruin at these milestones, perhaps with a redesign that could not be paid."""
    crowd.died_in[lives] = columns
    crowd.owing[lives] = crowd.hypotheses.mended_next(lives, columns)
    crowd.end(lives, RUIN)
