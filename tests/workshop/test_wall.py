"""The wall: the class without names, and nothing of fewer than five."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from random import Random

import pytest

from classroom import FORK, entry, hand_in, wall_of
from workbook.charts.spread import Spread, table
from workbook.words import Words
from workbook.workshop.collect import WALL, collect, wall_data
from workbook.workshop.debrief import KINDS, questions
from workbook.workshop.desk import desk_page
from workbook.workshop.hand_in import Stake
from workbook.workshop.inbox import ReceivedFile, answers
from workbook.workshop.page import wall_page, with_names
from workbook.workshop.place import comparison, read_wall


def class_of(size, **changes):
    found = [entry(n).model_copy(update=changes) for n in range(size)]
    return answers(ReceivedFile(f"{n}.json", "counted", one) for n, one in enumerate(found))


@pytest.fixture(scope="module")
def twelve():
    return class_of(12)


def test_fewer_than_five_answers_are_hidden():
    """Two are always held back: six show neither bets nor chains; the seventh opens both."""
    six, seven = (wall_of(class_of(n), Random(1)) for n in (6, 7))
    assert six.votes == {}
    assert six.odds == six.runways == six.thresholds == ()
    assert six.findings == {}
    assert set(six.hidden) == {FORK, "chains"}
    assert sum(seven.votes[FORK].choices.values()) == 5
    assert len(seven.odds) == 5
    assert seven.hidden == ()


def test_what_everybody_said_is_not_shown():
    """A distribution of one value is everybody's answer; the wall does not even say which."""
    same = Stake(choice="borrow", confidence=0.8, now="wait")
    seen = wall_of(class_of(30, bets={FORK: same}), Random(1))
    assert FORK not in seen.votes
    assert FORK in seen.hidden
    assert "borrow" not in json.dumps(wall_data(seen))


def test_every_chain_weighs_the_same():
    """A chain of sixty milestones is one figure among the pass rates, like a chain of three."""
    seen = wall_of(class_of(12), Random(1))
    assert len(seen.thresholds) == len(seen.odds) == seen.chains == 9


def test_a_figure_stands_over_its_own_value():
    """70% sure stands over 70%, not in the middle of 70 to 75."""
    spread = Spread((0.7, 0.7, 0.95), 0.5, 1.0, 0.05, Words("en").percent, "", ("", ""))
    rows = [row for row in table(spread, Words("en"))[1:] if row[1] != "0"]
    assert rows == [("70%", "2"), ("95%", "1")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_name_and_no_receipt_is_on_the_wall(twelve, lang):
    """Neither the page nor its data says who did what."""
    seen = wall_of(twelve, Random(1))
    shown = wall_page(seen, Words(lang)) + json.dumps(wall_data(seen))
    for answer in twelve:
        assert answer.name not in shown
        assert answer.receipt not in shown
        assert answer.person not in shown


def test_distributions_stand_in_order_of_size(twelve):
    """Not by time of arrival, which would give people away."""
    seen = wall_of(twelve, Random(1))
    for values in (seen.odds, seen.runways, seen.thresholds):
        assert list(values) == sorted(values)
    assert seen.people == 12
    assert sum(seen.at_step.values()) == sum(seen.votes[FORK].choices.values()) == 9


def test_the_most_regretted_fork_is_the_one_with_the_largest_share():
    """Of those asked again, not of all; and nobody's regret where all did the same."""
    people = class_of(30)
    asked = [replace(a, bets={FORK: a.bets[FORK].model_copy(update={"now": ""})}) for a in people]
    assert wall_of(people, Random(1)).most_regretted == FORK
    assert wall_of(asked, Random(1)).most_regretted == ""


@pytest.mark.parametrize("size", [9, 12, 30])
def test_three_questions_are_chosen_from_the_data(size):
    """One on the bet, one on the chain, one on what is done next."""
    asked = questions(wall_of(class_of(size), Random(1)), {FORK: "launch-early"})
    assert tuple(question.kind for question in asked) == KINDS


def test_no_question_is_asked_from_the_data_of_a_few():
    """Four people are asked nothing that would point at one of them."""
    assert questions(wall_of(class_of(4))) == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_speaks_without_a_gap(twelve, lang):
    """Forks by their names, no key, no brace."""
    w = Words(lang)
    for question in questions(wall_of(twelve, Random(1)), {FORK: "launch-early"}):
        said = with_names(question.ask, w)
        assert not re.search(r"[{}]|cash-gap", said)


def test_a_place_is_found_by_the_participant_alone(twelve):
    """From the wall's data, which has no names: the largest odds have nobody above them."""
    seen = read_wall(json.dumps(wall_data(wall_of(twelve, Random(1)))).encode())
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
    for page in (desk, (tmp_path / "out" / WALL).read_text("utf-8")):
        assert "<script" not in page
        assert "<img" not in page
        assert "onload=alert" not in page.replace("&lt;svg onload=alert", "")
    assert "&lt;script&gt;" in desk
