"""Customers, reach and stock of every life, where they move from week to week by themselves.

What a life earns then is no longer told by the number of its economy alone: here stand, by life,
the figures that move, and beside them tables by economy of what moves them. The rule is that of
`law.Economy.next_week`, in the same order of arithmetic, so that it comes to the same bit.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbook.figures import MOST_MONEY
from workbook.law import MONTHS_A_WEEK, MOVING, cents_of, growth_a_week, kept_a_week
from workbook.outcomes import Floats, Ints
from workbook.simulate.economies import NOTHING, Economies

TABLED = (
    *("conversion", "price", "margin", "revenue_per_week", "fee_per_month"),
    *("most_customers", "most_reach_per_week"),
    *("paid_after_weeks", "stock_weeks", "minimum_order"),
)


class Moving:
    """What moves by itself in each life; arrays by life, as `Crowd` has them."""

    def __init__(self, economies: Economies, lives: int, terms: bool) -> None:
        self.economies, self.terms = economies, terms
        self._owed: dict[int, Ints] = {}
        first = economies.known(economies.first)
        self.season = first.season
        self.now: dict[str, Floats] = {n: np.full(lives, getattr(first, n)) for n in MOVING}
        self._tables: dict[str, Floats] = {}
        self._known = 0

    def pass_week(self, week: int, economy: Ints) -> Ints:
        """Let the week pass: customers stay, join and leave, the reach grows, goods are ordered.

        Returns what it brings to the cash of each life, less the goods of it, in cents.
        """
        table, now = self._table, self.now
        joining = now["reach_per_week"] * self.season * table["conversion"][economy]
        fees = now["paying_customers"] * table["fee_per_month"][economy] * MONTHS_A_WEEK
        bought, margin = joining * table["price"][economy], table["margin"][economy]
        flat = table["revenue_per_week"][economy]
        if self.terms:
            gross = cents_of(np.minimum(MOST_MONEY, bought + flat + fees))
            cash = self._arrived(week, economy, gross)
            goods = bought * (1.0 - margin)
            order = self._order(economy, goods)
            cash -= cents_of(np.minimum(MOST_MONEY, order + fees * (1.0 - margin)))
            now["stock"] = np.maximum(0.0, now["stock"] + order - goods)
        else:
            cash = cents_of(np.minimum(MOST_MONEY, bought * margin + flat + fees * margin))
        self._move_on(economy, joining)
        return cash

    def _move_on(self, economy: Ints, joining: Floats) -> None:
        table, now = self._table, self.now
        there = now["paying_customers"]
        moved_on = there * table["kept"][economy] + joining + there * table["told"][economy]
        now["paying_customers"] = np.minimum(table["most_customers"][economy], moved_on)
        grown = now["reach_per_week"] * table["grown"][economy]
        now["reach_per_week"] = np.minimum(table["most_reach_per_week"][economy], grown)

    def _arrived(self, week: int, economy: Ints, gross: Ints) -> Ints:
        """What customers pay this week, in cents: for what they had before, by their terms."""
        lags = self._table["paid_after_weeks"][economy]
        for lag in np.unique(self._table["paid_after_weeks"]).tolist():
            owed = self._owed.setdefault(week + int(lag), np.zeros(len(economy), dtype=np.int64))
            owed += np.where(lags == lag, gross, 0)
        arrived = self._owed.pop(week, np.zeros(len(economy), dtype=np.int64))
        arrived[economy == NOTHING] = 0  # what is owed to those who are gone
        return arrived

    def _order(self, economy: Ints, goods: Floats) -> Floats:
        """Goods ordered in a week: what fills the stock up, no less than the smallest order."""
        table = self._table
        wanted = goods * (1.0 + table["stock_weeks"][economy]) - self.now["stock"]
        least = np.maximum(wanted, table["minimum_order"][economy])
        return np.asarray(np.where(wanted <= 0.0, 0.0, least))

    def owe(self, week: int, cents: int) -> None:
        """Customers of every life pay so much in that week, for what they had before."""
        self._owed[week] = np.full_like(self.now["stock"], cents, dtype=np.int64)

    def sales_of(self, lives: Ints, economy: Ints) -> Ints:
        """Revenue of a week of some lives, the goods taken off, in cents."""
        table = self._table
        customers, reach = self.now["paying_customers"][lives], self.now["reach_per_week"][lives]
        margin = table["margin"][economy]
        joining = reach * self.season * table["conversion"][economy]
        sold = joining * table["price"][economy] * margin
        stayed = customers * table["fee_per_month"][economy] * MONTHS_A_WEEK * margin
        return cents_of(np.minimum(MOST_MONEY, sold + table["revenue_per_week"][economy] + stayed))

    def give(self, lives: Ints, causes: Ints) -> None:
        """Set or add what these lives are given, each by its cause."""
        for name, values in self.now.items():
            changes = self.economies.changes(name)
            for cause in sorted(set(causes.tolist()) & changes.keys()):
                mine = lives[causes == cause]
                change = changes[cause]
                old = values[mine]
                new = old + float(change) if isinstance(change, str) else np.full(len(mine), change)
                values[mine] = np.clip(new, 0.0, MOST_MONEY)

    def bands(self, lives: Ints, economy: Ints) -> Mapping[str, Floats | Ints]:
        """What is followed of these lives at the end of a week, by the band's name; in cents the
        revenue.
        """
        customers, reach = self.now["paying_customers"][lives], self.now["reach_per_week"][lives]
        recurring = customers * self._table["fee_per_month"][economy]
        return {
            "customers": customers,
            "recurring": recurring,
            "reach": reach,
            "revenue": self.sales_of(lives, economy),
        }

    @property
    def _table(self) -> Mapping[str, Floats]:
        economies = self.economies
        if self._known != len(economies):
            self._known = len(economies)
            self._tables = {name: economies.figures(name) for name in TABLED}
            churn, growth, referrals = (
                economies.figures(f"{name}_per_month").tolist()
                for name in ("churn", "reach_growth", "referrals")
            )
            self._tables["kept"] = np.array([kept_a_week(share) for share in churn])
            self._tables["grown"] = np.array([growth_a_week(share) for share in growth])
            self._tables["told"] = np.array([share * MONTHS_A_WEEK for share in referrals])
        return self._tables
