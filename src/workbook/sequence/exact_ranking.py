"""The ranking of all orders by their exact scores."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from workbook.errors import Message
from workbook.outcomes import Ints
from workbook.paired import Gap
from workbook.plan import Plan
from workbook.sequence.meet_in_middle import Scores
from workbook.sequence.precedence import Precedence
from workbook.sequence.ranking import Ranking, Scored, Swap
from workbook.sequence.reasons import reasons

SAME_GOAL = 1e-6
SAME_MONEY = 0.005
TOP = 10


class ExactRanking:
    """Every order by its number, including the current one."""

    def __init__(self, plan: Plan, precedence: Precedence, scores: Scores) -> None:
        self.plan, self.precedence, self.scores = plan, precedence, scores
        self.numbers = {tuple(order): n for n, order in enumerate(scores.orders.tolist())}
        self.current = self.numbers[tuple(range(len(precedence.ids)))]

    @cached_property
    def sorting(self) -> Ints:
        """Order numbers, best first: by goal to a millionth, then by cash to a cent."""
        return np.lexsort((-np.round(self.scores.cash, 2), -np.round(self.scores.goal, 6)))

    def scored(self, n: int) -> Scored:
        """Return one order with its score."""
        order = self.precedence.names(self.scores.orders[n].tolist())
        ids = (*order, *self.precedence.never)
        return Scored(ids, float(self.scores.goal[n]), float(self.scores.cash[n]))

    def gaps(self, n: int) -> tuple[Gap, Gap]:
        """Return the gaps to the current order, goal and cash; rounding errors count as 0."""
        goal = float(self.scores.goal[n] - self.scores.goal[self.current])
        money = float(self.scores.cash[n] - self.scores.cash[self.current])
        return (
            Gap(goal if abs(goal) > SAME_GOAL else 0.0),
            Gap(money if abs(money) > SAME_MONEY else 0.0),
        )

    def position(self) -> tuple[int, int]:
        """Count the orders better than the current one, and those equal to it (itself included)."""
        goal = self.scores.goal - self.scores.goal[self.current]
        money = self.scores.cash - self.scores.cash[self.current]
        alike = np.abs(goal) <= SAME_GOAL
        better = (goal > SAME_GOAL) | (alike & (money > SAME_MONEY))
        return int(better.sum()), int((alike & (np.abs(money) <= SAME_MONEY)).sum())

    def swap(self) -> Swap | None:
        """Return the swap with the best goal, then the most cash; the nearest of equal ones."""
        ids = self.precedence.ids
        unique_states = [
            (self.numbers[after], ids[i], ids[j])
            for i, j, after in self.precedence.swaps(range(len(ids)))
        ]
        swaps = [Swap(one, other, self.scored(n), *self.gaps(n)) for n, one, other in unique_states]

        def merit(swap: Swap) -> tuple[float, float]:
            return -round(swap.scored.goal, 6), -round(swap.scored.cash, 2)

        return min(swaps, key=merit, default=None)

    def reasons(self, best: int) -> tuple[Message, ...]:
        """Say why the best order is better, and how it was found."""
        count = len(self.numbers)
        if count == 1:
            return (Message("The dependencies allow only one order."),)
        how = Message("All {n} orders that the dependencies allow were compared.", {"n": count})
        yours = self.scored(self.current)
        return (*reasons(self.plan, yours, self.scored(best), *self.gaps(best)), how)

    def ranking(self) -> Ranking:
        """Return the complete ranking."""
        ahead, level = self.position()
        best = int(self.sorting[0]) if ahead else self.current
        goal, money = self.gaps(best)
        return Ranking(
            plan=self.plan.id,
            currency=self.plan.currency,
            how="exact",
            method="every",
            runs=0,
            seed=None,
            orders=len(self.numbers),
            tried=len(self.numbers),
            position=ahead + 1,
            level=level,
            ahead=ahead / len(self.numbers),
            yours=self.scored(self.current),
            best=self.scored(best),
            goal_gain=goal,
            cash_gain=money,
            swap=self.swap(),
            bound=None,
            reasons=self.reasons(best),
            top=tuple(self.scored(int(n)) for n in self.sorting[:TOP]),
        )
