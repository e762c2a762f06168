"""The milestones as a table: proof, how often and when each is reached, where lives end."""

from __future__ import annotations

from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.plan import Milestone, Proof
from workbook.reports.markup import Cell, paragraph, share_cell, table
from workbook.words import Words

NO_LEVEL = "–"


def milestones_table(outcomes: Outcomes, words: Words) -> str:
    """The table in the plan's order; skipped milestones are named below it."""
    plan = outcomes.plan
    with_cash = plan.cash is not None
    heads = [words("milestone"), words("reached"), words("half by week"), words("8 in 10 by week")]
    heads += [words("money dies here")] if with_cash else []
    heads.append(words("stuck here"))
    rows = [
        _row(milestone, outcomes.milestones[milestone.id], with_cash, words, plan.starts)
        for milestone in plan.attempted
        if milestone.id in outcomes.milestones
    ]
    shown = table(heads, rows) if rows else paragraph(words("This plan has no milestones."))
    skipped = [words.name(plan.milestone(id)) for id in plan.skips]
    if skipped:
        shown += paragraph(words("Left out on purpose: {names}.", names=skipped), "note")
    return shown


def _row(
    milestone: Milestone,
    outcome: MilestoneOutcome,
    with_cash: bool,
    words: Words,
    starts: str | None,
) -> list[str | Cell]:
    missed = words.text(milestone.if_missed)
    below = [words("proof: {proof}", proof=proof_text(milestone.proof, words))]
    below += [words("if missed: {what}", what=missed)] if missed else []
    cells: list[str | Cell] = [
        Cell(words.name(milestone), below=tuple(below)),
        share_cell(outcome.reached, words),
        *(Cell(words.when(outcome.weeks.get(q), starts), number=True) for q in (0.5, 0.8)),
    ]
    cells += [share_cell(outcome.died_here, words)] if with_cash else []
    cells.append(share_cell(outcome.stuck_here, words))
    return cells


def proof_text(proof: Proof | None, words: Words) -> str:
    """The proof of a milestone in one line: the measure and the level it must meet."""
    if proof is None:
        return words("none is written down")
    measure, level = words.text(proof.measure), level_text(proof, words)
    if level == NO_LEVEL:
        return words("{measure} (no level set)", measure=measure)
    return words("{measure}: {level}", measure=measure, level=level)


def level_text(proof: Proof, words: Words) -> str:
    """The level that a proof must meet, with its unit; a dash if it sets no level."""
    levels = []
    if proof.at_least is not None:
        levels.append(words("at least {level}", level=_of(proof.at_least, proof.of, words)))
    if proof.at_most is not None:
        levels.append(words("at most {level}", level=_of(proof.at_most, proof.of, words)))
    return f"{words.list(levels)} {words.text(proof.unit)}".strip() if levels else NO_LEVEL


def _of(level: float, of: float | None, words: Words) -> str:
    shown = words.number(level)
    return shown if of is None else words("{level} of {of}", level=shown, of=of)
