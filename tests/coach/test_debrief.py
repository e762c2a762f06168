"""A debrief: what was choice and what was luck add up to what happened."""

from __future__ import annotations

import random
from functools import lru_cache

import numpy as np
import pytest

from coach.plans import small_plan
from workbook.cases import load
from workbook.coach import debrief
from workbook.coach.advice import _advice_for
from workbook.coach.debrief import coach_move
from workbook.plan import Plan
from workbook.rehearsal import rehearse

LIVES = 250


@lru_cache
def rehearsed(case: str, seed: int, moves: int):
    """The end of a rehearsal of a case with moves at random."""
    rng, position = random.Random(moves), rehearse(load(case).plan, seed)
    while position.fate is None:
        legal = [move for move in position.moves if move.kind not in ("stop", "wait")]
        position = position.after(rng.choice(legal))
    return position


@lru_cache
def taken_apart(case: str, seed: int, moves: int):
    return debrief(rehearsed(case, seed, moves), with_coach=False, lives=LIVES, between=True)


@pytest.mark.parametrize(
    ("case", "seed", "moves"),
    [("ai-companion", 2, 1), pytest.param("ai-companion", 5, 2, marks=pytest.mark.thorough)],
)
def test_start_costs_and_luck_add_up_to_the_ending(case, seed, moves):
    """Start + what decisions cost + what luck gave = the ending, and no decision gains anything."""
    result = taken_apart(case, seed, moves)
    plain = result.as_json()
    costs = [decision["cost"] for decision in plain["decisions"]]
    assert plain["start"] + sum(costs) + plain["luck"] == pytest.approx(plain["ending"], abs=1e-12)
    assert plain["luck"] == pytest.approx(sum(turn.luck for turn in result.turns), abs=1e-12)
    assert max(costs) <= 0
    steps = sum(step.step for step in result.chances)
    assert steps == pytest.approx(result.luck, abs=1e-12)
    assert plain["ending"] == float(rehearsed(case, seed, moves).fate == "goal")
    assert [str(move) for move in rehearsed(case, seed, moves).made] == plain["moves"]


def test_stopping_costs_all_that_was_still_possible():
    """Who stops at the start pays the whole chance of the goal, and luck has no part in it."""
    reported = debrief(
        rehearse(load("ai-companion").plan, 2).after("stop"), with_coach=False, lives=LIVES
    )
    assert reported.ending.fate == "stopped"
    assert reported.cost == pytest.approx(-reported.start)
    assert reported.luck == pytest.approx(0.0, abs=1e-12)
    assert reported.worst is reported.turns[0]


def test_advice_is_the_same_for_the_same_position():
    """Two debriefs of one rehearsal are equal, figure by figure."""
    _advice_for.cache_clear()
    again = debrief(rehearsed("ai-companion", 2, 1), with_coach=False, lives=LIVES)
    assert again.as_json() == taken_apart("ai-companion", 2, 1).as_json()


@pytest.mark.parametrize("place", ["burn_per_week", "revenue_per_week", "sales.price"])
def test_the_coach_plays_a_plan_in_which_any_figure_has_a_range(place):
    """Ranges of the plan itself are figures of the life that is lived, whatever their place."""
    plan = Plan.model_validate(small_plan(3) | {"ranges": {place: [10.0, 20.0, 40.0]}})
    position = rehearse(plan, 1)
    assert coach_move(position, lives=50) in position.moves


def test_every_event_of_a_rehearsal_has_its_place_in_the_odds_line():
    """Between two decisions each week with news is a point; no event is lost, no week goes back."""
    result = taken_apart("ai-companion", 2, 1)
    for turn in result.turns:
        steps = [step for step in result.chances if step.turn is turn]
        assert tuple(event for step in steps for event in step.events) == turn.events
        assert steps[0].before == turn.after
        assert steps[-1].after == pytest.approx(turn.after + turn.luck)
    weeks = [week for week, _ in result.points]
    assert weeks == sorted(weeks)
    assert all(0.0 <= chance <= 1.0 for _, chance in result.points)


def test_in_a_small_plan_the_values_between_decisions_are_exact():
    """What a result does to the chance averages out: it is luck, and luck gives what it takes."""
    plan = Plan.model_validate(small_plan(3))
    steps = []
    for luck in range(60):
        position = rehearse(plan, luck)
        while position.fate is None:
            position = position.after(coach_move(position))
        steps.append(sum(step.step for step in debrief(position, with_coach=False).chances))
    assert np.mean(steps) == pytest.approx(0.0, abs=4 * np.std(steps) / np.sqrt(len(steps)))
