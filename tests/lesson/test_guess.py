"""A guess is an interval, written down before the number is shown; then both stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learner import html, press, send
from workbook.errors import InputError
from workbook.lesson.progress import Guess, Progress
from workbook.lesson.syllabus import Guessed, Scale

CLOSED = "Closed until you have written down your guess"
FOUNDERS = Guessed(
    "How many of 100 founders arrive?",
    Scale("", 0, 100, 1, 50, "percent"),
    lambda plays, choices: 100 * plays.goal(choices),
)


@pytest.fixture
def guessing(lesson_in):
    """Open the lozenge with a guess before the many lives."""

    def opened(**how):
        lesson = lesson_in(**how)
        lesson.syllabus = replace(lesson.syllabus, guesses={"many": FOUNDERS})
        return lesson

    return opened


def betting(lesson):
    """The lesson with a bet placed, as the page asks for before its outcome."""
    bet = lesson.bet()
    send(bet.choice, index=0)
    send(bet.confidence, value="70")
    press(bet.button)
    return lesson


def write(panel, low, high):
    """Fill in both ends and press, as a learner does."""
    send(panel.low, value=str(low))
    send(panel.high, value=str(high))
    press(panel.button)


def test_the_section_is_closed_until_the_guess_stands(guessing):
    """No number before the guess; with it the section opens by itself and both are kept."""
    lesson = betting(guessing())
    guess, many = lesson.guess("many"), lesson.many()
    assert CLOSED in html(many)
    assert "<svg" not in many.html
    write(guess, 0, 100)
    assert "<svg" in many.html
    came = lesson.records.came("many")
    assert came == pytest.approx(100 * lesson.plays.goal(lesson.choices))
    assert "your interval holds" in html(guess)
    assert guess.low.disabled
    press(guess.button)
    assert "The guess stands" in guess.message.value


def test_a_guess_before_the_bet_opens_nothing_and_can_still_be_changed(guessing):
    """The number is that of the way bet on: without a bet it is neither shown nor settled."""
    lesson = guessing()
    guess, many = lesson.guess("many"), lesson.many()
    write(guess, 0, 100)
    assert "placed your bet" in html(many)
    assert not guess.button.disabled
    betting(lesson)
    assert "<svg" in html(many)


def test_a_guess_that_misses_is_reported_so(guessing):
    """What lies outside is said, with the number."""
    lesson = betting(guessing())
    guess = lesson.guess("many")
    write(guess, 98, 100)
    lesson.many().refresh()
    assert "outside your interval" in html(guess)


def test_a_guess_belongs_to_its_figures(guessing):
    """What came first stands; other cash asks again, and the earlier guess is shown beside it."""
    lesson = betting(guessing())
    write(lesson.guess("many"), 10, 20)
    lesson.many().refresh()
    first = lesson.records.came("many")
    lesson.records.place_guess("many", Guess(0, 100))
    assert lesson.records.guess("many").high == 20
    other = guessing(cash=5_000_000)
    assert other.records.guess("many") is None
    guess = other.guess("many")
    assert "10% – 20%" in html(guess)
    assert f'<td class="wb-number">{first:g}%</td>' in html(guess)
    write(guess, 90, 100)
    assert guessing().records.guess("many").high == 20


@pytest.mark.parametrize(("low", "high", "word"), [(60, 20, "swap"), (30, 30, "Leave room")])
def test_what_is_no_interval_is_answered(guessing, low, high, word):
    """Ends the wrong way round, and a single number, each get their own word; nothing is kept."""
    lesson = guessing()
    guess = lesson.guess("many")
    write(guess, low, high)
    assert word in guess.message.value
    assert lesson.records.guess("many") is None


def test_a_batch_run_neither_guesses_nor_writes(guessing, home):
    """With a recorded bet everything is open and the learner's file is left alone."""
    lesson = guessing()
    lesson.bet(recorded=("borrow", 70))
    assert "batch run" in html(lesson.guess("many"))
    assert CLOSED not in html(lesson.many())
    assert not home.exists()


def test_an_unknown_guess_is_a_fault(guessing):
    """A mistyped name is answered with the names there are."""
    with pytest.raises(InputError, match="many"):
        guessing().guess("few")


def test_a_file_from_before_guesses_is_read(tmp_path):
    """Progress written by an earlier workbook keeps its bets, and takes what is new."""
    (tmp_path / "progress.json").write_text(
        '{"workbook_progress": 1, "bets": {"a/b": {"choice": "c", "confidence": 0.8, '
        '"placed": "2026-01-01"}}, "shown": {"a/b": "2026-01-01"}, "answers": {}}'
    )
    progress = Progress(tmp_path)
    assert progress.bet("a", "b").choice == "c"
    progress.show("a", "b", 1.0)
    assert Progress(tmp_path).came("a", "b") == 1.0
    assert not list(tmp_path.glob("*damaged*"))


@pytest.mark.parametrize(("low", "high"), [(-5, 40), (0, 900)])
def test_a_number_out_of_bounds_is_reported_and_not_clamped(guessing, low, high):
    """−5 stays −5 and 900 stays 900: a sentence names the bounds, and nothing is written down."""
    lesson = betting(guessing())
    guess = lesson.guess("many")
    write(guess, low, high)
    assert "between 0% and 100%" in guess.message.value
    assert (guess.low.value, guess.high.value) == (str(low), str(high))
    assert lesson.records.guess("many") is None


def test_no_figure_stands_in_the_boxes_before_the_learner_writes_one(guessing):
    """They are empty with the bounds in grey; pressed so, both are asked for; once written they
    come back, and numbers are read as people write them.
    """
    lesson = guessing()
    guess = lesson.guess("many")
    assert (guess.low.value, guess.high.value) == ("", "")
    assert "0%" in guess.low.placeholder
    assert "100%" in guess.low.placeholder
    press(guess.button)
    assert guess.message.value.count("nothing is written here") == 2
    write(guess, "<b>20</b>", "about half")
    assert "At least: " in guess.message.value
    assert "At most: " in guess.message.value
    assert "<b>" not in guess.message.value
    assert lesson.records.guess("many") is None
    write(guess, "２０", "四十五")
    assert (lesson.records.guess("many").low, lesson.records.guess("many").high) == (20, 45)
    again = guessing().guess("many")
    assert (again.low.value, again.high.value) == ("20", "45")
