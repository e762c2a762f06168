"""The ranking where every order has its score without noise."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from workbook.errors import Message
from workbook.outcomes import Ints
from workbook.paired import Gap
from workbook.plan import Plan
from workbook.sequence.meeting import Scores
from workbook.sequence.orders import Precedence
from workbook.sequence.ranking import Ranking, Scored, Swap
from workbook.sequence.reasons import reasons

SAME_GOAL = 1e-6
SAME_MONEY = 0.005
TOP = 10


class Board:
    """Every order by its number, and today's among them."""

    def __init__(self, plan: Plan, precedence: Precedence, scores: Scores) -> None:
        self.plan, self.precedence, self.scores = plan, precedence, scores
        self.place = {tuple(order): n for n, order in enumerate(scores.orders.tolist())}
        self.today = self.place[tuple(range(len(precedence.ids)))]

    @cached_property
    def sorting(self) -> Ints:
        """Numbers of the orders, best first: the goal to a millionth, then the cash to a cent."""
        return np.lexsort((-np.round(self.scores.cash, 2), -np.round(self.scores.goal, 6)))

    def scored(self, n: int) -> Scored:
        """One order with its score."""
        order = self.precedence.names(self.scores.orders[n].tolist())
        ids = (*order, *self.precedence.never)
        return Scored(ids, float(self.scores.goal[n]), float(self.scores.cash[n]))

    def gaps(self, n: int) -> tuple[Gap, Gap]:
        """How an order differs from today's: goal and cash; what is mere rounding is nothing."""
        goal = float(self.scores.goal[n] - self.scores.goal[self.today])
        money = float(self.scores.cash[n] - self.scores.cash[self.today])
        return (
            Gap(goal if abs(goal) > SAME_GOAL else 0.0),
            Gap(money if abs(money) > SAME_MONEY else 0.0),
        )

    def standing(self) -> tuple[int, int]:
        """How many orders are better than today's, and how many (itself too) are like it."""
        goal = self.scores.goal - self.scores.goal[self.today]
        money = self.scores.cash - self.scores.cash[self.today]
        alike = np.abs(goal) <= SAME_GOAL
        better = (goal > SAME_GOAL) | (alike & (money > SAME_MONEY))
        return int(better.sum()), int((alike & (np.abs(money) <= SAME_MONEY)).sum())

    def swap(self) -> Swap | None:
        """The swap with the likeliest goal, then the most cash; the nearest of equal ones."""
        ids = self.precedence.ids
        numbered = [
            (self.place[after], ids[i], ids[j])
            for i, j, after in self.precedence.swaps(range(len(ids)))
        ]
        swaps = [Swap(one, other, self.scored(n), *self.gaps(n)) for n, one, other in numbered]

        def merit(swap: Swap) -> tuple[float, float]:
            return -round(swap.scored.goal, 6), -round(swap.scored.cash, 2)

        return min(swaps, key=merit, default=None)

    def reasons(self, best: int) -> tuple[Message, ...]:
        """Why the best is better, and how that was found."""
        count = len(self.place)
        if count == 1:
            return (Message("The dependencies allow only one order."),)
        how = Message("All {n} orders that the dependencies allow were compared.", {"n": count})
        yours = self.scored(self.today)
        return (*reasons(self.plan, yours, self.scored(best), *self.gaps(best)), how)

    def ranking(self) -> Ranking:
        """The answer."""
        ahead, level = self.standing()
        best = int(self.sorting[0]) if ahead else self.today
        goal, money = self.gaps(best)
        return Ranking(
            plan=self.plan.id,
            currency=self.plan.currency,
            how="exact",
            method="every",
            runs=0,
            seed=None,
            orders=len(self.place),
            tried=len(self.place),
            position=ahead + 1,
            level=level,
            ahead=ahead / len(self.place),
            yours=self.scored(self.today),
            best=self.scored(best),
            goal_gain=goal,
            cash_gain=money,
            swap=self.swap(),
            bound=None,
            reasons=self.reasons(best),
            top=tuple(self.scored(int(n)) for n in self.sorting[:TOP]),
        )
