"""Rule 0 of a week: forks open, and the runs that took an option continue with an edited plan.

Runs that start in the middle begin here, too: work under way, debts, and knowledge, from a log.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.law import Instalment, cents
from workbook.luck import bars
from workbook.outcomes import Ints
from workbook.plan import Begun, Fork, Funding, Option, Wait
from workbook.simulate.run_states import RunStates
from workbook.simulate.tables import AHEAD, NEVER, NONE, UNDER_WAY, USED_UP

Bools = NDArray[np.bool_]


class Forks:
    """The forks with a chosen option, and the runs that have not reached them yet."""

    def __init__(
        self, states: RunStates, forks: tuple[Fork, ...], options: dict[str, Option]
    ) -> None:
        self.states = states
        self.forks = [(fork, options[fork.id]) for fork in forks if fork.id in options]
        self.closed = {fork.id: np.ones(states.size, dtype=bool) for fork, _ in self.forks}
        self.waits: dict[str, Bools] = {}
        self.begun: dict[str, Option] = {}
        self._alike = {
            fork.id: [other.id for other, _ in self.forks if other.at == fork.at]
            for fork, _ in self.forks
        }
        self._held: dict[str, Bools] = {}
        states.kept += [self.closed, self.waits]

    def open(self) -> None:
        """Open what opens this week.

        A run opens one fork per round; because that changes what holds, it is checked again.
        """
        asked = self.states.living()
        while self.forks and len(asked):
            asked = self._round(asked)

    def _round(self, asked: Ints) -> Ints:
        """Open the first fork, in the plan's order, whose conditions hold in each of these runs.

        Returns the runs that a fork has opened in, in ascending order.
        """
        self._held, opened = {}, [asked[:0]]
        for fork, option in self.forks:
            lives = self._come_to(fork, asked)
            if len(lives) and len(taking := self._taking(lives, fork.id)):
                self._take(taking, fork.id, option)
                left = np.ones(self.states.size, dtype=bool)
                left[taking] = False
                asked = asked[left[asked]]
                if option.funding is not None:
                    taking = self._fund(taking, fork.id, option.funding)
                opened.append(taking)
        return np.sort(np.concatenate(opened))

    def _taking(self, lives: Ints, fork: str) -> Ints:
        """Return the paths, of those that have come to a fork, that take its option: all."""
        return lives

    def name_of(self, fork: str) -> str:
        """Return the name of a fork's draws."""
        return fork

    def _fund(self, lives: Ints, fork: str, funding: Funding) -> Ints:
        """Draw where a round or a loan comes, without a lag at once; return all these paths."""
        states, amount, before = self.states, cents(funding.amount), self.states.size
        won = states.happens("fork-funding", self.name_of(fork), lives, funding.chance)
        if funding.lag_weeks:
            states.promise(won, amount, funding.lag_weeks, funding)
        else:
            self._set_cash(won, states.cash[won] + amount)
            states.come_to_terms(won, amount, funding)
        return states.followed(lives, before)[0]

    def _come_to(self, fork: Fork, asked: Ints) -> Ints:
        """Return those of these living runs in which all conditions of a fork hold.

        They are looked at once a round for all forks with the same conditions, as the options of
        one fork have them where several are played: no run that is asked still has changed.
        """
        lives = asked[self.closed[fork.id][asked].nonzero()[0]]
        if not len(lives):
            return lives
        first = self._alike[fork.id][0]
        if first not in self._held:
            closed = np.logical_or.reduce([self.closed[id][asked] for id in self._alike[fork.id]])
            self._held[first] = np.zeros(self.states.size, dtype=bool)
            self._held[first][self._holds(fork, asked[closed.nonzero()[0]])] = True
        return lives[self._held[first][lives].nonzero()[0]]

    def _holds(self, fork: Fork, asked: Ints) -> Ints:
        """Return those of these runs in which the conditions of a fork hold, closed or not."""
        states, at = self.states, fork.at
        if at.week is not None and states.week < at.week:
            return asked[:0]
        here = ~states.waiting[asked]
        if at.cash_below is not None:
            here &= states.cash[asked] < cents(at.cash_below)
        if at.used_up is not None:
            used_up = states.status[:, states.variants.column[at.used_up]] == USED_UP
            here &= used_up[asked]
        lives = asked[here.nonzero()[0]]
        if at.milestone is None or not len(lives):
            return lives
        return self._starting(lives, states.variants.column[at.milestone])

    def _starting(self, lives: Ints, column: int) -> Ints:
        """Return those of these runs in which a free team would now start work at a milestone."""
        states = self.states
        if states.closed:
            return lives[:0]
        at = [column, *states.hypotheses.relying_on(column)]
        if len(at) == 1:
            return self._next(lives, column, column)
        return np.unique(np.concatenate([self._next(lives, one, column) for one in at]))

    def _next(self, lives: Ints, at: int, column: int) -> Ints:
        """Return those of these runs in which a free team would take `at`, to work at `column`."""
        states = self.states
        lives = lives[states.ready[lives, at]]
        if not len(lives):
            return lives
        free = states.variants.teams[states.variant[lives]] - states.busy[lives]
        rank = states.variants.tables.rank.take(states.variant[lives], axis=0)
        ready = states.ready_words.take(lives, axis=0).view(bool)[:, : states.columns]
        lives = lives[(ready & (rank < rank[:, at, None])).sum(axis=1) < free]
        if not states.variants.has_hypotheses:
            return lives
        mends = states.hypotheses.mended_next(lives, np.full(len(lives), at))
        worked_at = np.where(mends == NONE, at, mends)
        return np.asarray(lives[worked_at == column])

    def _take(self, lives: Ints, fork: str, option: Option) -> None:
        states, variants = self.states, self.states.variants
        self.closed[fork][lives] = False
        states.touched[lives] = True
        before = states.variant[lives]
        for variant in np.unique(before).tolist():
            states.variant[lives[before == variant]] = variants.opened(variant, fork)
        states.widen(int(variants.teams.max()))
        causes = np.full(len(lives), variants.opening(fork))
        states.change(lives, causes)
        states.teams[lives] = variants.teams[states.variant[lives]]
        self._move_money(lives, option)
        self._drop_skipped(lives)
        states.refresh(lives)
        if option.wait is not None:
            states.waiting[lives] = True
            states.teams[lives] = 0
            self._wait(fork)[lives] = True
            if states.by_event:
                self._wait_until(lives, fork, option.wait)

    def _wait_until(self, lives: Ints, fork: str, wait: Wait) -> None:
        """Draw in which week each run's money comes, by which paths divide."""
        states, most = self.states, int(self.states.variants.horizon.max()) + 1
        places, owner = states.members(lives)
        followers = states.order[places]
        uniform = states.draws.uniforms("wait", self.name_of(fork))[states.run[followers]]
        failed = np.searchsorted(bars((wait.chance_per_week,) * most), uniform, side="right")
        weeks = np.zeros(len(states.run), dtype=np.int64)
        weeks[followers] = failed
        lives, _ = states.divide_by(lives, places, owner, failed.astype(float))
        failed = weeks[states.order[states.first[lives]]]
        states.wait_until[lives] = np.where(failed < most, states.now[lives] + failed, 0)

    def _wait(self, fork: str) -> Bools:
        return self.waits.setdefault(fork, np.zeros(self.states.size, dtype=bool))

    def begin_waiting(self, fork: str, option: Option) -> None:
        """Let every run wait for this option's money from before the first week."""
        self.states.waiting[:] = True
        self.states.teams[:] = 0
        self._wait(fork)[:] = True
        self.begun = {fork: option}

    def _waited(self) -> list[tuple[str, Option]]:
        """Return the forks with an option that waits, and these options."""
        options = {fork.id: option for fork, option in self.forks}
        return [(fork, (self.begun | options)[fork]) for fork in self.waits]

    def _move_money(self, lives: Ints, option: Option) -> None:
        states = self.states
        if isinstance(option.cash, str):
            self._set_cash(lives, states.cash[lives] + cents(float(option.cash)))
        elif option.cash is not None:
            self._set_cash(lives, cents(option.cash))
        if option.loan is not None:
            self._set_cash(lives, states.cash[lives] + cents(option.loan.amount))
            repay = cents(option.loan.repay)
            states.owe(lives, [Instalment(option.loan.repay_after_weeks, repay, repay)])

    def _set_cash(self, lives: Ints, cash: Ints | int) -> None:
        """Set the cash of these runs; the difference counts as received."""
        self.states.received[lives] += cash - self.states.cash[lives]
        self.states.cash[lives] = cash

    def _drop_skipped(self, lives: Ints) -> None:
        """Abandon work on what is now skipped, and free its team."""
        states = self.states
        skipped = states.variants.tables.skipped[states.variant[lives]]
        for slot in range(states.ends.shape[1]):
            job = states.job[lives, slot]
            dropped = (states.ends[lives, slot] > 0) & skipped[np.arange(len(lives)), job]
            states.status[lives[dropped], job[dropped]] = AHEAD
            states.break_off(lives[dropped], slot)

    def saved_by_waiting(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield waiting runs, and how much less than their burn they spend in a week."""
        states = self.states
        for fork, option in self._waited():
            lives = (self.waits[fork] & states.waiting).nonzero()[0]
            if option.wait is not None and len(lives):
                yield lives, states.burn(lives) - cents(option.wait.burn_per_week)

    def burn_of_waiting(self) -> None:
        """Replace the burn of waiting runs by the waiting burn."""
        states = self.states
        for lives, saved in self.saved_by_waiting():
            states.cash[lives] += saved
            if states.profit is not None:
                states.profit[lives] += saved

    def net(self, lives: Ints) -> Ints:
        """Return by how much the cash of these runs changes in a week of theirs."""
        states = self.states
        net = states.economies.net[states.economy[lives]]
        if self.waits:
            each = np.zeros(states.size, dtype=np.int64)
            for waiting, saved in self.saved_by_waiting():
                each[waiting] += saved
            net += each[lives]
        return net

    def still_closed(self) -> Iterator[tuple[int, Bools]]:
        """Yield the milestone of each fork, and the paths that it may yet open on."""
        for fork, _ in self.forks:
            if fork.at.milestone is not None:
                yield self.states.variants.column[fork.at.milestone], self.closed[fork.id]

    def weeks_to_open(self, lives: Ints, net: Ints) -> Ints:
        """Return after how many weeks the cash of these runs is low enough for a fork."""
        weeks, cash = np.full(len(lives), NEVER, dtype=np.int64), self.states.cash[lives]
        for fork, _ in self.forks:
            if fork.at.cash_below is not None:
                low = cents(fork.at.cash_below)
                falling = (self.closed[fork.id][lives] & (net < 0) & (cash >= low)).nonzero()[0]
                later = (cash[falling] - low) // -net[falling] + 1
                weeks[falling] = np.minimum(weeks[falling], later)
        return weeks

    def end_waits(self) -> None:
        """Draw at the end of each week of waiting whether the money comes."""
        states = self.states
        for fork, option in self._waited():
            lives = (self.waits[fork] & states.waiting).nonzero()[0]
            if option.wait is None or not len(lives):
                continue
            if states.by_event:
                lives = lives[states.wait_until[lives] == states.now[lives]]
                states.wait_until[lives] = 0
            else:
                chance = option.wait.chance_per_week
                lives = states.happens("wait", self.name_of(fork), lives, chance)
            self.waits[fork][lives] = False
            states.waiting[lives] = False
            self._set_cash(lives, states.cash[lives] + cents(option.wait.amount))
            states.teams[lives] = states.variants.teams[states.variant[lives]]


def begin_midway(states: RunStates, forks: Forks, begun: Begun) -> None:
    """Set every run to the state of the plan before its first week."""
    if not begun.midway:
        return
    everyone, column = np.arange(states.size), states.variants.column
    for id in begun.used_up:
        states.status[:, column[id]] = USED_UP
    states.hypotheses.begin(begun)
    states.widen(len(begun.jobs))
    for team, job in enumerate(begun.jobs):
        states.status[:, column[job.milestone]] = UNDER_WAY
        states.ends[:, team], states.job[:, team] = job.weeks, column[job.milestone]
        states.mends[:, team] = NONE if job.mends is None else column[job.mends]
    states.busy += len(begun.jobs)
    for debt in begun.debts:
        one = Instalment(debt.weeks, debt.amount_cents, debt.pays_off_cents)
        states.owe(everyone, [one])
    for id, weeks in begun.held:
        states.held[column[id]] = np.full(states.size, weeks)
    if states.moving is not None:
        for weeks, owed in begun.receivable:
            states.moving.owe(weeks, owed)
    states.refresh(everyone)
    if begun.waiting is not None:
        forks.begin_waiting(*begun.waiting)
