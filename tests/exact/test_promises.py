"""What the exact engine promises of any plan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from examples import examples
from small_plans import plans
from workbook import exact
from workbook.edit import reordered
from workbook.figures import MOST_WEEKS
from workbook.outcomes import FATES
from workbook.plan import Plan

quick = examples(60, suppress_health_check=list(HealthCheck))


def plan(*milestones, **keys):
    """A plan with these milestones, the last one the goal."""
    goal = milestones[-1]["id"] if milestones else "breakeven"
    return Plan.model_validate({"id": "plan", "goal": goal, "milestones": milestones, **keys})


def one(**milestone):
    """A milestone called `one`."""
    return {"id": "one", **milestone}


# Any plan


@quick
@given(plans())
def test_fates_add_up_to_one_in_every_week(plan):
    """Goal, ruin, stuck and under way share all of probability, each week; no share is negative."""
    played = exact.play(plan)
    assert sum(played.fates.values()) == pytest.approx(1.0, abs=1e-12)
    weekly = played.weekly
    for week in range(plan.horizon_weeks + 1):
        over = sum(weekly.fates[fate][week] for fate in ("goal", "ruin", "stuck"))
        assert over + weekly.under_way[week] == pytest.approx(1.0, abs=1e-12)
    assert weekly.under_way[-1] == pytest.approx(played.fates["open"], abs=1e-12)
    assert all(played.fates[fate] >= 0 for fate in FATES)


@quick
@given(plans(), st.sampled_from([0.01, 100.0, 777.77, 5000.0]))
def test_more_cash_never_lowers_the_goal(plan, more):
    """Cash buys time and attempts, and hurts nobody."""
    richer = plan.model_copy(update={"cash": None if plan.cash is None else plan.cash + more})
    assert exact.play(richer).fates["goal"] >= exact.play(plan).fates["goal"] - 1e-12


@quick
@given(plans(), st.data())
def test_a_certain_cost_less_never_lowers_the_goal(plan, data):
    """A milestone that costs nothing is reached at least as often as one that costs something."""
    milestone = data.draw(st.sampled_from(plan.milestones))
    cheaper = [
        m.model_copy(update={"cost": 0.0}) if m.id == milestone.id else m for m in plan.milestones
    ]
    richer = plan.model_copy(update={"milestones": tuple(cheaper)})
    assert exact.play(richer).fates["goal"] >= exact.play(plan).fates["goal"] - 1e-12


@quick
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([0.0, 50.0, 120.0]), st.floats(0.05, 0.95)),
        min_size=2,
        max_size=5,
    ),
    st.data(),
)
def test_no_inflow_means_order_does_not_move_the_goal(parts, data):
    """Without funding, revenue or changes of burn, every order reaches the goal equally often.

    The goal needs all of them; cash and weeks are sums that do not ask for an order.
    """
    milestones = [
        {"id": f"m{n}", "weeks": weeks, "cost": cost, "pass_rate": rate}
        for n, (weeks, cost, rate) in enumerate(parts)
    ]
    goal = {"id": "goal", "needs": [m["id"] for m in milestones]}
    written = plan(*milestones, goal, cash=900.0, burn_per_week=40.0, horizon_weeks=25)
    order = data.draw(st.permutations(written.ids))
    other = exact.play(reordered(written, order))
    assert other.fates["goal"] == pytest.approx(exact.play(written).fates["goal"], abs=1e-12)


@quick
@given(
    st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3),
    st.integers(0, 2),
    st.floats(0.0, 1.0),
)
def test_a_better_pass_rate_never_lowers_the_goal(rates, which, better):
    """Raise one pass rate in a chain, and the goal is reached at least as often."""

    def goal(rates):
        made = [
            {"id": f"m{n}", "pass_rate": r, "cost": 10.0, "needs": [f"m{n - 1}"] if n else []}
            for n, r in enumerate(rates)
        ]
        return exact.play(plan(*made, cash=200.0, burn_per_week=5.0)).fates["goal"]

    raised = [max(r, better) if n == which else r for n, r in enumerate(rates)]
    assert goal(raised) >= goal(rates) - 1e-12


# The rules, one by one


def test_a_certain_plan_is_certain():
    """Nothing can fail: the goal for sure, in the week that the lengths add up to."""
    chain = [one(weeks=3, cost=10.0), {"id": "two", "weeks": 4.5, "needs": ["one"]}]
    played = exact.play(plan(*chain, cash=100.0, burn_per_week=10.0))
    assert dict(played.fates) == {"goal": 1.0, "ruin": 0.0, "stuck": 0.0, "open": 0.0}
    assert played.mean.week_if_goal == 8
    assert played.mean.cash_if_goal == 10.0
    assert played.milestones["two"].weeks == {0.5: 8, 0.8: 8, 0.9: 8}
    assert played.milestones["two"].cash == {0.5: 90.0, 0.8: 90.0, 0.9: 90.0}


def test_exactly_zero_cash_survives_and_a_cent_less_does_not():
    """Ruin is below zero, to the cent, whatever floating point thinks of 0.1 + 0.2."""
    made = plan(one(cost=0.1, weeks=2), cash=0.3, burn_per_week=0.1)
    assert exact.play(made).fates["goal"] == 1.0
    assert exact.play(made.model_copy(update={"cash": 0.29})).fates["ruin"] == 1.0


def test_a_cheque_in_the_same_week_does_not_rescue():
    """Bills before cheques: what arrives at the week's end is too late for that week's burn."""
    funded = one(gives={"funding": {"amount": 1000.0}})
    goal = {"id": "goal", "needs": ["one"]}
    made = plan(funded, goal, cash=9.0, burn_per_week=10.0)
    assert exact.play(made).fates["ruin"] == 1.0
    assert exact.play(made.model_copy(update={"cash": 10.0})).fates["goal"] == 1.0


def test_a_ruined_life_is_frozen():
    """Money that was on its way when the cash ran out changes nothing any more."""
    funded = one(gives={"funding": {"amount": 1e6, "lag_weeks": 3}})
    goal = {"id": "goal", "needs": ["one"], "weeks": 10}
    played = exact.play(plan(funded, goal, cash=25.0, burn_per_week=10.0))
    assert played.fates["ruin"] == 1.0
    assert played.mean.week_if_ruin == 3
    assert played.weekly.under_way[3:].max() == 0.0


def test_truth_is_drawn_once_a_life():
    """A false belief fails the first attempt only: two attempts at most, not a geometric row."""
    tests = {"belief": 0.3, "redesign": {"weeks": 1}}
    made = plan(
        {"id": "asked", "tests": tests},
        one(relies_on=["asked"]),
        skips=["asked"],
        horizon_weeks=20,
    )
    played = exact.play(made)
    assert played.milestones["one"].reached_by[:4] == pytest.approx([0.0, 0.3, 0.3, 1.0])
    assert played.milestones["one"].attempts == pytest.approx(1.7)


def test_two_milestones_that_rely_on_one_truth_share_it():
    """Found out by the first, it is known to the second: one redesign, not two."""
    tests = {"belief": 0.5, "redesign": {"weeks": 1, "cost": 100.0}}
    made = plan(
        {"id": "asked", "tests": tests},
        {"id": "first", "relies_on": ["asked"]},
        {"id": "second", "relies_on": ["asked"], "needs": ["first"]},
        skips=["asked"],
    )
    assert exact.play(made).mean.spend == pytest.approx(50.0)


def test_effects_count_from_the_week_after():
    """The burn that a milestone brings is not charged in the week in which it is reached."""
    cheaper = one(gives={"burn_per_week": 0.0})
    goal = {"id": "goal", "needs": ["one"], "weeks": 5}
    played = exact.play(plan(cheaper, goal, cash=10.0, burn_per_week=10.0))
    assert played.fates["goal"] == 1.0
    assert played.mean.cash_if_goal == 0.0


def test_without_cash_in_the_plan_money_ruins_nobody():
    """A side business may run below zero; the deadline is what ends it."""
    played = exact.play(plan(one(cost=500.0, pass_rate=0.0), burn_per_week=9.0, horizon_weeks=10))
    assert played.fates["open"] == 1.0
    assert played.weekly.bands["cash"][2, 10] == -5090.0


def test_revenue_above_burn_waits_until_the_attempt_can_be_paid():
    """Who earns more than he burns is not ruined by a price: he saves up for it."""
    played = exact.play(plan(one(cost=100.0), cash=5.0, burn_per_week=1.0, revenue_per_week=11.0))
    assert played.fates["goal"] == 1.0
    assert played.mean.week_if_goal == 11  # ten weeks to save 95, then the week of the attempt


# Edges


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_pass_rates_of_zero_and_one(rate):
    """Never and always are chances like any other."""
    played = exact.play(plan(one(pass_rate=rate), horizon_weeks=7))
    assert played.fates["goal"] == rate
    assert played.fates["open"] == 1.0 - rate


def test_no_cash_and_no_burn_is_no_ruin():
    """Zero is not below zero."""
    assert exact.play(plan(one(weeks=50), cash=0.0)).fates["goal"] == 1.0


def test_a_goal_that_holds_at_the_start_is_reached_in_week_0():
    """Breaking even before anything is done: nobody is under way, no band is drawn."""
    played = exact.play(plan(one(), goal="breakeven", revenue_per_week=5.0))
    assert played.fates["goal"] == 1.0
    assert played.mean.week_if_goal == 0
    assert played.weekly.under_way[0] == 0.0
    assert np.isnan(played.weekly.bands["cash"]).all()


def test_nothing_left_to_attempt_and_nothing_used_up_is_not_stuck():
    """The bills go on until the money is gone, or the horizon is reached."""
    played = exact.play(plan(goal="breakeven", burn_per_week=5.0, cash=10.0))
    assert (played.fates["ruin"], played.mean.week_if_ruin) == (1.0, 3)
    lasting = exact.play(plan(goal="breakeven", burn_per_week=5.0, cash=1_000.0, horizon_weeks=20))
    assert lasting.fates["open"] == 1.0


def test_two_hundred_milestones_in_a_line_are_played():
    """A long chain is slow work, not a fault: exact to the closed form."""
    made = [{"id": "m0", "pass_rate": 0.8, "cost": 100.0}]
    made += [
        {"id": f"m{n}", "pass_rate": 0.8, "cost": 100.0, "needs": [f"m{n - 1}"]}
        for n in range(1, 200)
    ]
    played = exact.play(plan(*made, cash=90_000.0, burn_per_week=250.0, horizon_weeks=520))
    from scipy.stats import nbinom

    affordable = 90_000 // 350
    expected = nbinom.cdf(affordable - 200, 200, 0.8)
    assert played.fates["goal"] == pytest.approx(expected, abs=1e-8)


def test_the_longest_horizon_is_played():
    """Ten thousand weeks of a rare success."""
    played = exact.play(plan(one(pass_rate=0.0005, cost=1.0), horizon_weeks=MOST_WEEKS, cash=1e6))
    assert played.fates["goal"] == pytest.approx(1 - 0.9995**MOST_WEEKS, abs=1e-9)


def test_what_is_let_go_as_too_small_is_accounted_for():
    """Never more than 1e-9, stated as the error, and counted as undecided."""
    made = plan(one(pass_rate=0.9, cost=3.0), cash=1000.0, horizon_weeks=100)
    played = exact.play(made)
    assert played.fates_error["goal"] <= 1e-9
    assert sum(played.fates.values()) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.slow
def test_too_many_states_are_refused_with_the_limit_named(peak_bytes):
    """Odd amounts that never meet again: an answer or a clear refusal, in bounded memory."""
    made = [
        {
            "id": f"m{n}",
            "pass_rate": 0.07,
            "cost": 1000.0 + 0.01 * 7**n,
            "needs": [f"m{n - 1}"] if n else [],
        }
        for n in range(9)
    ]
    with pytest.raises(exact.NotExactError, match="more than"):
        exact.play(plan(*made, cash=1e9, burn_per_week=0.01, horizon_weeks=2000))
    assert peak_bytes() < 1e9


def test_amounts_to_the_cent_and_round_ones_are_one_model():
    """The same plan in cents and in thousands: the same shares, kept in different ways."""

    def fates(unit):
        made = [
            {"id": f"m{n}", "cost": unit * (2 + n), "pass_rate": 0.4, "attempts": 6}
            for n in range(5)
        ]
        money = {"cash": unit * 60, "burn_per_week": unit}
        return dict(exact.play(plan(*made, **money)).fates)

    assert fates(1000.0) == pytest.approx(fates(1234.57), abs=1e-12)


def test_more_attempts_than_weeks_are_as_good_as_no_limit():
    """A limit that the horizon comes before changes nothing, and takes no longer."""
    limited = plan(one(pass_rate=0.01, attempts=9000, cost=1.0), cash=500.0, horizon_weeks=300)
    free = plan(one(pass_rate=0.01, cost=1.0), cash=500.0, horizon_weeks=300)
    assert dict(exact.play(limited).fates) == dict(exact.play(free).fates)


def test_chains_with_too_many_ways_to_stand_are_refused():
    """Sixteen side branches that may each be used up: the limit is named."""
    branches = [{"id": f"m{n}", "pass_rate": 0.5, "attempts": 2} for n in range(16)]
    with pytest.raises(exact.NotExactError, match="ways to stand"):
        exact.play(plan(*branches, one()))


@pytest.mark.slow
def test_a_chain_of_four_hundred_with_funding_is_an_answer_or_a_refusal():
    """The largest chain there may be, each milestone with money on its way: never a traceback."""
    made = [
        {
            "id": f"m{n}",
            "pass_rate": 0.7,
            "cost": 101.01 + n,
            "needs": [f"m{n - 1}"] if n else [],
            "gives": {"funding": {"amount": 333.33, "chance": 0.5, "lag_weeks": 9}},
        }
        for n in range(400)
    ]
    with pytest.raises(exact.NotExactError):
        exact.play(plan(*made, cash=90_000.0, burn_per_week=25.0, horizon_weeks=MOST_WEEKS))


@pytest.mark.slow
def test_much_money_on_its_way_is_an_answer_or_a_refusal_in_bounded_memory(peak_bytes):
    """Cheques with long lags keep many balances apart, each with a grid of its own."""
    made = [
        {
            "id": f"m{n}",
            "pass_rate": 0.6,
            "cost": 30.0,
            "needs": [f"m{n - 1}"] if n else [],
            "gives": {"funding": {"amount": 10.0 * (n + 1), "chance": 0.5, "lag_weeks": 40}},
        }
        for n in range(14)
    ]
    with pytest.raises(exact.NotExactError, match="more than"):
        exact.play(plan(*made, cash=9000.0, burn_per_week=10.0))
    assert peak_bytes() < 1e9


# Refusals


@pytest.mark.parametrize(
    ("keys", "milestone", "word"),
    [
        ({"teams": 2}, {}, "teams"),
        ({}, {"weeks": (1, 2, 4)}, "weeks is a range"),
        ({}, {"cost": (1.0, 2.0, 4.0)}, "cost is a range"),
        ({}, {"hours": (1, 2, 4)}, "hours is a range"),
    ],
)
def test_refusal_names_what_cannot_be_carried(keys, milestone, word):
    """Two teams or a range: the reason in a sentence, before any work is done."""
    made = plan(one(**milestone), **keys)
    assert word in str(exact.refusal(made))
    with pytest.raises(exact.NotExactError, match=word):
        exact.play(made)


def test_a_range_without_width_is_a_number():
    """Low = likely = high leaves nothing open."""
    assert exact.refusal(plan(one(weeks=(2, 2, 2)))) is None


@pytest.mark.parametrize("at", [{"week": 3}, {"cash_below": 100.0}])
def test_forks_by_the_calendar_or_by_cash_are_refused_once_chosen(at):
    """Not chosen, such a fork changes nothing and is no obstacle."""
    fork = {"id": "gap", "at": at, "options": [{"id": "go", "cash": "+5"}]}
    made = plan(one(), forks=[fork])
    assert exact.refusal(made) is None
    assert "gap" in str(exact.refusal(made, {"gap": "go"}))


def test_the_same_plan_gives_the_same_numbers_to_the_last_bit():
    """No noise: a slider moved and moved back shows what it showed."""
    made = plan(one(pass_rate=0.37, cost=12.34), cash=500.0, burn_per_week=3.21)
    first, second = exact.play(made), exact.play(made)
    assert first.as_json() == second.as_json()
