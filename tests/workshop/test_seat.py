"""A participant's seat: what is written there outlives a restart, and is handed in as one file."""

from __future__ import annotations

import json
import random

import pytest

from classroom import FORK, entry, hand_in, plan_text
from workbook.builder.shelf import plan_file
from workbook.cli import main
from workbook.errors import InputError
from workbook.lesson.progress import Bet, Progress
from workbook.words import Words
from workbook.workshop import take_a_seat
from workbook.workshop.collect import collect
from workbook.workshop.entry import STEPS


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    return folder


@pytest.fixture
def seated(home):
    """Somebody who has bet and built a chain."""
    Progress(home).place(*FORK.split("/"), Bet("borrow", 0.8))
    file = plan_file("my-chain")
    file.parent.mkdir(parents=True)
    file.write_text(plan_text(random.Random(1)), "utf-8")
    return take_a_seat("en")


def fill(panel, *values):
    for box, value in zip(panel.controls, values, strict=False):
        box.value = value


def test_what_is_handed_in_is_collected_whole(seated, home, tmp_path):
    """Bet, look back, chain, kill line and test arrive as they were written; the receipt fits."""
    seated.look_back(FORK).controls[0].value = "wait"
    panel = seated.hand_in()
    fill(panel, "Wang", "week 12", "ask ten bakers")
    panel.controls[-1].click()
    assert seated.handed_in is not None
    collected = collect(home / "hand-in", tmp_path / "out", Words("en"))
    (answer,) = collected.answers
    assert answer.receipt in panel.html
    assert answer.name == "Wang"
    assert answer.done == STEPS
    assert answer.bets[FORK].now == "wait"
    assert answer.chain is not None
    assert {arrival.state for arrival in collected.arrivals} == {"counted"}


def test_a_draft_outlives_a_restart(seated):
    """What was typed is there again for a new kernel, and it is the same person."""
    fill(seated.hand_in(), "Wang", "week 12")
    again = take_a_seat("zh")
    assert again.draft.name == "Wang"
    assert again.draft.kill_line == "week 12"
    assert again.draft.person == seated.draft.person


def test_handing_in_again_keeps_the_earlier_file(seated, home):
    """Two files; the later counts."""
    panel = seated.hand_in()
    panel.controls[-1].click()
    fill(panel, "Wang")
    panel.controls[-1].click()
    assert len(list((home / "hand-in").glob("*.workbook.json"))) == 2


def test_a_folder_that_cannot_be_written_is_told_in_the_panel(seated, home, monkeypatch):
    """No traceback, and what was typed stays in the boxes."""
    (home / "hand-in").write_text("a file where the folder should be")
    panel = seated.hand_in()
    fill(panel, "Wang")
    assert panel.live is not None
    assert "cannot be written" in panel.message.value
    assert panel.controls[0].value == "Wang"


def test_a_batch_run_writes_nothing(home):
    """Under papermill the seat shows the steps and leaves no file behind."""
    seat = take_a_seat("en", alive=False)
    assert "○" in seat.hand_in()._repr_mimebundle_()["text/html"]
    assert not (home / "hand-in").exists()


def test_the_place_is_told_from_the_wall_alone(seated, home, tmp_path):
    """Before there is a wall it says how to get one; with one it says the place."""
    assert "No wall yet" in seated.place().render()
    for n in range(6):
        hand_in(tmp_path / "in", entry(n))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--json"]) == 0
    (home / "wall.json").write_bytes((tmp_path / "out" / "wall.json").read_bytes())
    assert "of 6 chose as you did" in seated.place().render()


def test_a_torn_wall_is_told(seated, home):
    """A sentence, no traceback."""
    (home / "wall.json").write_text(json.dumps({"people": "many"}))
    with pytest.raises(InputError, match="no wall of a class"):
        seated.place().render()


def test_an_unknown_fork_is_told_with_those_there_are():
    """With the list to choose from."""
    with pytest.raises(InputError, match="cash-gap"):
        take_a_seat("en").look_back("caffeine-lozenge/cash-gab")
