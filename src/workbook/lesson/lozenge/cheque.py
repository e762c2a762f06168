"""The altered case: the same fork, with an investor's cheque in the calendar."""

from __future__ import annotations

from workbook.lesson.plays import Plays, fork_of
from workbook.outcomes import Outcomes
from workbook.plan import Due, Plan
from workbook.words import Words

FORK = "cash-gap"
CHEQUE = Due(week=60, amount=300_000.0, chance=0.9)
"""As large as the second round of the case; a promise in writing, which one in ten breaks."""


def with_cheque(plan: Plan) -> Plan:
    """The plan with the cheque due."""
    return plan.model_copy(update={"due": (*plan.due, CHEQUE)})


def played_with_cheque(plays: Plays) -> dict[str, Outcomes]:
    """Each option of the fork, the cheque due, on the same luck."""
    plan = with_cheque(plays.plan)
    options = fork_of(plan, FORK).options
    return {option.id: plays.play({FORK: option.id}, plan=plan) for option in options}


def cheque_said(plays: Plays, w: Words) -> dict[str, str]:
    """The terms of the cheque, the reader's way."""
    return {
        "amount": w.money(CHEQUE.amount, plays.plan.currency),
        "week": w.week(CHEQUE.week),
        "chance": w.percent(CHEQUE.chance),
    }
