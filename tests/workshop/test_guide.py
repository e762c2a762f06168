"""The guide, the sheets and the timer: the sums are right and every line is in both languages."""

from __future__ import annotations

import html
import itertools
import re
from random import Random

import nbformat
import pytest
from nbconvert import SlidesExporter

from classroom import FORK, entry, hand_in
from workbook.errors import InputError
from workbook.words import Words
from workbook.workshop import facilitate
from workbook.workshop.collect import collect
from workbook.workshop.guide import guide, guide_page, timetable
from workbook.workshop.hand_in import Stake
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
    """Anyone who has sixty minutes before the day gets through the list."""
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
    """Anyone who has more time has at least as much of it for each block."""
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


def test_a_length_that_there_is_not_is_reported():
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
        "slides-90-en.html",
        "slides-90-en.ipynb",
    }
    assert "No hand-ins" in room.wall().render()
    for n in range(12):
        hand_in(tmp_path / "home" / "hand-ins", entry(n))
    assert room.wall().render().count("<li>") == 3


# On a call, on slides, on paper


def test_a_call_takes_an_hour_to_prepare_and_says_something_for_every_block():
    """The same minutes as in a room; what differs on a call stands in every block."""
    assert sum(task.minutes for task in guide().before_remote) == 60
    for lang in ("en", "zh"):
        w = Words(lang)
        page, here = (guide_page(90, w, remote=remote) for remote in (True, False))
        blocks = [slot.block for slot in timetable(90)]
        said = [html.escape(w.text(block.remote), quote=False) for block in blocks]
        assert all(line in unquoted(page) for line in said)
        assert w("On a call") not in here
        assert [slot.clock in page for slot in timetable(90)] == [True] * len(timetable(90))


def unquoted(page: str) -> str:
    return page.replace("&#34;", '"').replace("&#39;", "'")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_slides_show_every_block_and_no_code(lang, tmp_path, monkeypatch):
    """nbconvert makes one slide of each block, in its order; what to say is only in the notes."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    room = facilitate(lang, 75)
    room.sheets()._render()
    file = tmp_path / "print" / f"slides-75-{lang}.ipynb"
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    assert {cell.cell_type for cell in notebook.cells} == {"markdown"}
    shown, _ = SlidesExporter().from_notebook_node(notebook)
    w = Words(lang)
    heads = re.findall(r"<h2[^>]*>([^<]+)<", shown)
    titles = [w.text(slot.block.title) for slot in timetable(75)]
    assert [html.unescape(head) for head in heads] == titles
    assert shown.count("<aside") == len(timetable(75))
    assert "jp-Cell jp-CodeCell" not in shown


def test_a_bet_on_paper_counts_as_any_other(tmp_path, monkeypatch):
    """Typed in, it is a hand-in with a receipt; without a choice it is asked for."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    panel = facilitate("en").paper_bet(str(tmp_path / "in"))
    choice, sure, name, own_id, add = panel.controls
    add.click()
    assert "Choose one of the ways first" in panel.message.value
    assert "choice" not in panel.message.value
    choice.value = "wait"
    add.click()
    assert "Write how sure you are" in panel.message.value
    for number in range(2):
        assert sure.value == ""  # that of the bet before would count for this one
        choice.value, sure.value, name.value, own_id.value = "wait", "85", "Ann", f"S-{number}"
        add.click()
    assert "2 bets typed in." in panel.html
    found = collect(tmp_path / "in", tmp_path / "out", Words("en")).answers
    assert [(one.name, one.bets[FORK]) for one in found] == 2 * [
        ("Ann", Stake(choice="wait", confidence=0.85))
    ]


@pytest.mark.parametrize("minutes", LENGTHS)
def test_a_length_can_be_run_as_it_is_printed(minutes, tmp_path, monkeypatch):
    """By the clock: what a block shows is there when it starts. The wall of bets stands before the
    first whole hand-in, and the class is through before the end.
    """
    # who is shown is drawn; a sample in which all but one chose alike would be hidden
    monkeypatch.setattr("workbook.workshop.panels.SystemRandom", lambda: Random(1))
    folder, out, w = tmp_path / "in", tmp_path / "out", Words("en")
    folder.mkdir()
    for slot in timetable(minutes):
        seen = collect(folder, out, w).wall
        if "wall" in slot.block.show.en.lower() and slot.id != "hand-in":
            assert seen.votes[FORK].choices, f"{slot.clock} {slot.id}: no bets on the wall"
            assert bool(seen.tests_of) or slot.id == "look-back"
        if "hand the bet in" in slot.block.do.en:
            for n in range(12):
                early = entry(n).model_copy(update={"plan": "", "kill_line": "", "next_test": ""})
                hand_in(folder, early.sealed(), f"{n}-bet.workbook.json")
        if slot.id == "hand-in":
            for n in range(12):
                test = "" if n % 2 else "Ask ten bakers."
                whole = {"edition": 2, "plan": "", "next_test": test}
                hand_in(folder, entry(n).model_copy(update=whole).sealed())
    assert slot.begins + slot.minutes == minutes
