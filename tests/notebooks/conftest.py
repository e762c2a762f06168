"""Each notebook run once in each language by papermill; its outputs shared by the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from notebooks.pages import parameters_of, run

FEW = 300


@pytest.fixture(scope="session")
def default_run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Any]:
    """The run of a notebook with its defaults (but few lives), made when first asked for."""
    made: dict[tuple[str, str], Any] = {}

    def ran(lang: str, name: str) -> Any:
        if (lang, name) not in made:
            few: dict[str, Any] = {"runs": FEW} if "runs" in parameters_of(name) else {}
            if "alone" in parameters_of(name):  # starts further runs of itself, in one language
                few = {"runs": 100, "alone": lang == "zh"}
            made[lang, name] = run(tmp_path_factory.mktemp(name), lang, name, **few)
        return made[lang, name]

    return ran


@pytest.fixture(autouse=True)
def home(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A learner's home, empty, for pages played in this process."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
