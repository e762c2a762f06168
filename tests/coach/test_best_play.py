"""The coach against the best play of small plans, found independently by dynamic programming.

Two programs check each other here. `workbook.coach.best_play` follows the weeks of a rehearsal with
the beliefs of its player; `audit.best_play` follows every truth that there may be, on a second
reading of the law that shares no line with the package. They agree to rounding. The simulation,
which the coach falls back on where states are many, is held from above by both: a policy that can
be played is never better than the best one. `python -m benchmarks.coach` shows a whole table.
"""

from __future__ import annotations

import numpy as np
import pytest

from audit.best_play import BestPlay
from coach.plans import small_plan, wider_plan
from examples import by_hand
from workbook.coach import advise
from workbook.coach.advice import simulated
from workbook.coach.best_play import MOST_STATES, Explored
from workbook.coach.best_play import BestPlay as OwnBestPlay
from workbook.plan import Plan
from workbook.rehearsal import may_skip, rehearse

LIVES = 1_000
CHEAP = (0, 1, 3, 4, 5, 8, 9, 10, 48, 52)
WIDER = (0, 1, 3, 5, 6, 10, 12, 16)
SIMULATED = (0, 9, 52)
ROUNDING = 1e-9


def best_moves(data: dict) -> dict[str, float]:
    """The best chance after each first move of a plan, by the independent program."""
    found = BestPlay(data, set(may_skip(Plan.model_validate(data)))).first_moves()
    return {f"{kind}:{about}" if about else kind: of for (kind, about), of in found.items()}


@pytest.mark.parametrize(
    "data",
    by_hand([*map(small_plan, CHEAP), *map(wider_plan, WIDER)], 4),
    ids=lambda data: data["id"],
)
def test_the_coach_values_every_first_move_as_the_best_play_does(data):
    """Options, order, leaving out and waiting: each has the value of the best play after it."""
    best = best_moves(data)
    advice = advise(rehearse(Plan.model_validate(data), 1))
    assert advice.lives == 0
    reported = {str(value.move): value.chance for value in advice.values if value.move.weeks == 1}
    assert reported.pop("stop") == 0.0
    assert reported == {move: pytest.approx(best[move], abs=ROUNDING) for move in reported}
    assert set(best) - set(reported) <= {"wait"}
    assert advice.chance == pytest.approx(max(best.values()), abs=ROUNDING)


def test_the_first_simulated_advice_says_how_far_its_search_is():
    """Shares of the search, none smaller than the one before; the next advice has not to search."""
    position, shares = rehearse(Plan.model_validate(small_plan(SIMULATED[1])), 1), []
    first = list(simulated(position, position.moves, 1, LIVES, shares.append))
    assert len(shares) > 1
    assert all(0 < share <= 1 for share in shares)
    assert shares == sorted(shares)
    searched = len(shares)
    assert list(simulated(position, position.moves, 1, LIVES, shares.append)) == first
    assert len(shares) == searched


def test_simulated_advice_is_never_above_the_best_play():
    """An estimate from below: never above the best play beyond its error, near it on average."""
    found = []
    for seed in SIMULATED:
        position = rehearse(Plan.model_validate(small_plan(seed)), 1)
        best = advise(position).chance
        (reported,) = simulated(position, position.moves, lives=LIVES)
        found.append((reported.chance - best, reported.best.error))
    gaps, errors = np.array(found).T
    assert (gaps <= 3.5 * errors + 0.005).all()
    assert gaps.mean() > -0.04


@pytest.mark.parametrize("seed", [0, 9])
def test_the_value_of_a_decision_is_the_mean_of_what_may_follow(seed):
    """Played on many lucks to the next decision, the best move keeps its value on average."""
    plan = Plan.model_validate(small_plan(seed))
    start = advise(rehearse(plan, 1))
    after = []
    for luck in range(150):
        position = rehearse(plan, luck).after(start.best.move)
        over = position.fate is not None
        after.append(float(position.fate == "goal") if over else advise(position).chance)
    error = np.std(after) / np.sqrt(len(after))
    assert np.mean(after) == pytest.approx(start.chance, abs=4 * error + ROUNDING)


def test_a_plan_with_too_many_states_is_left_to_the_simulation():
    """The computation gives up at its bound, for good, and keeps nothing of it."""
    plan = Plan.model_validate(small_plan(5))
    position, own = rehearse(plan, 1), OwnBestPlay(plan, most=50)
    assert own.after(position.state, position.moves) is None
    assert own.given_up
    assert not own.memo
    assert OwnBestPlay(plan, MOST_STATES).after(position.state, position.moves) is not None


def test_the_best_play_never_looks_at_the_luck_of_the_rehearsal():
    """Two lucks that have shown the same so far get the same advice, whatever is true in them."""
    plan = Plan.model_validate(small_plan(5))
    reported = {tuple(v.chance for v in advise(rehearse(plan, luck)).values) for luck in range(8)}
    assert len(reported) == 1
    state = rehearse(plan, 1).state
    state.truth |= dict.fromkeys(("m1", "m2"), False)
    assert not Explored.of(state).truth
