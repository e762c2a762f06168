"""The class at a glance: a bar of fates for each report, and how the chances of all are spread.

Small pictures without a library: they are made of numbers alone. Fates differ by pattern as well
as by colour, so that they can be told apart in greyscale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from workbook.outcomes import FATES
from workbook.reports.summary import Entry
from workbook.words import Words

FEWEST = 3
BINS = 10
HATCHED = (
    '<svg class="away" aria-hidden="true"><defs><pattern id="hatch" width="4" height="4" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="fate-ground" width="4" height="4"/><rect class="fate-ruin" width="2" height="4"/>'
    "</pattern></defs></svg>"
)
ORDER = ("goal", "open", "stuck", "ruin")


def fates_bar(figures: Mapping[str, Any], words: Words) -> str:
    """The four fates of a report as one bar, 100 wide; empty where they are not known."""
    shares = {fate: figures.get(fate) for fate in ORDER}
    known = {f: float(s) for f, s in shares.items() if isinstance(s, int | float) and s > 0}
    if not known:
        return ""
    said = words.list(f"{words.fate(f)} {words.percent(s, 0.01)}" for f, s in known.items())
    left, parts = 0.0, ""
    for fate, share in known.items():
        width = 100 * share
        parts += f'<rect class="fate-{fate}" x="{left:.2f}" width="{width:.2f}" height="12"/>'
        left += width
    return (
        f'<svg class="fates" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(said)}">{parts}</svg>'
    )


def class_picture(entries: Sequence[Entry], words: Words) -> str:
    """How many reports have which chance of the goal: a histogram, with its table beside it."""
    chances = [e.figures["goal"] for e in entries if isinstance(e.figures["goal"], int | float)]
    if len(chances) < FEWEST:
        return HATCHED
    counts = [0] * BINS
    for chance in chances:
        counts[min(BINS - 1, int(chance * BINS + 1e-9))] += 1
    middle = sorted(chances)[(len(chances) - 1) // 2]
    title = words("The chance of the goal, over {n} reports", n=len(chances))
    alt = words(
        "{title}: half of them reach it in {share} of lives or less",
        title=title,
        share=words.percent(middle, 0.01),
    )
    return (
        f'<figure class="spread">{HATCHED}<figcaption>{escape(alt)}</figcaption>'
        f"{_histogram(counts, alt)}{_legend(words)}{_table(counts, title, words)}</figure>"
    )


def _histogram(counts: Sequence[int], alt: str) -> str:
    tallest = max(counts)
    bars = ""
    for place, count in enumerate(counts):
        height = 60 * count / tallest
        x, y = 10 + 30 * place, 75 - height
        bars += f'<rect class="fate-goal" x="{x}" y="{y:.1f}" width="28" height="{height:.1f}"/>'
        if count:
            bars += f'<text x="{x + 14}" y="{y - 3:.1f}" text-anchor="middle">{count}</text>'
    ticks = "".join(
        f'<text x="{9 + 30 * place}" y="88" text-anchor="middle">{10 * place}%</text>'
        for place in range(0, BINS + 1, 2)
    )
    return (
        f'<svg viewBox="0 0 325 92" role="img" aria-label="{escape(alt)}">{bars}'
        f'<path class="axis" d="M9 75.5H310"/>{ticks}</svg>'
    )


def _legend(words: Words) -> str:
    """What the patterns of the bars in the table mean."""
    signs = "".join(
        '<span><svg class="sign" viewBox="0 0 12 12" aria-hidden="true">'
        f'<rect class="fate-{fate}" width="12" height="12"/></svg> '
        f"{escape(words.fate(fate))}</span>"
        for fate in sorted(FATES, key=ORDER.index)
    )
    return f'<p class="legend note">{signs}</p>'


def _table(counts: Sequence[int], title: str, words: Words) -> str:
    rows = "".join(
        f'<tr><th scope="row">{10 * place}–{10 * (place + 1)}%</th><td class="n">{count}</td></tr>'
        for place, count in enumerate(counts)
    )
    heads = (words("chance of the goal"), words("reports"))
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    label = words("The figures of this picture as a table")
    return (
        f"<details><summary>{escape(label)}</summary><table><caption>{escape(title)}</caption>"
        f"<thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></details>"
    )
