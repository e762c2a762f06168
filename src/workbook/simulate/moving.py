"""Figures of the business that are each life's own: those that move by themselves or have a range.

What a life earns then no longer follows from the number of its economy alone: here are, by life,
the figures that are its own, and beside them tables by economy of all the others. The rule is that
of `law.Economy.next_week`, in the same order of arithmetic, so that it comes to the same bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from workbook.figures import MOST_MONEY
from workbook.law import (
    MONTHS_A_WEEK,
    Economy,
    cents_of,
    factors_of,
    growth_a_week,
    kept_a_week,
    place_of,
)
from workbook.law.calendar import paid_in
from workbook.law.people import is_paid
from workbook.outcomes import Floats, Ints
from workbook.plan import SHARES, Plan, Role
from workbook.simulate.draws import Draws
from workbook.simulate.economies import NOTHING, Economies

RATES: Mapping[str, Callable[[float], float]] = {
    "churn_per_month": kept_a_week,
    "reach_growth_per_month": growth_a_week,
    "referrals_per_month": lambda share: share * MONTHS_A_WEEK,
}
"""What a share of a month comes to in a week."""
Some = Ints | slice
ALL = slice(None)


class Moving:
    """The figures that are each life's own; arrays by life, as `RunStates` has them.

    `off`: how far figures with a range are off, by life, by their place in the plan.
    """

    def __init__(
        self, economies: Economies, lives: int, terms: bool, off: Mapping[str, Floats]
    ) -> None:
        self.economies, self.terms, self._off = economies, terms, off
        self.owed: dict[int, Ints] = {}
        self._tables: dict[str, Floats] = {}
        self._alike: dict[str, Floats] = {}
        self._rates: dict[str, Floats] = {}
        self._known = 0
        self._revenue: Ints | None = None
        self._runs: Ints | None = None
        first = economies.known(economies.first)
        self.season = first.season
        self.factors: dict[str, Floats] = {}
        bills = {f"bills.{bill.id}": bill for bill in first.bills}
        roles = {f"roles.{role.id}": role for role in first.roles}
        self.own_bills = {name: bill for name, bill in bills.items() if name in economies.followed}
        self.own_roles = {name: role for name, role in roles.items() if name in economies.followed}
        self.now: dict[str, Floats] = {}
        for name in economies.followed:
            self.now[name] = within(name, self._at_first(name, first, lives, off))

    def _at_first(self, name: str, first: Economy, lives: int, off: Mapping[str, Floats]) -> Floats:
        """A figure in every life at the start; of a role its pay a week."""
        none = np.zeros(lives)
        if (bill := self.own_bills.get(name)) is not None:
            return bill.amount + off.get(f"{name}.amount", none)
        if (role := self.own_roles.get(name)) is not None:
            week = role.pay_per_week + off.get(f"{name}.pay_per_week", none)
            month = role.pay_per_month + off.get(f"{name}.pay_per_month", none)
            return np.asarray(np.maximum(0.0, week) + np.maximum(0.0, month) * MONTHS_A_WEEK)
        return np.asarray(getattr(first, name) + off.get(place_of(name), none))

    def draw_week(
        self, plan: Plan, week: int, draws: Draws, run_of: Callable[[Ints], Ints]
    ) -> None:
        """Draw the figures that differ from week to week; `run_of` tells the runs of paths."""
        self._revenue = None
        if plan.weekly_ranges:
            if self._runs is None:
                self._runs = run_of(np.arange(len(self.now["stock"])))
            runs = self._runs
            self.factors |= factors_of(
                plan, week, lambda *name: draws.uniforms(*name)[runs], draws.shape
            )
            self._alike = {n: table for n, table in self._alike.items() if n not in self.factors}

    def begin(self, economy: Ints) -> None:
        """Let each path begin with the figures of its economy."""
        self._revenue = None
        for name in self.now:
            self.now[name] = within(name, self.economies.figures(name)[economy])

    def pass_week(self, week: int, economy: Ints) -> Ints:
        """Pass a week: customers stay, join and leave, the reach grows, goods are ordered.

        Returns the change of cash of each run, minus its goods, in cents.
        """
        joining, bought, fees, margin = self._sold(economy, ALL)
        flat = self._figure("revenue_per_week", economy, ALL)
        if self.terms:
            gross = cents_of(np.minimum(MOST_MONEY, bought + flat + fees))
            cash = self._arrived(week, economy, gross)
            goods = bought * (1.0 - margin)
            order = self._order(economy, goods)
            cash -= cents_of(np.minimum(MOST_MONEY, order + fees * (1.0 - margin)))
            self.now["stock"] = np.maximum(0.0, self.now["stock"] + order - goods)
        else:
            cash = cents_of(np.minimum(MOST_MONEY, bought * margin + flat + fees * margin))
        self._move_on(economy, joining)
        self._revenue = None
        cash[economy == NOTHING] = 0
        return cash

    def _sold(self, economy: Ints, lives: Some) -> tuple[Floats, Floats, Floats, Floats]:
        """Who says yes in a week, what they buy, what those who stay owe, and the margin."""
        reach = self._figure("reach_per_week", economy, lives) * self.season
        joining = reach * self._figure("conversion", economy, lives)
        there = self._figure("paying_customers", economy, lives)
        fees = there * self._figure("fee_per_month", economy, lives) * MONTHS_A_WEEK
        bought = joining * self._figure("price", economy, lives)
        return joining, bought, fees, self._figure("margin", economy, lives)

    def _move_on(self, economy: Ints, joining: Floats) -> None:
        now, there = self.now, self.now["paying_customers"]
        stay = there * self._rate("churn_per_month", economy)
        invited = there * self._rate("referrals_per_month", economy)
        most = self._figure("most_customers", economy, ALL)
        now["paying_customers"] = np.minimum(most, stay + joining + invited)
        grown = now["reach_per_week"] * self._rate("reach_growth_per_month", economy)
        most = self._figure("most_reach_per_week", economy, ALL)
        now["reach_per_week"] = np.minimum(most, grown)

    def _arrived(self, week: int, economy: Ints, gross: Ints) -> Ints:
        """Return what customers pay this week, in cents: for earlier sales, by their terms."""
        lags = self._figure("paid_after_weeks", economy, ALL)
        for lag in [lags.item()] if lags.ndim == 0 else np.unique(lags).tolist():
            owed = self.owed.setdefault(week + int(lag), np.zeros(len(economy), dtype=np.int64))
            owed += gross if lags.ndim == 0 else np.where(lags == lag, gross, 0)
        return self.owed.pop(week, np.zeros(len(economy), dtype=np.int64))

    def _order(self, economy: Ints, goods: Floats) -> Floats:
        """Return the goods ordered in a week: what fills the stock, at least the smallest order."""
        ahead = 1.0 + self._figure("stock_weeks", economy, ALL)
        wanted = goods * ahead - self.now["stock"]
        least = np.maximum(wanted, self._figure("minimum_order", economy, ALL))
        return np.asarray(np.where(wanted <= 0.0, 0.0, least))

    def owe(self, week: int, cents: int) -> None:
        """Let the customers of every run pay this in that week, for earlier sales."""
        self.owed[week] = np.full_like(self.now["stock"], cents, dtype=np.int64)

    def sales_of(self, lives: Ints, economy: Ints) -> Ints:
        """Return the weekly revenue of some paths minus goods, in cents; `economy` is that of all.

        For many it is computed for all, once a week, and again where something has been given.
        """
        if self._revenue is None and 2 * len(lives) < len(economy):
            return self._earned(economy[lives], lives)
        if self._revenue is None:
            self._revenue = self._earned(economy, ALL)
        return self._revenue[lives]

    def renew(self, lives: Ints, economy: Ints) -> None:
        """Compute the revenue again of paths that have been given something."""
        if self._revenue is not None:
            self._revenue[lives] = self._earned(economy[lives], lives)

    def _earned(self, economy: Ints, lives: Some) -> Ints:
        _, bought, fees, margin = self._sold(economy, lives)
        flat = self._figure("revenue_per_week", economy, lives)
        return cents_of(np.minimum(MOST_MONEY, bought * margin + flat + fees * margin))

    @property
    def own_burn(self) -> bool:
        """Whether the burn differs from life to life, or from week to week."""
        return "burn_per_week" in self.now or "burn_per_week" in self.factors

    def burn_of(self, lives: Some, economy: Ints) -> Ints:
        """Burn of a week of some lives, in cents; nothing where a life is over."""
        if not self.own_burn:
            return np.asarray(self.economies.burn[economy])
        burn = cents_of(self._figure("burn_per_week", economy, lives))
        return np.where(economy == NOTHING, 0, burn)

    def bills_in(self, week: int, economy: Ints) -> Ints:
        """What the bills and salaries with a range take of a week, in cents."""
        total = np.zeros(len(economy), dtype=np.int64)
        for name, bill in self.own_bills.items():
            if paid_in(bill, week):
                total += cents_of(self.now[name] * self.factors.get(name, 1.0))
        for name, role in self.own_roles.items():
            if is_paid(role, week):
                total += self._salaries(name, role, ALL, economy)
        return np.where(economy == NOTHING, 0, total)

    def _salaries(self, name: str, role: Role, lives: Some, economy: Ints) -> Ints:
        """What a role with a range of its pay costs in a week, in cents."""
        heads = self.economies.headcounts(role.id)[economy]
        return cents_of(heads * self.now[name][lives] * (1.0 + role.on_costs))

    def to_cover(self, lives: Ints, economy: Ints) -> Ints:
        """What breaking even takes of a week: the burn, and the bills that recur on average."""
        cover = self.economies.to_cover[economy] - self.economies.burn[economy]
        cover = cover + self.burn_of(lives, economy)
        each = [
            self.now[name][lives] / bill.every_weeks
            for name, bill in self.own_bills.items()
            if bill.every_weeks
        ]
        cover = cover + cents_of(np.sum(each, axis=0)) if each else cover
        for name, role in self.own_roles.items():
            cover = cover + self._salaries(name, role, lives, economy)
        return cover

    def give(self, lives: Ints, causes: Ints, run_of: Callable[[Ints], Ints]) -> None:
        """Set or add what these paths are given, each by its cause; `run_of` tells their runs."""
        for name, values in self.now.items():
            changes = self.economies.changes(name)
            for cause in sorted(set(causes.tolist()) & changes.keys()):
                mine, change = lives[causes == cause], changes[cause]
                new = np.full(len(mine), float(change))
                if isinstance(change, str):
                    new += values[mine]
                elif (path := self.economies.off(name, cause)) is not None:
                    new += self._off[path][run_of(mine)]
                values[mine] = within(name, new)
                self._rates.pop(name, None)

    def bands(self, lives: Ints, economy: Ints) -> Mapping[str, Floats | Ints]:
        """Return the tracked figures of these paths by band name; revenue in cents.

        `economy` is that of all paths.
        """
        found: dict[str, Floats | Ints] = {**self.staying(lives, economy[lives])}
        found["reach"] = self._figure("reach_per_week", economy[lives], lives)
        found["revenue"] = self.sales_of(lives, economy)
        if {"conversion"} & (self.now.keys() | self.factors.keys()):
            found["conversion"] = self._figure("conversion", economy[lives], lives)
        return found

    def staying(self, lives: Ints, economy: Ints) -> Mapping[str, Floats]:
        """Return the customers of these paths, and what they pay a month."""
        customers = self._figure("paying_customers", economy, lives)
        fee = self._figure("fee_per_month", economy, lives)
        return {"customers": customers, "recurring": customers * fee}

    def _figure(self, name: str, economy: Ints, lives: Some) -> Floats:
        """A figure of some lives this week: times what is drawn for the week."""
        if self._known != len(self.economies):
            self._refresh()
        if (same := self._alike.get(name)) is not None:
            return same
        value = self._known_figure(name, economy, lives)
        if name not in self.factors:
            return value
        return within(name, value * self.factors[name][lives])

    def _known_figure(self, name: str, economy: Ints, lives: Some) -> Floats:
        """A figure of some lives: their own, or that of their economies."""
        if name in self.now:
            return self.now[name][lives]
        if name not in self._tables:
            self._tables[name] = alike(self.economies.figures(name))
        table = self._tables[name]
        if table.ndim:
            return np.asarray(table[economy])
        if name not in self.factors:
            self._alike[name] = table
        return table

    def _rate(self, name: str, economy: Ints) -> Floats:
        """What a share of a month comes to in a week, in every life."""
        self._refresh()
        if name not in self._rates:
            shares = self.now[name] if name in self.now else self.economies.figures(name)
            rates = np.array([RATES[name](share) for share in shares.tolist()])
            self._rates[name] = rates if name in self.now else alike(rates)
        rates = self._rates[name]
        return rates if name in self.now or rates.ndim == 0 else np.asarray(rates[economy])

    def forget(self) -> None:
        """Forget what was computed for fewer paths."""
        self._revenue = self._runs = None
        self._rates = {name: rates for name, rates in self._rates.items() if name not in self.now}

    def _refresh(self) -> None:
        """Forget the tables of fewer economies than there are now."""
        if self._known != len(self.economies):
            self._known, self._tables, self._alike = len(self.economies), {}, {}
            self._rates = {name: kept for name, kept in self._rates.items() if name in self.now}


def alike(table: Floats) -> Floats:
    """A table by economy; its one value where all have the same: what comes of those who are gone
    is let go anyway.
    """
    values = table[NOTHING + 1 :]
    return np.asarray(values[0]) if (values == values[0]).all() else table


def within(name: str, values: Floats) -> Floats:
    """A figure's values, kept to what it may be."""
    return np.clip(values, 0.0, 1.0 if name in SHARES else MOST_MONEY)
