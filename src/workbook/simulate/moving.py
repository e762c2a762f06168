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

    def earned(self, week: int, economy: Ints) -> Ints:
        """What a week brings to the cash of each life, less the goods of it, in cents."""
        if not self.terms:
            return self.sales_of(slice(None), economy)
        table, gross = self._table, self._gross(economy)
        lags = table["paid_after_weeks"][economy]
        for lag in np.unique(lags).tolist():
            owed = self._owed.setdefault(week + int(lag), np.zeros(len(economy), dtype=np.int64))
            owed += np.where(lags == lag, gross, 0)
        arrived = self._owed.pop(week, np.zeros(len(economy), dtype=np.int64))
        arrived[economy == NOTHING] = 0  # what is owed to those who are gone
        fees = self.now["paying_customers"] * table["fee_per_month"][economy] * MONTHS_A_WEEK
        goods = self._order(economy) + fees * (1.0 - table["margin"][economy])
        return arrived - cents_of(np.minimum(MOST_MONEY, goods))

    def owe(self, week: int, cents: int) -> None:
        """Customers of every life pay so much in that week, for what they had before."""
        self._owed[week] = np.full_like(self.now["stock"], cents, dtype=np.int64)

    def _gross(self, economy: Ints) -> Ints:
        """What customers owe for a week, goods not yet taken off, in cents."""
        table, bought = self._table, self._joining(economy) * self._table["price"][economy]
        fees = self.now["paying_customers"] * table["fee_per_month"][economy] * MONTHS_A_WEEK
        return cents_of(np.minimum(MOST_MONEY, bought + table["revenue_per_week"][economy] + fees))

    def _goods(self, economy: Ints) -> Floats:
        """What the goods cost that are sold in a week."""
        table = self._table
        bought = self._joining(economy) * table["price"][economy]
        return np.asarray(bought * (1.0 - table["margin"][economy]))

    def _joining(self, economy: Ints) -> Floats:
        """Those who say yes in a week of this season."""
        reach = self.now["reach_per_week"] * self.season
        return np.asarray(reach * self._table["conversion"][economy])

    def _order(self, economy: Ints) -> Floats:
        """Goods ordered in a week: what fills the stock up, no less than the smallest order."""
        table = self._table
        wanted = self._goods(economy) * (1.0 + table["stock_weeks"][economy]) - self.now["stock"]
        least = np.maximum(wanted, table["minimum_order"][economy])
        return np.asarray(np.where(wanted <= 0.0, 0.0, least))

    def sales_of(self, lives: Ints | slice, economy: Ints) -> Ints:
        """Revenue of a week of some lives, the goods taken off, in cents."""
        table = self._table
        customers, reach = self.now["paying_customers"][lives], self.now["reach_per_week"][lives]
        margin = table["margin"][economy]
        joining = reach * self.season * table["conversion"][economy]
        sold = joining * table["price"][economy] * margin
        stayed = customers * table["fee_per_month"][economy] * MONTHS_A_WEEK * margin
        return cents_of(np.minimum(MOST_MONEY, sold + table["revenue_per_week"][economy] + stayed))

    def pass_week(self, economy: Ints) -> None:
        """Customers stay, join and leave, and the reach grows."""
        table = self._table
        customers, reach = self.now["paying_customers"], self.now["reach_per_week"]
        if self.terms:
            left = self.now["stock"] + self._order(economy) - self._goods(economy)
            self.now["stock"] = np.maximum(0.0, left)
        stay = customers * table["kept"][economy]
        told = customers * table["told"][economy]
        moved_on = stay + self._joining(economy) + told
        self.now["paying_customers"] = np.minimum(table["most_customers"][economy], moved_on)
        grown = reach * table["grown"][economy]
        self.now["reach_per_week"] = np.minimum(table["most_reach_per_week"][economy], grown)

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

    def bands(self, lives: Ints, economy: Ints) -> Mapping[str, Floats]:
        """What is followed of these lives at the end of a week, by the band's name."""
        customers, reach = self.now["paying_customers"][lives], self.now["reach_per_week"][lives]
        recurring = customers * self._table["fee_per_month"][economy]
        revenue = self.sales_of(lives, economy) / 100
        return {
            "customers": customers,
            "recurring": recurring,
            "reach": reach,
            "revenue": revenue,
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
