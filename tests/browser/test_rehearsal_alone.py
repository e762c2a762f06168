"""A rehearsal by touch, with weeks that pass or stand still, and in a class; without JupyterLab."""

from __future__ import annotations

import pytest

from browser.rehearsal_page import open_rehearsal
from classroom import entry, hand_in
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.plan import Plan
from workbook.rehearsal import replay
from workbook.words import Words
from workbook.workshop import facilitate, take_a_seat
from workbook.workshop.collect import collect
from workbook.workshop.rehearsed import plan_to_rehearse

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "ai-companion"
FINGER = 44
"""Pixels that a finger needs (WCAG 2.5.5)."""
MOODY = {"start": 50, "falls_by": 20, "rises_by": 0, "low_below": 40, "rounds_longer": 2.0}
PASSING = """() => {
  window.passed = [];
  const root = document.querySelector('.wbr');
  new MutationObserver(() => {
    if (root.hasAttribute('data-passing'))
      window.passed.push(root.querySelector('.wbr-week')?.textContent);
  }).observe(root, { attributes: true, childList: true, subtree: true, characterData: true });
}"""


def plan_of(**keys):
    """Three milestones, the second of which fails for a while."""
    chain = [
        {"id": "a", "name": "A", "weeks": 6, "pass_rate": 1.0},
        {"id": "b", "name": "B", "weeks": 4, "pass_rate": 0.2, "needs": ["a"]},
        {"id": "c", "name": "C", "weeks": 2, "needs": ["b"]},
    ]
    whole = {"id": "p", "goal": "c", "cash": 900.0, "burn_per_week": 5.0, "milestones": chain}
    return Plan.model_validate({**whole, **keys})


def test_a_life_by_touch_on_a_phone(browser):
    """Taps alone play a life in Chinese; nothing is wider than the phone, or too small to hit."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    shown = open_rehearsal(page, Sitting(plan_of(), None, seed=2), "zh")
    shown.act(lambda: page.locator("[data-do=begin]").tap())
    while shown.sitting.position.fate is None:
        sizes = page.locator(".wbr-choice").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= FINGER
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.evaluate("window.innerWidth")
        shown.act(lambda: page.locator(".wbr-choice").first.tap())
    line = shown.sitting.position.line
    assert replay(shown.sitting.plan, line).fate == shown.sitting.position.fate
    page.locator(".wbr-debrief svg").wait_for()
    shown.act(lambda: page.locator(".wbr-card .wbr-button, .wbr-acts button").last.tap())
    assert shown.sitting.position.fate is None
    context.close()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_weeks_pass_or_stand_still_as_the_reader_wants(browser, motion):
    """With reduced motion the next decision is there at once; without, the weeks count up."""
    context = browser.new_context(reduced_motion=motion)
    page = context.new_page()
    shown = open_rehearsal(page, Sitting(plan_of(morale=MOODY), None, seed=2))
    shown.act(lambda: page.locator("[data-do=begin]").click())
    page.evaluate(PASSING)
    shown.act(lambda: page.locator(".wbr-choice").first.click())
    weeks = {week for week in page.evaluate("window.passed") if week}
    assert bool(weeks) == (motion == "no-preference")
    assert shown.sitting.position.week == 11
    assert page.locator(".wbr-week").inner_text().endswith("11")
    context.close()


def test_morale_and_the_goal_are_on_the_screen(page):
    """A failure makes morale low: its tile says so, and the button has the longer attempt."""
    sitting = Sitting(plan_of(morale=MOODY), None, seed=2)
    shown = open_rehearsal(page, sitting)
    shown.act(lambda: page.locator("[data-do=begin]").click())
    tile = page.locator(".wbr-tile", has_text="Morale")
    assert "50" in tile.inner_text()
    page.locator(".wbr-chance input").fill("60")
    while (sitting.position.morale or 0) >= MOODY["low_below"]:
        shown.act(lambda: page.locator(".wbr-choice").first.click())
    assert "low: an attempt takes longer" in tile.inner_text()
    assert "8 weeks" in page.locator(".wbr-choice").first.inner_text()
    page.locator(".wbr-whynot summary").click()
    assert "it needs B first" in page.locator(".wbr-whynot").inner_text()
    while sitting.position.fate is None:
        shown.act(lambda: page.locator(".wbr-choice").first.click())
    (said,) = sitting.saved.forecasts
    assert said == (60, sitting.position.fate == "goal")


def test_a_class_from_the_seat_to_the_wall(page, tmp_path, monkeypatch):
    """A team plays its seat on the page and hands in; the wall has their decision and no name."""
    facilitated = facilitate("en", 60, alive=False).rehearsal(CASE, 7).render()
    assert f"{CASE} 7" in facilitated
    received = tmp_path / "in"
    whole = replay(plan_to_rehearse(CASE), f"{CASE} 7")
    while whole.fate is None:
        whole = whole.after("as-written")
    for n in range(1, 14):
        line = whole.line if n % 2 else f"{CASE} 7 stop"
        hand_in(received, entry(n).model_copy(update={"rehearsal": line}).sealed())
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "seat"))
    seat = take_a_seat("en")
    shown = open_rehearsal(page, seat.rehearse(f"{CASE} 7", team=True).sitting)
    shown.act(lambda: page.locator("[data-do=begin]").click())
    page.locator(".wbr-who input").fill("Wang Yi-seat")
    shown.act(lambda: page.locator(".wbr-who input").press("Enter"))
    shown.act(lambda: page.locator(".wbr-choice").first.click())
    shown.act(lambda: page.locator(".wbr-choice", has_text="Stop here").click())
    assert shown.sitting.saved.who == {0: "Wang Yi-seat"}
    hand_in(received, seat.entry)
    out = collect(received, tmp_path / "out", Words("en")).out
    wall = next(out.rglob("wall.html"))
    page.goto(wall.as_uri())
    text = page.locator("main, body").first.inner_text()
    assert "Stop here" in text
    assert "Wang" not in text
    data = next(out.rglob("wall.json"))
    place = seat.place(str(data)).render()
    assert "did this: “Stop here”" in place or "decisions cost" in place
