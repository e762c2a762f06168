"""Money promised before the plan begins: three engines, one rule."""

from collections.abc import Sequence

import pytest

from workbook import exact, simulate
from workbook.consistency import faults_of
from workbook.exact.refusals import NotExactError
from workbook.life import Luck, live
from workbook.plan import LogEntry, Plan
from workbook.present import present
from workbook.words import Words


def _plan(due: Sequence[dict[str, float]], cash: float = 3_000) -> Plan:
    """One milestone of four weeks at 1,000 a week: 3,000 is not enough, the promise is needed."""
    return Plan.model_validate(
        {
            "id": "promise",
            "goal": "open",
            "cash": cash,
            "burn_per_week": 1_000,
            "due": due,
            "milestones": [{"id": "open", "weeks": 4}],
        }
    )


def test_promised_money_comes_with_its_chance():
    """Six times in ten it comes in week 3, and the fourth week is paid."""
    assert exact.play(_plan([])).fates["ruin"] == 1.0
    outcomes = exact.play(_plan([{"week": 3, "amount": 1_000, "chance": 0.6}]))
    assert outcomes.fates["goal"] == pytest.approx(0.6)
    assert outcomes.mean.cash_if_goal == 0.0


def test_promised_money_comes_after_the_bills_of_its_week():
    """A cheque of week 4 comes after the bill of week 4 that ruins."""
    assert exact.play(_plan([{"week": 4, "amount": 1_000}])).fates["ruin"] == 1.0


def test_an_attempt_waits_for_promised_money():
    """What cannot be paid today waits while something is due, and is ruin once nothing is."""
    plan = _plan([{"week": 2, "amount": 5_000, "chance": 0.5}], cash=2_500)
    milestone = plan.milestones[0].model_copy(update={"cost": 4_000, "weeks": 1})
    outcomes = exact.play(plan.model_copy(update={"milestones": (milestone,)}))
    assert outcomes.fates["goal"] == pytest.approx(0.5)
    assert outcomes.mean.week_if_goal == 3
    assert outcomes.mean.week_if_ruin == 1


@pytest.mark.parametrize("cash", [2_500, 3_000, 8_000])
def test_every_engine_pays_the_same_promises(cash: float):
    """Two promises: simulated lives are those narrated, and their share is the exact chance."""
    due = [{"week": 2, "amount": 900, "chance": 0.7}, {"week": 3, "amount": 700.5, "chance": 0.4}]
    plan = _plan(due, cash)
    played = simulate.play(plan, runs=4_000, seed=7)
    chance = exact.play(plan).fates["goal"]
    assert played.fates["goal"] == pytest.approx(chance, abs=4 * 0.5 / 4_000**0.5)
    assert played.lives is not None
    for life in range(60):
        reported = live(plan, Luck(7, life))
        assert reported.week == played.lives.end_week[life]
        assert reported.cash == played.lives.cash[life]


CONTRACT = {"week": 2, "amount": 100.05, "every_weeks": 4}


@pytest.mark.parametrize("until", [None, 10, 11])
def test_money_that_recurs_comes_in_its_weeks_in_every_engine(until: int | None):
    """Cash after week t is the start + floor((min(t, until) - 2) / 4) + 1 payments: closed form."""
    plan = _plan([CONTRACT | ({"until_week": until} if until else {})], 9_000)
    work = plan.milestones[0].model_copy(update={"weeks": 20})
    plan = plan.model_copy(update={"milestones": (work,), "burn_per_week": 0.0})
    last = min(20, until or 20)
    left = round(9_000 + 100.05 * ((last - 2) // 4 + 1), 2)
    for played in (exact.play(plan), simulate.play(plan, runs=50)):
        for week in range(1, 20):
            paid = max(0, (min(week, last) - 2) // 4 + 1)
            band = played.weekly.bands["cash"][2, week]
            assert band == pytest.approx(9_000 + 100.05 * paid), week
        assert played.mean.cash_if_goal == pytest.approx(left)
    assert live(plan, Luck(1, 0)).cash == left


def test_each_payment_has_its_chance_and_an_option_may_lengthen_the_plan():
    """The mean is p of all, the variance that of n draws; beyond the horizon an option pays on."""
    work = {"id": "open", "weeks": 41}
    plan = _plan([{"week": 1, "amount": 100, "every_weeks": 2, "chance": 0.3}], 50_000)
    data = {**plan.model_dump(exclude_unset=True), "milestones": [work], "burn_per_week": 0}
    with pytest.raises(NotExactError, match="52 payments"):
        exact.play(Plan.model_validate(data))
    played = simulate.play(Plan.model_validate(data), runs=4_000, seed=3)
    assert played.lives is not None
    came = (played.lives.cash - 50_000) / 100
    assert came.mean() == pytest.approx(21 * 0.3, abs=4 * (21 * 0.21 / 4_000) ** 0.5)
    assert came.var() == pytest.approx(21 * 0.21, rel=0.12)
    longer = {"id": "on", "options": [{"id": "on", "horizon_weeks": 41}], "chosen": "on"}
    short = {**data, "horizon_weeks": 20, "forks": [{**longer, "at": {"week": 3}}]}
    again = simulate.play(Plan.model_validate(short), runs=4_000, seed=3)
    assert again.lives is not None
    assert (again.lives.cash == played.lives.cash).all()


def test_after_a_log_only_the_payments_to_come_are_promised():
    """Counted cash has what came; from today on the rest comes, a payment at a time."""
    plan = _plan([CONTRACT | {"until_week": 15}], 9_000)
    plan = plan.model_copy(update={"log": (LogEntry(week=7, cash=4_000.0),)})
    today = present(plan).plan
    assert [(one.week, one.every_weeks) for one in today.due] == [(3, None), (7, None)]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ({"until_week": 9}, "comes once"),
        ({"every_weeks": 4, "until_week": 1}, "ends in week 1 but begins in week 2"),
        ({"every_weeks": 4, "share_given": 0.1}, "a round or a loan comes once"),
        ({"every_weeks": 0}, "0 is too little"),
    ],
)
def test_nonsense_of_money_that_recurs_is_a_fault(due, said):
    """Without its interval, before it begins, for a share each time, every 0 weeks."""
    keys = [{"week": 2, "amount": 100.0, **due}]
    data = {"plan": 1, "id": "p", "goal": "a", "milestones": [{"id": "a"}], "due": keys}
    (fault,) = faults_of(data)
    assert said in str(fault.message)
    assert Words("zh").message(fault.message) != str(fault.message)
