"""What a learner decides stays decided: later sections of a page play the way that was chosen."""

from __future__ import annotations

import pytest

from learner import html, press
from notebooks.pages import LANGUAGES, play
from notebooks.test_runs import a_bet
from workbook.lesson import open_case
from workbook.lesson.start.exercises import BESIDE
from workbook.play import play as play_plan

BOX = {"en": "A famous name on the sign", "zh": "招牌挂上名牌"}
FEW = {"runs": 200}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A learner's home, empty."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))


def stall(**figures):
    """The tea stall, opened."""
    return open_case("tea-stall", **{**FEW, **figures})


def struck_stall(lang="en"):
    """The tea stall whose question about the box has been answered; and its panels by name."""
    lesson = stall(lang=lang)
    panels = {name: getattr(lesson, name)() for name in ("situation", "path", "cards", "many")}
    panels["again"] = lesson.rehearse(again=True)
    panels["bet"] = lesson.bet("how-good")
    panels["two"] = lesson.exercise("two-changes")
    for panel in panels.values():
        assert panel.live is not None
    lesson.exercise("strike").check(figure=3)
    return lesson, panels


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_box_that_is_crossed_out_is_gone_from_everything(lang):
    """Answering takes it out of the picture, the tables, the plays, the rehearsal to come."""
    lesson, panels = struck_stall(lang)
    assert BESIDE not in lesson.plays.plan.ids
    for name in ("situation", "cards"):
        assert BOX[lang] not in panels[name].still(), name
        assert BOX[lang] not in panels[name].view.value, name
    assert BESIDE not in panels["again"].sitting.plan.ids
    panels["bet"].choice.value = "fair"
    panels["bet"].confidence.value = "70"
    press(panels["bet"].button)
    assert BESIDE not in panels["many"].outcomes.plan.ids
    alone = play_plan(lesson.plays.plan, {"how-good": "fair"}, runs=200, seed=1, how="simulated")
    assert panels["many"].outcomes.fates == alone.fates


def test_the_reply_stays_when_the_answer_crosses_the_box_out():
    """Everything else is asked again of the shorter chain; what was just answered is not."""
    lesson = stall()
    other, strike = lesson.exercise("two-changes"), lesson.exercise("strike")
    other.check(first="thrift", second="strict")
    press(strike.button)
    assert BESIDE not in lesson.plays.plan.ids
    assert strike.verdict is not None
    assert strike.verdict.why in strike.view.value
    assert other.verdict is None


def test_it_stays_out_after_a_restart_and_comes_back_by_a_press():
    """It is kept in the learner's file; the button puts it back, and takes it out again."""
    _, panels = struck_stall()
    assert BESIDE not in stall().plays.plan.ids
    press(panels["path"].button)
    assert BOX["en"] in panels["situation"].still()
    assert BESIDE in stall().plays.plan.ids
    assert BESIDE in panels["again"].sitting.plan.ids
    press(panels["path"].button)
    assert BESIDE not in stall().plays.plan.ids


def test_a_bet_belongs_to_the_chain_it_was_placed_on():
    """Putting the box back asks for a new bet, the other beside it; taken back, it counts."""
    lesson, panels = struck_stall()
    panels["bet"].choice.value = "fair"
    panels["bet"].confidence.value = "70"
    press(panels["bet"].button)
    assert lesson.main_bet is not None
    press(panels["path"].button)
    assert lesson.main_bet is None
    assert "one box crossed out" in html(panels["bet"])
    assert "87%" not in panels["two"].still()
    press(panels["path"].button)
    assert lesson.main_bet is not None
    assert "87%" in panels["two"].still()


def test_before_the_answer_the_box_is_there_and_no_button():
    """Nobody takes it out for the learner; the top rehearsal keeps the plan as it was met."""
    lesson = stall()
    lesson.exercise("strike")
    path = lesson.path()
    assert path.live is not None
    path.refresh()
    assert path.button.layout.display == "none"
    assert BESIDE in lesson.plays.plan.ids
    lesson.exercise("strike").check(figure=3)
    assert path.button.layout.display == ""
    assert BESIDE in lesson.rehearse().sitting.plan.ids


def test_a_batch_run_crosses_it_out_where_the_page_does():
    """Papermill's page is that of a learner who answered; the learner's own file is not read."""
    page = play("en", "00-start-here", **FEW, **a_bet("00-start-here"))
    lesson = page.names["lesson"]
    assert BESIDE not in lesson.plays.plan.ids
    assert BOX["en"] not in page.cells["lesson.cards()"]
    struck_stall()
    assert BESIDE in stall(batch=True).plays.plan.ids


def said(outcomes, w):
    """How a page may say the share of lives at the goal."""
    share = outcomes.fates["goal"], outcomes.fates_error["goal"]
    return {w.percent(*share), w.chance(*share)}


WAYS = [
    ("tea-stall", "uncut()", "strict", {}),
    ("caffeine-lozenge", "skip('taste')", "wait", {"walk-around": "skip-taste"}),
    ("ai-companion", "seed_users()", "device-alone", {"whom-to-ask": "friends"}),
    ("side-business", "first_chore()", "short-round", {"first-node": "goods-first"}),
]


def betting(case, bet):
    """A lesson with a recorded bet."""
    lesson = open_case(case, runs=200, batch=True)
    lesson.bet(recorded=(bet, 80))
    return lesson


@pytest.mark.parametrize(("case", "section", "bet", "other"), WAYS)
def test_a_later_section_plays_the_way_that_was_bet_on(case, section, bet, other):
    """The way bet on stands in each comparison, and the page says whose lives these are."""
    lesson = betting(case, bet)
    shown = html(eval(f"lesson.{section}", {"lesson": lesson}))
    mine = {lesson.syllabus.fork: bet}
    for choices in (mine, {**mine, **other}):
        shares = said(lesson.plays.play(choices), lesson.w)
        assert any(share in shown for share in shares), (choices, shares)
    assert "Whose lives: those who choose" in shown


def test_where_the_way_bet_on_asks_nobody_the_page_says_whose_lives_it_shows():
    """Who sells at once has no seed users: the section plays those who polish, and says so."""
    shown = html(betting("ai-companion", "sell-at-once").seed_users())
    assert "Polish both" in shown.split("Whose lives")[1]
