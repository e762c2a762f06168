"""Either way: a milestone that one of several can fulfil, in every engine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import any_plan
import small_plans
from exact.test_enumeration import agree
from examples import examples
from simulate.test_same_lives import same_lives
from workbook import exact
from workbook.chain import is_lost, layers, required, spare
from workbook.consistency import faults_of
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.sequence import rank

EVERY = {"suppress_health_check": list(HealthCheck)}
GRANT = {"id": "grant", "cost": 200.0, "weeks": 2, "pass_rate": 0.3, "attempts": 2}
LOAN = {"id": "loan", "cost": 50.0, "weeks": 3, "pass_rate": 0.6, "attempts": 1}
FUNDED = {"id": "funded", "needs_any": ["grant", "loan"]}


def plan_of(*milestones, goal="funded", **keys):
    """A plan of these milestones."""
    return Plan.model_validate({"id": "p", "goal": goal, "milestones": milestones, **keys})


@st.composite
def either(draw, plan):
    """The same plan, some of its needs made alternatives."""
    found = []
    for m in plan.milestones:
        several = tuple(need for need in m.needs if draw(st.booleans()))
        needs = tuple(need for need in m.needs if need not in several)
        found.append(m.model_copy(update={"needs": needs, "needs_any": several}))
    return plan.model_copy(update={"milestones": tuple(found)})


@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_the_second_way_is_tried_only_when_the_first_has_failed(how):
    """Try A, else B: 1 - (1 - p)^n (1 - q), and B is attempted in (1 - p)^n of the lives."""
    played = play(plan_of(GRANT, LOAN, FUNDED, horizon_weeks=30), how=how, runs=40_000)
    failed = 0.7**2
    near = {"abs": 1e-12} if how == "exact" else {"abs": 0.012}
    assert played.fates["goal"] == pytest.approx(1 - failed * 0.4, **near)
    assert played.fates["stuck"] == pytest.approx(failed * 0.4, **near)
    assert played.milestones["loan"].attempts == pytest.approx(failed, **near)
    assert played.mean.spend == pytest.approx(
        200 * 1.7 + 50 * failed, rel=1e-9 if how == "exact" else 0.02
    )


@examples(40, **EVERY)
@given(st.data())
def test_exact_play_and_every_life_narrated_agree_on_alternatives(data):
    """Exact probabilities are those of every branch of chance, with alternatives anywhere."""
    agree(data.draw(either(data.draw(small_plans.plans()))))


@examples(60, **EVERY)
@given(st.data())
def test_simulated_lives_are_the_lives_narrated_with_alternatives(data):
    """Several teams, forks, hypotheses: life i of the simulation is the life narrated."""
    plan, choices = data.draw(any_plan.plans())
    same_lives(data.draw(either(plan)), choices)


def test_the_goal_cannot_do_without_what_all_alternatives_need():
    """What each way needs is required; neither way is."""
    plan = plan_of({"id": "a"}, {**GRANT, "needs": ["a"]}, {**LOAN, "needs": ["a"]}, FUNDED)
    assert required(plan) == {"a", "funded"}
    assert layers(plan) == {"a": 0, "grant": 1, "loan": 1, "funded": 2}
    assert not is_lost(plan, {"grant"})
    assert is_lost(plan, {"grant", "loan"})
    assert is_lost(plan, {"a"})


def test_what_leads_only_to_a_spare_alternative_is_spare():
    """Once the grant is there, neither the loan nor its papers are begun; what is sold still is."""
    shop = {"id": "shop", "needs": ["loan"]}
    papers = {"id": "papers"}
    plan = plan_of(GRANT, papers, {**LOAN, "needs": ["papers"]}, FUNDED)
    assert spare(plan, {"grant"}) == {"loan", "papers"}
    assert spare(plan_of(*plan.milestones, shop), {"grant"}) == frozenset()


def test_a_skipped_alternative_does_not_count():
    """Without the grant only the loan leads there; without both nothing is asked."""
    assert play(plan_of(GRANT, LOAN, FUNDED, skips=["grant"])).fates["goal"] == pytest.approx(0.6)
    played = play(plan_of(GRANT, LOAN, FUNDED, skips=["grant", "loan"]))
    assert played.fates["goal"] == pytest.approx(1)


def test_a_log_in_which_one_way_is_reached_leaves_the_other():
    """After the grant has come, the play of the rest begins nothing else and spends nothing."""
    log = [{"week": 2, "milestone": "grant", "result": "passed"}]
    plan = plan_of(GRANT, LOAN, FUNDED, log=log)
    assert "loan" in present(plan).plan.skips
    assert play(plan).fates["goal"] == pytest.approx(1)
    assert play(plan).milestones["loan"].attempts == 0


def test_the_order_search_scores_each_order_of_the_ways_as_it_plays():
    """Both orders of two ways are ranked, each with the odds that its own play has."""
    frame = {"cash": 700.0, "burn_per_week": 60.0, "horizon_weeks": 20}
    yours, swapped = plan_of(GRANT, LOAN, FUNDED, **frame), plan_of(LOAN, GRANT, FUNDED, **frame)
    ranking = rank(yours)
    odds = [exact.play(plan).fates["goal"] for plan in (yours, swapped)]
    assert odds[0] != odds[1]
    assert ranking.orders == 2
    assert ranking.yours.goal == pytest.approx(odds[0])
    assert ranking.best.goal == pytest.approx(max(odds))


@pytest.mark.parametrize(
    ("funded", "said"),
    [
        ({"needs_any": ["grnt", "loan"]}, "did you mean 'grant'"),
        ({"needs_any": ["funded", "loan"]}, "cannot wait for itself"),
        ({"needs": ["loan"], "needs_any": ["loan", "grant"]}, "needed in any case"),
    ],
)
def test_nonsense_among_alternatives_is_a_fault_with_its_mend(funded, said):
    """Unknown ids, itself, and what is needed anyway are reported with what to do."""
    data = {"plan": 1, "id": "p", "goal": "funded"}
    data["milestones"] = [GRANT, LOAN, {"id": "funded", **funded}]
    assert said in " ".join(str(fault.message) for fault in faults_of(data))


def test_a_ring_through_alternatives_is_a_fault():
    """Milestones that wait for each other through alternatives are reported as a cycle."""
    data = {"plan": 1, "id": "p", "goal": "b"}
    data["milestones"] = [{"id": "a", "needs": ["b"]}, {"id": "b", "needs_any": ["a"]}]
    assert "wait for each other" in " ".join(str(fault.message) for fault in faults_of(data))
