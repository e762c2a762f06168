"""A module can be read in one go: none is longer than 350 lines."""

from pathlib import Path

import workbook

SOURCE = Path(workbook.__file__).parent
MOST_LINES = 350


def lengths() -> dict[str, int]:
    """Lines of each module."""
    return {
        file.relative_to(SOURCE).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in SOURCE.rglob("*.py")
    }


def test_no_module_is_longer_than_can_be_read_in_one_go():
    found = lengths()
    assert len(found) > 200
    assert {name: lines for name, lines in found.items() if lines > MOST_LINES} == {}
