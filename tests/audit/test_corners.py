"""Corners that an audit found: each small plan has an answer by hand, and every engine gives it."""

from __future__ import annotations

import pytest

from enumeration import tally
from workbook.edit import edit
from workbook.errors import InputError, WorkError
from workbook.exact import refusal
from workbook.plan import Edit, Plan
from workbook.play import play

CORNER = {"id": "corner", "goal": "breakeven", "cash": 5e11}


def told(choices=None, **keys) -> list[dict[str, float]]:
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
    fates = told(
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
    fates = told(
        {"detour": "way", "borrow": "way"},
        goal="a",
        cash=10.0,
        milestones=(point("a"),),
        forks=(fork("detour", "a", milestones=detour), fork("borrow", "a", loan=loan)),
    )
    assert [one["goal"] for one in fates] == [1.0, 1.0, 1.0]


def test_a_test_that_wrongly_says_no_makes_nothing_untrue():
    """It costs its own redesign; whoever relies on what is in truth true may pass meanwhile."""
    wrong = {"belief": 1.0, "if_true": 0.0, "redesign": {"weeks": 5.0}}
    test = {"id": "t", "tests": wrong}
    relying = point("a", weeks=1.0, attempts=1, relies_on=("t",))
    fates = told(goal="a", teams=2, milestones=(test, relying))
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
        told(
            {"one": "way", "two": "way"}, goal="a", milestones=(point("a", cost=60.0),), forks=forks
        )


def test_sales_beyond_all_measure_are_counted_as_the_most_that_money_can_be():
    """A trillion people at a trillion each: an answer, not an overflow, week after week."""
    sales = {"reach_per_week": 1e12, "conversion": 1.0, "price": 1e12}
    keys = {"goal": "a", "cash": 1e12, "sales": sales, "horizon_weeks": 10_000}
    plan = Plan.model_validate({**CORNER, **keys, "milestones": (point("a", weeks=10_000.0),)})
    assert play(plan, runs=50).fates["goal"] == 1.0


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
