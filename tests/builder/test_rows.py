"""The chain as a table: what is typed or pasted into it is in the plan, in one step."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.builder.blocks import Block
from workbook.builder.rows import Row, rows_of
from workbook.builder.state import State
from workbook.plan import Plan

TWO = Plan.model_validate(
    {"id": "p", "goal": "b", "milestones": [{"id": "a", "name": "Alpha"}, {"id": "b"}]}
)


def test_a_pasted_block_is_one_step_and_undo_takes_all_of_it_back():
    """Figures as people write them, needs by row, a row below the last: one undo for all."""
    state = State(TWO)
    cells = {"weeks": "3 - 5", "cost": "1.5k", "pass_rate": "60%", "needs": "1"}
    new = {"name": "Gamma", "needs": "alpha, 2", "weeks": "2"}
    assert state.write_rows([Row("b", cells), Row("", new)]), state.said
    b, gamma = state.plan.milestone("b"), state.plan.milestone("gamma")
    assert (b.cost, b.pass_rate, b.needs) == (1500, 0.6, ("a",))
    assert isinstance(b.weeks, tuple)
    assert (b.weeks[0], b.weeks[2]) == (3, 5)
    assert (gamma.needs, gamma.weeks) == (("a", "b"), 2)
    assert state.undo()
    assert state.plan == TWO
    assert not state.can_undo


def test_a_block_with_a_cell_that_cannot_be_read_writes_nothing_and_names_each():
    """The good cell beside two bad ones is not written; both are reported with their reasons."""
    state = State(TWO)
    bad = {"weeks": "2", "cost": "soon", "needs": "9"}
    assert not state.write_rows([Row("a", bad)])
    assert state.plan == TWO
    reported = str(state.said)
    assert "2 cells" in reported
    assert "Alpha" in reported
    assert "9" in reported


def test_a_loop_in_the_needs_is_refused():
    """b needs a already: a cannot need b."""
    state = State(TWO)
    assert state.write_rows([Row("b", {"needs": "1"})])
    before = state.plan
    assert not state.write_rows([Row("a", {"needs": "2"})])
    assert state.plan == before


def test_a_block_of_five_hundred_rows_is_refused_with_its_number():
    """More than the canvas holds: nothing is written, none of the rows is lost in silence."""
    state = State(TWO)
    rows = rows_of([{"id": "", "cells": {"name": f"Step {n}"}} for n in range(500)])
    assert not state.write_rows(rows)
    assert state.plan == TWO
    assert "That would be 502 milestones; 60" in str(state.said)
    assert state.write_rows(rows[:58])


def pasted(text: str, **where: Any) -> State:
    """A state with a block pasted into its table."""
    state = State(TWO)
    keys = ("name", "needs", "weeks", "cost", "pass_rate", "attempts")
    titles = ("name", "needs", "Weeks of an attempt", "Cost", "Chance", "Attempts at most")
    lines = tuple(tuple(line.split("\t")) for line in text.split("\n"))
    state.write_block(Block(lines, keys=keys, titles=titles, **where))
    return state


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("name\tneeds\tWeeks of an attempt\tCost", "Bread\t\t2\t90"),
        ("Cost\tTask\tDuration (days)", "90\tBread\t14"),
        ("里程碑\t负责人\t花费\t周数", "Bread\t王\t90\t2"),
    ],
)
def test_a_block_with_its_headings_goes_by_their_names(headings, cells):
    """The table's own titles, a spreadsheet's in another order and unit, or in Chinese."""
    state = pasted(f"{headings}\n{cells}", left=0)
    first = state.plan.milestone("a")
    assert (str(first.name), first.weeks, first.cost) == ("Bread", 2, 90), str(state.said)
    assert state.plan.milestone("b") == TWO.milestone("b")
    assert ("负责人" in str(state.said)) == ("负责人" in headings)
    assert state.undo()
    assert state.plan == TWO


def test_one_column_with_its_heading_goes_into_that_column_and_a_name_is_no_heading():
    """Weeks pasted onto weeks skip their heading; a milestone may be called “Cost”."""
    assert [m.weeks for m in pasted("weeks\n3\n4", left=2).plan.milestones] == [3, 4]
    named = pasted("Cost\t\t3\nGoal\t1\t4").plan.milestones
    assert [(str(m.name), m.weeks) for m in named] == [("Cost", 3), ("Goal", 4)]


def test_a_misspelt_heading_is_asked_and_headings_alone_are_refused():
    """Nothing is written where a column is not known for sure."""
    for text in ("name\tweks\nBread\t2", "name\tweeks"):
        state = pasted(text)
        assert state.plan == TWO
        assert str(state.said)
    assert "weks" in str(pasted("name\tweks\nBread\t2").said)


def test_what_finds_no_place_in_the_table_is_reported():
    """Cells beyond the last column, and a new row without a name: the rest is written."""
    state = pasted("3\t90\t40%\t2\ttoo far\t\n4\t80\n\n5\t70", left=2)
    a, b = state.plan.milestones
    assert (a.weeks, a.cost, a.pass_rate, a.attempts) == (3, 90, 0.4, 2)
    assert (b.weeks, b.cost) == (4, 80)
    assert "beyond the last column: “too far”" in str(state.said)
    assert "needs a name: “5”, “70”" in str(state.said)
    refused = pasted("5\t70", top=2, left=2)
    assert refused.plan == TWO
    assert "needs a name" in str(refused.said)


def test_a_new_row_is_known_by_its_key_until_its_id_is():
    """Cells typed before the page has heard of the id; numbers of rows are those of the page."""
    state = State(TWO)
    order = ("a", "b", "k-1", "k-2")
    assert state.write_rows([Row("", {"name": "Gamma"}, "k-1")], order)
    assert state.write_rows([Row("", {"name": "Gamma", "weeks": "3"}, "k-1")], order)
    assert state.write_rows([Row("", {"name": "Delta", "needs": "3"}, "k-2")], order)
    assert state.named == {"k-1": "gamma", "k-2": "delta"}
    assert state.plan.milestone("gamma").weeks == 3
    assert state.plan.milestone("delta").needs == ("gamma",)
    assert state.plan.ids[-1] == "b"  # the goal
    lines = (("4",), ("5",))
    assert state.write_block(Block(lines, 2, 2, ("name", "needs", "weeks"), order=order))
    assert [state.plan.milestone(id).weeks for id in ("gamma", "delta")] == [4, 5]
    assert not state.write_rows([Row("", {"name": "Eta", "weeks": "soon"}, "k-3")], order)
    assert state.unread["rows.k-3.weeks"].text == "soon"
    assert not state.write_rows([Row("a", {"cost": "many"})])
    assert state.unread["milestones.a.cost"].problem
    assert state.write_rows([Row("a", {"cost": "7"})])
    assert "milestones.a.cost" not in state.unread


CELLS = st.dictionaries(
    st.sampled_from(["name", "needs", "weeks", "cost", "pass_rate", "no-such-key", "id"]),
    st.text(max_size=12),
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "", "ghost"]), CELLS), max_size=4))
def test_whatever_is_pasted_the_plan_stays_whole(rows):
    """Any text in any cell: written or refused with a sentence, and never half written."""
    state = State(TWO)
    done = state.write_rows([Row(id, cells) for id, cells in rows])
    assert str(state.said)
    assert done or state.plan == TWO


def test_what_is_no_row_is_left_out():
    """A page that was tampered with sends no rows; nothing of it is an error."""
    assert rows_of(None) == rows_of("x") == rows_of([1, {"id": "a"}, {"cells": 3}]) == ()
