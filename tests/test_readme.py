"""The two READMEs say the same, and what they point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
MOST_BYTES = 150_000


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(name: str) -> set[str]:
    """Every command that is set as one, without what it is given."""
    return set(re.findall(r"(?:`|/)((?:workbook|make) [a-z-]+)", text(name)))


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere_and_pictures_are_small(name):
    """Files that a README points at are in the repository; no picture is heavy."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text(name))
    assert sum(link.endswith(".png") for link in links) == 2
    for link in links:
        assert (ROOT / link).is_file(), link
        assert not link.endswith(".png") or (ROOT / link).stat().st_size < MOST_BYTES


def test_both_readmes_name_the_same_commands():
    """What can be typed is told in both languages, every command of the command line included."""
    from workbook.commands import COMMANDS

    assert commands("README.md") == commands("README.zh.md")
    assert {f"workbook {name}" for name in COMMANDS} <= commands("README.md")


def test_both_readmes_list_the_notebooks_that_there_are():
    """Each notebook's number stands in both; no number stands there without its notebook."""
    there = {path.name[:2] for path in (ROOT / "notebooks" / "en").glob("[0-9][0-9]-*.ipynb")}
    for name in READMES:
        rows = re.findall(r"^\| (\d\d(?:[,、] ?\d\d)*) ", text(name), re.M)
        assert {number for row in rows for number in re.findall(r"\d\d", row)} == there, name
