"""Locations: the files that the workbook ships, and the folder for a learner's work.

All work is kept in one folder, whatever the current folder is: the one named by `--home` or
WORKBOOK_HOME; else `my-work` in the checkout that this package is part of; else
`milestone-workbook` in the user's home folder.
"""

from __future__ import annotations

import os
from pathlib import Path

HOME = "WORKBOOK_HOME"
PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """Return the checkout that this package is part of; None if it was installed from a wheel."""
    root = PACKAGE.parents[1]
    return root if (root / "notebooks").is_dir() and (root / "cases").is_dir() else None


def shipped(name: str) -> Path:
    """Return a shipped folder, `cases` or `notebooks`; it may not exist."""
    return (checkout() or PACKAGE / "shipped") / name


def home() -> Path:
    """Return the folder for a learner's work."""
    if chosen := os.environ.get(HOME):
        return Path(chosen).expanduser().absolute()
    root = checkout()
    return root / "my-work" if root else Path.home() / "milestone-workbook"


def keep_in(folder: str) -> None:
    """Keep the work of this process, and of all processes it starts, in another folder."""
    os.environ[HOME] = str(Path(folder).expanduser().absolute())
