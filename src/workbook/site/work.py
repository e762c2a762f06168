"""A learner's own files as one archive: packed for a download, and brought back from one.

A browser may forget what it keeps for a site, and another browser has nothing of it. An archive
that comes back is a stranger's file until it is read: its names, its number of files and its size
are checked before anything is written, and nothing of the learner's is lost to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from workbook.errors import WorkError
from workbook.files import write_whole
from workbook.site import LANGS, notebooks
from workbook.site.editions import site_copy

OWN_FILES = ("progress*.json",)
OWN_FOLDERS = ("plans", "own-plans", "my-plans", "notebooks")
"""What a learner's work consists of, below the folder for it."""
ENDINGS = {".json", ".yaml", ".yml", ".ipynb", ".csv", ".tsv", ".txt", ".xlsx"}
MOST_FILES, MOST_BYTES = 2_000, 50_000_000


def own_files(home: Path) -> Iterator[Path]:
    """Yield a learner's files, without notebooks that are as the site has them."""
    site = {
        home / "notebooks" / lang / file.name: site_copy(file)
        for lang in LANGS
        for file in notebooks(lang)
    }
    found = [file for pattern in OWN_FILES for file in home.glob(pattern)]
    found += [file for folder in OWN_FOLDERS for file in (home / folder).rglob("*")]
    for file in sorted(found):
        hidden = any(part.startswith(".") for part in file.relative_to(home).parts)
        if hidden or file.suffix.lower() not in ENDINGS or not file.is_file():
            continue
        if file not in site or file.read_text("utf-8", "replace") != site[file]:
            yield file


def pack(home: Path) -> bytes:
    """Return a learner's files as a zip archive; the same files give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file in own_files(home):
            entry = ZipInfo(file.relative_to(home).as_posix())
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return out.getvalue()


@dataclass(frozen=True)
class Brought:
    """What an archive brought: how many files, and the files that were there before, kept."""

    files: int
    kept: tuple[Path, ...]


def bring(data: bytes, home: Path) -> Brought:
    """Write the files of an archive; a file that differs is kept under another name.

    Raises
    ------
    WorkError
        If it is no archive of a learner's work, or too large: then nothing was written.
    """
    found = _checked(data)
    kept = []
    for name, content in found.items():
        place = home.joinpath(*PurePosixPath(name).parts)
        if place.is_file() and (before := place.read_bytes()) != content:
            aside = _free(place)
            write_whole(aside, before)
            kept.append(aside)
        write_whole(place, content)
    return Brought(len(found), tuple(kept))


def _checked(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name, none of them outside a learner's folders."""
    refusal = "This is no archive of your work: choose the file that Download gave you."
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_FILES or size > MOST_BYTES:
                raise WorkError("This archive is too large to be your work.")
            if not entries or not all(_allowed(entry.filename) for entry in entries):
                raise WorkError(refusal)
            return {entry.filename: _content(archive, entry) for entry in entries}
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise WorkError(refusal) from None


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    """Return a file of the archive; a size that was stated wrongly is refused."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ValueError(entry.filename)
    return content


def _allowed(name: str) -> bool:
    """Whether a name in an archive is one of a learner's files, and of no other place."""
    path = PurePosixPath(name)
    parts = path.parts
    if not parts or path.is_absolute() or any(part.startswith(".") for part in parts):
        return False
    if any(letter in name for letter in '\\:*?"<>|\0') or path.suffix.lower() not in ENDINGS:
        return False
    if len(parts) == 1:
        return any(path.match(pattern) for pattern in OWN_FILES)
    return parts[0] in OWN_FOLDERS


def _free(place: Path) -> Path:
    """Return a name next to a file that no file has."""
    number = 1
    while (aside := place.with_name(f"{place.stem}.before-{number}{place.suffix}")).exists():
        number += 1
    return aside
