"""Rule 4 of a week: attempts end, payments due arrive, levels and deadlines, verdicts.

Milestones with start weeks also become ready here when their week comes (rule 0).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.luck import after_failure
from workbook.outcomes import FATES, Floats, Ints
from workbook.simulate.book import LIVING, groups, receive
from workbook.simulate.run_states import RunStates
from workbook.simulate.tables import AHEAD, NONE, REACHED, UNDER_WAY, USED_UP

Bools = NDArray[np.bool_]
GOAL, STUCK, OPEN = (FATES.index(fate) for fate in ("goal", "stuck", "open"))


def end_work(states: RunStates) -> None:
    """End what ends this week, in the plan's order."""
    for lives, columns, mends in turns(states):
        resolve(states, lives, columns, mends)


def turns(states: RunStates) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield the jobs that end: each run once per round, its milestones in order."""
    lives, slots = states.ending()
    if not len(lives):
        return
    columns, mends = states.job[lives, slots], states.mends[lives, slots]
    for slot in range(states.ends.shape[1]):
        states.free(lives[slots == slot], slot)
    since = states.size
    if (lives[1:] != lives[:-1]).all():
        yield lives, columns, mends
        return
    subject = np.where(mends == NONE, columns, mends)
    rank = states.variants.tables.rank[states.variant[lives], subject]
    order = np.lexsort((mends == NONE, rank, lives))
    first = np.flatnonzero(np.diff(lives[order], prepend=-1))
    counts = np.diff(np.append(first, len(lives)))
    turn = np.arange(len(lives)) - np.repeat(first, counts.astype(np.intp, copy=False))
    for number in range(int(counts.max())):
        now = order[turn == number]
        paths, at = states.followed(lives[now], since)
        yield paths, columns[now][at], mends[now][at]


def resolve(states: RunStates, lives: Ints, columns: Ints, mends: Ints) -> None:
    """Pass or fail attempts, finish redesigns; mark the paths that may have a verdict."""
    if states.variants.has_hypotheses:
        special = states.variants.special[states.cell(lives, columns)] | (mends != NONE)
        resolve_hypotheses(states, lives[special], columns[special], mends[special])
        lives, columns = lives[~special], columns[~special]
    states.tries.ravel()[states.place(lives, columns)] += 1
    lives, columns, passed = attempt(states, lives, columns)
    there, failed = np.flatnonzero(passed), np.flatnonzero(~passed)
    fail(states, lives[failed], columns[failed])
    lives, columns = lives[there], columns[there]
    if states.variants.has_one_goal:  # until it is reached or lost, something is left to do
        states.touched[lives[columns == states.variants.goal[0]]] = True
    else:
        states.touched[lives] = True
    reach(states, lives, columns)


def resolve_hypotheses(states: RunStates, lives: Ints, columns: Ints, mends: Ints) -> None:
    """Do the same for redesigns, tests, and attempts that rely on hypotheses."""
    if not len(lives):
        return
    states.touched[lives] = True
    lives, columns = _finish_redesigns(states, lives, columns, mends)
    states.tries[lives, columns] += 1
    lives, columns, untrue = find_untrue(states, lives, columns)
    testing = states.variants.tables.tests.ravel()[states.cell(lives, columns)] & ~untrue
    trying = ~untrue & ~testing
    vain, vain_at = lives[untrue], columns[untrue]
    tried, tried_at, passed = attempt(states, lives[trying], columns[trying])
    test, tested_at, yes = find_out(states, lives[testing], columns[testing])
    there = np.concatenate([tried[passed], test[yes]])
    reach(states, there, np.concatenate([tried_at[passed], tested_at[yes]]))
    failed = np.concatenate([vain, tried[~passed]])
    fail(states, failed, np.concatenate([vain_at, tried_at[~passed]]))
    states.make_ready(test[~yes], tested_at[~yes])  # a test has no limit: its redesign follows
    states.refresh(np.concatenate([vain, test[~yes]]))


def _finish_redesigns(
    states: RunStates, lives: Ints, columns: Ints, mends: Ints
) -> tuple[Ints, Ints]:
    """Return the other attempts, without those whose milestone has been reached meanwhile."""
    pending = states.status[lives, columns] != REACHED  # a redesign elsewhere may have come first
    idle = ~pending & (mends == NONE)
    states.tries[lives[idle], columns[idle]] += 1
    lives, columns, mends = lives[pending], columns[pending], mends[pending]
    states.status[lives, columns] = AHEAD
    mending = mends != NONE
    mend(states, lives[mending], columns[mending], mends[mending])
    return lives[~mending], columns[~mending]


def attempt(states: RunStates, lives: Ints, columns: Ints) -> tuple[Ints, Ints, Bools]:
    """Make attempts: paths divide; return them, their milestones, and whether they pass.

    A failure keeps its rescaled draw.
    """
    if states.conditions.of:
        lives, columns = states.conditions.divide(states, lives, columns)
    rate = chances(states, lives, columns)
    places, owner = states.members(lives)
    luck = states.luck.ravel()
    draw = columns[owner] * states.luck.shape[1] + states.order[places]
    mine, each = luck[draw], rate[owner]
    passed = mine < each
    failed = (~passed).nonzero()[0]
    luck[draw[failed]] = after_failure(mine[failed], each[failed])
    lives, passed, before = states.divide(lives, places, owner, passed)
    return lives, columns[before], passed


def chances(states: RunStates, lives: Ints, columns: Ints) -> Floats:
    """Return the chances of these attempts, after a race."""
    tables, at = states.variants.tables, states.cell(lives, columns)
    place = states.place(lives, columns)
    if states.variants.has_rising_rates:
        number = np.minimum(states.tries.ravel()[place], tables.rate_count.ravel()[at])
        at = at * tables.rates.shape[-1] + number - 1
    rate = tables.rates.ravel()[at]
    if states.conditions.of:
        states.conditions.lessen(states, lives, columns, rate)
    return np.asarray(rate)


def fail(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Count failures; use up a milestone whose last allowed attempt has failed."""
    tables, at = states.variants.tables, states.cell(lives, columns)
    place = states.place(lives, columns)
    states.stir(lives, passed=False)
    states.status.ravel()[place] = AHEAD
    states.make_ready(lives, columns)
    spent = np.flatnonzero(states.tries.ravel()[place] >= tables.limit.ravel()[at])
    lives, columns = lives[spent], columns[spent]
    states.ready[lives, columns] = False
    states.status[lives, columns] = USED_UP
    states.doom(lives, columns)
    states.touched[lives] = True


def find_untrue(states: RunStates, lives: Ints, columns: Ints) -> tuple[Ints, Ints, Bools]:
    """Return where something that the milestone relies on is untrue, which is known from now on.

    Paths divide; returned are all of them, their milestones, and whether something is untrue.
    """
    known, start = states.hypotheses, states.size
    found = [lives[:0]]
    relies = states.variants.tables.relies.ravel()[states.cell(lives, columns)]
    for same, variant, column in groups(states, lives, columns, relies):
        since, mine = states.size, lives[same]
        for hypothesis in known.relied_on(variant, column):
            known.find_truth(states.followed(mine, since)[0], variant, hypothesis)
        mine = states.followed(mine, since)[0]
        for hypothesis in known.relied_on(variant, column):
            false = mine[~known.true(mine, hypothesis)]
            known.find_untrue(false, hypothesis)
            found.append(false)
    lives, at = states.followed(lives, start)
    untrue = np.zeros(states.size, dtype=bool)
    untrue[np.concatenate(found)] = True
    return lives, columns[at], untrue[lives]


def find_out(states: RunStates, lives: Ints, columns: Ints) -> tuple[Ints, Ints, Bools]:
    """Test hypotheses; if the test says no, a redesign is due.

    Paths divide; returned are all of them, their milestones, and whether the test says yes.
    """
    start, found = states.size, [lives[:0]]
    for same, variant, column in groups(states, lives, columns, np.ones(len(lives), dtype=bool)):
        found.append(states.hypotheses.says_yes(lives[same], variant, column))
    lives, at = states.followed(lives, start)
    columns, yes = columns[at], np.zeros(states.size, dtype=bool)
    yes[np.concatenate(found)] = True
    no = lives[~yes[lives]]
    states.stir(no, passed=False)
    for column in sorted(set(columns[~yes[lives]].tolist())):
        states.hypotheses.refute(no[columns[~yes[lives]] == column], column)
    return lives, columns, yes[lives]


def mend(states: RunStates, lives: Ints, columns: Ints, hypotheses: Ints) -> None:
    """Finish redesigns: what was untrue is true now, and its milestone reached."""
    tables = states.variants.tables
    for hypothesis in sorted(set(hypotheses.tolist())):
        states.hypotheses.make_true(lives[hypotheses == hypothesis], hypothesis)
    states.refresh(lives)
    skipped = tables.skipped.ravel()[states.cell(lives, hypotheses)]
    new = ~skipped & (states.status[lives, hypotheses] != REACHED)
    cancel(states, lives[new], hypotheses[new])
    since = states.size
    reach(states, lives[new], hypotheses[new])
    lives, at = states.followed(lives, since)
    hypotheses = hypotheses[at]
    receive(states, lives, hypotheses, redesign=True)


def cancel(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Free other teams that work on what has just been reached."""
    for slot in range(states.ends.shape[1]):
        same = (states.ends[lives, slot] > 0) & (states.job[lives, slot] == columns)
        states.break_off(lives[same], slot)


def reach(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Reach milestones, update what is ready, and apply what they give."""
    at, place = states.cell(lives, columns), states.place(lives, columns)
    states.stir(lives, passed=True)
    states.ready[lives, columns] = False
    states.status.ravel()[place] = REACHED
    states.reached_week.ravel()[place] = states.week
    states.cash_needed.ravel()[place] = states.put_in(lives, states.cash[lives])
    for followers in states.variants.followers:
        then = followers[at]
        opens = np.flatnonzero(then != NONE)
        if not len(opens):
            break
        states.unmet.ravel()[states.place(lives[opens], then[opens])] -= 1
        states.make_ready(lives[opens], then[opens])
    if states.variants.has_alternatives:
        states.refresh(lives)
    receive(states, lives, columns, redesign=False)


def let_in_cheques(states: RunStates) -> None:
    """Pay out funding that is due, except to ended runs."""
    if states.week in states.cheques:
        amount = states.cheques.pop(states.week)
        amount[states.fate != LIVING] = 0
        states.cash += amount
        states.received += amount
        states.see_terms()


def judge(states: RunStates) -> None:
    """Find goal and stuck where something has changed: no way to the goal, or nothing to do."""
    lives = (states.touched & (states.fate == LIVING)).nonzero()[0]
    states.touched[:] = False
    if not len(lives):
        return
    goal = states.variants.goal[states.variant[lives]]
    even = (goal == NONE) & states.break_even(lives)
    if states.columns:
        place = states.place(lives, goal)
        even |= (goal != NONE) & (states.status.ravel()[place] == REACHED)
    states.end(lives[even], GOAL)
    lives = lives[~even]
    done = lives[states.idle(lives) | states.doomed[lives]]
    stuck = done[(states.status[done] == USED_UP).any(axis=1)]
    if states.by_itself:  # breaking even may happen by itself
        stuck = stuck[states.variants.goal[states.variant[stuck]] != NONE]
    states.end(states.stuck(stuck), STUCK)


def close(states: RunStates) -> None:
    """End all open runs at the horizon."""
    if states.week >= states.variants.horizon.min():
        living = states.living()
        over = states.variants.horizon[states.variant[living]] <= states.week
        states.end(living[over], OPEN)


def wake(states: RunStates) -> None:
    """Mark what may start this week as ready if nothing else is unmet, and nothing more."""
    tables, may_start = states.variants.tables, states.may_start
    for column in np.flatnonzero((tables.begins > 0).any(axis=0)).tolist():
        now = may_start[states.variant, column]
        states.ready[~now, column] = False
        now = now & (states.fate == LIVING) & (states.status[:, column] == AHEAD)
        lives = np.flatnonzero(now & tables.attempted[states.variant, column])
        states.make_ready(lives, np.full(len(lives), column))


def close_late(states: RunStates) -> None:
    """Use up what has not been reached by its deadline."""
    late = states.variants.tables.by_week <= states.week
    for column in np.flatnonzero(late.any(axis=0)).tolist():
        status = states.status[:, column]
        open_still = (states.fate == LIVING) & ((status == AHEAD) | (status == UNDER_WAY))
        open_still &= states.variants.tables.attempted[states.variant, column]
        lives = np.flatnonzero(open_still & late[states.variant, column])
        if len(lives):
            _give_up(states, lives, column)
            states.touched[lives] = True


def _give_up(states: RunStates, lives: Ints, column: int) -> None:
    columns = np.full(len(lives), column)
    cancel(states, lives, columns)
    states.status[lives, column] = USED_UP
    states.ready[lives, column] = False
    states.doom(lives, columns)
