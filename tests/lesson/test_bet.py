"""The bet comes before the reveal, is kept, and stands once its outcome is out."""

from __future__ import annotations

import json

import pytest

from learner import html, press, send
from workbook.errors import InputError
from workbook.lesson.progress import Bet, Guess, Progress

CLOSED = "Closed until you have placed your bet"
GATED = ("options", "what_happened", "conversion", "when_wrong")


def place(panel, option="borrow", confidence=85):
    """Choose, say how sure, press: as a learner does."""
    send(panel.choice, index=[o.id for o in panel.fork.options].index(option))
    send(panel.confidence, value=str(confidence))
    press(panel.button)


@pytest.mark.parametrize("section", GATED)
def test_nothing_is_revealed_before_the_bet(lesson, section):
    """Each section behind the bet answers with one friendly line, and no picture."""
    shown = html(getattr(lesson, section)())
    assert CLOSED in shown
    assert "<svg" not in shown


@pytest.mark.slow
def test_placing_the_bet_opens_what_lies_behind_it(lesson):
    """The sections on the page open by themselves when the bet is placed."""
    panels = [getattr(lesson, section)() for section in GATED]
    assert all(CLOSED in html(panel) for panel in panels)
    place(lesson.bet())
    assert not any(CLOSED in panel.html for panel in panels)


def test_while_the_bet_is_played_the_panel_says_that_it_stands(lesson):
    """Plays take seconds: meanwhile “No bet yet” would be untrue beside “Your bet is down”."""
    panel = lesson.bet()
    seen = []
    opens = panel.opens
    panel.opens = lambda: (seen.append((html(panel), panel.message.value)), opens())
    place(panel)
    ((shown, said),) = seen
    assert "Borrow" in shown
    assert "No bet yet" not in shown
    assert "Your bet is down" in said


def test_a_placed_bet_is_saved_with_its_confidence(lesson, home):
    """The file has the choice and the confidence as a share."""
    place(lesson.bet(), "wait", 95)
    (bet,) = json.loads((home / "progress.json").read_text())["bets"].values()
    assert (bet["choice"], bet["confidence"]) == ("wait", 0.95)


def test_the_bet_survives_a_new_kernel(lesson_in):
    """A lesson opened again shows the bet and what lies behind it."""
    place(lesson_in().bet(), "launch-early", 60)
    again = lesson_in()
    shown = html(again.bet())
    assert "Launch small and learn, 60% sure" in shown
    assert CLOSED not in html(again.options())


def test_without_a_choice_nothing_is_placed(lesson, home):
    """A press without a choice asks for one."""
    panel = lesson.bet()
    press(panel.button)
    assert "Choose one of the options first" in panel.message.value
    assert not (home / "progress.json").exists()


def test_a_bet_may_be_changed_before_it_is_shown_and_not_after(lesson):
    """Until a section behind it has been seen the learner may think again."""
    panel = lesson.bet()
    place(panel, "borrow")
    assert "You may change it" in panel.html
    place(panel, "wait")
    assert lesson.main_bet.choice == "wait"
    lesson.records.place_guess("options", Guess(0, 100))
    lesson.options().refresh()
    panel.refresh()
    assert "the bet stands" in panel.html
    assert panel.choice.disabled
    press(panel.button)  # it keeps the focus of the keyboard, and says why nothing happens
    assert "the bet stands" in panel.message.value
    assert lesson.main_bet.choice == "wait"


@pytest.mark.parametrize("confidence", [10, -5, 300, 0.8, "very", "60-70", "30%"])
def test_out_of_range_confidence_is_reported_and_not_changed_in_silence(lesson, confidence):
    """Less than a coin toss, or more than certain, cannot be bet: a sentence says so."""
    panel = lesson.bet()
    send(panel.choice, index=0)
    send(panel.confidence, value=str(confidence))
    press(panel.button)
    assert "from 50 to 100" in panel.message.value
    assert panel.confidence.value == str(confidence)
    assert lesson.main_bet is None


def test_how_sure_is_never_filled_in_for_the_learner(lesson):
    """The box is empty, for a number in it leads the answer; without one it is asked for."""
    panel = lesson.bet()
    assert panel.confidence.value == ""
    send(panel.choice, index=0)
    press(panel.button)
    assert "Write how sure you are" in panel.message.value
    assert lesson.main_bet is None


@pytest.mark.parametrize("written", ["80", "80%", "８０", " 80 % ", "八成"])
def test_how_sure_is_read_as_people_write_it(lesson, written):
    """With or without a sign for hundredths, in full width or as tenths in Chinese."""
    panel = lesson.bet()
    place(panel, "borrow", written)
    assert lesson.main_bet.confidence == 0.8


@pytest.mark.slow
def test_a_recorded_bet_reveals_all_and_writes_nothing(lesson, home):
    """A batch run brings a bet: everything opens, and the learner's file is left alone."""
    shown = html(lesson.bet("cash-gap", recorded=("launch-early", 80)))
    assert "Launch small and learn, 80% sure" in shown
    assert all(CLOSED not in html(getattr(lesson, section)()) for section in GATED)
    assert not home.exists()


def test_a_recorded_bet_that_is_none_is_refused_with_every_fault():
    """A wrong option and a wrong confidence are both reported."""
    from workbook.lesson.bet import recorded_bet

    with pytest.raises(InputError) as caught:
        recorded_bet(("gamble", 30), ("borrow", "wait"))
    assert "gamble" in str(caught.value)
    assert "30" in str(caught.value)


def test_the_bets_way_is_the_way_that_is_played(lesson):
    """Many lives follow the bet once it is placed."""
    many = lesson.many()
    lesson.records.place_guess("many", Guess(0, 100))
    assert CLOSED in html(many)
    place(lesson.bet(), "wait")
    assert "Stop and wait for money" in many.html


def test_a_bet_that_cannot_be_saved_says_so_and_still_counts(lesson, home):
    """Where the home cannot be written the panel tells it, and the reveal opens all the same."""
    home.write_text("a file stands where the folder should be")
    panel, options = lesson.bet(), lesson.options()
    place(panel)
    assert "until the kernel stops" in panel.message.value
    assert CLOSED not in options.html


def test_a_bet_on_an_option_that_is_gone_may_be_placed_again(lesson_in, home):
    """An updated case may have lost an option: the page opens, and asks for a bet that it has."""
    kept = Progress(home)
    kept.place("caffeine-lozenge", "cash-gap", Bet("gone", 0.8))
    kept.show("caffeine-lozenge", "cash-gap", 1.0)
    lesson = lesson_in("en")
    panel, options = lesson.bet(), lesson.options()
    assert "No bet yet" in html(panel)
    assert "Closed until" in html(options)
    lesson.records.place_guess("options", Guess(0, 100))
    send(panel.choice, index=0)
    send(panel.confidence, value="80")
    press(panel.button)
    assert lesson.main_bet.choice == "borrow"
    assert "<svg" in options.html
    assert lesson.records.came("cash-gap") is not None


def test_a_damaged_file_is_reported_before_the_bet(lesson_in, home):
    """The learner reads where the old file went."""
    home.mkdir()
    (home / "progress.json").write_text("{")
    assert "progress.damaged-1.json" in lesson_in().bet().message.value


@pytest.mark.slow
def test_the_reason_comes_back_beside_the_outcome(lesson):
    """What the learner wrote stands under the options, word for word and inert."""
    options = lesson.options()
    lesson.records.place_guess("options", Guess(0, 100))
    panel = lesson.bet()
    send(panel.why, value=" the taste <b>is</b> the product ")
    place(panel)
    assert "You wrote: “the taste &lt;b&gt;is&lt;/b&gt; the product”" in options.html


@pytest.mark.slow
def test_other_figures_ask_for_another_bet_and_show_both(lesson_in):
    """Change `cash` and bet again: the first bet stands, and is seen beside the second."""
    first = lesson_in()
    place(first.bet(), "borrow", 85)
    first.what_happened().refresh()
    other = lesson_in(cash=300_000)
    panel = other.bet()
    assert "No bet yet" in html(panel)
    assert CLOSED in html(other.options())
    assert not panel.button.disabled
    place(panel, "wait", 60)
    assert "Stop and wait for money, 60% sure" in panel.html
    beside = panel.html.partition("Your bets on other figures")[2]
    assert "Borrow and keep testing" in beside
    again = html(lesson_in().bet())
    assert "Borrow and keep testing, 85% sure" in again
    assert "cash ¥300,000" in again


def test_the_cash_of_the_case_typed_by_hand_is_the_case(lesson_in):
    """The same sum written out is no other figure."""
    place(lesson_in().bet(), "borrow", 85)
    same = lesson_in(cash=lesson_in().case.plan.cash)
    assert "Borrow and keep testing, 85% sure" in html(same.bet())


def test_a_class_is_handed_the_first_bet(home):
    """The bet on the case's own figures goes into the hand-in; without one, the earliest."""
    progress = Progress(home)
    progress.place("a", "fork@cash=5", Bet("late", 0.6, "2026-02-01"))
    progress.place("a", "fork@cash=9", Bet("early", 0.6, "2026-01-01"))
    assert progress.first_bet("a", "fork").choice == "early"
    progress.place("a", "fork", Bet("own", 0.6, "2026-03-01"))
    assert progress.first_bet("a", "fork").choice == "own"
    assert progress.first_bet("a", "elsewhere") is None
