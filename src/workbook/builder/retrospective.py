"""What happened, written into the plan: attempts, cash counted, and what was decided then (P7)."""

from __future__ import annotations

from typing import Any, Literal

from workbook.builder.edits import Done, called, known
from workbook.builder.paths import checked, fitting
from workbook.builder.refusal import RefusedError
from workbook.consistency import shape_of
from workbook.consistency.names import tidy
from workbook.errors import Message
from workbook.plan import LogEntry, Plan
from workbook.retrospect import next_week

Result = Literal["passed", "failed"]
Decision = Literal["go", "no-go", "redirect"]


def logged(
    plan: Plan,
    milestone: str | None,
    result: Result | None,
    week: float | None,
    cash: float | None,
    note: str,
) -> Done:
    """The plan with an attempt or a cash count written down, and what is said of it."""
    if milestone is None and cash is None:
        raise RefusedError("Say which milestone was attempted, or how much cash was counted.")
    if (milestone is None) != (result is None):
        raise RefusedError("An attempt has a milestone and a result: passed or failed.")
    if milestone is not None:
        name = called(plan, known(plan, milestone))
        if any(e.milestone == milestone and e.result == "passed" for e in plan.log):
            raise RefusedError("“{name}” has passed already; it is behind you.", name=name)
    when = next_week(plan, milestone) if week is None else week
    entry = {"week": when, "milestone": milestone, "result": result, "cash": cash, "note": note}
    return _entered(plan, entry), _told(plan, milestone, result, when)


def _told(plan: Plan, milestone: str | None, result: Result | None, week: float) -> Message:
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
