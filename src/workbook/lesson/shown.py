"""The charts of a panel with the results that they show, for figures and tables of one's own.

`chart_html` records each chart while a panel is rendered. A closed panel renders no chart, so
nothing can be taken out of it before it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """A chart, by the name of its module, and the result that it shows."""

    chart: str
    result: Any


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


def by_name(charts: list[Shown]) -> dict[str, Shown]:
    """Name each chart after its module; a second of one kind is `arrivals-2`."""
    named: dict[str, Shown] = {}
    for shown in charts:
        count = sum(name.split("-")[0] == shown.chart for name in named)
        named[f"{shown.chart}-{count + 1}" if count else shown.chart] = shown
    return named
