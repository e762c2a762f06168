"""The class's chains as plan files, so that `workbook report` makes a page of each.

A file is named after the receipt of the hand-in, and so is its plan: sixty chains called
`my-chain` stay sixty, and no name of a person is in a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from workbook import cases
from workbook.cases.file import put
from workbook.cases.writing import text_for
from workbook.errors import WorkbookError
from workbook.workshop.answers import Answer

FOLDER = "plans"
OURS = re.compile(r"chain-[0-9a-z]{4}-[0-9a-z]{4}\.yaml")


def keep_plans(answers: Sequence[Answer], out: Path) -> None:
    """Write each chain that could be played, and take away those that no longer count.

    Raises
    ------
    OSError, WorkError
        Where it cannot be written.
    """
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"chain-{answer.receipt.lower()}.yaml": answer for answer in answers if answer.chain}
    for name, answer in wanted.items():
        if not (folder / name).exists() and (text := _text(answer)):
            put(folder / name, text)
    for file in folder.iterdir():
        if OURS.fullmatch(file.name) and file.name not in wanted:
            file.unlink(missing_ok=True)


def _text(answer: Answer) -> str:
    """The plan under its receipt; empty where it cannot be written so that it reads the same."""
    if answer.chain is None:
        return ""
    id = f"chain-{answer.receipt.lower()}"
    try:
        return text_for(cases.Case(answer.chain.plan.model_copy(update={"id": id})))
    except WorkbookError:
        return ""
