"""Plays of one pass: what plans share is played once, and each comes to what it comes to alone."""

from __future__ import annotations

import pickle
from dataclasses import asdict, fields
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alike import alike
from any_plan import money, plans, shares
from examples import by_hand
from workbook import simulate
from workbook.cases import examples, load, shipped
from workbook.errors import InputError
from workbook.outcomes import Weekly
from workbook.plan import Gives
from workbook.play import play, play_many
from workbook.reports.results import combinations
from workbook.simulate import joining
from workbook.simulate.path_book import LuckyBook
from workbook.whatif import better, cash, certain, faster


def some_plays(plan, choices):
    """The plan as written and with its options, one by one; and edits of it, with and without."""
    found = [(plan, {}), (plan, choices), *((plan, {fork: choices[fork]}) for fork in choices)]
    last = plan.attempted[-1].id
    richer = plan.model_copy(update={"cash": None if plan.cash is None else plan.cash + 90.0})
    longer = plan.model_copy(update={"horizon_weeks": plan.horizon_weeks + 3})
    for edited in (certain(plan, last), better(plan, last), richer, longer):
        found += [(edited, {}), (edited, choices)]
    return found


@pytest.mark.slow
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans())
def test_plays_together_are_what_each_is_alone(plan_and_choices):
    """Fates, milestones, every week and every run, whatever is played in the same pass."""
    plays = some_plays(*plan_and_choices)
    with patch.object(joining, "FEW", 2):
        together = simulate.play_many(plays, runs=50, seed=4)
    for (plan, choices), played in zip(plays, together, strict=True):
        alike(asdict(played), asdict(simulate.play(plan, choices, runs=50, seed=4)))


@st.composite
def edits(draw, plan):
    """Plans that differ from this one in figures of a milestone or two, or in its money."""
    found = []
    for _ in range(draw(st.integers(1, 6))):
        edited = plan
        for milestone in draw(st.lists(st.sampled_from(plan.milestones), min_size=1, max_size=2)):
            edited = _edited(draw, edited, milestone.id)
        found.append(edited)
    return found


def _edited(draw, plan, id):
    kind = draw(
        st.sampled_from(["better", "worse", "certain", "faster", "figures", "gives", "cash"])
    )
    if kind in ("better", "worse"):
        return better(
            plan, id, draw(st.sampled_from([0.05, 0.3])) * (1 if kind == "better" else -1)
        )
    if kind in ("certain", "faster"):
        return (certain if kind == "certain" else faster)(plan, id)
    if kind == "cash":
        return cash(plan, draw(st.sampled_from([-90.0, 33.0, 500.0]))) if plan.cash else plan
    milestone = plan.milestone(id)
    if kind == "gives":
        new = {"gives": None if milestone.gives else Gives(reach_per_week=7.0)}
    elif milestone.level is not None:
        new = {}
    elif milestone.tests is not None:
        test = {"belief": draw(shares), "if_true": draw(shares), "if_false": draw(shares)}
        redesign = milestone.tests.redesign.model_copy(update={"weeks": 2.0, "cost": draw(money)})
        new = {"tests": milestone.tests.model_copy(update={**test, "redesign": redesign})}
    else:
        new = {"cost": draw(money), "attempts": draw(st.none() | st.integers(1, 3))}
        new["pass_rate"] = draw(shares | st.just((0.2, 0.6)))
    milestones = tuple(m.model_copy(update=new) if m.id == id else m for m in plan.milestones)
    return plan.model_copy(update={"milestones": milestones})


@pytest.mark.slow
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.data(), plans())
def test_edited_plans_that_share_their_past_are_what_each_is_alone(data, plan_and_choices):
    """To the last bit, whatever figures of whichever milestones an edit has changed."""
    plan, choices = plan_and_choices
    plays = [(one, taken) for one in [plan, *data.draw(edits(plan))] for taken in ({}, choices)]
    with patch.object(joining, "FEW", 2):  # so that few paths join, too
        together = simulate.play_many(plays, runs=60, seed=5)
    for (edited, taken), played in zip(plays, together, strict=True):
        alike(asdict(played), asdict(simulate.play(edited, taken, runs=60, seed=5)))


@pytest.mark.parametrize("case", by_hand(["side-business", "training-camp"]))
def test_edits_of_a_case_whose_paths_join_again_are_what_each_is_alone(case, monkeypatch):
    """Milestones certain, better and faster, with more cash and with an option, in one pass."""
    plan, joined = load(case).plan, []
    let_join = joining.JoinedStates._let_join
    monkeypatch.setattr(joining, "FEW", 2)
    monkeypatch.setattr(
        joining.JoinedStates, "_let_join", lambda *of: joined.append(len(of[1])) or let_join(*of)
    )
    edited = [edit(plan, m.id) for m in plan.attempted for edit in (certain, better, faster)][1::2]
    richer = [cash(edited[3], 9_000.0)] if plan.cash else []
    option = {plan.forks[0].id: plan.forks[0].options[0].id}
    plays = [(one, {}) for one in (plan, *edited[::3], *richer)] + [(edited[0], option)]
    together = simulate.play_many(plays, runs=300, seed=2)
    assert sum(joined) > 20, sum(joined)
    for (one, taken), played in zip(plays, together, strict=True):
        alike(asdict(played), asdict(simulate.play(one, taken, runs=300, seed=2)))


def test_nobody_is_ruined_by_the_cash_of_a_play_that_has_left():
    """A run that passes in the richer plan only goes on with the cash of that plan."""
    plan = load("training-camp").plan
    plays = [(plan, {})]
    for milestone in plan.attempted:
        plays += [(better(cash(plan, more), milestone.id, 0.2), {}) for more in (9e3, 70e3, 200e3)]
    for (one, _), played in zip(plays, simulate.play_many(plays, runs=300), strict=True):
        assert played.fates == simulate.play(one, runs=300).fates


def test_lives_that_an_edit_does_not_touch_are_played_once(monkeypatch):
    """Two edits of the last milestone, and twenty amounts of cash, take few more attempts."""
    made, attempt_at = [], LuckyBook.attempt_at

    def counted(states, kind, lives, columns, chance):
        made.append(int(states.count[lives].sum()))
        return attempt_at(states, kind, lives, columns, chance)

    def attempts(plans):
        made.clear()
        simulate.play_many([(one, {}) for one in plans], runs=2_500)
        return sum(made)

    monkeypatch.setattr(LuckyBook, "attempt_at", counted)
    plan = load("caffeine-lozenge").plan
    alone = attempts([plan])
    assert attempts([plan, certain(plan, plan.goal), better(plan, plan.goal)]) < 1.1 * alone
    amounts = [plan.model_copy(update={"cash": plan.cash * (0.5 + n / 20)}) for n in range(20)]
    assert attempts(amounts) < 2 * alone


@pytest.mark.parametrize("case", by_hand(["training-camp", "side-business", "caffeine-lozenge"]))
def test_every_combination_of_options_is_what_it_is_alone(case):
    """In a shipped case, whose forks meet hypotheses, hours, waits, loans and races."""
    plan = load(case).plan
    taken = [{}, *combinations(plan)]
    together = simulate.play_many([(plan, choices) for choices in taken], runs=300, seed=2)
    for choices, played in zip(taken, together, strict=True):
        alike(asdict(played), asdict(simulate.play(plan, choices, runs=300, seed=2)))


def test_a_fork_that_an_edit_changes_is_a_fork_of_its_own():
    """Two plans whose options have one name and different terms keep their own."""
    plan = load("caffeine-lozenge").plan
    forks = tuple(
        fork.model_copy(
            update={
                "options": tuple(
                    option.model_copy(update={"cash": "+20000"}) if n == 0 else option
                    for n, option in enumerate(fork.options)
                )
            }
        )
        for fork in plan.forks
    )
    other = plan.model_copy(update={"forks": forks})
    choices = {fork.id: fork.options[0].id for fork in plan.forks}
    one, two = simulate.play_many([(plan, choices), (other, choices)], runs=400)
    assert one.fates == simulate.play(plan, choices, runs=400).fates
    assert two.fates == simulate.play(other, choices, runs=400).fates
    assert one.fates != two.fates


def test_weeks_that_nobody_asks_for_are_not_computed():
    """The bands of a play in a pass come when they are asked for."""
    plan = load("caffeine-lozenge").plan
    both = simulate.play_many([(plan, {}), (plan, {plan.forks[0].id: plan.forks[0].options[0].id})])
    weekly = both[1].weekly
    assert not {field.name for field in fields(Weekly)} & vars(weekly).keys()
    assert weekly.bands["cash"].shape[0] == 5
    assert "bands" in vars(weekly)
    assert not {"milestones", "mean"} & vars(both[1]).keys()
    assert not {"cash", "reached_week", "attempts"} & vars(both[1].lives).keys()
    assert (
        both[1].milestones["taste"].reached
        == play(plan, both[1].choices).milestones["taste"].reached
    )


def test_many_plays_are_exact_where_each_is():
    """`workbook.play` chooses the engine for each; a choice that does not exist is refused."""
    plan = load("training-camp").plan
    alone = plan.model_copy(update={"forks": ()})
    plays = [(plan, {}), (alone, {}), (plan, {plan.forks[0].id: plan.forks[0].options[0].id})]
    together = play_many(plays, runs=500)
    for (one, choices), played in zip(plays, together, strict=True):
        expected = play(one, choices, runs=500)
        assert (played.how, played.fates) == (expected.how, expected.fates)
    with pytest.raises(InputError, match="nowhere"):
        play_many([(plan, {"nowhere": "x"})])


@pytest.mark.slow
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans())
def test_runs_that_share_their_past_are_what_they_are_one_by_one(plan_and_choices):
    """Few runs are played one by one, many by the paths that they share: to the same bit."""
    plan, choices = plan_and_choices
    with patch.object(simulate, "FEW_RUNS", 0):
        shared = simulate.play(plan, choices, runs=80, seed=6)
    alike(asdict(shared), asdict(simulate.play(plan, choices, runs=80, seed=6)))


@pytest.mark.parametrize("id", [*shipped(), *examples()])
def test_every_shipped_plan_can_be_pickled(id):
    """With each of its edits, so that plays can go to other processes."""
    plan = load(id).plan
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_outcomes_of_plays_made_together_can_be_pickled():
    """With their weeks, which are computed then if nobody has asked for them yet."""
    plan = load("side-business").plan
    choices = [{fork.id: option.id} for fork in plan.forks for option in fork.options]
    for played in simulate.play_many([(plan, chosen) for chosen in choices], runs=300):
        again = pickle.loads(pickle.dumps(played))
        alike(asdict(again), asdict(simulate.play(plan, played.choices, runs=300)))
