"""The commands that write a plan file: `new` and `log`.

`new` writes a file to start from: a small one with every part explained, a case, or a table. `log`
records what happened, and shows how it changes the odds (claim P7).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal, NamedTuple

from workbook import cases
from workbook.amounts import NumberStyle
from workbook.cases.plan_book import read_book
from workbook.cases.table import plan_of_table
from workbook.cases.writing import text_for
from workbook.consistency import faults_of, nearest, read_at, shown
from workbook.errors import Fault, InputError, Message, WorkError, fault
from workbook.outcomes import Outcomes
from workbook.plan import LogEntry, Plan
from workbook.play import OnProgress, no_progress, play
from workbook.reports.markup import WHOLE
from workbook.retrospect import COIN, Retrospective, learnt_messages, next_week, retrospect
from workbook.simulate import part_of
from workbook.tables import FOREIGN_SUFFIXES, TABLE_SUFFIXES
from workbook.words import N_, Words

STARTERS = Path(__file__).parent / "starters"
ID = re.compile(r"\w[\w-]{0,63}")


def start(
    name: str,
    source: str | None,
    words: Words,
    *,
    like: str | None = None,
    encoding: str | None = None,
    given: Mapping[str, str] | None = None,
) -> tuple[Path, tuple[Message, ...]]:
    """Write NAME.yaml here, and return remarks on how a table was read; never overwrites a file.

    Parameters
    ----------
    like
        The id of an example business to start from.
    encoding, given
        How a table is read: the encoding of a text file, and the known column that each of the
        user's own headers means.

    Raises
    ------
    InputError
        If the name is not an id, the file exists, there is no such case, or the table has faults.
    """
    path = Path(f"{name}.yaml")
    if not ID.fullmatch(name):
        template = "'{found}' is no id; write letters, digits, - and _, at most 64 of them"
        raise InputError("new", [fault("NAME", template, found=name[:80])])
    if path.exists():
        template = "{file} stands already; choose another name, or take that one away"
        raise InputError("new", [fault("NAME", template, file=str(path))])
    text, notes = _like(like) if like else _text(name, source, words, encoding, given)
    text = re.sub(r"^id:.*$", f"id: {name}", text, count=1, flags=re.MULTILINE)
    _write(path, text)
    return path, notes


def _write(path: Path, text: str) -> None:
    """Write under a temporary name and rename; WorkError if that is not possible."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=".", delete=False, newline="\n") as file:
            file.write(text)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{file} cannot be written ({reason}).", file=str(path), reason=reason
        ) from None


def _like(id: str) -> tuple[str, tuple[Message, ...]]:
    """The text of an example business, with a remark on its figures."""
    if id not in cases.examples():
        near = nearest(id, cases.examples())
        template = "no example business '{found}'; there are: {known}"
        if near:
            template = "no example business '{found}'; did you mean '{near}'?"
        known = ", ".join(cases.examples())
        raise InputError(
            "new", [fault("--like", template, found=shown(id), known=known, near=near)]
        )
    case = cases.load(id)
    assumed = sum(basis.kind == "assumed" for basis in case.basis.values())
    template = "{n} of its figures are assumed; each says why, under `facts`. Put in your own."
    return case.text or "", (Message(template, {"n": assumed}),)


def _text(
    name: str,
    source: str | None,
    words: Words,
    encoding: str | None,
    given: Mapping[str, str] | None,
) -> tuple[str, tuple[Message, ...]]:
    if source is None:
        return (STARTERS / f"{words.lang}.yaml").read_text("utf-8"), ()
    suffix = Path(source).suffix.lower()
    if suffix in (".yaml", ".yml"):
        return cases.read(source).text or "", ()
    is_file = source not in cases.known() and os.path.lexists(source)
    if is_file or suffix in (*TABLE_SUFFIXES, *FOREIGN_SUFFIXES):
        if (book := read_book(source)) is not None:
            return text_for(book[0]), book[1]
        read = plan_of_table(source, name, encoding=encoding, given=given)
        return text_for(cases.Case(read.plan)), read.notes
    return cases.load(source).text or "", ()


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


class Count(NamedTuple):
    """Customers counted; what was counted of a figure with a range, and out of how many."""

    customers: str | None = None
    figure: str | None = None
    counted: str | None = None
    of: str | None = None

    def read(self) -> dict[str, Any]:
        """Return it as keys of a log entry; InputError for what is no number."""
        found: dict[str, Any] = {} if self.figure is None else {"figure": self.figure}
        for key in ("customers", "counted", "of"):
            if (text := getattr(self, key)) is None:
                continue
            reading = read_at(f"log.0.{key}", text)
            if reading.problem is not None:
                raise InputError("log", [Fault(f"--{key}", reading.problem)])
            found[key] = reading.value
        return found


NO_COUNT = Count()


def _own_file(source: str) -> Path:
    path = Path(source)
    if source in cases.known() and not path.exists():
        template = "'{found}' is a shipped case; make it yours with `workbook new NAME --from CASE`"
        raise InputError(source, [fault("PLAN", template, found=source)])
    return path


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
    count: Count = NO_COUNT,
    on_progress: OnProgress = no_progress,
) -> Logged:
    """Add an entry to a plan file and play the plan from there on.

    `counted` is the cash as typed, `count` what was counted of a figure. The default week is the
    one in which the attempt ends if it began after the last entry. `on_progress` is called with the
    share (0..1) that is done.

    Raises
    ------
    InputError
        For a shipped case, and for an entry that says nothing or does not fit the plan.
    WorkError
        If the file cannot be written; it is then unchanged.
    """
    path = _own_file(source)
    plan = (case := cases.read(path)).plan
    written = _written(plan, milestone, result, week, counted, note, count)
    data = plan.model_dump(exclude_unset=True)
    if faults := faults_of({**data, "log": [*data.get("log", ()), written]}):
        raise InputError(source, faults)
    after = plan.model_copy(update={"log": (*plan.log, LogEntry.model_validate(written))})
    lives: dict[str, Any] = {"runs": runs, "seed": seed}
    before = play(plan, **lives, on_progress=part_of(on_progress, 0, 1, 3))
    look = retrospect(after, **lives, on_progress=part_of(on_progress, 1, 2, 3))
    cases.write(case.using(after), path)
    return Logged(path, after.log[-1], before, look)


def _written(
    plan: Plan,
    milestone: str | None,
    result: Result | None,
    week: int | None,
    counted: str | None,
    note: str,
    count: Count,
) -> dict[str, Any]:
    """Return the entry as plain data; InputError for one that says nothing or cannot be read."""
    cash = None if counted is None else _cash(plan, counted)
    _check(plan, milestone, result, cash is None and count == Count(of=count.of))
    when = next_week(plan, milestone) if week is None else week
    written = {"week": when, "milestone": milestone, "result": result, "cash": cash, "note": note}
    given = {key: value for key, value in written.items() if value is not None}
    return {**given, **count.read()}


def _cash(plan: Plan, counted: str) -> float:
    """The cash that was counted, in the plan's own currency; InputError for a question."""
    reading = read_at("cash", counted, NumberStyle(currency=plan.currency))
    if reading.problem is not None:
        raise InputError(plan.id, [Fault("--cash", reading.problem)])
    assert isinstance(reading.value, (int, float))
    return float(reading.value)


def _check(plan: Plan, milestone: str | None, result: Result | None, empty: bool) -> None:
    """Refuse an entry that is empty, incomplete, or about a milestone that has passed."""
    faults = []
    if milestone is None and empty:
        template = (
            "nothing to log; say --milestone and --result, --cash, --customers, or --figure and"
            " --counted"
        )
        faults.append(fault("log", template))
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
        *(words.message(message) for message in learnt_messages(look.now.plan)),
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
            line = words("Cash in week {week}: {cash}.", week=str(count.week), cash=cash)
        else:
            line = words(
                "Cash in week {week}: {cash}; nine lives in ten were foreseen between {low} and"
                " {high}.",
                week=str(count.week),
                cash=cash,
                low=words.money(count.low, currency),
                high=words.money(count.high, currency),
            )
        lines.append(line)
    return lines


def _score(brier: float, words: Words) -> str:
    template = (
        "Brier score of the forecasts: {score} (0 is a prophet, {coin} says “half” every time)."
    )
    return words(template, score=words.number(round(brier, 2)), coin=words.number(COIN))
