"""The odds between decisions: on the line after each result, and the luck of a decision divided."""

from __future__ import annotations

from itertools import pairwise
from math import fsum

import pytest

from workbook.coach import debrief
from workbook.plan import Plan
from workbook.rehearsal import rehearse

ONE_TRY = {"weeks": 2, "pass_rate": 0.5, "attempts": 1}


def plan_of():
    """Three coins in a row, and one thing to decide first."""
    chain = [{"id": id, **ONE_TRY, "needs": needs} for id, needs in (("a", []), ("b", ["a"]))]
    chain.append({"id": "c", **ONE_TRY, "needs": ["b"]})
    fork = {"id": "f", "at": {"week": 1}, "options": [{"id": "o", "burn_per_week": 0.0}]}
    return Plan.model_validate({"id": "p", "goal": "c", "milestones": chain, "forks": [fork]})


def lived(seed):
    position = rehearse(plan_of(), seed)
    while position.fate is None:
        position = position.after("as-written")
    return position


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_coin_that_falls_right_doubles_the_odds(seed):
    """1/8 at first; after each coin that fell right twice as much, in the week that follows."""
    last = lived(seed)
    found = debrief(last, with_coach=False, between=True)
    assert found.start == pytest.approx(1 / 8)
    passed = [event.week for event in last.state.events if event.happening == "passed"][:2]
    line = {week: chance for turn in found.turns for week, chance in turn.between}
    decided = {turn.week: turn.before for turn in found.turns}
    for number, week in enumerate(passed, start=1):
        chance = {**decided, **line}[week + 1]
        assert chance == pytest.approx(2**number / 8)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_points_divide_luck_and_change_nothing_else(seed):
    """The steps of the line between two decisions add up to their luck, exactly."""
    with_points, without = (
        debrief(lived(seed), with_coach=False, between=between) for between in (True, False)
    )
    assert (with_points.start, with_points.cost, with_points.luck) == (
        without.start,
        without.cost,
        without.luck,
    )
    chances = [chance for _, chance in with_points.points]
    steps = [late - early for early, late in pairwise(chances)]
    total = with_points.cost + with_points.luck
    assert fsum(steps) == pytest.approx(total, abs=1e-12)
    assert len(with_points.points) >= len(without.points)
    weeks = [week for week, _ in with_points.points]
    assert weeks == sorted(weeks)
