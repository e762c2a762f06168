"""The result of ranking orders, for charts, text and tables."""

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
