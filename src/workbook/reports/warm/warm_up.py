"""A few small reports, made and thrown away, so that every fork finds its caches filled.

Fonts, templates, schemas and translations are slow the first time only. One plan is simulated, one
is exact, and one is made twice: the interpreter specialises a function after some calls.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

PLAN = """\
plan: 1
id: warm-up
goal: shop
horizon_weeks: 30
cash: 9000
burn_per_week: 300
sales: {reach_per_week: 10, conversion: 0.1, price: 50, margin: 0.5}
milestones:
  - {id: demand, stage: demand, weeks: 2, cost: 500, pass_rate: 0.6, gives: {conversion: 0.2}}
  - {id: shop, needs: [demand], weeks: [1, 2, 3], cost: 3000, pass_rate: 0.5}
forks:
  - id: gap
    at: {week: 2}
    options:
      - {id: borrow, loan: {amount: 3000, repay: 4000, repay_after_weeks: 20}}
"""
MODULES = (
    "nbconvert",
    "papermill",
    "workbook.reports.contents",
    "workbook.reports.worker",
)
PARTS = (
    *("opening", "chain", "fates", "runway", "conversion", "milestones", "forks", "review"),
    *("next_steps", "sources", "takeaway", "end"),
)
LIVES = 1_000


def load() -> None:
    """Load what every report needs."""
    for module in MODULES:
        import_module(module)


def make_a_report(lang: str) -> None:
    """Make a report in this process, without a kernel."""
    import nbformat
    import papermill

    from workbook import cases
    from workbook.reports.contents import Report
    from workbook.reports.notebook import ending, quiet, shipped
    from workbook.reports.page import page
    from workbook.reports.starter import STARTERS
    from workbook.words import Words

    words = Words(lang)
    quiet()
    starter = (STARTERS / f"{lang}.yaml").read_text("utf-8")
    for text in (PLAN, starter, starter):
        report = Report(cases.read_text(text), words, LIVES, 1)
        shown = [getattr(report, part)() for part in PARTS]
    notebook: Any = papermill.execute_notebook(
        str(shipped(lang)), None, {"plan": "x"}, engine_name="workbook", prepare_only=True
    )
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"][-len(shown) :]
    for cell, part in zip(cells, shown, strict=True):
        data = part._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data)
        cell.outputs = [output]
    page(notebook, ending(notebook), words)
    nbformat.writes(notebook)
