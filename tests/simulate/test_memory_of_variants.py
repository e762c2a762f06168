"""Memory while many variants of a plan are played: that of one pass, and little for each answer."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from workbook.plan import Plan
from workbook.play import goal_gap, play_many
from workbook.simulate.attempts import MOST_PLAYS
from workbook.solve.required import Curve

RUNS = 3000


def forked(options: int) -> Plan:
    """Two teams, a doubtful milestone, and a fork with so many options, each of another amount."""
    milestones = [
        {"id": "likely", "pass_rate": 0.8, "attempts": 2},
        {"id": "doubtful", "weeks": 3, "pass_rate": 0.3, "attempts": 3},
        {"id": "goal", "needs": ["likely", "doubtful"]},
    ]
    each = [{"id": f"{n}", "cash": f"+{n}"} for n in range(1, options + 1)]
    fork = {"id": "money", "at": {"milestone": "doubtful"}, "options": each}
    keys = {"id": "p", "goal": "goal", "cash": 100.0, "burn_per_week": 20.0, "teams": 2}
    return Plan.model_validate({**keys, "milestones": milestones, "forks": [fork]})


def options_of_a_fork(many: int) -> object:
    """Each option, compared with the plan."""
    plan = forked(many)
    base, *others = play_many(
        [(plan, {}), *((plan, {"money": o.id}) for o in plan.forks[0].options)], runs=RUNS
    )
    for other in others:
        goal_gap(base, other)
    return base, others


def steps_of_solve(many: int) -> object:
    """The plan with so many amounts of cash, as `solve` tries them."""
    plan = forked(1)
    curve = Curve(lambda c: plan.model_copy(update={"cash": c / 100}), {}, RUNS, 1, "simulated")
    curve.play_all(range(5000, 5000 + 100 * many, 100))
    assert curve.chance(5000) <= curve.chance(5000 + 100 * (many - 1))
    return curve


@pytest.mark.thorough
@pytest.mark.parametrize("played", [options_of_a_fork, steps_of_solve])
def test_the_memory_of_a_pass_does_not_grow_with_its_variants(played: Callable[[int], object]):
    """Two passes take no more at once than one, but for a few bytes of each run and answer."""
    at_once, kept, few, more = {}, {}, MOST_PLAYS - 2, 2 * MOST_PLAYS - 2
    played(2)  # what is made once is there
    for many in (few, more):
        tracemalloc.start()
        answers = played(many)
        kept[many], most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        at_once[many] = most - kept[many]
        del answers
    assert at_once[more] < 1.3 * at_once[few]
    assert kept[more] - kept[few] < 40 * RUNS * (more - few)
