"""Any sequence of edits keeps a plan that can be played, and every step can be taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bakery import bakery
from examples import examples
from strategies import plans
from workbook.builder.answers import answers
from workbook.builder.hindsight import look_back
from workbook.builder.history import MOST_STEPS
from workbook.builder.reasons import unwritten
from workbook.builder.state import State
from workbook.cases import read_text
from workbook.cases.writing import text_for
from workbook.charts.layout import positions_of
from workbook.consistency import faults_of
from workbook.plan import Plan
from workbook.words import Words

PATHS = (
    "cash",
    "burn_per_week",
    "sales.conversion",
    "milestones.{id}.weeks",
    "milestones.{id}.pass_rate",
    "milestones.{id}.tests.belief",
    "milestones.{id}.relies_on",
    "milestones.{id}.gives.funding.amount",
    "milestones.{id}.proof.at_least",
    "skips",
)
VALUES = (None, "", 0, 0.5, 3, -1, 40_000, "12", [1, 2, 3], [0.1, 0.5], ["people-want-it"], "x")

picks = st.integers(0, 9)
edits = st.one_of(
    st.tuples(st.just("add"), picks, st.sampled_from(["Oven", "烤箱", "Oven ", ""])),
    st.tuples(st.just("delete"), picks),
    st.tuples(st.just("link"), picks, picks),
    st.tuples(st.just("unlink"), picks, picks),
    st.tuples(st.just("move"), picks, picks),
    st.tuples(st.just("goal_is"), picks),
    st.tuples(st.just("leave_out"), picks, st.booleans()),
    st.tuples(st.just("set"), picks, st.sampled_from(PATHS), st.sampled_from(VALUES)),
    st.tuples(st.just("log"), picks, st.sampled_from(["passed", "failed"])),
    st.tuples(st.just("clear")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def carry_out(state: State, edit: tuple) -> None:
    """One edit, its milestones picked from those there are; "breakeven" where there are none."""
    kind, *rest = edit
    ids = [*state.plan.ids, "breakeven"]
    pick = [ids[value % len(ids)] if type(value) is int else value for value in rest]
    if kind == "add":
        state.add(pick[1], pick[0] if rest[0] % 2 else None)
    elif kind == "set":
        state.set(pick[1].format(id=pick[0]), rest[2])
    else:
        getattr(state, kind)(*pick)


def kept(state: State) -> None:
    """What is in the file afterwards is the plan, with the estimates that somebody wrote."""
    found = read_text(text_for(state.case.using(state.plan)), state.plan.id).plan
    assert found == state.plan
    assert unwritten(found) == unwritten(state.plan)


@examples(60)
@given(st.lists(edits, max_size=25))
def test_any_edits_keep_a_valid_plan(steps):
    """After each the plan is without fault, every milestone has a place of its own, and a refusal
    changes nothing; what comes out in the end can be played, looked back on, and kept.
    """
    state = bakery()
    for step in steps:
        before, revision = state.plan, state.revision
        carry_out(state, step)
        assert faults_of(state.plan) == []
        assert (state.plan == before) or state.revision > revision
        positions = positions_of(state.plan)
        assert set(positions) == set(state.plan.ids)
        assert len(set(positions.values())) == len(positions)
    found = answers(state.plan, runs=50, how="simulated")
    assert found.outcomes is not None or found.note is not None
    assert look_back(state.plan, Words("zh"), runs=50) is not None or not state.plan.log
    kept(state)


def test_a_goal_that_nothing_leads_to_stands_at_the_right_of_all():
    """One free column before it, for what will; linked again, it follows what it needs."""
    plan = Plan.model_validate(
        {"id": "p", "goal": "c", "milestones": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}
    )
    state = State(plan)
    assert positions_of(state.plan)["c"] == (3, 0)  # beside a block of two
    assert state.link("a", "b")
    assert positions_of(state.plan) == {"a": (0, 0), "b": (1, 0), "c": (3, 0)}
    assert state.link("b", "c")
    assert positions_of(state.plan, positions_of(plan))["c"][0] == 2


@examples(25)
@given(st.lists(edits.filter(lambda edit: edit[0] not in ("undo", "redo")), max_size=20))
def test_undo_all_the_way_and_redo_all_the_way(steps):
    """Undo to the end gives the first plan, redo to the end the last."""
    state = bakery()
    for step in steps:
        carry_out(state, step)
    last = state.plan
    while state.undo():
        pass
    assert state.plan == State().plan
    assert not state.can_undo
    while state.redo():
        pass
    assert state.plan == last
    assert not state.can_redo


def test_only_so_many_steps_are_kept():
    """An evening of edits does not fill the memory: the oldest steps go first."""
    state = bakery()
    for value in range(MOST_STEPS + 50):
        state.set("cash", value)
    undone = 0
    while state.undo():
        undone += 1
    assert undone == MOST_STEPS


@examples(25)
@given(plans(most=8, teams=2, ranges=True, forks=True), st.lists(picks, max_size=6))
def test_any_plan_survives_deleting_whatever_is_in_it(plan, order):
    """Whatever a plan holds, options taken included, each milestone can go, down to a blank page;
    what is left can be kept.
    """
    state = State(plan)
    for fork in plan.forks:
        assert state.choose(fork.id, fork.options[-1].id)
    for pick in order:
        if state.plan.ids:
            id = state.plan.ids[pick % len(state.plan.ids)]
            assert state.delete(id) or state.delete(id), str(state.said)
            assert faults_of(state.plan) == []
    kept(state)


def test_breaking_even_is_a_goal_that_cannot_be_deleted():
    """It is no milestone: asked to delete it, the builder refuses in words and changes nothing."""
    state = bakery()
    assert state.goal_is("breakeven")
    before = state.plan
    assert not state.delete("breakeven")
    assert state.plan == before
    assert "no milestone" in str(state.said)
