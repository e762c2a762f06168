"""Where a rehearsal has come to, in sentences: money, morale, what is reached, known and due."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.rehearsal import Due, Position
from workbook.wording.decisions import name_in
from workbook.words import N_, Words

DUE = {
    "loan": N_("the loan of “{what}”: {amount} to pay"),
    "money": N_("{amount} for “{what}”"),
    "promise": N_("{amount} may come"),
    "bill": N_("the bill “{what}”: {amount}"),
    "work": N_("the work on “{what}” ends"),
    "deadline": N_("the deadline of “{what}”"),
}
KNOWN = {
    "yes": N_("“{what}”: its test says yes"),
    "no": N_("“{what}”: its test says no"),
    "untrue": N_("“{what}” is untrue"),
    "put right": N_("“{what}” was put right and holds now"),
}


def due_text(position: Position, due: Due, w: Words) -> str:
    """Return what falls due, and when."""
    amount = w.money(abs(due.amount), position.plan.currency)
    what = w(DUE[due.kind], what=name_in(position, due.about, w), amount=amount)
    return w("{week}: {what}", week=w.week(due.week, position.plan.starts), what=what)


def standing(position: Position, w: Words) -> tuple[str, ...]:
    """Return the week, the cash and what it pays for, what is reached, known and due."""
    found = [_money(position, w), *_morale(position, w)]
    plan = position.written
    reached = [w.name(m) for m in plan.milestones if m.id in position.reached]
    if reached:
        found.append(w("Reached: {names}.", names=w.list(reached)))
    tries = {id: n for id, n in position.tries.items() if id not in position.reached}
    found += [
        w.n(
            "“{what}”: {n} attempt so far.",
            "“{what}”: {n} attempts so far.",
            n,
            what=name_in(position, id, w),
        )
        for id, n in tries.items()
    ]
    known = [w(KNOWN[how], what=name_in(position, id, w)) for id, how in position.known.items()]
    if known:
        found.append(w("Known: {known}.", known=w.list(known)))
    if position.due:
        due = [due_text(position, one, w) for one in position.due]
        found.append(w("Due: {due}.", due=w.list(due)))
    return tuple(found)


def _money(position: Position, w: Words) -> str:
    """Return the cash with its runway; without counted cash the hours that are free."""
    economy = position.state.economy
    if not position.state.mortal:
        free, taken = economy.free_hours, economy.running_hours_per_week
        return w("{free} hours a week are free; the business takes {n}.", free=free, n=taken)
    cash = w.money(position.cash, position.plan.currency)
    if position.runway_weeks is None:
        return w("Cash {cash}; it does not run out as things are.", cash=cash)
    weeks = w.weeks(position.runway_weeks)
    return w("Cash {cash}, enough for the bills of {weeks}.", cash=cash, weeks=weeks)


def _morale(position: Position, w: Words) -> Iterator[str]:
    if position.morale is not None:
        template = N_("Morale {n} of 100.")
        if position.morale_is_low:
            template = N_("Morale {n} of 100: low, so that an attempt takes longer.")
        yield w(template, n=str(position.morale))


def ending_text(position: Position, w: Words) -> str:
    """Return how it ended, in a sentence."""
    week = w.week(position.week, position.plan.starts)
    cash = w.money(position.cash, position.plan.currency)
    if position.fate == "goal" and not position.state.mortal:
        return w("You reach the goal in {week}.", week=week)
    if position.fate == "goal":
        return w("You reach the goal in {week}, with {cash} in the bank.", week=week, cash=cash)
    if position.fate == "ruin":
        what = name_in(position, position.state.died_in or position.plan.goal, w)
        return w("You run out of money in {week}, at “{what}”.", week=week, what=what)
    if position.fate == "stuck":
        return w("You are stuck in {week}: nothing leads to the goal any more.", week=week)
    if position.fate == "stopped" and not position.state.mortal:
        return w("You stop after {week}.", week=week)
    if position.fate == "stopped":
        return w("You stop after {week}, with {cash}.", week=week, cash=cash)
    return w("Time is up in {week}; the goal is still ahead.", week=week)
