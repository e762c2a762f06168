"""From a path to text: it must be a readable text file of a sensible size."""

from __future__ import annotations

import errno
import os
import re
from os import PathLike
from pathlib import Path

from workbook.consistency import nearest, shown
from workbook.errors import Fault, InputError, Message, WorkError
from workbook.tables.files import FOREIGN_SUFFIXES, TABLE_SUFFIXES

MOST_BYTES = 1_000_000
PLAN_SUFFIXES = (".yaml", ".yml", ".json")
TABLES = (*TABLE_SUFFIXES, *FOREIGN_SUFFIXES)


def text_of(path: str | PathLike[str]) -> str:
    """The text of a file; InputError if it cannot be read."""
    name = str(path)
    try:
        if Path(path).suffix.lower() in TABLES and Path(path).is_file():
            raise _UnreadableError(
                "this is a table; make a plan of it: workbook new NAME --from {file}",
                file=shown(name),
            )
        data = _bytes(Path(path))
    except _UnreadableError as error:
        raise InputError(shown(name), [Fault("", error.message)]) from None
    return decoded(data, shown(name))


class _UnreadableError(Exception):
    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _UnreadableError("this is a folder; name a plan file in it")
        if not path.exists():
            raise _missing(path)
        if not path.is_file():
            raise _UnreadableError("this is no ordinary file; name a plan file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except PermissionError:
        raise _UnreadableError("this file may not be read; change its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _UnreadableError("this file cannot be opened: {reason}", reason=reason) from None
    if len(data) > MOST_BYTES:
        raise _UnreadableError("this file is larger than 1 MB; a plan file is a few pages of text")
    return data


def _missing(path: Path) -> _UnreadableError:
    folder = path.parent
    if not folder.is_dir():
        return _UnreadableError("there is no folder '{folder}'", folder=shown(str(folder)))
    plans = [file for file in folder.iterdir() if file.suffix.lower() in PLAN_SUFFIXES]
    near = nearest(path.name, [file.name for file in plans if file.is_file()])
    if near:
        return _UnreadableError("there is no such file; did you mean '{known}'?", known=shown(near))
    return _UnreadableError("there is no such file; check the name and the folder")


def decoded(data: bytes, name: str) -> str:
    """Text from bytes: UTF-8, with or without a byte order mark, any kind of line ends."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        template = "byte {offset} is not UTF-8 text; save the file again as UTF-8"
        raise InputError(
            name, [Fault("", Message(template, {"offset": error.start}), line)]
        ) from None
    return text


def tidy(text: str, name: str) -> str:
    """The text with plain line ends; InputError where nothing or something invisible is in it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(name, [Fault("", Message("the file is empty; write a plan into it"))])
    odd = re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]", text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        template = "the character {found} cannot be shown; take it out"
        raise InputError(name, [Fault("", Message(template, {"found": shown(odd[0])}), line)])
    return text


def put(path: Path, text: str) -> None:
    """Write a text file whole or not at all; WorkError says why it could not be done."""
    target = path.resolve() if path.is_symlink() else path
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        name = shown(str(path))
        raise WorkError("{path} cannot be written: {reason}", path=name, reason=reason) from None
