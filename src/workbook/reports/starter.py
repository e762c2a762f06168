"""Write a plan file to start from: a small one with every part explained, a case, or a table."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from workbook import cases
from workbook.cases.table import plan_of_table
from workbook.cases.writing import text_for
from workbook.consistency import nearest, shown
from workbook.errors import InputError, Message, WorkError, fault
from workbook.tables import FOREIGN_SUFFIXES, TABLE_SUFFIXES
from workbook.words import Words

STARTERS = Path(__file__).parent / "starters"
ID = re.compile(r"\w[\w-]{0,63}")


def start(
    name: str,
    source: str | None,
    words: Words,
    *,
    like: str | None = None,
    encoding: str | None = None,
    given: Mapping[str, str] | None = None,
) -> tuple[Path, tuple[Message, ...]]:
    """Write NAME.yaml here, and return remarks on how a table was read; never overwrites a file.

    Parameters
    ----------
    like
        The id of an example business to start from.
    encoding, given
        How a table is read: the encoding of a text file, and the known column that each of the
        user's own headers stands for.

    Raises
    ------
    InputError
        If the name is not an id, the file exists, there is no such case, or the table has faults.
    """
    path = Path(f"{name}.yaml")
    if not ID.fullmatch(name):
        template = "'{found}' is no id; write letters, digits, - and _, at most 64 of them"
        raise InputError("new", [fault("NAME", template, found=name[:80])])
    if path.exists():
        template = "{file} stands already; choose another name, or take that one away"
        raise InputError("new", [fault("NAME", template, file=str(path))])
    text, notes = _like(like) if like else _text(name, source, words, encoding, given)
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
    return path, notes


def _like(id: str) -> tuple[str, tuple[Message, ...]]:
    """The text of an example business, with a remark on its figures."""
    if id not in cases.examples():
        near = nearest(id, cases.examples())
        template = "no example business '{found}'; there are: {known}"
        if near:
            template = "no example business '{found}'; did you mean '{near}'?"
        known = ", ".join(cases.examples())
        raise InputError(
            "new", [fault("--like", template, found=shown(id), known=known, near=near)]
        )
    case = cases.load(id)
    assumed = sum(basis.kind == "assumed" for basis in case.basis.values())
    template = "{n} of its figures are assumed; each says why, under `facts`. Put in your own."
    return case.text or "", (Message(template, {"n": assumed}),)


def _text(
    name: str,
    source: str | None,
    words: Words,
    encoding: str | None,
    given: Mapping[str, str] | None,
) -> tuple[str, tuple[Message, ...]]:
    if source is None:
        return (STARTERS / f"{words.lang}.yaml").read_text("utf-8"), ()
    suffix = Path(source).suffix.lower()
    if suffix in (".yaml", ".yml"):
        return cases.read(source).text or "", ()
    is_file = source not in cases.known() and os.path.lexists(source)
    if is_file or suffix in (*TABLE_SUFFIXES, *FOREIGN_SUFFIXES):
        read = plan_of_table(source, name, encoding=encoding, given=given)
        return text_for(cases.Case(read.plan)), read.notes
    return cases.load(source).text or "", ()
