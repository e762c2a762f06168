"""Chances of repeated attempts: a race, a list of pass rates whose last repeats, a limit.

Closed forms of the geometric distribution that starts with listed rates. An attempt fails or passes
by its own pass rate, or by its test; untrue hypotheses that it relies on are not considered.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import expm1, inf, log1p, prod

from workbook.plan import Milestone, Tests


def race_rate(rate: float, teams: int) -> float:
    """Return the chance that at least one of these independent teams passes."""
    return 1.0 - (1.0 - rate) ** teams


def raced_rates(milestone: Milestone) -> tuple[float, ...]:
    """Return the chance of each attempt after all its teams have tried; the last one repeats.

    A test says yes with a single chance: rightly if the hypothesis is true, wrongly if not. It is
    made once, by one team.
    """
    tests = milestone.tests
    if tests is not None:
        return (tests.belief * tests.if_true + (1 - tests.belief) * tests.if_false,)
    return tuple(race_rate(rate, milestone.teams) for rate in milestone.rates)


def pass_chance(milestone: Milestone, attempt: int = 1) -> float:
    """Return the chance that the n-th attempt passes, the first being 1."""
    rates = raced_rates(milestone)
    return rates[min(attempt, len(rates)) - 1]


def all_fail(rates: Sequence[float], attempts: int) -> float:
    """Return the chance that this number of attempts in a row fails; the last rate repeats.

    >>> all_fail([0.5, 0.2], 3)
    0.32000000000000006
    """
    listed = prod(1.0 - rate for rate in rates[:attempts])
    return float(listed * (1.0 - rates[-1]) ** max(0, attempts - len(rates)))


def attempts_on_average(rates: Sequence[float], limit: int | None = None) -> float:
    """Return the mean number of attempts until one passes or the limit is used up.

    The last rate repeats. Infinite if neither ever happens.

    >>> attempts_on_average([0.5])
    2.0
    >>> attempts_on_average([0.5], limit=2)
    1.5
    """
    head = len(rates) - 1 if limit is None else min(limit, len(rates) - 1)
    made = sum(all_fail(rates, n) for n in range(head))
    still_trying = all_fail(rates, head)
    more = inf if limit is None else limit - head
    return made + still_trying * _tries(rates[-1], more) if still_trying > 0 else made


def _tries(rate: float, most: float) -> float:
    """Return the mean attempts at one rate, up to a limit: (1 − (1 − rate)^most) / rate."""
    if rate in (0.0, 1.0):
        return most if rate == 0 else min(1.0, most)
    return -expm1(most * log1p(-rate)) / rate


def reach_chance(milestone: Milestone) -> float:
    """Return the chance that it is reached if money and time last, including by a redesign."""
    if milestone.tests is not None:
        return 1.0
    rates, limit = raced_rates(milestone), milestone.attempts
    if limit is not None:
        return 1.0 - all_fail(rates, limit)
    return 1.0 if rates[-1] > 0 else 1.0 - all_fail(rates, len(rates))


def learned_belief(tests: Tests, belief: float | None = None, *, said_yes: bool) -> float:
    """Return the belief after a test's answer, by Bayes; unchanged if the answer was impossible.

    `belief` is the one before the test; the plan's own if it is left out.
    """
    before = tests.belief if belief is None else belief
    if_true = tests.if_true if said_yes else 1 - tests.if_true
    if_false = tests.if_false if said_yes else 1 - tests.if_false
    seen = before * if_true + (1 - before) * if_false
    return before * if_true / seen if seen else before


def doubted(belief: float, rate: float) -> float:
    """Return the belief after a failure: certain if false, of chance 1 − rate if true."""
    failing = belief * (1 - rate) + 1 - belief
    return belief * (1 - rate) / failing if failing else belief
