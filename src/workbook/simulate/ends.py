"""Rule 4 of a week: attempts end, payments due arrive, and verdicts are found."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.luck import after_failure
from workbook.outcomes import FATES, Ints
from workbook.simulate.book import LIVING
from workbook.simulate.crowd import Crowd
from workbook.simulate.gifts import groups, receive
from workbook.simulate.variants import AHEAD, NONE, REACHED, USED_UP

Bools = NDArray[np.bool_]
GOAL, STUCK, OPEN = (FATES.index(fate) for fate in ("goal", "stuck", "open"))


def end_work(crowd: Crowd) -> list[Ints]:
    """End what ends this week, in the plan's order; return the runs that may have a verdict."""
    moved = []
    for lives, columns, mends in turns(crowd):
        moved += resolve(crowd, lives, columns, mends)
    return [some for some in moved if len(some)]


def turns(crowd: Crowd) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield the jobs that end: each run once per round, its milestones in order."""
    lives, slots = crowd.ending()
    if not len(lives):
        return
    columns, mends = crowd.job[lives, slots], crowd.mends[lives, slots]
    for slot in range(crowd.ends.shape[1]):
        crowd.free(lives[slots == slot], slot)
    if (lives[1:] != lives[:-1]).all():
        yield lives, columns, mends
        return
    subject = np.where(mends == NONE, columns, mends)
    rank = crowd.variants.tables.rank[crowd.variant[lives], subject]
    order = np.lexsort((mends == NONE, rank, lives))
    first = np.flatnonzero(np.diff(lives[order], prepend=-1))
    counts = np.diff(np.append(first, len(lives)))
    turn = np.arange(len(lives)) - np.repeat(first, counts.astype(np.intp, copy=False))
    for number in range(int(counts.max())):
        now = order[turn == number]
        yield lives[now], columns[now], mends[now]


def resolve(crowd: Crowd, lives: Ints, columns: Ints, mends: Ints) -> list[Ints]:
    """Pass or fail attempts, finish redesigns; return the runs that may have a verdict."""
    moved = []
    if crowd.variants.has_hypotheses:
        special = crowd.variants.special[crowd.cell(lives, columns)] | (mends != NONE)
        moved = resolve_hypotheses(crowd, lives[special], columns[special], mends[special])
        lives, columns = lives[~special], columns[~special]
    crowd.tries.ravel()[crowd.place(lives, columns)] += 1
    passed = attempt(crowd, lives, columns)
    there, failed = np.flatnonzero(passed), np.flatnonzero(~passed)
    used_up = fail(crowd, lives[failed], columns[failed])
    lives, columns = lives[there], columns[there]
    reach(crowd, lives, columns)
    if crowd.variants.has_one_goal:  # until it is reached or lost, something is left to do
        lives = lives[columns == crowd.variants.goal[0]]
    return [*moved, lives, used_up]


def resolve_hypotheses(crowd: Crowd, lives: Ints, columns: Ints, mends: Ints) -> list[Ints]:
    """Do the same for redesigns, tests, and attempts that rely on hypotheses."""
    if not len(lives):
        return []
    moved = [lives]
    pending = crowd.status[lives, columns] != REACHED  # a redesign elsewhere may have come first
    idle = ~pending & (mends == NONE)
    crowd.tries[lives[idle], columns[idle]] += 1
    lives, columns, mends = lives[pending], columns[pending], mends[pending]
    crowd.status[lives, columns] = AHEAD
    mending = mends != NONE
    mend(crowd, lives[mending], columns[mending], mends[mending])
    lives, columns = lives[~mending], columns[~mending]
    crowd.tries[lives, columns] += 1
    passed = ~find_untrue(crowd, lives, columns)
    untrue = np.flatnonzero(~passed)
    testing = crowd.variants.tables.tests.ravel()[crowd.cell(lives, columns)] & passed
    tried, tested = np.flatnonzero(passed & ~testing), np.flatnonzero(testing)
    passed[tried] = attempt(crowd, lives[tried], columns[tried])
    passed[tested] = find_out(crowd, lives[tested], columns[tested])
    reach(crowd, lives[passed], columns[passed])
    limited = ~passed & ~testing  # a test has no limit: its redesign follows
    fail(crowd, lives[limited], columns[limited])
    refuted = testing & ~passed
    crowd.make_ready(lives[refuted], columns[refuted])
    crowd.refresh(np.concatenate([lives[untrue], lives[refuted]]))
    return moved


def attempt(crowd: Crowd, lives: Ints, columns: Ints) -> Bools:
    """Return whether these attempts pass; a failure keeps its rescaled draw."""
    tables, at = crowd.variants.tables, crowd.cell(lives, columns)
    place = crowd.place(lives, columns)
    if crowd.variants.has_rising_rates:
        number = np.minimum(crowd.tries.ravel()[place], tables.rate_count.ravel()[at])
        at = at * tables.rates.shape[-1] + number - 1
    rate = tables.rates.ravel()[at]
    if crowd.conditions.of:
        crowd.conditions.lessen(crowd, lives, columns, rate)
    luck = crowd.luck.ravel()
    mine = luck[place]
    failed = np.flatnonzero(mine >= rate)
    luck[place[failed]] = after_failure(mine[failed], rate[failed])
    return np.asarray(mine < rate)


def fail(crowd: Crowd, lives: Ints, columns: Ints) -> Ints:
    """Count failures; return those whose last allowed attempt has failed."""
    tables, at = crowd.variants.tables, crowd.cell(lives, columns)
    place = crowd.place(lives, columns)
    crowd.status.ravel()[place] = AHEAD
    crowd.make_ready(lives, columns)
    spent = np.flatnonzero(crowd.tries.ravel()[place] >= tables.limit.ravel()[at])
    lives, columns, at = lives[spent], columns[spent], at[spent]
    crowd.ready[lives, columns] = False
    crowd.status[lives, columns] = USED_UP
    crowd.doomed[lives] |= tables.required.ravel()[at]
    return lives


def find_untrue(crowd: Crowd, lives: Ints, columns: Ints) -> Bools:
    """Return where something that the milestone relies on is untrue, which is known from now on."""
    untrue = np.zeros(len(lives), dtype=bool)
    relies = crowd.variants.tables.relies.ravel()[crowd.cell(lives, columns)]
    for same, variant, column in groups(crowd, lives, columns, relies):
        for hypothesis in crowd.hypotheses.relied_on(variant, column):
            false = ~crowd.hypotheses.true(lives[same], variant, hypothesis)
            crowd.hypotheses.find_untrue(lives[same[false]], hypothesis)
            untrue[same[false]] = True
    return untrue


def find_out(crowd: Crowd, lives: Ints, columns: Ints) -> Bools:
    """Test hypotheses; if the test says no, a redesign is due."""
    passed = np.zeros(len(lives), dtype=bool)
    for same, variant, column in groups(crowd, lives, columns, np.ones(len(lives), dtype=bool)):
        mine = lives[same]
        yes = crowd.hypotheses.says_yes(mine, variant, column)
        passed[same] = yes
        crowd.hypotheses.refute(mine[~yes], column)
    return passed


def mend(crowd: Crowd, lives: Ints, columns: Ints, hypotheses: Ints) -> None:
    """Finish redesigns: what was untrue is true now, and its milestone reached."""
    tables = crowd.variants.tables
    for hypothesis in sorted(set(hypotheses.tolist())):
        crowd.hypotheses.make_true(lives[hypotheses == hypothesis], hypothesis)
    crowd.refresh(lives)
    skipped = tables.skipped.ravel()[crowd.cell(lives, hypotheses)]
    new = ~skipped & (crowd.status[lives, hypotheses] != REACHED)
    cancel(crowd, lives[new], hypotheses[new])
    reach(crowd, lives[new], hypotheses[new])
    receive(crowd, lives, hypotheses, redesign=True)


def cancel(crowd: Crowd, lives: Ints, columns: Ints) -> None:
    """Free other teams that work on what has just been reached."""
    for slot in range(crowd.ends.shape[1]):
        same = (crowd.ends[lives, slot] > 0) & (crowd.job[lives, slot] == columns)
        crowd.break_off(lives[same], slot)


def reach(crowd: Crowd, lives: Ints, columns: Ints) -> None:
    """Reach milestones, update what is ready, and apply what they give."""
    at, place = crowd.cell(lives, columns), crowd.place(lives, columns)
    crowd.ready[lives, columns] = False
    crowd.status.ravel()[place] = REACHED
    crowd.reached_week.ravel()[place] = crowd.week
    crowd.cash_needed.ravel()[place] = crowd.put_in(lives, crowd.cash[lives])
    for followers in crowd.variants.followers:
        then = followers[at]
        opens = np.flatnonzero(then != NONE)
        if not len(opens):
            break
        crowd.unmet.ravel()[crowd.place(lives[opens], then[opens])] -= 1
        crowd.make_ready(lives[opens], then[opens])
    receive(crowd, lives, columns, redesign=False)


def let_in_cheques(crowd: Crowd) -> None:
    """Pay out funding that is due, except to ended runs."""
    for lives, amount in crowd.cheques.pop(crowd.week, []):
        crowd.cheques_due[lives] -= 1
        there = crowd.fate[lives] == LIVING
        lives = lives[there]
        amount = amount if isinstance(amount, int) else amount[there]
        crowd.cash[lives] += amount
        crowd.received[lives] += amount


def judge(crowd: Crowd, lives: Ints) -> None:
    """Find goal and stuck: nothing can lead to the goal, or nothing is left to do."""
    goal = crowd.variants.goal[crowd.variant[lives]]
    even = (goal == NONE) & crowd.break_even(lives)
    if crowd.columns:
        place = crowd.place(lives, goal)
        even |= (goal != NONE) & (crowd.status.ravel()[place] == REACHED)
    crowd.end(lives[even], GOAL)
    lives = lives[~even]
    done = lives[crowd.idle(lives) | crowd.doomed[lives]]
    stuck = done[(crowd.status[done] == USED_UP).any(axis=1)]
    if crowd.by_itself:  # breaking even may happen by itself
        stuck = stuck[crowd.variants.goal[crowd.variant[stuck]] != NONE]
    if crowd.variants.may_turn and len(stuck):
        stuck = stuck[~can_turn(crowd, stuck)]
    crowd.end(stuck, STUCK)


def can_turn(crowd: Crowd, lives: Ints) -> Bools:
    """Return where a fork to come may still lead to the goal (`law.turning`)."""
    alike = np.column_stack([crowd.variant[lives], crowd.status[lives]])
    kinds, kind = np.unique(alike, axis=0, return_inverse=True)
    found = [crowd.variants.can_turn(*row) for row in kinds.tolist()]
    return np.array(found, dtype=bool)[kind.ravel()]


def close(crowd: Crowd) -> None:
    """End all open runs at the horizon."""
    if crowd.week >= crowd.variants.horizon.min():
        living = crowd.living()
        over = crowd.variants.horizon[crowd.variant[living]] <= crowd.week
        crowd.end(living[over], OPEN)
