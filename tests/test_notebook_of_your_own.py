"""What somebody finds who asks from a notebook of their own: rooms, frames, short words."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pandas as pd
import pytest

import workbook
from workbook import cases, sequence
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Plan
from workbook.play import play


@pytest.fixture(scope="module")
def camp() -> Outcomes:
    """The training camp, lived a few times: it has a measure, and milestones that few reach."""
    return play(cases.load("training-camp").plan, how="simulated", runs=200, seed=4)


def test_the_example_of_the_package_runs():
    """What `help(workbook)` shows can be typed in, and answers as it says."""
    found = doctest.testmod(workbook)
    assert found.attempted >= 7
    assert found.failed == 0


def test_rooms_open_when_they_are_asked_for():
    """`import workbook` loads nothing heavy; every room that it names is there."""
    code = (
        "import sys, workbook; heavy = {'numpy', 'pandas', 'pydantic', 'matplotlib', 'ruamel'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "assert all(getattr(workbook, name) for name in workbook.SUBPACKAGES);"
        "assert set(workbook.SUBPACKAGES) < set(dir(workbook))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="no attribute 'plays'"):
        workbook.plays  # noqa: B018


def test_an_answer_is_one_line_where_a_notebook_shows_it(camp):
    """Not the whole plan and every array, but the fates, and how they were found."""
    assert repr(camp).startswith("<Outcomes of training-camp: goal ")
    assert repr(camp).endswith("(200 lives of seed 4)>")
    assert "(exact)" in repr(play(camp.plan))
    assert len(repr(camp)) < 120


def test_the_milestones_are_a_table_of_whole_weeks(camp):
    """Weeks are whole and may be missing, the rest are floats; so too without milestones."""
    frame = camp.milestones_frame()
    assert list(frame.index) == list(camp.plan.ids)
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert {kinds[name] for name in ("weeks_p50", "weeks_p80", "weeks_p90")} == {"Int64"}
    assert set(kinds.values()) == {"Int64", "float64"}
    assert pd.isna(frame.loc["cities", "weeks_p90"])
    nothing = Plan.model_validate({"id": "none", "goal": "breakeven"})
    empty = play(nothing).milestones_frame()
    assert (len(empty), list(empty.columns)) == (0, list(frame.columns))


def test_the_weeks_are_a_table_with_the_measures_in_it(camp):
    """Every band that the answer has, the plan's own measures too."""
    frame = camp.weekly_frame()
    assert frame.index.name == "week"
    assert list(frame.index[:2]) == [0, 1]
    assert frame["measures.nps_p50"].equals(
        pd.Series(camp.weekly.measures["nps"][2], index=frame.index, name="measures.nps_p50")
    )
    assert set(map(str, frame.dtypes)) == {"float64"}


def test_the_lives_are_a_table_of_one_row_a_life(camp):
    """Fates, weeks, money and milestones by life; what the table says adds up to the answer."""
    frame = camp.lives_frame()
    assert len(frame) == 200
    shares = frame["fate"].value_counts(normalize=True)
    assert {fate: shares[fate] for fate in FATES} == pytest.approx(dict(camp.fates))
    assert (frame["died_in"].notna() == (frame["fate"] == "ruin")).all()
    reached = frame["reached.good-enough"]
    assert reached.notna().mean() == camp.milestones["good-enough"].reached
    assert str(reached.dtype) == "Int64"
    assert frame["attempts.cities"].mean() == camp.milestones["cities"].attempts


def test_two_plays_of_one_seed_share_their_luck_row_by_row(camp):
    """More cash takes no life from the goal: the rows can be laid side by side."""
    richer = camp.plan.model_copy(update={"cash": (camp.plan.cash or 0) + 100_000})
    after = play(richer, how="simulated", runs=200, seed=4).lives_frame()
    before = camp.lives_frame()
    assert (after["fate"][before["fate"] == "goal"] == "goal").all()
    assert (after["fate"] == "goal").sum() > (before["fate"] == "goal").sum()


def test_an_exact_answer_has_no_lives_and_says_so(camp):
    """No empty table: the way to one is named."""
    with pytest.raises(ValueError, match='play it with how="simulated"'):
        play(camp.plan).lives_frame()


def test_orders_are_ranked_from_one(camp):
    """The best order has rank 1."""
    frame = sequence.rank(camp.plan, runs=100).frame()
    assert (frame.index.name, frame.index[0]) == ("rank", 1)
    assert frame["yours"].sum() == 1
