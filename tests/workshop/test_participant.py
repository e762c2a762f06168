"""A participant's seat: what is written there outlives a restart, and is handed in as one file."""

from __future__ import annotations

import json
import random

import pytest

from classroom import FORK, entry, hand_in, plan_text
from workbook.builder.plan_store import plan_file
from workbook.cli import main
from workbook.errors import InputError
from workbook.lesson.progress import Bet, Progress
from workbook.words import Words
from workbook.workshop import take_a_seat
from workbook.workshop.collect import DATA, collect
from workbook.workshop.hand_in import STEPS, read_hand_in
from workbook.workshop.paper import handout_page


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
    assert {arrival.state for arrival in collected.received_files} == {"counted"}


def test_every_fork_that_was_bet_on_is_looked_back_at(seated, home, tmp_path):
    """A class that bet on another case is asked about it too, and its wall counts who changed."""
    camp = "training-camp/room-to-grow"
    Progress(home).place(*camp.split("/"), Bet("as-written", 0.6))
    panel = seated.look_back(FORK)
    assert [control.description.split(" · ")[0] for control in panel.controls] == [
        "The caffeine lozenge",
        "The training camp",
    ]
    panel.controls[1].value = panel.controls[1].options[-1][1]
    assert "You would choose differently now" in panel.html
    seated.hand_in().controls[-1].click()
    (answer,) = collect(home / "hand-in", tmp_path / "out", Words("en")).answers
    assert answer.bets[camp].now == panel.controls[1].value
    assert answer.bets[FORK].now == ""


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


def test_the_receipt_outlives_a_restart_and_says_when_it_is_old(seated):
    """A new kernel still shows it; once something is changed, that the later hand-in counts."""
    seated.hand_in().controls[-1].click()
    receipt = seated.draft.receipt
    again = take_a_seat("en")
    assert receipt in again.hand_in().render()
    assert "Something is new" not in again.hand_in().render()
    fill(again.hand_in(), "Wang")
    assert "Something is new" in again.hand_in().render()
    assert "text/html" in again.hand_in().render()


def test_two_people_at_one_computer_are_two(seated, home, tmp_path):
    """The second has a chain of their own; the first one's bet and words are not theirs."""
    panel = seated.hand_in()
    fill(panel, "Wang", "week 12", "ask ten bakers")
    panel.controls[-1].click()
    second = take_a_seat("en", "li")
    assert second.draft.kill_line == ""
    assert "Yours is on paper" in second.look_back(FORK).render()
    fill(second.hand_in(), "Li")
    second.hand_in().controls[-1].click()
    found = collect(home / "hand-in", tmp_path / "out", Words("en"))
    assert {answer.name: set(answer.bets) for answer in found.answers} == {
        "Wang": {FORK},
        "Li": set(),
    }
    assert take_a_seat("en").draft.name == "Wang"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken", b"plan: 1\nid: [", b"x" * 2_000_000])
def test_a_plan_file_that_is_broken_costs_nothing_else(seated, content):
    """It is reported in the panel; bet, kill line and test are handed in all the same."""
    plan_file("my-chain").write_bytes(content)
    panel = seated.hand_in()
    fill(panel, "Wang", "week 12", "ask ten bakers")
    panel.controls[-1].click()
    assert "wb-fault" in panel.render()
    entry = read_hand_in(seated.handed_in.read_bytes(), "file")
    assert entry.whole
    assert entry.next_test == "ask ten bakers"
    assert set(entry.bets) == {FORK}


def test_the_page_for_monday_says_what_was_written(seated):
    """Chain, proof, kill line, test: on one page, hostile words as the text that they are."""
    evil = "<img src=x onerror=alert(1)>"
    fill(seated.hand_in(), "Wang", evil, "ask ten bakers")
    page = handout_page(seated.answer, Words("zh"))
    assert "ask ten bakers" in page
    assert evil not in page
    assert page.count("<tr>") == 1 + len(seated.answer.chain.plan.milestones)


def test_a_folder_that_cannot_be_written_is_reported_in_the_panel(seated, home, monkeypatch):
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


def test_the_place_is_reported_from_the_wall_alone(seated, home, tmp_path):
    """Before there is a wall it says how to get one; with one it says the place."""
    assert "No wall yet" in seated.place().render()
    for n in range(10):
        hand_in(tmp_path / "in", entry(n))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--json"]) == 0
    (home / "wall.json").write_bytes((tmp_path / "out" / DATA).read_bytes())
    assert "of 8 chose as you did" in seated.place().render()


def test_a_torn_wall_is_reported(seated, home):
    """A sentence, no traceback."""
    (home / "wall.json").write_text(json.dumps({"people": "many"}))
    with pytest.raises(InputError, match="not the wall of a class"):
        seated.place().render()


def test_an_unknown_fork_is_reported_with_those_there_are():
    """With the list to choose from."""
    with pytest.raises(InputError, match="cash-gap"):
        take_a_seat("en").look_back("caffeine-lozenge/cash-gab")
