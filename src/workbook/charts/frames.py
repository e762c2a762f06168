"""The data of a chart as a tidy DataFrame: numbers with named columns in place of texts.

Shares are floats from 0 to 1, weeks are counted from the start of the plan, money is in the
plan's currency. pandas is imported when a frame is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workbook.charts import conversion
from workbook.charts.arrivals import Arrivals
from workbook.charts.crossing import Crossing
from workbook.charts.measure import Followed
from workbook.charts.options import Option
from workbook.outcomes import LEVELS, Outcomes
from workbook.plan import Plan

if TYPE_CHECKING:
    import pandas as pd


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
