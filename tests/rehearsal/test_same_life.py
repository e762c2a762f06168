"""A rehearsal is the life that `life` tells: same law, same luck, same order of a week."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import any_plan
import small_plans
from examples import examples
from workbook import life
from workbook.cases import known, load
from workbook.edit import reordered, skipping
from workbook.plan import Plan
from workbook.rehearsal import Move, rehearse, replay

SEEDS = st.integers(0, 50)


def played_by(position, decide, most=2000):
    """Play to the end; `decide` chooses each move."""
    for _ in range(most):
        if position.fate is not None:
            return position
        position = position.after(decide(position))
    raise AssertionError("the rehearsal does not end")


def as_written(position):
    return Move("as-written")


def chosen(plan, choices):
    forks = [f.model_copy(update={"chosen": choices.get(f.id, f.chosen)}) for f in plan.forks]
    return plan.model_copy(update={"forks": tuple(forks)})


def agree(position, reported):
    """The rehearsal and the life are the same, cent for cent and event by event."""
    lived = position.state.record()
    assert lived == reported


@examples(120)
@given(found=any_plan.plans(), seed=SEEDS)
def test_going_on_as_written_is_the_life_of_the_plan(found, seed):
    """With every move as written, the rehearsal is the life of the plan with its choices."""
    plan, choices = found
    ended = played_by(rehearse(chosen(plan, choices), seed), as_written)
    agree(ended, life.live(plan, life.Luck(seed, 0), choices))


@examples(120)
@given(found=any_plan.plans(), seed=SEEDS)
def test_taking_options_is_the_life_of_the_plan_with_them_chosen(found, seed):
    """Options taken when they open, none chosen in the plan: the life of the fixed plan."""
    plan, choices = found

    def decide(position):
        takes = [m for m in position.moves if m.kind == "take" and choices.get(m.id) == m.option]
        return takes[0] if takes else Move("as-written")

    ended = played_by(rehearse(plan, seed), decide)
    reported = life.live(plan, life.Luck(seed, 0), choices)
    assume(reported.fate != "stuck" or ended.fate == "stuck")
    agree(ended, reported)


def test_a_fork_that_closes_the_way_ends_the_life_in_the_week_it_is_taken():
    """The goal needs what is used up only once the fork opens: stuck then, not a week before."""
    forced = {"week": 2}
    option = {"id": "all", "name": "All", "milestones": {"goal": {"needs": ["lost", "slow"]}}}
    fork = {"id": "turn", "name": "Turn", "at": forced, "options": [option], "chosen": "all"}
    plan = Plan.model_validate(
        {
            "id": "turn",
            "title": "Turn",
            "horizon_weeks": 20,
            "cash": 1000,
            "goal": "goal",
            "milestones": [
                {"id": "lost", "name": "Lost", "weeks": 1, "pass_rate": 0, "attempts": 1},
                {"id": "slow", "name": "Slow", "weeks": 9, "pass_rate": 1},
                {"id": "goal", "name": "Goal", "weeks": 1, "needs": ["slow"], "pass_rate": 1},
            ],
            "forks": [fork],
        }
    )
    reported = life.live(plan, life.Luck(1, 0), {"turn": "all"})
    assert reported.fate == "stuck"
    agree(played_by(rehearse(plan, 1), as_written), reported)


@examples(80)
@given(plan=small_plans.plans(forks=True), seed=SEEDS)
def test_small_plans_with_every_rule_agree(plan, seed):
    """Plans for one team with hours, redesigns and forks: as written is the life as reported."""
    choices = {fork.id: fork.options[0].id for fork in plan.forks}
    ended = played_by(rehearse(chosen(plan, choices), seed), as_written)
    agree(ended, life.live(plan, life.Luck(seed, 0), choices))


@examples(80)
@given(plan=small_plans.plans(), seed=SEEDS, data=st.data())
def test_an_order_chosen_team_by_team_is_the_plan_in_that_order(plan, seed, data):
    """With one team, choosing by an order is the life of the plan written in that order."""
    order = data.draw(st.permutations(plan.ids))
    fixed = reordered(plan, order)

    def decide(position):
        if not position.state.order_is_open():
            return Move("as-written")
        first = Move("work", min(position.state.to_choose(), key=order.index))
        assume(first in position.moves)  # the fixed plan waits for money, or is ruined
        return first

    reported = life.live(fixed, life.Luck(seed, 0))
    ended = played_by(rehearse(plan, seed), decide).state.record()
    assert (ended.fate, ended.week, ended.cash, ended.reached) == (
        reported.fate,
        reported.week,
        reported.cash,
        reported.reached,
    )


@examples(60)
@given(plan=small_plans.plans(), seed=SEEDS)
def test_skips_before_anything_begins_are_the_plan_with_these_skips(plan, seed):
    """Left out in week 1, a milestone was never in the plan."""
    wishes = [m.model_copy(update={"necessary": False}) for m in plan.milestones]
    plan = plan.model_copy(update={"milestones": tuple(wishes)})
    position = rehearse(plan, seed)
    assume(position.fate is None)
    skips = [id for id in plan.ids[::2] if id != plan.goal and id not in plan.skips]
    for id in skips:
        position = position.after(Move("skip", id))
    assume(position.state.week == 1)
    ended = played_by(position, as_written)
    agree(ended, life.live(skipping(plan, *skips), life.Luck(seed, 0)))


@examples(80)
@given(found=any_plan.plans(), seed=SEEDS, data=st.data())
def test_offered_moves_are_legal_and_the_line_replays(found, seed, data):
    """Every offered move can be made, every refused one has a reason, the line leads here again."""
    plan, _ = found
    position = rehearse(plan, seed)
    for _ in range(12):
        if position.fate is not None:
            break
        nexts = {move: position.after(move) for move in position.moves}
        assert not {str(m) for m in nexts} & position.why_not.keys()
        assert all(str(reason) for reason in position.why_not.values())
        position = nexts[data.draw(st.sampled_from(position.moves))]
    again = replay(plan, position.line)
    assert again.made == position.made
    assert (again.week, again.cash, again.fate) == (position.week, position.cash, position.fate)
    assert again.state.events == position.state.events


@pytest.mark.parametrize("id", known())
def test_shipped_plans_agree_on_many_seeds(id):
    """Every shipped plan, rehearsed as written, is its life on the first seeds."""
    plan = load(id).plan
    for seed in range(1, 6):
        agree(played_by(rehearse(plan, seed), as_written), life.live(plan, life.Luck(seed, 0)))


@examples(60)
@given(found=any_plan.plans(), seed=SEEDS)
def test_results_between_decisions_are_on_the_way_to_the_next(found, seed):
    """Each is after the decision and before the next; going on from it leads to the same life."""
    plan, choices = found
    position = rehearse(chosen(plan, choices), seed)
    for _ in range(6):
        if position.fate is not None:
            break
        after = position.after(Move("as-written"))
        between = position.results_after(Move("as-written"))
        weeks = [one.week for one in between]
        assert weeks == sorted(set(weeks))
        assert all(position.week < week for week in weeks)
        for one in between:
            assert one.week < after.week or after.fate is not None
            lived = one.state.copy()
            lived.advance()
            assert (lived.week, lived.cash, lived.fate) == (
                after.state.week,
                after.state.cash,
                after.state.fate,
            )
        position = after
