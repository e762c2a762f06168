"""Rule 4 of a week: attempts end, payments due arrive, levels and deadlines, verdicts.

Milestones with start weeks also become ready here when their week comes (rule 0).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import FATES, Floats, Ints
from workbook.simulate.book import LIVING, receive
from workbook.simulate.marks import any_of_each
from workbook.simulate.run_states import RunStates
from workbook.simulate.tables import AHEAD, NONE, REACHED, UNDER_WAY, USED_UP

Bools = NDArray[np.bool_]
Ended = tuple[Ints, Ints, Bools]
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
    jobs = states.job_at(lives, slots)
    columns, mends = states.job.ravel()[jobs], states.mends.ravel()[jobs]
    states.free(lives, slots)
    since = states.size
    if (lives[1:] != lives[:-1]).all():
        yield lives, columns, mends
        return
    subject = np.where(mends == NONE, columns, mends)
    rank = states.variants.tables.rank.ravel()[states.cell(lives, subject)]
    key = ((lives * states.columns + rank) * 2 + (mends == NONE)) * states.ends.shape[1] + slots
    order = np.argsort(key)
    here, turn = lives[order], np.zeros(len(lives), dtype=np.int64)
    for nth in range(1, states.ends.shape[1]):
        turn[nth:] += here[nth:] == here[:-nth]
    for number in range(int(turn.max()) + 1):
        now = order[turn == number]
        paths, at = states.followed(lives[now], since)
        yield paths, columns[now][at], mends[now][at]


def resolve(states: RunStates, lives: Ints, columns: Ints, mends: Ints) -> None:
    """Pass or fail attempts, finish redesigns; mark the paths that may have a verdict."""
    states.tries.ravel()[states.place(lives, columns)] += mends == NONE
    decided: Ended | None = None
    if states.variants.has_hypotheses:
        special = states.variants.special[states.cell(lives, columns)] | (mends != NONE)
        some, plain = special.nonzero()[0], (~special).nonzero()[0]
        if len(some):
            states.touched[lives[some]] = True
            tried, decided = resolve_hypotheses(states, lives[some], columns[some], mends[some])
            lives = np.concatenate([lives[plain], tried[0]])
            columns = np.concatenate([columns[plain], tried[1]])
    ended = attempt(states, lives, columns)
    if decided is not None:
        lives, columns, passed = (np.concatenate(two) for two in zip(ended, decided, strict=True))
        ended = lives, columns, passed
    end_attempts(states, *ended)


def end_attempts(states: RunStates, lives: Ints, columns: Ints, passed: Bools) -> None:
    """Let milestones be reached, or attempts fail."""
    there, failed = passed.nonzero()[0], (~passed).nonzero()[0]
    fail(states, lives[failed], columns[failed])
    lives, columns = lives[there], columns[there]
    if states.variants.has_one_goal:  # until it is reached or lost, something is left to do
        states.touched[lives] |= columns == states.variants.goal[0]
    else:
        states.touched[lives] = True
    reach(states, lives, columns)


def resolve_hypotheses(
    states: RunStates, lives: Ints, columns: Ints, mends: Ints
) -> tuple[tuple[Ints, Ints], Ended]:
    """Finish redesigns and tests; find out what is untrue.

    Returns the attempts left to make, as paths and milestones, and those that have been decided.
    """
    known = states.hypotheses
    status, place = states.status.ravel(), states.place(lives, columns)
    pending = status[place] != REACHED  # a redesign elsewhere may have come first
    if not pending.all():
        lives, columns, mends, place = (a[pending] for a in (lives, columns, mends, place))
    status[place] = AHEAD
    mending, other = (mends != NONE).nonzero()[0], (mends == NONE).nonzero()[0]
    mend(states, lives[mending], columns[mending], mends[mending])
    lives, columns, untrue = known.find_untrue(lives[other], columns[other])
    tests = states.variants.tables.tests.ravel()[states.cell(lives, columns)]
    vain, trying = untrue.nonzero()[0], (~(untrue | tests)).nonzero()[0]
    tried, vain, vain_at = (lives[trying], columns[trying]), lives[vain], columns[vain]
    testing = (tests & ~untrue).nonzero()[0]
    test, tested, says_yes = known.says_yes(lives[testing], columns[testing])
    yes, no = says_yes.nonzero()[0], (~says_yes).nonzero()[0]
    known.refute(test[no], tested[no])
    states.stir(test[no], passed=False)
    states.make_ready(test[no], tested[no])  # a test has no limit: its redesign follows
    states.hold_back(np.concatenate([vain, test[no]]))
    lives, columns = np.concatenate([vain, test[yes]]), np.concatenate([vain_at, tested[yes]])
    return tried, (lives, columns, np.arange(len(lives)) >= len(vain))


def attempt(states: RunStates, lives: Ints, columns: Ints) -> Ended:
    """Make attempts: paths divide; return them, their milestones, and whether they pass."""
    if not len(lives):
        return lives, columns, np.zeros(0, dtype=bool)
    if states.conditions.of:
        lives, columns = states.conditions.divide(states, lives, columns)
    sure = states.sure[lives]
    certain, drawn = sure.nonzero()[0], (~sure).nonzero()[0]
    known, known_at = lives[certain], columns[certain]
    states.sure[known] = False
    lives, columns = states.part("attempt", lives[drawn], columns[drawn])
    rate = chances(states, lives, columns)
    lives, passed, before = states.attempt_at("attempt", lives, columns, rate)
    lives, columns = np.concatenate([lives, known]), np.concatenate([columns[before], known_at])
    return lives, columns, np.concatenate([passed, sure[certain]])


def chances(states: RunStates, lives: Ints, columns: Ints) -> Floats:
    """Return the chances of the attempts that have just ended, after a race."""
    rate = rates(states, lives, columns)
    if states.conditions.of:
        states.conditions.lessen(states, lives, columns, rate)
    return rate


def rates(states: RunStates, lives: Ints, columns: Ints, later: int | Ints = 0) -> Floats:
    """Return the pass rates of the last attempts so far, or of those so many after them."""
    tables, at = states.variants.tables, states.cell(lives, columns)
    if states.variants.has_rising_rates:
        number = states.tries.ravel()[states.place(lives, columns)] + later
        number = np.minimum(number, tables.rate_count.ravel()[at])
        at = at * tables.rates.shape[-1] + number - 1
    return np.asarray(tables.rates.ravel()[at])


def fail(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Count failures; use up a milestone whose last allowed attempt has failed."""
    if not len(lives):
        return
    lives, columns = states.part("limit", lives, columns)
    tables, at = states.variants.tables, states.cell(lives, columns)
    place = states.place(lives, columns)
    states.stir(lives, passed=False)
    states.status.ravel()[place] = AHEAD
    states.make_ready(lives, columns)
    spent = (states.tries.ravel()[place] >= tables.limit.ravel()[at]).nonzero()[0]
    if len(spent):
        lives, columns = lives[spent], columns[spent]
        states.set_ready(lives, columns, ready=False)
        states.status.ravel()[place[spent]] = USED_UP
        states.doom(lives, columns)
        states.touched[lives] = True


def mend(states: RunStates, lives: Ints, columns: Ints, hypotheses: Ints) -> None:
    """Finish redesigns: what was untrue is true now, and its milestone reached."""
    if not len(lives):
        return
    states.hypotheses.make_true(lives, hypotheses)
    if states.ends.shape[1] > 1:
        states.refresh(lives)
    else:
        states.make_ready(lives, columns)
    skipped = states.variants.tables.skipped.ravel()[states.cell(lives, hypotheses)]
    there = states.status.ravel()[states.place(lives, hypotheses)] == REACHED
    new = (~(skipped | there)).nonzero()[0]
    cancel(states, lives[new], hypotheses[new])
    since = states.size
    reach(states, lives[new], hypotheses[new])
    lives, at = states.followed(lives, since)
    hypotheses = hypotheses[at]
    receive(states, lives, hypotheses, redesign=True)


def cancel(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Free other teams that work on what has just been reached."""
    if not len(lives):
        return
    same = (states.ends.take(lives, axis=0) > 0) & (columns == states.job.take(lives, axis=0).T).T
    at, slots = same.nonzero()
    states.break_off(lives[at], slots)


def reach(states: RunStates, lives: Ints, columns: Ints) -> None:
    """Reach milestones, update what is ready, and apply what they give."""
    if not len(lives):
        return
    at, place = states.cell(lives, columns), states.place(lives, columns)
    states.stir(lives, passed=True)
    states.set_ready(lives, columns, ready=False)
    states.status.ravel()[place] = REACHED
    states.reached_week.ravel()[place] = states.now[lives]
    states.cash_needed.ravel()[place] = states.put_in(lives, states.cash[lives])
    then = states.variants.followers.take(at, axis=0)
    opens, nth = (then != NONE).nonzero()
    if len(opens):
        opened, then = lives[opens], then.ravel()[opens * then.shape[1] + nth]
        states.unmet.ravel()[states.place(opened, then)] -= 1
        states.make_ready(opened, then)
    if states.variants.has_alternatives:
        states.refresh(lives)
    receive(states, lives, columns, redesign=False)


def let_in_cheques(states: RunStates) -> None:
    """Pay out funding that is due, except to ended runs."""
    some_due = states.by_event or states.week in states.cheque_weeks
    for slot in range(states.cheque_week.shape[1]) if some_due else ():
        lives = ((states.cheque_week[:, slot] == states.now) & (states.now > 0)).nonzero()[0]
        amount = states.cheque_cents[lives, slot]
        states.cash[lives] += amount
        states.received[lives] += amount
        states.cheque_week[lives, slot] = 0
    if states.coming:
        states.see_terms()


def judge(states: RunStates) -> None:
    """Find goal and stuck where something has changed: no way to the goal, or nothing to do."""
    lives = (states.touched & (states.fate == LIVING)).nonzero()[0]
    states.touched[:] = False
    if not len(lives):
        return
    goal = states.variants.goal[states.variant[lives]]
    even = goal == NONE
    if even.any():
        even &= states.break_even(lives)
    if states.columns:
        place = states.place(lives, goal)
        even |= (goal != NONE) & (states.status.ravel()[place] == REACHED)
    states.end(lives[even.nonzero()[0]], GOAL)
    lives = lives[(~even).nonzero()[0]]
    done = lives[states.idle(lives) | states.doomed[lives]]
    stuck = done[any_of_each(states.status.take(done, axis=0) == USED_UP)]
    if states.by_itself:  # breaking even may happen by itself
        stuck = stuck[states.variants.goal[states.variant[stuck]] != NONE]
    states.end(states.stuck(stuck), STUCK)


def close(states: RunStates) -> None:
    """End all open runs at the horizon."""
    if states.by_event or states.week >= states.variants.horizon.min():
        living = states.living()
        over = states.variants.horizon[states.variant[living]] <= states.now[living]
        states.end(living[over], OPEN)


def wake(states: RunStates) -> None:
    """Mark what may start this week as ready if nothing else is unmet, and nothing more."""
    tables, may_start = states.variants.tables, states.may_start
    wakes = (tables.begins > 0).any(axis=0)
    if may_start.shape == states.could_start.shape and not states.may_hold_back:
        wakes &= (may_start != states.could_start).any(axis=0)
    states.could_start = may_start
    for column in np.flatnonzero(wakes).tolist():
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
