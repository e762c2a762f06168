"""The companion in a real JupyterLab: an interval is written down, and the picture opens."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def test_a_guess_is_written_down_and_shown_how_it_did(open_notebook, tmp_path):
    """Closed before the guess, open after it; the interval is kept; dark, small and axe-clean."""
    notebook = nbformat.read(NOTEBOOKS / "zh" / "03-ai-companion.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = cell.source.replace("runs: int = 2000", "runs: int = 300")
    nbformat.write(notebook, tmp_path / "zh.ipynb")
    lab = open_notebook(tmp_path / "zh.ipynb")
    page = lab.page
    lab.command("apputils:change-theme", theme="JupyterLab Dark")
    lab.run_all()
    assert lab.errors == []
    panels = page.locator(".jp-CodeCell", has_text='guess("merge")').locator(".wb-live")
    merge = page.locator(".jp-CodeCell", has_text="lesson.merge(").locator(".wb-live")
    assert merge.locator("figure").count() == 0
    for box, end in zip(panels.locator("input").all(), ("3", "8"), strict=True):
        box.fill(end)
        box.press("Tab")
    panels.locator("button").click()
    merge.locator("figure svg").wait_for()
    panels.get_by_text("在你的区间之外").wait_for()
    (guess,) = json.loads((lab.lab.home / "progress.json").read_text())["guesses"].values()
    assert (guess["low"], guess["high"]) == (3, 8)
    found = Axe().run(page, context=".wb-live").response
    assert found["passes"]
    assert [fault["id"] for fault in found["violations"]] == []
