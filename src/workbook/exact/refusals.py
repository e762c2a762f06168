"""Which plans cannot be played exactly, and why; checked before any computation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook.edit import chosen, edit
from workbook.errors import N_, Message, WorkError
from workbook.law import follows_capital, has_its_weeks, moves_by_itself, payments_due
from workbook.luck import is_range
from workbook.plan import Fork, Milestone, Option, Plan

MOST_RELIED_ON = 6
MOST_STATES = 3_000_000
UNLIKE: Mapping[str, str] = {
    "ranges": N_("a figure has a range; exact play needs one number"),
    "weekly_ranges": N_("a figure differs from week to week; exact play needs one number"),
    "conditions": N_("milestones share a condition; exact play takes each one's luck by itself"),
    "morale": N_("failures make later attempts longer; exact play knows attempts all alike"),
    "tax_on_profit": N_("profit is taxed by the quarter; exact play knows weeks that are alike"),
    "closed": N_("some weeks are closed; exact play knows weeks that are alike"),
    "bills": N_("bills are paid in certain weeks; exact play knows weeks that are alike"),
    "roles": N_("salaries are paid in certain weeks; exact play knows weeks that are alike"),
}
"""Keys of the plan that exact play cannot follow, and why."""


class NotExactError(WorkError):
    """A plan cannot be played exactly, for the given reason; it can be simulated."""


MOST_UNCERTAIN = 8
"""Payments with a chance of which exact play tries every combination."""


def bound(states: float, limit: int = MOST_STATES) -> None:
    """Stop with the limit's name before memory or time run out."""
    if states > limit:
        template = "more than {limit} states: too many to carry exactly"
        raise NotExactError(template, limit=limit)


def refusal(plan: Plan, choices: Mapping[str, str] | None = None) -> Message | None:
    """Return why this plan cannot be played exactly with these options; None if it can.

    A plan without a refusal may still have too many states: `play` then raises `NotExactError`.
    Raises InputError for an unknown fork or option.
    """
    options = chosen(plan, choices or {})
    reasons = [*_of_plan(plan)]
    for fork in plan.forks:
        if fork.id in options:
            reasons += _of_option(plan, fork, options[fork.id])
    return reasons[0] if reasons else None


def _of_plan(plan: Plan) -> Iterator[Message]:
    teams = max(plan.teams, len(plan.begun.jobs))
    if teams > 1:
        yield Message("{n} teams work side by side; exact play follows one", {"n": teams})
    for name, sentence in UNLIKE.items():
        if getattr(plan, name):
            yield Message(sentence)
    if moves_by_itself(plan):
        yield Message(
            "customers, reach or stock move by themselves; exact play knows weeks that are alike"
        )
    if follows_capital(plan, {}):
        yield Message("a share is given away, or a loan paid back; exact play does not follow that")
    uncertain = sum(0 < due.chance < 1 for _, due in payments_due(plan))
    if uncertain > MOST_UNCERTAIN:
        yield Message(
            "{n} payments come with a chance; exact play tries all cases", {"n": uncertain}
        )
    for milestone in plan.attempted:
        yield from _of_milestone(milestone)


def _of_milestone(milestone: Milestone) -> Iterator[Message]:
    if has_its_weeks(milestone):
        template = "{id} is reached by a level, or has its weeks; exact play counts attempts only"
        yield Message(template, {"id": milestone.id})
    for name in ("weeks", "hours", "cost"):
        if is_range(getattr(milestone, name)):
            template = "{id}: {name} is a range; exact play needs one number"
            yield Message(template, {"id": milestone.id, "name": name})
    if len(milestone.relies_on) > MOST_RELIED_ON:
        template = "{id} relies on {n} hypotheses; exact play follows up to {limit}"
        n = len(milestone.relies_on)
        yield Message(template, {"id": milestone.id, "n": n, "limit": MOST_RELIED_ON})


def _of_option(plan: Plan, fork: Fork, option: Option) -> Iterator[Message]:
    if option.funding is not None:
        template = "option {option} brings a round or a loan; exact play cannot follow"
        yield Message(template, {"option": option.id})
    elif (fork.at.week, fork.at.cash_below, fork.at.used_up) != (None, None, None):
        template = (
            "fork {fork} opens by week, cash or failure; exact play follows forks at milestones"
        )
        yield Message(template, {"fork": fork.id})
    elif _moves_the_frame(option):
        template = (
            "option {option} sets the cash, the horizon or a belief; exact play cannot follow"
        )
        yield Message(template, {"option": option.id})
    else:
        yield from _of_plan(edit(plan, option))


def _moves_the_frame(option: Option) -> bool:
    sets_cash = option.cash is not None and not isinstance(option.cash, str)
    beliefs = any("tests" in change for change in option.milestones.values())
    return option.horizon_weeks is not None or sets_cash or beliefs
