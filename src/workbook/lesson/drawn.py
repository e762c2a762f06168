"""A chart for the page of a lesson; the pen is loaded when the first one is drawn."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from workbook.cases import Case
from workbook.words import Words


def drawn(chart: str, result: Any, case: Case, w: Words) -> str:
    """The figure as HTML, assumed figures marked; `chart` names a module of the charts."""
    from workbook.charts.figure import picture

    return picture(import_module(f"workbook.charts.{chart}"), result, w, basis=case.basis).html
