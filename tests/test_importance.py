"""What matters most: gains against closed forms, and no noise sold as a finding."""

import json
import tracemalloc

import pytest

from workbook.errors import InputError
from workbook.importance import importance, together, tornado
from workbook.plan import Plan


def pair(**keys: object) -> Plan:
    """Two one-shot milestones, a doubtful and a likely one, and a goal that needs both."""
    milestones = [
        {"id": "likely", "pass_rate": 0.8, "attempts": 1},
        {"id": "doubtful", "weeks": 3, "pass_rate": 0.3, "attempts": 1},
        {"id": "goal", "needs": ["likely", "doubtful"]},
    ]
    keys = {"id": "p", "goal": "goal", "cash": 100.0, "milestones": milestones, **keys}
    return Plan.model_validate(keys)


def test_gains_are_those_of_the_closed_form():
    """0.8 × 0.3: certain gains 0.8 × 0.7 or 0.2 × 0.3; ten points gain a tenth of the other."""
    answer = importance(pair())
    assert answer.goal == pytest.approx(0.24)
    assert [lever.milestone for lever in answer.levers] == ["doubtful", "likely", "goal"]
    doubtful, likely, goal = answer.levers
    assert (doubtful.certain.value, likely.certain.value) == pytest.approx((0.56, 0.06))
    assert (doubtful.better.value, likely.better.value) == pytest.approx((0.08, 0.03))
    assert not goal.certain.clear
    assert "“doubtful” matters most" in str(answer.message)


def test_a_week_less_counts_where_the_burn_bites():
    """With cash for three weeks and three to go, a week less is all that is missing."""
    answer = importance(pair(burn_per_week=25.0))
    gains = {lever.milestone: lever.faster.value for lever in answer.levers}
    assert gains == pytest.approx({"doubtful": 0.24, "likely": 0.0, "goal": 0.0})


def test_simulated_gains_have_the_error_of_their_pairs():
    """On common luck the error is that of the pairs, and the truth lies within four of them."""
    answer = importance(pair(teams=2), runs=4000)
    doubtful = answer.levers[0]
    assert answer.how == "simulated"
    assert doubtful.milestone == "doubtful"
    assert 0 < doubtful.certain.error < 0.01
    assert abs(doubtful.certain.value - 0.56) < 4 * doubtful.certain.error


def test_no_clear_difference_is_said():
    """Where all is certain nothing holds the goal back."""
    milestones = [{"id": "sure"}]
    plan = Plan.model_validate({"id": "p", "goal": "sure", "cash": 1.0, "milestones": milestones})
    answer = importance(plan)
    assert not answer.levers[0].certain.clear
    assert str(answer.message) == "No milestone clearly holds the goal back."


def test_a_hypothesis_is_made_certain_by_its_belief():
    """A test that says no has no cash left for the redesign: the goal is its belief."""
    tests = {"belief": 0.6, "redesign": {"cost": 10.0}}
    milestones = [{"id": "h", "tests": tests}, {"id": "shop", "needs": ["h"]}]
    plan = Plan.model_validate({"id": "p", "goal": "shop", "cash": 0.0, "milestones": milestones})
    lever = importance(plan, ids=["h"]).levers[0]
    assert (lever.certain.value, lever.better.value) == pytest.approx((0.4, 0.1))


def test_a_tornado_sorts_figures_by_their_swing():
    """Each figure's ends, least less most; the widest first, with its own range beside it."""
    ranges = {
        "milestones.likely.pass_rate": (0.7, 0.9),
        "milestones.doubtful.pass_rate": (0.1, 0.6),
        "horizon_weeks": (80.0, 120.0),
    }
    answer = tornado(pair(), ranges)
    assert [bar.name for bar in answer.bars] == [
        "milestones.doubtful.pass_rate",
        "milestones.likely.pass_rate",
        "horizon_weeks",
    ]
    widest = answer.bars[0]
    assert (widest.low, widest.high) == (0.1, 0.6)
    assert (widest.at_low.value, widest.at_high.value) == pytest.approx((-0.16, 0.24))
    assert widest.swing.value == pytest.approx(0.4)
    assert not answer.bars[-1].swing.clear
    assert "milestones.doubtful.pass_rate matters most" in str(answer.message)


def test_a_tornado_may_name_facts():
    """Anyone who knows a case's facts brings the edit: one name may move several figures."""

    def both_rates(plan: Plan, name: str, value: float) -> Plan:
        assert name == "luck"
        milestones = tuple(
            m.model_copy(update={"pass_rate": value}) if m.pass_rate else m for m in plan.milestones
        )
        return plan.model_copy(update={"milestones": milestones})

    bar = tornado(pair(), {"luck": (0.5, 1.0)}, change=both_rates).bars[0]
    assert bar.swing.value == pytest.approx(0.75)


def test_figures_that_stand_on_one_fact_move_together():
    """One name, two pass rates: both go to its low and to its high end."""
    paths = {"luck": ("milestones.likely.pass_rate", "milestones.doubtful.pass_rate")}
    bar = tornado(pair(), {"luck": (0.5, 1.0)}, change=together(paths)).bars[0]
    assert bar.swing.value == pytest.approx(0.75)


def test_every_figure_that_cannot_be_set_is_reported_at_once():
    """Unknown names and values out of range, all in one error."""
    ranges = {"milestones.nobody.cost": (1.0, 2.0), "milestones.likely.pass_rate": (0.5, 30.0)}
    with pytest.raises(InputError) as error:
        tornado(pair(), ranges)
    assert len(error.value.faults) == 2


def test_no_figures_and_no_milestones_have_an_answer():
    """Nothing to vary: an empty tornado that says so."""
    empty = Plan.model_validate({"id": "p", "goal": "breakeven", "burn_per_week": 1.0, "cash": 3.0})
    assert importance(empty).levers == ()
    assert tornado(empty, {}).bars == ()


def test_results_are_plain_data_and_tables():
    """JSON, and frames with the documented columns."""
    answer, wind = importance(pair()), tornado(pair(), {"cash": (0.0, 200.0)})
    assert json.loads(json.dumps(answer.as_json()))["levers"]["likely"]["certain_error"] == 0
    assert json.loads(json.dumps(wind.as_json()))["bars"]["cash"]["high"] == 200
    assert list(answer.frame().columns[:3]) == ["certain", "certain_error", "certain_clear"]
    assert list(wind.frame().columns[:3]) == ["low", "high", "at_low"]


def test_the_memory_of_a_tornado_does_not_grow_with_its_figures():
    """Eighty figures take hardly more than ten: each part of the plays is let go."""
    plan, most = pair(teams=2, burn_per_week=20.0), {}
    tornado(plan, {"cash": (50.0, 150.0)}, runs=4000)  # what is made once is there
    for count in (10, 80):
        ranges = {f"{n}": (40.0 + n, 140.0 + n) for n in range(count)}
        tracemalloc.start()
        found = tornado(plan, ranges, change=cash_set, runs=4000)
        most[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(found.bars) == count
    assert most[80] < 1.3 * most[10]


def cash_set(plan: Plan, name: str, value: float) -> Plan:
    """The same figure under many names."""
    return plan.model_copy(update={"cash": value})
