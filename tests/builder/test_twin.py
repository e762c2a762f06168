"""The notebook without a browser: run by papermill, exported by nbconvert, its chain to be seen."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import papermill
import pytest
import yaml
from nbconvert import HTMLExporter

pytestmark = pytest.mark.slow

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "zh" / "05-your-chain.ipynb"
HURTS = "<img src=x onerror='hurt()'>"
NAMES = (HURTS, "x" * 300, "$$\\frac{1}{2}$$", "\u202eשלום", "</svg><script>hurt()</script>")

WIDGET_DATA = re.compile(r'<script type="application/vnd\.jupyter[^>]*>.*?</script>', re.DOTALL)


def test_the_exported_page_shows_a_hostile_chain_as_text(tmp_path, monkeypatch):
    """The chain and its pictures are in the HTML; its names are text; no widget is missing."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    milestones = [{"id": f"m{n}", "name": name, "pass_rate": 0.5} for n, name in enumerate(NAMES)]
    for n in range(1, len(NAMES)):
        milestones[n]["needs"] = [f"m{n - 1}"]
    plan = {"plan": 1, "id": "my-chain", "title": NAMES[0], "goal": "m4", "cash": 9000}
    (tmp_path / "plans").mkdir()
    file = tmp_path / "plans" / "my-chain.yaml"
    file.write_text(yaml.safe_dump({**plan, "milestones": milestones}), "utf-8")
    papermill.execute_notebook(NOTEBOOK, tmp_path / "run.ipynb", progress_bar=False)
    run = nbformat.read(tmp_path / "run.ipynb", as_version=4)
    (still,) = [
        output.data["text/html"]
        for cell in run.cells
        for output in cell.get("outputs", ())
        if "wb-still" in output.get("data", {}).get("text/html", "")
    ]
    assert HURTS not in still
    assert "<script>hurt" not in still
    assert "mathjax_ignore" in still
    chain = still[still.index("<svg") : still.index("</svg>") + len("</svg>")]
    paths = ET.fromstring(chain).iter("{http://www.w3.org/2000/svg}path")
    boxes = [path for path in paths if path.get("fill", "").startswith("var(--wb-fill")]
    assert len(boxes) == len(NAMES)
    exported, _ = HTMLExporter(template_name="lab").from_filename(str(tmp_path / "run.ipynb"))
    assert exported.count("var(--wb-fill") >= still.count("var(--wb-fill") >= 5
    assert 'aria-label="你的链' in exported
    exported = WIDGET_DATA.sub("", exported)  # JSON that no browser reads as HTML
    assert HURTS not in exported
    assert "<script>hurt" not in exported
    assert "odel not found" not in exported
