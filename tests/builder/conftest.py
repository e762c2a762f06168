"""What the tests of the builder stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.builder.view import answer_scheduler, callbacks


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The founder's home, empty; nothing of ours that raises is swallowed; no loop to wait on.

    A browser test that ran before in this process leaves its own loop running.
    """
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    monkeypatch.setattr(callbacks, "strict", True)
    monkeypatch.setattr(answer_scheduler, "running_loop", lambda: None)
    return tmp_path
