"""A week, and the order of things in it: bills before cheques. Every engine keeps these rules.

Weeks are counted 1, 2, …, `horizon_weeks`; money in whole cents. At the start a plan whose goal
holds already is at its goal in week 0. Then, each week:

0. *Forks.* A fork with an option chosen opens in the first week in which all its conditions hold:
   `milestone`: an attempt at it, or its redesign (whichever milestone that is owed for), would
   start this week (before it is asked whether it can be paid); `week`: that week or later;
   `cash_below`: cash now is less. A loan is paid out at once. Forks are asked in the plan's
   order, and anew after each that opens, as its option may change what holds. While a `wait`
   lasts nothing new is started, its burn replaces the plan's, and no fork opens.
1. *Starts.* Free teams take, in the plan's order, what is not reached, not used up, not skipped,
   not under way and has its needs met; each pays its whole cost now (a race of k teams: k times).
   The first one that cannot be paid from the cash at hand blocks those behind it. If nothing is
   under way then, revenue ≤ burn and no funding is due, that is **ruin**; otherwise the week is
   waited out.
2. *Bills.* Burn, once; revenue = reach × conversion × price × margin of the state as the week
   began; debts due.
3. *Ruin* if cash is below 0; exactly 0 survives. A ruined life is frozen.
4. *Ends.* Attempts and redesigns begun in week s and lasting w weeks end in week s + w − 1, in the
   plan's order: a redesign at the place of the hypothesis that it puts right, before a test of it.
   A wait ends with its chance. Funding due arrives (a lag of 0: at once). Effects count from the
   week after. Then the verdict: **goal** if the goal holds; **stuck** if something is used up
   without which nothing leads there: the goal requires it, or nothing is under way and nothing
   left to attempt (where nothing is used up, the bills go on), and the forks to come do not turn
   it; **open** if this was the last week. Goal and stuck are asked once before week 1, too. Forks
   to come are those with an option chosen that may still open: they name no milestone, or one
   that (itself, or what relies on it) is not reached and needs nothing that is used up. They turn
   it if, with all their options in the plan, the goal requires nothing that is used up; where it
   is to break even, if one of them moves sales, revenue or burn, or something is left to attempt.

*Gifts.* What a milestone gives takes the place of the figure that stands there, or is added to it
where it has a sign (`+1700`, `-5`), kept to what the figure may be; several that end in one week
give in the plan's order, a redesign after the milestone that it reaches.

*Due.* Money promised before the plan begins (`due`) is drawn at the start and arrives as funding
does, at the end of its week.

*Attempts.* The n-th attempt passes with the n-th pass rate, the last repeats; after `attempts`
failures the milestone is used up. A race passes if any team does: 1 − (1 − rate)^k.

*Hypotheses.* A milestone with `tests` is tried once, by one team: its `teams` count for nothing,
as no race makes a thing true. Truth is drawn once a life. Test says no, rightly or wrongly: the
redesign (its own weeks and cost, started and paid like an attempt) makes it true and reaches the
milestone; a wrong no makes nothing untrue. An attempt at what `relies_on` an untrue hypothesis,
untested or falsely passed, fails for sure and uses up one attempt but none of its luck; now all
that it relied on and is untrue is known to be so. What is known to be untrue is put right before
it is tested, or anything that relies on it is attempted: the redesign is started in place of that
attempt, by the first free team that comes to it, and nobody else begins what waits for it. A
redesign also reaches the tested milestone unless that is skipped; a test of it that another team
is at is dropped.

*Hours.* An attempt that takes `hours` lasts ceil(hours / (hours per week − running hours)) weeks,
by the hours of its first week; without any hours left it waits, and those behind it do. Without
`cash` in the plan money is followed from 0 and ruins nobody.

*Lengths* are whole weeks, the nearest and one at least; a race lasts as long as one attempt. Of a
range (low, likely, high) each attempt draws a value of its own (`spread.py`).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, make_dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from workbook.figures import MOST_MONEY, MOST_WEEKS
from workbook.plan import (
    BREAKEVEN,
    COUNTS,
    KEPT,
    SHARES,
    SOLD,
    STATE,
    Edit,
    Gives,
    Milestone,
    Plan,
    Sales,
)
from workbook.plan.state import defaults

CLOSE_TO_HALF = 1e-14
"""Relative error of an amount that floating point may have moved off half a cent."""


def cents(amount: float) -> int:
    """An amount of money in whole cents, so that no tie is decided by floating point.

    Half a cent is rounded up (away from zero), as the amount is written: 7.095 is 7.10.
    """
    scaled = amount * 100
    nearest = round(scaled)
    if abs(abs(scaled - nearest) - 0.5) > CLOSE_TO_HALF * max(1.0, abs(scaled)):
        return nearest
    return int(Decimal(f"{amount:.15g}").scaleb(2).to_integral_value(ROUND_HALF_UP))


def whole_weeks(weeks: float) -> int:
    """A length in whole weeks: the nearest, a half up, and at least one."""
    return max(1, floor(weeks + 0.5))


def weeks_of_hours(hours: float, free_hours: float) -> int:
    """Weeks that so many hours take when so many are free a week: rounded up."""
    return max(1, ceil(hours / free_hours - 1e-9))


def changed(value: float, change: float | str | None) -> float:
    """A value after a change: none, a new value, or a signed string that adds (`"+5"`)."""
    if change is None:
        return value
    return value + float(change) if isinstance(change, str) else change


def moved(figure: str, value: float, change: float | str | None) -> float:
    """A plan's figure after a change, kept to what a figure of that name may be."""
    least = 1.0 if figure in COUNTS else 0.0
    most = MOST_WEEKS if figure in COUNTS else 1.0 if figure in SHARES else MOST_MONEY
    return min(most, max(least, changed(value, change)))


def both(figure: str, first: float | str | None, then: float | str | None) -> float | str | None:
    """One change that does what two do, one after the other."""
    if then is None or first is None or not isinstance(then, str):
        return first if then is None else then
    if isinstance(first, str):
        return signed(float(first) + float(then))
    return moved(figure, first, then)


def signed(change: float) -> str:
    """A change that adds, as a plan file writes it: `+5`, `-0.25`."""
    return f"{change:+.9f}".rstrip("0").rstrip(".")


def moved_cents(cash: int, change: float | str) -> int:
    """An account after an option: set to an amount, or moved by a signed one; in cents."""
    return cash + cents(float(change)) if isinstance(change, str) else cents(change)


if TYPE_CHECKING:

    class _Figures:
        """Every figure that a milestone can give, as the plan's types describe it."""

        def __getattr__(self, name: str) -> float: ...

else:
    _Figures = make_dataclass(
        "Figures", [(name, float, value) for name, value in defaults().items()], frozen=True
    )


@dataclass(frozen=True)
class Economy(_Figures):
    """The state that money, customers and hours come from; a reached milestone makes a new one."""

    measures: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Economy:
        """The economy that a plan starts with."""
        sales = plan.sales or Sales()
        figures: dict[str, Any] = {name: getattr(sales, name) for name in SOLD}
        figures |= {name: getattr(plan, name) or 0.0 for name in KEPT}
        figures["measures"] = {name: measure.value for name, measure in plan.measures.items()}
        return cls(**figures)

    def after(self, gives: Gives | None) -> Economy:
        """The economy once a milestone (or a redesign) has given what it gives."""
        if gives is None:
            return self
        changes = {name: getattr(gives, name) for name in gives.model_fields_set & STATE.keys()}
        new = {name: moved(name, getattr(self, name), c) for name, c in changes.items()}
        return replace(self, **new, measures={**self.measures, **gives.measures})

    def edited(self, edit: Edit) -> Economy:
        """The economy once a fork's option has set or moved its figures."""
        changes = {name: getattr(edit, name) for name in KEPT}
        if edit.sales is not None:
            changes |= edit.sales.model_dump()
        new = {name: moved(name, getattr(self, name), c) for name, c in changes.items()}
        measures = {name: changed(self.measures[name], c) for name, c in edit.measures.items()}
        return replace(self, **new, measures={**self.measures, **measures})

    @property
    def sales_cents(self) -> int:
        """Revenue of a week in cents: from sales, plus any flat revenue; no more than counts."""
        sold = self.reach_per_week * self.conversion * self.price * self.margin
        return cents(min(MOST_MONEY, sold + self.revenue_per_week))

    @property
    def burn_cents(self) -> int:
        """Cash out of a week in cents."""
        return cents(self.burn_per_week)

    @property
    def net_cents(self) -> int:
        """Revenue less burn, a week, in cents."""
        return self.sales_cents - self.burn_cents

    @property
    def free_hours(self) -> float:
        """Hours a week left for milestones once the business itself has taken its share."""
        return max(0.0, self.hours_per_week - self.running_hours_per_week)

    @property
    def breaks_even(self) -> bool:
        """Whether weekly revenue covers the burn."""
        return self.sales_cents >= self.burn_cents


def goal_holds(plan: Plan, economy: Economy, reached: AbstractSet[str]) -> bool:
    """Whether the goal is reached: its milestone is, or the business breaks even."""
    return economy.breaks_even if plan.goal == BREAKEVEN else plan.goal in reached


def teams_at(milestone: Milestone) -> int:
    """How many teams work and are paid at once: one where a hypothesis is tested."""
    return 1 if milestone.tests else milestone.teams
