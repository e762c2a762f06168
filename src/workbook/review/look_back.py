"""Look back: note why an attempt failed, and doubt the plan after a series of failures (P7).

The threshold for rare is ours, not the lecture's: fewer than one founder in twenty would see such a
series at the plan's own pass rate.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import all_fail, raced_rates
from workbook.plan import LogEntry, Plan, Text
from workbook.review.rule import Example, Remark, Rule, name_of, remark

RARE = 0.05


def explained(entry: LogEntry) -> bool:
    """Whether the log entry has a note, in any language."""
    note: Text = entry.note
    return any(half.strip() for half in ([note] if isinstance(note, str) else [note.en, note.zh]))


def check(plan: Plan) -> Iterator[Remark]:
    """Find failures in the log without a note, and longer series than the pass rate explains."""
    passed = {entry.milestone for entry in plan.log if entry.result == "passed"}
    for milestone in plan.attempted:
        failed = [e for e in plan.log if e.milestone == milestone.id and e.result == "failed"]
        if not failed or milestone.id in passed:
            continue
        if milestone.tests is None and all_fail(raced_rates(milestone), len(failed)) < RARE:
            yield remark(
                milestone.id,
                "By your own pass rate fewer than one founder in twenty would have failed as often"
                " at “{milestone}” as the log says. Look back before the next attempt: is the rate"
                " too high, or has something changed?",
                milestone=name_of(milestone),
            )
        elif not any(explained(entry) for entry in failed):
            yield remark(
                milestone.id,
                "“{milestone}” has failed, and the log does not say what was learnt from it. Write"
                " a line before the next attempt.",
                milestone=name_of(milestone),
            )


def _plan(rate: float, *log: dict[str, str]) -> dict[str, object]:
    return {
        "goal": "b",
        "milestones": [{"id": "a", "pass_rate": rate}, {"id": "b", "needs": ["a"]}],
        "log": [{"week": 2 * n + 2, "milestone": "a", **entry} for n, entry in enumerate(log)],
    }


_FAILED = {"result": "failed"}
_LEARNT = {"result": "failed", "note": "too sweet"}
_PASSED = {"result": "passed"}

RULE = Rule(
    id="look-back",
    claim="P7",
    title=Message("A failure is looked back at before the next attempt"),
    check=check,
    examples=(
        Example(_plan(0.4, _FAILED), finds=["a"]),
        Example(_plan(0.7, _LEARNT, _LEARNT, _LEARNT), finds=["a"]),
        Example(_plan(0.4, _FAILED, _LEARNT)),
        Example(_plan(0.7, _LEARNT, _LEARNT, _LEARNT, _PASSED)),
        Example(_plan(0.7)),
    ),
)
