"""Which moves are legal at a decision, which are offered, and why the others cannot be made."""

from __future__ import annotations

from graphlib import TopologicalSorter

from workbook.chain import needs_of
from workbook.errors import NONE, Message, Money
from workbook.law import cents
from workbook.plan import Fork, Plan
from workbook.rehearsal.lived import Lived, at_any_time, may_skip
from workbook.rehearsal.moves import AS_WRITTEN, STOP, Move
from workbook.rehearsal.waiting import waits


def offered(lived: Lived) -> tuple[Move, ...]:
    """Return the moves of a decision, as a player sees them; () once the life has ended."""
    if lived.fate is not None:
        return ()
    moves = [Move("take", f.id, o.id) for f in lived.open_now() for o in f.options]
    moves += _work(lived)
    moves += [Move("skip", id) for id in lived.to_skip()]
    return (*moves, *waits(lived), STOP)


def _work(lived: Lived) -> list[Move]:
    moves = [Move("work", id) for id in lived.to_choose()] if lived.order_is_open() else []
    possible = [move for move in moves if refusal(lived, move) is None] or [AS_WRITTEN]
    levels = [Move("work", id, name) for id in lived.to_choose() for name in lived.levels(id)]
    return possible + [move for move in levels if refusal(lived, move) is None]


def why_not(lived: Lived) -> dict[Move, Message]:
    """Return what cannot be done now, among the options of forks and the next milestones."""
    if lived.fate is not None:
        return {}
    moves = [Move("take", f.id, o.id) for f in lived.untaken() for o in f.options]
    moves += [Move("work", id) for id in lived.program.needs if id not in lived.reached]
    moves += [Move("skip", m) for m in lived.program.needs if m not in lived.reached]
    reasons = ((move, refusal(lived, move)) for move in moves)
    return {move: reason for move, reason in reasons if reason is not None}


def refusal(lived: Lived, move: Move) -> Message | None:
    """Return why a move cannot be made now; None if it can."""
    if lived.fate is not None:
        return Message("this life has ended; nothing more is decided in it")
    if move.kind == "take":
        return _cannot_take(lived, move)
    if move.kind == "work":
        return _cannot_work(lived, move.id) or _no_level(lived, move)
    if move.kind == "skip":
        return _cannot_skip(lived, move.id)
    left = lived.plan.horizon_weeks - lived.week + 1
    if move.kind == "wait" and move.weeks > left:
        return Message("only {n} weeks are left", {"n": left})
    return None


def _cannot_take(lived: Lived, move: Move) -> Message | None:
    forks = {fork.id: fork for fork in lived.plan.forks}
    if move.id not in forks:
        template = "no fork '{found}'; the plan has: {allowed}"
        return Message(template, {"found": move.id, "allowed": list(forks) or NONE})
    fork = forks[move.id]
    if move.option not in (known := [option.id for option in fork.options]):
        template = "no option '{found}'; the fork has: {allowed}"
        return Message(template, {"found": move.option, "allowed": known})
    if fork not in lived.untaken():
        return Message("this fork has been taken already")
    if fork not in lived.open_now():
        return _not_open(lived, fork)
    return None


def _not_open(lived: Lived, fork: Fork) -> Message:
    """Return the first condition of a fork that does not hold."""
    at = at_any_time(fork).at
    if at.week is not None and lived.week < at.week:
        return Message("the fork opens in week {week}", {"week": at.week})
    if at.used_up is not None and at.used_up not in lived.used_up:
        what = named(lived.plan, at.used_up)
        return Message("the fork opens when “{what}” has no attempt left", {"what": what})
    if at.cash_below is not None and not lived.cash < cents(at.cash_below):
        amount = Money(at.cash_below, lived.plan.currency)
        return Message("the fork opens when cash is below {amount}", {"amount": amount})
    what = named(lived.plan, at.milestone or "")
    return Message("the fork opens when work on “{what}” would start", {"what": what})


def _cannot_work(lived: Lived, id: str) -> Message | None:
    return _no_work_left(lived, id) or _not_ready(lived, id) or _not_affordable(lived, id)


def _no_work_left(lived: Lived, id: str) -> Message | None:
    if id not in lived.plan.ids:
        template = "no milestone '{found}'; the plan has: {allowed}"
        return Message(template, {"found": id, "allowed": list(lived.plan.ids)})
    if id in lived.plan.skips:
        return Message("it has been left out")
    if id in lived.reached:
        return Message("it is reached already")
    if id in lived.used_up:
        return Message("it has no attempt left")
    if id in lived.picked or id in {job.subject for job in lived.jobs}:
        return Message("it is under way")
    return None


def _not_ready(lived: Lived, id: str) -> Message | None:
    missing = [need for need in lived.program.needs[id] if need not in lived.reached]
    if missing:
        return Message("it needs {what} first", {"what": [named(lived.plan, m) for m in missing]})
    if lived.program.waits(id, lived.reached.keys()):
        several = [named(lived.plan, other) for other in lived.program.alternatives[id]]
        return Message("it needs one of {what} first", {"what": several})
    if id in lived.program.spare(lived.reached.keys()):
        return Message("another way to what it leads to is reached already")
    milestone = lived.plan.milestone(id)
    if milestone.level is not None:
        return Message("no work on it is needed: it is reached once its figure is high enough")
    if id in lived.pending():
        return Message("no attempt at it may start this week")
    if id not in lived.next_up():
        return Message("what it relies on is being put right")
    if lived.free_teams - len(lived.picked) < 1:
        return Message("no team is free")
    return None


def _not_affordable(lived: Lived, id: str) -> Message | None:
    if lived.out_of_hours(id):
        return Message("no hours are free for it")
    if lived.can_pay(id):
        return None
    currency = lived.plan.currency
    values = {
        "cost": Money(lived.price_of(id) / 100, currency),
        "cash": Money(lived.cash_left() / 100, currency),
    }
    return Message("it takes {cost} to start, and there is {cash}", values)


def _no_level(lived: Lived, move: Move) -> Message | None:
    levels = lived.levels(move.id)
    if not move.option or (move.option == "written" and levels) or move.option in levels:
        return None
    if not levels:
        return Message("its proof has one level only")
    return Message("its proof has these levels: {levels}", {"levels": ["written", *levels]})


def _cannot_skip(lived: Lived, id: str) -> Message | None:
    reason = _no_work_left(lived, id)
    if reason is None and id in lived.refuted | lived.untrue:
        return Message("it is known not to hold, and has to be put right")
    if reason is not None or id in may_skip(lived.plan):
        return reason
    plan = lived.plan
    if id == plan.goal:
        return Message("it is the goal")
    by = [fork for fork in plan.forks if any(id in option.skip for option in fork.options)]
    if by:
        name = by[0].name or by[0].id
        return Message("leaving it out is an option of the fork “{fork}”", {"fork": name})
    return Message("the goal cannot do without it")


def named(plan: Plan, id: str) -> object:
    """Return the name of a milestone or fork of a plan, or its id."""
    names = {m.id: m.name for m in plan.milestones} | {fork.id: fork.name for fork in plan.forks}
    return names.get(id) or id


def has_decisions(plan: Plan) -> bool:
    """Whether a player of a plan can decide anything that changes it: forks, skips, the order."""
    if plan.begun.opened < {fork.id for fork in plan.forks} or may_skip(plan):
        return True
    before: dict[str, set[str]] = {}
    needs = needs_of(plan)
    for id in TopologicalSorter(needs).static_order():
        before[id] = {id}.union(*(before[need] for need in needs[id]))
    sizes = sorted(len(found) for found in before.values())
    return sizes != list(range(1, len(sizes) + 1))
