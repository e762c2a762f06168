"""A single run as a diary: what happened, in sentences, with the cash left.

Consecutive failures at the same milestone share one line; otherwise a year of tasting would fill
the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Literal

from workbook.life import Event, Life
from workbook.plan import Plan
from workbook.words import N_, Words

SENTENCES = {
    "passed": N_("{what}: reached."),
    "untrue": N_("{what}: what it rests on turns out to be untrue."),
    "used-up": N_("{what}: no attempt is left."),
    "too-late": N_("{what}: its deadline has passed."),
    "redesign-started": N_("{what}: back to the drawing board, {amount}."),
    "redesign-done": N_("{what}: put right."),
    "cheque": N_("Money arrives: {amount}."),
    "no-cheque": N_("{what} is reached, but the money hoped for does not come."),
    "fork": N_("The fork: {what}."),
    "loan": N_("A loan comes in: {amount}."),
    "repaid": N_("The loan falls due: {amount}."),
    "waiting": N_("Everything stops; the wait begins."),
    "wait-over": N_("The wait is over, money comes: {amount}."),
    "cannot-pay": N_("The next attempt at “{what}” cannot be paid: it takes {amount}."),
    "goal": N_("The goal is reached."),
    "ruin": N_("Out of money, at “{what}”."),
    "stuck": N_("Stuck: money is left, but no way on."),
    "open": N_("Time is up; the goal is still ahead."),
}
ENDINGS = frozenset({"goal", "ruin", "stuck", "open"})


Part = Literal["whole", "before the end", "the end"]


def diary(life: Life, plan: Plan, w: Words, part: Part = "whole") -> str:
    """Return the run, or a part of it, as an HTML list, one line per event."""
    names = {m.id: w.name(m) for m in plan.milestones}
    for fork in plan.forks:
        names[fork.id] = w.name(fork)
        for option in fork.options:
            names |= _new_names(option.milestones, w)
    events = tuple(e for e in life.events if part in ("whole", _part(e, plan)))
    rows = [_row(group, names, life, plan, w) for group in _groups(events)]
    return f'<ol class="wb-diary">{"".join(rows)}</ol>'


def _part(event: Event, plan: Plan) -> Part:
    """Whether an event is the end of a run, or gives the end away."""
    at_goal = event.happening == "passed" and event.about == plan.goal
    ends = at_goal or event.happening in ENDINGS or event.happening == "cannot-pay"
    return "the end" if ends else "before the end"


def ending(life: Life, plan: Plan, w: Words) -> str:
    """Say how the run ended, in one sentence."""
    if life.fate == "goal" and plan.cash is None:
        return w(
            "This life reaches the goal in week {week}; the business takes {n} hours a week by "
            "then.",
            week=str(life.week),
            n=w.number(life.states[-1].running_hours_per_week),
        )
    if life.fate == "goal":
        return w(
            "This life reaches the goal in week {week}, with {cash} in the bank.",
            week=str(life.week),
            cash=w.money(life.cash, plan.currency),
        )
    if life.fate == "ruin":
        names = {m.id: w.name(m) for m in plan.milestones}
        return w(
            "This life runs out of money in week {week}, at “{milestone}”.",
            week=str(life.week),
            milestone=names.get(life.died_in or "", life.died_in or "–"),
        )
    if life.fate == "stuck":
        return w("This life gets stuck in week {week}, with money left.", week=str(life.week))
    return w("This life is still on its way when time is up, in week {week}.", week=str(life.week))


def _groups(events: tuple[Event, ...]) -> Iterator[list[Event]]:
    """Group the events worth a line; consecutive failures at the same milestone together."""
    told = (e for e in events if e.happening != "started")
    for key, group in groupby(told, key=lambda e: (e.happening, e.about)):
        if key[0] == "failed":
            yield list(group)
        else:
            yield from ([event] for event in group)


def _row(group: list[Event], names: dict[str, str], life: Life, plan: Plan, w: Words) -> str:
    first, last = group[0], group[-1]
    what = names.get(last.about, last.about)
    if last.happening == "failed":
        template = N_("{what}: {n} attempts in a row fail.")
        if len(group) == 1:
            template = N_("{what}: an attempt fails.")
        sentence = w(template, what=what, **({"n": len(group)} if len(group) > 1 else {}))
    else:
        amount = w.money(last.amount, plan.currency)
        sentence = w(SENTENCES[last.happening], **_gaps(last.happening, what, amount))
    when = str(last.week) if first.week == last.week else f"{first.week}–{last.week}"
    kind = "wb-ended" if last.happening in ENDINGS else f"wb-{last.happening}"
    left = escape(_left(last, life, plan, w))
    return (
        f'<li class="{kind}"><span class="wb-when">{escape(w("week {week}", week=when))}</span> '
        f"{escape(sentence)} "
        f'<span class="wb-cash">{left}</span></li>'
    )


def _left(event: Event, life: Life, plan: Plan, w: Words) -> str:
    """Return the cash left; in a case with hours, the hours that the business took."""
    if plan.cash is not None:
        told = N_("{cash} short") if event.cash < 0 else N_("{cash} left")
        return w(told, cash=w.money(abs(event.cash), plan.currency))
    hours = life.states[min(event.week, life.week)].running_hours_per_week
    return w("taking {n} hours a week", n=w.number(hours))


def _gaps(happening: str, what: str, amount: str) -> dict[str, str]:
    sentence = SENTENCES[happening]
    return {
        name: value
        for name, value in (("what", what), ("amount", amount))
        if f"{{{name}}}" in sentence
    }


def _new_names(milestones: dict[str, dict[str, object]], w: Words) -> dict[str, str]:
    """Return the names of milestones that an option adds."""
    found = {}
    for id, change in milestones.items():
        name = change.get("name")
        if isinstance(name, dict) and w.lang in name:
            found[id] = str(name[w.lang])
        elif isinstance(name, str):
            found[id] = name
    return found
