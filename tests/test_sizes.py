"""A module can be read in one go: none is longer than 350 lines."""

from pathlib import Path

import workbook

SOURCE = Path(workbook.__file__).parent
MOST_LINES = 350
TOO_LONG = {
    "lesson/gated.py",
    "lesson/rehearsal/board.py",
    "life/weeks.py",
}
"""Modules still to be split. Remove one once it is short; never add one."""


def lengths() -> dict[str, int]:
    """Lines of each module."""
    return {
        file.relative_to(SOURCE).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in SOURCE.rglob("*.py")
    }


def test_no_module_is_longer_than_can_be_read_in_one_go():
    """Those that are still too long are named above, and no other may become it."""
    found = lengths()
    assert len(found) > 200
    assert {name for name, lines in found.items() if lines > MOST_LINES} <= TOO_LONG
