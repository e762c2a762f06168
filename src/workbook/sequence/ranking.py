"""The answer to "in which order?", as it is handed to charts, words and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from workbook.errors import Message
from workbook.paired import Gap

if TYPE_CHECKING:
    import pandas as pd

PLAIN = (
    *("plan", "currency", "how", "method", "runs", "seed", "orders", "tried"),
    *("position", "level", "ahead", "bound", "improvable"),
)
Method = Literal["every", "sets", "beam", "swaps"]


@dataclass(frozen=True)
class Scored:
    """An order and what it comes to.

    Attributes
    ----------
    order
        Ids of the milestones in this order; what can only come after the goal stands at the end.
    goal, goal_error
        Chance of the goal, 0..1, and its standard error (0 where exact: to a millionth where
        every order was scored).
    cash, cash_error
        Money left at the verdict on average, over all lives: with revenue, funding and loans,
        less attempts, redesigns, burn and debts.
    """

    order: tuple[str, ...]
    goal: float
    cash: float
    goal_error: float = 0.0
    cash_error: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**vars(self), "order": list(self.order)}


@dataclass(frozen=True)
class Swap:
    """Two milestones that change places, and what that changes (after less before)."""

    first: str
    second: str
    scored: Scored
    goal: Gap
    cash: Gap

    @property
    def clear(self) -> bool:
        """Whether it helps for sure: the goal likelier, or as likely with more money left."""
        return better(self.goal, self.cash)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
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
    """Whether a change is clearly for the better: the goal first, the money second."""
    if goal.clear:
        return goal.value > 0
    return cash.clear and cash.value > 0


@dataclass(frozen=True)
class Ranking:
    """The learner's order among all others.

    Attributes
    ----------
    how, runs, seed
        "exact", or "simulated" with so many lives on the luck of that seed.
    method
        "every" order was scored; "sets": the cheapest by dynamic programming; "beam": the
        same with the most promising sets only; "swaps": searched by changing two at a time.
    orders, tried
        How many orders the dependencies allow (None: too many to count); how many were scored.
    position, level
        Place of the learner's order among those `tried` (all of them where that is `orders`),
        1 the best; how many of them (itself among them) are no different from it. Exact scores
        are compared to a millionth; of simulated ones only those that clearly differ are.
    ahead
        Share of all orders that are better: counted, or from 1,000 orders drawn at random where
        money only goes out; None where neither can be had.
    yours, best
        The learner's order and the best one found; re-scored on fresh luck where simulated.
    goal_gain, cash_gain
        Best less yours.
    swap
        The best change of two places in the learner's order; None where none is possible.
    bound
        Money left that no order exceeds, where that is known.
    reasons
        Why the best is better, or that nothing is gained; and how all this was found.
    top
        The ten best orders, best first, as they were found (not played again).
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
        """Plain data for `--json`."""
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
        """One row an order, by its `rank` (1: the best): the ten best, then yours if it is none.

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
