"""Whole notebooks in a real JupyterLab: in the dark, at 200%, without motion."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.lab import Notebook, lab_server, open_notebook  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
ZOOMED = {"width": 683, "height": 384}
"""What is left of a laptop's screen at 200%."""
OURS = ".wb-live, .wb-still, .wb-chart, .wbr"
"""What of a page is ours; the rest is Lab's."""
TOO_WIDE = """() => [...document.querySelectorAll('.wb-live, .wb-still, .jp-RenderedMarkdown')]
  .filter((part) => part.offsetParent && part.scrollWidth > part.clientWidth + 1)
  .map((part) => part.innerText.slice(0, 60))"""


def few_lives(folder: Path, lang: str, name: str) -> Path:
    """A copy of a notebook that plays few lives, and starts no further runs."""
    notebook = nbformat.read(NOTEBOOKS / lang / f"{name}.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = re.sub(r"runs: int = \d+", "runs: int = 200", cell.source)
    cell.source = cell.source.replace("alone: bool = False", "alone: bool = True")
    nbformat.write(notebook, folder / f"{lang}-{name}.ipynb")
    return folder / f"{lang}-{name}.ipynb"


PAGES = [
    ("en", "02-training-camp"),
    ("zh", "04-side-business"),
    ("zh", "05-your-chain"),
    ("en", "07-take-part"),
    ("zh", "08-in-your-own-hands"),
]


def test_pages_in_the_dark_at_200_percent_without_motion(open_notebook, tmp_path):  # noqa: F811
    """No fault that axe finds, nothing wider than its place, nothing that moves; each page runs."""
    found: dict[str, Any] = {}
    for lang, name in PAGES:
        notebook: Notebook = open_notebook(few_lives(tmp_path, lang, name))
        page = notebook.page
        page.set_viewport_size(ZOOMED)
        page.emulate_media(reduced_motion="reduce")
        notebook.command("apputils:change-theme", theme="JupyterLab Dark")
        notebook.run_all()
        assert notebook.errors == [], name
        page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
        faults = Axe().run(page, context=".jp-Notebook").response["violations"]
        ours = [
            (fault["id"], node["html"][:90])
            for fault in faults
            for node in fault["nodes"]
            if page.locator(OURS).filter(has=page.locator(node["target"][-1])).count()
        ]
        wide = page.evaluate(TOO_WIDE)
        moving = page.evaluate(
            "() => document.getAnimations().filter(it => it.playState === 'running'"
            " && it.effect.target?.closest('.wb-live, .wb-still, .wbr')).length"
        )
        if ours or wide or moving:
            found[name] = (ours, wide, moving)
    assert found == {}
