"""A plan with a log of what its own life did, played on, is the plan without one.

Not in what a log cannot show: whether a free team waited for money or put something right; and
without cash there is no account to go on with. The examples are the same at every run, each with a
log that ends before its life does.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from any_plan import money, plans
from examples import examples
from workbook.exact import NotExactError
from workbook.life import Luck, live
from workbook.plan import Due, LogEntry, Plan
from workbook.play import play

promises = st.builds(
    Due,
    week=st.integers(1, 40),
    amount=money,
    chance=st.sampled_from([0.0, 1.0]),
    every_weeks=st.sampled_from([None, None, 5]),
)


def certain(plan: Plan) -> Plan:
    """The plan with every chance at 0 or 1, and every range at its likely value."""

    def sure(share):
        return tuple(map(sure, share)) if isinstance(share, (list, tuple)) else float(share >= 0.5)

    def one(key, value):
        if key in ("chance", "chance_per_week", "belief", "if_true", "if_false", "pass_rate"):
            return None if value is None else sure(value)
        if key in ("weeks", "hours", "cost") and isinstance(value, (list, tuple)):
            return value[1]
        return walked(value)

    def walked(value):
        if isinstance(value, dict):
            return {key: one(key, inner) for key, inner in value.items()}
        return [walked(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    return Plan.model_validate(walked(plan.model_dump(exclude_none=True)))


def log_of(life, until, counted):
    """What a founder has written down by the end of a week."""
    found = []
    for event in life.events:
        if event.week <= until and event.happening in ("passed", "failed", "untrue"):
            result = "passed" if event.happening == "passed" else "failed"
            found.append(LogEntry(week=event.week, milestone=event.about, result=result))
    weeks = range(1, until + 1) if counted else (until,)
    return (*found, *(LogEntry(week=week, cash=life.cash_by_week[week]) for week in weeks))


@pytest.mark.thorough
@examples(200, derandomize=True)
@given(plans(real=False), st.lists(promises, max_size=2), st.integers(0, 39), st.booleans())
def test_a_plan_with_a_log_of_its_own_life_goes_on_as_that_life(drawn, due, fortieth, counted):
    """Money due, funding, loans, waits, sales, burn, hours, skips, redesigns, races, teams."""
    plan, choices = certain(drawn[0].model_copy(update={"due": tuple(due)})), drawn[1]
    assume(plan.cash is not None)
    life = live(plan, Luck(1, 0), choices)
    assume(life.week > 1)
    week = 1 + fortieth * (life.week - 1) // 40
    logged = plan.model_copy(update={"log": log_of(life, week, counted)})
    note(f"{life.events}")
    for how in ("exact", "simulated"):
        try:
            played = play(logged, choices, how=how, runs=2)
        except NotExactError:
            continue
        assert played.fates[life.fate] == 1.0
        if life.fate == "goal":
            assert played.mean.week_if_goal == life.week
            assert round(played.mean.cash_if_goal * 100) == round(life.cash * 100)
        if life.fate == "ruin":
            assert played.mean.week_if_ruin == life.week


LOAN = {"id": "o", "loan": {"amount": 50, "repay": 60, "repay_after_weeks": 5}}
RAISED = {"id": "o", "burn_per_week": "+30", "cash": "+100"}


def forked(at, option, counted, **more):
    """A fork in the first two weeks, before the log's first entry."""
    fork = {"id": "f", "at": at, "options": [option], "chosen": "o"}
    milestones = [{"id": "a", "weeks": 2}, {"id": "g", "needs": ["a"], "weeks": 10}]
    plan = {"plan": 1, "id": "p", "goal": "g", "horizon_weeks": 40, "forks": [fork]}
    log = [{"week": 2, "milestone": "a", "result": "passed", "cash": counted}]
    return Plan.model_validate({**plan, "milestones": milestones, "log": log, **more})


@pytest.mark.parametrize(
    ("logged", "right"),
    [
        (forked({"week": 1}, LOAN, 150, cash=100), 90),
        (forked({"week": 1}, RAISED, 1020, cash=1000, burn_per_week=10), 620),
        (forked({"milestone": "a"}, RAISED, 1020, cash=1000, burn_per_week=10), 620),
    ],
    ids=["a loan", "a burn and cash", "at a milestone reached"],
)
@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_a_fork_that_opened_before_the_log_does_not_open_again(logged, right, how):
    """Its loan falls due when it was to, its cash is in what was counted, its burn goes on."""
    assert play(logged, how=how, runs=50).mean.cash_if_goal == right


def test_a_loan_taken_before_the_log_falls_due_in_its_week():
    """500 back in week 6, with 150 there: ruin, in week 6."""
    loan = {"id": "o", "loan": {"amount": 50, "repay": 500, "repay_after_weeks": 5}}
    played = play(forked({"week": 1}, loan, 150, cash=100))
    assert (played.fates["ruin"], played.mean.week_if_ruin) == (1.0, 6)


@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_money_that_was_due_is_not_taken_for_the_money_waited_for(how):
    """Ten were promised for week 1 and came; the founder still waits for the other ten."""
    wait = {"id": "o", "wait": {"burn_per_week": 0, "amount": 10, "chance_per_week": 0}}
    fork = {"id": "f", "at": {"week": 1}, "options": [wait], "chosen": "o"}
    plan = {"plan": 1, "id": "p", "goal": "g", "horizon_weeks": 8, "cash": 0, "burn_per_week": 10}
    parts = {"milestones": [{"id": "g", "weeks": 1, "cost": 5}], "forks": [fork]}
    log = [{"week": 1, "cash": 10}]
    due = [{"week": 1, "amount": 10}]
    logged = Plan.model_validate({**plan, **parts, "due": due, "log": log})
    assert play(logged, how=how, runs=50).fates["open"] == 1.0


@pytest.mark.parametrize("how", ["exact", "simulated"])
@pytest.mark.parametrize("week", [1, 2, 3])
def test_the_last_attempt_under_way_is_used_up_in_the_last_week(how, week):
    """One attempt of four weeks, four weeks in all: it fails as time is over, and that is stuck."""
    only = {"id": "a", "weeks": 4, "pass_rate": 0, "attempts": 1}
    parts = {"milestones": [only, {"id": "g", "needs": ["a"], "weeks": 1}], "goal": "g"}
    logged = {
        "plan": 1,
        "id": "p",
        "horizon_weeks": 4,
        "cash": 9,
        "log": [{"week": week, "cash": 9}],
    }
    played = play(Plan.model_validate({**logged, **parts}), how=how, runs=50)
    assert played.fates["stuck"] == 1.0


def asked(belief, *, weeks=1, **redesign):
    """A test that fails, and its redesign of one week."""
    tests = {"belief": belief, "if_true": 1, "if_false": 0, "redesign": {"weeks": 1, **redesign}}
    return {"id": "a", "weeks": weeks, "tests": tests}


def funding(amount):
    """A milestone brings money."""
    return {"funding": {"amount": amount}}


def chosen(at, **option):
    """A fork with one option."""
    return [{"id": "f", "at": at, "options": [{"id": "o", **option}], "chosen": "o"}]


GOAL = {"id": "g", "weeks": 1, "needs": ["a"]}
TWO_ROUNDS = [{**asked(0, gives=funding(3)), "gives": funding(10)}, GOAL]
LOW = {"start": 30, "falls_by": 10, "rises_by": 25, "low_below": 50, "rounds_longer": 1.5}
ONCE = {"id": "m", "weeks": 1, "pass_rate": 0, "attempts": 1, "necessary": False}
SHORT = {"id": "s", "weeks": 2, "necessary": False}
LONG = {"id": "g", "weeks": 3}
TWICE = {"id": "a", "weeks": 1, "cost": 90, "pass_rate": [0, 1]}
LOAN = {"amount": 210, "repay": 0, "repay_after_weeks": 20}
RELYING = {"id": "r", "weeks": 1, "relies_on": ["a"], "necessary": False}
DEAR = {"id": "a", "weeks": 1, "cost": 30, "pass_rate": [0, 1]}
LIVED = {
    "two rounds of money": ({"milestones": TWO_ROUNDS}, 1),
    "a second team while morale rises": (
        {"milestones": [LONG, SHORT, ONCE], "teams": 2, "morale": LOW},
        4,
    ),
    "an option edits what is redesigned": (
        {"milestones": TWO_ROUNDS, "forks": chosen({"week": 2}, milestones={"a": {"weeks": 9}})},
        1,
    ),
    "weeks of rest": (
        {
            "milestones": [{"id": "a", "weeks": 4, "necessary": False}, {"id": "g", "weeks": 9}],
            "closed": [{"from_week": 3, "until_week": 6}],
            "teams": 2,
        },
        8,
    ),
    "a loan at what starts beside a logged attempt": (
        {
            "milestones": [TWICE, {**LONG, "cost": 20}],
            "forks": chosen({"milestone": "g"}, loan=LOAN),
            "teams": 2,
        },
        1,
    ),
    "an option brings a second team": (
        {"milestones": [LONG, ONCE], "forks": chosen({"week": 2}, teams=2)},
        2,
    ),
    "a team to come starts nothing today": (
        {
            "milestones": [asked(0), {**ONCE, "attempts": 2}, GOAL | {"needs": []}],
            "forks": chosen({"milestone": "g"}, cash="+7", teams=3),
            "teams": 2,
        },
        1,
    ),
    "redesigned by the team that relied on it": (
        {
            "milestones": [asked(0, weeks=3, gives={"burn_per_week": "+5"}), RELYING, LONG],
            "teams": 2,
            "cash": 90,
        },
        3,
    ),
    "a fork opened when there was no money to start": (
        {
            "milestones": [DEAR, GOAL],
            "revenue_per_week": 20,
            "forks": chosen({"milestone": "a", "cash_below": 10}, revenue_per_week="+5"),
        },
        3,
    ),
}


@pytest.mark.parametrize(("parts", "until"), LIVED.values(), ids=LIVED)
def test_a_log_goes_on_as_the_same_life(parts, until):
    """Whatever a second team, a fork or a redesign has done that no line of the log says."""
    plan = Plan.model_validate({**{"plan": 1, "id": "p", "goal": "g", "cash": 0}, **parts})
    life = live(plan, Luck(1, 0))
    assert life.week > until
    assert life.fate == "goal"
    logged = plan.model_copy(update={"log": log_of(life, until, counted=True)})
    played = play(logged, runs=2).mean
    assert (played.week_if_goal, played.cash_if_goal) == (life.week, life.cash)
