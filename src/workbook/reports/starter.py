"""A plan file to start from: a small one with every part explained, or a shipped case's text."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from workbook import cases
from workbook.errors import InputError, WorkError, fault
from workbook.words import Words

STARTERS = Path(__file__).parent / "starters"
ID = re.compile(r"\w[\w-]{0,63}")


def start(name: str, source: str | None, words: Words) -> Path:
    """Write NAME.yaml here; nothing that stands already is overwritten.

    Raises
    ------
    InputError
        Where the name is no id, the file stands already, or there is no such case.
    """
    path = Path(f"{name}.yaml")
    if not ID.fullmatch(name):
        template = "'{found}' is no id; write letters, digits, - and _, at most 64 of them"
        raise InputError("new", [fault("NAME", template, found=name[:80])])
    if path.exists():
        template = "{file} stands already; choose another name, or take that one away"
        raise InputError("new", [fault("NAME", template, file=str(path))])
    text = _text(source, words)
    text = re.sub(r"^id:.*$", f"id: {name}", text, count=1, flags=re.MULTILINE)
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=".", delete=False, newline="\n") as file:
            file.write(text)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{file} cannot be written ({reason}).", file=str(path), reason=reason
        ) from None
    return path


def _text(source: str | None, words: Words) -> str:
    if source is None:
        return (STARTERS / f"{words.lang}.yaml").read_text("utf-8")
    return cases.load(source).text or ""
