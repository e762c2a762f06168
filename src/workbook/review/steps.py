"""Rules about the size of steps: a small first win, small steps, a cheap look first.

The thresholds are ours, not the lecture's. The first win (P6) is small if it takes a quarter of the
plan's time and of its cash. A step is huge (P8) if the cost of one failed attempt, times the chance
that it fails, is more than a fifth of the money or of the time. Expensive (R9) is half of the money
available; a look is cheap at a quarter of that price.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.chain import origins
from workbook.errors import Message
from workbook.law import Attempt, cents
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, can_fail, name_of, remark

SMALL = 0.25


def share_taken(plan: Plan, milestone: Milestone) -> float:
    """Return the larger of its mean shares of the plan's time and of the plan's cash."""
    attempt = Attempt.at_start(plan, milestone, "mean")
    time = attempt.expected_weeks / plan.horizon_weeks
    return max(time, attempt.expected_cents / 100 / plan.cash) if plan.cash else time


def too_large(plan: Plan) -> Milestone | None:
    """Return the smallest first step if it is not small, or the goal if it comes first."""
    if not origins(plan):
        return next((m for m in plan.attempted if m.id == plan.goal), None)
    ids = set(origins(plan))
    first = [m for m in plan.attempted if m.id in ids]
    smallest = min(first, key=lambda milestone: share_taken(plan, milestone))
    return smallest if share_taken(plan, smallest) > SMALL else None


def _small_win(plan: Plan) -> Iterator[Remark]:
    """Find plans whose first steps are all long or expensive, or that attempt the goal at once."""
    first = too_large(plan)
    if first is not None and first.id == plan.goal:
        yield remark(
            None,
            "The plan goes straight for its goal. Cut a small first win out of it, one that can"
            " serve as a base.",
        )
    elif first is not None:
        yield remark(
            first.id,
            "The smallest first step, “{milestone}”, takes more than a quarter of your time or"
            " cash on average. Look for a smaller win to start from.",
            milestone=name_of(first),
        )


SMALL_WIN = Rule(
    id="small-win",
    claim="P6",
    title=Message("The plan starts from a small win"),
    check=_small_win,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a"}]}, finds=[None]),
        Example(
            {
                "goal": "b",
                "horizon_weeks": 50,
                "milestones": [{"id": "a", "weeks": 10, "pass_rate": 0.5}, {"id": "b"}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "cash": 10000,
                "burn_per_week": 1000,
                "milestones": [{"id": "a", "weeks": 3}, {"id": "b"}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "cash": 10000,
                "burn_per_week": 500,
                "milestones": [{"id": "a", "weeks": 2}, {"id": "b"}],
            }
        ),
        Example({"goal": "breakeven"}),
    ),
)


HUGE = 0.2


def weeks_lost(attempt: Attempt) -> float:
    """Return the weeks lost in a failed attempt, with the redesign after a test."""
    return attempt.weeks + attempt.redesign_weeks


def share_of_money(best: BestCase, attempt: Attempt) -> float:
    """Return the share of the best-case money that a failed attempt costs; 0 if unknown."""
    id = attempt.milestone.id
    weekly, there = best.weekly_loss(id), best.cash_before(id, best.funders(id))
    if best.plan.cash is None or weekly < 0 or there <= 0:
        return 0.0
    share = (attempt.cents_at(weekly) + attempt.redesign_cents_at(weekly)) / there
    # the rule about finite cash reports what cannot be paid at all
    return share if share <= 1 else 0.0


def _cut_finer(plan: Plan) -> Iterator[Remark]:
    """Find milestones at which one mistake, times its chance, is too large."""
    best, first = BestCase.today(plan), too_large(plan)
    for milestone in best.plan.attempted:
        attempt = best.attempt(milestone, "mean")
        failing = 1 - attempt.chance
        if failing <= HUGE or (first and milestone.id == first.id):
            continue
        money = share_of_money(best, attempt)
        time = min(1.0, weeks_lost(attempt) / plan.horizon_weeks)
        if failing * max(money, time) > HUGE:
            yield _said(milestone, money, time)


def _said(milestone: Milestone, money: float, time: float) -> Remark:
    name = name_of(milestone)
    if money >= time:
        return remark(
            milestone.id,
            "One failed try at “{milestone}” takes about {share}% of the money there is by then,"
            " and failing is no rare thing here. Cut a milestone out of it that can be proved for"
            " less.",
            milestone=name,
            share=round(money * 100),
        )
    return remark(
        milestone.id,
        "One failed try at “{milestone}” takes about {share}% of the plan's time, and failing is no"
        " rare thing here. Cut a milestone out of it that can be proved sooner.",
        milestone=name,
        share=round(time * 100),
    )


def _plan(rate: float, cost: float = 5_000, weeks: float = 1) -> dict[str, object]:
    hard = {"id": "b", "needs": ["a"], "cost": cost, "weeks": weeks, "pass_rate": rate}
    return {"goal": "b", "cash": 10_000, "horizon_weeks": 100, "milestones": [{"id": "a"}, hard]}


CUT_FINER = Rule(
    id="cut-finer",
    claim="P8",
    title=Message("No single mistake is huge"),
    check=_cut_finer,
    examples=(
        Example(_plan(0.5), finds=["b"]),
        Example(_plan(0.1, cost=0, weeks=30), finds=["b"]),
        Example(
            {
                "goal": "b",
                "cash": 10_000,
                "milestones": [
                    {"id": "a", "cost": 10},
                    {
                        "id": "b",
                        "needs": ["a"],
                        "cost": 1_000,
                        "tests": {"belief": 0.4, "redesign": {"cost": 6_000}},
                    },
                ],
            },
            finds=["b"],
        ),
        Example(_plan(0.9)),
        Example(_plan(0.2, cost=2_000)),
        Example(_plan(0.1, cost=0, weeks=20)),
    ),
)


DEAR, CHEAP = 0.5, 0.25


def is_dear(best: BestCase, milestone: Milestone) -> bool:
    """Whether an attempt costs more than half of the best-case money, without income."""
    outlay = best.attempt(milestone).cost_cents
    if outlay <= cents(best.plan.cash or 0.0) * DEAR:
        return False
    there = best.cash_before(milestone.id, best.funders(milestone.id))
    return there > 0 and outlay > there * DEAR


def _look_first(plan: Plan) -> Iterator[Remark]:
    """Find expensive milestones that nothing cheap could have stopped before."""
    if not plan.cash:
        return
    order = Order(plan)
    best, too_early = BestCase(order), too_large(plan)
    passed = {entry.milestone for entry in plan.log if entry.result == "passed"}
    for milestone in plan.attempted:
        if milestone.id in passed or milestone == too_early or not is_dear(best, milestone):
            continue
        if best.weekly_loss(milestone.id) < 0:
            continue
        limit = best.attempt(milestone).cost_cents * CHEAP
        before = order.before(milestone.id)
        if not any(can_fail(look) and best.attempt(look).cost_cents <= limit for look in before):
            yield remark(
                milestone.id,
                "“{milestone}” puts more than half of the money down at once, and nothing cheap"
                " before it could have said no. Hold a review among yourselves first, one that may"
                " stop it.",
                milestone=name_of(milestone),
            )


def _look_plan(rate: float, cash: float = 10_000) -> dict[str, object]:
    first = {"id": "a", "cost": 1_000, "pass_rate": rate}
    dear = {"id": "b", "needs": ["a"], "cost": 6_000}
    return {"goal": "b", "cash": cash, "milestones": [first, dear]}


LOOK_FIRST = Rule(
    id="look-first",
    claim="R9",
    title=Message("What is dear is looked at before it is started"),
    check=_look_first,
    examples=(
        Example(_look_plan(1.0), finds=["b"]),
        Example(_look_plan(0.7)),
        Example(_look_plan(1.0, cash=13_000)),
        # reported by the rule about a small first win
        Example({"goal": "b", "cash": 10_000, "milestones": [{"id": "b", "cost": 6_000}]}),
    ),
)
