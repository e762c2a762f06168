"""The money of all paths: payments due, debts and their terms, revenue and burn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.law import Instalment, changes_capital, instalments_of
from workbook.outcomes import Ints
from workbook.plan import Funding
from workbook.simulate.book import LIVING
from workbook.simulate.moving import Moving
from workbook.simulate.path_book import LuckyBook

CHEQUES = ("cheque_week", "cheque_cents")
DEBTS = ("debt_week", "debt_at")


@dataclass(frozen=True)
class Kinds:
    """What occurs in a plan, with the options taken, that a states must follow.

    `moving`: customers, reach or stock move by themselves; `terms`: money comes late or goes early;
    `levels`: a milestone is reached by a level; `ranges`: a figure is drawn, once a life or each
    week; `capital`: shares are given away, or loans have instalments; `by_event`: between events
    every week is like the one before, so that each path passes from one of its events to the next.
    """

    moving: bool = False
    terms: bool = False
    levels: bool = False
    ranges: bool = False
    capital: bool = False
    by_event: bool = False


class Accounts(LuckyBook):
    """The money of paths; `last_cheque` is the last week in which a payment is due.

    Payments due are by path and slot: their weeks (0 for none), and cents. Debts are by path and
    slot, too: the week of the next instalment, and its place in `instalments`.
    """

    week: int
    now: Ints
    moving: Moving | None
    cheque_week: Ints
    cheque_cents: Ints
    debt_week: Ints
    debt_at: Ints
    last_cheque: Ints

    def _begin_debts(self, kinds: Kinds) -> None:
        """Begin without debts, without money to come that has terms, and without a profit."""
        self.profit: Ints | None = None
        self.cheque_weeks: set[int] = set()
        self.debt_weeks: set[int] = set()
        self.instalments = np.zeros((0, 3), dtype=np.int64)
        self.terms: list[Funding] = []
        self.coming: dict[tuple[int, int], Ints] = {}
        self.kept += [self.coming]
        for name in CHEQUES + DEBTS:
            setattr(self, name, self.keep(name, np.zeros((self.size, 0), dtype=np.int64)))
        plan = self.variants.programs[0].plan
        if plan.tax_on_profit:
            profit = np.full(self.size, plan.begun.untaxed_cents, dtype=np.int64)
            self.profit = self.keep("profit", profit)
        self.morale: Ints | None = None
        if plan.morale:
            self.morale = self.keep("morale", np.full(self.size, plan.morale.start, dtype=np.int64))
            self.stirred = self.keep("stirred", np.zeros(self.size, dtype=np.int64))
        if kinds.capital:
            share = np.full(self.size, self.variants.programs[0].plan.founder_share)
            self.share = self.keep("share", share)
            self.debt = self.keep("debt", np.zeros(self.size, dtype=np.int64))

    def promise(
        self, lives: Ints, amount: int | Ints, lag_weeks: int, terms: Funding | None = None
    ) -> None:
        """Promise a payment to these paths (each once) after a lag."""
        if not len(lives):
            return
        due = self.now[lives] + lag_weeks
        slot = self._slot(CHEQUES, lives)
        self.cheque_week[lives, slot], self.cheque_cents[lives, slot] = due, amount
        self.last_cheque[lives] = np.maximum(self.last_cheque[lives], due)
        self.cheque_weeks.add(self.week + lag_weeks)
        if self.share is not None and terms is not None and changes_capital(terms):
            self.terms.append(terms)
            coming = self.coming[self.week + lag_weeks, len(self.terms) - 1] = np.zeros(
                self.size, dtype=np.int64
            )
            coming[lives] = amount

    def see_terms(self) -> None:
        """Give away shares for the money that has come this week, or owe its instalments."""
        for key in [key for key in self.coming if key[0] == self.week]:
            amounts = np.where(self.fate == LIVING, self.coming.pop(key), 0)
            for amount in np.unique(amounts[amounts > 0]).tolist():
                self.come_to_terms(np.flatnonzero(amounts == amount), amount, self.terms[key[1]])

    def come_to_terms(self, lives: Ints, amount: int, terms: Funding) -> None:
        """Give away a share for money that these paths have received, or owe its instalments."""
        if self.share is None:
            return
        self.share[lives] *= 1.0 - terms.share_given
        if terms.repaid:
            self.owe(lives, instalments_of(amount, terms.repaid))

    def owe(self, lives: Ints, instalments: Sequence[Instalment]) -> None:
        """Let these paths owe instalments, each to be paid with the bills of its week."""
        slot, now = self._slot(DEBTS, lives), self.now[lives]
        weeks, cents, pays_off = np.array(instalments, dtype=np.int64).T
        self.debt_week[lives, slot] = now + weeks[0]
        self.debt_at[lives, slot] = len(self.instalments)
        more = np.column_stack([np.append(np.diff(weeks), 0), cents, pays_off])
        self.instalments = np.concatenate([self.instalments, more])
        self.debt_weeks.update(np.add.outer(np.unique(now), weeks).ravel().tolist())
        if self.debt is not None:
            self.debt[lives] += pays_off.sum()

    def pay_instalments(self) -> None:
        """Pay the instalments that are due; the next of each debt is due later."""
        for slot in range(self.debt_week.shape[1]):
            due = (self.debt_week[:, slot] == self.now) & (self.fate == LIVING)
            if len(lives := due.nonzero()[0]):
                weeks, cents, pays_off = self.instalments[self.debt_at[lives, slot]].T
                self.cash[lives] -= cents
                if self.debt is not None:
                    self.debt[lives] -= pays_off
                then = np.where(weeks > 0, self.debt_week[lives, slot] + weeks, 0)
                self.debt_week[lives, slot] = then
                self.debt_at[lives, slot] += 1

    def _slot(self, names: tuple[str, ...], lives: Ints) -> Ints:
        """Return a free slot for a payment of each of these paths."""
        slots = getattr(self, names[0]).shape[1]
        if slots:
            free = getattr(self, names[0])[lives] == 0
            slot = free.argmax(axis=1)
            if free[np.arange(len(lives)), slot].all():
                return np.asarray(slot)
        for name in names:
            wider = np.pad(getattr(self, name), ((0, 0), (0, max(1, slots))))
            setattr(self, name, self.keep(name, wider))
        return self._slot(names, lives)

    def change(self, lives: Ints, causes: Ints) -> None:
        """Switch to a new economy, also for figures that change by themselves."""
        super().change(lives, causes)
        if self.moving is not None:
            self.moving.give(lives, causes, self.run_of)
            self.moving.renew(lives, self.economy)

    def stir(self, lives: Ints, *, passed: bool) -> None:
        """Count a milestone reached, or a failure, in these paths (each once) for the morale."""
        morale = self.variants.programs[0].plan.morale
        if morale is not None:
            self.stirred[lives] += morale.rises_by if passed else -morale.falls_by

    def see_morale(self) -> None:
        """Let what was reached and what failed this week raise and lower morale."""
        if self.morale is not None:
            self.morale[:] = np.clip(self.morale + self.stirred, 0, 100)
            self.stirred[:] = 0

    def break_even(self, lives: Ints) -> NDArray[np.bool_]:
        """Return in which of these runs revenue covers the burn and the mean of recurring bills."""
        return np.asarray(self.sales(lives) >= self.to_cover(lives))

    def to_cover(self, lives: Ints) -> Ints:
        """What breaking even takes of a week in these lives, in cents."""
        economy = self.economy[lives]
        if self.moving is None:
            return np.asarray(self.economies.to_cover[economy])
        return self.moving.to_cover(lives, economy)

    def burn(self, lives: Ints) -> Ints:
        """Burn of a week in these lives, in cents."""
        economy = self.economy[lives]
        if self.moving is None:
            return np.asarray(self.economies.burn[economy])
        return self.moving.burn_of(lives, economy)

    def sales(self, lives: Ints) -> Ints:
        """Return the weekly revenue in these runs, in cents."""
        if self.moving is None:
            return np.asarray(self.economies.sales[self.economy[lives]])
        return self.moving.sales_of(lives, self.economy)
