"""A page alternates: a little prose, something to do, a result; and no picture twice in a row."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from notebooks.pages import LANGUAGES, LESSONS, NAMES, play, read
from notebooks.test_runs import a_bet

each = pytest.mark.parametrize("name", NAMES)
each_lesson = pytest.mark.parametrize("name", LESSONS)
in_both = pytest.mark.parametrize("lang", LANGUAGES)

TO_DO = re.compile(
    r"\.(rehearse|bet|guess|exercise|look_back|hand_in|guide|timer|sheets|rehearsal|wall|place)\("
    r"|^chain$|open_builder\(lang, name=name\)$|charts:"
)
"""Calls that ask the reader for something, and cells that they are to change."""
BY_HAND = "08-in-your-own-hands"
"""Every cell of this page is there to be changed."""
MOST_BLOCKS = 2
FIRST_SCREEN = {"en": 190, "zh": 420}
"""Words (Chinese: characters) before the first thing to do; what the browser tests have measured
to fit on a screen of 1366 by 768."""


def to_do(cell, name: str) -> bool:
    """Whether a cell asks the reader to do something."""
    shown = not cell.metadata.get("jupyter", {}).get("source_hidden")
    if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
        return False
    return shown if name == BY_HAND else bool(TO_DO.search(cell.source))


def weight(text: str, lang: str) -> int:
    """The length of a text, in words or in Chinese characters."""
    return len(text.split()) if lang == "en" else len(re.findall("[一-鿿]", text))


@each
@in_both
def test_no_three_blocks_of_prose_without_something_to_do(lang, name):
    """After at most two cells of prose, with results or without, the reader is asked."""
    blocks = 0
    for cell in read(lang, name).cells:
        if cell.cell_type == "markdown":
            blocks += 1
            assert blocks <= MOST_BLOCKS, cell.source[:60]
        elif to_do(cell, name):
            blocks = 0


@each
@in_both
def test_the_first_thing_to_do_is_near_the_top(lang, name):
    """Before it: the situation, one short paragraph, the parameters; no panel that is only read."""
    words = lines = 0
    for cell in read(lang, name).cells:
        if to_do(cell, name):
            break
        if cell.cell_type == "markdown":
            words += weight(cell.source, lang)
        elif cell.metadata.get("jupyter", {}).get("source_hidden"):
            continue
        else:
            assert "parameters" in cell.metadata.tags
            lines += len(cell.source.splitlines())
    else:
        pytest.fail("there is nothing to do")
    assert words <= FIRST_SCREEN[lang]
    assert lines <= 8


@pytest.mark.slow
@each_lesson
def test_no_two_pictures_of_one_kind_in_a_row(name):
    """On the open page each picture that is not folded away differs in kind from the last one."""
    page = play("en", name, runs=150, **a_bet(name))
    kinds: list[str] = []
    for call, shown in page.cells.items():
        in_sight = re.sub(r"<details.*?</details>", "", shown, flags=re.DOTALL)
        panel = eval(call, dict(page.names))
        drawn = re.findall(r'<figcaption class="wb-title">(.*?)<', in_sight)
        kinds += [chart.split("-")[0] for chart in panel.charts][: len(drawn)]
        assert len(drawn) <= len(panel.charts)
    assert len(kinds) >= 6
    assert [one for one, other in pairwise(kinds) if one == other] == []


@pytest.mark.slow
@each_lesson
@in_both
def test_lists_of_figures_are_folded(lang, name):
    """No table of the open page is longer than a screen unless it is folded away."""
    page = play(lang, name, runs=150, **a_bet(name))
    for call, shown in page.cells.items():
        in_sight = re.sub(r"<details(?! open).*?</details>", "", shown, flags=re.DOTALL)
        assert in_sight.count("<tr") <= 16, call
    assert page.cells["lesson.situation()"].count("<details>") >= 3
