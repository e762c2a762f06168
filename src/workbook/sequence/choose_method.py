"""Choose the method that a plan allows, and compute the ranking.

One team, no ranges, no alternatives, no options chosen, and few enough orders: all are scored
exactly. Plans without income: the cheapest order by dynamic programming. Everything else is a
search: orders are played exactly if possible, else simulated with common random numbers, up to a
number of plays. It starts from the learner's order and two promising ones, tries every swap of the
best so far, and continues from the better one until no swap helps. If orders were simulated, the
winner is simulated again with new random numbers: picking the best of many overestimates its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
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
    goal_error,
    goal_gap,
    no_progress,
    play,
    play_many,
)
from workbook.sequence.exact_ranking import SAME_MONEY, TOP, ExactRanking, score_all
from workbook.sequence.precedence import Precedence, all_compared
from workbook.sequence.propagate import TooManyPointsError
from workbook.sequence.ranking import Method, Ranking, Scored, Swap, brings_money, ratio, reasons
from workbook.sequence.spend import Trial, least_spend, outlay_of, trials_of

Order = tuple[int, ...]
AT_ONCE = 16  # orders that are played together


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
        self._keep(self.current, self.base)

    def names(self, order: Sequence[int]) -> tuple[str, ...]:
        """Return the milestones in an order, those that are never attempted last."""
        return (*self.precedence.names(order), *self.precedence.never)

    def score(self, order: Order) -> Scored:
        """Return the score of an order."""
        if order not in self.scores:
            self.score_all([order])
        return self.scores[order][0]

    def score_all(self, orders: Iterable[Order], most: int | None = None) -> None:
        """Score orders, those played together that are not known; at most so many in the end."""
        left = None if most is None else max(0, most - len(self.scores))
        new = islice((o for o in dict.fromkeys(orders) if o not in self.scores), left)
        while some := tuple(islice(new, AT_ONCE)):
            sides = [(reordered(self.plan, self.names(order)), self.choices) for order in some]
            plays = play_many(sides, runs=self.runs, seed=self.seed)
            for order, played in zip(some, plays, strict=True):
                self._keep(order, played)

    def _keep(self, order: Order, played: Outcomes) -> None:
        """Keep the score of an order, and its gaps to the current one."""
        errors = goal_error(played), cash_error(played)
        scored = Scored(self.names(order), played.fates["goal"], cash_left(played), *errors)
        self.scores[order] = scored, goal_gap(self.base, played), cash_gap(self.base, played)
        self.on_progress(len(self.scores))

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
            self.score_all((swapped for _, _, swapped in self.precedence.swaps(here)), most)
            if len(self.scores) >= most:
                return
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
    as_written = not (choices or plan.log or alternatives_of(plan))
    if as_written and (found := _all_scored(plan, precedence, most_orders, on_progress)):
        return found
    if most_plays is None:
        most_plays = max(FEWEST_PLAYS, min(MOST_PLAYS, PLAYED_MILESTONES // (1 + len(plan.ids))))
    plays = min(precedence.count() or most_plays, most_plays)
    scorer = OrderScorer(
        plan, precedence, choices, runs, seed + 1, lambda n: on_progress(min(1.0, n / plays))
    )
    trials = trials_of(plan, precedence) if as_written else None
    return PlayedRanking(scorer, seed, trials, most_plays).ranking()


def _all_scored(
    plan: Plan, precedence: Precedence, most_orders: int, on_progress: OnProgress
) -> Ranking | None:
    """Return the ranking with every order scored exactly; None if the plan does not allow it."""
    orders = precedence.count()
    if orders is None or orders > most_orders or refusal(plan):
        return None
    try:
        return ExactRanking(plan, precedence, score_all(plan, precedence, on_progress)).ranking()
    except TooManyPointsError:
        return None


class PlayedRanking:
    """The ranking of orders that were played one by one.

    Parameters
    ----------
    seed
        Of the random numbers with which the current order and the winner are played again.
    trials
        What each milestone costs, if only that matters; then the cheapest order is known.
    most_plays
        The number of orders to play.
    """

    def __init__(
        self, scorer: OrderScorer, seed: int, trials: tuple[Trial, ...] | None, most_plays: int
    ) -> None:
        self.scorer, self.trials = scorer, trials
        self.orders = scorer.precedence.count()
        self.least = None if trials is None else least_spend(scorer.precedence, trials)
        self.method = self._search(most_plays)
        self.ranked = sorted(scorer.scores, key=scorer.rank)
        self.fresh = _fresh(scorer, seed)

    def ranking(self) -> Ranking:
        """Return the complete ranking."""
        scorer, fresh, best = self.scorer, self.fresh, self.ranked[0]
        goal, money = fresh.gaps(best)
        position, level = _place(scorer)
        return Ranking(
            plan=scorer.plan.id,
            currency=scorer.plan.currency,
            how=scorer.base.how,
            method=self.method,
            runs=fresh.base.runs,
            seed=fresh.base.seed,
            orders=self.orders,
            tried=len(self.ranked),
            position=position,
            level=level,
            ahead=self._ahead(position),
            yours=fresh.score(scorer.current),
            best=fresh.score(best),
            goal_gain=goal,
            cash_gain=money,
            swap=self._swap(),
            bound=self._bound(),
            reasons=self._reasons(),
            top=tuple(scorer.score(order) for order in self.ranked[:TOP]),
        )

    def _search(self, most_plays: int) -> Method:
        """Score the orders that the method asks for."""
        scorer = self.scorer
        if self.orders is not None and self.orders <= most_plays:
            scorer.score_all(scorer.precedence.every())
            return "every"
        if self.least is None:
            scorer.search(most_plays)
            return "swaps"
        scorer.score(self.least.order)
        swapped = (after for _, _, after in scorer.precedence.swaps(scorer.current))
        scorer.score_all(swapped, most_plays)
        return "sets" if self.least.exact else "beam"

    def _swap(self) -> Swap | None:
        """Return the best swap of the current order among those played."""
        scorer, ids = self.scorer, self.scorer.precedence.ids
        tried = [s for s in scorer.precedence.swaps(scorer.current) if s[2] in scorer.scores]
        if not tried:
            return None
        i, j, after = min(tried, key=lambda swap: scorer.rank(swap[2]))
        return Swap(ids[i], ids[j], self.fresh.score(after), *self.fresh.gaps(after))

    def _ahead(self, position: int) -> float | None:
        """Return the share of orders that are better: counted, or estimated from random orders."""
        if len(self.ranked) == self.orders:
            return (position - 1) / self.orders
        scorer, trials = self.scorer, self.trials
        layers = scorer.precedence.layers()
        if layers is None or trials is None:
            return None
        rng, current = Random(scorer.seed), outlay_of(scorer.current, trials) - SAME_MONEY
        orders = (scorer.precedence.drawn(layers, rng) for _ in range(DRAWN))
        return sum(outlay_of(order, trials) < current for order in orders) / DRAWN

    def _bound(self) -> float | None:
        """Return the most money that any order leaves; None if cash or weeks may end it first."""
        fates = self.scorer.base.fates
        if self.least is None or fates["ruin"] + fates["open"] > BINDING:
            return None
        return (self.scorer.plan.cash or 0.0) - self.least.bound

    def _reasons(self) -> tuple[Message, ...]:
        """Say why the best order is better, how it was found, and how reliable that is."""
        if self.orders == 1:
            return (Message("The dependencies allow only one order."),)
        fresh, best = self.fresh, self.ranked[0]
        yours, winner = fresh.score(self.scorer.current), fresh.score(best)
        return (*reasons(self.scorer.plan, yours, winner, *fresh.gaps(best)), self._how_found())

    def _how_found(self) -> Message:
        tried = {"n": len(self.ranked)}
        if self.method == "every":
            return all_compared(len(self.ranked))
        if self.method == "sets":
            return Message("No order leaves more on average, as long as cash and weeks last.")
        if self.method == "swaps":
            template = (
                "{n} orders were tried, two milestones changing places; a better one may be left."
            )
            return Message(template, tried)
        template = "Only the most promising orders were followed; a better one may be left."
        bound = self._bound()
        if bound is None:
            return Message(template)
        template = "Only the most promising orders were followed; none leaves more than {bound}."
        return Message(template, {"bound": round(bound)})


def _fresh(scorer: OrderScorer, seed: int) -> OrderScorer:
    """Return a scorer with the random numbers of `play`; the same one if scores are exact."""
    if scorer.base.how == "exact":
        return scorer
    runs = max(scorer.runs, RUNS)
    return OrderScorer(scorer.plan, scorer.precedence, scorer.choices, runs, seed)


def _place(scorer: OrderScorer) -> tuple[int, int]:
    """Return the rank of the current order among those played, and how many are level with it."""
    gaps = [(goal, money) for _, goal, money in scorer.scores.values()]
    ahead = sum(g.value > 0 if g.clear else m.clear and m.value > 0 for g, m in gaps)
    level = sum(not g.clear and not m.clear for g, m in gaps)
    return ahead + 1, level
