"""A plan's own measures, followed by the week: as bands over many lives, as a course in one."""

import numpy as np
import pytest

from workbook import simulate
from workbook.cases import load
from workbook.life import Luck, live
from workbook.outcomes import LEVELS
from workbook.plan import Measure, Milestone, Plan

RUNS = 60


def climb() -> Plan:
    """Two steps up, one a week at the earliest."""
    steps = (
        Milestone(id="one", pass_rate=0.5, gives={"nps": 60}),
        Milestone(id="two", needs=("one",), pass_rate=0.5, gives={"nps": 85}),
        Milestone(id="end", needs=("two",), weeks=3),
    )
    measures = {"nps": Measure(value=40)}
    return Plan(id="climb", goal="end", cash=100, milestones=steps, measures=measures)


def test_a_measure_starts_where_the_plan_says_and_climbs():
    """Week 0 is the plan's own value; the highest band ends at what the last step gives."""
    band = simulate.play(climb(), runs=RUNS).weekly.measures["nps"]
    assert band.shape[0] == len(LEVELS)
    assert set(band[:, 0]) == {40}
    assert np.nanmax(band) == 85


@pytest.mark.parametrize("option", [None, "expand-early"])
def test_bands_of_a_measure_are_those_of_the_lives(option):
    """Week by week the middle of the band is the middle of the lives still under way."""
    plan = load("training-camp").plan
    choices = {"room-to-grow": option} if option else {}
    band = simulate.play(plan, choices, RUNS, seed=3).weekly.measures["nps"]
    lives = [live(plan, Luck(3, number), choices) for number in range(RUNS)]
    for week in (0, 10, 30, 50, 80):
        there = sorted(
            life.states[week].measures["nps"]
            for life in lives
            if life.week > week or (life.week == week and life.fate == "open")
        )
        assert band[2, week] == there[max(1, -(-len(there) // 2)) - 1]


def test_a_plan_without_measures_has_none():
    """Nothing is followed that the plan does not name."""
    plan = climb().model_copy(update={"measures": {}, "milestones": (Milestone(id="end"),)})
    assert simulate.play(plan, runs=RUNS).weekly.measures == {}
