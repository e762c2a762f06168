"""The forks: what each option does to the odds, on the same luck as the plan as written."""

from __future__ import annotations

from html import escape

from workbook.outcomes import Outcomes
from workbook.plan import Fork
from workbook.play import play
from workbook.reports.markup import Cell, paragraph, table
from workbook.words import Words


def forks_section(base: Outcomes, words: Words) -> str:
    """A table for each fork of the plan; a sentence for a plan without forks."""
    if not base.plan.forks:
        return paragraph(words("This plan has no forks: it goes on as written whatever happens."))
    return "".join(_fork(fork, base, words) for fork in base.plan.forks)


def _fork(fork: Fork, base: Outcomes, words: Words) -> str:
    heads = [words("option"), words("goal"), words("against the plan as written")]
    heads += [words("money runs out"), words("week of the goal, on average")]
    rows = [_row(words("as written"), base, base, words)]
    for option in fork.options:
        played = play(
            base.plan, {fork.id: option.id}, runs=base.runs or 10_000, seed=base.seed or 1
        )
        rows.append(_row(words.name(option), played, base, words))
    note = paragraph(words.text(fork.note), "note") if words.text(fork.note) else ""
    return f"<h3>{escape(words.name(fork))}</h3>{note}{table(heads, rows)}"


def _row(name: str, played: Outcomes, base: Outcomes, words: Words) -> list[str | Cell]:
    week = played.mean.week_if_goal
    gap = played.fates["goal"] - base.fates["goal"]
    return [
        name,
        Cell(words.percent(played.fates["goal"], played.fates_error["goal"] or None), number=True),
        Cell("–" if played is base else words.points(gap), number=True),
        Cell(words.percent(played.fates["ruin"], played.fates_error["ruin"] or None), number=True),
        Cell(str(round(week)) if week is not None else "–", number=True),
    ]
