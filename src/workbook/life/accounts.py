"""The money of a run: revenue, tax, debts and their terms, funding and payments due."""

from __future__ import annotations

from workbook.law import cents, instalments_of
from workbook.law.calendar import QUARTER, tax_cents
from workbook.life.state import State
from workbook.plan import Debt, Due, Funding


class Accounts(State):
    """A run whose money moves."""

    def earned(self) -> int:
        """Return the week's income: its revenue, or what customers owed since their terms began."""
        economy = self.economy
        if not self.terms:
            return economy.sales_cents
        due = self.week + int(economy.paid_after_weeks)
        self.receivable[due] = self.receivable.get(due, 0) + economy.gross_cents
        return self.receivable.pop(self.week, 0) - economy.goods_cents

    def pay_tax(self) -> None:
        """Pay the tax on the profit of a quarter at its end; a loss is carried forward."""
        weeks = self.week + self.plan.begun.quarter_weeks
        if self.plan.tax_on_profit and weeks % QUARTER == 0 and self.profit > 0:
            self.cash -= tax_cents(self.plan, self.profit)
            self.profit = 0

    def pay_debts(self) -> None:
        """Pay the debts that fall due this week."""
        for debt in self.debts:
            if debt.weeks == self.week:
                self.cash -= debt.amount_cents
                self.owed_cents -= debt.pays_off_cents
                self.note("repaid", debt.about, debt.amount_cents)

    def owe(self, about: str, weeks: int, amount: int, pays_off: int) -> None:
        """Owe a payment so many weeks from now, and the part of it that pays the debt off."""
        self.debts.append(Debt(self.week + weeks, amount, about, pays_off))
        self.owed_cents += pays_off

    def come_to_terms(self, amount: int, about: str, terms: Funding | Due) -> None:
        """Give away a share for money that has come, or owe its instalments."""
        self.share *= 1.0 - terms.share_given
        for instalment in instalments_of(amount, terms.repaid) if terms.repaid else ():
            self.owe(about, instalment.weeks, instalment.cents, instalment.pays_off_cents)

    def take_in(self, amount: int, about: str, terms: Funding | Due) -> None:
        """Receive a payment; give away a share for it, or owe its instalments."""
        self.cash += amount
        self.note("cheque", about, amount)
        self.come_to_terms(amount, about, terms)

    def let_in_cheques(self) -> None:
        """Receive the payments due."""
        for cheque in [cheque for cheque in self.cheques if cheque[0] <= self.week]:
            self.cheques.remove(cheque)
            _, amount, about, terms = cheque
            self.take_in(amount, about, terms)

    def fund(self, funding: Funding | None, kind: str, id: str, at_once: bool = False) -> None:
        """Draw whether money comes, and when; what comes at once is there before the bills."""
        if funding is None:
            return
        amount, due = cents(funding.amount), self.week + funding.lag_weeks
        if not self.chance.happens(kind, id, funding.chance):
            self.note("no-cheque", id)
        elif at_once and not funding.lag_weeks:
            self.take_in(amount, id, funding)
        else:
            self.cheques.append((due, amount, id, funding))

    def end_wait(self) -> None:
        """While waiting, draw whether the money comes at each week's end."""
        if self.waiting is None:
            return
        fork, wait = self.waiting
        if self.chance.happens("wait", fork, wait.chance_per_week):
            self.cash += cents(wait.amount)
            self.waiting = None
            self.note("wait-over", fork, cents(wait.amount))
