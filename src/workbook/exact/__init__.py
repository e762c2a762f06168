"""Play a plan exactly: without random numbers, by propagating probabilities.

For one team that follows the plan's order. Where the same week, cash and stage are reached in many
ways, they are merged; so all runs fit into some thousand numbers, and a changed figure changes the
result without noise. What cannot be computed (ranges, parallel teams, forks at a calendar week) is
reported by `refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook.exact.propagation import Propagation
from workbook.exact.refusals import NotExactError, refusal
from workbook.exact.totals import LaterBands, outcomes
from workbook.exact.transitions import Transitions
from workbook.outcomes import Outcomes
from workbook.plan import Plan

__all__ = ["NotExactError", "play", "refusal"]


def play(plan: Plan, choices: Mapping[str, str] | None = None, *, bands: bool = True) -> Outcomes:
    """Return the outcomes of a plan with the option chosen at each fork.

    Without `bands`, those of `Outcomes.weekly` take no time and no memory until one is asked for;
    then the plan is played again.

    Raises
    ------
    InputError
        For an unknown fork or option.
    NotExactError
        For what `refusal` reports, or if there are too many states for the memory.
    """
    choices = choices or {}
    reason = refusal(plan, choices)
    if reason is not None:
        raise NotExactError(reason.template, **reason.values)
    transitions = Transitions(plan, choices)
    totals = Propagation(transitions).run()
    later = None if bands else LaterBands(lambda: play(plan, choices).weekly.bands)
    return outcomes(transitions, choices, totals, later)
