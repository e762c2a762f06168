"""A milestone from today on: what the log of a plan has taught about it.

Beliefs are updated by Bayes. A pass rate is updated as the mean of a Beta distribution worth
`PRIOR` attempts that starts at the plan's figure (Gelman et al., Bayesian Data Analysis, ch. 2):
four failures move a rate of 0.4 to 0.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import count

from workbook.law import both, may_start
from workbook.plan import STATE, Gives, Milestone, Tests
from workbook.present.replay import Replay

PRIOR = 4.0
NAMED = ("bills", "roles", "jobs")
"""What a milestone changes by id."""


def learned(milestone: Milestone, past: Replay) -> Milestone:
    """Return a milestone updated by what was seen of it."""
    seen = past.results(milestone.id)
    passed = sum(seen)
    if milestone.tests:
        return _learned_tests(milestone, milestone.tests, past)
    if not seen:
        return milestone
    if milestone.id in past.used_up:
        return milestone.model_copy(
            update={"pass_rate": 0.0, "attempts": 1, "cost": 0.0, "weeks": 1, "hours": None}
        )
    limited = milestone.attempts is not None and not passed
    left = max(1, (milestone.attempts or 0) - len(seen)) if limited else None
    explained = past.explained.get(milestone.id, set())  # these say nothing about the pass rate
    listed = milestone.rates + milestone.rates[-1:] * len(seen)
    foreseen = [rate for n, rate in enumerate(listed[: len(seen)], 1) if n not in explained]
    rates = milestone.rates[len(seen) :] or milestone.rates[-1:]
    new = tuple(learned_rate(rate, passed, foreseen) for rate in rates)
    return milestone.model_copy(update={"pass_rate": new, "attempts": left})


def learned_rate(rate: float, passed: int, foreseen: Sequence[float]) -> float:
    """Return the pass rate of a future attempt, after attempts that had these rates.

    It moves by the surprise: passes beyond those expected, over the attempts seen plus `PRIOR`. For
    a constant rate this is the mean of a Beta distribution; failures that a rising list predicts
    move its later rates little.
    """
    surprise = passed - sum(foreseen)
    return min(1.0, max(0.0, rate + surprise / (PRIOR + len(foreseen))))


def later_weeks(milestone: Milestone, today: int) -> Milestone:
    """Return a milestone whose weeks count from the end of today."""
    first = next(
        week
        for week in count(max(today + 1, milestone.from_week or 1))
        if milestone.level is not None or may_start(milestone, week)
    )
    last = milestone.by_week
    weeks = {
        "from_week": None if first == today + 1 else first - today,
        "by_week": None if last is None else max(0, last - today),
    }
    return milestone.model_copy(update=weeks)


def _learned_tests(milestone: Milestone, tests: Tests, past: Replay) -> Milestone:
    """Return a hypothesis updated by its own test, and by attempts at what relies on it."""
    if milestone.id in past.refuted and as_attempt(past, milestone.id):
        redesign = tests.redesign
        done = {"weeks": redesign.weeks, "cost": redesign.cost, "hours": None, "teams": 1}
        gives = _both(milestone.gives, redesign.gives)
        return milestone.model_copy(update={**done, "tests": Tests(belief=1.0), "gives": gives})
    belief = past.belief(milestone.id)
    return milestone.model_copy(update={"tests": tests.model_copy(update={"belief": belief})})


def as_attempt(past: Replay, id: str) -> bool:
    """Whether a redesign to come can be written as an attempt at its milestone that cannot fail.

    Not if low morale would lengthen it, if it and its milestone both bring money, or if a fork to
    come edits or skips that milestone.
    """
    gives = past.plan.milestone(id).gives, past.redesign(id).gives
    both_fund = all(given and given.funding for given in gives)
    options = [option for fork in past.plan.forks for option in fork.options]
    edited = any(id in option.milestones or id in option.skip for option in options)
    return not (past.plan.morale or both_fund or edited)


def _both(first: Gives | None, then: Gives | None) -> Gives | None:
    if first is None or then is None:
        return first or then
    figures = {name: both(name, getattr(first, name), getattr(then, name)) for name in STATE}
    given = {**first.model_dump(), **then.model_dump(exclude_none=True)}
    named = {name: _both_named(getattr(first, name), getattr(then, name)) for name in NAMED}
    return Gives.model_validate({**given, **figures, **named})


def _both_named(
    first: Mapping[str, float | str], then: Mapping[str, float | str]
) -> dict[str, float | str | None]:
    return {id: both("amount", first.get(id), then.get(id)) for id in (*first, *then)}


def needs_met(milestone: Milestone, reached: AbstractSet[str]) -> Milestone:
    """Return a milestone that waits for no alternative if one of them is reached."""
    met = not reached.isdisjoint(milestone.needs_any)
    return milestone.model_copy(update={"needs_any": ()}) if met else milestone
