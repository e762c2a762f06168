"""The side business in a real JupyterLab: its sums are in dollars, which a page may misread."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "en" / "04-side-business.ipynb"


def test_sums_in_dollars_are_read_as_sums(open_notebook, tmp_path):
    """Lab sets the one formula that a learner writes, and none of what stands between two sums."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    cells = {cell.source.strip(): cell for cell in notebook.cells}
    set_up = next(cell for source, cell in cells.items() if source.startswith("from workbook"))
    parameters = next(
        cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])
    )
    parameters.source = parameters.source.replace('bet: str = ""', 'bet: str = "short-round"')
    bet = cells['lesson.bet("by-hand-or-not", recorded=(bet, confidence))']
    formula = nbformat.v4.new_markdown_cell("$x^2$")
    notebook.cells = [parameters, set_up, bet, cells["lesson.wage()"], formula]
    nbformat.write(notebook, tmp_path / "sums.ipynb")
    page = open_notebook(tmp_path / "sums.ipynb").run_all().page
    page.locator(".jp-MarkdownOutput mjx-container").wait_for()
    assert page.locator("mjx-container").count() == 1
    assert page.locator(".wb-still .wb-say").last.inner_text().count("$") == 2
