"""The guide, the sheets and the timer: the sums are right and every line is in both languages."""

from __future__ import annotations

import itertools
import re

import pytest

from workbook.errors import InputError
from workbook.words import Words
from workbook.workshop import facilitate
from workbook.workshop.facilitator import guide, guide_page, timetable
from workbook.workshop.paper import PAPERS, paper_page

LENGTHS = (60, 75, 90, 120)


@pytest.mark.parametrize("minutes", LENGTHS)
def test_the_minutes_of_a_workshop_add_up(minutes):
    """No gap, no overlap, and the last block ends when the workshop does."""
    slots = timetable(minutes)
    for slot, after in itertools.pairwise(slots):
        assert slot.begins + slot.minutes == after.begins
    assert slots[0].begins == 0
    assert slots[-1].begins + slots[-1].minutes == minutes
    assert all(slot.minutes >= 1 for slot in slots)


def test_the_preparation_takes_an_hour():
    """Whoever has sixty minutes before the day gets through the list."""
    assert sum(errand.minutes for errand in guide().before) == 60


def test_there_are_four_lengths_and_every_block_is_used():
    """No block is written that no workshop has."""
    assert tuple(guide().lengths) == LENGTHS
    used = {id for blocks in guide().lengths.values() for id in blocks}
    assert used == set(guide().blocks)


@pytest.mark.parametrize("minutes", LENGTHS)
def test_every_length_goes_from_the_bet_to_the_next_test(minutes):
    """Whatever is cut, nobody leaves without a bet, a chain, a proof and a next test."""
    ids = [slot.id for slot in timetable(minutes)]
    assert ids.index("blind-bet") < ids.index("reveal") < ids.index("build")
    assert ids.index("build") < ids.index("proof") < ids.index("next-test") < ids.index("hand-in")


def test_a_longer_workshop_cuts_no_block_short():
    """Whoever has more time has at least as much of it for each block."""
    for shorter, longer in itertools.pairwise(LENGTHS):
        less, more = guide().lengths[shorter], guide().lengths[longer]
        assert all(more[id] >= minutes for id, minutes in less.items())


def test_the_chinese_of_the_guide_is_chinese():
    """Each line has its own text in both, with Chinese punctuation."""
    for block in guide().blocks.values():
        for text in (block.title, block.say, block.show, block.do):
            assert re.search("[一-鿿]", text.zh)
            assert not re.search("[一-鿿]", text.en)
            assert not re.search(r"[一-鿿][,;?!]", text.zh)


def test_a_length_that_there_is_not_is_told():
    """With those there are."""
    with pytest.raises(InputError, match="60, 75, 90, 120"):
        timetable(61)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_guide_is_one_page_without_network(lang):
    """Every block with its minute, and nothing that loads."""
    html = guide_page(75, Words(lang))
    assert html.count("<time>") == len(timetable(75))
    assert not re.search(r"(src|href)=\"(?!#)", html)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sheets_say_their_paper(lang, paper):
    """A page rule for the paper, and the options of the fork to tick."""
    html = paper_page(Words(lang), paper)
    assert f"size: {paper};" in html
    assert html.count("<section") == 3


def test_a_batch_run_of_the_facilitator_writes_nothing(tmp_path, monkeypatch):
    """Under papermill the notebook shows its guide and leaves no file."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    room = facilitate("zh", 60, alive=False)
    for panel in (room.guide(), room.timer(), room.sheets(), room.wall("nowhere")):
        assert panel._repr_mimebundle_()["text/html"]
    assert not (tmp_path / "home").exists()


def test_the_facilitator_prints_and_collects(tmp_path, monkeypatch):
    """Sheets are written for both papers; the wall shows its questions once hand-ins are there."""
    from classroom import entry, hand_in

    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    room = facilitate("en", 90)
    room.sheets().render()
    assert {path.name for path in (tmp_path / "home" / "print").iterdir()} == {
        "guide-90-en.html",
        "sheets-a4-en.html",
        "sheets-letter-en.html",
    }
    assert "No hand-ins" in room.wall().render()
    for n in range(12):
        hand_in(tmp_path / "home" / "hand-ins", entry(n))
    assert room.wall().render().count("<li>") == 3
