"""The milestones as a table: what proves each, how often it is reached and when, where it ends."""

from __future__ import annotations

from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.plan import Milestone, Proof
from workbook.reports.markup import Cell, paragraph, table
from workbook.words import Words


def milestones_table(outcomes: Outcomes, words: Words) -> str:
    """The table, in the plan's order; skipped milestones are named under it."""
    plan = outcomes.plan
    heads = [
        words("milestone"),
        words("what proves it"),
        words("reached"),
        words("half are past it by"),
        words("8 in 10 are past it by"),
    ]
    if plan.cash is not None:
        heads.append(words("money dies here"))
    heads.append(words("stuck here"))
    rows = [
        _row(milestone, outcomes.milestones[milestone.id], plan.cash is not None, words)
        for milestone in plan.attempted
        if milestone.id in outcomes.milestones
    ]
    shown = table(heads, rows) if rows else paragraph(words("This plan has no milestones."))
    skipped = [words.name(plan.milestone(id)) for id in plan.skips]
    if skipped:
        shown += paragraph(words("Left out on purpose: {names}.", names=skipped), "note")
    return shown


def _row(
    milestone: Milestone, outcome: MilestoneOutcome, with_cash: bool, words: Words
) -> list[str | Cell]:
    missed = words.text(milestone.if_missed)
    second = words("if missed: {what}", what=missed) if missed else ""
    cells: list[str | Cell] = [
        words.name(milestone),
        Cell(proof_text(milestone.proof, words), second=second),
        Cell(words.percent(outcome.reached, outcome.reached_error or None), number=True),
        _week(outcome.weeks.get(0.5), words),
        _week(outcome.weeks.get(0.8), words),
    ]
    if with_cash:
        cells.append(Cell(words.percent(outcome.died_here), number=True))
    cells.append(Cell(words.percent(outcome.stuck_here), number=True))
    return cells


def _week(week: int | None, words: Words) -> Cell:
    return Cell(words.week(week) if week is not None else words("fewer get there"), number=True)


def proof_text(proof: Proof | None, words: Words) -> str:
    """What proves a milestone, in a line: the measure and the level it must meet."""
    if proof is None:
        return words("nothing is written down")
    unit, measure = words.text(proof.unit), words.text(proof.measure)
    levels = []
    if proof.at_least is not None:
        levels.append(words("at least {level}", level=_of(proof.at_least, proof.of, words)))
    if proof.at_most is not None:
        levels.append(words("at most {level}", level=_of(proof.at_most, proof.of, words)))
    if not levels:
        return words("{measure} (no level set)", measure=measure)
    level = f"{words.list(levels)} {unit}".strip()
    return words("{measure}: {level}", measure=measure, level=level)


def _of(level: float, of: float | None, words: Words) -> str:
    shown = words.number(level)
    return shown if of is None else words("{level} of {of}", level=shown, of=of)
