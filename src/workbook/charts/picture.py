"""A chart as one self-contained HTML figure.

A chart describes what it shows and `svg` writes it: the same bytes every time, its colours CSS
variables, so that it follows a light and a dark page. The finding, the alternative text and the
data stand beside it as HTML for a reader who does not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from inspect import signature
from typing import Any, Protocol

from workbook.charts.description import Figure
from workbook.charts.palette import css_variables
from workbook.charts.sources import Bases, assumed_line, how_found
from workbook.charts.svg import svg
from workbook.charts.text_layout import clean
from workbook.outcomes import Outcomes
from workbook.words import Words


class Chart(Protocol):
    """What a chart module offers."""

    def describe(self, result: Any, words: Words, **options: Any) -> Figure:
        """Describe it as plain data."""

    def title(self, result: Any, words: Words) -> str:
        """State its finding."""

    def alt(self, result: Any, words: Words) -> str:
        """Describe it in words."""

    def table(self, result: Any, words: Words) -> list[tuple[str, ...]]:
        """Return its data, header row first."""


@dataclass(frozen=True)
class Picture:
    """A chart as SVG with its texts and its data; a notebook and a page show its `html`."""

    svg: str
    title: str
    alt: str
    notes: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data_label: str
    lang: str

    @property
    def html(self) -> str:
        """The self-contained `<figure>`."""
        notes = "".join(f'<p class="wb-note">{escape(note)}</p>' for note in self.notes)
        return (
            f'<figure class="wb-chart" lang="{self.lang}">{STYLE}'
            f'<figcaption class="wb-title">{escape(self.title)}</figcaption>'
            f"{self.svg}{notes}{self._table}</figure>"
        )

    def _repr_html_(self) -> str:
        return self.html

    @property
    def _table(self) -> str:
        if not self.rows:
            return ""
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.rows[0])
        body = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in self.rows[1:]
        )
        return (
            f'<details class="wb-data"><summary>{escape(self.data_label)}</summary>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
        )


def picture(
    chart: Any,
    result: Any,
    words: Words,
    *,
    basis: Bases | None = None,
    notes: Sequence[str] = (),
    rows: bool = True,
    **options: Any,
) -> Picture:
    """Draw a chart for a page.

    Parameters
    ----------
    chart
        A module of this package that is a `Chart`: `chain`, `runway`, `fates`, `options`, …
    result
        The data of that chart: Outcomes, a Plan, options side by side, …
    basis
        `Case.basis`: marks what is assumed.
    notes
        Further lines under the picture.
    rows
        Whether to add its table.
    options
        Passed on to the chart's `describe`: `width=NARROW` for a narrow place.
    """
    if basis is not None and "basis" in signature(chart.describe).parameters:
        options["basis"] = basis
    title, alt = clean(chart.title(result, words)), clean(chart.alt(result, words))
    lines = [*_sureness(chart, result, words, basis), *notes]
    return Picture(
        svg=svg(chart.describe(result, words, **options), title, alt),
        title=title,
        alt=alt,
        notes=tuple(clean(line) for line in lines if line),
        rows=tuple(tuple(map(clean, row)) for row in (chart.table(result, words) if rows else ())),
        data_label=words("The figures of this picture as a table"),
        lang=words.html_lang,
    )


def _sureness(chart: Any, result: Any, words: Words, basis: Bases | None) -> list[str]:
    """Return how the figures were computed and what is assumed; a chart may override it."""
    if hasattr(chart, "notes"):
        return list(chart.notes(result, words, basis))
    found = [how_found(result, words)] if isinstance(result, Outcomes) else []
    return [*found, assumed_line(basis, words)]


COLOURS = (
    f".wb-chart,.wb-colours{{{css_variables('light')}}}"
    "@media screen and (prefers-color-scheme:dark)"
    f"{{.wb-chart,.wb-colours{{{css_variables('dark')}}}}}"
)
"""CSS that sets the colours of every picture in an element of one of these classes."""

STYLE = (
    "<style>"
    f"{COLOURS}"
    ".wb-chart{margin:1.2em 0;max-width:100%}"
    f'[data-jp-theme-light="true"] .wb-chart{{{css_variables("light")}}}'
    f'[data-jp-theme-light="false"] .wb-chart{{{css_variables("dark")}}}'
    ".wb-chart .wb-plain{display:none}"
    ".wb-chart svg{display:block;width:100%;height:auto}"
    ".wb-chart .wb-title{font-weight:700;font-size:1.1em;margin:0 0 .5em;color:var(--wb-ink);"
    "text-wrap:balance}"
    ".wb-chart .wb-note{font-size:.85em;margin:.3em 0;color:var(--wb-muted)}"
    ".wb-chart .wb-data{font-size:.85em;color:var(--wb-ink)}"
    ".wb-chart .wb-data th,.wb-chart .wb-data td{text-align:left;padding:.15em .8em .15em 0}"
    "</style>"
)
