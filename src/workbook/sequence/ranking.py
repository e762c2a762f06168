"""The result of ranking orders, for charts, text and tables, and why an order is better.

A reason is in words: money or time sooner, fail early, or nothing gained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Literal

from workbook.errors import Message, Money
from workbook.law import Attempt, Economy
from workbook.plan import STATE, Gives, Milestone, Plan, Text
from workbook.play import Gap

if TYPE_CHECKING:
    import pandas as pd


PLAIN = (
    *("plan", "currency", "how", "method", "runs", "seed", "orders", "tried"),
    *("position", "level", "ahead", "bound", "improvable"),
)
Method = Literal["every", "sets", "beam", "swaps"]


@dataclass(frozen=True)
class Scored:
    """An order with its score.

    Attributes
    ----------
    order
        Ids of the milestones; those that can only come after the goal are last.
    goal, goal_error
        Chance of the goal, 0..1, and its standard error (0 where exact: to a millionth where
        every order was scored).
    cash, cash_error
        Mean money left at the verdict over all runs, with revenue, funding and loans, minus
        attempts, redesigns, burn and debts; and its standard error.
    """

    order: tuple[str, ...]
    goal: float
    cash: float
    goal_error: float = 0.0
    cash_error: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {**vars(self), "order": list(self.order)}


@dataclass(frozen=True)
class Swap:
    """A swap of two milestones, and the differences that it makes (after minus before)."""

    first: str
    second: str
    scored: Scored
    goal: Gap
    cash: Gap

    @property
    def clear(self) -> bool:
        """Whether it clearly helps: the goal more likely, or as likely with more money left."""
        return better(self.goal, self.cash)

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "first": self.first,
            "second": self.second,
            "scored": self.scored.as_json(),
            "goal_gain": self.goal.value,
            "goal_gain_error": self.goal.error,
            "cash_gain": self.cash.value,
            "cash_gain_error": self.cash.error,
            "clear": self.clear,
        }


def better(goal: Gap, cash: Gap) -> bool:
    """Whether a change is clearly better: the goal first, the money second."""
    if goal.clear:
        return goal.value > 0
    return cash.clear and cash.value > 0


@dataclass(frozen=True)
class Ranking:
    """The learner's order among all others.

    Attributes
    ----------
    how, runs, seed
        "exact", or "simulated" with the number of runs and the seed.
    method
        "every": all orders scored; "sets": the cheapest by dynamic programming; "beam": the same
        with the most promising sets only; "swaps": searched by swapping two milestones.
    orders, tried
        The number of orders that the dependencies allow (None: too many to count), and the number
        that were scored.
    position, level
        Rank of the learner's order among those `tried`, 1 is best, and the number of orders level
        with it (itself included). Exact scores are compared to a millionth; simulated scores are
        level unless they clearly differ.
    ahead
        Share of all orders that are better: counted, or estimated from 1,000 random orders for
        plans without income; None if neither is possible.
    yours, best
        The learner's order and the best one found; scored again with new random numbers if
        simulated.
    goal_gain, cash_gain
        Best minus yours.
    swap
        The best swap in the learner's order; None if no swap is allowed.
    bound
        An upper bound of the money left, if known.
    reasons
        Why the best order is better, or that nothing is gained; and how this was found.
    top
        The ten best orders, best first, with the scores of the search.
    """

    plan: str
    currency: str
    how: Literal["exact", "simulated"]
    method: Method
    runs: int
    seed: int | None
    orders: int | None
    tried: int
    position: int
    level: int
    ahead: float | None
    yours: Scored
    best: Scored
    goal_gain: Gap
    cash_gain: Gap
    swap: Swap | None
    bound: float | None
    reasons: tuple[Message, ...]
    top: tuple[Scored, ...]

    @property
    def improvable(self) -> bool:
        """Whether the best order is clearly better than the learner's."""
        return better(self.goal_gain, self.cash_gain)

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {
            **{name: getattr(self, name) for name in PLAIN},
            "yours": self.yours.as_json(),
            "best": self.best.as_json(),
            "goal_gain": self.goal_gain.value,
            "goal_gain_error": self.goal_gain.error,
            "cash_gain": self.cash_gain.value,
            "cash_gain_error": self.cash_gain.error,
            "swap": None if self.swap is None else self.swap.as_json(),
            "reasons": [str(reason) for reason in self.reasons],
            "top": [scored.as_json() for scored in self.top],
        }

    def frame(self) -> pd.DataFrame:
        """Return one row per order, indexed by `rank` (1 is best): the ten best, and yours.

        Columns: `order` (ids joined by " > "), `goal` and `goal_error` (share), `cash` and
        `cash_error` (the plan's currency), `yours` (whether it is the learner's).
        """
        import pandas as pd

        known = {scored.order for scored in self.top}
        rows = [*self.top, *([] if self.yours.order in known else [self.yours])]
        places = [*range(1, len(self.top) + 1), self.position]
        return pd.DataFrame(
            [
                {
                    **scored.as_json(),
                    "order": " > ".join(scored.order),
                    "yours": scored.order == self.yours.order,
                }
                for scored in rows
            ],
            index=pd.Index(places[: len(rows)], name="rank"),
        )


RAISED = tuple(name for name, key in STATE.items() if key.flow == "in")
"""Figures of which more brings in more."""


def reasons(plan: Plan, yours: Scored, best: Scored, goal: Gap, cash: Gap) -> tuple[Message, ...]:
    """Say what the best order does better than yours, the goal first.

    Parameters
    ----------
    goal, cash
        Best minus yours.
    """
    if not better(goal, cash):
        return (Message("Nothing to gain: no order is clearly better than yours."),)
    return (*_moves(plan, yours.order, best.order), _gain(plan, goal, cash))


def _gain(plan: Plan, goal: Gap, cash: Gap) -> Message:
    if goal.clear:
        template = "The best order reaches the goal in {gain} more of 100 lives than yours."
        return Message(template, {"gain": f"{goal.value * 100:.1f}"})
    template = (
        "The chance of the goal stays the same; the best order leaves {amount} more on average"
        " once it is known how it ends."
    )
    return Message(template, {"amount": Money(round(cash.value), plan.currency)})


def _moves(plan: Plan, yours: Sequence[str], best: Sequence[str]) -> list[Message]:
    """Return the most important change of position of each kind."""
    place = {id: n for n, id in enumerate(yours)}
    turned = [
        (first, second)
        for n, first in enumerate(best)
        for second in best[n + 1 :]
        if place[second] < place[first]
    ]
    said = []
    money = [(a, b) for a, b in turned if brings_money(plan, a) and not brings_money(plan, b)]
    if money:
        template = "Money sooner: “{first}” brings money, so it comes before “{second}”."
        said.append(_pair(plan, template, money[0]))
    hours = [(a, b) for a, b in turned if frees_hours(plan, a) and not frees_hours(plan, b)]
    if hours:
        template = "Time sooner: “{first}” frees hours, so it comes before “{second}”."
        said.append(_pair(plan, template, hours[0]))
    risky = [(a, b) for a, b in turned if ratio(plan, a) < ratio(plan, b)]
    if risky:
        template = (
            "Fail early: “{first}” is cheaper for the risk it takes away, so it comes before"
            " “{second}”."
        )
        said.append(_pair(plan, template, max(risky, key=lambda pair: _contrast(plan, *pair))))
    return said


def _pair(plan: Plan, template: str, pair: tuple[str, str]) -> Message:
    first, second = (_name(plan.milestone(id)) for id in pair)
    return Message(template, {"first": first, "second": second})


def _name(milestone: Milestone) -> Text:
    return milestone.name or milestone.id


def _contrast(plan: Plan, first: str, second: str) -> float:
    """Return the ratio of both milestones' cost per chance of failing."""
    high, low = ratio(plan, second), ratio(plan, first)
    return inf if high == inf or low <= 0 else high / low


def ratio(plan: Plan, id: str) -> float:
    """Return the cost of one attempt, burn included, per chance that it fails."""
    attempt = Attempt.at_start(plan, plan.milestone(id), "mean")
    failing = 1.0 - attempt.chance
    return attempt.cents_with_burn / 100 / failing if failing > 0 else inf


def frees_hours(plan: Plan, id: str) -> bool:
    """Whether reaching it leaves more hours per week for milestones."""
    before = Economy.of(plan)
    return before.after(plan.milestone(id).gives).free_hours > before.free_hours


def brings_money(plan: Plan, id: str) -> bool:
    """Whether reaching it may bring funding, more weekly revenue, or less burn."""
    gives: Gives | None = plan.milestone(id).gives
    if gives is None:
        return False
    before = Economy.of(plan)
    after = before.after(gives)
    raised = any(getattr(after, name) > getattr(before, name) for name in RAISED)
    raised = raised or after.churn_per_month < before.churn_per_month
    return gives.funding is not None or raised or after.average_net_cents > before.average_net_cents
