"""What `check` and `play` print: the same findings as on the page, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.cases import Case
from workbook.charts.sources import never_seen
from workbook.consistency import faults_of, shown
from workbook.edit import chosen, reordered, skipping
from workbook.errors import Fault, InputError, Message, fault
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Plan
from workbook.portable import columns
from workbook.reports.finding import finding
from workbook.reports.markup import WHOLE
from workbook.reports.task import plan_named
from workbook.review import Finding, review
from workbook.words import Words


@dataclass(frozen=True)
class Checked:
    """The result of `check` for a plan: its faults, or the findings of the rules.

    `remarks` are about the file; they are not faults.
    """

    source: str
    id: str | None = None
    error: InputError | None = None
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Message | Fault, ...] = ()


def checked(source: str) -> Checked:
    """Read a plan and apply the rules."""
    try:
        case, _ = plan_named(source)
    except InputError as error:
        return Checked(source, error=error)
    return Checked(source, case.id, findings=review(case.plan), remarks=_remarks(case))


def _remarks(case: Case) -> tuple[Message | Fault, ...]:
    """Remarks on the file: how it was read, and a name that differs from the id."""
    if case.path is None or case.path.stem == case.id:
        return case.notes
    template = "the id is '{id}' and the file's name '{stem}'; better give both one name"
    return (*case.notes, Message(template, {"id": case.id, "stem": shown(case.path.stem)}))


def _remark(remark: Message | Fault, words: Words) -> str:
    return words.fault(remark) if isinstance(remark, Fault) else words.message(remark)


def check_data(results: Sequence[Checked], words: Words) -> dict[str, Any]:
    """What `check --json` prints."""
    return {"plans": [_check_row(result, words) for result in results]}


def _check_row(result: Checked, words: Words) -> dict[str, Any]:
    faults = result.error.faults if result.error else ()
    return {
        "source": result.source,
        "id": result.id,
        "faults": [
            {"line": f.line, "path": f.path, "message": words.message(f.message)} for f in faults
        ],
        "findings": [
            {
                "rule": f.rule,
                "claim": f.claim,
                "milestone": f.milestone,
                "message": words.message(f.message),
            }
            for f in result.findings
        ],
        "remarks": [_remark(remark, words) for remark in result.remarks],
    }


def check_text(results: Sequence[Checked], words: Words) -> str:
    """What `check` prints for the plans without faults; faults go to stderr."""
    return "\n".join(_check_lines(result, words) for result in results if result.error is None)


def _check_lines(result: Checked, words: Words) -> str:
    remarks = [f"  {_remark(remark, words)}" for remark in result.remarks]
    count = len(result.findings)
    if not count:
        head = words("{source}: no fault, and the rules have nothing to ask", source=result.source)
        return "\n".join([head, *remarks])
    head = words.n(
        "{source}: no fault; the rules have {n} thing to ask:",
        "{source}: no fault; the rules have {n} things to ask:",
        count,
        source=result.source,
    )
    lines = [f"  {f.claim:<4}{words.message(f.message)}" for f in result.findings]
    return "\n".join([head, *lines, *remarks])


Choices = dict[str, str]


def prepared(
    plan: Plan,
    options: Sequence[tuple[str, str]],
    *,
    skip: Sequence[str] = (),
    order: Sequence[str] = (),
) -> tuple[Plan, Choices]:
    """The plan with milestones left out and reordered, and the option taken at each fork.

    Raises
    ------
    InputError
        With every fault of the options, the milestones left out and the order.
    """
    skipped = skipping(plan, *(id for ids in skip for id in ids.split(",") if id))
    faults = [*_option_faults(plan, options), *(faults_of(skipped) if skip else ())]
    try:
        plan = reordered(skipped, order) if order else skipped
        faults += faults_of(plan) if order and not faults else []
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(plan.id, faults)
    return plan, dict(options)


def _option_faults(plan: Plan, options: Sequence[tuple[str, str]]) -> list[Fault]:
    """What is wrong with the options named, each fork's by itself."""
    counts = Counter(fork for fork, _ in options)
    template = "an option is given more than once; take one"
    faults = [fault(f"forks.{fork}", template) for fork, count in counts.items() if count > 1]
    for fork, option in dict.fromkeys(options):
        try:
            chosen(plan, {fork: option})
        except InputError as error:
            faults += [told for told in error.faults if told not in faults]
    return faults


def play_text(played: Outcomes, words: Words) -> str:
    """What `play` prints: the finding, the fates, the milestones."""
    fates = [(words.fate(fate), words.percent(played.fates[fate], WHOLE)) for fate in FATES]
    heads = (
        words("milestone"),
        words("reached"),
        words("half by"),
        words("8 in 10 by"),
        words("money dies here"),
    )
    rows = [
        (
            words.name(played.as_played.milestone(id)),
            words.percent(outcome.reached, WHOLE),
            *(words.when(outcome.weeks.get(q), played.plan.starts) for q in (0.5, 0.8)),
            words.percent(outcome.died_here, WHOLE),
        )
        for id, outcome in played.milestones.items()
    ]
    how = words("computed exactly")
    if played.how == "simulated":
        how = words("simulated: {n} lives, seed {seed}", n=played.runs, seed=str(played.seed))
        if unseen := never_seen(played, words):
            how = words("{first}; {second}", first=how, second=unseen)
    return "\n\n".join([finding(played, words), columns(fates), columns([heads, *rows]), how])
