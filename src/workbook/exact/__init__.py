"""Play a plan exactly: no dice, no noise, the probability of everything carried along.

For one team that follows the plan's order. Where the same week, the same cash and the same stage
come about in many ways, they are one from then on; so all lives there are fit into some thousand
numbers, and a slider that moves a figure moves the answer and nothing else. What cannot be carried
(ranges, teams side by side, forks that open by the calendar) is told by `refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook.exact.carry import Carrier
from workbook.exact.refusals import NotExactError, refusal
from workbook.exact.telling import outcomes
from workbook.exact.transitions import Transitions
from workbook.outcomes import Outcomes
from workbook.plan import Plan

__all__ = ["NotExactError", "play", "refusal"]


def play(plan: Plan, choices: Mapping[str, str] | None = None) -> Outcomes:
    """The outcomes of a plan with the option chosen at each fork.

    Raises
    ------
    InputError
        A fork or an option that the plan does not have.
    NotExactError
        What `refusal` tells beforehand, or more states on the way than memory should hold.
    """
    choices = choices or {}
    reason = refusal(plan, choices)
    if reason is not None:
        raise NotExactError(reason.template, **reason.values)
    transitions = Transitions(plan, choices)
    return outcomes(transitions, choices, Carrier(transitions).carry())
