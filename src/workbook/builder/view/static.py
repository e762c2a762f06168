"""The builder without a kernel: the chain and its pictures as plain HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from workbook.charts import chain, fates
from workbook.charts.description import NARROW, SMALL, Bars, Label, sheet
from workbook.charts.layout import Positions
from workbook.charts.picture import picture
from workbook.charts.svg import svg
from workbook.charts.text_layout import clean, wrap
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import Words


@dataclass(frozen=True)
class Drawn:
    """What is drawn: the plan, the places of its milestones, and its last outcomes."""

    plan: Plan
    outcomes: Outcomes | None
    positions: Positions


def static(drawn: Drawn, board: dict[str, Any], answers: dict[str, Any], w: Words) -> str:
    """The chain, the odds and the pages of the answers, as one piece of HTML.

    Parameters
    ----------
    board, answers
        What the screen shows: of a milestone what it leans on, and its odds as they are said.
    """
    headline = "".join(
        f"<p>{escape(text)}</p>"
        for text in [*answers.get("headline", []), answers.get("why")]
        if text
    )
    parts = [f"<h3>{escape(board['title'])}</h3>", _chain(drawn, board, answers, w), headline]
    if drawn.outcomes is not None and answers.get("fates"):
        parts.append(picture(fates, drawn.outcomes, w, rows=False).svg)
    parts += [page_html(page) for page in answers.get("pages", [])]
    return "".join(parts)


def _chain(drawn: Drawn, board: dict[str, Any], answers: dict[str, Any], w: Words) -> str:
    """The canvas as a picture, every milestone at its place."""
    if not drawn.plan.milestones:
        return _blank(clean(w("The page is blank. Name the goal, and its odds appear here.")))
    odds = {id: node["reached"] for id, node in answers.get("nodes", {}).items()}
    leans = frozenset(node["id"] for node in board["nodes"] if node["leans"])
    fresh = drawn.outcomes is not None and set(drawn.outcomes.milestones) == set(drawn.plan.ids)
    result = drawn.outcomes if fresh and drawn.outcomes is not None else drawn.plan
    shown = chain.describe(result, w, positions=drawn.positions, odds=odds, assumed=leans)
    names = w.list(w.name(milestone) for milestone in drawn.plan.milestones)
    return svg(shown, "", clean(w("{where}: {what}", where=w("Your chain"), what=names)))


def _blank(text: str) -> str:
    """An empty box with a sentence, in the place of the goal."""
    box = Bars([1], [NARROW - 1], [49], [1], edge="line", width=1.0, dash=(4.0, 3.0), radius=6)
    label = Label(wrap(text, (NARROW - 24) / SMALL, 3), 12, 25, colour="muted")
    return svg(sheet(NARROW, 50, [box, label]), "", text)


def page_html(page: dict[str, Any]) -> str:
    """A page of the screen as plain HTML, open."""
    lines = "".join(f"<p>{escape(text)}</p>" for text in page.get("lines", []))
    items = "".join(f"<li>{escape(item['text'])}</li>" for item in page.get("items", []))
    notes = "".join(f'<p class="wb-basis">{escape(note)}</p>' for note in page.get("notes", []))
    listed = f"<ul>{items}</ul>" if items else ""
    title = f"<summary>{escape(page['title'])}</summary>"
    return f"<details open>{title}{lines}{page.get('svg', '')}{listed}{notes}</details>"
