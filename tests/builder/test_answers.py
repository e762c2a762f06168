"""What is shown at every change, and the advice that comes a piece at a time."""

from __future__ import annotations

import numpy as np
import pytest

from bakery import bakery
from examples import by_hand
from workbook import cases
from workbook.builder.advice import Advice, advise
from workbook.builder.answers import answers, findings_of
from workbook.builder.forks import choose
from workbook.builder.hindsight import look_back
from workbook.builder.imports import questions
from workbook.builder.plan_diff import compare, differences
from workbook.builder.state import State, blank
from workbook.charts.layout import positions_of
from workbook.consistency import faults_of
from workbook.plan import Milestone, Plan
from workbook.play import play
from workbook.solve import least_cash
from workbook.words import Words


def test_a_blank_page_has_no_odds_but_a_sentence():
    """Nothing is played and nothing is flattered: the note says what to do first."""
    found = answers(blank())
    assert found.outcomes is None
    assert found.fates == {}
    assert "Name the goal" in str(found.note)
    assert answers(State().plan).runway_weeks is None


def test_the_answers_are_those_of_the_play():
    """The same figures as `play` gives, with the chance on each node and its error."""
    plan = bakery().plan
    found, played = answers(plan), play(plan, runs=2_000)
    assert found.fates == played.fates
    assert set(found.nodes) == set(plan.ids)
    for id, node in found.nodes.items():
        assert node.reached == played.milestones[id].reached
        assert 0 <= node.lost <= 1
    assert found.runway_weeks == pytest.approx(60_000 / (1_000 - 40 * 0.05 * 30 * 0.5))


def test_a_long_horizon_does_not_keep_the_eye_waiting():
    """What would take long to work out exactly is simulated, and says so."""
    plan = bakery().plan
    assert answers(plan).outcomes.how == "exact"
    far = plan.model_copy(update={"horizon_weeks": 10_000})
    assert answers(far, runs=100).outcomes.how == "simulated"


def test_no_burn_to_cover_is_no_goal_reached():
    """To break even without a burn is not reported as a certain success."""
    state = State()
    state.add("Demand")
    state.goal_is("breakeven")
    assert answers(state.plan).outcomes is None
    state.set("burn_per_week", 100)
    state.set("cash", 1_000)
    assert answers(state.plan).outcomes is not None


@pytest.mark.parametrize("case", by_hand(["training-camp", "caffeine-lozenge"]))
def test_advice_grows_step_by_step_and_ends(case):
    """Each step knows no less than the one before; the last is done and speaks both languages."""
    plan, steps = cases.load(case).plan, []
    for step in advise(plan, runs=200):
        steps.append(step)
    assert steps[0] == Advice()
    assert [len(step.gains) for step in steps] == sorted(len(step.gains) for step in steps)
    assert [step.done for step in steps] == [False] * (len(steps) - 1) + [True]
    assert {piece.kind for piece in steps[-1].pieces} >= {"important", "cash"}
    for lang in ("en", "zh"):
        assert all(Words(lang).message(piece.message) for piece in steps[-1].pieces)


def test_advice_on_a_blank_page_is_none():
    """Nothing to ask, nothing to say."""
    assert list(advise(blank())) == [Advice(done=True)]


def test_the_cash_that_is_advised_is_enough_and_not_far_above_the_least():
    """Against the solver, which looks for it to the cent."""
    plan = bakery().plan
    last = list(advise(plan))[-1]
    advised = next(piece.plan for piece in last.pieces if piece.kind == "cash")
    least = least_cash(plan).value
    assert advised is not None
    assert least is not None
    assert least <= advised.cash <= 1.05 * least + 100


def test_the_swap_that_is_advised_helps():
    """The plan that comes with it has the same milestones, and pays less or wins more."""
    plan = bakery().plan.model_copy(update={"sales": None})
    figures = zip(plan.milestones[:3], (9_000.0, 500.0, 500.0), (0.9, 0.3, 0.8), strict=True)
    alone = {"needs": (), "gives": None, "attempts": 2}
    milestones = [
        milestone.model_copy(update={**alone, "cost": cost, "pass_rate": rate})
        for milestone, cost, rate in figures
    ]
    goal = plan.milestones[4].model_copy(update={"needs": tuple(m.id for m in milestones)})
    plan = plan.model_copy(update={"milestones": (*milestones, goal), "cash": 90_000.0})
    piece = next(p for p in list(advise(plan))[-1].pieces if p.kind == "swap")
    assert piece.plan is not None
    assert sorted(piece.plan.ids) == sorted(plan.ids)
    before, after = play(plan), play(piece.plan)
    assert after.mean.spend < before.mean.spend or after.fates["goal"] > before.fates["goal"]


def test_two_versions_are_compared_on_the_same_luck():
    """More cash never loses a life; what differs is reported."""
    plan = bakery().plan
    more = plan.model_copy(update={"cash": 90_000.0})
    diff = compare(plan, more, runs=500)
    assert diff.contrast is not None
    assert diff.contrast.lost == 0
    assert [str(change) for change in diff.changes] == ["cash: 60,000 CNY before, 90,000 CNY now."]
    assert compare(plan, plan).contrast is None
    assert compare(plan, blank()).contrast is None


def test_differences_name_what_came_and_what_went():
    """New, gone, changed and moved milestones, each in a sentence."""
    state = bakery()
    before = state.plan
    state.delete("they-pay-the-price")
    state.add("Oven", "people-want-it")
    state.set("milestones.people-want-it.weeks", 5)
    reported = [str(change) for change in differences(before, state.plan)]
    assert "“They pay the price” is gone." in reported
    assert "“Oven” is new." in reported
    assert any("weeks of an attempt: 2.0 weeks before, 5.0 weeks now" in line for line in reported)


def test_a_place_moves_only_where_the_edit_moves_it():
    """Adding a milestone at the side leaves every other where it was."""
    state = bakery()
    before = positions_of(state.plan)
    assert sorted(before.values()) == [(column, 0) for column in range(5)]
    state.add("Oven")
    state.link("people-want-it", "oven")
    after = positions_of(state.plan, before)
    assert {id: after[id] for id in before} == before
    assert after["oven"] == (1, 1)
    state.add("Sign")
    again = positions_of(state.plan, after)
    assert {id: again[id] for id in after} == after


def test_chains_that_are_linked_are_laid_out_as_one():
    """Four rows of unlinked milestones become one line, as if the plan were opened again."""
    state = State()
    for name in ("Shop", "Dough", "Lease", "Permit", "Oven"):
        state.add(name)
    positions = positions_of(state.plan)
    for first, then in (("dough", "lease"), ("permit", "oven"), ("lease", "permit")):
        state.link(first, then)
        positions = positions_of(state.plan, positions)
    assert [positions[id] for id in ("dough", "lease", "permit", "oven")] == [
        (n, 0) for n in range(4)
    ]


def _open(plan):
    return [step.id for step in questions(plan, findings_of(plan)) if not step.done]


def test_the_guided_path_moves_on_as_the_plan_grows():
    """From the goal to the resources; a finished bakery has nothing open of the first steps."""
    assert _open(blank())[0] == "goal"
    state = State()
    state.add("Shop")
    assert _open(state.plan)[0] == "backwards"
    state.add("Lease", before="shop")
    state.add("Dough", before="lease")
    assert _open(state.plan)[0] == "proof"
    state = bakery()
    done = {step.id for step in questions(state.plan, findings_of(state.plan)) if step.done}
    assert {"goal", "origin"} <= done
    assert "proof" not in done
    for step in questions(state.plan, findings_of(state.plan)):
        for lang in ("en", "zh"):
            spoken = Words(lang).message(step.question)
            assert spoken.endswith(("?", "？"))
            assert all(Words(lang).message(message) for _, message in step.open)


def test_looking_back_lays_forecast_diff_fact():
    """Each attempt with its chance, what was learned, where it stands, what was decided."""
    state = bakery()
    assert look_back(state.plan, Words("en")) is None
    assert state.log("people-want-it", "failed", cash=57_000, note="too early in the day")
    assert state.decide("redirect", "ask in the evening")
    look = look_back(state.plan, Words("en"), runs=500)
    assert look is not None
    assert look.facts[0].startswith("“People want it” failed in week 2; it had been given")
    assert "57,000" in look.facts[1]
    assert any("People want it" in line for line in look.learned)
    assert look.decisions == ("Week 2: another way. ask in the evening",)
    assert look.retrospective.now.from_week == 2
    assert state.forget(1)
    assert look_back(state.plan, Words("zh"), runs=500).decisions == ()


def test_a_logged_plan_is_played_from_there_on():
    """The chance of what has passed is one, and the state refuses to log it again."""
    state = bakery()
    state.log("people-want-it", "passed", week=4)
    assert not state.log("people-want-it", "failed")
    found = answers(state.plan)
    assert found.nodes["people-want-it"].reached == 1
    assert np.isfinite(found.fates["goal"])


@pytest.mark.thorough
def test_the_moves_help_as_much_as_they_say_and_can_be_taken():
    """Each move that is offered is a valid plan whose odds are higher by about its gain."""
    plan = cases.load("gym").plan
    before = play(plan).fates["goal"]
    moves = [piece for piece in list(advise(plan))[-1].pieces if piece.kind == "move"]
    assert 1 <= len(moves) <= 3
    for move in moves:
        assert move.plan is not None
        assert faults_of(move.plan) == []
        assert play(move.plan).fates["goal"] - before == pytest.approx(move.gain, abs=0.05)


def test_a_plan_without_a_chance_is_shown_what_would_lift_it():
    """At 0 of 100 the cash that every attempt takes once is tried, and helps."""
    chain = [
        {"id": "a", "cost": 9000, "weeks": 4, "pass_rate": 0.5},
        {"id": "b", "needs": ["a"], "cost": 30000, "weeks": 4, "pass_rate": 0.6},
    ]
    given = {"id": "p", "goal": "b", "cash": 1000, "burn_per_week": 500, "milestones": chain}
    plan = Plan.model_validate(given)
    assert play(plan).fates["goal"] == 0
    first = next(piece for piece in list(advise(plan))[-1].pieces if piece.kind == "move")
    assert first.plan is not None
    assert first.plan.cash == 43_000  # 39,000 for both and eight weeks of burn
    assert play(first.plan).fates["goal"] > 0.2


def test_what_cannot_happen_is_not_sold_as_a_move():
    """Three weeks of work and a deadline after the first: no cash and no luck lifts that."""
    late = {"id": "a", "cost": 1, "pass_rate": 0.5, "by_week": 1, "weeks": 3}
    plan = Plan.model_validate({"id": "p", "goal": "a", "cash": 10, "milestones": [late]})
    assert play(plan).fates["goal"] == 0
    moves = [piece for piece in list(advise(plan))[-1].pieces if piece.kind == "move"]
    assert [piece.plan for piece in moves] == [None]


def test_the_options_of_a_fork_are_laid_side_by_side():
    """Each number is the play of the plan with that option chosen; on the same luck."""
    plan = cases.load("caffeine-lozenge").plan
    last = list(advise(plan))[-1]
    reported = next(piece.message for piece in last.pieces if piece.kind == "fork")
    fork = plan.forks[0]
    wanted = [None, *(option.id for option in fork.options)]
    shown = [side.values["n"] for side in reported.values["sides"]]
    for id, n in zip(wanted, shown, strict=True):
        after = choose(plan, fork.id, id)[0]
        assert n == pytest.approx(play(after).fates["goal"] * 100, abs=5)


def test_what_if_makes_a_fork_that_can_be_filled_in_and_taken_back():
    """At a milestone or at low cash; the plan plays the same until an option is chosen."""
    state = State(cases.load("gym").plan)
    before = state.plan
    assert state.what_if("lease" if "lease" in before.ids else before.ids[1])
    assert state.what_if()
    made = state.plan.forks[len(before.forks) :]
    assert [fork.id for fork in made] == ["what-if", "what-if-2"]
    assert play(state.plan).fates == play(before).fates
    assert state.set("forks.what-if.options.another-way.cash", "+50000")
    assert state.choose("what-if", "another-way")
    assert play(state.plan).fates["goal"] > play(before).fates["goal"]
    for _ in range(4):
        assert state.undo()
    assert state.plan == before


def test_the_odds_over_the_cash_are_those_of_the_closed_form():
    """An attempt at 100 passes in half of all lives: cash c gives 1 - 0.5 ** (c // 100)."""
    milestone = Milestone(id="goal", cost=100.0, pass_rate=0.5)
    plan = Plan(id="p", goal="goal", cash=150.0, horizon_weeks=50, milestones=(milestone,))
    *_, advice = advise(plan)
    (piece,) = [piece for piece in advice.pieces if piece.kind == "cash"]
    assert piece.curve is not None
    assert piece.curve.now == 150.0
    assert piece.curve.enough == pytest.approx(300.0, rel=0.02)  # to about a hundredth
    assert len(piece.curve.points) >= 8
    for cash, chance in piece.curve.points:
        assert chance == pytest.approx(1 - 0.5 ** (cash // 100), abs=1e-9), cash
