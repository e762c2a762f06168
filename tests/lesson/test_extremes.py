"""Sentences hold at the ends of every parameter: no figure that reads like a machine's."""

from __future__ import annotations

import re
from html import unescape

import pytest

from learner import html
from notebooks.pages import LESSONS, play
from workbook.lesson import open_case

GARBLED = {
    "a tenth of nothing": r"\b0\.0%|\b100\.0%",
    "several of one": r"(?<![\d.,])1 (points|weeks|hours|lives|intervals|milestones)\b",
    "one that do": r"(?<![\d.,])1 (reach|find|learn|change) ",
    "a gap in a sentence": r"[a-z] –[.,;]",
    "all called most": r"most of the others [a-z ]*\(100\)",
    "no gap with an error": r"give or take 0\b(?!\.)",
}
FEW = {"runs": 100, "seed": 7}


def said_of(page) -> str:
    """All that a page says, with what it tells a reader who does not see its pictures."""
    alts = re.findall(r'aria-label="([^"]*)"', "".join(page.cells.values()))
    return unescape("\n".join([*page.text.values(), *alts]))


@pytest.mark.slow
@pytest.mark.parametrize("least", [True, False], ids=["next to nothing", "more than enough"])
@pytest.mark.parametrize("name", LESSONS)
def test_at_the_ends_the_page_still_speaks_english(name, least):
    """With next to nothing, and with more than enough, every sentence is one."""
    own, ends = ("hours", (168, 1)) if name[:2] == "04" else ("cash", (10**9, 1))
    bet = {"00": "fair", "01": "wait"}.get(name[:2], "as-written")
    said = said_of(play("en", name, bet=bet, **{own: ends[least]}, **FEW))
    found = {
        what: re.findall(f".{{0,40}}(?:{sign}).{{0,20}}", said) for what, sign in GARBLED.items()
    }
    assert not any(found.values()), found


@pytest.mark.slow
def test_who_never_found_out_is_not_said_to_have_known():
    """With an hour a week nobody gets as far as handing out: then nobody knew, either."""
    page = play("en", "04-side-business", bet="as-written", hours=1, **FEW)
    said = page.text["lesson.too_early()"]
    assert "In 100 the year ends before anyone knows" in said
    assert re.search(r"knew the flow\s+0\s", said)


def test_a_guess_is_not_given_away_above_it(monkeypatch, tmp_path):
    """The tea stall's share of lives stands nowhere before it is guessed, and once it is, below."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    lesson = open_case("tea-stall", "en", runs=200)
    strike = lesson.exercise("strike")
    strike.check(figure=10)
    before = [lesson.path(), lesson.cards(), lesson.uncut(), lesson.many(), lesson.guess("many")]
    share = lesson.w.percent(lesson.plays.goal())
    assert not any(share in html(panel) for panel in before)


def test_a_bar_is_reported_with_the_bet(tmp_path, monkeypatch):
    """Anyone who bets on a level reads what the level is."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    asked = html(open_case("tea-stall", "en", runs=100).bet())
    for least in (5, 15, 26):
        assert f"buyers who come back within the week, {least} of 30" in asked
