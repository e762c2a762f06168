"""`solve` does not assume that more is better: it tells every range of values that will do."""

from __future__ import annotations

import pytest

from workbook.builder.asked import Asked
from workbook.builder.cash_search import search_cash
from workbook.plan import Plan
from workbook.play import play
from workbook.solve import least_cash, least_pass_rate


def hiring(**keys) -> Plan:
    """A hire who does not come cheap: 30 a week more, on 100 in cash (F9)."""
    hire = {"id": "hire", "weeks": 2, "pass_rate": 0.2, "attempts": 1}
    milestones = [
        {**hire, "gives": {"burn_per_week": 30}},
        {"id": "g", "weeks": 5, "pass_rate": 0.5},
    ]
    plan = {"id": "p", "goal": "g", "horizon_weeks": 30, "cash": 100, "burn_per_week": 1}
    return Plan.model_validate({**plan, "milestones": milestones, **keys})


def rescued(**keys) -> Plan:
    """A goal for 100, and 500 for anyone who has less than 50 (F9)."""
    rescue = {"id": "o", "cash": "+500"}
    fork = {"id": "f", "at": {"cash_below": 50}, "options": [rescue], "chosen": "o"}
    plan = {"id": "p", "goal": "g", "horizon_weeks": 20, "cash": 60, "forks": [fork]}
    return Plan.model_validate({**plan, "milestones": [{"id": "g", "cost": 100}], **keys})


def at_rate(plan: Plan, rate: float, how="auto", runs=10_000) -> float:
    hire = plan.milestone("hire").model_copy(update={"pass_rate": rate})
    plan = plan.model_copy(update={"milestones": (hire, *plan.milestones[1:])})
    return play(plan, how=how, runs=runs).fates["goal"]


def test_a_pass_rate_that_does_harm_is_reported_by_the_most_it_may_be():
    """Without the hire the goal is reached in 97 of 100 lives; each point of the hire takes some.

    By hand: five tries of a half, 1 − 2⁻⁵ = 0.97, without; nobody gets through five weeks with.
    """
    answer = least_pass_rate(hiring(), "hire", 0.8)
    most = 1 - 0.8 / (1 - 0.5**5)
    assert answer.reaches == ((0.0, pytest.approx(most, abs=0.001)),)
    assert (answer.value, answer.how) == (0, "exact")
    last = answer.reaches[0][1]
    assert at_rate(hiring(), last) >= 0.8 - 1e-9 > at_rate(hiring(), last + 0.001)
    assert "“hire” may pass at most 17.4 of 100 attempts" in str(answer.message)


def test_the_same_where_it_is_simulated():
    """Two teams, side by side: the chance falls with the rate, from 0 to the end that is said."""
    plan, lives = hiring(teams=2), {"how": "simulated", "runs": 4000}
    answer = least_pass_rate(plan, "hire", 0.8, runs=4000)
    assert answer.how == "simulated"
    ((low, high),) = answer.reaches
    assert (low, answer.value) == (0, 0)
    assert at_rate(plan, high, **lives) >= 0.8 > at_rate(plan, high + 0.03, **lives)


def test_what_no_pass_rate_reaches_is_said_with_the_best_there_is():
    """97 of 100 at a rate of 0, not 100 of 100, and not what certainty would bring."""
    answer = least_pass_rate(hiring(), "hire", 0.99)
    assert answer.value is None
    assert answer.chance == pytest.approx(1 - 0.5**5)
    assert answer.reaches == ()
    assert "96.9 of 100 lives at best, were “hire” at 0 of 100" in str(answer.message)


def test_cash_that_opens_a_fork_and_cash_that_needs_none_are_both_reported():
    """Up to 49.99 the fork helps, from 100 on nothing is needed, and 50 to 99.99 is ruin."""
    answer = least_cash(rescued(), 0.8)
    assert answer.reaches == ((0.0, 49.99), (100.0, None))
    assert answer.value == 100
    assert [rescued_goal(cash) for cash in (0, 49.99, 50, 99.99, 100)] == [1, 1, 0, 0, 1]
    reported = str(answer.message)
    assert "100 CNY must be there at the start" in reported
    assert "0 CNY to 49 CNY would do as well, what lies between would not" in reported


def rescued_goal(cash: float) -> float:
    return play(rescued(cash=cash), runs=50).fates["goal"]


def test_too_much_cash_for_the_rescue_is_said():
    """Where the goal takes more than there can ever be without the rescue, more is not better."""
    option = {"id": "o", "milestones": {"g": {"pass_rate": 1.0}}}
    fork = {"id": "f", "at": {"cash_below": 50}, "options": [option], "chosen": "o"}
    goal = {"id": "g", "pass_rate": 0.0, "attempts": 1}
    answer = least_cash(rescued(milestones=[goal], forks=[fork]), 0.8)
    assert answer.reaches == ((0.0, 49.99),)
    assert answer.value == 0
    assert "with 0 CNY to 49 CNY at the start" in str(answer.message)


@pytest.mark.parametrize("wanted", [0.5, 0.8])
def test_where_more_is_better_nothing_changes(wanted):
    """One range, from the answer on, and the sentence as it was."""
    coin = {"id": "coin", "cost": 100.0, "pass_rate": 0.5}
    plan = Plan.model_validate({"id": "p", "goal": "coin", "cash": 1000.0, "milestones": [coin]})
    cash, rate = least_cash(plan, wanted), least_pass_rate(plan, "coin", wanted)
    assert cash.reaches == ((cash.value, None),)
    assert rate.reaches == ((rate.value, 1.0),)
    assert str(cash.message).endswith("must be there at the start.")


@pytest.mark.parametrize("seed", range(6))
def test_every_value_reported_reaches_and_none_else_on_a_fine_grid(seed):
    """Asked of play itself, at each hundredth."""
    rate = 0.1 + 0.12 * seed
    harmful = {"id": "hire", "weeks": 2, "pass_rate": 0.5, "attempts": 1 + seed % 2}
    gives = {"burn_per_week": 4 + 3 * seed, "revenue_per_week": 2 * seed}
    goal = {"id": "g", "weeks": 3, "pass_rate": 0.4 + rate / 3}
    plan = hiring(milestones=[{**harmful, "gives": gives}, goal])
    wanted = round((at_rate(plan, 0.3) + at_rate(plan, 0.6)) / 2, 3)
    answer = least_pass_rate(plan, "hire", wanted)
    for step in range(0, 101, 4):
        reaches = at_rate(plan, step / 100) >= wanted - 1e-9
        assert any(low <= step / 100 <= high for low, high in answer.reaches) == reaches


def test_the_builder_does_not_say_that_no_cash_will_do_where_less_would():
    """No more than 49.99 brings the rescue that the goal needs: with 0 it is there."""
    option = {"id": "o", "milestones": {"g": {"pass_rate": 1.0}}}
    fork = {"id": "f", "at": {"cash_below": 50}, "options": [option], "chosen": "o"}
    goal = {"id": "g", "pass_rate": 0.0, "attempts": 1}
    plan = rescued(milestones=[goal], forks=[fork])
    *_, piece = search_cash(Asked(plan, runs=100, seed=1, how="simulated"))
    assert piece.plan.cash == 0
    assert "80 of 100 lives would reach the goal with 0 CNY, too" in str(piece.message)
