"""The manual: its generated pages are current, and its index names every page that stands."""

from __future__ import annotations

import re

import pytest

from workbook.commands import COMMANDS
from workbook.manual import FOLDER, PAGES, file_name
from workbook.review import RULES
from workbook.words import LANGUAGES, Words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_committed_page_is_that_of_the_code(page, lang):
    """`python -m workbook.manual` has been run since a key, a rule or a command changed."""
    committed = (FOLDER / file_name(page, lang)).read_text("utf-8")
    assert committed == PAGES[page](Words(lang))


def test_every_rule_and_every_command_has_its_place():
    """A reader finds each rule by its id and claim, each command with all of its arguments."""
    rules, commands = (PAGES[page](Words("en")) for page in ("rules", "commands"))
    assert re.findall(r"^`([a-z-]+)` · ([A-Z]\d+)$", rules, re.M) == [
        (r.id, r.claim) for r in RULES
    ]
    assert re.findall(r"^## `workbook (\w+)", commands, re.M) == list(COMMANDS)
    for command in COMMANDS.values():
        for argument in (*command.arguments, *command.either):
            if argument.names[0].startswith("-"):
                assert f"| `{argument.names[-1]}" in commands


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_names_every_page_of_its_language(lang):
    """What lies in the folder is found from its index; nothing is named that is not there."""
    index = (FOLDER / file_name("README", lang)).read_text("utf-8")
    linked = set(re.findall(r"\]\(([\w.-]+\.md)\)", index)) - {file_name("README", other(lang))}
    pages = {
        page.name for page in FOLDER.glob("*.md") if page.name.endswith(".zh.md") == (lang == "zh")
    }
    assert linked == pages - {file_name("README", lang)}


def other(lang: str) -> str:
    """The language that the page is not in."""
    return "zh" if lang == "en" else "en"
