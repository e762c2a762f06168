"""Split difficult work into small steps, so that no single mistake is huge (P8).

The threshold for huge is ours, not the lecture's: the cost of one failed attempt, times the chance
that it fails, is more than a fifth of the money or of the time.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import Attempt
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.rule import Example, Remark, Rule, name_of, remark
from workbook.review.small_win import too_large

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


def check(plan: Plan) -> Iterator[Remark]:
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


RULE = Rule(
    id="cut-finer",
    claim="P8",
    title=Message("No single mistake is huge"),
    check=check,
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
