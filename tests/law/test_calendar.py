"""The calendar: dates for weeks, seasons by month, closed weeks; every engine and each nonsense."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from workbook.cases import read_text
from workbook.cli import main
from workbook.errors import InputError
from workbook.exact import refusal
from workbook.law import last_week
from workbook.law.figures import cents
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan, day_of, week_of
from workbook.play import play
from workbook.present import present
from workbook.simulate import play as simulated
from workbook.words import Words

WEEKS = 60
SHOP = {"reach_per_week": 100.0, "conversion": 0.1, "price": 50.0, "margin": 0.4}
SEASONS = [0.5, 0.6, 0.9, 1.0, 1.1, 0.8, 0.2, 0.3, 1.0, 1.2, 1.7, 2.7]
FIRST = date(2027, 1, 4)


def plan(**keys) -> Plan:
    """One milestone that takes all the weeks."""
    only = {"id": "a", "weeks": WEEKS, "pass_rate": 1.0}
    common = {"id": "p", "goal": "a", "horizon_weeks": WEEKS + 20, "milestones": [only]}
    return Plan.model_validate({**common, "cash": 5000.0, "starts": FIRST.isoformat(), **keys})


def test_a_week_takes_the_factor_of_the_month_that_it_begins_in():
    """The cash at the end is the sum of 200 a week, each times the factor of its month."""
    days = [FIRST + timedelta(days=7 * n) for n in range(WEEKS)]
    paid = sum(cents(200 * SEASONS[day.month - 1]) for day in days)
    shop = plan(sales=SHOP, seasons=SEASONS)
    life, found = live(shop, Luck(1, 0)), simulated(shop, runs=4)
    assert round(life.cash * 100) == 500_000 + paid
    assert set(found.lives.cash.tolist()) == {life.cash}


def test_seasons_of_one_change_nothing():
    """Factors of 1 give the lives of the plan without them, to the cent."""
    club = {**SHOP, "paying_customers": 4.0, "fee_per_month": 30.0}
    flat, bare = (
        simulated(plan(sales=club, **keys), runs=50) for keys in ({"seasons": [1.0] * 12}, {})
    )
    assert np.array_equal(flat.lives.cash, bare.lives.cash)
    assert np.array_equal(flat.weekly.bands["customers"], bare.weekly.bands["customers"], True)


def test_closed_weeks_put_the_end_of_work_off():
    """Ten weeks of work from week 1 with weeks 4 to 6 closed end in week 13."""
    work = {"id": "a", "weeks": 10, "pass_rate": 1.0}
    august = [{"from_week": 4, "until_week": 6}]
    hall = plan(milestones=[work], closed=august)
    assert last_week(hall, 1, 10) == 13
    assert live(hall, Luck(1, 0)).week == 13
    assert play(hall, runs=5).mean.week_if_goal == 13
    assert refusal(hall) is not None


def test_no_attempt_starts_in_a_closed_week():
    """Work of 3 weeks, then work of 2: the second waits for week 7 and ends in week 8."""
    chain = [
        {"id": "first", "weeks": 3, "pass_rate": 1.0},
        {"id": "a", "weeks": 2, "pass_rate": 1.0, "needs": ["first"]},
    ]
    hall = plan(milestones=chain, closed=[{"from_week": 4, "until_week": 6}], burn_per_week=1.0)
    life = live(hall, Luck(1, 0))
    assert (life.reached, life.cash) == ({"first": 3, "a": 8}, 5000.0 - 8)
    assert set(simulated(hall, runs=3).lives.end_week.tolist()) == {8}


def test_many_lives_and_one_life_tell_the_same_to_the_cent():
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    chain = [
        {"id": "x", "weeks": 3, "cost": 400.0, "pass_rate": 0.4},
        {"id": "y", "weeks": [2, 4, 9], "cost": 900.0, "pass_rate": 0.5, "needs": ["x"]},
        {"id": "a", "weeks": 5, "cost": 900.0, "pass_rate": 0.5, "attempts": 3, "needs": ["y"]},
    ]
    closed = [{"from_week": 5, "until_week": 7}, {"from_week": 20, "until_week": 24}]
    keys = {"milestones": chain, "closed": closed, "seasons": SEASONS, "teams": 2}
    club = {**SHOP, "paying_customers": 4.0, "fee_per_month": 30.0, "churn_per_month": 0.1}
    shop = plan(sales=club, burn_per_week=410.0, **keys)
    lives = simulated(shop, runs=300, seed=4).lives
    assert len(set(lives.end_week.tolist())) > 8
    for number in range(300):
        life = live(shop, Luck(4, number))
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)


def test_days_and_weeks_lead_to_each_other():
    """The first day of a week is in that week, and so is its last."""
    for week in (1, 2, 53, 400):
        first = day_of("2027-01-06", week)
        assert week_of("2027-01-06", first) == week
        assert week_of("2027-01-06", first + timedelta(days=6)) == week
    assert week_of("2027-01-06", date(2027, 1, 5)) == 0


FILE = """
plan: 1
id: p
goal: b
starts: {starts}
cash: 500
bills: [{{id: rent, amount: 5, from_week: 2027-02-01, every_weeks: 4, until_week: 1 March 2028}}]
due: [{{week: 2027-01-20, amount: 100}}]
closed: [{{from_week: 2027-08-02, until_week: 2027-08-29}}]
milestones:
- {{id: a, from_week: 2027-03-01, starts_every_weeks: 26, by_week: 2027-12-31}}
- {{id: b, needs: [a]}}
forks: [{{id: f, at: {{week: 2027-06-01}}, options: [{{id: o, cash: +5}}]}}]
log: [{{week: 2027-01-11, cash: 480}}]
"""


@pytest.mark.parametrize("starts", ["2027-01-04", "4.1.2027", "'Jan 4, 2027'", "2027年1月4日"])
def test_a_week_may_be_written_as_a_date(starts):
    """Bills, promised money, closed weeks, milestones, forks and the log: each in its week."""
    found = read_text(FILE.format(starts=starts)).plan
    assert found.starts == "2027-01-04"
    assert (found.bills[0].from_week, found.bills[0].until_week) == (5, 61)
    assert (found.due[0].week, found.log[0].week, found.forks[0].at.week) == (3, 2, 22)
    assert (found.closed[0].from_week, found.closed[0].until_week) == (31, 34)
    assert (found.milestone("a").from_week, found.milestone("a").by_week) == (9, 52)


def test_dates_stand_beside_the_weeks(tmp_path, capsys):
    """In the table of the command line, in both languages, and in the sheet of weeks."""
    path = tmp_path / "p.yaml"
    milestone = "milestones: [{id: a, weeks: 6}]"
    path.write_text(f"plan: 1\nid: p\ngoal: a\nstarts: 2027-01-04\n{milestone}\n", "utf-8")
    for lang, reported in (("en", "6 (8 Feb 2027)"), ("zh", "6 (2027年2月8日)")):
        assert main(["play", str(path), "--lang", lang]) == 0
        assert reported in capsys.readouterr().out
    frame = play(read_text(path.read_text("utf-8")).plan).weekly_frame()
    assert frame.loc[6, "begins"] == "2027-02-08"
    assert Words("en").week(6, "2027-01-04") == "week 6 (8 Feb 2027)"


def test_after_a_log_the_calendar_goes_on():
    """In week 10 the first day is ten weeks later, and closed weeks are those to come."""
    closed = [{"from_week": 4, "until_week": 6}, {"from_week": 9, "until_week": 14}]
    log = [{"week": 10, "cash": 900.0}]
    today = present(plan(closed=closed, sales=SHOP, seasons=SEASONS, log=log)).plan
    assert today.starts == "2027-03-15"
    assert [(part.from_week, part.until_week) for part in today.closed] == [(1, 4)]
    assert today.sales.reach_per_week == 100.0


BROKEN = {
    "starts: soon": "is no date; write it as 2027-01-04",
    "starts: 1/4/2027": "can be 2027-01-04 or 2027-04-01",
    "due: [{week: 2027-01-20, amount: 1}]": "say on which day week 1 begins",
    "starts: 2027-01-04, due: [{week: 2026-12-20, amount: 1}]": "lies before the first day",
    "seasons: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]": "seasons need the first day",
    "starts: 2027-01-04, closed: [{from_week: 9, until_week: 3}]": "ends in week 3 but begins",
    "starts: 2027-01-04, seasons: [1, 1]": "twelve factors, January first; here are 2",
}


@pytest.mark.parametrize("keys", BROKEN)
def test_a_calendar_that_makes_no_sense_is_reported(keys):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "{plan: 1, id: p, goal: a, milestones: [{id: a}], " + keys + "}"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    (fault,) = caught.value.faults
    assert fault.line == 1
    assert BROKEN[keys] in str(fault.message)


def test_closed_weeks_of_one_milestone_leave_the_others_at_work():
    """The permit rests from week 2 to 6 and ends in week 8; the kitchen of team two ends in 3."""
    work = [{"id": "permit", "weeks": 3}, {"id": "kitchen", "weeks": 3}]
    goal = {"id": "a", "needs": ["permit", "kitchen"]}
    closed = [{"from_week": 2, "until_week": 6, "milestones": ["permit"]}]
    played = play(plan(milestones=[*work, goal], teams=2, closed=closed), runs=20)
    reached = {id: set(played.lives.reached_week[:, n]) for n, id in enumerate(played.milestones)}
    assert reached == {"permit": {8}, "kitchen": {3}, "a": {9}}


@pytest.mark.parametrize("teams", [1, 2])
def test_lives_with_closed_weeks_of_single_milestones_are_those_reported(teams):
    """Attempts, redesigns, forks and levels: the same end in every life."""
    tests = {"belief": 0.4, "redesign": {"weeks": 2, "cost": 50.0}}
    work = [
        {"id": "b", "tests": tests, "weeks": 2, "cost": 40.0},
        {"id": "c", "pass_rate": 0.4, "weeks": 2, "cost": 30.0, "starts_every_weeks": 3},
        {"id": "a", "needs": ["c"], "relies_on": ["b"], "pass_rate": 0.5, "weeks": 3},
    ]
    closed = [
        {"from_week": 1, "until_week": 2, "milestones": ["b"]},
        {"from_week": 6, "until_week": 9, "milestones": ["a", "b"]},
        {"from_week": 12, "until_week": 13},
        {"from_week": 15, "until_week": 18, "milestones": ["c"]},
    ]
    fork = {"id": "f", "at": {"milestone": "b"}, "options": [{"id": "o", "cash": "+100"}]}
    parts = {"milestones": work, "closed": closed, "forks": [fork], "teams": teams}
    shop = plan(cash=400.0, burn_per_week=10.0, horizon_weeks=40, **parts)
    lives = simulated(shop, {"f": "o"}, runs=100, seed=4).lives
    for number in range(100):
        life = live(shop, Luck(4, number), {"f": "o"})
        mine = FATES[lives.fate[number]], lives.end_week[number], lives.cash[number]
        assert mine == (life.fate, life.week, life.cash)


def test_closed_weeks_of_an_unknown_milestone_are_a_fault():
    """The id is reported with the one that is meant."""
    text = "plan: 1\nid: p\ngoal: lease\nmilestones: [{id: lease}]\n"
    closed = "closed: [{from_week: 1, until_week: 2, milestones: [leas]}]\n"
    with pytest.raises(InputError, match="did you mean 'lease'"):
        read_text(text + closed)


def test_what_a_level_opens_in_a_closed_week_starts_after_it():
    """It holds in week 2, within the holidays; the work begins in week 5, in every engine."""
    chain = [
        {"id": "rich", "level": {"of": "cash", "at_least": 0.0, "for_weeks": 2}},
        {"id": "a", "weeks": 3, "pass_rate": 1.0, "needs": ["rich"]},
    ]
    keys = {"closed": [{"from_week": 1, "until_week": 4}], "cash": 10.0, "horizon_weeks": 20}
    rested = Plan.model_validate({"id": "p", "goal": "a", "milestones": chain, **keys})
    assert live(rested, Luck(1, 0)).week == 7
    assert simulated(rested, runs=5).mean.week_if_goal == 7
