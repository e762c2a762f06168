"""The base requirements are all that a learner's notebooks need."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import workbook
from workbook.cli import BROUGHT_BY, extra_of, main

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks" / "en").glob("0[0-5]-*.ipynb"))


@pytest.mark.slow
def test_a_learners_notebooks_run_with_the_base_requirements_only(tmp_path):
    """00 to 05 from top to bottom, in a Python that refuses every other package."""
    assert len(NOTEBOOKS) == 6
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "light.py", *NOTEBOOKS],
        env={**os.environ, "WORKBOOK_HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == ["ran"], done.stderr[-2000:]


def test_the_base_requirements_are_few_and_the_extras_bring_the_rest():
    """What a browser must load is named here; a new one is a decision."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    base = {line.partition(">=")[0] for line in project["dependencies"]}
    assert base == {
        *("anywidget", "babel", "filelock", "ipywidgets", "matplotlib", "numpy", "pandas"),
        *("pydantic", "ruamel.yaml", "tqdm"),
    }
    for extra in BROUGHT_BY:
        named = {
            line.partition(">=")[0].lower() for line in project["optional-dependencies"][extra]
        }
        assert named & set(BROUGHT_BY[extra])


def test_a_missing_extra_is_named(monkeypatch, capsys, tmp_path):
    """A command that lacks a package says which extra brings it; no traceback."""
    monkeypatch.chdir(tmp_path)
    for module in [m for m in sys.modules if m.partition(".")[0] == "tornado"]:
        monkeypatch.setitem(sys.modules, module, None)
    if hasattr(workbook, "room"):  # what is imported below takes its place until the test ends
        monkeypatch.setattr(workbook, "room", workbook.room)
    for module in [m for m in sys.modules if m.startswith("workbook.room")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "tornado", None)
    assert main(["room", "--port", "0", "--lang", "en"]) == 1
    assert "tornado" in (said := capsys.readouterr().err)
    assert "'milestone-workbook[lab]'" in said
    assert extra_of("papermill.engines") == "reports"
    assert extra_of("numpy") is None
