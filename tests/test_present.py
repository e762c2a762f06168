"""From here on: what a log leaves of a plan."""

import pytest

from workbook import plan as vocabulary
from workbook.law import learned_belief
from workbook.plan import Plan
from workbook.play import play
from workbook.present import learned_rate, present
from workbook.solve import earliest_week


def _plan(log: list[dict[str, object]], **changes: object) -> Plan:
    """A bakery of three milestones: demand, a taste that is tested, a shop that relies on it."""
    return Plan.model_validate(
        {
            "id": "bakery",
            "goal": "shop",
            "cash": 50_000,
            "burn_per_week": 1_000,
            "horizon_weeks": 52,
            "sales": {"reach_per_week": 10, "conversion": 0.1, "price": 100, "margin": 0.5},
            "milestones": [
                {
                    "id": "demand",
                    "weeks": 2,
                    "cost": 3_000,
                    "pass_rate": 0.4,
                    "attempts": 3,
                    "gives": {"conversion": 0.5},
                },
                {
                    "id": "taste",
                    "weeks": 2,
                    "cost": 1_000,
                    "tests": {
                        "belief": 0.6,
                        "if_false": 0.2,
                        "redesign": {"weeks": 4, "cost": 6_000},
                    },
                },
                {
                    "id": "shop",
                    "needs": ["demand", "taste"],
                    "relies_on": ["taste"],
                    "weeks": 4,
                    "cost": 9_000,
                    "pass_rate": 0.5,
                },
            ],
            "log": log,
            **changes,
        }
    )


def test_a_plan_without_a_log_stands_at_its_start():
    """Nothing seen, nothing moved."""
    plan = _plan([])
    here = present(plan)
    assert (here.week, here.reached, here.attempts) == (0, {}, {})
    assert play(here.plan).fates == play(plan).fates


def test_what_was_reached_is_behind_and_what_it_gave_holds():
    """A passed milestone is not attempted again; its conversion is today's."""
    here = present(_plan([{"week": 2, "milestone": "demand", "result": "passed"}]))
    assert here.plan.skips == ("demand",)
    assert here.plan.sales is not None
    assert here.plan.sales.conversion == 0.5
    assert here.plan.horizon_weeks == 50


def test_cash_is_what_was_counted_last():
    """A count stands against any reckoning."""
    log = [{"week": 2, "milestone": "demand", "result": "failed", "cash": 41_234}]
    here = present(_plan(log))
    assert here.plan.cash == 41_234
    assert here.counted


def test_cash_not_counted_is_reckoned_by_the_plan():
    """Two weeks of burn less two of revenue (50 a week), and the attempt."""
    here = present(_plan([{"week": 2, "milestone": "demand", "result": "failed"}]))
    assert here.plan.cash == 50_000 - 3_000 - 2 * (1_000 - 50)
    assert not here.counted


def test_revenue_of_a_reached_milestone_counts_from_the_week_after():
    """Reached in week 2, its conversion earns in week 3 (250) and not before (50)."""
    log = [
        {"week": 2, "milestone": "demand", "result": "passed"},
        {"week": 3, "milestone": "taste", "result": "passed"},
    ]
    expected = 50_000 - 3_000 - 1_000 - 3 * 1_000 + 2 * 50 + 250
    assert present(_plan(log)).plan.cash == expected


def test_failures_lower_a_pass_rate_and_use_up_attempts():
    """Two failures at 0.4: (0.4 × 4) / 6, and one attempt left of three."""
    log = [{"week": week, "milestone": "demand", "result": "failed"} for week in (2, 4)]
    demand = present(_plan(log)).plan.milestone("demand")
    assert demand.rates == (pytest.approx(1.6 / 6),)
    assert demand.attempts == 1


def test_used_up_is_stuck_from_here_on():
    """After the last attempt allowed has failed, nothing but stuck is left."""
    log = [{"week": week, "milestone": "demand", "result": "failed"} for week in (2, 4, 6)]
    assert play(present(_plan(log)).plan).fates["stuck"] == pytest.approx(1.0)


def test_a_test_that_said_yes_leaves_the_doubt_of_a_false_yes():
    """Bayes: 0.6 / (0.6 + 0.4 × 0.2)."""
    assert learned_belief(
        vocabulary.Tests(belief=0.6, if_false=0.2), said_yes=True
    ) == pytest.approx(0.6 / 0.68)
    here = present(_plan([{"week": 2, "milestone": "taste", "result": "passed"}]))
    tests = here.plan.milestone("taste").tests
    assert tests is not None
    assert tests.belief == pytest.approx(0.6 / 0.68)
    assert "taste" in here.plan.skips


def test_a_test_that_said_no_leaves_its_redesign_to_be_done():
    """What is next is the redesign, with its own weeks and cost, and it cannot fail."""
    here = present(_plan([{"week": 2, "milestone": "taste", "result": "failed"}]))
    taste = here.plan.milestone("taste")
    assert (taste.weeks, taste.cost) == (4, 6_000)
    assert play(here.plan, how="exact").milestones["taste"].attempts <= 1
    certain = present(_plan([{"week": 2, "milestone": "taste", "result": "failed"}], cash=1e6))
    assert play(certain.plan).milestones["taste"].reached_by[-1] > 0.7


def test_a_failed_race_tells_more_against_a_belief_than_one_team_does():
    """Three teams at one half fail by chance once in eight: 0.6 / 8 against 0.4, by Bayes."""
    raced = _plan([{"week": 4, "milestone": "shop", "result": "failed"}])
    shop = raced.milestone("shop").model_copy(update={"teams": 3})
    raced = raced.model_copy(update={"milestones": (*raced.milestones[:2], shop)})
    tests = present(raced).plan.milestone("taste").tests
    assert tests is not None
    assert tests.belief == pytest.approx(0.075 / 0.475)


def test_passing_what_relies_on_a_belief_proves_the_belief():
    """Nothing that relies on an untrue hypothesis passes, at the first attempt or a later one."""
    failed = {"week": 4, "milestone": "shop", "result": "failed"}
    passed = {"week": 8, "milestone": "shop", "result": "passed"}
    for log, belief in (([failed], 3 / 7), ([failed, passed], 1.0), ([passed], 1.0)):
        plan = _plan(log, goal="breakeven", skips=["taste"])
        tests = present(plan).plan.milestone("taste").tests
        assert tests is not None
        assert tests.belief == pytest.approx(belief)


def test_a_goal_already_reached_is_reached_in_week_0_from_here():
    """There is nothing left to play."""
    log = [{"week": 20, "milestone": "shop", "result": "passed"}]
    assert play(present(_plan(log)).plan).fates["goal"] == 1.0


def test_a_learned_rate_never_leaves_zero_to_one():
    """Certain before and failed after: doubted, still a chance."""
    assert learned_rate(1.0, 0, [1.0] * 3) == pytest.approx(4 / 7)
    assert learned_rate(0.0, 2, [0.0] * 2) == pytest.approx(2 / 6)
    assert learned_rate(0.9, 0, [0.9] * 50) >= 0


def test_failures_that_a_rising_list_foretold_hardly_move_what_comes():
    """1 in 10, then 2 in 10, both failed as was likely: the 9 in 10 to come stays above 8."""
    milestones = [{"id": "shop", "pass_rate": [0.1, 0.2, 0.9]}]
    log = [{"week": week, "milestone": "shop", "result": "failed"} for week in (1, 2)]
    here = present(_plan(log, milestones=milestones))
    assert here.plan.milestone("shop").rates == (pytest.approx(0.9 - 0.3 / 6),)


def test_funding_won_but_not_yet_here_may_still_come():
    """Reached in week 4 with a cheque six weeks on: from week 5 it is due in six; counted, not."""
    gives = {"funding": {"amount": 20_000, "chance": 0.5, "lag_weeks": 6}}
    shop = {"id": "shop", "needs": ["demand"], "weeks": 4, "pass_rate": 0.5}
    milestones = [{"id": "demand", "weeks": 2, "gives": gives}, shop]
    passed = {"week": 4, "milestone": "demand", "result": "passed", "cash": 30_000}
    due = present(_plan([passed], milestones=milestones)).plan.due
    assert [(d.week, d.amount, d.chance) for d in due] == [(6, 20_000, 0.5)]
    counted = {"week": 10, "cash": 44_000}
    assert present(_plan([passed, counted], milestones=milestones)).plan.due == ()


@pytest.mark.parametrize("how", ["exact", "simulated"])
@pytest.mark.parametrize("week", [52, 60])
def test_a_horizon_that_is_behind_leaves_nothing_to_play(week, how):
    """The last week of the plan is over: the goal is open, and no week is added to reach it."""
    plan = _plan([{"week": week, "cash": 90_000}])
    assert play(plan, how=how, runs=50).fates["open"] == 1.0
    found = earliest_week(plan.model_copy(update={"log": (), "horizon_weeks": 0}), 0.3)
    assert found.value is not None  # asked for a week, an answer looks beyond


def test_a_fork_by_the_calendar_opens_in_its_own_week():
    """Week 6 is week 6, also for who stands in week 3 already; a week that is past is now."""
    money = {"id": "late", "at": {"week": 6}, "options": [{"id": "gift", "cash": "+7000"}]}
    passed = {"id": "early", "at": {"week": 2}, "options": [{"id": "gift", "cash": "+50"}]}
    plan = _plan([{"week": 3, "cash": 40_000}], forks=[money, passed])
    weeks = {fork.id: fork.at.week for fork in present(plan).plan.forks}
    assert weeks == {"late": 3, "early": 1}
    alone = {"goal": "shop", "milestones": [{"id": "shop", "weeks": 20}], "sales": None}
    quiet = _plan([{"week": 3, "cash": 40_000}], forks=[money], **alone)
    cash = play(quiet, {"late": "gift"}, runs=20).weekly.bands["cash"][2]
    assert cash[5:8].tolist() == [38_000, 44_000, 43_000]


def test_a_plan_whose_last_attempt_passed_can_still_be_changed_at_a_fork():
    """Three attempts allowed, the third passed: none is left to limit, and an option may edit."""
    cheaper = {"id": "cheap", "milestones": {"demand": {"cost": 10}, "shop": {"cost": 10}}}
    fork = {"id": "price", "at": {"milestone": "shop"}, "options": [cheaper]}
    results = ("failed", "failed", "passed")
    log = [
        {"week": week, "milestone": "demand", "result": result}
        for week, result in enumerate(results, 1)
    ]
    played = play(_plan(log, forks=[fork]), {"price": "cheap"})
    assert played.milestones["demand"].reached == 1.0
    assert played.fates["goal"] > 0.5


def test_an_option_counts_weeks_and_attempts_as_the_plan_does():
    """Week 30 is week 30, and who has tried twice goes on with the third of the new rates."""
    edits = {"demand": {"pass_rate": [0.1, 0.2, 0.9], "attempts": 5}}
    option = {"id": "other", "horizon_weeks": 30, "milestones": edits}
    soon = {"id": "soon", "horizon_weeks": "+4", "milestones": {"shop": {"attempts": 2}}}
    fork = {"id": "way", "at": {"milestone": "demand"}, "options": [option, soon]}
    failed = [{"week": week, "milestone": "demand", "result": "failed"} for week in (2, 4)]
    here = present(_plan(failed, forks=[fork]))
    other, later = here.plan.forks[0].options
    assert other.horizon_weeks == 26
    assert other.milestones == {"demand": {"pass_rate": (0.9,), "attempts": 3}}
    assert (later.horizon_weeks, later.milestones) == ("+4", {"shop": {"attempts": 2}})
