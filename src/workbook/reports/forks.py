"""The forks: how each option changes the odds, on the same luck as the plan as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import product
from math import prod
from typing import Any, cast

from workbook.charts import options
from workbook.charts.picture import picture
from workbook.outcomes import Outcomes
from workbook.paired import goal_gap
from workbook.plan import Fork, Plan
from workbook.play import play
from workbook.reports.markup import Cell, figure, paragraph, share_cell, table
from workbook.words import Words

MOST_TOGETHER = 24
BEST_SHOWN = 5


def fork_figure(number: int) -> str:
    """Name of the picture of the plan's n-th fork."""
    return f"fork-{number}"


def forks_section(base: Outcomes, words: Words, runs: int, seed: int) -> str:
    """A picture for each fork of the plan; a sentence for a plan without forks."""
    if not base.plan.forks:
        return paragraph(words("This plan has no forks: it goes on as written whatever happens."))
    shown = ""
    for number, fork in enumerate(base.plan.forks, start=1):
        played = {words("as chosen") if base.choices else words("as written"): base}
        for option in fork.options:
            if base.choices.get(fork.id) == option.id:
                continue
            name = words.name(option)
            name = f"{name} ({option.id})" if name in played else name
            taken = {**base.choices, fork.id: option.id}
            played[name] = play(base.plan, taken, runs=runs, seed=seed)
        drawn = picture(cast(Any, options), options.side_by_side(played), words).html
        told = paragraph(words.text(fork.note), "note") if words.text(fork.note) else ""
        heading = f"<h3>{escape(words.name(fork))}</h3>{told}"
        shown += figure(fork_figure(number), heading + drawn)
    return shown if base.choices else shown + _together(base, words, runs, seed)


def combinations(plan: Plan) -> Iterator[dict[str, str]]:
    """Every choice of options at two or more forks; empty if there are too many."""
    offered = [[(fork.id, ""), *((fork.id, o.id) for o in fork.options)] for fork in plan.forks]
    if prod(map(len, offered)) <= MOST_TOGETHER:
        for chosen in product(*offered):
            taken = {fork: option for fork, option in chosen if option}
            if len(taken) > 1:
                yield taken


def _together(base: Outcomes, words: Words, runs: int, seed: int) -> str:
    plays = [play(base.plan, taken, runs=runs, seed=seed) for taken in combinations(base.plan)]
    if not plays:
        return ""
    ranked = sorted(plays, key=lambda played: -played.fates["goal"])
    best = [p for p in ranked if p.fates["goal"] > base.fates["goal"]][:BEST_SHOWN] or ranked[:1]
    heads = [words("options taken"), words("reaches the goal"), words("against as written")]
    if base.plan.cash is not None:
        heads.append(words("money runs out"))
    rows = [_row(played, base, words) for played in best]
    heading = f"<h3>{escape(words('Options taken together'))}</h3>"
    return f'<div class="keep">{heading}{table(heads, rows)}</div>'


def _row(played: Outcomes, base: Outcomes, words: Words) -> list[str | Cell]:
    gap = goal_gap(base, played)
    change = words("too close to call")
    if gap.decides:
        change = words.points(gap.value, gap.error or None)
    row: list[str | Cell] = [
        " + ".join(option_names(base.plan.forks, played.choices, words)),
        share_cell(played.fates["goal"], words),
        Cell(change, number=True),
    ]
    return row if base.plan.cash is None else [*row, share_cell(played.fates["ruin"], words)]


def option_names(forks: tuple[Fork, ...], choices: Mapping[str, str], words: Words) -> list[str]:
    """Names of the options taken, in the order of the forks."""
    return [
        words.name(option)
        for fork in forks
        for option in fork.options
        if choices.get(fork.id) == option.id
    ]
