"""The take-away: the essence of the report on one sheet of A4 or Letter, in black and white.

The riskiest assumption, when the money runs out, the milestones with their proof, latest week,
price and what happens if they are missed, and a test for the next seven days with lines to write
on. A long chain shows the milestones at which most lives are lost.

The latest week is not a figure of the plan, so it is derived: the week by which eight of ten
lives that reach the goal had reached the milestone. Next to it is what becomes of later ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import ceil

import numpy as np

from workbook.cases import Case
from workbook.charts.runway import ruin_week
from workbook.law import Attempt, Economy, cents
from workbook.luck import Estimate
from workbook.outcomes import FATES, Lives, Outcomes
from workbook.plan import Milestone, Proof
from workbook.reports.markup import Cell, paragraph, table
from workbook.reports.next_steps import cash_sentence, counted_on, worth
from workbook.reports.prospects import CashNeeded, Prospects, lost_at
from workbook.reports.results import finding
from workbook.reports.tables import level_text
from workbook.words import N_, Words

MOST_ROWS = 10
DAYS = 7
IN_TIME = 0.8
"""Of the lives that reach the goal, the share that has reached a milestone by its latest week."""
FEWEST_LIVES = 30
"""With fewer lives no date is given."""
LINES = (N_("By, and who"), N_("What we do"), N_("We change the plan if"))


def takeaway(case: Case, prospects: Prospects, words: Words) -> str:
    """The sheet."""
    outcomes = prospects.outcomes
    title = words.text(outcomes.plan.title).strip() or case.id
    parts = [
        f"<h2>{escape(words('Take-away: {title}', title=title))}</h2>",
        paragraph(finding(outcomes, words), "clip"),
        '<div class="boxes">',
        _box(words("The riskiest assumption"), _risk(case, prospects, words)),
        _box(words("The money"), _money(prospects, words)),
        "</div>",
        _milestones(prospects, words),
        _box(words("The next test, within seven days"), next_test(prospects, words), _lines(words)),
        paragraph(_how(words), "note"),
    ]
    return f'<section class="takeaway" id="takeaway">{"".join(parts)}</section>'


def _box(head: str, lines: list[str], more: str = "") -> str:
    shown = "".join(paragraph(line, "clip") for line in lines)
    return f'<div class="box"><h3>{escape(head)}</h3>{shown}{more}</div>'


def _lines(words: Words) -> str:
    shown = "".join(f"<li>{escape(words(line))}</li>" for line in LINES)
    return f'<ul class="lines">{shown}</ul>'


def _how(words: Words) -> str:
    return words(
        "Latest week: by then 8 of 10 lives that reach the goal have it. In brackets: how many of "
        "100 that are later still get there."
    )


def _risk(case: Case, prospects: Prospects, words: Words) -> list[str]:
    if prospects.risk is None:
        return [words("No single milestone clearly holds the goal back.")]
    return [counted_on(case, prospects.risk, words), worth(prospects.risk, words)]


def _money(prospects: Prospects, words: Words) -> list[str]:
    outcomes = prospects.outcomes
    if outcomes.plan.cash is None:
        template = "No cash is counted. Time is over at the end of week {week}."
        plan = outcomes.plan
        return [words(template, week=words.when(plan.horizon_weeks, plan.starts))]
    lines = []
    if (week := ruin_week(outcomes)) is not None:
        template = "The cash runs out in {share} of all lives, in half of those by week {week}."
        share = words.fate_percent(outcomes.fates, "ruin")
        when = words.when(week, outcomes.plan.starts)
        lines.append(words(template, share=share, week=when))
    else:
        lines.append(words("The cash hardly ever runs out."))
    if (week := burnt_out(outcomes)) is not None:
        lines.append(
            words(
                "Burn alone uses it up in week {week}.", week=words.when(week, outcomes.plan.starts)
            )
        )
    need: CashNeeded | None = prospects.cash
    return [*lines, cash_sentence(prospects, words)] if need is not None else lines


def _milestones(prospects: Prospects, words: Words) -> str:
    plan = prospects.outcomes.plan
    shown = weightiest(prospects)
    if not shown:
        return ""
    heads = [words("milestone"), words("proof"), words("threshold"), words("latest week")]
    heads += [words("one attempt"), words("if missed")]
    left = len(plan.attempted) - len(shown)
    caption = words("The milestones")
    if left:
        caption = words.n(
            "The milestones at which most is at stake ({n} further is in the report)",
            "The milestones at which most is at stake ({n} further are in the report)",
            left,
        )
    return table(heads, [_row(m, prospects, words) for m in shown], caption)


def weightiest(prospects: Prospects) -> list[Milestone]:
    """The milestones for the sheet, in the plan's order: all, or where most lives are lost."""
    plan = prospects.outcomes.plan
    places = {m.id: n for n, m in enumerate(plan.milestones)}
    if len(plan.attempted) <= MOST_ROWS:
        return list(plan.attempted)
    lost = lost_at(prospects.base)
    first = [plan.goal] + ([prospects.risk.milestone.id] if prospects.risk else [])
    ranked = sorted(plan.attempted, key=lambda m: (m.id not in first, -lost[places[m.id]]))
    return sorted(ranked[:MOST_ROWS], key=lambda m: places[m.id])


def _row(milestone: Milestone, prospects: Prospects, words: Words) -> list[str | Cell]:
    proof = milestone.proof
    risky = prospects.risk is not None and prospects.risk.milestone.id == milestone.id
    name = words.name(milestone)
    return [
        Cell(f"► {name}" if risky else name, clip=True),
        Cell(words.text(proof.measure) if proof else "–", clip=True),
        Cell(level_text(proof, words) if proof else "–", clip=True),
        Cell(latest(milestone, prospects, words), number=True),
        Cell(price(milestone, prospects, words), clip=True),
        Cell(words.text(milestone.if_missed) or "–", clip=True),
    ]


def latest(milestone: Milestone, prospects: Prospects, words: Words) -> str:
    """The latest week of a milestone, with the chance of the lives that are later."""
    place = prospects.outcomes.plan.milestones.index(milestone)
    found = deadline(prospects.lives, place)
    if found is None:
        return "–"
    when = words.when(found.week, prospects.outcomes.plan.starts)
    return when if found.later is None else f"{when} ({round(100 * found.later)})"


def price(milestone: Milestone, prospects: Prospects, words: Words) -> str:
    """What an attempt takes: its time, and its cost if it has one."""
    plan = prospects.outcomes.plan
    if milestone.hours is None:
        time = _weeks(milestone.weeks, words)
    else:
        time = words("{n} hours", n=_range(milestone.hours, words.number))
    if milestone.cost == 0:
        return time
    money = _range(milestone.cost, lambda amount: words.money(amount, plan.currency))
    if milestone.teams > 1:
        money = words("{n} teams, {money} each", n=milestone.teams, money=money)
    return f"{time} · {money}"


def _weeks(weeks: Estimate, words: Words) -> str:
    if isinstance(weeks, tuple):
        return words("{weeks} weeks", weeks=_range(weeks, words.number))
    return words.weeks(weeks)


def _range(estimate: Estimate, said: Callable[[float], str]) -> str:
    if isinstance(estimate, tuple):
        return f"{said(estimate[0])}–{said(estimate[2])}"
    return said(estimate)


def next_test(prospects: Prospects, words: Words) -> list[str]:
    """The test of the riskiest assumption within a week."""
    risk = prospects.risk
    if risk is None:
        return [words("Write down which result, within seven days, would change this plan.")]
    milestone, plan = risk.milestone, prospects.outcomes.plan
    name, proof = words.name(milestone), _aim(milestone.proof, words)
    now = next((m.id for m in plan.attempted), None) == milestone.id and not plan.log
    if now and 7 * Attempt.at_start(plan, milestone, "least").weeks <= DAYS:
        template = "One whole attempt at “{milestone}” fits into these seven days. {proof}"
        return [words(template, milestone=name, proof=proof)]
    template = (
        "Do not wait for a whole attempt at “{milestone}”: do the smallest piece of it that could "
        "prove you wrong, with a handful of people. {proof}"
    )
    return [words(template, milestone=name, proof=proof)]


def _aim(proof: Proof | None, words: Words) -> str:
    if proof is None:
        return words("First write down what would prove it.")
    template = "Hold it against {measure} ({level})."
    return words(template, measure=words.text(proof.measure), level=level_text(proof, words))


@dataclass(frozen=True)
class Deadline:
    """The latest week of a milestone.

    Attributes
    ----------
    week
        The week by which eight of ten lives that reach the goal have reached it.
    later
        Of the lives that are later, the share that still reaches the goal; None if they are too
        few.
    """

    week: int
    later: float | None


def deadline(lives: Lives, place: int) -> Deadline | None:
    """The latest week of the milestone at this place; None if too few lives reach it."""
    reached = lives.reached_week[:, place]
    goal = lives.fate == FATES.index("goal")
    weeks = np.sort(reached[goal & (reached >= 0)])
    if len(weeks) < FEWEST_LIVES:
        return None
    week = int(weeks[ceil(IN_TIME * len(weeks)) - 1])
    late = ((reached < 0) | (reached > week)) & (lives.end_week > week)
    later = float(goal[late].mean()) if late.sum() >= FEWEST_LIVES else None
    return Deadline(week, later)


def burnt_out(outcomes: Outcomes) -> int | None:
    """The week in which burn alone would use up the cash; None without burn or cash."""
    cash, burn = outcomes.plan.cash, Economy.of(outcomes.plan).burn_cents
    return None if cash is None or not burn else cents(cash) // burn + 1
