"""What can be taken out of a panel: its charts, their data, what was played.

A panel that is still closed shows no chart, and nothing can be taken out of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib import import_module
from typing import TYPE_CHECKING

from workbook.errors import WorkError
from workbook.lesson.markup import Rows, Shown
from workbook.words import N_, Words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from workbook.outcomes import Outcomes
    from workbook.plan import Plan

CLOSED = N_("This part shows no chart, or it is still closed: open it first.")


def _frame(one: Shown) -> pd.DataFrame:
    """Return the data of a chart or of a table."""
    from workbook.charts.picture import frame_of

    if isinstance(one.result, Rows):
        return one.result.frame()
    return frame_of(one.chart, one.result)


class Contents(ABC):
    """The charts and tables that a panel shows, as data and as figures."""

    w: Words
    _shown: dict[str, Shown] | None

    @abstractmethod
    def _render(self) -> None:
        """Render, and remember what is shown."""

    @property
    def _shown_here(self) -> dict[str, Shown]:
        if self._shown is None:
            self._render()
        return self._shown or {}

    @property
    def _drawn(self) -> tuple[Shown, ...]:
        """The charts, the first one first; WorkError without any."""
        _ = self._chart()
        return tuple(self._shown_here[name] for name in self.charts)

    def _chart(self, name: str | None = None) -> Shown:
        """Return a chart by name, or the first; WorkError with the names that there are."""
        charts = {id: it for id, it in self._shown_here.items() if not isinstance(it.result, Rows)}
        if not charts:
            raise WorkError(CLOSED)
        if name is None:
            return next(iter(charts.values()))
        if name not in charts:
            template = "This part shows no chart '{name}'; it shows: {charts}."
            raise WorkError(template, name=name, charts=", ".join(charts))
        return charts[name]

    @property
    def charts(self) -> tuple[str, ...]:
        """The names of the charts that it shows now; empty while it is closed."""
        return tuple(
            name for name, one in self._shown_here.items() if not isinstance(one.result, Rows)
        )

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The data of each chart by name, as `workbook.charts.picture` describes it."""
        return {name: _frame(one) for name, one in self._shown_here.items()}

    @property
    def frame(self) -> pd.DataFrame:
        """The data of its first chart or table; WorkError while it is closed.

        >>> from workbook.lesson import open_case
        >>> stall = open_case("tea-stall", runs=200, batch=True)
        >>> list(stall.cards().frame.columns)
        ['cost_of_a_try', 'tries_needed', 'tries_paid']
        """
        frames = self.frames
        if not frames:
            raise WorkError(CLOSED)
        return next(iter(frames.values()))

    def figure(self, chart: str | None = None) -> Figure:
        """Draw a chart with its title as a matplotlib Figure; the first, if none is named.

        Raises
        ------
        WorkError
                If it is still closed, or shows no chart of this name.

        >>> from workbook.lesson import open_case
        >>> stall = open_case("tea-stall", runs=200, batch=True)
        >>> len(stall.situation().figure("chain").axes)
        1
        """
        from workbook.charts.artists import slide

        one = self._chart(chart)
        return slide(import_module(f"workbook.charts.{one.chart}"), one.result, self.w)

    @property
    def outcomes(self) -> Outcomes | dict[str, Outcomes]:
        """What was played: `Outcomes`, or those of each option by its name.

        >>> from workbook.lesson import open_case
        >>> stall = open_case("tea-stall", runs=200, batch=True)
        >>> bet = stall.bet(recorded=("fair", 70))
        >>> stall.many().outcomes.runs
        200
        >>> len(stall.options().outcomes)
        3
        """
        from workbook.charts.picture import outcomes_of

        found = (outcomes_of(one.result) for one in self._drawn)
        for outcomes in found:
            if outcomes is not None:
                return outcomes
        raise WorkError("This part shows nothing that was played.")

    @property
    def plan(self) -> Plan:
        """The plan that was played, with the options taken.

        >>> from workbook.lesson import open_case
        >>> stall = open_case("tea-stall", runs=200, batch=True)
        >>> stall.situation().plan.goal
        'regulars'
        """
        from workbook.charts.picture import plan_of

        for one in self._drawn:
            if (plan := plan_of(one.result)) is not None:
                return plan
        raise WorkError("This part shows several plans: `outcomes` has each of them.")
