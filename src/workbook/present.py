"""From here on: a plan with a log, rewritten as the plan of the founder who stands there today.

What was reached is behind, and what it gave holds; attempts made are used up; the cash is what was
counted last. Beliefs follow Bayes. A pass rate learns as the mean of a Beta belief worth `PRIOR`
attempts that starts at the plan's figure (Gelman et al., Bayesian Data Analysis, ch. 2): four
failures move a rate of 0.4 to 0.2. The rewritten plan has no log, so every engine plays it as any
other; its week 1 is the week after the last entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.law import Attempt, Economy, both, cents, pass_chance
from workbook.plan import (
    BREAKEVEN,
    KEPT,
    SOLD,
    STATE,
    Due,
    Fork,
    Gives,
    LogEntry,
    Measure,
    Milestone,
    Option,
    Plan,
    Sales,
    Tests,
)

PRIOR = 4.0


@dataclass(frozen=True)
class Present:
    """Where a logged plan stands.

    Attributes
    ----------
    plan
        The plan from here on, without a log; milestones reached are among its `skips`.
    week
        The last week that is behind.
    reached, attempts
        The week each reached milestone was reached in; attempts seen at each milestone.
    counted
        Whether the cash was counted in that week, or is reckoned from the last count on: bills
        and costs as planned, no funding before it is counted.
    """

    plan: Plan
    week: int
    reached: dict[str, int]
    attempts: dict[str, int]
    counted: bool


def present(plan: Plan) -> Present:
    """Where the plan stands after its log; a plan without one stands at its start."""
    log = sorted(plan.log, key=lambda entry: entry.week)
    week = log[-1].week if log else 0
    reached = {e.milestone: e.week for e in log if e.milestone and e.result == "passed"}
    made = {id: len(_attempts(log, id)) for id in plan.ids if _attempts(log, id)}
    economy = economy_in(plan, week + 1)
    counts = [entry for entry in log if entry.cash is not None]
    skips = (*plan.skips, *(id for id in reached if id not in plan.skips))
    new: dict[str, Any] = {
        "log": (),
        "horizon_weeks": max(0, plan.horizon_weeks - week),
        "forks": tuple(_fork_from_today(fork, week, made) for fork in plan.forks),
        "milestones": tuple(_learned(milestone, plan, log) for milestone in plan.milestones),
        "skips": tuple(id for id in skips if id != plan.goal),
        "due": _due(plan, log, counts[-1].week if counts else 0),
        "cash": _cash(plan, log, counts[-1] if counts else None),
        **_figures(plan, economy),
    }
    if plan.goal in reached:
        new |= {"goal": BREAKEVEN, "sales": None, "revenue_per_week": 0.0, "burn_per_week": 0.0}
    return Present(
        plan=plan.model_copy(update=new),
        week=week,
        reached=reached,
        attempts=made,
        counted=bool(counts) and counts[-1].week == week,
    )


def learned_rate(rate: float, passed: int, foreseen: Sequence[float]) -> float:
    """The pass rate of an attempt to come, after attempts that had these rates.

    It moves by the surprise: passes beyond those foreseen, over the attempts seen and `PRIOR`. For
    a rate that stays the same this is the mean of a Beta belief; failures that a rising list
    foretold move its later rates but little.
    """
    surprise = passed - sum(foreseen)
    return min(1.0, max(0.0, rate + surprise / (PRIOR + len(foreseen))))


def learned_belief(tests: Tests, *, said_yes: bool) -> float:
    """The belief after a test's answer, by Bayes; unmoved where the answer was impossible."""
    if_true = tests.if_true if said_yes else 1 - tests.if_true
    if_false = tests.if_false if said_yes else 1 - tests.if_false
    seen = tests.belief * if_true + (1 - tests.belief) * if_false
    return tests.belief * if_true / seen if seen else tests.belief


def _fork_from_today(fork: Fork, today: int, made: Mapping[str, int]) -> Fork:
    """A fork whose weeks, and whose edits of milestones, count from today on."""
    week = None if fork.at.week is None else max(1, fork.at.week - today)
    options = tuple(_option_from_today(option, today, made) for option in fork.options)
    at = fork.at.model_copy(update={"week": week})
    return fork.model_copy(update={"at": at, "options": options})


def _option_from_today(option: Option, today: int, made: Mapping[str, int]) -> Option:
    horizon = option.horizon_weeks
    if isinstance(horizon, int):
        horizon = max(1, horizon - today)
    milestones = {
        id: _attempts_from_today(keys, made.get(id, 0)) for id, keys in option.milestones.items()
    }
    return option.model_copy(update={"horizon_weeks": horizon, "milestones": milestones})


def _attempts_from_today(keys: Mapping[str, Any], made: int) -> dict[str, Any]:
    """An edit of a milestone, less the attempts that were made: the next is not the first."""
    new = dict(keys)
    rates, limit = keys.get("pass_rate"), keys.get("attempts")
    if isinstance(rates, (list, tuple)):
        new["pass_rate"] = tuple(rates[made:] or rates[-1:])
    if isinstance(limit, int):
        new["attempts"] = max(1, limit - made)
    return new


def _attempts(log: Iterable[LogEntry], id: str) -> list[LogEntry]:
    return [entry for entry in log if entry.milestone == id and entry.result]


def economy_in(plan: Plan, week: int) -> Economy:
    """The economy of a week by the log: what was reached before it has its effect."""
    economy = Economy.of(plan)
    for entry in sorted(plan.log, key=lambda entry: entry.week):
        if entry.milestone and entry.result == "passed" and entry.week < week:
            economy = economy.after(plan.milestone(entry.milestone).gives)
    return economy


def _figures(plan: Plan, economy: Economy) -> dict[str, Any]:
    sales = Sales(**{name: getattr(economy, name) for name in SOLD})
    kept = {n: None if getattr(plan, n) is None else getattr(economy, n) for n in KEPT}
    return {
        **kept,
        "sales": sales if plan.sales or sales != Sales() else None,
        "measures": {
            name: Measure(value=economy.measures[name], unit=measure.unit, label=measure.label)
            for name, measure in plan.measures.items()
        },
    }


def _cash(plan: Plan, log: list[LogEntry], count: LogEntry | None) -> float | None:
    """Cash today: the last count, less the bills and plus the revenue of the weeks since."""
    if plan.cash is None:
        return None
    since = count.week if count else 0
    cash = cents(count.cash if count and count.cash is not None else plan.cash)
    for week in range(since + 1, (log[-1].week if log else 0) + 1):
        cash += economy_in(plan, week).net_cents
    for entry in log:
        if entry.week > since and entry.milestone and entry.result:
            cash -= Attempt.at_start(plan, plan.milestone(entry.milestone)).cost_cents
    return max(0.0, cash / 100)


def _due(plan: Plan, log: list[LogEntry], counted: int) -> tuple[Due, ...]:
    """Money promised that may still come: what was due before the last count is in it, or never.

    What fell due after the last count but before today is taken as due next week.
    """
    today = log[-1].week if log else 0
    promised = [(due.week, due.amount, due.chance) for due in plan.due]
    for entry in log:
        gives = plan.milestone(entry.milestone).gives if entry.milestone else None
        if entry.result == "passed" and gives is not None and gives.funding is not None:
            funding = gives.funding
            promised.append((entry.week + funding.lag_weeks, funding.amount, funding.chance))
    return tuple(
        Due(week=max(1, week - today), amount=amount, chance=chance)
        for week, amount, chance in promised
        if week > counted
    )


def _learned(milestone: Milestone, plan: Plan, log: list[LogEntry]) -> Milestone:
    """A milestone as it looks after what was seen of it."""
    seen = _attempts(log, milestone.id)
    passed = sum(entry.result == "passed" for entry in seen)
    if milestone.tests:
        return _learned_tests(milestone, milestone.tests, plan, log, seen)
    if not seen:
        return milestone
    limited = milestone.attempts is not None and not passed
    left = (milestone.attempts or 0) - len(seen) if limited else None
    if left is not None and left <= 0:
        return milestone.model_copy(
            update={"pass_rate": 0.0, "attempts": 1, "cost": 0.0, "weeks": 1, "hours": None}
        )
    listed = milestone.rates + milestone.rates[-1:] * len(seen)
    rates = milestone.rates[len(seen) :] or milestone.rates[-1:]
    learned = tuple(learned_rate(rate, passed, listed[: len(seen)]) for rate in rates)
    return milestone.model_copy(update={"pass_rate": learned, "attempts": left})


def _learned_tests(
    milestone: Milestone, tests: Tests, plan: Plan, log: list[LogEntry], seen: list[LogEntry]
) -> Milestone:
    """A hypothesis after its own test, and after attempts at what relies on it."""
    if seen and seen[-1].result == "failed":
        redesign = tests.redesign
        done = {"weeks": redesign.weeks, "cost": redesign.cost, "hours": None, "teams": 1}
        gives = _both(milestone.gives, redesign.gives)
        return milestone.model_copy(update={**done, "tests": Tests(belief=1.0), "gives": gives})
    belief = tests.belief
    if seen:
        mended = any(entry.result == "failed" for entry in seen)
        belief = 1.0 if mended else learned_belief(tests, said_yes=True)
    for other in plan.milestones:
        if milestone.id in other.relies_on:
            for entry in _attempts(log, other.id)[:1]:
                belief = 1.0 if entry.result == "passed" else _doubted(belief, pass_chance(other))
    return milestone.model_copy(update={"tests": tests.model_copy(update={"belief": belief})})


def _doubted(belief: float, chance: float) -> float:
    """The belief after a failure that is certain if it is false and 1 − chance if it is true."""
    failing = belief * (1 - chance) + 1 - belief
    return belief * (1 - chance) / failing if failing else belief


def _both(first: Gives | None, then: Gives | None) -> Gives | None:
    if first is None or then is None:
        return first or then
    figures = {name: both(name, getattr(first, name), getattr(then, name)) for name in STATE}
    given = {**first.model_dump(), **then.model_dump(exclude_none=True)}
    return Gives.model_validate({**given, **figures})
