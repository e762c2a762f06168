"""The state of the business in a week: its figures, bills, salaries and jobs, and their money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, make_dataclass, replace
from typing import TYPE_CHECKING, Any

from workbook.figures import MOST_MONEY
from workbook.law.calendar import average_cents, due_cents, season_of, with_amounts
from workbook.law.figures import MONTHS_A_WEEK, cents, changed, growth_a_week, kept_a_week, moved
from workbook.law.people import (
    hours_of,
    job_pay_cents,
    payroll_cents,
    with_headcounts,
    with_jobs,
)
from workbook.plan import (
    ABSENT,
    KEPT,
    SOLD,
    STATE,
    WHOLE,
    Bill,
    Edit,
    Founder,
    Gives,
    Plan,
    Role,
    Sales,
)

if TYPE_CHECKING:

    class _Figures:
        """Every figure that a milestone can give, as the plan's types describe it."""

        def __getattr__(self, name: str) -> float: ...

else:
    _Figures = make_dataclass(
        "Figures", [(name, float, value) for name, value in ABSENT.items()], frozen=True
    )


@dataclass(frozen=True)
class Economy(_Figures):
    """The state of the business: money, customers and hours. Reached milestones make a new one."""

    measures: dict[str, float] = field(default_factory=dict)
    bills: tuple[Bill, ...] = ()
    roles: tuple[Role, ...] = ()
    founders: tuple[Founder, ...] = ()
    season: float = 1.0
    factors: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Economy:
        """Return the economy at the start of a plan."""
        sales = plan.sales or Sales()
        found = {name: getattr(sales, name) for name in SOLD}
        found |= {name: getattr(plan, name) for name in KEPT}
        figures: dict[str, Any] = {n: ABSENT[n] if v is None else v for n, v in found.items()}
        figures["measures"] = {name: measure.value for name, measure in plan.measures.items()}
        figures |= {"bills": plan.bills, "roles": plan.roles, "founders": plan.founders}
        return cls(**figures, season=season_of(plan, 1))

    def after(self, gives: Gives | None) -> Economy:
        """Return the economy after a milestone (or a redesign) has given its figures."""
        if gives is None:
            return self
        changes = {name: getattr(gives, name) for name in gives.model_fields_set & STATE.keys()}
        new: dict[str, Any] = {n: moved(n, getattr(self, n), c) for n, c in changes.items()}
        new |= self._named(gives)
        return replace(self, **new, measures=self._measured(gives.measures))

    def _named(self, change: Gives | Edit) -> dict[str, Any]:
        """Return the bills, roles and founders after a change of some by their ids."""
        return {
            "bills": with_amounts(self.bills, change.bills),
            "roles": with_headcounts(self.roles, change.roles),
            "founders": with_jobs(self.founders, change.jobs),
        }

    def edited(self, edit: Edit) -> Economy:
        """Return the economy after a fork's option has set or changed its figures."""
        changes = {name: getattr(edit, name) for name in KEPT}
        if edit.sales is not None:
            changes |= edit.sales.model_dump(exclude_none=True)
        new: dict[str, Any] = {n: moved(n, getattr(self, n), c) for n, c in changes.items()}
        new |= self._named(edit)
        return replace(self, **new, measures=self._measured(edit.measures))

    def _measured(self, changes: Mapping[str, float | str]) -> dict[str, float]:
        """Return the measures after a change of some of them."""
        new = {name: changed(self.measures.get(name, 0.0), c) for name, c in changes.items()}
        return {**self.measures, **new}

    @property
    def sales_cents(self) -> int:
        """Weekly revenue in cents: from sales plus any flat revenue, within the bounds."""
        margin = self.this_week("margin")
        sold = self._bought * margin
        stayed = self.recurring * MONTHS_A_WEEK * margin
        return cents(min(MOST_MONEY, sold + self.this_week("revenue_per_week") + stayed))

    def this_week(self, figure: str) -> float:
        """Return a figure as it is this week: times what is drawn for the week, within bounds."""
        value: float = getattr(self, figure)
        if figure not in self.factors:
            return value
        return moved(figure, value, value * self.factors[figure])

    @property
    def joining(self) -> float:
        """New customers in a week of this season."""
        reach = self.this_week("reach_per_week") * self.season
        return reach * self.this_week("conversion")

    @property
    def recurring(self) -> float:
        """Monthly recurring revenue, before the margin is deducted."""
        return self.paying_customers * self.this_week("fee_per_month")

    @property
    def gross_cents(self) -> int:
        """What customers owe for a week, before the cost of goods, in cents."""
        stayed = self.recurring * MONTHS_A_WEEK
        return cents(min(MOST_MONEY, self._bought + self.this_week("revenue_per_week") + stayed))

    @property
    def goods_cents(self) -> int:
        """Weekly cost of goods, for stock or for monthly fees, in cents."""
        of_fees = self.recurring * MONTHS_A_WEEK * (1.0 - self.this_week("margin"))
        return cents(min(MOST_MONEY, self._order + of_fees))

    @property
    def _bought(self) -> float:
        return self.joining * self.this_week("price")

    @property
    def _order(self) -> float:
        """Goods ordered in a week: what fills the stock, at least the smallest order."""
        wanted = self._goods * (1.0 + self.stock_weeks) - self.stock
        return 0.0 if wanted <= 0.0 else max(wanted, self.minimum_order)

    @property
    def _goods(self) -> float:
        return self._bought * (1.0 - self.this_week("margin"))

    def next_week(self) -> Economy:
        """Return the economy a week later without a milestone: customers stay, join and leave."""
        stay = self.paying_customers * kept_a_week(self.churn_per_month)
        new = self.joining
        invited = self.paying_customers * (self.referrals_per_month * MONTHS_A_WEEK)
        grown = self.reach_per_week * growth_a_week(self.reach_growth_per_month)
        return self.with_figures(
            paying_customers=min(self.most_customers, stay + new + invited),
            reach_per_week=min(self.most_reach_per_week, grown),
            stock=max(0.0, self.stock + self._order - self._goods),
        )

    def in_week(self, season: float, factors: Mapping[str, float]) -> Economy:
        """Return the economy of a week with this seasonal factor, and what is drawn for it."""
        if season == self.season and factors == self.factors:
            return self
        return replace(self, season=season, factors=factors)

    def with_figures(self, **figures: float) -> Economy:
        """Return the economy with these figures replaced."""
        new: dict[str, Any] = dict(figures)
        return replace(self, **new)

    @property
    def sales(self) -> Sales:
        """The sales as a part of a plan, without limits that do not apply."""
        figures = {name: getattr(self, name) for name in SOLD}
        present = {n: v for n, v in figures.items() if v != ABSENT[n]}
        return Sales(**{n: round(v) if n in WHOLE else v for n, v in present.items()})

    @property
    def burn_cents(self) -> int:
        """Weekly burn in cents."""
        return cents(self.this_week("burn_per_week"))

    @property
    def net_cents(self) -> int:
        """Weekly revenue minus burn, in cents."""
        return self.sales_cents - self.burn_cents

    @property
    def pay_cents(self) -> int:
        """What the founders' jobs beside the business bring in a week, in cents."""
        return job_pay_cents(self.founders) if self.founders else 0

    @property
    def flow_cents(self) -> int:
        """What a week without separate bills changes the cash by: revenue, pay and burn."""
        return self.net_cents + self.pay_cents

    def bills_cents(self, week: int) -> int:
        """Return the separate bills of a week and its salaries, in cents."""
        found = due_cents(self.bills, week, self.factors) if self.bills else 0
        return found + payroll_cents(self.roles, week) if self.roles else found

    @property
    def average_net_cents(self) -> int:
        """Weekly revenue minus burn and minus the weekly mean of recurring bills."""
        return self.net_cents - self.average_bills_cents

    @property
    def average_bills_cents(self) -> int:
        """Weekly mean of recurring bills and salaries, in cents."""
        return average_cents(self.bills) + payroll_cents(self.roles)

    @property
    def free_hours(self) -> float:
        """Weekly hours left for milestones after the business has taken its share."""
        of_founders = hours_of(self.founders) if self.founders else 0.0
        return max(0.0, self.hours_per_week + of_founders - self.running_hours_per_week)

    @property
    def breaks_even(self) -> bool:
        """Whether weekly revenue covers the burn and the mean of recurring bills."""
        return self.average_net_cents >= 0
