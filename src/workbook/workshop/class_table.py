"""The table of a class, one row a file, and the plan file of each chain. Both are private."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from workbook import cases
from workbook.cases.file import put
from workbook.cases.writing import text_for
from workbook.errors import WorkbookError
from workbook.words import Words
from workbook.workshop.inbox import Answer, ReceivedFile
from workbook.workshop.panels import digest

PLAN_FILE = re.compile(r"chain-[0-9a-f]{8}\.yaml")
COLUMNS = (
    "file",
    "state",
    "receipt",
    "name",
    "own_id",
    "at_step",
    "bets",
    "plan",
    "milestones",
    "goal",
    "goal_error",
    "runway_weeks",
    "findings",
    "kill_line",
    "next_test",
    "rehearsal",
    "trouble",
)
"""Columns of `class.csv`, one row per file: goal and its standard error 0..1, runway in weeks."""


def table(
    found: Sequence[ReceivedFile], given: Sequence[Answer], w: Words
) -> list[dict[str, object]]:
    """Return one row per file; files that do not count have only a state and a reason."""
    by_file = {answer.file: answer for answer in given}
    return [_row(received, by_file.get(received.file), w) for received in found]


def _row(received: ReceivedFile, answer: Answer | None, w: Words) -> dict[str, object]:
    row: dict[str, object] = {"file": received.file, "state": received.state}
    if answer is None:
        return row | {"trouble": w.message(received.why) if received.why else ""}
    row |= {
        "receipt": answer.receipt,
        "name": answer.name,
        "own_id": answer.own_id,
        "at_step": answer.step or "through",
        "bets": "; ".join(f"{f}={s.choice} {s.confidence:.2f}" for f, s in answer.bets.items()),
        "kill_line": answer.kill_line,
        "next_test": answer.next_test,
        "rehearsal": answer.rehearsal.line if answer.rehearsal else "",
        "trouble": " ".join(map(w.message, answer.problems)),
    }
    if chain := answer.chain:
        row |= {
            "plan": f"{_plan_id(answer)}.yaml",
            "milestones": len(chain.plan.milestones),
            "goal": round(chain.goal, 4),
            "goal_error": round(chain.goal_error, 4),
            "runway_weeks": chain.runway_weeks,
            "findings": " ".join(sorted({finding.rule for finding in chain.findings})),
        }
    return row


def keep_plans(answers: Sequence[Answer], folder: Path) -> None:
    """Write each simulated chain as a plan file, and remove files that no longer count.

    Sixty chains called `my-chain` get sixty names. They come from the random code of a person's
    computer: neither a name nor a receipt that is read aloud leads to a chain.

    Raises
    ------
    OSError, WorkError
        If a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{_plan_id(answer)}.yaml": answer for answer in answers if answer.chain}
    for name, answer in wanted.items():
        text, file = _plan_text(answer), folder / name
        if text and not (file.exists() and file.read_text("utf-8") == text):
            put(file, text)
    for file in folder.iterdir():
        if PLAN_FILE.fullmatch(file.name) and file.name not in wanted:
            file.unlink(missing_ok=True)


def _plan_text(answer: Answer) -> str:
    """Return the text of a chain's plan file; empty if it would not read back the same."""
    if answer.chain is None:
        return ""
    try:
        plan = answer.chain.plan.model_copy(update={"id": _plan_id(answer)})
        return text_for(cases.Case(plan))
    except WorkbookError:
        return ""


def _plan_id(answer: Answer) -> str:
    return f"chain-{digest(answer.person)[:8]}"
