"""`compare --tornado`: each figure with a range moved over it, the one that matters most first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from workbook.cases import Case
from workbook.cases.facts import FormulaError, with_fact
from workbook.errors import Fault, InputError, fault
from workbook.importance import Bar, Tornado, tornado
from workbook.plan import Plan
from workbook.play import OnProgress
from workbook.portable import columns
from workbook.reports.tables import key_of, one_text, owner_of
from workbook.words import Words


def tornado_of(
    case: Case, choices: Mapping[str, str], *, runs: int, seed: int, on_progress: OnProgress
) -> Tornado:
    """Move every fact that has a range over it; InputError if none has, or an end is not allowed.

    >>> from workbook.cases import load
    >>> from workbook.play import no_progress
    >>> gym = tornado_of(load("gym"), {}, runs=200, seed=1, on_progress=no_progress)
    >>> [bar.name for bar in gym.bars]
    ['joins', 'members_leave']
    """
    one_value = {id: fact for id, fact in case.facts.items() if isinstance(fact.value, float | int)}
    ranges = {id: fact.range for id, fact in one_value.items() if fact.range is not None}
    if not ranges:
        template = (
            "no figure under `facts` has a range; give one its low and high: `range: [8, 15]`"
        )
        raise InputError(case.id, [fault("facts", template)])
    lives: dict[str, Any] = {"runs": runs, "seed": seed, "on_progress": on_progress}
    return tornado(case.plan, ranges, choices, change=partial(_changed, case), **lives)


def _changed(case: Case, plan: Plan, name: str, value: float) -> Plan:
    try:
        return with_fact(case, plan, name, value)
    except FormulaError as error:
        raise InputError(plan.id, [Fault(f"facts.{name}.range", error.message)]) from None


def tornado_text(found: Tornado, case: Case, words: Words) -> str:
    """Return a line for each figure: its range, and the gain of the goal at both ends of it."""
    goal = words("the goal: {chance}", chance=words.percent(found.goal))
    heads = (goal, words("range"), words("at its low end"), words("at its high end"))
    names = {bar.name: _label(case, bar.name, words) for bar in found.bars}
    rows = [
        (
            names[bar.name],
            words("{low} to {high}", **_ends(bar, case, words)),
            words.points(bar.at_low.value, bar.at_low.error),
            words.points(bar.at_high.value, bar.at_high.error),
        )
        for bar in found.bars
    ]
    message = found.message
    if "figure" in message.values:
        named = {**message.values, "figure": names[found.bars[0].name]}
        message = replace(message, values=named)
    return "\n\n".join([columns([heads, *rows]), words.message(message)])


def _ends(bar: Bar, case: Case, words: Words) -> dict[str, str]:
    fact, currency = case.facts[bar.name], case.plan.currency
    ends = {"low": bar.low, "high": bar.high}
    return {end: one_text(value, fact, currency, words) for end, value in ends.items()}


def _label(case: Case, name: str, words: Words) -> str:
    """Return what a fact is about: its label, or the key of the plan that it is under."""
    if label := words.text(case.facts[name].label):
        return label
    path = next((path for path, basis in case.basis.items() if basis.name == name), name)
    owner, key = owner_of(case, path, words), key_of(path, words)
    return words("{name}: {sentence}", name=owner, sentence=key) if owner else key
