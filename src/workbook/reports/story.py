"""The story of a case on its page: the situation before the odds, what really happened after."""

from __future__ import annotations

from html import escape

from workbook.cases import Case
from workbook.reports.markup import paragraph
from workbook.words import Words


def situation(case: Case, words: Words) -> str:
    """The situation, and the question that it puts; nothing for a plan without a story."""
    told = ((case.situation, "story"), (case.question, "question"))
    return "".join(paragraph(words.text(text), kind) for text, kind in told if text)


def happened(case: Case, words: Words) -> str:
    """What really happened, each step with the claims it rests on; nothing where none is told."""
    if not case.happened:
        return ""
    steps = "".join(
        f"<li>{escape(words.text(step.text))}"
        f' <span class="note">{escape(words.list(list(step.claims)))}</span></li>'
        for step in case.happened
    )
    return f"<h3>{escape(words('What really happened'))}</h3><ol class='story'>{steps}</ol>"
