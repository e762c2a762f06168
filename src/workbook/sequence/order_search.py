"""Score orders one by one, and search for better ones by swapping two milestones.

Used where not all orders can be scored at once. Each order is played exactly if possible,
otherwise simulated with common random numbers. The search starts from the learner's order and two
promising ones, tries every swap of the best so far, neighbours first, and continues from the
better one until no swap helps or the number of plays is used up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.edit import reordered
from workbook.outcomes import Outcomes
from workbook.paired import Gap, cash_error, cash_gap, cash_left, goal_gap
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress, play
from workbook.sequence.precedence import Precedence
from workbook.sequence.ranking import Scored
from workbook.sequence.reasons import brings_money, ratio

Order = tuple[int, ...]


class OrderScorer:
    """Scores a plan in different orders with common random numbers, each order once.

    Parameters
    ----------
    runs, seed
        For simulations only.
    on_progress
        Called after each play with the number of plays so far.
    """

    def __init__(
        self,
        plan: Plan,
        precedence: Precedence,
        choices: Mapping[str, str],
        runs: int,
        seed: int,
        on_progress: OnProgress = no_progress,
    ) -> None:
        self.plan, self.precedence, self.on_progress = plan, precedence, on_progress
        self.choices, self.runs, self.seed = choices, runs, seed
        self.current: Order = tuple(range(len(precedence.ids)))
        self.base = play(plan, choices, runs=runs, seed=seed)
        self.scores: dict[Order, tuple[Scored, Gap, Gap]] = {}
        self.score(self.current)

    def outcomes(self, order: Sequence[int]) -> Outcomes:
        """Play the plan in an order."""
        ids = (*self.precedence.names(order), *self.precedence.never)
        plan = reordered(self.plan, ids)
        return play(plan, self.choices, runs=self.runs, seed=self.seed)

    def score(self, order: Order) -> Scored:
        """Return the score of an order."""
        if order not in self.scores:
            played = self.base if order == self.current else self.outcomes(order)
            ids = (*self.precedence.names(order), *self.precedence.never)
            error = played.fates_error["goal"] if played.how == "simulated" else 0.0
            scored = Scored(ids, played.fates["goal"], cash_left(played), error, cash_error(played))
            gaps = goal_gap(self.base, played), cash_gap(self.base, played)
            self.scores[order] = (scored, *gaps)
            self.on_progress(len(self.scores))
        return self.scores[order][0]

    def gaps(self, order: Order) -> tuple[Gap, Gap]:
        """Return the gaps to the current order: goal and cash."""
        self.score(order)
        return self.scores[order][1:]

    def rank(self, order: Order) -> tuple[float, float]:
        """Return the sort key: goal to a millionth, then cash to a cent."""
        scored = self.score(order)
        return (-round(scored.goal, 6), -round(scored.cash, 2))

    def search(self, most: int) -> None:
        """Score up to `most` orders, by swaps of the best so far until none helps."""
        for start in (_money_first(self), _risky_first(self)):
            if len(self.scores) < most:
                self.score(start)
        here, expanded = self.current, set()
        while here not in expanded:
            expanded.add(here)
            for _, _, swapped in self.precedence.swaps(here):
                if len(self.scores) >= most:
                    return
                self.score(swapped)
            here = min(self.scores, key=self.rank)


def _listed(precedence: Precedence, wish: Mapping[int, float]) -> Order:
    """Build an order that always takes the ready milestone with the smallest priority number."""
    order: list[int] = []
    done = 0
    while len(order) < len(precedence.ids):
        order.append(min(precedence.ready(done), key=lambda k: wish[k]))
        done |= 1 << order[-1]
    return tuple(order)


def _risky_first(scorer: OrderScorer) -> Order:
    ids = scorer.precedence.ids
    return _listed(scorer.precedence, {k: ratio(scorer.plan, id) for k, id in enumerate(ids)})


def _money_first(scorer: OrderScorer) -> Order:
    """Take what brings money, and all its needs, before the rest."""
    precedence = scorer.precedence
    sooner = 0
    for k in reversed(range(len(precedence.ids))):  # in the current order needs come first
        if sooner >> k & 1 or brings_money(scorer.plan, precedence.ids[k]):
            sooner |= 1 << k | precedence.before[k]
    wish = {k: float(k) - (len(precedence.ids) if sooner >> k & 1 else 0) for k in scorer.current}
    return _listed(precedence, wish)
