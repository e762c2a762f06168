"""Orders played one by one, and searched by letting two milestones change places.

Where not all orders can be scored at once, each is played for itself: exactly if that can be done,
else simulated, every order with the same luck. The search starts from the learner's order and a
few promising ones, tries every swap of the best so far, neighbours first, and goes on from the
better one until no swap helps or the plays that were allowed are used up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.edit import reordered
from workbook.outcomes import Outcomes
from workbook.paired import Gap, cash_error, cash_gap, cash_left, goal_gap
from workbook.plan import Plan
from workbook.play import Told, play, unheard
from workbook.sequence.orders import Precedence
from workbook.sequence.ranking import Scored
from workbook.sequence.reasons import brings_money, ratio

Order = tuple[int, ...]


class Trying:
    """Plays of the plan in different orders, all with the same luck, each once.

    Parameters
    ----------
    runs, seed
        For a simulation only.
    told
        Hears after each play how many there have been.
    """

    def __init__(
        self,
        plan: Plan,
        precedence: Precedence,
        choices: Mapping[str, str],
        runs: int,
        seed: int,
        told: Told = unheard,
    ) -> None:
        self.plan, self.precedence, self.told = plan, precedence, told
        self.choices, self.runs, self.seed = choices, runs, seed
        self.today: Order = tuple(range(len(precedence.ids)))
        self.base = play(plan, choices, runs=runs, seed=seed)
        self.scores: dict[Order, tuple[Scored, Gap, Gap]] = {}
        self.score(self.today)

    def outcomes(self, order: Sequence[int]) -> Outcomes:
        """The plan played in an order."""
        ids = (*self.precedence.names(order), *self.precedence.never)
        plan = reordered(self.plan, ids)
        return play(plan, self.choices, runs=self.runs, seed=self.seed)

    def score(self, order: Order) -> Scored:
        """What an order comes to."""
        if order not in self.scores:
            played = self.base if order == self.today else self.outcomes(order)
            ids = (*self.precedence.names(order), *self.precedence.never)
            error = played.fates_error["goal"] if played.how == "simulated" else 0.0
            scored = Scored(ids, played.fates["goal"], cash_left(played), error, cash_error(played))
            gaps = goal_gap(self.base, played), cash_gap(self.base, played)
            self.scores[order] = (scored, *gaps)
            self.told(len(self.scores))
        return self.scores[order][0]

    def gaps(self, order: Order) -> tuple[Gap, Gap]:
        """How an order differs from today's: goal and cash."""
        self.score(order)
        return self.scores[order][1:]

    def rank(self, order: Order) -> tuple[float, float]:
        """What orders are sorted by: the goal to a millionth, then the cash left to a cent."""
        scored = self.score(order)
        return (-round(scored.goal, 6), -round(scored.cash, 2))

    def search(self, most: int) -> None:
        """Score up to `most` orders, by swaps from the best so far until none helps."""
        for start in (_money_first(self), _risky_first(self)):
            if len(self.scores) < most:
                self.score(start)
        here, expanded = self.today, set()
        while here not in expanded:
            expanded.add(here)
            for _, _, swapped in self.precedence.swaps(here):
                if len(self.scores) >= most:
                    return
                self.score(swapped)
            here = min(self.scores, key=self.rank)


def _listed(precedence: Precedence, wish: Mapping[int, float]) -> Order:
    """Of what is ready always the one with the least wish number."""
    order: list[int] = []
    done = 0
    while len(order) < len(precedence.ids):
        order.append(min(precedence.ready(done), key=lambda k: wish[k]))
        done |= 1 << order[-1]
    return tuple(order)


def _risky_first(trying: Trying) -> Order:
    ids = trying.precedence.ids
    return _listed(trying.precedence, {k: ratio(trying.plan, id) for k, id in enumerate(ids)})


def _money_first(trying: Trying) -> Order:
    """What brings money, and all that it needs, before the rest."""
    precedence = trying.precedence
    sooner = 0
    for k in reversed(range(len(precedence.ids))):  # today's order: needs stand before
        if sooner >> k & 1 or brings_money(trying.plan, precedence.ids[k]):
            sooner |= 1 << k | precedence.before[k]
    wish = {k: float(k) - (len(precedence.ids) if sooner >> k & 1 else 0) for k in trying.today}
    return _listed(precedence, wish)
