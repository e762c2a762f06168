"""A week of a business whose figures are each life's own: sales, customers, goods, bills.

The rule is that of `law.Economy.next_week`, in the same order of arithmetic, so that it comes to
the same bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from workbook.figures import MOST_MONEY
from workbook.law import MONTHS_A_WEEK, cents_of
from workbook.law.calendar import paid_in
from workbook.law.people import is_paid
from workbook.outcomes import Floats, Ints
from workbook.plan import Plan, Role
from workbook.simulate.draws import Draws
from workbook.simulate.economies import NOTHING, Economies
from workbook.simulate.own_figures import ALL, OwnFigures, Some


class Moving(OwnFigures):
    """The own figures of lives, and what a week makes of them.

    `terms`: whether customers pay later, or goods are bought ahead.
    """

    def __init__(
        self, economies: Economies, lives: int, terms: bool, off: Mapping[str, Floats]
    ) -> None:
        super().__init__(economies, lives, off)
        self.terms = terms
        self.season = economies.known(economies.first).season
        self.owed: dict[int, Ints] = {}
        self._revenue: Ints | None = None

    def draw_week(
        self, plan: Plan, week: int, draws: Draws, run_of: Callable[[Ints], Ints]
    ) -> None:
        """Draw the figures that differ from week to week, and forget last week's revenue."""
        self._revenue = None
        super().draw_week(plan, week, draws, run_of)

    def begin(self, economy: Ints) -> None:
        """Let each path begin with the figures of its economy."""
        self._revenue = None
        super().begin(economy)

    def forget(self) -> None:
        """Forget what was computed for fewer paths."""
        self._revenue = None
        super().forget()

    def pass_week(self, week: int, economy: Ints) -> Ints:
        """Pass a week: customers stay, join and leave, the reach grows, goods are ordered.

        Returns the change of cash of each run, minus its goods, in cents.
        """
        joining, bought, fees, margin = self._sold(economy, ALL)
        flat = self.figure("revenue_per_week", economy, ALL)
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
        reach = self.figure("reach_per_week", economy, lives) * self.season
        joining = reach * self.figure("conversion", economy, lives)
        there = self.figure("paying_customers", economy, lives)
        fees = there * self.figure("fee_per_month", economy, lives) * MONTHS_A_WEEK
        bought = joining * self.figure("price", economy, lives)
        return joining, bought, fees, self.figure("margin", economy, lives)

    def _move_on(self, economy: Ints, joining: Floats) -> None:
        now, there = self.now, self.now["paying_customers"]
        stay = there * self.rate("churn_per_month", economy)
        invited = there * self.rate("referrals_per_month", economy)
        most = self.figure("most_customers", economy, ALL)
        now["paying_customers"] = np.minimum(most, stay + joining + invited)
        grown = now["reach_per_week"] * self.rate("reach_growth_per_month", economy)
        most = self.figure("most_reach_per_week", economy, ALL)
        now["reach_per_week"] = np.minimum(most, grown)

    def _arrived(self, week: int, economy: Ints, gross: Ints) -> Ints:
        """Return what customers pay this week, in cents: for earlier sales, by their terms."""
        lags = self.figure("paid_after_weeks", economy, ALL)
        for lag in [lags.item()] if lags.ndim == 0 else np.unique(lags).tolist():
            owed = self.owed.setdefault(week + int(lag), np.zeros(len(economy), dtype=np.int64))
            owed += gross if lags.ndim == 0 else np.where(lags == lag, gross, 0)
        return self.owed.pop(week, np.zeros(len(economy), dtype=np.int64))

    def _order(self, economy: Ints, goods: Floats) -> Floats:
        """Return the goods ordered in a week: what fills the stock, at least the smallest order."""
        ahead = 1.0 + self.figure("stock_weeks", economy, ALL)
        wanted = goods * ahead - self.now["stock"]
        least = np.maximum(wanted, self.figure("minimum_order", economy, ALL))
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
        flat = self.figure("revenue_per_week", economy, lives)
        return cents_of(np.minimum(MOST_MONEY, bought * margin + flat + fees * margin))

    @property
    def own_burn(self) -> bool:
        """Whether the burn differs from life to life, or from week to week."""
        return "burn_per_week" in self.now or "burn_per_week" in self.factors

    def burn_of(self, lives: Some, economy: Ints) -> Ints:
        """Burn of a week of some lives, in cents; nothing where a life is over."""
        if not self.own_burn:
            return np.asarray(self.economies.burn[economy])
        burn = cents_of(self.figure("burn_per_week", economy, lives))
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

    def bands(self, lives: Ints, economy: Ints) -> Mapping[str, Floats | Ints]:
        """Return the tracked figures of these paths by band name; revenue in cents.

        `economy` is that of all paths.
        """
        found: dict[str, Floats | Ints] = {**self.staying(lives, economy[lives])}
        found["reach"] = self.figure("reach_per_week", economy[lives], lives)
        found["revenue"] = self.sales_of(lives, economy)
        if {"conversion"} & (self.now.keys() | self.factors.keys()):
            found["conversion"] = self.figure("conversion", economy[lives], lives)
        return found

    def staying(self, lives: Ints, economy: Ints) -> Mapping[str, Floats]:
        """Return the customers of these paths, and what they pay a month."""
        customers = self.figure("paying_customers", economy, lives)
        fee = self.figure("fee_per_month", economy, lives)
        return {"customers": customers, "recurring": customers * fee}
