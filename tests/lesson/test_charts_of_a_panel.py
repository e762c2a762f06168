"""What a panel shows can be taken out of it: as tables, as figures, as what was played."""

import doctest
import subprocess
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.figure import Figure
from pandas.testing import assert_frame_equal

from learner import press, send
from pictured import named_results
from workbook.charts.options import side_by_side
from workbook.charts.picture import FRAMES, frame_of
from workbook.errors import WorkError
from workbook.lesson import open_case, panel
from workbook.lesson.progress import Guess
from workbook.outcomes import FATES, Outcomes
from workbook.words import Words

ON_PAGES_ONLY = {"shares", "spread", "odds_line", "cash_curve"}
"""Charts of a class, which no lesson shows."""


@pytest.fixture
def played():
    """The lozenge with the bet placed, so that every part is open."""
    lesson = open_case("caffeine-lozenge", runs=200, batch=True)
    lesson.bet(recorded=("borrow", 70))
    return lesson


def test_the_example_of_the_help_runs():
    """What `help(lesson.many())` shows does what it says."""
    found = doctest.testmod(panel)
    assert found.attempted >= 8
    assert found.failed == 0


def test_frames_are_the_figures_of_the_engine(played):
    """The tables are those of the outcomes that the panel shows, to the last digit."""
    many = played.many()
    outcomes = many.outcomes
    assert isinstance(outcomes, Outcomes)
    assert many.charts == ("fates", "runway")
    assert many.frame["share"].to_dict() == outcomes.fates
    assert list(many.frame.index) == list(FATES)
    assert_frame_equal(many.frames["runway"], outcomes.weekly_frame())
    assert many.plan == outcomes.as_played


def test_figures_are_matplotlibs_with_the_finding_as_title(played):
    """Each chart of a panel can be saved for a slide."""
    many = played.many()
    for name in many.charts:
        figure = many.figure(name)
        assert isinstance(figure, Figure)
        assert figure.texts[0].get_text()


def test_options_give_what_was_played_for_each(played):
    """A chart of several plays has one row, and one play, for each option."""
    options = played.options()
    plays = options.outcomes
    assert list(options.frame.index) == list(plays)
    assert options.frame["goal"].to_dict() == {n: p.fates["goal"] for n, p in plays.items()}
    assert options.frame["gap"].iloc[0] == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_closed_gives_nothing_away(lang):
    """Before the bet there is no table, no figure, no play: a sentence says so."""
    many = open_case("caffeine-lozenge", lang, runs=200).many()
    assert many.charts == ()
    assert many.frames == {}
    for take in (lambda: many.frame, many.figure, lambda: many.outcomes, lambda: many.plan):
        with pytest.raises(WorkError, match="closed"):
            take()


def test_a_chart_that_is_not_there_is_reported_with_those_that_are(played):
    """A wrong name is answered with the names that there are."""
    with pytest.raises(WorkError, match="fates, runway"):
        played.many().figure("conversion")


def test_taking_a_table_leaves_the_part_on_the_page_alone(monkeypatch):
    """The part that is shown still opens with the bet after `lesson.many().frames` was called."""
    from IPython import display

    monkeypatch.setattr(display, "display", lambda *_, **__: SimpleNamespace(update=print))
    lesson = open_case("caffeine-lozenge", runs=200)
    lesson.records.place_guess("many", Guess(0, 100))
    shown = lesson.many()
    shown._ipython_display_()
    assert lesson.many().frames == {}
    bet = lesson.bet()
    send(bet.choice, index=1)
    send(bet.confidence, value="70")
    press(bet.button)
    assert shown.charts == ("fates", "runway")
    assert lesson.many().frame["share"].sum() == pytest.approx(1)


def test_what_opens_later_is_there_later(played):
    """The situation is open before the bet, with its chain; frames follow what is shown."""
    before = open_case("caffeine-lozenge", runs=200).situation()
    assert "chain" in before.charts
    assert list(before.frame.index) == [m.id for m in before.plan.milestones]


def test_every_chart_of_a_lesson_has_a_tidy_frame():
    """Numbers in columns, one row each, shares between 0 and 1."""
    words, seen = Words("en"), set()
    for _, chart, result in named_results(words):
        name = chart.__name__.rsplit(".", 1)[-1]
        if name in ON_PAGES_ONLY:
            continue
        seen.add(name)
        frame = frame_of(name, result)
        assert frame.index.is_unique
        assert frame.index.name
        texts = set(frame.columns) - set(frame.select_dtypes(["number", "bool"]).columns)
        assert texts <= {"needs", "needs_any"}, name
        for share in {"share", "goal", "ruin", "under_way", "before", "after"} & set(frame):
            assert frame[share].between(0, 1).all(), (name, share)
    assert seen == set(FRAMES)
    pd.testing.assert_index_equal(
        frame_of("options", side_by_side({"a": result_of("runway")})).index,
        pd.Index(["a"], name="option"),
    )


def result_of(wanted):
    """The first result of the tests for a chart."""
    return next(result for name, _, result in named_results(Words("en")) if name == wanted)


def test_looking_at_a_panel_does_not_load_matplotlib_or_pandas():
    """A lesson stays light until a figure or a table is asked for."""
    code = (
        "import sys\nfrom workbook.lesson import open_case\n"
        "panel = open_case('caffeine-lozenge', runs=100, batch=True).situation()\n"
        "assert panel.charts and panel.html\n"
        "assert not {'matplotlib', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
