"""A cell that is run before those above it says what to run, in any notebook and any Jupyter."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from notebooks.pages import LANGUAGES, NAMES, NOTEBOOKS, code_of, read
from workbook.out_of_order import sentence
from workbook.words import Words

pytestmark = pytest.mark.slow

RUN_ABOVE = {"en": "Run All Above Selected Cell", "zh": "运行选中单元格上方的所有单元格"}


def errors(client: Any, cell: str) -> list[dict[str, Any]]:
    """Run a cell; the errors that it shows."""
    found: list[dict[str, Any]] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "error":
            found.append(message["content"])

    client.execute_interactive(cell, output_hook=hear, timeout=60)
    return found


EMPTY = """
for name in [name for name in globals() if not name.startswith("_")]:
    if name not in ("In", "Out", "exit", "quit", "open", "get_ipython", "name"):
        del globals()[name]
"""


def names_missing(cell: str) -> bool:
    """Whether a cell needs what another one defines: all but settings and imports do."""
    return "lesson" in cell or "seat" in cell or "room." in cell or "hands" in cell or "pd." in cell


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_single_cell_after_a_restart_says_what_to_run(lang, tmp_path, monkeypatch):
    """A real kernel in the notebook's folder, restarted: one sentence, no traceback, any cell."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    for name in NAMES:
        shutil.copy(NOTEBOOKS / lang / f"{name}.ipynb", tmp_path)
    manager, client = start_new_kernel(cwd=str(tmp_path))
    try:
        assert errors(client, "lesson = 1\nlesson") == []
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        cells = dict.fromkeys(cell for name in NAMES for cell in code_of(read(lang, name)))
        shown = [
            error for cell in filter(names_missing, cells) for error in errors(client, EMPTY + cell)
        ]
        assert len(shown) > 80
        for error in shown:
            assert len(error["traceback"]) == 1, error
            assert RUN_ABOVE[lang] in error["traceback"][0]
        assert len(errors(client, "lesso.many()")[0]["traceback"]) > 1
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_other_notebooks_keep_their_own_errors(tmp_path):
    """A notebook that does not use the workbook, a torn one, an unknown name: nothing is said."""
    cells = [{"cell_type": "code", "source": ["plan = 1"]}, {"cell_type": "markdown"}]
    (tmp_path / "own.ipynb").write_text(json.dumps({"cells": cells}))
    (tmp_path / "torn.ipynb").write_text('{"cells": [')
    ours = NOTEBOOKS / "zh" / "08-in-your-own-hands.ipynb"
    files = [tmp_path / "own.ipynb", tmp_path / "torn.ipynb", tmp_path / "none.ipynb"]
    assert sentence("plan", files) == ""
    assert sentence("nonsense", [ours]) == ""
    for name in ("plan", "pd", "lang", "ranges"):
        assert sentence(name, [*files, ours]).startswith(f"“{name}”")
        assert RUN_ABOVE[Words("zh").lang] in sentence(name, [ours])
