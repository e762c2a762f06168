"""Figures of the business that are each life's own: those that move by themselves or have a range.

What a life earns then no longer follows from the number of its economy alone: here are, by life,
the figures that are its own, and beside them tables by economy of all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from workbook.figures import MOST_MONEY
from workbook.law import MONTHS_A_WEEK, Economy, factors_of, growth_a_week, kept_a_week, place_of
from workbook.outcomes import Floats, Ints
from workbook.plan import SHARES, Plan
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


class OwnFigures:
    """The figures that are each life's own (`now`); arrays by life, as `RunStates` has them.

    `off`: how far figures with a range are off, by life, by their place in the plan.
    """

    def __init__(self, economies: Economies, lives: int, off: Mapping[str, Floats]) -> None:
        self.economies, self._off = economies, off
        self.factors: dict[str, Floats] = {}
        self._tables: dict[str, Floats] = {}
        self._alike: dict[str, Floats] = {}
        self._rates: dict[str, Floats] = {}
        self._known = 0
        self._runs: Ints | None = None
        first = economies.known(economies.first)
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
        for name in self.now:
            self.now[name] = within(name, self.economies.figures(name)[economy])

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

    def figure(self, name: str, economy: Ints, lives: Some) -> Floats:
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

    def rate(self, name: str, economy: Ints) -> Floats:
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
        self._runs = None
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
