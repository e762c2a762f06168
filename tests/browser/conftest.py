"""One JupyterLab for all tests of a worker, a notebook open in it, and time for a busy machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from browser.lab import PATIENCE_MS, Lab, Notebook, serve

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """pytest-playwright's, which waits as long as a busy machine needs."""
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Lab]:
    """One Lab for the whole session (it needs some seconds to start)."""
    yield from serve(tmp_path_factory.mktemp("lab"))


@pytest.fixture
def open_notebook(
    lab_server: Lab, page: Any, tmp_path: Path
) -> Iterator[Callable[[Path], Notebook]]:
    """Open a copy of a notebook: `open_notebook(path)`; the learner's home starts empty."""

    def opened(source: Path) -> Notebook:
        shutil.rmtree(lab_server.home, ignore_errors=True)
        copy = lab_server.root / f"{tmp_path.name}-{source.name}"
        shutil.copyfile(source, copy)
        return Notebook(page, lab_server, copy).open()

    yield opened
    for leftover in lab_server.root.glob(f"{tmp_path.name}-*"):
        leftover.unlink()
