"""The plans in the learner's folder: listed, made, copied, renamed, put aside and brought back.

A plan is a file with the folder of its versions. One that is deleted is put aside under
`plans/.deleted/` with its versions, and can be brought back under its name.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from workbook import cases
from workbook.builder.edits import RefusedError
from workbook.builder.plan_store import PLANS
from workbook.cases.file import put, text_of
from workbook.cases.writing import text_for
from workbook.consistency.faults import one_line
from workbook.errors import InputError, WorkError
from workbook.files import home
from workbook.plan import Bilingual, Text
from workbook.words import Words

NAME = re.compile(r"\w[\w-]{0,63}")
"""What a plan may be called: it is the name of its file."""
COPY = re.compile(r" \(copy(?: \d+)?\)$|（副本(?: ?\d+)?）$")
MOST_LETTERS = 200
DELETED = ".deleted"
MOST = 200


@dataclass(frozen=True)
class Listed:
    """A plan of the folder: its name, its title ("" if it cannot be read), when it was written."""

    name: str
    title: Text
    written: datetime


def folder() -> Path:
    """Return the folder with the learner's plans."""
    return home() / PLANS


def _files() -> list[tuple[datetime, Path]]:
    """Return the plan files of the folder, the one written last first."""
    found = []
    for file in folder().glob("*.yaml"):
        with suppress(OSError):
            found.append((datetime.fromtimestamp(file.stat().st_mtime, UTC), file))
    return sorted(found, reverse=True)[:MOST]


def names() -> list[str]:
    """Return the names of the plans of the folder; no file is read for that."""
    return [file.stem for _, file in _files()]


def listed() -> list[Listed]:
    """Return the plans of the folder, the one written last first."""
    found = []
    for written, file in _files():
        try:
            title = cases.read(file).plan.title
        except OSError:
            continue
        except InputError:
            title = ""
        found.append(Listed(file.stem, title, written))
    return found


def named(name: object) -> Path:
    """Return the file of a plan of that name; refused if no file can have it."""
    text = re.sub(r"[\s.]+", "-", one_line(name) if isinstance(name, str) else "").strip("-")
    if not NAME.fullmatch(text):
        raise RefusedError(
            "“{name}” is no name for a plan; use letters, digits and hyphens, 64 at most.",
            name=one_line(name)[:80],
        )
    return folder() / f"{text}.yaml"


def free(name: object) -> Path:
    """Return the file of a new plan of that name; refused if there is one."""
    file = named(name)
    if file.exists() or file.stem.casefold() in {name.casefold() for name in names()}:
        raise RefusedError("There is a plan “{name}” already.", name=file.stem)
    return file


def copy(name: str, new: object, w: Words) -> Path:
    """Copy a plan's file under a new name; its title says so, its versions stay with the first."""
    file, to = _there(name), free(new)
    with _writing(to):
        put(to, _titled_as_copy(file, w))
    return to


def _titled_as_copy(file: Path, w: Words) -> str:
    """The text of a plan's file with the title of a copy; as it is if it cannot be read."""
    try:
        case = cases.read(file)
    except InputError:
        return text_of(file)
    title = case.plan.title
    titles = [plan.title for plan in listed()]
    if isinstance(title, Bilingual):
        en, zh = (copy_title(w.text(title), titles, w) for w in (Words("en"), Words("zh")))
        new: Text = Bilingual(en=en, zh=zh)
    else:
        new = copy_title(title, titles, w)
    return text_for(case.using(case.plan.model_copy(update={"title": new})))


def copy_title(title: str, taken: Iterable[Text], w: Words) -> str:
    """The title of a copy in a language; counted if another plan has it already."""
    stem = COPY.sub("", title).strip()[:MOST_LETTERS]
    if not stem:
        return title
    known = {w.text(other) for other in taken}
    numbered = (
        w("{title} (copy)", title=stem) if n == 1 else w("{title} (copy {n})", title=stem, n=str(n))
        for n in count(1)
    )
    return next(text for text in numbered if text not in known)


def rename(name: str, new: object) -> Path:
    """Give a plan another name, with its versions."""
    file, to = _there(name), free(new)
    with _writing(to):
        _move(file, to)
    return to


def delete(name: str) -> None:
    """Put a plan aside, with its versions; a later one of the same name takes its place there."""
    file = _there(name)
    aside = file.parent / DELETED / file.name
    with _writing(aside):
        for old in (aside, aside.with_suffix("")):
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)
        aside.parent.mkdir(parents=True, exist_ok=True)
        _move(file, aside)


def bring_back(name: str) -> Path:
    """Bring a deleted plan back under its name."""
    to = free(name)
    aside = to.parent / DELETED / to.name
    if not aside.exists():
        raise RefusedError("There is no plan “{name}” any more.", name=to.stem)
    with _writing(to):
        _move(aside, to)
    return to


def _there(name: str) -> Path:
    file = named(name)
    if not file.exists():
        raise RefusedError("There is no plan “{name}” any more.", name=file.stem)
    return file


def _move(file: Path, to: Path) -> None:
    """Move a plan's file, and the folder of its versions if there is one."""
    versions = file.with_suffix("")
    file.replace(to)
    if versions.is_dir():
        shutil.rmtree(to.with_suffix(""), ignore_errors=True)
        versions.replace(to.with_suffix(""))


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Say what a file system refuses as WorkError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        template = "{path} cannot be written: {reason}"
        raise WorkError(template, path=str(file), reason=reason) from None
