"""From today on: a plan with a log, rewritten as the plan as of today.

Milestones reached are in the past, and what they gave holds; attempts made are used up; the cash is
the last count. The rewritten plan has no log, so every engine plays it like any other; its week 1
is the week after the last entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from workbook.figures import NumberRange
from workbook.law import (
    Economy,
    compiled,
    figure_at,
    from_today,
    roles_from_today,
)
from workbook.law.calendar import QUARTER
from workbook.law.ranges import PAID
from workbook.life.state import State
from workbook.plan import (
    BREAKEVEN,
    KEPT,
    Begun,
    Fork,
    Measure,
    Option,
    Plan,
    Sales,
    UnderWay,
    day_of,
)
from workbook.present.milestones import as_attempt, later_weeks, learned, needs_met
from workbook.present.ranges import Learnt
from workbook.present.replay import Replay

AT_THE_GOAL: dict[str, Any] = {
    **{"goal": BREAKEVEN, "sales": None, "bills": (), "roles": (), "ranges": {}},
    **{"weekly_ranges": {}, "revenue_per_week": 0.0, "burn_per_week": 0.0},
}
"""A plan whose goal is reached: it breaks even at once."""


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
    made = {id: len(past.results(id)) for id in now.ids if past.results(id)}
    new = _still_ahead(plan, past, made)
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


def _still_ahead(plan: Plan, past: Replay, made: Mapping[str, int]) -> dict[str, Any]:
    """Return the parts of the plan that are other today than when it was written."""
    week, now = past.today, past.plan
    spare = spare_today(now, past.reached.keys(), (job.milestone for job in past.jobs))
    skips = tuple(dict.fromkeys((*now.skips, *past.reached, *spare)))
    new: dict[str, Any] = {
        "horizon_weeks": max(0, now.horizon_weeks - week),
        "forks": tuple(fork_from_today(fork, week, made) for fork in now.forks),
        "milestones": tuple(
            needs_met(later_weeks(learned(m, past), week), past.reached.keys())
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
        refuted=frozenset(id for id in past.refuted if not as_attempt(past, id)),
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


def spare_today(plan: Plan, reached: AbstractSet[str], jobs: Iterable[str]) -> frozenset[str]:
    """Return the alternatives that need not be begun any more; not those under way."""
    return compiled(plan).spare(reached) - {*jobs}
