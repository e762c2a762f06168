"""The folder of reports: safe file names, and files that appear together or not at all.

A report is three files with one stem: the page (`.html`), its data (`.json`) and the executed
notebook (`.ipynb`). The page and the notebook hold a fingerprint of everything that the report was
made from, so that a second run knows what is up to date.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbook.errors import WorkError
from workbook.files import TakenError, locked

SUFFIXES = (".ipynb", ".json", ".html")
"""In the order of writing: the notebook says that the report is ours, the page that it is whole."""

STAGE = ".workbook-"
MARK = "workbook-fingerprint"
LONGEST = 200  # bytes of a stem; file systems stop at 255, suffix included
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index|summary)(\..*)?", re.IGNORECASE)


def stem_of(id: str) -> str:
    """A file name without suffix for a plan's id, safe on every system and not a name of ours.

    An id that is a safe name stays as it is; any other one is made unique by a hash.
    """
    safe = re.sub(r"[^\w-]", "_", id).strip("_-") or "plan"
    safe = safe.encode()[:LONGEST].decode(errors="ignore")
    if RESERVED.fullmatch(safe):
        safe = f"plan-{safe}"
    if safe == id:
        return id
    return f"{safe}-{sha256(id.encode()).hexdigest()[:8]}"


def fingerprint(*contents: bytes) -> str:
    """A short hash of everything that a report is made from."""
    parts = b"".join(sha256(content).digest() for content in contents)
    return sha256(parts).hexdigest()[:24]


def package_print() -> bytes:
    """The fingerprint of the package's own files: a new version makes every page again."""
    package = Path(__file__).parent.parent
    files = sorted(p for p in package.rglob("*") if p.suffix in {".py", ".po", ".css", ".j2"})
    return fingerprint(*(file.read_bytes() for file in files)).encode()


def writable(folder: Path) -> None:
    """Make the folder; WorkError if it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=STAGE, dir=folder):
            pass
    except OSError as error:
        raise cannot_write(folder, error) from None


@contextmanager
def sole_owner(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that no other batch writes into it.

    The system releases the lock when the process ends, however it ends. Temporary files of a batch
    that was killed are removed.

    Raises
    ------
    WorkError
        If another batch is writing there.
    """
    try:
        with locked(folder, wait=False):
            for left in folder.glob(f"{STAGE}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except TakenError:
        template = (
            "Another batch is writing into {folder}. "
            "Wait until it is done, or choose another folder with --out."
        )
        raise WorkError(template, folder=str(folder)) from None


def cannot_write(folder: Path, error: OSError) -> WorkError:
    """The error of a folder that cannot be written to."""
    return WorkError(
        "Nothing can be written in {folder} ({reason}). Choose another folder with --out.",
        folder=str(folder),
        reason=error.strerror or type(error).__name__,
    )


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder inside `folder`, so that renames from it stay on one file system."""
    with TemporaryDirectory(prefix=STAGE, dir=folder) as place:
        yield Path(place)


def publish(folder: Path, files: Mapping[str, str]) -> None:
    """Write files under temporary names, then rename them all; on failure restore the old ones.

    Parameters
    ----------
    files
        Content by name, in the order in which they appear.
    """
    try:
        with staging(folder) as stage:
            for name, content in files.items():
                (stage / name).write_text(content, encoding="utf-8", newline="\n")
            old = stage / "old"
            old.mkdir()
            _swap(folder, stage, old, list(files))
    except OSError as error:
        raise cannot_write(folder, error) from None


def _swap(folder: Path, stage: Path, old: Path, names: list[str]) -> None:
    done: list[str] = []
    try:
        for name in names:
            if (folder / name).is_file():
                shutil.copy2(folder / name, old / name)
            (stage / name).replace(folder / name)
            done.append(name)
    except BaseException:
        for name in reversed(done):
            if (old / name).exists():
                (old / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def good(folder: Path, stem: str, mark: str) -> bool:
    """Whether all three files exist and have this fingerprint."""
    page = folder / f"{stem}.html"
    try:
        with page.open(encoding="utf-8") as head:
            marked = f'content="{mark}"' in head.read(2_000)
    except (OSError, UnicodeDecodeError):
        return False
    return (
        marked and (folder / f"{stem}.json").is_file() and note_of(folder, stem).get(MARK) == mark
    )


def foreign(folder: Path, stem: str) -> str | None:
    """Name of a file that a report would replace and that the workbook did not write, or None."""
    if note_of(folder, stem):
        return None
    names = (f"{stem}{suffix}" for suffix in SUFFIXES)
    return next((name for name in names if (folder / name).exists()), None)


def note_of(folder: Path, stem: str) -> Mapping[str, Any]:
    """The metadata of an executed report: title, finding, fingerprint. Empty if it is not ours."""
    try:
        notebook = json.loads((folder / f"{stem}.ipynb").read_text("utf-8"))
        note = notebook["metadata"]["workbook"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return note if isinstance(note, dict) else {}
