"""Small pieces of HTML that a lesson is set in. Text comes in plain and is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib import import_module
from typing import Any

from workbook.cases import Case
from workbook.words import Words


def joined(*sentences: str) -> str:
    """Sentences one after another; Chinese ones need no space between them."""
    return re.sub(r"(?<=[。！？；]) ", "", " ".join(sentence for sentence in sentences if sentence))


def say(*sentences: str) -> str:
    """A paragraph that says what the figures say; none without sentences."""
    said = joined(*sentences)
    return f'<p class="wb-say">{escape(said)}</p>' if said else ""


def small(text: str) -> str:
    """A line beside the point: a basis, a limit."""
    return f'<p class="wb-basis">{escape(text)}</p>' if text else ""


def line(text: str, kind: str = "note") -> str:
    """One plain sentence set apart: a `note`, a `good` or a `fault`."""
    if not text:
        return ""
    return f'<p class="wb-line wb-{kind}" role="status">{escape(text)}</p>'.replace("\n", "<br>")


def fold(summary: str, html: str, *, open: bool = False) -> str:
    """Something to open: it works without a kernel."""
    return f"<details{' open' if open else ''}><summary>{escape(summary)}</summary>{html}</details>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], best: int | None = None) -> str:
    """A table; the first column names its row, figures stand right, row `best` is bold."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = []
    for number, (name, *cells) in enumerate(rows):
        kind = ' class="wb-best"' if number == best else ""
        body.append(
            f'<tr{kind}><th scope="row">{escape(name)}</th>{"".join(map(_cell, cells))}</tr>'
        )
    rows_html = "".join(body)
    return (
        f'<table class="wb-table"><thead><tr>{top}</tr></thead><tbody>{rows_html}</tbody></table>'
    )


def _cell(text: str) -> str:
    figure = ' class="wb-number"' if re.match(r"[¥$+−<>]?\s?\d", text) else ""
    return f"<td{figure}>{escape(text)}</td>"


def drawn(chart: str, result: Any, case: Case, w: Words) -> str:
    """The figure as HTML, assumed figures marked; `chart` names a module of the charts."""
    from workbook.charts.figure import picture

    return picture(import_module(f"workbook.charts.{chart}"), result, w, basis=case.basis).html
