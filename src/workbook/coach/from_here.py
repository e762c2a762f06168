"""From a position in the middle of a run to a plan that starts there, as its player knows it.

What the player cannot see stays chance: the truth of an untested hypothesis has the belief left
after all that was seen, a shared condition its chance after the attempts that it bears on, money
promised before the start its chance until it is due. Pass rates are the plan's own, by attempt: in
a rehearsal the figures of the plan are the world. (`present` reads the log of a real founder, who
learns about the figures, too.) Week 1 of the plan is the week of the position.
"""

from __future__ import annotations

from typing import Any

from workbook.law import learned_belief, payments_due
from workbook.law.calendar import QUARTER
from workbook.plan import (
    Begun,
    Condition,
    Due,
    Milestone,
    Plan,
    Tests,
    UnderWay,
)
from workbook.present.milestones import later_weeks, needs_met
from workbook.present.rewritten import (
    AT_THE_GOAL,
    calendar_from_today,
    figures_from_today,
    fork_from_today,
    paid_from_today,
    people_today,
    spare_today,
)
from workbook.rehearsal import Lived


def from_here(state: Lived) -> Plan:
    """Return the plan from this week on; nothing of the week has happened yet but starts."""
    today, now = state.week - 1, state.written
    reached = state.reached.keys()
    spare = spare_today(now, reached, (job.milestone for job in state.jobs))
    skips = tuple(dict.fromkeys((*now.skips, *reached, *spare)))
    new: dict[str, Any] = {
        "horizon_weeks": max(0, now.horizon_weeks - today),
        "forks": tuple(fork_from_today(fork, today, state.attempts) for fork in now.forks),
        "milestones": tuple(
            needs_met(later_weeks(_known(m, state), today), reached) for m in now.milestones
        ),
        "conditions": tuple(_seen(condition, state) for condition in now.conditions),
        "skips": tuple(id for id in skips if id != now.goal),
        **paid_from_today(state.economy, today),
        **calendar_from_today(now, today),
        "due": _due(state, today),
        **people_today(state),
        "ranges": {at: of for at, of in now.ranges.items() if _to_come(at, state)},
        "cash": max(0, state.cash) / 100 if state.mortal else None,
        **figures_from_today(now, state.economy),
    }
    new |= AT_THE_GOAL if now.goal in state.reached else {}
    return now.model_copy(update=new).where(_begun(state, today))


def _to_come(path: str, state: Lived) -> bool:
    """Whether a figure with a range is one that a milestone not yet reached will give."""
    where, id, *_ = (*path.split("."), "")
    return where == "milestones" and id not in state.reached


def opened(state: Lived) -> frozenset[str]:
    """Return the forks at which an option has been taken."""
    return state.plan.begun.opened | state.taken.keys()


def _begun(state: Lived, today: int) -> Begun:
    waiting = None
    if state.waiting is not None:
        fork, wait = state.waiting
        options = next(f.options for f in state.plan.forks if f.id == fork)
        waiting = (fork, next(option for option in options if option.wait == wait))
    debts = [debt for debt in state.debts if debt.weeks > today]
    return Begun(
        opened=opened(state),
        used_up=frozenset(state.used_up),
        untrue=frozenset(state.untrue),
        jobs=tuple(UnderWay(job.milestone, job.ends - today, job.mends) for job in state.jobs),
        debts=tuple(debt._replace(weeks=debt.weeks - today) for debt in debts),
        waiting=waiting,
        receivable=tuple((week - today, owed) for week, owed in state.receivable.items()),
        held=tuple(state.held.items()),
        learnt=state.plan.begun.learnt,
        quarter_weeks=(today + state.plan.begun.quarter_weeks) % QUARTER,
        untaxed_cents=state.profit if state.plan.tax_on_profit else 0,
    )


def _due(state: Lived, today: int) -> tuple[Due, ...]:
    """Return payments that are certain, and those promised before the start that may come."""
    plan = state.plan
    certain = [
        Due(
            week=week - today,
            amount=amount / 100,
            share_given=terms.share_given,
            repaid=terms.repaid,
        )
        for week, amount, about, terms in state.cheques
        if about != plan.id
    ]
    promised = [
        due.model_copy(update={"week": due.week - today})
        for _, due in payments_due(plan)
        if due.week > today
    ]
    return (*certain, *promised)


def _known(milestone: Milestone, state: Lived) -> Milestone:
    """Return a milestone after its attempts so far."""
    if milestone.tests:
        return _known_test(milestone, milestone.tests, state)
    made = state.attempts.get(milestone.id, 0)
    if not made:
        return milestone
    limit = milestone.attempts
    return milestone.model_copy(
        update={
            "pass_rate": tuple(milestone.rates[made:] or milestone.rates[-1:]),
            "attempts": None if limit is None else max(1, limit - made),
        }
    )


def _known_test(milestone: Milestone, tests: Tests, state: Lived) -> Milestone:
    belief = belief_in(milestone.id, tests, state)
    return milestone.model_copy(update={"tests": tests.model_copy(update={"belief": belief})})


def belief_in(id: str, tests: Tests, state: Lived) -> float:
    """Return the chance that a hypothesis is true, after all that was seen."""
    if id in state.refuted:
        return learned_belief(tests, said_yes=False)
    seen = {(event.happening, event.about) for event in state.events}
    relying = [m.id for m in state.plan.milestones if id in m.relies_on]
    proved = any(("passed", m) in seen or ("failed", m) in seen for m in relying)
    if proved or ("redesign-done", id) in seen:
        return 1.0
    return learned_belief(tests, said_yes=True) if ("passed", id) in seen else tests.belief


def _seen(condition: Condition, state: Lived) -> Condition:
    """Return a shared condition with its chance after the attempts that it bears on."""
    holds, fails, tries = condition.chance, 1.0 - condition.chance, dict[str, int]()
    for event in state.events:
        id = event.about
        if event.happening not in ("passed", "failed") or id not in condition.milestones:
            continue
        task, passed = state.task(id), event.happening == "passed"
        if task.tests is not None:
            continue
        rates = [task.chance(tries.get(id, 0), f) for f in (1.0, condition.pass_rate_factor)]
        tries[id] = tries.get(id, 0) + 1
        holds *= rates[0] if passed else 1.0 - rates[0]
        fails *= rates[1] if passed else 1.0 - rates[1]
    chance = holds / (holds + fails) if holds + fails > 0 else condition.chance
    return condition.model_copy(update={"chance": chance})
