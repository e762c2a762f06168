"""Several milestones at once, what is taken for granted as a belief, and weeks as dates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from builder.screen import Page
from workbook import cases
from workbook.builder.entry import read_entry, read_figure
from workbook.builder.state import State
from workbook.consistency import faults_of
from workbook.plan import Plan
from workbook.play import play

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def state() -> State:
    """A row of four: wanted, found, made, sold."""
    state = State()
    for name in ("Wanted", "Found", "Made", "Sold"):
        state.add(name, state.selected or None)
    state.set("milestones.found.pass_rate", 0.4)
    state.set("milestones.made.cost", 1000)
    return state


def plain(plan: Plan, *ids: str) -> list[dict[str, Any]]:
    """Milestones as a page has them."""
    return json.loads(
        json.dumps([plan.milestone(id).model_dump(mode="json", exclude_none=True) for id in ids])
    )


def test_copies_keep_their_figures_and_the_links_among_them(state):
    """Two of a row pasted: the second needs the first's copy, the first what its original needs."""
    before = state.plan
    assert state.paste(plain(before, "found", "made"))
    found, made = (id for id in state.plan.ids if id not in before.ids)
    assert state.plan.milestone(found).needs == ("wanted",)
    assert state.plan.milestone(made).needs == (found,)
    assert state.plan.milestone(found).pass_rate == 0.4
    assert state.plan.milestone(made).cost == 1000
    assert state.plan.goal == "sold"
    assert state.undo()
    assert state.plan == before


def test_milestones_go_from_plan_to_plan(state):
    """Needs that another plan lacks are dropped; a copy comes after the one selected."""
    other = State()
    other.add("Opened")
    assert other.paste(plain(state.plan, "found", "made"), "opened")
    assert other.plan.milestone("found").needs == ("opened",)
    assert other.plan.milestone("made").needs == ("found",)
    assert faults_of(other.plan) == []


@pytest.mark.parametrize(
    "parts",
    [
        None,
        [],
        "milestones",
        [1],
        [{"name": "no id"}],
        [{"id": 3}],
        [{"id": "a", "weeks": "soon"}],
        [{"id": "a", "no_such_key": 1}],
        [{"id": f"m{n}", "name": "x"} for n in range(61)],
        [{"id": "a", "needs": ["b"]}, {"id": "b", "needs": ["a"]}],
    ],
)
def test_what_is_no_milestone_is_refused_and_nothing_changes(state, parts):
    """Nonsense out of a clipboard: a sentence, the same plan."""
    before = state.plan
    assert not state.paste(parts)
    assert str(state.said)
    assert state.plan == before


def test_several_are_deleted_and_left_out_in_one_step(state):
    """One undo brings both back; an unknown one refuses all."""
    before = state.plan
    assert state.delete_all(["found", "made"])
    assert state.plan.ids == ("wanted", "sold")
    assert state.plan.milestone("sold").needs == ("wanted",)
    assert state.undo()
    assert state.plan == before
    assert state.leave_out_all(["found", "made"], True)
    assert set(state.plan.skips) == {"found", "made"}
    assert state.leave_out_all(["found", "made"], False)
    assert state.plan.skips == ()
    assert not state.delete_all(["found", "nobody"])


def test_several_are_moved_together_in_one_step(state):
    """They keep their order among themselves, before another or last; one undo for all of them."""
    before = state.plan
    first, *_, last = ids = before.ids
    assert state.move_all([ids[-1], ids[-2]], first)
    assert state.plan.ids == (*ids[-2:], *ids[:-2])
    assert {m.id: m for m in state.plan.milestones} == {m.id: m for m in before.milestones}
    assert state.undo()
    assert state.plan == before
    assert state.move_all(ids[:2], None)
    assert state.plan.ids == (*ids[2:], *ids[:2])
    assert state.undo()
    for refused in ([first, "nobody"], [first, last]):
        assert not state.move_all(refused, last)
    assert state.plan == before


def test_several_are_begun_at_other_weeks_in_one_step(state):
    """Each its own week, None for at once; one bad week and none of them is written."""
    before = state.plan
    first, second, *_ = before.ids
    assert state.begin_all({first: 4, second: 9})
    assert [m.from_week for m in state.plan.milestones][:2] == [4, 9]
    assert state.begin_all({first: None, second: 7})
    assert [m.from_week for m in state.plan.milestones][:2] == [None, 7]
    assert state.undo()
    assert state.undo()
    assert state.plan == before
    for bad in ({first: 2, second: -3}, {first: 2, "nobody": 3}, {first: "soon"}):
        assert not state.begin_all(bad)
    assert state.plan == before


def test_what_is_doubted_becomes_a_belief_that_the_next_relies_on(state):
    """Its pass rate is the belief; the plan stays valid and is harder or as hard to fulfil."""
    before = play(state.plan).fates["goal"]
    assert state.doubt("found")
    found = state.plan.milestone("found")
    assert found.tests is not None
    assert found.tests.belief == 0.4
    assert found.pass_rate is None
    assert state.plan.milestone("made").relies_on == ("found",)
    assert faults_of(state.plan) == []
    assert play(state.plan).fates["goal"] <= before + 0.05
    assert not state.doubt("found")
    assert state.doubt("wanted")
    assert state.plan.milestone("wanted").tests.belief == 0.5


def test_every_milestone_of_every_case_can_be_doubted_or_says_why_not():
    """No case ends in an error or in a plan with faults."""
    for case in cases.known():
        state = State(cases.load(case).plan)
        for id in state.plan.ids:
            assert state.doubt(id) or str(state.said)
            assert faults_of(state.plan) == []


def test_a_week_may_be_typed_as_a_date_and_is_shown_as_one():
    """With a first day: into a box and into the log, on the node, in what is read out."""
    page = Page().send("add", name="Open").send("set", path="starts", value="2027-01-04")
    plan = page.builder.state.plan
    entry = read_entry(plan, "milestones.open.from_week", "20 Jan 2027")
    assert entry.value == 3
    assert str(entry.notes[0]) == "2027-01-20 is in week 3."
    assert read_entry(plan, "milestones.open.by_week", "1.2.2026").problem is not None
    assert read_figure(plan, "2027-01-20", "weeks") == (3, None)
    page.send("log", milestone="open", result="failed", week="18.1.2027")
    assert page.builder.state.plan.log[0].week == 3
    (node,) = page.board["nodes"]
    assert node["state_said"] == "18 Jan 2027"
    odds = page.builder.screen.answers["nodes"]["open"]
    assert odds["runway"].endswith(" 2027")
    assert "(" in odds["said"]
