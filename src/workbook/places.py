"""Where things are: what the workbook ships, and where a learner's own work is kept.

Work is kept in one place, whichever folder a terminal or a notebook stands in: the folder that
`--home` or WORKBOOK_HOME names; else `my-work` in the checkout that this package is part of; else
`milestone-workbook` in the user's own folder.
"""

from __future__ import annotations

import os
from pathlib import Path

HOME = "WORKBOOK_HOME"
PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """The checkout that this package is part of; None where it was installed from a wheel."""
    root = PACKAGE.parents[1]
    return root if (root / "notebooks").is_dir() and (root / "cases").is_dir() else None


def shipped(name: str) -> Path:
    """A folder that is shipped, `cases` or `notebooks`; it need not be there."""
    return (checkout() or PACKAGE / "shipped") / name


def home() -> Path:
    """Where a learner's work is kept."""
    if chosen := os.environ.get(HOME):
        return Path(chosen).expanduser().absolute()
    root = checkout()
    return root / "my-work" if root else Path.home() / "milestone-workbook"


def keep_in(folder: str) -> None:
    """Keep the work of this process, and of all that it starts, in another folder."""
    os.environ[HOME] = str(Path(folder).expanduser().absolute())
