"""A chart as one self-contained HTML figure, and its data as a tidy DataFrame.

A chart describes what it shows and `svg` writes it: the same bytes every time, its colours CSS
variables, so that it follows a light and a dark page. The finding, the alternative text and the
data are next to it as HTML for a reader who does not see it.

In a frame shares are floats from 0 to 1, weeks are counted from the start of the plan, money is in
the plan's currency. pandas is imported when a frame is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from inspect import signature
from typing import TYPE_CHECKING, Any, Protocol

from workbook.charts import conversion
from workbook.charts.arrivals import Arrivals
from workbook.charts.crossing import Crossing
from workbook.charts.description import Figure, css_variables
from workbook.charts.measure import Followed
from workbook.charts.options import Option
from workbook.charts.svg import svg
from workbook.charts.text_layout import Bases, assumed_line, clean, how_found
from workbook.outcomes import LEVELS, Outcomes
from workbook.plan import Plan
from workbook.words import Words

if TYPE_CHECKING:
    import pandas as pd


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
    lines = [*sureness(chart, result, words, basis), *notes]
    return Picture(
        svg=svg(chart.describe(result, words, **options), title, alt),
        title=title,
        alt=alt,
        notes=tuple(clean(line) for line in lines if line),
        rows=tuple(tuple(map(clean, row)) for row in (chart.table(result, words) if rows else ())),
        data_label=words("The figures of this picture as a table"),
        lang=words.html_lang,
    )


def sureness(chart: Any, result: Any, words: Words, basis: Bases | None) -> list[str]:
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


def frame_of(chart: str, result: Any) -> pd.DataFrame:
    """Return the data of a chart.

    Parameters
    ----------
    chart
        The name of its module: "chain", "runway", "fates", "timeline", "conversion", "options",
        "crossing", "arrivals" or "measure".
    result
        What the chart shows.

    Returns
    -------
    DataFrame
        Indexed and with columns as the function of that chart below says.
    """
    return FRAMES[chart](result)


def _fates(played: Outcomes) -> pd.DataFrame:
    """Index `fate`; `share` of all lives and its standard `error`."""
    return _table("fate", played.fates, share=played.fates, error=played.fates_error)


def _runway(played: Outcomes) -> pd.DataFrame:
    """Index `week`; `Outcomes.weekly_frame`."""
    return played.weekly_frame()


def _chain(result: Plan | Outcomes) -> pd.DataFrame:
    """Index `milestone`; its `number`, `needs` (ids), `necessary`; after a play its odds."""
    import pandas as pd

    plan = result if isinstance(result, Plan) else result.as_played
    rows = {
        m.id: {
            "number": n,
            "needs": " ".join(m.needs),
            "needs_any": " ".join(m.needs_any),
            "necessary": m.necessary,
        }
        for n, m in enumerate(plan.milestones, 1)
    }
    found = pd.DataFrame.from_dict(rows, orient="index").rename_axis("milestone")
    return found if isinstance(result, Plan) else found.join(result.milestones_frame())


def _timeline(played: Outcomes) -> pd.DataFrame:
    """Index `milestone`; `Outcomes.milestones_frame`."""
    return played.milestones_frame()


def _conversion(result: Plan | Outcomes) -> pd.DataFrame:
    """Index `milestone`; the conversion `before` and `after` it, shares of those who are asked."""
    steps = {step.id: step for step in conversion.steps(result)}
    before, after = ({id: getattr(s, name) for id, s in steps.items()} for name in ENDS)
    return _table("milestone", steps, before=before, after=after)


ENDS = ("before", "after")


def _options(ranked: tuple[Option, ...]) -> pd.DataFrame:
    """Index `option`; shares `goal` and `ruin`, the `gap` to the best, each with its error."""
    columns: dict[str, dict[str, float]] = {}
    for option in ranked:
        fates, errors = option.outcomes.fates, option.outcomes.fates_error
        found = {"goal": fates["goal"], "goal_error": errors["goal"], "ruin": fates["ruin"]}
        found |= {"ruin_error": errors["ruin"], "gap": option.gap.value}
        found["gap_error"] = option.gap.error
        for column, value in found.items():
            columns.setdefault(column, {})[option.name] = float(value)
    return _table("option", [option.name for option in ranked], **columns)


def _crossing(found: Crossing) -> pd.DataFrame:
    """Index `value` of the figure that varies; a column per option: its share at the goal."""
    import pandas as pd

    shares = {name: list(found.sweep.goal[id]) for id, name in found.names.items()}
    return pd.DataFrame(shares, index=pd.Index(list(found.sweep.values), name="value"))


def _arrivals(found: Arrivals) -> pd.DataFrame:
    """Index `step`; a column per line: the share that has arrived by then."""
    import pandas as pd

    shares = {name: [float(line[n]) for n in found.steps] for name, line in found.lines.items()}
    return pd.DataFrame(shares, index=pd.Index(list(found.steps), name="step"))


def _measure(found: Followed) -> pd.DataFrame:
    """Index `week`; `under_way`, a share of all lives, and quantiles of those: `p05` … `p95`."""
    import pandas as pd

    weekly = found.outcomes.weekly
    columns = {f"p{round(q * 100):02d}": row for q, row in zip(LEVELS, found.band, strict=True)}
    index = pd.Index(weekly.weeks, name="week")
    return pd.DataFrame({"under_way": weekly.under_way, **columns}, index=index)


def _table(index: str, rows: Any, **columns: Any) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns, index=pd.Index(list(rows), name=index))


FRAMES: dict[str, Callable[[Any], pd.DataFrame]] = {
    "chain": _chain,
    "runway": _runway,
    "fates": _fates,
    "timeline": _timeline,
    "conversion": _conversion,
    "options": _options,
    "crossing": _crossing,
    "arrivals": _arrivals,
    "measure": _measure,
}


def outcomes_of(result: Any) -> Outcomes | dict[str, Outcomes] | None:
    """Return the outcomes behind a chart: one, or those of each option by name; None without."""
    if isinstance(result, tuple):
        return {option.name: option.outcomes for option in result}
    found = result.outcomes if isinstance(result, Followed) else result
    return found if isinstance(found, Outcomes) else None


def plan_of(result: Any) -> Plan | None:
    """Return the plan behind a chart as it was played; None for a chart of several."""
    if isinstance(result, Plan):
        return result
    found = outcomes_of(result)
    return found.as_played if isinstance(found, Outcomes) else None
