"""Which method a plan calls for, and the ranking that comes of it.

One team, no ranges, no options chosen, and few enough orders: all of them, without noise. Money
that only goes out: the cheapest order by dynamic programming. Anything else: played order by order
within a number of plays, searched by swaps; where that was simulated, the winner is played again
on fresh luck, because the best of many is flattered by the luck it was picked on.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from workbook.edit import chosen
from workbook.errors import Message
from workbook.exact import refusal
from workbook.paired import Gap
from workbook.plan import Plan
from workbook.play import Told, unheard
from workbook.sequence.board import SAME_MONEY, TOP, Board
from workbook.sequence.crossings import TooManyPointsError
from workbook.sequence.meeting import score_all
from workbook.sequence.orders import Precedence
from workbook.sequence.ranking import Method, Ranking, Scored, Swap
from workbook.sequence.reasons import reasons
from workbook.sequence.spend import LeastSpend, least_spend, outlay_of, trials_of
from workbook.sequence.trying import Order, Trying

MOST_ORDERS = 50_000
MOST_PLAYS = 150
FEWEST_PLAYS = 20
PLAYED_MILESTONES = 2_000
FRESH_RUNS = 10_000
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
    told: Told = unheard,
) -> Ranking:
    """The plan's order among all that its dependencies allow, the best one, and why.

    Parameters
    ----------
    choices
        Option by fork, by ids.
    runs, seed
        Lives a play, where orders must be simulated; the winner is then played again with
        at least 10,000 lives of the next seed.
    most_orders
        Up to so many orders are all scored without noise, where the plan allows it.
    most_plays
        How many orders are played, where not all can be scored: 150, fewer of a long chain.
    told
        Hears on the way what share (0..1) of the work is done; from 0 again where one way of
        searching gives way to another.

    Raises
    ------
    InputError
        An unknown fork or option; milestones that wait for each other.
    """
    choices = dict(choices or {})
    chosen(plan, choices)
    precedence = Precedence.of(plan)
    orders = precedence.count()
    as_written = not choices and not plan.log
    if as_written and orders is not None and orders <= most_orders and not refusal(plan):
        try:
            return Board(plan, precedence, score_all(plan, precedence, told)).ranking()
        except TooManyPointsError:
            pass
    trials = trials_of(plan, precedence) if as_written else None
    least = None if trials is None else least_spend(precedence, trials)
    if most_plays is None:
        most_plays = max(FEWEST_PLAYS, min(MOST_PLAYS, PLAYED_MILESTONES // (1 + len(plan.ids))))
    plays = most_plays if orders is None else min(orders, most_plays)
    trying = Trying(plan, precedence, choices, runs, seed, lambda n: told(min(1.0, n / plays)))
    return _of_tries(trying, least, orders, most_plays)


# Order by order


def _of_tries(
    trying: Trying, least: LeastSpend | None, orders: int | None, most_plays: int
) -> Ranking:
    """The ranking where orders are played one by one."""
    method = _search(trying, least, orders, most_plays)
    best = min(trying.scores, key=trying.rank)
    fresh, swap = _fresh(trying), _swap_tried(trying)
    yours, winner = fresh.score(trying.today), fresh.score(best)
    goal, money = fresh.gaps(best)
    found = _found(trying, least, method, orders)
    position, level = _place(trying)
    tried = len(trying.scores)
    return Ranking(
        plan=trying.plan.id,
        currency=trying.plan.currency,
        how=trying.base.how,
        method=method,
        runs=fresh.base.runs,
        seed=fresh.base.seed,
        orders=orders,
        tried=tried,
        position=position,
        level=level,
        ahead=(position - 1) / orders if tried == orders else _ahead(trying, least),
        yours=yours,
        best=winner,
        goal_gain=goal,
        cash_gain=money,
        swap=None if swap is None else _swap(fresh, *swap),
        bound=_bound(trying, least),
        reasons=(*_why(trying.plan, orders, yours, winner, goal, money), *found),
        top=tuple(trying.score(o) for o in sorted(trying.scores, key=trying.rank)[:TOP]),
    )


def _why(
    plan: Plan, orders: int | None, yours: Scored, best: Scored, goal: Gap, money: Gap
) -> tuple[Message, ...]:
    """The reasons, where there was a choice."""
    return () if orders == 1 else reasons(plan, yours, best, goal, money)


def _fresh(trying: Trying) -> Trying:
    """The same plan on luck that nothing was picked on; where there is none, as it was."""
    if trying.base.how == "exact":
        return trying
    runs = max(trying.runs, FRESH_RUNS)
    return Trying(trying.plan, trying.precedence, trying.choices, runs, trying.seed + 1)


def _search(
    trying: Trying, least: LeastSpend | None, orders: int | None, most_plays: int
) -> Method:
    """Score as many orders as the method asks for."""
    if orders is not None and orders <= most_plays:
        for order in trying.precedence.every():
            trying.score(order)
        return "every"
    if least is None:
        trying.search(most_plays)
        return "swaps"
    trying.score(least.order)
    for _, _, after in trying.precedence.swaps(trying.today):
        if len(trying.scores) < most_plays:
            trying.score(after)
    return "sets" if least.exact else "beam"


def _swap_tried(trying: Trying) -> tuple[int, int, Order] | None:
    """The best swap of today's order among those played."""
    tried = [s for s in trying.precedence.swaps(trying.today) if s[2] in trying.scores]
    return min(tried, key=lambda swap: trying.rank(swap[2]), default=None)


def _swap(trying: Trying, i: int, j: int, after: Order) -> Swap:
    ids = trying.precedence.ids
    return Swap(ids[i], ids[j], trying.score(after), *trying.gaps(after))


def _place(trying: Trying) -> tuple[int, int]:
    """Place of today's order among those played, and how many are not clearly different."""
    gaps = [(goal, money) for _, goal, money in trying.scores.values()]
    ahead = sum(g.value > 0 if g.clear else m.clear and m.value > 0 for g, m in gaps)
    level = sum(not g.clear and not m.clear for g, m in gaps)
    return ahead + 1, level


def _ahead(trying: Trying, least: LeastSpend | None) -> float | None:
    """Share of orders that pay less than today's, from orders drawn at random."""
    layers = trying.precedence.layers()
    trials = None if least is None else trials_of(trying.plan, trying.precedence)
    if layers is None or trials is None:
        return None
    dice, today = Random(trying.seed), outlay_of(trying.today, trials) - SAME_MONEY
    orders = (trying.precedence.drawn(layers, dice) for _ in range(DRAWN))
    return sum(outlay_of(order, trials) < today for order in orders) / DRAWN


def _bound(trying: Trying, least: LeastSpend | None) -> float | None:
    """The most that any order leaves; unknown where cash or weeks may end the plan before."""
    fates = trying.base.fates
    if least is None or fates["ruin"] + fates["open"] > BINDING:
        return None
    return (trying.plan.cash or 0.0) - least.bound


def _found(
    trying: Trying, least: LeastSpend | None, method: Method, orders: int | None
) -> tuple[Message, ...]:
    """How the answer was found, and how far it can be trusted."""
    if orders == 1:
        return (Message("The dependencies allow only one order."),)
    tried = len(trying.scores)
    if method == "every":
        template = "All {n} orders that the dependencies allow were compared."
        return (Message(template, {"n": tried}),)
    if method == "sets":
        template = "No order leaves more on average, as long as cash and weeks last."
        return (Message(template),)
    if method == "beam":
        bound = _bound(trying, least)
        template = "Only the most promising orders were followed; a better one may be left."
        if bound is not None:
            template = (
                "Only the most promising orders were followed; none leaves more than {bound}."
            )
        return (Message(template, {"bound": round(bound or 0.0)}),)
    template = "{n} orders were tried, two milestones changing places; a better one may be left."
    return (Message(template, {"n": tried}),)
