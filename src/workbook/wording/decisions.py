"""The moves of a rehearsal in sentences, with their full terms, and its events."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.edit import edit
from workbook.law import Economy, Task, learned_belief
from workbook.life.diary import SENTENCES, Event
from workbook.luck import is_range, likely
from workbook.plan import KEPT, Gives, Milestone, Option, Plan, Tests
from workbook.rehearsal import Move, Position
from workbook.rehearsal.lived import LEVELS, at_level
from workbook.wording.terms import rounds_of, terms_of
from workbook.words import N_, Words

WORK = {
    "": N_("Work on “{what}” next"),
    "cheap": N_("Test “{what}” cheaply"),
    "strict": N_("Test “{what}” strictly"),
}


def name_in(position: Position, id: str, w: Words) -> str:
    """Return the name of a milestone, fork or bill, as it is called by now."""
    plan = position.written
    names = {m.id: w.name(m) for m in plan.milestones} | {f.id: w.name(f) for f in plan.forks}
    paid = {bill.id: w.name(bill) for bill in plan.bills}
    paid |= {role.id: w.name(role) for role in plan.roles}
    return (paid | names).get(id, id)


# Moves


def move_title(position: Position, move: Move, w: Words) -> str:
    """Return what is on the button of a move."""
    if move.kind == "take":
        fork = next(f for f in position.plan.forks if f.id == move.id)
        option = next(o for o in fork.options if o.id == move.option)
        return w("{fork}: {option}", fork=w.name(fork), option=w.name(option))
    what = name_in(position, move.id, w)
    if move.kind == "work":
        return w(WORK.get(move.option, WORK[""]), what=what)
    if move.kind == "skip":
        return w("Leave out “{what}”", what=what)
    if move.kind == "stop":
        return w("Stop here")
    if move.kind == "wait":
        return w("Start nothing new for {weeks}", weeks=w.weeks(move.weeks))
    return _as_written(position, w)


def _as_written(position: Position, w: Words) -> str:
    state = position.state
    if state.lost_as_written():
        return w("Give up: as planned, nothing leads to the goal any more")
    chosen = [f for f in position.open_forks if f.id in state.forks]
    if chosen:
        option = state.forks[chosen[0].id]
        return w("As planned, {fork}: {option}", fork=w.name(chosen[0]), option=w.name(option))
    names = [name_in(position, id, w) for id in _starting(position)]
    if not names:
        return w("Go on")
    mends = [name_in(position, m, w) for id in _starting(position) if (m := state.mended_next(id))]
    if len(mends) == len(names):
        return w("Go on as planned: put {what} right", what=w.list([f"“{m}”" for m in mends]))
    again = any(position.tries.get(id) for id in _starting(position))
    template = N_("Go on as planned, again: {what}") if again else N_("Go on as planned: {what}")
    return w(template, what=w.list([f"“{name}”" for name in names]))


def _starting(position: Position) -> list[str]:
    """Return the milestones that start if it goes on as planned."""
    state = position.state
    return [] if state.waiting else state.next_up()[: state.free_teams]


def _option_of(position: Position, move: Move) -> Option:
    """Return the option that is taken; a milestone left out is an option that skips it."""
    if move.kind == "skip":
        return Option(id="skip", skip=(move.id,))
    fork = next(f for f in position.plan.forks if f.id == move.id)
    return next(o for o in fork.options if o.id == move.option)


def move_terms(position: Position, move: Move, w: Words) -> tuple[str, ...]:
    """Return the full terms of a move, a sentence each: chance, money, weeks, what it teaches."""
    if move.kind in ("take", "skip"):
        option, plan = _option_of(position, move), now(position)
        return (*terms_of(option, plan, w), *rounds_of(option, plan, w))
    if move.kind == "work":
        plan = position.state.plan
        if move.option in LEVELS:
            plan = edit(plan, at_level(plan, move.id, move.option))
        return tuple(_attempt(position, plan.milestone(move.id), w))
    if move.kind == "wait":
        why = w.list([w.message(reason) for reason in position.reasons_to_wait])
        return (*_week(position, w), *([w("Why wait: {reasons}.", reasons=why)] if why else []))
    if move.kind == "stop":
        amount = w.money(position.cash, position.plan.currency)
        if not position.state.mortal:
            return (w("It ends here."),)
        return (w("It ends here, with {amount} left.", amount=amount),)
    starting = [] if position.state.lost_as_written() else _starting(position)
    plan = position.state.plan
    found = [list(_attempt(position, plan.milestone(id), w)) for id in starting]
    if len(found) < 2:
        return tuple(found[0] if found else _week(position, w))
    about = "{name}: {sentence}"
    pairs = zip([name_in(position, id, w) for id in starting], found, strict=True)
    return tuple(w(about, name=name, sentence=said) for name, lines in pairs for said in lines)


def now(position: Position) -> Plan:
    """Return the plan as it is by now, with the figures of this week."""
    plan, economy = position.written, position.state.economy
    kept = {n: getattr(economy, n) for n in KEPT if getattr(plan, n) is not None}
    cash = position.cash if plan.cash is not None else None
    milestones = tuple(
        _doubted(m) if m.id in position.state.refuted else m for m in plan.milestones
    )
    new = {**kept, "sales": economy.sales, "cash": cash, "milestones": milestones}
    return plan.model_copy(update=new)


def _doubted(milestone: Milestone) -> Milestone:
    """Return a milestone whose test has said no, with what is believed of it now."""
    assert milestone.tests is not None
    belief = learned_belief(milestone.tests, said_yes=False)
    return milestone.model_copy(
        update={"tests": milestone.tests.model_copy(update={"belief": belief})}
    )


def _attempt(position: Position, milestone: Milestone, w: Words) -> Iterator[str]:
    """Say what the next work at a milestone takes, its chance, and what it brings."""
    state, currency = position.state, position.plan.currency
    if mends := state.mended_next(milestone.id):
        redesign = state.redesign(mends)
        yield w(
            "First “{what}” is put right: {weeks} and {cost}.",
            what=name_in(position, mends, w),
            weeks=w.weeks(redesign.weeks),
            cost=w.money(redesign.cost_cents / 100, currency),
        )
        return
    yield w(
        "An attempt takes {weeks} and {cost}; the bills go on.",
        weeks=_length(position, milestone, w),
        cost=_price(position, milestone, w),
    )
    yield from _chance(position, milestone, w)
    yield from _gifts(milestone.gives, state.economy, currency, w)
    rounds = position.rounds_affordable.get(milestone.id)
    if rounds is not None and not milestone.tests:
        yield w.n(
            "The cash pays for {n} such attempt, bills included.",
            "The cash pays for {n} such attempts in a row, bills included.",
            rounds,
        )


def _length(position: Position, milestone: Milestone, w: Words) -> str:
    estimate = milestone.weeks if milestone.hours is None else milestone.hours
    if milestone.hours is None and isinstance(estimate, tuple) and is_range(estimate):
        morale = position.plan.morale
        slower = morale.rounds_longer if morale and position.morale_is_low else 1.0
        low, high = slower * estimate[0], slower * estimate[2]
        return w("{low} to {high}", low=w.number(low), high=w.weeks(high))
    if milestone.hours is None:
        return w.weeks(position.weeks_of(milestone))
    if position.state.out_of_hours(milestone.id):
        return w("{hours} hours of work, and none are free", hours=likely(milestone.hours))
    weeks = w.weeks(position.weeks_of(milestone))
    return w("{hours} hours of work, {weeks},", hours=likely(milestone.hours), weeks=weeks)


def _price(position: Position, milestone: Milestone, w: Words) -> str:
    task, currency = Task.of(milestone), position.plan.currency
    cost = milestone.cost
    if isinstance(cost, tuple) and is_range(cost):
        low, high = (w.money(task.price(end) / 100, currency) for end in (cost[0], cost[2]))
        return w("{low} to {high}", low=low, high=high)
    return w.money(task.cost_cents / 100, currency)


def _chance(position: Position, milestone: Milestone, w: Words) -> Iterator[str]:
    if milestone.tests is None:
        yield from _rate(position, milestone, w)
    else:
        yield from _test(milestone.tests, position.plan.currency, w)
    untested = [id for id in milestone.relies_on if id not in position.known]
    for id in untested:
        yield w("It relies on “{what}”, which is not tested.", what=name_in(position, id, w))


def _rate(position: Position, milestone: Milestone, w: Words) -> Iterator[str]:
    tries = position.tries.get(milestone.id, 0)
    task = position.state.task(milestone.id)
    share, later = task.chance(tries), task.chance(tries + 1)
    template = N_("It passes {share} of the time.")
    if later != share:
        template = N_("It passes {share} of the time, the attempt after it {later}.")
    yield w(template, share=w.percent(share), later=w.percent(later))
    if milestone.attempts is not None:
        left = milestone.attempts - tries
        yield w.n("{n} attempt is left.", "{n} attempts are left.", left)


def _test(tests: Tests, currency: str, w: Words) -> Iterator[str]:
    yield w(
        "It holds with a chance of {belief}; the test says yes to {right} of what is true and "
        "to {wrong} of what is not.",
        belief=w.percent(tests.belief),
        right=w.percent(tests.if_true),
        wrong=w.percent(tests.if_false),
    )
    yield w(
        "If it says no, putting it right takes {weeks} and {cost}.",
        weeks=w.weeks(likely(tests.redesign.weeks)),
        cost=w.money(likely(tests.redesign.cost), currency),
    )


def _gifts(gives: Gives | None, before: Economy, currency: str, w: Words) -> Iterator[str]:
    """Say what a milestone brings: money a week, hours, funding."""
    after = before.after(gives)
    more = round((after.average_net_cents - before.average_net_cents) / 100)
    if more:
        template = N_("Reached, it brings {amount} more a week.")
        if more < 0:
            template = N_("Reached, it costs {amount} more a week.")
        yield w(template, amount=w.money(abs(more), currency))
    if after.running_hours_per_week != before.running_hours_per_week:
        hours = after.running_hours_per_week
        yield w("Reached, the business takes {hours} hours a week.", hours=hours)
    if gives is not None and (funding := gives.funding) is not None:
        yield w(
            "It may also bring {amount} ({chance}), {weeks} later.",
            amount=w.money(likely(funding.amount), currency),
            chance=w.chance(funding.chance),
            weeks=w.weeks(likely(funding.lag_weeks)),
        )


def _week(position: Position, w: Words) -> Iterator[str]:
    """Say what a week without new work does to the cash."""
    if not position.state.mortal:
        return
    drain, currency = position.drain_per_week, position.plan.currency
    template = N_("Each week costs {amount}.") if drain > 0 else N_("Each week brings {amount}.")
    yield w(template, amount=w.money(round(abs(drain)), currency))


HEADINGS = {"take": N_("Decide"), "work": N_("Work on"), "skip": N_("Leave out")}


def reasons(position: Position, w: Words) -> dict[str, dict[str, str]]:
    """Return what cannot be done now: by kind, the names that share a reason, and the reason."""
    shared: dict[tuple[str, str], list[str]] = {}
    for text, reason in position.why_not.items():
        if (move := Move.read(text)) is None:
            continue
        text = w("each needs what comes before it") if _far(position, move) else w.message(reason)
        names = shared.setdefault((move.kind, text), [])
        if (name := name_in(position, move.id, w)) not in names:
            names.append(name)
    found: dict[str, dict[str, str]] = {}
    for (kind, text), names in shared.items():
        found.setdefault(w(HEADINGS[kind]), {})[w.list(names)] = text
    return found


def _far(position: Position, move: Move) -> bool:
    """Whether a milestone needs something that itself cannot be worked on yet."""
    state = position.state
    near = {*state.next_up(), *position.under_way}
    missing = set(state.program.needs.get(move.id, ())) - state.reached.keys()
    return move.kind == "work" and bool(missing - near)


# Events


def event_text(position: Position, event: Event, w: Words) -> str:
    """Return an event in a sentence."""
    amount = w.money(abs(event.amount), position.plan.currency)
    tests = {m.id for m in position.written.milestones if m.tests}
    if event.happening == "failed" and event.about in tests:
        return w("{what}: the test says no.", what=name_in(position, event.about, w))
    return w(SENTENCES[event.happening], what=name_in(position, event.about, w), amount=amount)
