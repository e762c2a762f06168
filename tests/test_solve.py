"""What would it take? Values against closed forms, and clear words where nothing will do."""

import json
from math import sqrt
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import by_hand, examples
from workbook import cases
from workbook.errors import InputError
from workbook.importance import importance
from workbook.plan import Plan
from workbook.play import play
from workbook.solve import earliest_week, least_cash, least_pass_rate, required, test_or_skip
from workbook.solve.required import Curve, round_step
from workbook.words import Words


def coin(**keys: object) -> Plan:
    """One milestone that passes every other time, at 100 an attempt."""
    milestone = {"id": "coin", "cost": 100.0, "pass_rate": 0.5}
    keys = {"id": "p", "goal": "coin", "cash": 1000.0, **keys}
    return Plan.model_validate({"milestones": [milestone], **keys})


def business(**keys: object) -> Plan:
    """Two steps with burn and a bit of revenue, so that nothing is round."""
    milestones = [
        {"id": "taste", "weeks": 2, "cost": 730.0, "pass_rate": 0.3},
        {"id": "shop", "needs": ["taste"], "weeks": 3, "cost": 1999.99, "pass_rate": 0.6},
    ]
    keys = {"burn_per_week": 410.0, "revenue_per_week": 77.77, "cash": 9000.0, **keys}
    return Plan.model_validate({"id": "p", "goal": "shop", "milestones": milestones, **keys})


# Cash


@pytest.mark.parametrize(("wanted", "cash"), [(0.5, 100), (0.8, 300), (0.875, 300), (0.9, 400)])
def test_least_cash_buys_as_many_throws_as_it_takes(wanted, cash):
    """k throws of a coin reach 1 − ½ᵏ; one cent less is one throw less."""
    answer = least_cash(coin(), wanted)
    assert (answer.value, answer.how, answer.error) == (cash, "exact", 0.0)
    assert answer.chance >= wanted
    short = coin(cash=cash - 0.01)
    assert play(short).fates["goal"] < wanted


@examples(10)
@given(st.floats(0.05, 0.95))
def test_least_cash_is_least_to_the_cent(wanted):
    """At the answer the chance is there; a cent below it is not."""
    answer = least_cash(business(), wanted)
    assert answer.value is not None
    assert answer.chance >= wanted - 1e-9
    cent_less = business(cash=round(answer.value - 0.01, 2))
    assert play(cent_less).fates["goal"] < wanted


def test_the_curve_of_cash_never_falls():
    """More cash never lowers the chance of the goal: every point on the way agrees."""
    chances = [chance for _, chance in least_cash(business()).curve]
    assert chances == sorted(chances)


def test_cash_for_several_teams_is_found_on_common_luck():
    """Simulated: the answer reaches it on the very luck it was sought on, and has an error.

    No digits are reported that the noise does not carry: half an error less does not reach it.
    """
    plan = business(teams=2)
    answer = least_cash(plan, 0.7, runs=1500, seed=3)
    assert (answer.how, answer.runs, answer.seed) == ("simulated", 1500, 3)
    assert answer.error > 0
    at_value = plan.model_copy(update={"cash": answer.value})
    assert play(at_value, runs=1500, seed=3).fates["goal"] == answer.chance >= 0.7
    assert answer.value_error > 1
    less = plan.model_copy(update={"cash": answer.value - answer.value_error / 2})
    assert play(less, runs=1500, seed=3).fates["goal"] < 0.7


@pytest.mark.parametrize("wanted", by_hand([0.5, 0.3, 0.8], 0))
def test_the_error_of_a_cash_is_that_of_many_seeds(wanted):
    """Sought on other luck the answers scatter as the error says, around the exact one."""
    plan, twins = business(), business(teams=2)  # one after the other: a second team has no work
    exact = least_cash(plan, wanted).value
    answers = [least_cash(twins, wanted, runs=400, seed=seed) for seed in range(12)]
    reported = sqrt(mean(answer.value_error**2 for answer in answers))
    missed = sqrt(mean((answer.value - exact) ** 2 for answer in answers))
    assert 0.4 * reported < missed < 2.5 * reported


@pytest.mark.thorough
def test_few_plays_are_enough_where_the_curve_is_noisy():
    """To the cent it took five and twenty; every point on the way is reported."""
    answer = least_cash(cases.load("caffeine-lozenge").plan, runs=1000)
    assert answer.how == "simulated"
    assert len(answer.curve) <= 10
    assert (answer.value, answer.chance) in answer.curve


def test_a_week_has_an_error_where_it_is_simulated():
    """The curve of the goal passes the chance within so many weeks of it."""
    assert earliest_week(business(), 0.6).value_error == 0.0
    assert 0.0 < earliest_week(business(teams=2, cash=50_000.0), 0.6, runs=400).value_error < 5


def test_what_no_cash_can_buy_is_said():
    """Where attempts run out, all the cash in the world has its chance, and that is reported."""
    milestone = {"id": "coin", "cost": 100.0, "pass_rate": 0.5, "attempts": 1}
    plan = Plan.model_validate({"id": "p", "goal": "coin", "cash": 9.0, "milestones": [milestone]})
    answer = least_cash(plan)
    assert answer.value is None
    assert answer.chance == 0.5
    expected = "with all the cash in the world the goal is reached in 50 of 100 lives, not in 80"
    assert expected in str(answer.message)


def test_an_expensive_plan_is_solved_like_a_cheap_one():
    """Three throws at 5 billion each are 15 billion: no sum is too large to be looked for."""
    factory = {"id": "coin", "cost": 5e9, "pass_rate": 0.5}
    answer = least_cash(coin(milestones=[factory]), 0.8)
    assert (answer.value, answer.chance) == (15e9, 0.875)


def test_a_goal_that_costs_nothing_needs_no_cash():
    """Zero costs and zero burn: not a cent."""
    milestones = [{"id": "free", "pass_rate": 0.5}]
    plan = Plan.model_validate({"id": "p", "goal": "free", "cash": 50.0, "milestones": milestones})
    answer = least_cash(plan)
    assert answer.value == 0
    assert str(answer.message).startswith("No cash is needed at the start: even without any")
    assert Words("zh").message(answer.message).startswith("起步不需要钱")
    assert least_cash(plan.model_copy(update={"cash": None})).value == 0


def test_money_that_comes_on_the_way_does_not_blur_the_cash_that_is_needed():
    """A grant comes after the one bill that must be paid: that bill, whatever the luck is."""
    grant = {"amount": 60_000.0, "chance": 0.8}
    milestones = [
        {"id": "survey", "weeks": 4, "cost": 850.0, "gives": {"funding": grant}},
        {"id": "roof", "needs": ["survey"], "weeks": [6, 9, 20], "pass_rate": 0.6},
    ]
    plan = Plan.model_validate({"id": "hall", "goal": "roof", "milestones": milestones})
    answer = least_cash(plan.model_copy(update={"cash": 900.0}), 0.5, runs=500)
    assert answer.how == "simulated"
    assert answer.value == 850
    assert "give or take" not in str(answer.message)


# Pass rate and week


def test_least_pass_rate_is_the_root():
    """Two throws: 1 − (1 − p)² ≥ 0.75 from p = 0.5 on."""
    answer = least_pass_rate(coin(cash=200.0), "coin", 0.75)
    assert (answer.value, answer.now, answer.quantity) == (0.5, 0.5, "pass_rate")
    assert least_pass_rate(coin(cash=100.0), "coin", 0.3337).value == 0.334


def test_a_belief_is_solved_where_there_is_no_pass_rate():
    """A hypothesis has a belief: no cash for the redesign, so the goal is as likely as it."""
    tests = {"belief": 0.6, "redesign": {"cost": 10.0}}
    milestones = [{"id": "h", "tests": tests}, {"id": "shop", "needs": ["h"]}]
    plan = Plan.model_validate({"id": "p", "goal": "shop", "cash": 0.0, "milestones": milestones})
    answer = least_pass_rate(plan, "h", 0.9)
    assert (answer.quantity, answer.value, answer.now) == ("belief", 0.9, 0.6)


def test_a_pass_rate_that_cannot_help_is_said():
    """Where something else is in the way, certainty is not enough."""
    answer = least_pass_rate(business(cash=2000.0), "taste", 0.9)
    assert answer.value is None
    assert "were “taste” certain" in str(answer.message)


@pytest.mark.parametrize(("wanted", "week"), [(0.5, 1), (0.8, 3), (0.875, 3), (0.99, 7)])
def test_the_earliest_week_is_the_throw_that_makes_it(wanted, week):
    """One throw a week: the share with the goal by week k is 1 − ½ᵏ."""
    answer = earliest_week(coin(), wanted)
    assert answer.value == week
    assert answer.chance == pytest.approx(1 - 0.5**week)


def test_the_earliest_week_may_lie_beyond_the_horizon():
    """A plan that ends too soon is shown how long it would take."""
    answer = earliest_week(coin(horizon_weeks=2), 0.8)
    assert (answer.value, answer.now, answer.chance_now) == (3, 2, 0.75)


def test_a_week_that_never_comes_is_said():
    """Ruin comes first: no week has that share."""
    answer = earliest_week(coin(cash=100.0))
    assert answer.value is None
    assert "Not reached by week" in str(answer.message)


def test_a_goal_that_holds_already_is_reached_in_week_0():
    """Breaking even from the start: no week, no cash."""
    plan = coin(goal="breakeven")
    assert earliest_week(plan).value == 0
    assert least_cash(plan).value == 0


@pytest.mark.parametrize("wanted", [0.0, -1.0, 1.5, 80.0, float("nan")])
def test_a_wanted_chance_is_a_chance(wanted):
    """What is no chance to aim for is a fault of the input."""
    for ask in (least_cash, earliest_week, lambda p, w: least_pass_rate(p, "coin", w)):
        with pytest.raises(InputError, match="not a chance to aim for"):
            ask(coin(), wanted)


def test_an_unknown_milestone_is_a_fault():
    """The known ones are named."""
    with pytest.raises(InputError, match="there are: coin"):
        least_pass_rate(coin(), "coyn")


def test_where_there_is_nothing_to_name_that_is_said_in_words():
    """Not a dash: `there are: none at all`, in both languages."""
    empty = Plan.model_validate({"id": "p", "goal": "breakeven", "cash": 50.0})
    with pytest.raises(InputError, match="there are: none at all") as raised:
        least_pass_rate(empty, "coyn")
    assert "一个也没有" in Words("zh").faults(raised.value)


def test_answers_are_plain_data_and_tables():
    """Every answer goes into JSON and into a documented frame."""
    for answer in (least_cash(coin()), least_pass_rate(coin(), "coin"), earliest_week(coin())):
        assert json.loads(json.dumps(answer.as_json()))["wanted"] == 0.8
        assert list(answer.frame().columns) == ["value", "chance"]


def test_what_a_search_must_look_at_is_simulated_in_one_pass(monkeypatch):
    """Several steps of a curve are one batch; each is the play that it would be alone."""
    plan = business(teams=2)
    at = {step: plan.model_copy(update={"cash": step / 100}) for step in (300_000, 900_000)}
    alone = {step: play(at[step], runs=200, seed=3, how="simulated").fates for step in at}
    curve = Curve(at.__getitem__, None, runs=200, seed=3, how="simulated")
    monkeypatch.setattr(required, "play", None)  # a play of its own would fail
    curve.play_all(at)
    assert {step: curve.outcomes(step).fates for step in at} == alone


@pytest.mark.parametrize(
    ("most", "step"),
    [(0.3, 1), (1.9, 1), (2.0, 2), (2.9, 2), (4.9, 2), (5, 5), (9.9, 5), (10, 10), (4999, 2000)],
)
def test_a_step_is_the_largest_of_1_2_5_and_their_tens_within_the_noise(most, step):
    """No digit that the noise does not carry, and none thrown away that it does."""
    assert round_step(most) == step


# Test first, or skip


def hypothesis_plan(cash: float, price: float, rate: float = 1.0, **tests: object) -> Plan:
    """A test for `price`, a redesign for 60, and a shop for 100 that relies on it."""
    tests = {"belief": 0.6, "redesign": {"cost": 60.0}, **tests}
    milestones = [
        {"id": "taste", "cost": price, "tests": tests},
        {
            "id": "shop",
            "needs": ["taste"],
            "relies_on": ["taste"],
            "cost": 100.0,
            "pass_rate": rate,
        },
    ]
    keys = {"id": "p", "goal": "shop", "cash": cash, "milestones": milestones}
    return Plan.model_validate(keys)


@pytest.mark.parametrize(("price", "belief"), [(19.0, 0.81), (50.0, 0.5), (1.0, 0.99)])
def test_with_money_to_spare_the_break_even_is_what_the_test_costs(price, belief):
    """Skipping wastes one shop (100) where untrue: equal at 1 − price / 100."""
    answer = test_or_skip(hypothesis_plan(1e5, price), "taste")
    assert (answer.verdict, answer.by, answer.how) == ("test below", "cash", "exact")
    assert answer.belief == pytest.approx(belief)
    assert f"less than {belief * 100:.0f}% sure" in str(answer.message)
    assert answer.advice == ("test" if belief > 0.6 else "skip")


def test_the_table_of_a_break_even_has_both_worlds():
    """If untrue the test saves a shop (100), if true it is only paid; by belief, 0 and 1."""
    table = test_or_skip(hypothesis_plan(1e5, 19.0), "taste").frame()
    assert table["gain"].to_dict() == {0.0: pytest.approx(81.0), 1.0: pytest.approx(-19.0)}
    assert table["error"].tolist() == [0.0, 0.0]


def test_with_little_cash_the_break_even_is_about_the_goal():
    """By hand: true, skipping buys a second throw (¾ to ½); untrue, only the tested one has any.

    0.5 (1 − b) − 0.25 b is 0 at b = 2/3.
    """
    answer = test_or_skip(hypothesis_plan(250.0, 60.0, rate=0.5), "taste")
    assert (answer.verdict, answer.by) == ("test below", "goal")
    assert (answer.if_untrue.value, answer.if_true.value) == pytest.approx((0.5, -0.25))
    assert answer.belief == pytest.approx(2 / 3)


def test_the_break_even_does_not_ask_what_is_believed_now():
    """Neither the plan's belief nor whether it skips the test today moves the break-even."""
    plan = hypothesis_plan(250.0, 60.0, rate=0.5, belief=0.1)
    other = hypothesis_plan(250.0, 60.0, rate=0.5, belief=0.9).model_copy(
        update={"skips": ("taste",)}
    )
    one, two = (test_or_skip(p, "taste") for p in (plan, other))
    assert one.belief == two.belief
    assert (one.advice, two.advice) == ("test", "skip")


def test_a_test_dearer_than_all_it_saves_never_pays():
    """A test for more than the shop itself is skipped at every belief."""
    answer = test_or_skip(hypothesis_plan(1e5, 101.0), "taste")
    assert (answer.verdict, answer.belief, answer.advice) == ("skip", None, "skip")
    assert "More money is left if you skip the test" in str(answer.message)


def test_a_free_test_is_always_right():
    """A test that costs nothing is taken however sure one is."""
    answer = test_or_skip(hypothesis_plan(1e5, 0.0), "taste")
    assert (answer.verdict, answer.belief, answer.advice) == ("test", None, "test")


def test_a_break_even_on_common_luck_agrees_with_the_exact_one():
    """With two teams it is simulated: the same belief within four standard errors."""
    plan = hypothesis_plan(250.0, 60.0, rate=0.5).model_copy(update={"teams": 2})
    answer = test_or_skip(plan, "taste", runs=4000)
    assert answer.how == "simulated"
    assert answer.belief is not None
    assert answer.error is not None
    assert abs(answer.belief - 2 / 3) < 4 * answer.error


def test_only_a_hypothesis_can_be_tested_or_skipped():
    """A milestone that tests nothing is a fault, and those that do are named."""
    with pytest.raises(InputError, match="these do: taste"):
        test_or_skip(hypothesis_plan(1e5, 1.0), "shop")
    assert json.dumps(test_or_skip(hypothesis_plan(1e5, 1.0), "taste").as_json())
    assert list(test_or_skip(hypothesis_plan(1e5, 1.0), "taste").frame().columns) == [
        "gain",
        "error",
    ]


# A plan that is under way


def begun(**keys: object) -> Plan:
    """The coin, in week 10, with little cash left and nothing won."""
    return coin(log=({"week": 10, "cash": 200.0},), horizon_weeks=40, **keys)


def test_a_plan_under_way_is_asked_from_today():
    """The weeks are the plan's own, the cash is today's, whatever it began with."""
    assert earliest_week(begun(), 0.5).value == 11
    answer = least_cash(begun(), 0.8)
    assert (answer.value, answer.now) == (300, 200)
    assert "must be there today" in str(answer.message)
    assert least_pass_rate(begun(), "coin", 0.75).value == 0.5


def test_a_certain_milestone_is_certain_also_for_who_has_seen_it_fail():
    """What the log teaches does not undo the edit that is asked about."""
    seen = ({"week": 1, "milestone": "coin", "result": "failed", "cash": 100.0},)
    lever = importance(coin(log=seen)).levers[0]
    assert lever.certain.value == pytest.approx(1 - 0.4)  # 0.5 after one failure in five tries


def test_a_belief_decides_nothing_where_the_goal_is_out_of_reach():
    """Tested or skipped, true or not, no life gets there in time: no advice to test first."""
    tests = {"belief": 0.5, "redesign": {"weeks": 1, "cost": 5}}
    first = {"id": "h", "weeks": 1, "cost": 5, "tests": tests}
    late = {"id": "g", "weeks": 30, "relies_on": ["h"], "needs": ["h"]}
    parts = {"id": "p", "goal": "g", "cash": 900, "horizon_weeks": 20, "milestones": [first, late]}
    found = test_or_skip(Plan.model_validate(parts), "h")
    assert (found.verdict, found.advice, found.belief) == (*["no clear difference"] * 2, None)
    assert "out of reach" in str(found.message)
    nearer = {**parts, "horizon_weeks": 90}
    same = test_or_skip(Plan.model_validate(nearer), "h")
    assert same.by == "cash"
    assert str(same.message).startswith("The goal is as likely either way. More money is left if")


def test_a_week_after_the_end_of_the_plan_is_said_to_be_after_it():
    """Half of the attempts pass: two of three weeks each are reached after a plan of four."""
    step = {"id": "g", "weeks": 3, "pass_rate": 0.5}
    parts = {"id": "p", "goal": "g", "horizon_weeks": 4, "milestones": [step]}
    late = earliest_week(Plan.model_validate(parts), 0.7)
    assert str(late.message).startswith("The plan ends with week 4; if it went on, ")
    assert str(earliest_week(Plan.model_validate(parts), 0.4).message).startswith("By week 3 ")
