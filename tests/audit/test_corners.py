"""Corners that an audit found: each small plan has an answer by hand, and every engine gives it."""

from __future__ import annotations

from statistics import mean

import pytest

from audit.second_reading import fates
from enumeration import tally
from workbook.edit import edit
from workbook.errors import InputError, WorkError
from workbook.exact import refusal
from workbook.plan import Edit, Plan
from workbook.play import play

CORNER = {"id": "corner", "goal": "breakeven", "cash": 5e11}


def reported(choices=None, **keys) -> list[dict[str, float]]:
    """The fates of a plan by every engine that plays it."""
    plan = Plan.model_validate({"id": "corner", "horizon_weeks": 9, **keys})
    found = [dict(tally(plan, choices).fates)]
    found.append(dict(play(plan, choices, how="simulated", runs=400).fates))
    if refusal(plan, choices) is None:
        found.append(dict(play(plan, choices, how="exact").fates))
    return found


def point(id, **keys):
    return {"id": id, "weeks": 2.0, "pass_rate": 1.0, **keys}


def fork(id, milestone, **option):
    return {"id": id, "at": {"milestone": milestone}, "options": ({"id": "way", **option},)}


@pytest.mark.parametrize("first", ["leave", "borrow"])
def test_a_fork_opens_where_another_has_just_led(first):
    """Skipping one milestone starts the next: its fork opens in that week, whichever is first."""
    loan = {"amount": 100.0, "repay": 100.0, "repay_after_weeks": 50}
    forks = (fork("leave", "a", skip=("a",)), fork("borrow", "b", loan=loan))
    fates = reported(
        {"leave": "way", "borrow": "way"},
        goal="b",
        cash=100.0,
        milestones=(point("a"), point("b", needs=("a",), cost=150.0)),
        forks=tuple(sorted(forks, key=lambda fork: fork["id"] != first)),
    )
    assert [one["goal"] for one in fates] == [1.0, 1.0, 1.0]


def test_a_fork_stays_shut_where_another_has_just_led_away():
    """A need that the first option adds comes first; the loan comes, and is due, a week later."""
    loan = {"amount": 100.0, "repay": 200.0, "repay_after_weeks": 2}
    detour = {"new": {"weeks": 1.0}, "a": {"needs": ["new"]}}
    fates = reported(
        {"detour": "way", "borrow": "way"},
        goal="a",
        cash=10.0,
        milestones=(point("a"),),
        forks=(fork("detour", "a", milestones=detour), fork("borrow", "a", loan=loan)),
    )
    assert [one["goal"] for one in fates] == [1.0, 1.0, 1.0]


def test_a_test_that_wrongly_says_no_makes_nothing_untrue():
    """It costs its own redesign; anyone who relies on what is in truth true may pass meanwhile."""
    wrong = {"belief": 1.0, "if_true": 0.0, "redesign": {"weeks": 5.0}}
    test = {"id": "t", "tests": wrong}
    relying = point("a", weeks=1.0, attempts=1, relies_on=("t",))
    fates = reported(goal="a", teams=2, milestones=(test, relying))
    assert [one["goal"] for one in fates] == [1.0, 1.0]


def test_an_option_moves_no_figure_to_where_no_figure_can_be():
    """A price falls no lower than 0 and a share rises no higher than 1, now or later."""
    plan = Plan.model_validate({**CORNER, "sales": {"price": 20.0, "conversion": 0.9}})
    change = Edit.model_validate(
        {
            "sales": {"price": "-50", "conversion": "+0.5"},
            "teams": "-3",
            "horizon_weeks": "+999999",
            "cash": "+999999999999",
        }
    )
    edited = edit(plan, change)
    assert edited.sales is not None
    assert (edited.sales.price, edited.sales.conversion) == (0.0, 1.0)
    assert (edited.teams, edited.horizon_weeks, edited.cash) == (1, 10_000, 1e12)


def test_edits_that_make_a_milestone_impossible_together_are_a_fault_in_words():
    """Each option alone is a plan; both together take the cost below nothing."""
    cheaper = {"a": {"cost": "-50"}}
    forks = (fork("one", "a", milestones=cheaper), fork("two", "a", milestones=cheaper))
    with pytest.raises(InputError, match=r"milestones.a.cost: -40.0 cannot stand here"):
        reported(
            {"one": "way", "two": "way"}, goal="a", milestones=(point("a", cost=60.0),), forks=forks
        )


def test_sales_beyond_all_measure_are_counted_as_the_most_that_money_can_be():
    """A trillion people at a trillion each: an answer, not an overflow, week after week."""
    sales = {"reach_per_week": 1e12, "conversion": 1.0, "price": 1e12}
    keys = {"goal": "a", "cash": 1e12, "sales": sales, "horizon_weeks": 10_000}
    plan = Plan.model_validate({**CORNER, **keys, "milestones": (point("a", weeks=10_000.0),)})
    assert play(plan, runs=50).fates["goal"] == 1.0


@pytest.mark.slow
def test_forks_that_lead_to_more_plans_than_can_be_held_are_refused_in_words():
    """Sixty forks that add twenty milestones each: the limit is named before memory ends."""
    forks = tuple(
        {
            "id": f"f{n}",
            "at": {"week": n + 1},
            "options": ({"id": "way", "milestones": {f"n{n}-{k}": {} for k in range(20)}},),
        }
        for n in range(60)
    )
    plan = {"id": "many", "goal": "a", "milestones": [point("a", pass_rate=0.01)], "forks": forks}
    choices = {f"f{n}": "way" for n in range(60)}
    with pytest.raises(WorkError, match="more than 34 different plans of 1201 milestones"):
        play(Plan.model_validate(plan), choices, runs=100)


FAULTY = {"belief": 0.0, "if_false": 1.0, "redesign": {"weeks": 3.0, "cost": 5.0}}


def by_reference(choices=None, **keys) -> dict[str, float]:
    """The fates of a plan by the second reading, and the mean week of the goal."""
    plan = {"id": "corner", "horizon_weeks": 20, **keys}
    reported = fates(plan, choices or {}, 20, seed=1)
    return {
        **reported["fates"],
        "week": mean(reported["week_if_goal"]) if reported["week_if_goal"] else None,
    }


def agreed(choices=None, **keys) -> tuple[float | None, float | None]:
    """Mean week and cash at the goal, on which every engine and the second reading agree."""
    plan = Plan.model_validate({"id": "corner", "horizon_weeks": 20, **keys})
    hows = ["simulated"] + ["exact"] * (refusal(plan, choices) is None)
    played = [play(plan, choices, how=how, runs=200) for how in hows]
    by_hand = tally(plan, choices)
    reference = by_reference(choices, **keys)
    for one in played:
        assert one.fates["goal"] == pytest.approx(by_hand.fates["goal"], abs=1e-9)
        assert one.fates["goal"] == pytest.approx(reference["goal"], abs=1e-9)
        assert one.fates["stuck"] == pytest.approx(reference["stuck"], abs=1e-9)
        assert one.mean.week_if_goal == reference["week"]
        assert one.mean.cash_if_goal == played[0].mean.cash_if_goal
    return played[0].mean.week_if_goal, played[0].mean.cash_if_goal


def test_a_fork_opens_for_a_redesign_that_is_found_to_be_needed_late():
    """If we must go back, the option is taken: from week 2 on no burn (F4)."""
    test = {"id": "h", "tests": {**FAULTY, "if_false": 0.0}}
    keys = {"goal": "g", "cash": 1000.0, "burn_per_week": 10.0, "skips": ("h",)}
    milestones = (test, {"id": "g", "relies_on": ("h",)})
    forks = (fork("f", "h", burn_per_week=0.0),)
    found = agreed({"f": "way"}, milestones=milestones, forks=forks, **keys)
    assert found == (5.0, 985.0)


def test_what_is_known_to_be_untrue_is_put_right_before_anything_relies_on_it():
    """One attempt finds it out; the next milestone does not run into it again (F5)."""
    chain = (
        {"id": "h", "tests": FAULTY},
        {"id": "s", "needs": ("h",), "relies_on": ("h",), "attempts": 1},
        {"id": "g", "needs": ("h",), "relies_on": ("h",), "weeks": 2.0},
    )
    found = agreed(goal="g", cash=1000.0, burn_per_week=10.0, milestones=chain)
    assert found == (7.0, 925.0)


@pytest.mark.parametrize("order", ["ts", "st"])
def test_a_redesign_ends_at_its_place_in_the_plan_whichever_team_made_it(order):
    """Redesign and attempt end in week 2, the hypothesis stands first: the attempt passes (F6)."""
    test = {"id": "h", "tests": {"belief": 0.0, "redesign": {"weeks": 1.0}}}
    work = {"s": point("s", weeks=1.0, relies_on=("h",)), "t": point("t", relies_on=("h",))}
    chain = (test, *(work[id] for id in order), {"id": "g", "needs": ("t",)})
    assert agreed(goal="g", cash=1000.0, teams=2, skips=("h",), milestones=chain)[0] == 3.0


def test_a_test_is_made_and_paid_once_however_many_teams_it_names():
    """No race makes a thing true: three teams at a test cost what one does (F7)."""
    test = {"id": "h", "cost": 3.0, "teams": 3, "tests": {"belief": 1.0}}
    assert agreed(goal="h", cash=10.0, milestones=(test,)) == (1.0, 7.0)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_plan_is_not_stuck_while_a_fork_to_come_can_make_the_goal_hold(rate):
    """Nothing is left to try from week 2 on; in week 10 the burn falls to nothing (F8)."""
    late = {"id": "f", "at": {"week": 10}, "options": ({"id": "way", "burn_per_week": 0.0},)}
    keys = {"goal": "breakeven", "cash": 1000.0, "burn_per_week": 10.0, "forks": (late,)}
    chain = (point("a", pass_rate=rate, attempts=1),)
    assert agreed({"f": "way"}, milestones=chain, **keys) == (10.0, 910.0)


@pytest.mark.parametrize(
    ("option", "fate"),
    [({"skip": ("a",)}, "goal"), ({"cash": "+500"}, "stuck"), ({"burn_per_week": 0.0}, "stuck")],
)
def test_a_fork_to_come_keeps_a_plan_going_only_where_it_changes_what_the_goal_requires(
    option, fate
):
    """What is required is used up in week 1: leaving it out helps, money does not."""
    late = {"id": "f", "at": {"week": 4}, "options": ({"id": "way", **option},)}
    chain = (point("a", weeks=1.0, pass_rate=0.0, attempts=1), {"id": "g", "needs": ("a",)})
    keys = {"goal": "g", "cash": 1000.0, "milestones": chain, "forks": (late,)}
    assert by_reference({"f": "way"}, **keys)[fate] == pytest.approx(1.0)
    assert [one[fate] for one in reported({"f": "way"}, **keys)] == [1.0, 1.0]


@pytest.mark.parametrize(("price", "left"), [(7.095, 0.0), (7.085, 0.01), (0.005, 7.09)])
def test_half_a_cent_is_rounded_up_as_it_is_written(price, left):
    """7.095 costs 7.10, though no binary number is 7.095."""
    found = agreed(goal="a", cash=7.10, milestones=(point("a", cost=price),))
    assert found == (2.0, left)
