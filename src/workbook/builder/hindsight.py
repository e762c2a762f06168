"""What happened and what was decided (P7): written into the plan, and compared with the forecast.

The forecast is the one made at the start; the facts are the log; what was learned is how far the
log has moved the plan's own figures. The next decision is the learner's: go, no-go, redirect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workbook.builder.answers import runway_weeks
from workbook.builder.counts import Counted, checked_count, count_message
from workbook.builder.edits import Done, RefusedError, called, known
from workbook.builder.paths import checked, fitting
from workbook.consistency import shape_of
from workbook.consistency.faults import tidy
from workbook.errors import Message
from workbook.law import pass_chance
from workbook.plan import LogEntry, Milestone, Plan
from workbook.play import RUNS
from workbook.present import present
from workbook.retrospect import Retrospective, learnt_messages, next_week, retrospect
from workbook.words import N_, Words

Result = Literal["passed", "failed"]
Decision = Literal["go", "no-go", "redirect"]
NO_COUNT = Counted()


def logged(
    plan: Plan,
    milestone: str | None,
    result: Result | None,
    week: float | None,
    cash: float | None,
    note: str,
    count: Counted = NO_COUNT,
) -> Done:
    """The plan with an attempt or a count written down, and what is said of it."""
    counted = checked_count(plan, count)
    if milestone is None and cash is None and count.nothing:
        raise RefusedError("Say which milestone was attempted, or what was counted.")
    if (milestone is None) != (result is None):
        raise RefusedError("An attempt has a milestone and a result: passed or failed.")
    if milestone is not None:
        name = called(plan, known(plan, milestone))
        if any(e.milestone == milestone and e.result == "passed" for e in plan.log):
            raise RefusedError("“{name}” has passed already; it is behind you.", name=name)
    when = next_week(plan, milestone) if week is None else week
    entry = {"week": when, "milestone": milestone, "result": result, "cash": cash, "note": note}
    if milestone is None and cash is None:
        said = count_message(plan, count, str(when))
    else:
        said = _message(plan, milestone, result, when)
    return _entered(plan, {**entry, **counted}), said


def _message(plan: Plan, milestone: str | None, result: Result | None, week: float) -> Message:
    values: dict[str, object] = {"week": str(week)}
    if milestone is None:
        return Message("The cash of week {week} is written down.", values)
    values["name"] = called(plan, milestone)
    if result == "passed":
        return Message("Written down: “{name}” passed in week {week}.", values)
    return Message("Written down: “{name}” failed in week {week}.", values)


DECIDED = {
    "go": Message("Decided: go on as planned."),
    "no-go": Message("Decided: stop here."),
    "redirect": Message("Decided: go another way. Change the chain to what you know now."),
}


def decided(plan: Plan, decision: Decision, note: str) -> Done:
    """The plan with a decision written down, in the week of the last entry."""
    if decision not in DECIDED:
        raise RefusedError("Choose go, no-go or redirect.")
    last = max((entry.week for entry in plan.log), default=0)
    return _entered(plan, {"week": last, "decision": decision, "note": note}), DECIDED[decision]


def forgotten(plan: Plan, position: int) -> Done:
    """The plan without one entry of its log."""
    if not 0 <= position < len(plan.log):
        raise RefusedError("There is no such entry in the log.")
    log = (*plan.log[:position], *plan.log[position + 1 :])
    return plan.model_copy(update={"log": log}), Message("The entry is taken out of the log.")


def _entered(plan: Plan, entry: dict[str, Any]) -> Plan:
    """The plan with one more entry; InputError where a value of it does not fit."""
    kept = {key: value for key, value in entry.items() if value not in (None, "")}
    if "note" in kept:
        kept["note"] = tidy(kept["note"])
    data = plan.model_dump(mode="python", exclude_unset=True)
    data["log"] = [*data.get("log", ()), fitting(kept, shape_of(LogEntry))]
    return checked(data, plan.id)


WHOLE = 0.004
"""An error for which whole percents are exact enough."""

MOVED = 0.005
"""A chance that moved by less than half a point has taught nothing."""


@dataclass(frozen=True)
class Hindsight:
    """What there is to say after something has happened, as the reader's own sentences.

    Attributes
    ----------
    facts
        Each attempt beside its forecast, each cash count beside what was foreseen.
    learned
        What is believed otherwise now than at the start.
    standing
        The state of the plan now: the chance of the goal before and after, the runway left.
    question
        The decision that is asked for.
    decisions
        Those made so far, the latest last.
    retrospective
        The figures behind it all.
    """

    facts: tuple[str, ...]
    learned: tuple[str, ...]
    standing: tuple[str, ...]
    question: str
    decisions: tuple[str, ...]
    retrospective: Retrospective


def look_back(plan: Plan, words: Words, *, runs: int = RUNS, seed: int = 1) -> Hindsight | None:
    """The look back on a plan with a log; None where nothing has happened yet."""
    if not plan.log or not plan.milestones:
        return None
    look = retrospect(plan, runs=runs, seed=seed)
    return Hindsight(
        facts=(*_attempts(look, words), *_counts(look, words)),
        learned=tuple(_learned(plan, words)) or (words("Nothing that moves a figure yet."),),
        standing=tuple(_standing(plan, look, words)),
        question=words("What do you decide: go on, stop here, or go another way?"),
        decisions=tuple(_decisions(plan, words)),
        retrospective=look,
    )


SEEN = {
    True: N_("“{name}” passed in week {week}; it had been given a chance of {chance}."),
    False: N_("“{name}” failed in week {week}; it had been given a chance of {chance}."),
}


def _attempts(look: Retrospective, words: Words) -> Iterator[str]:
    plan = look.before.plan
    for seen in look.attempts:
        name, chance = called(plan, seen.milestone), words.percent(seen.chance, WHOLE)
        yield words(SEEN[seen.passed], name=name, week=str(seen.week), chance=chance)


def _counts(look: Retrospective, words: Words) -> Iterator[str]:
    currency = look.before.plan.currency
    for count in look.counts:
        values = {"week": str(count.week), "cash": words.money(count.cash, currency)}
        if count.low is None or count.high is None:
            yield words("Cash in week {week}: {cash}.", **values)
            continue
        values["low"] = words.money(count.low, currency)
        values["high"] = words.money(count.high, currency)
        template = (
            "Cash in week {week}: {cash}; nine lives in ten were foreseen between {low} and {high}."
        )
        yield words(template, **values)


def _learned(plan: Plan, words: Words) -> Iterator[str]:
    """What the facts have done to pass rates and beliefs of what is still ahead."""
    here = present(plan)
    for milestone in plan.milestones:
        now = here.plan.milestone(milestone.id)
        if milestone.id in here.reached or milestone.id in plan.skips:
            continue
        before, after = _chance(milestone, here.attempts.get(milestone.id, 0)), _chance(now, 0)
        if abs(before - after) < MOVED:
            continue
        values = {
            "name": called(plan, milestone.id),
            "before": words.percent(before, WHOLE),
            "after": words.percent(after, WHOLE),
        }
        if milestone.tests:
            yield words("“{name}”: believed to {before} at first, to {after} now.", **values)
        else:
            template = "“{name}”: the next attempt was given {before} at first, and {after} now."
            yield words(template, **values)
    yield from (words.message(message) for message in learnt_messages(plan))


def _chance(milestone: Milestone, attempts: int) -> float:
    """The belief, or the pass rate of the attempt after so many."""
    if milestone.tests:
        return milestone.tests.belief
    return pass_chance(milestone, attempts + 1)


def _standing(plan: Plan, look: Retrospective, words: Words) -> Iterator[str]:
    here = present(plan)
    yield words(
        "Week {week}: the chance of the goal was {before}, and is {after} now.",
        week=str(here.week),
        before=words.percent(look.before.fates["goal"], WHOLE),
        after=words.percent(look.now.fates["goal"], WHOLE),
    )
    left = runway_weeks(here.plan)
    if here.plan.cash is not None:
        cash = words.money(here.plan.cash, plan.currency)
        if left is None:
            yield words("There is {cash} left, and a week brings in what it costs.", cash=cash)
        else:
            template = "There is {cash} left: {weeks} at today's burn."
            yield words(template, cash=cash, weeks=words.weeks(int(left)))


DECISIONS = {
    "go": N_("Week {week}: go."),
    "no-go": N_("Week {week}: stop."),
    "redirect": N_("Week {week}: another way."),
}


def _decisions(plan: Plan, words: Words) -> Iterator[str]:
    for entry in plan.log:
        if entry.decision:
            text = words(DECISIONS[entry.decision], week=str(entry.week))
            note = words.text(entry.note)
            yield f"{text} {note}".strip()
