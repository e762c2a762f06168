"""A learner at the other end: a home of their own, changes as the browser sends them.

Jupyter swallows what goes wrong in a widget's handler. Here nothing is swallowed: the dispatcher
lets errors through, and so does the panel, unless a test asks for the panel's own manners.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets
import pytest
from ipywidgets.widgets.widget import CallbackDispatcher

from workbook.lesson import Lesson, open_case
from workbook.lesson.panel import Panel


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's home, empty."""
    folder = tmp_path / "home"
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    return folder


def dispatch(self: CallbackDispatcher, *args: Any, **kwargs: Any) -> Any:
    """Call every handler and let its errors through."""
    answer = None
    for callback in self.callbacks:
        answer = callback(*args, **kwargs)
    return answer


@pytest.fixture(autouse=True)
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors in handlers reach the test."""
    monkeypatch.setattr(CallbackDispatcher, "__call__", dispatch)
    quiet = ipywidgets.Widget._handle_msg
    monkeypatch.setattr(ipywidgets.Widget, "_handle_msg", getattr(quiet, "__wrapped__", quiet))

    def failed(self: Panel, error: Exception) -> None:
        raise error

    monkeypatch.setattr(Panel, "failed", failed)


@pytest.fixture
def well_mannered(loud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors in handlers are reported in the panel, as a learner sees them."""
    from workbook.lesson.panel import error_text

    monkeypatch.setattr(Panel, "failed", lambda self, e: self.say(error_text(e, self.w), "fault"))


@pytest.fixture
def lesson_in() -> Callable[..., Lesson]:
    """Open the lozenge, with few lives so that a test is quick."""

    def opened(lang: str = "en", **how: Any) -> Lesson:
        return open_case("caffeine-lozenge", lang, **{"runs": 300, **how})

    return opened


@pytest.fixture
def lesson(lesson_in: Callable[..., Lesson]) -> Lesson:
    """The lozenge in English."""
    return lesson_in()
