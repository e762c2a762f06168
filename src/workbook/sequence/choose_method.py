"""Choose the method that a plan allows, and compute the ranking.

One team, no ranges, no alternatives, no options chosen, and few enough orders: all are scored
exactly. Plans
without income: the cheapest order by dynamic programming. Everything else is a search: each order
is played exactly if possible, otherwise simulated with common random numbers, up to a number of
plays. It starts from the learner's order and two promising ones, tries every swap of the best so
far, neighbours first, and continues from the better one until no swap helps. If orders were
simulated, the winner is simulated again with new random numbers, because picking the best of many
overestimates its score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from workbook.chain import alternatives_of
from workbook.edit import chosen, reordered
from workbook.errors import Message
from workbook.exact import refusal
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import (
    RUNS,
    Gap,
    OnProgress,
    cash_error,
    cash_gap,
    cash_left,
    goal_gap,
    no_progress,
    play,
)
from workbook.sequence.exact_ranking import SAME_MONEY, TOP, ExactRanking, score_all
from workbook.sequence.precedence import Precedence
from workbook.sequence.propagate import TooManyPointsError
from workbook.sequence.ranking import Method, Ranking, Scored, Swap, brings_money, ratio, reasons
from workbook.sequence.spend import LeastSpend, least_spend, outlay_of, trials_of

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


MOST_ORDERS = 50_000
MOST_PLAYS = 150
FEWEST_PLAYS = 20
PLAYED_MILESTONES = 2_000
BINDING = 1e-6
DRAWN = 1_000


def rank(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    *,
    runs: int = 2_000,
    seed: int = 1,
    most_orders: int = MOST_ORDERS,
    most_plays: int | None = None,
    on_progress: OnProgress = no_progress,
) -> Ranking:
    """Rank the plan's order among all that its dependencies allow, and explain the best one.

    Parameters
    ----------
    choices
        Option by fork, by ids.
    runs, seed
        Runs per simulated order, drawn from the next seed; your order and the winner are then
        simulated with at least 10,000 runs of this one, as `play` does.
    most_orders
        Up to this number of orders, all are scored exactly if the plan allows it.
    most_plays
        The number of orders to play if not all can be scored: 150, fewer for a long chain.
    on_progress
        Called with the share of work done (0..1); starts again at 0 if the method changes.

    Raises
    ------
    InputError
        For an unknown fork or option, or milestones that wait for each other.
    """
    choices = dict(choices or {})
    chosen(plan, choices)
    precedence = Precedence.of(plan)
    orders = precedence.count()
    as_written = not (choices or plan.log or alternatives_of(plan))
    if as_written and orders is not None and orders <= most_orders and not refusal(plan):
        try:
            return ExactRanking(
                plan, precedence, score_all(plan, precedence, on_progress)
            ).ranking()
        except TooManyPointsError:
            pass
    trials = trials_of(plan, precedence) if as_written else None
    least = None if trials is None else least_spend(precedence, trials)
    if most_plays is None:
        most_plays = max(FEWEST_PLAYS, min(MOST_PLAYS, PLAYED_MILESTONES // (1 + len(plan.ids))))
    plays = most_plays if orders is None else min(orders, most_plays)
    scorer = OrderScorer(
        plan, precedence, choices, runs, seed + 1, lambda n: on_progress(min(1.0, n / plays))
    )
    return _by_play(scorer, seed, least, orders, most_plays)


# Playing order by order


def _by_play(
    scorer: OrderScorer, seed: int, least: LeastSpend | None, orders: int | None, most_plays: int
) -> Ranking:
    """Rank orders that were played one by one."""
    method = _search(scorer, least, orders, most_plays)
    best = min(scorer.scores, key=scorer.rank)
    fresh, swap = _fresh(scorer, seed), _swap_tried(scorer)
    yours, winner = fresh.score(scorer.current), fresh.score(best)
    goal, money = fresh.gaps(best)
    found = _how_found(scorer, least, method, orders)
    position, level = _place(scorer)
    tried = len(scorer.scores)
    return Ranking(
        plan=scorer.plan.id,
        currency=scorer.plan.currency,
        how=scorer.base.how,
        method=method,
        runs=fresh.base.runs,
        seed=fresh.base.seed,
        orders=orders,
        tried=tried,
        position=position,
        level=level,
        ahead=(position - 1) / orders if tried == orders else _ahead(scorer, least),
        yours=yours,
        best=winner,
        goal_gain=goal,
        cash_gain=money,
        swap=None if swap is None else _swap(fresh, *swap),
        bound=_bound(scorer, least),
        reasons=(*_why(scorer.plan, orders, yours, winner, goal, money), *found),
        top=tuple(scorer.score(o) for o in sorted(scorer.scores, key=scorer.rank)[:TOP]),
    )


def _why(
    plan: Plan, orders: int | None, yours: Scored, best: Scored, goal: Gap, money: Gap
) -> tuple[Message, ...]:
    """Return the reasons, if there was a choice."""
    return () if orders == 1 else reasons(plan, yours, best, goal, money)


def _fresh(scorer: OrderScorer, seed: int) -> OrderScorer:
    """Return a scorer with the random numbers of `play`; the same one if scores are exact."""
    if scorer.base.how == "exact":
        return scorer
    runs = max(scorer.runs, RUNS)
    return OrderScorer(scorer.plan, scorer.precedence, scorer.choices, runs, seed)


def _search(
    scorer: OrderScorer, least: LeastSpend | None, orders: int | None, most_plays: int
) -> Method:
    """Score the orders that the method asks for."""
    if orders is not None and orders <= most_plays:
        for order in scorer.precedence.every():
            scorer.score(order)
        return "every"
    if least is None:
        scorer.search(most_plays)
        return "swaps"
    scorer.score(least.order)
    for _, _, after in scorer.precedence.swaps(scorer.current):
        if len(scorer.scores) < most_plays:
            scorer.score(after)
    return "sets" if least.exact else "beam"


def _swap_tried(scorer: OrderScorer) -> tuple[int, int, Order] | None:
    """Return the best swap of the current order among those played."""
    tried = [s for s in scorer.precedence.swaps(scorer.current) if s[2] in scorer.scores]
    return min(tried, key=lambda swap: scorer.rank(swap[2]), default=None)


def _swap(scorer: OrderScorer, i: int, j: int, after: Order) -> Swap:
    ids = scorer.precedence.ids
    return Swap(ids[i], ids[j], scorer.score(after), *scorer.gaps(after))


def _place(scorer: OrderScorer) -> tuple[int, int]:
    """Return the rank of the current order among those played, and how many are level with it."""
    gaps = [(goal, money) for _, goal, money in scorer.scores.values()]
    ahead = sum(g.value > 0 if g.clear else m.clear and m.value > 0 for g, m in gaps)
    level = sum(not g.clear and not m.clear for g, m in gaps)
    return ahead + 1, level


def _ahead(scorer: OrderScorer, least: LeastSpend | None) -> float | None:
    """Estimate the share of orders that pay less than the current one, from random orders."""
    layers = scorer.precedence.layers()
    trials = None if least is None else trials_of(scorer.plan, scorer.precedence)
    if layers is None or trials is None:
        return None
    rng, current = Random(scorer.seed), outlay_of(scorer.current, trials) - SAME_MONEY
    orders = (scorer.precedence.drawn(layers, rng) for _ in range(DRAWN))
    return sum(outlay_of(order, trials) < current for order in orders) / DRAWN


def _bound(scorer: OrderScorer, least: LeastSpend | None) -> float | None:
    """Return the most money that any order leaves; None if cash or weeks may end the plan first."""
    fates = scorer.base.fates
    if least is None or fates["ruin"] + fates["open"] > BINDING:
        return None
    return (scorer.plan.cash or 0.0) - least.bound


def _how_found(
    scorer: OrderScorer, least: LeastSpend | None, method: Method, orders: int | None
) -> tuple[Message, ...]:
    """Say how the answer was found, and how reliable it is."""
    if orders == 1:
        return (Message("The dependencies allow only one order."),)
    tried = len(scorer.scores)
    if method == "every":
        template = "All {n} orders that the dependencies allow were compared."
        return (Message(template, {"n": tried}),)
    if method == "sets":
        template = "No order leaves more on average, as long as cash and weeks last."
        return (Message(template),)
    if method == "beam":
        bound = _bound(scorer, least)
        template = "Only the most promising orders were followed; a better one may be left."
        if bound is not None:
            template = (
                "Only the most promising orders were followed; none leaves more than {bound}."
            )
        return (Message(template, {"bound": round(bound or 0.0)}),)
    template = "{n} orders were tried, two milestones changing places; a better one may be left."
    return (Message(template, {"n": tried}),)
