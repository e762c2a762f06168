"""Why an order is better, in words: money or time sooner, fail early, or nothing gained."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from workbook.errors import Message, Money
from workbook.law import Attempt, Economy
from workbook.paired import Gap
from workbook.plan import STATE, Gives, Milestone, Plan, Text
from workbook.sequence.ranking import Scored, better

RAISED = tuple(name for name, key in STATE.items() if key.flow == "in")
"""Figures of which more brings in more."""


def reasons(plan: Plan, yours: Scored, best: Scored, goal: Gap, cash: Gap) -> tuple[Message, ...]:
    """Say what the best order does better than yours, the goal first.

    Parameters
    ----------
    goal, cash
        Best minus yours.
    """
    if not better(goal, cash):
        return (Message("Nothing to gain: no order is clearly better than yours."),)
    return (*_moves(plan, yours.order, best.order), _gain(plan, goal, cash))


def _gain(plan: Plan, goal: Gap, cash: Gap) -> Message:
    if goal.clear:
        template = "The best order reaches the goal in {gain} more of 100 lives than yours."
        return Message(template, {"gain": f"{goal.value * 100:.1f}"})
    template = (
        "The chance of the goal stays the same; the best order leaves {amount} more on average"
        " once it is known how it ends."
    )
    return Message(template, {"amount": Money(round(cash.value), plan.currency)})


def _moves(plan: Plan, yours: Sequence[str], best: Sequence[str]) -> list[Message]:
    """Return the most important change of position of each kind."""
    place = {id: n for n, id in enumerate(yours)}
    turned = [
        (first, second)
        for n, first in enumerate(best)
        for second in best[n + 1 :]
        if place[second] < place[first]
    ]
    said = []
    money = [(a, b) for a, b in turned if brings_money(plan, a) and not brings_money(plan, b)]
    if money:
        template = "Money sooner: “{first}” brings money, so it comes before “{second}”."
        said.append(_pair(plan, template, money[0]))
    hours = [(a, b) for a, b in turned if frees_hours(plan, a) and not frees_hours(plan, b)]
    if hours:
        template = "Time sooner: “{first}” frees hours, so it comes before “{second}”."
        said.append(_pair(plan, template, hours[0]))
    risky = [(a, b) for a, b in turned if ratio(plan, a) < ratio(plan, b)]
    if risky:
        widest = max(risky, key=lambda pair: _contrast(plan, *pair))
        template = (
            "Fail early: “{first}” is cheaper for the risk it takes away, so it comes before"
            " “{second}”."
        )
        said.append(_pair(plan, template, widest))
    return said


def _pair(plan: Plan, template: str, pair: tuple[str, str]) -> Message:
    first, second = (_name(plan.milestone(id)) for id in pair)
    return Message(template, {"first": first, "second": second})


def _name(milestone: Milestone) -> Text:
    return milestone.name or milestone.id


def _contrast(plan: Plan, first: str, second: str) -> float:
    """Return the ratio of both milestones' cost per chance of failing."""
    high, low = ratio(plan, second), ratio(plan, first)
    return inf if high == inf or low <= 0 else high / low


def ratio(plan: Plan, id: str) -> float:
    """Return the cost of one attempt, burn included, per chance that it fails."""
    attempt = Attempt.at_start(plan, plan.milestone(id), "mean")
    failing = 1.0 - attempt.chance
    return attempt.cents_with_burn / 100 / failing if failing > 0 else inf


def frees_hours(plan: Plan, id: str) -> bool:
    """Whether reaching it leaves more hours per week for milestones."""
    before = Economy.of(plan)
    return before.after(plan.milestone(id).gives).free_hours > before.free_hours


def brings_money(plan: Plan, id: str) -> bool:
    """Whether reaching it may bring funding, more weekly revenue, or less burn."""
    gives: Gives | None = plan.milestone(id).gives
    if gives is None:
        return False
    before = Economy.of(plan)
    after = before.after(gives)
    raised = any(getattr(after, name) > getattr(before, name) for name in RAISED)
    raised = raised or after.churn_per_month < before.churn_per_month
    return gives.funding is not None or raised or after.average_net_cents > before.average_net_cents
