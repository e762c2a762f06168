"""What `log` does: record what happened, and show how it changes the odds (claim P7)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbook import cases
from workbook.amounts import Habit
from workbook.consistency import faults_of, read_at
from workbook.errors import Fault, InputError, fault
from workbook.outcomes import Outcomes
from workbook.plan import LogEntry, Plan
from workbook.play import play
from workbook.reports.markup import WHOLE
from workbook.retrospect import COIN, Retrospective, next_week, retrospect
from workbook.words import N_, Words

Result = Literal["passed", "failed"]


@dataclass(frozen=True)
class Logged:
    """A new log entry, with the odds before it and the retrospective after it."""

    file: Path
    entry: LogEntry
    before: Outcomes
    look: Retrospective

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "file": str(self.file),
            "entry": self.entry.model_dump(exclude_none=True),
            "fates_before": dict(self.before.fates),
            "fates_after": dict(self.look.now.fates),
            "retrospective": self.look.as_json(),
        }


def log(
    source: str,
    milestone: str | None,
    result: Result | None,
    week: int | None,
    counted: str | None,
    note: str,
    *,
    runs: int,
    seed: int,
) -> Logged:
    """Add an entry to a plan file and play the plan from there on.

    `counted` is the cash as typed. The default week is the one in which the attempt ends if it
    began after the last entry.

    Raises
    ------
    InputError
        For a shipped case, and for an entry that says nothing or does not fit the plan.
    WorkError
        If the file cannot be written; it is then unchanged.
    """
    path = Path(source)
    if source in cases.known() and not path.exists():
        template = "'{found}' is a shipped case; make it yours with `workbook new NAME --from CASE`"
        raise InputError(source, [fault("PLAN", template, found=source)])
    case = cases.read(path)
    plan = case.plan
    cash = None if counted is None else _cash(plan, counted)
    _check(plan, milestone, result, cash)
    when = next_week(plan, milestone) if week is None else week
    entry = LogEntry(week=when, milestone=milestone, result=result, cash=cash, note=note)
    after = plan.model_copy(update={"log": (*plan.log, entry)})
    faults = faults_of(after)
    if faults:
        raise InputError(source, faults)
    before = play(plan, runs=runs, seed=seed)
    look = retrospect(after, runs=runs, seed=seed)
    cases.write(case.using(after), path)
    return Logged(path, entry, before, look)


def _cash(plan: Plan, counted: str) -> float:
    """The cash that was counted, in the plan's own currency; InputError for a question."""
    reading = read_at("cash", counted, Habit(currency=plan.currency))
    if reading.trouble is not None:
        raise InputError(plan.id, [Fault("--cash", reading.trouble)])
    assert isinstance(reading.value, (int, float))
    return float(reading.value)


def _check(plan: Plan, milestone: str | None, result: Result | None, cash: float | None) -> None:
    """Refuse an entry that is empty, incomplete, or about a milestone that has passed."""
    faults = []
    if milestone is None and cash is None:
        faults.append(fault("log", "nothing to log; say --milestone and --result, or --cash"))
    if (milestone is None) != (result is None):
        faults.append(fault("log", "--milestone and --result belong together"))
    if milestone in {e.milestone for e in plan.log if e.result == "passed"}:
        template = "'{found}' has passed already; it is behind"
        faults.append(fault("log", template, found=str(milestone)))
    if faults:
        raise InputError(plan.id, faults)


def log_text(logged: Logged, words: Words) -> str:
    """What `log` prints: the odds before and after, forecasts beside facts, the score."""
    look = logged.look
    lines = [
        words(
            "Week {week}: the chance of the goal was {before}, and is {after} now.",
            week=str(logged.entry.week),
            before=words.percent(logged.before.fates["goal"], WHOLE),
            after=words.percent(look.now.fates["goal"], WHOLE),
        ),
        *_attempts(look, words),
        *_counts(look, words),
    ]
    if look.brier is not None:
        lines.append(_score(look.brier, words))
    return "\n".join(lines)


def _attempts(look: Retrospective, words: Words) -> list[str]:
    said = {
        True: N_("“{name}” passed in week {week}; it had been given a chance of {chance}."),
        False: N_("“{name}” failed in week {week}; it had been given a chance of {chance}."),
    }
    return [
        words(
            said[seen.passed],
            name=words.name(look.before.plan.milestone(seen.milestone)),
            week=str(seen.week),
            chance=words.percent(seen.chance, WHOLE),
        )
        for seen in look.attempts
    ]


def _counts(look: Retrospective, words: Words) -> list[str]:
    currency = look.before.plan.currency
    lines = []
    for count in look.counts:
        cash = words.money(count.cash, currency)
        if count.low is None or count.high is None:
            told = words("Cash in week {week}: {cash}.", week=str(count.week), cash=cash)
        else:
            told = words(
                "Cash in week {week}: {cash}; nine lives in ten were foreseen between {low} and"
                " {high}.",
                week=str(count.week),
                cash=cash,
                low=words.money(count.low, currency),
                high=words.money(count.high, currency),
            )
        lines.append(told)
    return lines


def _score(brier: float, words: Words) -> str:
    template = (
        "Brier score of the forecasts: {score} (0 is a prophet, {coin} says “half” every time)."
    )
    return words(template, score=words.number(round(brier, 2)), coin=words.number(COIN))
