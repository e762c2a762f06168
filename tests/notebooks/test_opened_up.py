"""Whatever a page shows can be taken out of it: tables with numbers, figures, what was played."""

from __future__ import annotations

import doctest
import re
from contextlib import suppress

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure
from pandas.api.types import is_numeric_dtype

from notebooks.pages import LANGUAGES, LESSONS, play, read
from notebooks.test_runs import a_bet
from workbook.errors import WorkError
from workbook.lesson import contents

pytestmark = pytest.mark.slow

each_lesson = pytest.mark.parametrize("name", LESSONS)
WITHOUT_FIGURES = {"rehearse", "bet", "guess", "exercise", "path", "what_happened"}
WITHOUT_FIGURES |= {"takeaways", "standing_so_far"}
"""Panels that ask, or that show words alone."""


@each_lesson
def test_every_result_of_a_page_can_be_taken_in_hand(name):
    """Frames of numbers, a matplotlib figure for each chart, plays and plan or why not."""
    page = play("en", name, runs=150, **a_bet(name))
    for call in page.cells:
        panel = eval(call, dict(page.names))
        if re.sub(r"^lesson\.|\(.*$", "", call) in WITHOUT_FIGURES:
            continue
        assert panel.frames, call
        for frame in panel.frames.values():
            assert len(frame) > 0, call
            assert any(is_numeric_dtype(frame[column]) for column in frame) or "needs" in frame
        assert panel.frame.equals(next(iter(panel.frames.values())))
        for chart in panel.charts:
            assert isinstance(panel.figure(chart), Figure), (call, chart)
        for take in ("outcomes", "plan"):
            with suppress(WorkError):  # reported in a sentence: it shows several, or none
                assert getattr(panel, take), call
    plt.close("all")


def test_the_examples_of_the_help_run():
    """`help()` on a panel's frame, figure, outcomes and plan shows what can be typed."""
    found = doctest.testmod(contents)
    assert found.attempted >= 12
    assert found.failed == 0
    for taken in ("frame", "figure", "outcomes", "plan"):
        assert ">>>" in (getattr(contents.Contents, taken).__doc__ or ""), taken


@each_lesson
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_case_ends_with_a_cell_to_open_it_up(lang, name):
    """Five lines of pandas that draw something of one's own, once the bet is placed."""
    if name == LESSONS[0]:
        return  # the start page leads to notebook 08 instead
    page = play(lang, name, runs=150, **a_bet(name))
    (cell,) = [
        c for c in read(lang, name).cells
        if c.cell_type == "code" and c.metadata.workbook.section == "open-up"
    ]  # fmt: skip
    assert len(cell.source.splitlines()) <= 6
    exec(cell.source, dict(page.names))
    drawn = [line for axes in plt.gcf().axes for line in (*axes.lines, *axes.patches)]
    plt.close("all")
    assert len(drawn) >= 2
