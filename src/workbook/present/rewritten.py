"""From today on: a plan with a log, rewritten as the plan as of today.

Milestones reached are in the past, and what they gave holds; attempts made are used up; the cash is
the last count. Beliefs are updated by Bayes. A pass rate is updated as the mean of a Beta
distribution worth `PRIOR` attempts that starts at the plan's figure (Gelman et al., Bayesian Data
Analysis, ch. 2): four failures move a rate of 0.4 to 0.2. The rewritten plan has no log, so every
engine plays it like any other; its week 1 is the week after the last entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import count
from typing import Any

from workbook.figures import NumberRange
from workbook.law import (
    Economy,
    both,
    compiled,
    figure_at,
    from_today,
    may_start,
    roles_from_today,
)
from workbook.law.calendar import QUARTER
from workbook.law.ranges import PAID
from workbook.life.state import State
from workbook.plan import (
    BREAKEVEN,
    KEPT,
    STATE,
    Begun,
    Fork,
    Gives,
    LogEntry,
    Measure,
    Milestone,
    Option,
    Plan,
    Sales,
    Tests,
    UnderWay,
    day_of,
)
from workbook.present.ranges import Learnt
from workbook.present.replay import Replay

PRIOR = 4.0
AT_THE_GOAL: dict[str, Any] = {
    **{"goal": BREAKEVEN, "sales": None, "bills": (), "roles": (), "ranges": {}},
    **{"weekly_ranges": {}, "revenue_per_week": 0.0, "burn_per_week": 0.0},
}
"""A plan whose goal is reached: it breaks even at once."""
NAMED = ("bills", "roles", "jobs")
"""What a milestone changes by id."""


@dataclass(frozen=True)
class Present:
    """The state of a logged plan today.

    Attributes
    ----------
    plan
        The plan from today on, without a log; milestones reached are among its `skips`.
    week
        The last week of the past.
    reached, attempts
        The week in which each reached milestone was reached; attempts seen at each milestone.
    counted
        Whether the cash was counted in that week, or is projected from the last count: bills and
        costs as planned, without funding that is uncertain until it is counted.
    economies
        The state of the business at the end of each past week, from 0 on.
    capital
        The founder's share of the company and the debt at the end of each.
    learnt
        Figures with a range that counts in the log have taught about.
    """

    plan: Plan
    week: int
    reached: dict[str, int]
    attempts: dict[str, int]
    counted: bool
    economies: tuple[Economy, ...] = ()
    capital: tuple[tuple[float, float], ...] = ()
    learnt: tuple[Learnt, ...] = ()


def present(plan: Plan, choices: Mapping[str, str] | None = None) -> Present:
    """Return the state of the plan after its log; a plan without one is at its start.

    `choices` are the options taken at forks that have opened; they override the plan's own
    `chosen`.
    """
    log = sorted(plan.log, key=lambda entry: entry.week)
    past = Replay(plan, choices or {}, log).to_today()
    week, now = past.today, past.plan
    made = {id: len(_attempts(log, id)) for id in now.ids if _attempts(log, id)}
    new = _still_ahead(plan, past, log, made)
    return Present(
        plan=now.model_copy(update=new).where(_begun(past)),
        week=week,
        reached=dict(past.reached),
        attempts=made,
        counted=week in past.counts,
        economies=tuple(past.states),
        capital=tuple(past.capital),
        learnt=tuple(past.learnt),
    )


def _still_ahead(
    plan: Plan, past: Replay, log: Sequence[LogEntry], made: Mapping[str, int]
) -> dict[str, Any]:
    """Return the parts of the plan that are other today than when it was written."""
    week, now = past.today, past.plan
    spare = spare_today(now, past.reached.keys(), (job.milestone for job in past.jobs))
    skips = tuple(dict.fromkeys((*now.skips, *past.reached, *spare)))
    new: dict[str, Any] = {
        "horizon_weeks": max(0, now.horizon_weeks - week),
        "forks": tuple(fork_from_today(fork, week, made) for fork in now.forks),
        "milestones": tuple(
            needs_met(later_weeks(_learned(m, past, log), week), past.reached.keys())
            for m in now.milestones
        ),
        "skips": tuple(id for id in skips if id != now.goal),
        **paid_from_today(past.economy, week),
        **calendar_from_today(plan, week),
        "due": past.still_promised(),
        **people_today(past),
        "cash": None if plan.cash is None else max(0, past.cash) / 100,
        **figures_from_today(now, past.economy),
    }
    new["ranges"] = _of_what_is_left(past.ranges, new)
    new["weekly_ranges"] = _of_what_is_left(now.weekly_ranges, new)
    return new | (AT_THE_GOAL if now.goal in past.reached else {})


def _of_what_is_left(
    ranges: Mapping[str, NumberRange], new: Mapping[str, Any]
) -> dict[str, NumberRange]:
    """Return ranges without those of bills and roles that have come to their last week."""
    left = {f"{parts}.{one.id}" for parts in PAID for one in new[parts]}
    gone = {path for path in ranges if path.split(".")[0] in PAID and figure_at(path) not in left}
    return {path: found for path, found in ranges.items() if path not in gone}


def _begun(past: Replay) -> Begun:
    """Return what is under way, due and decided at the end of the log."""
    taken = {fork.id: past.choices.get(fork.id, fork.chosen) for fork in past.plan.forks}
    today = past.today
    return Begun(
        opened=frozenset(
            fork for fork, option in taken.items() if option and fork not in past.forks
        ),
        used_up=frozenset(past.used_up),
        untrue=frozenset(past.untrue),
        refuted=frozenset(past.refuted) if past.plan.morale else frozenset(),
        jobs=tuple(UnderWay(job.milestone, job.ends - today, job.mends) for job in past.jobs),
        debts=tuple(
            debt._replace(weeks=debt.weeks - today) for debt in past.debts if debt.weeks > today
        ),
        waiting=_waiting(past, taken),
        receivable=tuple((week - today, owed) for week, owed in past.receivable.items()),
        held=tuple(past.held.items()),
        learnt=tuple((one.place, one.quantiles) for one in past.learnt if one.quantiles),
        quarter_weeks=today % QUARTER if past.plan.tax_on_profit else 0,
        untaxed_cents=past.profit if past.plan.tax_on_profit else 0,
    )


def _waiting(past: Replay, taken: Mapping[str, str | None]) -> tuple[str, Option] | None:
    """Return the fork and the option that has everything stopped until its money comes."""
    if not past.waiting:
        return None
    name = past.waiting[0]
    options = next(fork.options for fork in past.plan.forks if fork.id == name)
    return name, next(option for option in options if option.id == taken[name])


def learned_rate(rate: float, passed: int, foreseen: Sequence[float]) -> float:
    """Return the pass rate of a future attempt, after attempts that had these rates.

    It moves by the surprise: passes beyond those expected, over the attempts seen plus `PRIOR`. For
    a constant rate this is the mean of a Beta distribution; failures that a rising list predicts
    move its later rates little.
    """
    surprise = passed - sum(foreseen)
    return min(1.0, max(0.0, rate + surprise / (PRIOR + len(foreseen))))


def fork_from_today(fork: Fork, today: int, made: Mapping[str, int]) -> Fork:
    """Return a fork whose weeks, and whose edits of milestones, count from today."""
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
    """Return an edit of a milestone without the attempts already made."""
    new = dict(keys)
    rates, limit = keys.get("pass_rate"), keys.get("attempts")
    if isinstance(rates, (list, tuple)):
        new["pass_rate"] = tuple(rates[made:] or rates[-1:])
    if isinstance(limit, int):
        new["attempts"] = max(1, limit - made)
    return new


def _attempts(log: Iterable[LogEntry], id: str) -> list[LogEntry]:
    return [entry for entry in log if entry.milestone == id and entry.result]


def figures_from_today(plan: Plan, economy: Economy) -> dict[str, Any]:
    """Return the figures of the business as they are today, as keys of a plan."""
    sales = economy.sales
    kept = {n: None if getattr(plan, n) is None else getattr(economy, n) for n in KEPT}
    return {
        **kept,
        "sales": sales if plan.sales or sales != Sales() else None,
        "measures": {
            name: Measure(value=economy.measures[name], unit=measure.unit, label=measure.label)
            for name, measure in plan.measures.items()
        },
    }


def paid_from_today(economy: Economy, today: int) -> dict[str, Any]:
    """Return the bills, roles and founders as they are today, as keys of a plan."""
    return {
        "bills": from_today(economy.bills, today),
        "roles": roles_from_today(economy.roles, today),
        "founders": economy.founders,
    }


def _learned(milestone: Milestone, past: Replay, log: Sequence[LogEntry]) -> Milestone:
    """Return a milestone updated by what was seen of it."""
    seen = _attempts(log, milestone.id)
    passed = sum(entry.result == "passed" for entry in seen)
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
    learned = tuple(learned_rate(rate, passed, foreseen) for rate in rates)
    return milestone.model_copy(update={"pass_rate": learned, "attempts": left})


def calendar_from_today(plan: Plan, today: int) -> dict[str, Any]:
    """Return the first day and the remaining closed weeks, counted from the end of today."""
    closed = [
        part.model_copy(
            update={
                "from_week": max(1, part.from_week - today),
                "until_week": part.until_week - today,
            }
        )
        for part in plan.closed
        if part.until_week > today
    ]
    starts = day_of(plan.starts, today + 1).isoformat() if plan.starts else None
    return {"starts": starts, "closed": tuple(closed)}


def people_today(state: State) -> dict[str, Any]:
    """Return the founder's share and the morale of today, as keys of a plan."""
    morale = state.plan.morale
    left = morale and morale.model_copy(update={"start": state.morale})
    return {"founder_share": state.share, "morale": left}


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
    if milestone.id in past.refuted and past.plan.morale is None:  # which lengthens attempts alone
        redesign = tests.redesign
        done = {"weeks": redesign.weeks, "cost": redesign.cost, "hours": None, "teams": 1}
        gives = _both(milestone.gives, redesign.gives)
        return milestone.model_copy(update={**done, "tests": Tests(belief=1.0), "gives": gives})
    belief = past.belief(milestone.id)
    return milestone.model_copy(update={"tests": tests.model_copy(update={"belief": belief})})


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


def spare_today(plan: Plan, reached: AbstractSet[str], jobs: Iterable[str]) -> frozenset[str]:
    """Return the alternatives that need not be begun any more; not those under way."""
    return compiled(plan).spare(reached) - {*jobs}
