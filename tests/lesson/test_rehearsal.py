"""A rehearsal on the page, without a browser: what is kept, what is reported, and when."""

from __future__ import annotations

import json
import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import InputError
from workbook.front import text_of
from workbook.lesson.progress import Progress
from workbook.lesson.rehearsal.board import labels
from workbook.lesson.rehearsal.exchange import Exchange
from workbook.lesson.rehearsal.panel import RehearsalPanel
from workbook.lesson.rehearsal.saved import Saved, Score, Store, everywhere, read
from workbook.lesson.rehearsal.score import brier, fresh, rehearsed, trend
from workbook.lesson.rehearsal.sitting import Sitting, recorded
from workbook.lesson.rehearsal.static import static
from workbook.lesson.rehearsal.widget import PACKAGE, PARTS, page
from workbook.plan import Plan
from workbook.rehearsal import rehearse
from workbook.words import Words

W = Words("en")


def shop(**more) -> Plan:
    """A plan with a fork, whose cash lasts for a few attempts."""
    plan = {
        "id": "shop",
        "title": "A shop",
        "goal": "open",
        "cash": 100,
        "burn_per_week": 2,
        "horizon_weeks": 60,
        "milestones": [
            {"id": "recipe", "weeks": 2, "cost": 5, "pass_rate": 0.4},
            {"id": "open", "weeks": 3, "cost": 10, "pass_rate": 0.5, "needs": ["recipe"]},
        ],
        "forks": [
            {
                "id": "loan",
                "at": {"milestone": "open"},
                "options": [{"id": "borrow", "cash": "+50"}],
            }
        ],
    }
    return Plan.model_validate({**plan, **more})


@pytest.fixture
def store(tmp_path) -> Store:
    """A store in a learner's file."""
    return Store(Progress(tmp_path), "shop", "first")


def press(exchange: Exchange, do: str, **detail) -> dict:
    """Ask for something on the screen that is shown; the next screen."""
    exchange.hear({"do": do, "at": exchange.serial, **detail})
    return exchange.board()


def to_the_end(exchange: Exchange, pick: int = 0) -> dict:
    """Take the option with this number at every decision."""
    shown = exchange.board()
    while shown["stage"] == "decide":
        shown = press(exchange, "move", id=shown["choices"][pick % len(shown["choices"])]["id"])
    return shown


def begun(sitting: Sitting) -> Exchange:
    """A rehearsal at its first decision."""
    exchange = Exchange(sitting, W)
    exchange.board()
    press(exchange, "begin")
    return exchange


def test_a_second_press_takes_no_second_decision(store):
    """What is asked on a screen that is no longer shown does nothing."""
    exchange = begun(Sitting(shop(), store))
    asked = {"do": "move", "at": exchange.serial, "id": "as-written"}
    exchange.hear(asked)
    after = exchange.sitting.position
    exchange.board()
    exchange.hear(asked)
    assert exchange.sitting.position is after
    assert not exchange.fault


@given(st.dictionaries(st.sampled_from(["do", "at", "id", "to", "name", "chance"]), st.integers()))
def test_nothing_that_a_page_sends_breaks_a_rehearsal(asked):
    """Whatever a page asks, the last good screen stays and shows no error of ours."""
    exchange = begun(Sitting(shop(), None))
    for do in ("move", "rewind", "who", "coach?", "open"):
        exchange.hear({**asked, "do": do, "at": exchange.serial})
        assert exchange.board()["stage"] == "decide"
        assert not exchange.fault


def test_a_new_kernel_goes_on_where_the_old_one_stopped(store):
    """The position of a rehearsal that was cut off is the same again, cent for cent."""
    first = begun(Sitting(shop(), store))
    press(first, "move", id="as-written", chance=30)
    again = Sitting(shop(), Store(Progress(store.progress.folder), "shop", "first"))
    before, after = first.sitting.position, again.position
    assert after is not None
    assert (after.week, after.cash, after.line) == (before.week, before.cash, before.line)
    assert "?30" in after.line


def test_a_rehearsal_of_figures_that_changed_is_kept_and_a_new_one_begins(store):
    """The note says why; nothing is lost from the file."""
    begun(Sitting(shop(), store))
    exchange = Exchange(Sitting(shop(cash=120), store), W)
    shown = exchange.board()
    assert shown["stage"] == "begin"
    assert "no longer fits this plan" in shown["fault"]
    press(exchange, "begin")
    assert len(store.all()) == 2


def test_going_back_deals_the_same_cards_and_keeps_what_was_played(store):
    """After a rewind the same moves lead to the same end; the file has both rehearsals."""
    exchange = begun(Sitting(shop(), store, guarded=lambda: True))
    end = to_the_end(exchange)
    line, moves = exchange.sitting.position.line, exchange.sitting.position.made
    press(exchange, "rewind", to=1)
    assert exchange.sitting.position.made == moves[:1]
    for move in moves[1:]:
        press(exchange, "move", id=str(move))
    assert exchange.sitting.position.line == line
    assert exchange.board()["end"] == end["end"]
    assert [one.rewound for one in store.all()] == [None, 1]


def test_before_the_bet_the_coach_is_heard_only_by_who_asks_twice(store):
    """The first question is answered with a warning, and only the second is counted."""
    exchange = begun(Sitting(shop(), store, guarded=lambda: True))
    shown = press(exchange, "coach")
    assert shown["coach"]["warning"]
    assert not any(choice["coach"] for choice in shown["choices"])
    assert exchange.sitting.saved.asked == ()
    shown = press(exchange, "coach")
    assert all(choice["coach"] for choice in shown["choices"])
    assert exchange.sitting.saved.asked == (0,)


def test_no_odds_before_the_bet_and_all_of_them_after(store):
    """The end is reported without its odds; once no bet asks for them the debrief is there."""
    open_now = []
    sitting = Sitting(shop(), store, guarded=lambda: not open_now)
    exchange = begun(sitting)
    shown = to_the_end(exchange)
    assert shown["debrief"] is None
    assert not sitting.owes_debrief
    assert "chance" not in json.dumps(shown["since"])
    open_now.append(True)
    assert sitting.owes_debrief
    exchange.work_out(lambda: None)
    reported, score = exchange.board()["debrief"], sitting.saved.score
    assert reported["lines"]
    assert reported["picture"].startswith("<svg")
    assert score.start + score.cost + score.luck == pytest.approx(score.ending, abs=1e-12)


def test_a_debrief_that_fails_leaves_the_end_and_a_sentence(store, monkeypatch):
    """An error of ours is reported once, without a traceback, and the buttons still work."""
    monkeypatch.setattr("workbook.coach.debrief", lambda *_, **__: 1 / 0)
    exchange = begun(Sitting(shop(), store))
    to_the_end(exchange)
    exchange.work_out(lambda: None)
    shown = exchange.board()
    assert "ZeroDivisionError" in shown["fault"]
    assert not exchange.sitting.owes_debrief
    assert press(exchange, "same")["stage"] == "decide"


def test_a_recorded_rehearsal_of_another_plan_is_refused_in_words():
    """A line of moves that does not fit the plan says what is wrong with it."""
    line = rehearse(shop(), 3).line
    assert recorded(shop(), line, {}).position.seed == 3
    with pytest.raises(InputError):
        recorded(shop(id="other"), line, {})
    with pytest.raises(InputError):
        recorded(shop(), "shop 3 take:loan=borrow", {})


def test_in_a_class_everybody_has_the_same_luck_again(store):
    """A new rehearsal there has the class's seed; alone, the next one."""
    exchange = begun(Sitting(shop(), store, seed=7, fixed_luck=True))
    press(exchange, "again")
    assert exchange.sitting.position.seed == 7
    alone = begun(Sitting(shop(), None, seed=7))
    press(alone, "again")
    assert alone.sitting.position.seed == 8


def test_names_are_text_on_the_page_without_a_kernel():
    """A hostile name is escaped in the static version, in every stage."""
    name = "<img src=x onerror=alert(1)>"
    plan = shop(title=name)
    plan = plan.model_copy(
        update={"milestones": tuple(m.model_copy(update={"name": name}) for m in plan.milestones)}
    )
    exchange = begun(Sitting(plan, None, guarded=lambda: True))
    assert name not in static(exchange.sitting, W)
    to_the_end(exchange)
    assert name not in static(exchange.sitting, W)
    assert escape(name) in static(exchange.sitting, W)


def test_a_chain_of_two_hundred_is_drawn_around_where_one_is():
    """A long chain shows the present milestone and its surroundings, never all of it."""
    milestones = [{"id": "m0", "pass_rate": 1.0}]
    milestones += [{"id": f"m{n}", "needs": [f"m{n - 1}"], "pass_rate": 1.0} for n in range(1, 200)]
    exchange = begun(Sitting(shop(goal="m199", milestones=milestones, forks=[]), None))
    shown = exchange.board()
    assert len(shown["chain"]) <= 40
    assert any(step["state"] == "here" for step in shown["chain"])


def test_a_saved_rehearsal_reads_back_and_nonsense_is_left_out(store):
    """The record of a rehearsal is read as it was written; what is not one is skipped."""
    saved = Saved("shop 1", "2026-01-01", "2026-01-02", "goal", (1,), ((30, True),), {0: "Ann"}, 2)
    saved = saved.but(score=Score(0.4, -0.1, 0.7, 1.0))
    assert read(json.loads(json.dumps(saved.record()))) == saved
    for record in ({}, {"line": "x"}, {"line": "x", "begun": "y", "asked": 5}):
        store.progress.keep_rehearsal("shop", "first", record)
    store.keep(saved)
    assert store.all() == [saved]
    assert everywhere(store.progress) == [("shop", saved)]


def test_what_rehearsals_add_up_to_leaves_out_those_that_knew_the_cards(store):
    """Costs and chances are those of fresh rehearsals; a trend needs four and must be clear."""
    assert rehearsed(store.progress, str, W) == []
    for n, cost in enumerate((-0.2, -0.16, -0.02, -0.04)):
        one = Saved("shop 1", f"2026-01-0{n}", "x", "goal", (), ((50, True),))
        store.keep(one.but(score=Score(0.4, cost, 0.6 - cost, 1.0)))
    store.keep(Saved("shop 1", "2026-02", "x", "ruin", rewound=1, score=Score(0.4, 0, -0.4, 0)))
    played = everywhere(store.progress)
    assert len(fresh(played)) == 4
    assert brier(played) == (0.25, 4)
    assert "you decide better" in "".join(rehearsed(store.progress, str, W))
    assert trend([-0.1, -0.2, -0.3]) is None
    noisy = trend([-0.3, 0.0, -0.3, -0.05])
    assert noisy is not None
    assert not noisy.clear


def test_every_label_of_the_page_is_reported_by_the_kernel():
    """Each label that the page's modules use has its text, and none is there in vain."""
    used = {
        name
        for part in PARTS
        for name in re.findall(r"labels\.(\w+)", text_of(PACKAGE, f"{part}.js"))
    }
    assert used == set(labels(W))


def test_the_page_reads_no_text_as_html():
    """No innerHTML, no eval, no network in the page's program."""
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "fetch(", "import("):
        assert way not in page()


def test_a_panel_without_a_kernel_shows_the_last_rehearsal(store):
    """The saved notebook has the diary of a rehearsal that has ended."""
    panel = RehearsalPanel(W, begun(Sitting(shop(), store, guarded=lambda: True)).sitting)
    to_the_end(panel.exchange)
    assert "wb-diary" in panel._repr_mimebundle_()["text/html"]


def test_a_recorded_rehearsal_and_one_of_yesterday_have_their_debrief(store):
    """In a batch run, and after a restart, the picture and the decisions come by themselves."""
    played = begun(Sitting(shop(), store))
    to_the_end(played)
    line = played.sitting.saved.line
    batch = RehearsalPanel(W, recorded(shop(), line, {}), alive=False)
    batch.refresh()
    again = RehearsalPanel(W, Sitting(shop(), store))
    assert again.sitting.owes_debrief
    again._ipython_display_()
    for panel in (batch, again):
        assert "<svg" in panel.still()
        assert "You began at" in panel.still()
        assert "being worked out" not in panel.still()
