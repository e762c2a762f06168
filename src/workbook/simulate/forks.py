"""Rule 0 of a week: forks open, and the runs that took an option continue with an edited plan."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from workbook.law import cents
from workbook.outcomes import Ints
from workbook.plan import Fork, Option
from workbook.simulate.book import LIVING
from workbook.simulate.crowd import Crowd
from workbook.simulate.variants import AHEAD, NONE, USED_UP

Bools = NDArray[np.bool_]


class Forks:
    """The forks with a chosen option, and the runs that have not reached them yet."""

    def __init__(self, crowd: Crowd, forks: tuple[Fork, ...], options: dict[str, Option]) -> None:
        self.crowd = crowd
        self.forks = [(fork, options[fork.id]) for fork in forks if fork.id in options]
        self.closed = {fork.id: np.ones(crowd.lives, dtype=bool) for fork, _ in self.forks}
        self.waits: list[tuple[str, Option, Bools]] = []

    def open(self) -> list[Ints]:
        """Open what opens this week; return the runs concerned.

        A run opens one fork per round; because that changes what holds, it is checked again.
        """
        opened: list[Ints] = []
        asked = np.ones(self.crowd.lives, dtype=bool)
        while self.forks and asked.any():
            found = self._round(asked)
            opened += found
            asked = np.zeros(self.crowd.lives, dtype=bool)
            for lives in found:
                asked[lives] = True
        return opened

    def _round(self, asked: Bools) -> list[Ints]:
        """Open the first fork, in the plan's order, whose conditions hold in each of these runs."""
        ids = {fork.at.milestone for fork, _ in self.forks} - {None}
        starting = {id: self._starting(self.crowd.variants.column[id]) for id in ids if id}
        opened = []
        for fork, option in self.forks:
            lives = self._come_to(fork, asked, starting)
            if len(lives):
                self._take(lives, fork.id, option)
                asked[lives] = False
                opened.append(lives)
        return opened

    def _starting(self, column: int) -> Bools:
        """Return the runs in which a free team would now start work at a milestone."""
        crowd = self.crowd
        starting = np.zeros(crowd.lives, dtype=bool)
        if crowd.closed:
            return starting
        for at in [column, *crowd.hypotheses.relying_on(column)]:
            lives = np.flatnonzero(crowd.ready[:, at] & (crowd.fate == LIVING))
            if not len(lives):
                continue
            free = crowd.variants.teams[crowd.variant[lives]] - crowd.busy[lives]
            rank = crowd.variants.tables.rank[crowd.variant[lives]]
            ahead = crowd.ready[lives] & (rank < rank[:, at, None])
            lives = lives[ahead.sum(axis=1) < free]
            if crowd.variants.has_hypotheses:
                mends = crowd.hypotheses.mended_next(lives, np.full(len(lives), at))
                lives = lives[np.where(mends == NONE, at, mends) == column]
            starting[lives] = True
        return starting

    def _come_to(self, fork: Fork, asked: Bools, starting: Mapping[str, Bools]) -> Ints:
        """Return those of these runs in which all conditions of a fork hold."""
        crowd, at = self.crowd, fork.at
        if at.week is not None and crowd.week < at.week:
            return np.zeros(0, dtype=np.int64)
        here = asked & self.closed[fork.id] & ~crowd.waiting & (crowd.fate == LIVING)
        if at.cash_below is not None:
            here &= crowd.cash < cents(at.cash_below)
        if at.used_up is not None:
            here &= crowd.status[:, crowd.variants.column[at.used_up]] == USED_UP
        if at.milestone is not None:
            here &= starting[at.milestone]
        return np.flatnonzero(here)

    def _take(self, lives: Ints, fork: str, option: Option) -> None:
        crowd, variants = self.crowd, self.crowd.variants
        self.closed[fork][lives] = False
        before = crowd.variant[lives]
        for variant in np.unique(before).tolist():
            crowd.variant[lives[before == variant]] = variants.opened(variant, fork)
        crowd.widen(int(variants.teams.max()))
        causes = np.full(len(lives), variants.opening(fork))
        crowd.change(lives, causes)
        crowd.teams[lives] = variants.teams[crowd.variant[lives]]
        self._move_money(lives, option)
        self._drop_skipped(lives)
        crowd.refresh(lives)
        if option.wait is not None:
            crowd.waiting[lives] = True
            crowd.teams[lives] = 0
            self._wait(fork, option)[lives] = True

    def _wait(self, fork: str, option: Option) -> Bools:
        for id, _, waiting in self.waits:
            if id == fork:
                return waiting
        self.waits.append((fork, option, np.zeros(self.crowd.lives, dtype=bool)))
        return self.waits[-1][2]

    def begin_waiting(self, fork: str, option: Option) -> None:
        """Let every run wait for this option's money from before the first week."""
        self.crowd.waiting[:] = True
        self.crowd.teams[:] = 0
        self._wait(fork, option)[:] = True

    def _move_money(self, lives: Ints, option: Option) -> None:
        crowd = self.crowd
        if isinstance(option.cash, str):
            self._set_cash(lives, crowd.cash[lives] + cents(float(option.cash)))
        elif option.cash is not None:
            self._set_cash(lives, cents(option.cash))
        if option.loan is not None:
            self._set_cash(lives, crowd.cash[lives] + cents(option.loan.amount))
            due = crowd.week + option.loan.repay_after_weeks
            crowd.debts[due].append((lives, cents(option.loan.repay)))

    def _set_cash(self, lives: Ints, cash: Ints | int) -> None:
        """Set the cash of these runs; the difference counts as received."""
        self.crowd.received[lives] += cash - self.crowd.cash[lives]
        self.crowd.cash[lives] = cash

    def _drop_skipped(self, lives: Ints) -> None:
        """Abandon work on what is now skipped, and free its team."""
        crowd = self.crowd
        skipped = crowd.variants.tables.skipped[crowd.variant[lives]]
        for slot in range(crowd.ends.shape[1]):
            job = crowd.job[lives, slot]
            dropped = (crowd.ends[lives, slot] > 0) & skipped[np.arange(len(lives)), job]
            crowd.status[lives[dropped], job[dropped]] = AHEAD
            crowd.break_off(lives[dropped], slot)

    def burn_of_waiting(self) -> None:
        """Replace the burn of waiting runs by the waiting burn."""
        crowd = self.crowd
        for _, option, waiting in self.waits:
            lives = np.flatnonzero(waiting & crowd.waiting)
            if option.wait is not None and len(lives):
                saved = crowd.burn(lives)
                crowd.cash[lives] += saved - cents(option.wait.burn_per_week)

    def end_waits(self) -> None:
        """Draw at the end of each week of waiting whether the money comes."""
        crowd = self.crowd
        for fork, option, waiting in self.waits:
            lives = np.flatnonzero(waiting & crowd.waiting)
            if option.wait is None or not len(lives):
                continue
            come = crowd.draws.happens("wait", fork, lives, option.wait.chance_per_week)
            lives = lives[come]
            waiting[lives] = False
            crowd.waiting[lives] = False
            self._set_cash(lives, crowd.cash[lives] + cents(option.wait.amount))
            crowd.teams[lives] = crowd.variants.teams[crowd.variant[lives]]
