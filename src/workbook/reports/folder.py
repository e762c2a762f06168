"""The folder that reports are written to: safe names, and files that appear together or not at all.

A report is three files with one stem: the page (`.html`), what it shows as data (`.json`) and the
executed notebook (`.ipynb`). A fingerprint of everything it was made from stands in the page and in
the notebook, so that a second run knows what is still good.
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
from workbook.locking import TakenError, locked

SUFFIXES = (".ipynb", ".json", ".html")
"""The notebook first, for it says that it is ours; the page last: where it stands, all stand."""

STAGE = ".workbook-"
MARK = "workbook-fingerprint"
LONGEST = 200  # bytes of a stem; file systems stop at 255, suffix included
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index|summary)(\..*)?", re.IGNORECASE)


def stem_of(id: str) -> str:
    """A file name without suffix for a plan's id, safe on every system, no file of ours.

    An id that is a safe name already keeps it; of any other one a hash keeps it apart.
    """
    safe = re.sub(r"[^\w-]", "_", id).strip("_-") or "plan"
    safe = safe.encode()[:LONGEST].decode(errors="ignore")
    if RESERVED.fullmatch(safe):
        safe = f"plan-{safe}"
    if safe == id:
        return id
    return f"{safe}-{sha256(id.encode()).hexdigest()[:8]}"


def fingerprint(*contents: bytes) -> str:
    """One short name for everything a report is made from; it changes when any of it does."""
    parts = b"".join(sha256(content).digest() for content in contents)
    return sha256(parts).hexdigest()[:24]


def package_print() -> bytes:
    """The fingerprint of the package's own files: a new version makes every page anew."""
    package = Path(__file__).parent.parent
    files = sorted(p for p in package.rglob("*") if p.suffix in {".py", ".po", ".css", ".j2"})
    return fingerprint(*(file.read_bytes() for file in files)).encode()


def writable(folder: Path) -> None:
    """Make the folder, or say why it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=STAGE, dir=folder):
            pass
    except OSError as error:
        raise cannot_write(folder, error) from None


@contextmanager
def sole_owner(folder: Path) -> Iterator[None]:
    """Nobody else writes reports into the folder while the block lasts.

    The lock goes with the process, however that ends. What an earlier batch left half written when
    it was killed is cleared away.

    Raises
    ------
    WorkError
        Where another batch is at it.
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
    """The failure of writing into a folder, in words."""
    return WorkError(
        "Nothing can be written in {folder} ({reason}). Choose another folder with --out.",
        folder=str(folder),
        reason=error.strerror or type(error).__name__,
    )


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder inside `folder`, so that a rename from it never crosses a disk."""
    with TemporaryDirectory(prefix=STAGE, dir=folder) as place:
        yield Path(place)


def publish(folder: Path, files: Mapping[str, str]) -> None:
    """Write files under temporary names, then rename them all; what stood before comes back if not.

    Parameters
    ----------
    files
        Name to content, in the order in which they should appear.
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
    """Whether all three files stand and were made from what has this fingerprint."""
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
    """A file that a report would replace and that no report ever was; None where there is none."""
    if note_of(folder, stem):
        return None
    names = (f"{stem}{suffix}" for suffix in SUFFIXES)
    return next((name for name in names if (folder / name).exists()), None)


def note_of(folder: Path, stem: str) -> Mapping[str, Any]:
    """What the executed notebook says of itself: title, finding, fingerprint. Empty if nothing."""
    try:
        notebook = json.loads((folder / f"{stem}.ipynb").read_text("utf-8"))
        note = notebook["metadata"]["workbook"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return note if isinstance(note, dict) else {}
