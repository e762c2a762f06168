"""What the wall gives away: an attacker who keeps every public view cannot name an answer."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom import FORK, OPTIONS, entry, hand_in
from workbook.errors import InputError
from workbook.words import Words
from workbook.workshop.collect import DATA, PRIVATE, PUBLIC, SHOWN, collect
from workbook.workshop.inbox import ReceivedFile, answers
from workbook.workshop.panels import LEAST, PanelState, enough, held_back, next_state
from workbook.workshop.wall import next_panels, wall

W = Words("en")


def class_of(size, **changes):
    found = [entry(n).model_copy(update=changes) for n in range(size)]
    return answers(ReceivedFile(f"{n}.json", "counted", one) for n, one in enumerate(found))


def betting(answer, choice):
    bet = answer.bets[FORK].model_copy(update={"choice": choice, "now": ""})
    return replace(answer, bets={FORK: bet})


def views(arrivals, chance):
    """Every wall that a class shows while it arrives one by one."""
    panels, seen = {}, []
    for n in range(1, len(arrivals) + 1):
        panels = next_panels(panels, arrivals[:n], chance)
        seen.append(wall(panels, n))
    return seen


@given(st.lists(st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.sampled_from("xyz"))))
def test_a_panel_changes_by_five_or_not_at_all(classes):
    """Anyone who comes, changes and leaves: each new sample answers for five changes or more."""
    before, chance = PanelState(), Random(1)
    for said in classes:
        after = next_state(before, said, chance)
        changed = sum(before.said.get(p) != said.get(p) for p in {*before.said, *said})
        assert after is before or changed >= LEAST
        if after.sample:
            assert LEAST <= len(after.sample) == len(after.said) - held_back(len(after.said))
            kept = {p for p in before.sample if said.get(p) == before.said[p]}
            assert after is before or len(kept - {*after.sample}) <= max(
                0, len(kept) - len(after.sample)
            )
        before = after


def test_every_view_and_every_difference_of_a_class_of_thirty_is_of_five_or_more():
    """Thirty arrive one by one: no panel is of fewer than five, none moves by fewer."""
    seen = views(class_of(30), Random(4))
    for then, now in pairwise(seen):
        assert not now.odds or len(now.odds) >= LEAST
        for votes in now.votes.values():
            assert sum(votes.choices.values()) >= LEAST
        if then.odds and now.odds != then.odds:
            assert len(now.odds) - len(then.odds) >= LEAST - 1
    shown = [len(view.odds) for view in seen]
    assert shown == sorted(shown)
    assert shown[-1] == 27 - held_back(27)  # it moved at 7, 12, 17, 22 and 27


@pytest.mark.thorough
@pytest.mark.parametrize("others", [4, 25])
def test_four_invented_people_do_not_isolate_one(others):
    """The difference that her arrival makes occurs as well with her other answer.

    The attacker knows the four invented answers and every wall before and after, but neither
    what the others said nor who is held back. Whatever is seen while she bets on `borrow` is
    also seen while she bets on `wait`, but for rarities.
    """
    found = {}
    for choice in ("borrow", "wait"):
        found[choice] = Counter(_attack(others, choice, Random(seed)) for seed in range(400))
    both = found["borrow"].keys() & found["wait"].keys()
    for choice, seen in found.items():
        certain = sum(n for difference, n in seen.items() if difference not in both)
        assert certain / 400 < 0.05, choice


def _attack(others, choice, chance):
    """The walls before and after four invented bets on `borrow` and one real bet arrive."""
    people = class_of(others + 5)
    before = [betting(answer, chance.choice(OPTIONS)) for answer in people[:others]]
    invented = [betting(answer, "borrow") for answer in people[others:-1]]
    return _difference(before, [*invented, betting(people[-1], choice)], chance)


def _difference(others, arrivals, chance):
    panels = next_panels({}, others, chance)
    before = Counter(votes.choices if (votes := wall(panels).votes.get(FORK)) else {})
    panels = next_panels(panels, [*others, *arrivals], chance)
    after = Counter(votes.choices if (votes := wall(panels).votes.get(FORK)) else {})
    return tuple(after[option] - before[option] for option in OPTIONS)


def test_five_people_alone_show_nothing():
    """Four invented people and one victim, alone in the room, fill no panel."""
    assert not enough(5)
    seen = wall(next_panels({}, class_of(5)))
    assert seen.votes == {}
    assert seen.odds == ()


def test_collecting_again_forgets_nothing(tmp_path):
    """Eight hand-ins, then a ninth, each collected by a new process: the wall stays the same."""
    for n in range(8):
        hand_in(tmp_path / "in", entry(n))
    collect(tmp_path / "in", tmp_path / "out", W)
    before = json.loads((tmp_path / "out" / DATA).read_text("utf-8"))
    hand_in(tmp_path / "in", entry(8))
    collect(tmp_path / "in", tmp_path / "out", W)
    after = json.loads((tmp_path / "out" / DATA).read_text("utf-8"))
    assert after == before | {"people": 9, "waiting": 1}


def test_one_panel_does_not_carry_another_along(tmp_path):
    """Five new bets do not show the one chain that came with them."""
    first = class_of(10)
    panels = next_panels({}, first, Random(1))
    betting_only = [replace(answer, chain=None) for answer in class_of(16)[10:15]]
    with_chain = class_of(16)[15]
    moved = next_panels(panels, [*first, *betting_only, with_chain], Random(1))
    assert moved["chains"] is panels["chains"]
    assert moved[FORK] is not panels[FORK]


def test_the_folder_to_give_out_holds_no_name_no_receipt_and_no_chain(tmp_path):
    """Names, receipts, codes and plans are in the facilitator's own folder only."""
    for n in range(12):
        hand_in(tmp_path / "in", entry(n))
    given_in = collect(tmp_path / "in", tmp_path / "out", W).answers
    public = "".join(
        path.name + path.read_text("utf-8") for path in (tmp_path / "out" / PUBLIC).iterdir()
    )
    private = [path.name for path in (tmp_path / "out" / PRIVATE).rglob("*")]
    for answer in given_in:
        for secret in (answer.name, answer.receipt, answer.person, answer.next_test):
            assert secret not in public
        assert not [name for name in private if answer.receipt.lower() in name.lower()]


def test_a_damaged_memory_of_the_wall_is_refused(tmp_path):
    """A new wall beside an old one could give somebody away: it is not drawn in silence."""
    for n in range(8):
        hand_in(tmp_path / "in", entry(n))
    collect(tmp_path / "in", tmp_path / "out", W)
    (tmp_path / "out" / SHOWN).write_text('{"workbook_panels": 1, "panels": {"x": 3}}')
    with pytest.raises(InputError, match="give somebody away"):
        collect(tmp_path / "in", tmp_path / "out", W)
