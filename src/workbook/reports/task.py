"""One report to make, and what became of it: plain data that crosses to a worker and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbook import cases
from workbook.errors import InputError, Message, fault
from workbook.reports.folder import fingerprint, package_print, stem_of
from workbook.reports.notebook import shipped

PLAN_SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True)
class Settings:
    """What holds for every report of a batch.

    Attributes
    ----------
    seconds
        Time limit of one cell.
    notebook
        Another notebook than the shipped one, with the same parameters and end mark.
    """

    lang: str = "en"
    runs: int = 10_000
    seed: int = 1
    seconds: int = 120
    notebook: Path | None = None

    @property
    def path(self) -> Path:
        """The notebook that makes the reports."""
        return self.notebook or shipped(self.lang)


@dataclass(frozen=True)
class Task:
    """One report to make.

    Attributes
    ----------
    source
        As the user called it.
    id, stem
        The plan's id; the file name of its report without suffix.
    text
        The plan file; None for a shipped case, which the notebook finds by its id.
    mark
        Fingerprint of everything that the report is made from.
    """

    source: str
    id: str
    stem: str
    text: str | None
    mark: str


State = Literal["made", "kept", "failed", "faulty"]


@dataclass(frozen=True)
class Row:
    """What became of one report. `goal` is the chance of reaching it, where there is a page."""

    source: str
    stem: str
    state: State
    title: str = ""
    finding: str = ""
    goal: float | None = None
    reasons: tuple[Message, ...] = ()
    seconds: float = 0.0


def gather(sources: Sequence[str], settings: Settings) -> tuple[list[Task], list[InputError]]:
    """Read every plan that is named, and every plan file of a folder that is named.

    Returns
    -------
    tuple
        The tasks of the plans that can be played, and the faults of the others.
    """
    base = _base(settings)
    tasks: dict[str, Task] = {}
    errors: list[InputError] = []
    for source in _plans(sources, errors):
        try:
            task = _task(source, base)
            twin = tasks.get(task.stem.casefold())
            if twin is not None and (twin.source, twin.text) != (task.source, task.text):
                raise _same_id(task, twin)
            tasks[task.stem.casefold()] = task
        except InputError as error:
            errors.append(error)
    return list(tasks.values()), errors


def _plans(sources: Sequence[str], errors: list[InputError]) -> list[str]:
    found: list[str] = []
    for source in sources:
        folder = Path(source)
        if not folder.is_dir():
            found.append(source)
            continue
        inside = sorted(
            str(path)
            for path in folder.iterdir()
            if path.suffix.lower() in PLAN_SUFFIXES and path.name != "sources.yaml"
        )
        if not inside:
            empty = fault("", "there is no plan file (.yaml) in this folder")
            errors.append(InputError(source, [empty]))
        found.extend(inside)
    return found


def _task(source: str, base: bytes) -> Task:
    case, text = plan_named(source)
    content = (text or case.text or "").encode()
    mark = fingerprint(content, base)
    return Task(source=source, id=case.id, stem=stem_of(case.id), text=text, mark=mark)


def plan_named(source: str) -> tuple[cases.Case, str | None]:
    """A plan by its file, or a shipped case by its id; and the file's text, None for a case."""
    if source in cases.shipped() and not Path(source).exists():
        return cases.load(source), None
    case = cases.read(source)
    return case, case.text


def _same_id(task: Task, twin: Task) -> InputError:
    template = "the id '{id}' is that of {other} too; give each plan an id of its own"
    return InputError(task.source, [fault("id", template, id=task.id, other=twin.source)])


def _base(settings: Settings) -> bytes:
    notebook = settings.path.read_bytes()
    return fingerprint(notebook, repr(settings).encode(), package_print()).encode()
