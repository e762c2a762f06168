"""Small pieces of HTML for a lesson, and its charts. Text comes in plain and is escaped here.

`chart_html` records each chart with the result that it shows while a panel is rendered, for figures
and tables of one's own. A closed panel renders no chart, so nothing can be taken out of it before
it is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbook.cases import Case
from workbook.words import Words
from workbook.words.figures import paragraph

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Shown:
    """A chart, by the name of its module, and the result that it shows; or a table's figures."""

    chart: str
    result: Any


@dataclass(frozen=True)
class Rows:
    """The figures of a table: one mapping per row, its first key the index of the frame.

    Shares are from 0 to 1, money is in the plan's currency, weeks and hours are numbers.
    """

    rows: tuple[Mapping[str, Any], ...]

    def frame(self) -> pd.DataFrame:
        """Return the rows as a DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.rows).set_index(next(iter(self.rows[0])))


_record: ContextVar[list[Shown] | None] = ContextVar("shown", default=None)


@contextmanager
def recorded() -> Iterator[list[Shown]]:
    """Collect the charts that are rendered within."""
    found: list[Shown] = []
    token = _record.set(found)
    try:
        yield found
    finally:
        _record.reset(token)


def record(chart: str, result: Any) -> None:
    """Note a chart for the panel that is being rendered, if any."""
    found = _record.get()
    if found is not None:
        found.append(Shown(chart, result))


def figures(name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Note the figures of a table for the panel that is being rendered."""
    record(name, Rows(tuple(rows)))


def by_name(charts: list[Shown]) -> dict[str, Shown]:
    """Name each chart after its module; a second of one kind is `arrivals-2`."""
    named: dict[str, Shown] = {}
    for shown in charts:
        count = sum(name.split("-")[0] == shown.chart for name in named)
        named[f"{shown.chart}-{count + 1}" if count else shown.chart] = shown
    return named


joined = paragraph


def say(*sentences: str) -> str:
    """Return a paragraph; empty without sentences."""
    said = joined(*sentences)
    return f'<p class="wb-say">{escape(said)}</p>' if said else ""


def small(text: str) -> str:
    """Return a line in small print: a source, a limit."""
    return f'<p class="wb-basis">{escape(text)}</p>' if text else ""


def line(text: str, kind: str = "note") -> str:
    """Return a sentence set apart: a `note`, a `good` or a `fault`."""
    if not text:
        return ""
    return f'<p class="wb-line wb-{kind}" role="status">{escape(text)}</p>'.replace("\n", "<br>")


def fold(summary: str, html: str, *, open: bool = False) -> str:
    """Return a section that unfolds, without a kernel."""
    return f"<details{' open' if open else ''}><summary>{escape(summary)}</summary>{html}</details>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], best: int | None = None) -> str:
    """Return a table: row headers first, numbers aligned right, row `best` in bold."""
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


MOST_ROWS = 12


def chart_table(chart: str, result: Any, case: Case, w: Words) -> str:
    """Return a chart as its finding and its table, the picture folded below them."""
    module = import_module(f"workbook.charts.{chart}")
    head, *rows = module.table(result, w)
    drawn = fold(w("The same as a picture"), chart_html(chart, result, case, w))
    every = -(-len(rows) // MOST_ROWS)
    return say(module.title(result, w)) + table(head, rows[::every]) + drawn


def chart_html(chart: str, result: Any, case: Case, w: Words) -> str:
    """Return a chart as HTML, assumed figures marked; `chart` names a module of the charts."""
    from workbook.charts.picture import picture

    record(chart, result)
    return picture(import_module(f"workbook.charts.{chart}"), result, w, basis=case.basis).html
