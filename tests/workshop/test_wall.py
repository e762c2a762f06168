"""The wall: the class without names, and nothing of fewer than five."""

from __future__ import annotations

import json
import re

import pytest

from classroom import FORK, entry, hand_in
from workbook.words import Words
from workbook.workshop.collect import collect, wall_data
from workbook.workshop.debrief import KINDS, questions
from workbook.workshop.hand_in import Stake
from workbook.workshop.inbox import ReceivedFile, answers
from workbook.workshop.page import desk_page, wall_page, with_names
from workbook.workshop.wall import LEAST, comparison, read_wall, wall


def class_of(size, **changes):
    found = [entry(n).model_copy(update=changes) for n in range(size)]
    return answers(ReceivedFile(f"{n}.json", "counted", one) for n, one in enumerate(found))


@pytest.fixture(scope="module")
def twelve():
    return class_of(12)


def test_fewer_than_five_answers_are_hidden():
    """Four show neither bets nor chains; the fifth opens both."""
    four, five = (wall(class_of(n)) for n in (LEAST - 1, LEAST))
    assert four.votes == {}
    assert four.odds == four.runways == four.thresholds == ()
    assert four.findings == {}
    assert set(four.hidden) == {FORK, "chains"}
    assert set(five.votes) == {FORK}
    assert len(five.odds) == 5
    assert five.hidden == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_name_and_no_receipt_is_on_the_wall(twelve, lang):
    """Neither the page nor its data says who did what."""
    seen = wall(twelve)
    shown = wall_page(seen, Words(lang)) + json.dumps(wall_data(seen))
    for answer in twelve:
        assert answer.name not in shown
        assert answer.receipt not in shown
        assert answer.person not in shown


def test_distributions_stand_in_order_of_size(twelve):
    """Not by time of arrival, which would give people away."""
    seen = wall(twelve)
    for values in (seen.odds, seen.runways, seen.thresholds):
        assert list(values) == sorted(values)
    assert seen.people == 12 == sum(seen.at_step.values())
    assert sum(seen.votes[FORK].choices.values()) == 12


def test_the_most_regretted_fork_is_the_one_with_the_largest_share():
    """Of those asked again, not of all; and nobody's regret where fewer than five were asked."""
    stake = Stake(choice="borrow", confidence=0.8, now="wait")
    all_regret = wall(class_of(6, bets={FORK: stake}))
    assert all_regret.most_regretted == FORK
    assert all_regret.votes[FORK].regret == 6
    nobody_asked = Stake(choice="borrow", confidence=0.8)
    assert wall(class_of(6, bets={FORK: nobody_asked})).most_regretted == ""


@pytest.mark.parametrize("size", [5, 12, 30])
def test_three_questions_are_chosen_from_the_data(size):
    """One on the bet, one on the chain, one on what is done next."""
    asked = questions(wall(class_of(size)), {FORK: "launch-early"})
    assert tuple(question.kind for question in asked) == KINDS


def test_no_question_is_asked_from_the_data_of_a_few():
    """Four people are asked nothing that would point at one of them."""
    assert questions(wall(class_of(4))) == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_speaks_without_a_gap(twelve, lang):
    """Forks by their names, no key, no brace."""
    w = Words(lang)
    for question in questions(wall(twelve), {FORK: "launch-early"}):
        said = with_names(question.ask, w)
        assert not re.search(r"[{}]|cash-gap", said)


def test_a_place_is_found_by_the_participant_alone(twelve):
    """From the wall's data, which has no names: the largest odds have nobody above them."""
    seen = read_wall(json.dumps(wall_data(wall(twelve))).encode())
    best = max(twelve, key=lambda answer: answer.chain.goal)
    said = [Words("en").message(message) for message in comparison(best, seen)]
    assert any("0 reach their goal more often" in sentence for sentence in said)


def test_a_hostile_class_stays_text(tmp_path):
    """Names, files and chains that are markup are shown as the text that they are."""
    for n in range(6):
        evil = entry(n).model_copy(update={"name": "<script>alert(1)</script>"})
        hand_in(tmp_path / "in", evil.sealed(), f"{n}<img src=x onerror=alert(1)>.json")
    (tmp_path / "in" / "<svg onload=alert(1)>.json").write_bytes(b"{")
    collected = collect(tmp_path / "in", tmp_path / "out", Words("en"))
    desk = desk_page(collected.received_files, collected.answers, Words("en"))
    for page in (desk, (tmp_path / "out" / "wall.html").read_text("utf-8")):
        assert "<script" not in page
        assert "<img" not in page
        assert "onload=alert" not in page.replace("&lt;svg onload=alert", "")
    assert "&lt;script&gt;" in desk
