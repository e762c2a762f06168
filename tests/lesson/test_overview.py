"""Where I stand: sums over the learner's file, said plainly, whatever becomes of the notebook."""

from __future__ import annotations

import json
import re

import pytest

from learner import html, press, send
from workbook.lesson import open_case, records, where_i_stand
from workbook.lesson.programme import progress_text
from workbook.lesson.progress import Bet, Guess, Progress
from workbook.lesson.records import Measured, Settled
from workbook.words import Words

CASE = "caffeine-lozenge"


def bets(*pairs: tuple[float, float]) -> list[Settled]:
    return [Settled(CASE, f"f{n}", "a", sure, came) for n, (sure, came) in enumerate(pairs)]


def kept(home, *pairs: tuple[float, float]) -> Progress:
    """A file with so many bets, each settled."""
    progress = Progress(home)
    for number, (sure, came) in enumerate(pairs):
        progress.place(CASE, f"fork-{number}", Bet("a", sure))
        progress.show(CASE, f"fork-{number}", came)
    return progress


def text_of(panel) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html(panel)))


@pytest.mark.parametrize(
    ("pairs", "score"),
    [
        (((0.5, 1), (0.5, 0)), 0.25),
        (((1.0, 1), (1.0, 1)), 0.0),
        (((1.0, 0),), 1.0),
        (((0.8, 1), (0.8, 0)), (0.04 + 0.64) / 2),
        (((0.5, 0.5),), 0.0),
        (((0.9, 0.5),), 0.16),
    ],
)
def test_the_score_is_the_mean_squared_miss(pairs, score):
    """A coin toss earns 0.25; a tie pays anyone who called it one."""
    assert records.brier(bets(*pairs)) == pytest.approx(score)


def test_honest_confidence_scores_best():
    """Of all that can be said about what comes 7 times in 10, 70 earns the best score."""

    def scored(sure: float) -> float:
        return records.brier(bets(*[(sure, 1)] * 7, *[(sure, 0)] * 3))

    assert min((0.5, 0.6, 0.7, 0.8, 0.9, 1.0), key=scored) == 0.7


def test_bands_hold_every_bet_once():
    """Whatever the confidence, a bet is in one band, with its average."""
    steps = [number / 100 for number in range(50, 101)]
    found = records.bands(bets(*[(step, 1) for step in steps]))
    assert sum(band.count for band in found) == len(steps)
    assert all(band.least <= round(band.said, 9) <= band.most for band in found)


def test_an_interval_holds_its_ends():
    """The number on the edge is inside; coverage is the share that held."""
    inside, edge, outside = (Measured(CASE, "s", 1, 2, x) for x in (1.5, 2, 2.1))
    assert (inside.held, edge.held, outside.held) == (True, True, False)
    assert records.coverage([inside, edge, outside, outside]) == 0.5


def test_without_a_bet_it_says_so(home):
    """An empty file is reported as one, with what there is to do; none is made."""
    assert "No bet has come to its outcome" in text_of(where_i_stand())
    assert not home.exists()


def test_few_bets_are_called_few(home):
    """Three bets say little; five are a hint; twenty need no excuse."""
    kept(home, *[(0.7, 1)] * 3)
    assert "So few say little" in text_of(where_i_stand())
    kept(home, *[(0.7, 1)] * 6)
    assert "Still a small sample" in text_of(where_i_stand())
    kept(home, *[(0.7, 1)] * 20)
    assert "sample" not in text_of(where_i_stand())


@pytest.mark.parametrize(
    ("pairs", "word"),
    [
        ([(0.95, 0)] * 4 + [(0.95, 1)] * 2, "say less next time"),
        ([(0.5, 1)] * 6, "dare more"),
        ([(0.7, 1)] * 4 + [(0.7, 0)] * 2, "well judged"),
    ],
)
def test_overconfidence_is_named(home, pairs, word):
    """Surer than right, less sure than right, and about right each get their word."""
    kept(home, *pairs)
    assert word in text_of(where_i_stand())


def test_bets_at_a_coin_toss_and_all_wrong_are_not_asked_to_say_less(home):
    """50 is the least that can be said; below it the question is what was overlooked."""
    progress = kept(home, *[(0.5, 0)] * 6)
    assert "less often than by tossing a coin" in progress_text(progress, Words("en"))


def test_one_bet_earns_no_verdict(home):
    """Anyone who was wrong once is shown the score, not that a coin would have done better."""
    reported = progress_text(kept(home, (0.9, 0)), Words("en"))
    assert "0.81" in reported
    assert "coin toss would have" not in reported


@pytest.mark.parametrize(
    "wrong", [{"confidence": 70}, {"confidence": float("nan")}, {"came": float("nan")}, {"came": 7}]
)
def test_a_figure_that_cannot_be_is_not_counted(home, wrong):
    """A file edited by hand, or by a slip of the disk, makes no score of 4,761."""
    progress = kept(home, (0.7, 1))
    data = json.loads(progress.file.read_text("utf-8"))
    key = f"{CASE}/fork-0"
    if "came" in wrong:
        data["came"][key] = wrong["came"]
    else:
        data["bets"][key].update(wrong)
    progress.file.write_text(json.dumps(data), "utf-8")
    assert records.settled(progress) == []
    assert "No bet has come to its outcome yet" in progress_text(progress, Words("en"))


def test_intervals_are_counted_across_cases(home):
    """What held is reported against 8 in 10, and narrow ones are called narrow."""
    progress = Progress(home)
    for number in range(6):
        progress.place_guess(f"case-{number}", "many", Guess(10, 20))
        progress.show(f"case-{number}", "many", 15.0 if number < 2 else 80.0)
    said = text_of(where_i_stand())
    assert "2 of 6 intervals held" in said
    assert "too narrow" in said


def test_what_was_done_in_the_notebook_is_found(lesson, home):
    """A bet placed and shown is in the panel, by the lesson and by itself alike."""
    panel = lesson.bet()
    send(panel.choice, index=0)
    send(panel.confidence, value="90")
    press(panel.button)
    lesson.what_happened().refresh()
    said = text_of(where_i_stand())
    assert "1 bet has come to its outcome" in said
    assert "Borrow and keep testing 90%" in said
    assert text_of(lesson.standing_so_far()) == said


def test_a_recorded_bet_never_enters(home):
    """A batch run leaves no bet, and shows nobody's."""
    kept(home, (0.7, 1))
    lesson = open_case(CASE, runs=100)
    lesson.bet(recorded=("wait", 95))
    lesson.options().refresh()
    assert "belongs to nobody" in text_of(lesson.standing_so_far())
    assert [bet.confidence for bet in records.settled(Progress(home))] == [0.7]


def test_a_case_that_is_gone_is_still_counted(home):
    """Bets of a case, fork or option that this workbook no longer has keep their score."""
    progress = Progress(home)
    progress.place("<b>gone</b>", "fork", Bet("<i>x</i>", 0.8))
    progress.show("<b>gone</b>", "fork", 1.0)
    progress.place(CASE, "old-fork", Bet("old-option", 0.8))
    progress.show(CASE, "old-fork", 0.0)
    shown = html(where_i_stand("zh"))
    assert "有 2 次下注" in shown
    assert "<b>" not in shown
    assert "old-option" in shown


def test_looking_again_reads_the_file_again(home):
    """A bet placed elsewhere shows at a press."""
    panel = where_i_stand()
    assert "No bet" in html(panel)
    kept(home, (0.6, 1))
    press(panel.controls[0])
    assert "1 bet has come" in panel.html


def test_a_damaged_file_is_said(home):
    """Where the old file went is reported in the panel too."""
    home.mkdir()
    (home / "progress.json").write_text("{")
    assert "progress.damaged-1.json" in html(where_i_stand())
