"""One report to make, and its result: plain data that is sent to a worker and back.

It is JSON that every reader takes: no NaN, no infinity, nothing but plain values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from workbook import cases
from workbook.errors import Message
from workbook.reports.folder import fingerprint, package_print
from workbook.reports.notebook import shipped


def plain(value: Any) -> Any:
    """The value with NumPy's numbers and arrays made plain, and null for what is no number."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def strict_json(value: Any) -> str:
    """One JSON document, readable, ending in a line end."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def json_line(value: Any) -> str:
    """The same in one line, without the line end: one of several that follow each other."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Settings:
    """Settings for every report of a batch.

    Attributes
    ----------
    seconds
        Time limit of one cell.
    memory_mb
        How much memory a kernel may take beyond what it starts with.
    options
        Taken at forks, `FORK=OPTION` with commas between them.
    policy
        Whether rules for the decisions are searched, which takes some seconds a plan.
    notebook
        Another notebook than the shipped one, with the same parameters and end mark.
    """

    lang: str = "en"
    runs: int = 10_000
    seed: int = 1
    seconds: int = 120
    memory_mb: int = 2048
    options: str = ""
    notebook: Path | None = None
    policy: bool = False

    @property
    def path(self) -> Path:
        """The notebook that makes the reports."""
        return self.notebook or shipped(self.lang)

    @property
    def parameters(self) -> Mapping[str, object]:
        """The notebook's parameters, without the plan."""
        given: dict[str, object] = {"lang": self.lang, "runs": self.runs, "seed": self.seed}
        given |= {"options": self.options} if self.options else {}
        return given | ({"policy": True} if self.policy else {})


@dataclass(frozen=True)
class Task:
    """One report to make.

    Attributes
    ----------
    source
        As the user named it.
    id, stem
        The plan's id; the file name of its report without suffix.
    text
        The plan file; None for a shipped case, which the notebook finds by its id.
    mark
        Fingerprint of everything that the report is made from.
    name
        Whose report it is, if a class list says so.
    changes
        Figures of the plan that a class list sets, by path: `cash`, `sales.price`.
    parameters
        Parameters of the notebook that differ from the settings.
    class_list
        Name of its class list; empty if it has none.
    """

    source: str
    id: str
    stem: str
    text: str | None
    mark: str
    name: str = ""
    changes: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, object] = field(default_factory=dict)
    class_list: str = ""


@dataclass(frozen=True)
class Order:
    """A report to make, complete: a worker needs no file of this machine.

    Attributes
    ----------
    notebook
        The text of the notebook that makes it.
    package
        Fingerprint of the package that has to make it.
    out
        The folder to write to; None: the files are sent back.
    """

    task: Task
    settings: Settings
    notebook: str
    package: str
    out: Path | None


State = Literal["made", "kept", "failed", "faulty"]


@dataclass(frozen=True)
class Row:
    """The result of one report.

    Attributes
    ----------
    goal
        Chance of the goal, if there is a page.
    name
        Whose report it is, if a class list says so.
    """

    source: str
    stem: str
    state: State
    title: str = ""
    finding: str = ""
    goal: float | None = None
    reasons: tuple[Message, ...] = ()
    seconds: float = 0.0
    name: str = ""


@dataclass(frozen=True)
class Made:
    """The answer to an order: its row, and its files if they are not written yet."""

    row: Row
    files: Mapping[str, str] = field(default_factory=dict)


def orders(tasks: Iterable[Task], settings: Settings, out: Path | None) -> Iterator[Order]:
    """Turn tasks into orders, each only when it is asked for."""
    package = package_print().decode()
    texts: dict[Path, str] = {}
    for task in tasks:
        own = replace(settings, lang=str(task.parameters.get("lang", settings.lang)))
        if own.path not in texts:
            texts[own.path] = own.path.read_text("utf-8")
        yield Order(task, own, texts[own.path], package, out and out.resolve())


def mark_of(text: str, settings: Settings, changes: Mapping[str, object] = EMPTY) -> str:
    """Fingerprint of a report's plan, changes, parameters, notebook and package."""
    edits = repr((sorted(settings.parameters.items()), sorted(changes.items())))
    return fingerprint(text.encode(), edits.encode(), _maker(settings.path))


def clear_fingerprints() -> None:
    """Forget the fingerprints of notebooks, because one may have been edited."""
    _maker.cache_clear()


@cache
def _maker(notebook: Path) -> bytes:
    return fingerprint(notebook.read_bytes(), package_print()).encode()


def plan_named(source: str) -> tuple[cases.Case, str | None]:
    """Read a plan file or a shipped case; returns it with the file's text, None for a case."""
    if source in cases.known() and not Path(source).exists():
        return cases.load(source), None
    case = cases.read(source)
    return case, case.text
