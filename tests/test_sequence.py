"""In which order? Every promise of `sequence`, held against playing and listing."""

import json
from collections import Counter
from math import comb
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from workbook import exact, simulate
from workbook.edit import reordered
from workbook.errors import InputError
from workbook.plan import Plan
from workbook.play import cash_left
from workbook.sequence import Precedence, rank
from workbook.sequence.exact_ranking import score_all


def plan(*milestones: dict, **keys: object) -> Plan:
    keys = {"id": "p", "goal": milestones[-1]["id"], "cash": 10_000.0, **keys}
    return Plan.model_validate({"milestones": milestones, **keys})


def chain_of(*milestones: dict, **keys: object) -> Plan:
    """The milestones in any order, then a goal that needs them all and takes nothing."""
    goal = {"id": "goal", "needs": [m["id"] for m in milestones]}
    return plan(*milestones, goal, **keys)


def anything(seed: int) -> Plan:
    """A small plan with a bit of everything that one team can meet."""
    dice = Random(seed)
    milestones = [_any_milestone(dice, n) for n in range(dice.randint(2, 4))]
    ids = [m["id"] for m in milestones]
    tests = [m["id"] for m in milestones if "tests" in m]
    for milestone in milestones:
        relied = [id for id in tests if id != milestone["id"] and dice.random() < 0.4]
        if relied:
            milestone["relies_on"] = relied
    skipped = [id for id in tests[:1] if id != ids[-1] and dice.random() < 0.4]
    return plan(
        *milestones,
        goal=dice.choice([ids[-1], ids[-1], "breakeven"]),
        horizon_weeks=dice.choice([12, 30]),
        cash=dice.choice([4000.0, 9000.0, 20_000.0, None]),
        burn_per_week=dice.choice([0.0, 200.0, 500.0]),
        due=[{"week": 3, "amount": 1500.0, "chance": 0.5}] if dice.random() < 0.2 else [],
        skips=skipped,
    )


def _any_milestone(dice: Random, n: int) -> dict:
    needs = [f"m{before}" for before in range(n) if dice.random() < 0.15]
    milestone: dict = {"id": f"m{n}", "weeks": dice.randint(1, 4), "needs": needs}
    milestone["cost"] = dice.choice([0.0, 500.0, 1000.0, 1500.0])
    milestone["teams"] = dice.choice([1, 1, 1, 2])
    kind = dice.random()
    if kind < 0.6:
        milestone["pass_rate"] = dice.choice([0.3, 0.5, 0.8, [0.2, 0.5]])
        milestone["attempts"] = dice.choice([None, 1, 2, 3])
    elif kind < 0.85:
        redesign = {"weeks": 2, "cost": 700.0}
        unsure = dice.choice([0.0, 0.2])
        tests = {"belief": 0.6, "if_true": 0.9, "if_false": unsure, "redesign": redesign}
        milestone["tests"] = tests
    gives: dict = {}
    if dice.random() < 0.25:
        amount, chance = dice.choice([2000.0, 5000.0]), dice.choice([0.5, 1.0])
        gives["funding"] = {"amount": amount, "chance": chance, "lag_weeks": dice.randint(0, 4)}
    if dice.random() < 0.25:
        gives["revenue_per_week"] = dice.choice([100.0, 600.0])
    if gives:
        milestone["gives"] = gives
    return milestone


# Orders


def test_every_order_is_counted_and_listed_once():
    """The count by closed sets is the number of orders listed, all different, all allowed."""
    for seed in range(40):
        precedence = Precedence.of(anything(seed))
        orders = list(precedence.every())
        assert len(orders) == len(set(orders)) == precedence.count()
        assert all(precedence.allows(order) for order in orders)


def test_orders_drawn_at_random_are_all_as_likely():
    """Each of the three orders of a ∥ (b → c) comes up a third of the time."""
    precedence = Precedence.of(chain_of({"id": "a"}, {"id": "b"}, {"id": "c", "needs": ["b"]}))
    layers, dice = precedence.layers(), Random(1)
    assert layers is not None
    drawn = Counter(precedence.drawn(layers, dice) for _ in range(3000))
    assert set(drawn) == set(precedence.every())
    assert all(abs(count - 1000) < 4 * 26 for count in drawn.values())


@pytest.mark.parametrize("width", [2, 4, 100])
def test_two_lines_side_by_side_have_catalan_many_orders(width):
    """A lattice of two rows has Catalan's number of orders (hook length formula, 1954)."""
    rows = [
        {
            "id": f"{row}-{n}",
            "needs": [f"{r}-{k}" for r, k in ((row - 1, n), (row, n - 1)) if r >= 0 <= k],
        }
        for row in (0, 1)
        for n in range(width)
    ]
    precedence = Precedence.of(plan(*rows))
    assert precedence.count() == comb(2 * width, width) // (width + 1)


def test_what_comes_after_the_goal_is_not_ordered():
    """A milestone that needs the goal is never worked on, so its place is no question."""
    precedence = Precedence.of(
        plan({"id": "a"}, {"id": "late", "needs": ["b"]}, {"id": "b"}, goal="b")
    )
    assert precedence.ids == ("a", "b")
    assert precedence.never == ("late",)


def test_todays_order_is_the_one_a_team_takes():
    """A milestone listed before what it needs comes when its turn really is."""
    first = {"id": "shop", "needs": ["permit"]}
    assert Precedence.of(plan(first, {"id": "permit"}, goal="shop")).ids == ("permit", "shop")


# All orders at once


@pytest.mark.slow
@examples(60)
@given(st.integers(0, 10**6))
def test_every_order_scores_as_if_it_were_played(seed):
    """Chance and money left of each order are those of the exact engine playing it alone."""
    any_plan = anything(seed)
    precedence = Precedence.of(any_plan)
    scores = score_all(any_plan, precedence)
    assert len(scores.orders) == precedence.count()
    for order, goal, cash in zip(scores.orders.tolist(), scores.goal, scores.cash, strict=True):
        played = exact.play(reordered(any_plan, [*precedence.names(order), *precedence.never]))
        assert goal == pytest.approx(played.fates["goal"], abs=2e-6)
        assert cash == pytest.approx(cash_left(played), abs=0.01)


def test_what_is_left_is_the_cash_less_what_is_paid_until_the_verdict():
    """By hand: 100 and two weeks of 10 for sure, then with a half chance 300 and a week of 10."""
    gate = {"id": "gate", "weeks": 2, "cost": 100.0, "pass_rate": 0.5, "attempts": 1}
    shop = {"id": "shop", "cost": 300.0, "needs": ["gate"]}
    any_plan = plan(gate, shop, burn_per_week=10.0)
    assert rank(any_plan).yours.cash == pytest.approx(any_plan.cash - (120 + 0.5 * 310))


@examples(15)
@given(st.integers(0, 10**6))
def test_no_inflow_means_order_does_not_move_the_goal(seed):
    """Without funding or revenue every order of the chain reaches the goal equally often."""
    dice = Random(seed)
    milestones = [
        {k: v for k, v in _any_milestone(dice, n).items() if k != "gives"} for n in range(5)
    ]
    scores = score_all(
        thrifty := chain_of(*milestones, cash=9000.0, burn_per_week=150.0, horizon_weeks=30),
        Precedence.of(thrifty),
    )
    assert np.ptp(scores.goal) < 2e-6


def test_seven_free_milestones_and_a_goal_are_all_compared():
    """5,040 orders, and the best of them starts with what is cheap and risky."""
    milestones = [
        {"id": f"m{n}", "cost": 100.0 * (7 - n), "pass_rate": 0.3 + 0.08 * n, "attempts": 1}
        for n in range(7)
    ]
    ranking = rank(chain_of(*milestones))
    assert (ranking.method, ranking.how, ranking.orders) == ("every", "exact", 5040)
    ratios = [(m["cost"] / (1 - m["pass_rate"]), m["id"]) for m in milestones]
    assert ranking.best.order == (*(id for _, id in sorted(ratios)), "goal")


@pytest.mark.slow
def test_eight_milestones_with_a_lagged_cheque_fit():
    """Revenue, cheques at once and weeks later: still all 5,040 orders, and the best is real."""
    milestones: list[dict] = [
        {"id": f"m{n}", "weeks": 1 + n % 4, "cost": 1000.0 * (1 + n % 5), "pass_rate": 0.3 + n / 12}
        for n in range(7)
    ]
    milestones[2]["gives"] = {"funding": {"amount": 20_000.0, "chance": 0.6, "lag_weeks": 4}}
    milestones[3]["gives"] = {"revenue_per_week": 900.0}
    milestones[5]["gives"] = {"funding": {"amount": 20_000.0, "chance": 0.6}}
    founder = chain_of(*milestones, cash=70_000.0, burn_per_week=1000.0)
    ranking = rank(founder)
    assert (ranking.method, ranking.orders) == ("every", 5040)
    played = exact.play(reordered(founder, ranking.best.order))
    assert ranking.best.goal == pytest.approx(played.fates["goal"], abs=2e-6)
    assert ranking.best.goal > ranking.yours.goal


# The ranking


def starving(first: str, second: str) -> Plan:
    """Cash for one of two; only `grant` pays for the other."""
    parts = {
        "grant": {"id": "grant", "cost": 100.0, "gives": {"funding": {"amount": 100.0}}},
        "stall": {"id": "stall", "cost": 100.0},
    }
    return chain_of(parts[first], parts[second], cash=100.0)


def test_money_sooner_is_found_and_said():
    """Where only the funded milestone can pay for the other, it must come first."""
    ranking = rank(starving("stall", "grant"))
    assert (ranking.position, ranking.orders, ranking.level) == (2, 2, 1)
    assert str(ranking.reasons[-1]).startswith("Both orders that the dependencies allow")
    assert (ranking.yours.goal, ranking.best.goal) == (0.0, 1.0)
    assert ranking.best.order == ("grant", "stall", "goal")
    assert ranking.swap is not None
    assert {ranking.swap.first, ranking.swap.second} == {"grant", "stall"}
    assert ranking.swap.goal.value == 1.0
    assert str(ranking.reasons[0]).startswith("Money sooner: “grant”")
    assert ranking.improvable


def test_time_sooner_is_found_and_said():
    """Where hours are scarce, what frees them comes first, or the deadline is missed."""
    slow = {"id": "slow", "hours": 40}
    handed = {"id": "handed-out", "hours": 10, "gives": {"running_hours_per_week": 2.0}}
    hours = {"hours_per_week": 10.0, "running_hours_per_week": 8.0, "horizon_weeks": 11}
    ranking = rank(chain_of(slow, handed, cash=None, **hours))
    assert (ranking.yours.goal, ranking.best.goal) == (0.0, 1.0)
    assert str(ranking.reasons[0]).startswith("Time sooner: “handed-out”")


def test_the_best_order_is_shown_that_nothing_is_gained():
    """An order that cannot be bettered stands first, and no swap of it is called a gain."""
    ranking = rank(starving("grant", "stall"))
    assert (ranking.position, ranking.improvable) == (1, False)
    assert str(ranking.reasons[0]).startswith("Nothing to gain")
    assert ranking.swap is not None
    assert not ranking.swap.clear


def test_fail_early_is_found_and_said():
    """Where all orders are as likely, the cheap and risky one comes first, and it says so."""
    dear = {"id": "dear", "cost": 1000.0, "pass_rate": 0.9, "attempts": 1}
    risky = {"id": "risky", "cost": 10.0, "pass_rate": 0.2, "attempts": 1}
    ranking = rank(chain_of(dear, risky))
    assert ranking.best.order[0] == "risky"
    assert ranking.goal_gain.value == 0
    assert ranking.cash_gain.value == pytest.approx((1000 + 0.9 * 10) - (10 + 0.2 * 1000))
    assert str(ranking.reasons[0]).startswith("Fail early: “risky”")


def test_equal_milestones_are_level():
    """Orders that differ in nothing share the first place."""
    twins = [{"id": f"t{n}", "cost": 100.0, "pass_rate": 0.5} for n in range(3)]
    ranking = rank(chain_of(*twins, cash=1000.0))
    assert (ranking.position, ranking.level, ranking.orders) == (1, 6, 6)


def uncertain(**keys: object) -> Plan:
    """Four milestones, lengths known as ranges only; one of them brings money late."""
    milestones = [
        {"id": f"m{n}", "weeks": [1, 2, 4], "cost": 800.0 + 100 * n, "pass_rate": 0.5}
        for n in range(4)
    ]
    milestones[3]["gives"] = {"funding": {"amount": 9000.0}}
    return chain_of(*milestones, cash=7000.0, burn_per_week=200.0, **keys)


def test_the_winner_is_played_again_on_fresh_luck():
    """What was picked as the best of many is scored with luck it was not picked on."""
    ranking = rank(uncertain(), runs=500, seed=7)
    assert (ranking.how, ranking.method, ranking.tried) == ("simulated", "every", 24)
    assert (ranking.seed, ranking.runs) == (7, 10_000)
    again = simulate.play(reordered(uncertain(), ranking.best.order), seed=7)
    assert ranking.best.goal == again.fates["goal"]
    assert ranking.goal_gain.error > 0
    assert ranking.best.order[0] == "m3"
    assert ranking.goal_gain.clear


def test_your_order_has_the_odds_that_play_gives_it():
    """One plan has one answer: ranking the orders tells no other chance than playing the plan."""
    plan = uncertain()
    ranking, played = rank(plan), simulate.play(plan)
    assert ranking.yours.goal == played.fates["goal"]
    assert (ranking.runs, ranking.seed) == (played.runs, played.seed)


def test_noise_is_not_sold_as_a_better_order():
    """Simulated orders that differ by nothing but luck are said to gain nothing."""
    twins = [{"id": f"t{n}", "weeks": [1, 2, 4], "pass_rate": 0.5} for n in range(3)]
    ranking = rank(chain_of(*twins, cash=2000.0, burn_per_week=200.0), runs=400)
    assert not ranking.improvable
    assert str(ranking.reasons[0]).startswith("Nothing to gain")
    assert ranking.level == 6


def test_a_search_keeps_to_its_plays_and_says_what_it_is():
    """Beyond the limits two milestones change places at a time, and the answer says so."""
    milestones = [{"id": f"m{n}", "weeks": [1, 2, 4], "pass_rate": 0.5} for n in range(9)]
    milestones[8]["gives"] = {"funding": {"amount": 9000.0}}
    ranking = rank(chain_of(*milestones, cash=4000.0, burn_per_week=200.0), runs=200, most_plays=30)
    assert (ranking.method, ranking.tried, ranking.orders) == ("swaps", 30, 362_880)
    assert ranking.position > 1  # among those tried; of all, nothing is known
    assert ranking.ahead is None
    assert ranking.best.goal > ranking.yours.goal
    assert "30 orders were tried" in "".join(str(m).replace("{n}", "30") for m in ranking.reasons)


def test_many_milestones_without_inflow_are_ordered_by_sets():
    """Thirteen free milestones: the cheapest order without listing six billion."""
    milestones = [
        {"id": f"m{n}", "cost": 100.0 + n % 5, "pass_rate": 0.9 - 0.03 * n, "attempts": 2}
        for n in range(13)
    ]
    ranking = rank(chain_of(*milestones, cash=1e6))
    assert (ranking.method, ranking.orders) == ("sets", 6_227_020_800)
    assert ranking.bound == pytest.approx(ranking.best.cash)
    assert ranking.best.cash > ranking.yours.cash
    assert ranking.ahead == 1.0  # today's order is the very worst
    assert ranking.best.goal == pytest.approx(ranking.yours.goal)


@pytest.mark.parametrize("seed", [3, 8, 15])
def test_order_by_order_comes_to_the_same_as_all_at_once(seed):
    """Two ways to the ranking, one answer: the best chance and the place of today's order."""
    any_plan = anything(seed)
    at_once, one_by_one = rank(any_plan), rank(any_plan, most_orders=0)
    assert at_once.best.goal == pytest.approx(one_by_one.best.goal, abs=2e-6)
    assert at_once.orders == one_by_one.tried
    assert (at_once.best.order == at_once.yours.order) == (
        one_by_one.best.order == one_by_one.yours.order
    )


def test_forks_and_teams_are_ordered_too():
    """With an option chosen, or two teams, orders are played one by one."""
    fork = {"id": "f", "at": {"milestone": "goal"}, "options": [{"id": "o", "cash": "+100"}]}
    milestones = [{"id": f"m{n}", "cost": 100.0, "pass_rate": 0.5} for n in range(3)]
    with_fork = chain_of(*milestones, cash=900.0, forks=[fork])
    assert rank(with_fork, {"f": "o"}).tried == 6
    assert rank(with_fork.model_copy(update={"teams": 2}), runs=100).how == "simulated"
    with pytest.raises(InputError, match="no option"):
        rank(with_fork, {"f": "nothing"})


# Edges


def test_one_order_only():
    """A line, however long, has one order, and it says so."""
    line = [{"id": f"m{n}", "needs": [f"m{n - 1}"] if n else []} for n in range(200)]
    ranking = rank(plan(*line, horizon_weeks=300))
    assert (ranking.orders, ranking.position, ranking.swap) == (1, 1, None)
    assert [str(reason) for reason in ranking.reasons] == ["The dependencies allow only one order."]


@pytest.mark.parametrize(
    "edge",
    [
        plan({"id": "only"}),
        plan({"id": "a", "pass_rate": 0.0}, {"id": "b", "needs": ["a"]}),
        plan({"id": "a", "pass_rate": 1.0}, {"id": "b"}, cash=0.0),
        plan({"id": "a"}, {"id": "b"}, cash=None),
        plan({"id": "a"}, {"id": "b"}, goal="breakeven", revenue_per_week=10.0),
        Plan.model_validate({"id": "none", "goal": "breakeven", "burn_per_week": 5.0, "cash": 9.0}),
    ],
    ids=["one", "hopeless", "no-cash", "no-money", "goal-at-week-0", "no-milestones"],
)
def test_edges_have_an_answer(edge):
    """One milestone, none, no cash, no chance, the goal at once: always a ranking, as JSON too."""
    ranking = rank(edge)
    assert ranking.position == 1
    assert json.loads(json.dumps(ranking.as_json()))["yours"]["order"] == list(ranking.yours.order)


def test_milestones_that_wait_for_each_other_have_no_order():
    """A circle of needs is a fault of the input, reported as one."""
    circle = plan({"id": "a", "needs": ["b"]}, {"id": "b", "needs": ["a"]})
    with pytest.raises(InputError, match="wait for each other"):
        rank(circle)


def test_the_frame_has_the_documented_columns():
    """One row an order with its chance and money left; the learner's own is marked."""
    frame = rank(starving("stall", "grant")).frame()
    assert list(frame.columns) == ["order", "goal", "cash", "goal_error", "cash_error", "yours"]
    assert frame.yours.tolist() == [False, True]
