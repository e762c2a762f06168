"""The class at a glance: the fates of each report as a bar, the chances of all as a spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from workbook.charts import shares, spread
from workbook.charts.description import Bars, sheet
from workbook.charts.fates import ORDER
from workbook.charts.picture import picture
from workbook.charts.spread import Spread
from workbook.charts.svg import svg
from workbook.outcomes import Fate
from workbook.reports.summary import Entry
from workbook.words import Words

FEWEST = 3
BINS = 10
WIDTH = 400.0
SIGN = 9.0


def fates_bar(figures: Mapping[str, Any], words: Words) -> str:
    """The four fates of a report as one bar; empty where they are not known."""
    given = {fate: figures.get(fate) for fate in ORDER}
    known: dict[Fate, float] = {
        fate: float(share) for fate, share in given.items() if isinstance(share, int | float)
    }
    if not any(share > 0 for share in known.values()):
        return ""
    return picture(shares, known, words, rows=False).svg


def class_spread(entries: Sequence[Entry], words: Words) -> str:
    """How many reports have which chance of the goal, and what the bars of the table mean."""
    chances = sorted(
        float(e.figures["goal"]) for e in entries if isinstance(e.figures["goal"], int | float)
    )
    if len(chances) < FEWEST:
        return _legend(words) if chances else ""
    title = words("The chance of the goal, over {n} reports", n=len(chances))
    finding = words(
        "{title}: half of them reach it in {share} of lives or less",
        title=title,
        share=words.percent(chances[(len(chances) - 1) // 2], 0.01),
    )
    heads = words("chance of the goal"), words("reports")
    shown = Spread(chances, 0, 1, BINS, words.percent, finding, heads)
    return picture(spread, shown, words, width=WIDTH).html + _legend(words)


def _legend(words: Words) -> str:
    """What the colours of the bars mean."""
    signs = "".join(f"<span>{_sign(fate)} {escape(words.fate(fate))}</span>" for fate in ORDER)
    return f'<p class="legend note">{signs}</p>'


def _sign(fate: Fate) -> str:
    return svg(sheet(SIGN, SIGN, [Bars([0], [SIGN], [SIGN], [0], fate)]), "", "")
