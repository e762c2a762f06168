"""A drawn picture on a page: one HTML figure that needs nothing else.

A chart draws on the axes of `pen`, which writes small SVG: the same bytes every time, its ids its
own, its colours CSS variables, so that it follows a light and a dark page. Text is drawn as paths
and looks the same everywhere; the finding, the alternative text and the data stand beside it as
HTML for whoever does not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from inspect import signature
from typing import TYPE_CHECKING, Any, Protocol

from workbook.charts.marks import Bases, assumed_line, how_found
from workbook.charts.palette import PALETTE
from workbook.charts.pen.axes import Axes as PageAxes
from workbook.charts.pen.paper import Paper
from workbook.charts.pen.steps import short
from workbook.charts.style import clean
from workbook.outcomes import Outcomes
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


WHOLE = (0.0, 0.0, 1.0, 1.0)


class Chart(Protocol):
    """What a module of this room offers: one picture of one kind of result."""

    def draw(self, result: Any, ax: Axes, words: Words, **options: Any) -> Axes:
        """Draw it on an axes."""

    def size(self, result: Any) -> tuple[float, float]:
        """Inches that it wants."""

    def title(self, result: Any, words: Words) -> str:
        """Its finding."""

    def alt(self, result: Any, words: Words) -> str:
        """What it shows, in words."""

    def table(self, result: Any, words: Words) -> list[tuple[str, ...]]:
        """What it shows, as rows; the head first."""


@dataclass(frozen=True)
class Picture:
    """A drawn chart with all that is said about it; a notebook and a page show its `html`."""

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
    chart: Chart,
    result: Any,
    words: Words,
    *,
    basis: Bases | None = None,
    notes: Sequence[str] = (),
    key: str = "",
    **options: Any,
) -> Picture:
    """Draw a chart for a page.

    Parameters
    ----------
    chart
        A module of this room: `chain`, `runway`, `fates`, `conversion`, `options`, `crossing`.
    result
        What that chart draws: Outcomes, a Plan or a Comparison.
    basis
        `Case.basis`: marks what is assumed.
    notes
        Further lines under the picture.
    key
        Tells apart two like pictures on one page.
    options
        Passed on to the chart's `draw`.
    """
    if basis is not None and "basis" in signature(chart.draw).parameters:
        options["basis"] = basis
    title, alt = clean(chart.title(result, words)), clean(chart.alt(result, words))
    lines = [*_sureness(chart, result, words, basis), *notes]
    return Picture(
        svg=_svg(chart, result, words, (title, alt, key), **options),
        title=title,
        alt=alt,
        notes=tuple(clean(line) for line in lines if line),
        rows=tuple(tuple(map(clean, row)) for row in chart.table(result, words)),
        data_label=words("The figures of this picture as a table"),
        lang=words.html_lang,
    )


def _sureness(chart: Chart, result: Any, words: Words, basis: Bases | None) -> list[str]:
    """How the figures were found and what they rest on; a chart may tell it itself."""
    if hasattr(chart, "notes"):
        return list(chart.notes(result, words, basis))
    found = [how_found(result, words)] if isinstance(result, Outcomes) else []
    return [*found, assumed_line(basis, words)]


def _svg(
    chart: Chart, result: Any, words: Words, said: tuple[str, str, str], **options: Any
) -> str:
    """The drawing; `said` are its title, its alternative text and what tells it apart."""
    title, alt, key = said
    width, height = (72 * inches for inches in chart.size(result))
    left, foot, wide, high = getattr(chart, "FRAME", WHOLE)
    paper = Paper(width, height)
    box = (left * width, (1 - foot - high) * height, wide * width, high * height)
    ax: Any = PageAxes(paper, box)
    chart.draw(result, ax, words, **options)
    ax.finish()
    style = f"max-width:{width * 4 / 3:.0f}px;stroke-linejoin:round"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {short(width)} {short(height)}"'
        f' role="img" aria-label="{escape(alt)}" style="{style}">'
        f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>{paper.svg(key)}</svg>"
    )


def _shades(which: str) -> str:
    return "".join(f"--wb-{name}:{getattr(c, which)};" for name, c in PALETTE.items())


STYLE = (
    "<style>"
    f".wb-chart{{{_shades('light')}margin:1.2em 0;max-width:100%}}"
    f"@media screen and (prefers-color-scheme:dark){{.wb-chart{{{_shades('dark')}}}}}"
    f'[data-jp-theme-light="true"] .wb-chart{{{_shades("light")}}}'
    f'[data-jp-theme-light="false"] .wb-chart{{{_shades("dark")}}}'
    ".wb-chart .wb-plain{display:none}"
    ".wb-chart svg{display:block;width:100%;height:auto}"
    ".wb-chart .wb-title{font-weight:700;font-size:1.1em;margin:0 0 .5em;color:var(--wb-ink);"
    "text-wrap:balance}"
    ".wb-chart .wb-note{font-size:.85em;margin:.3em 0;color:var(--wb-muted)}"
    ".wb-chart .wb-data{font-size:.85em;color:var(--wb-ink)}"
    ".wb-chart .wb-data th,.wb-chart .wb-data td{text-align:left;padding:.15em .8em .15em 0}"
    "</style>"
)
