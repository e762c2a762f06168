"""The interface to both engines: which of them answers, and what it refuses."""

from __future__ import annotations

from pickle import dumps, loads

import numpy as np
import pytest

from alike import alike
from workbook import cases
from workbook.errors import InputError
from workbook.exact import NotExactError
from workbook.plan import Milestone, Plan
from workbook.play import first_runs, play, play_many


def bakery(**changes: object) -> Plan:
    plan = {
        "id": "bakery",
        "goal": "open",
        "cash": 1000.0,
        "burn_per_week": 50.0,
        "milestones": (Milestone(id="open", weeks=2.0, cost=100.0, pass_rate=0.5),),
    }
    return Plan.model_validate(plan | changes)


def with_fork(**fork: object) -> Plan:
    """The bakery, thin on cash, with a loan to be had when the work would begin."""
    loan = {"amount": 5000.0, "repay": 5500.0, "repay_after_weeks": 100}
    options = [{"id": "borrow", "loan": loan}, {"id": "hope", "sales": {"margin": 0.5}}]
    opened = {"id": "money", "at": {"milestone": "open"}, "options": options, **fork}
    return bakery(cash=450.0, forks=[opened])


@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_an_option_chosen_in_the_plan_is_taken_and_one_asked_for_goes_before_it(how):
    """`chosen` in the file is the choice of anyone who asks for none."""
    plain, written = with_fork(), with_fork(chosen="borrow")
    borrowed = play(plain, {"money": "borrow"}, runs=300, how=how)
    assert play(written, runs=300, how=how).fates == borrowed.fates
    assert borrowed.fates["goal"] > play(plain, runs=300, how=how).fates["goal"] + 0.05
    hoped = play(plain, {"money": "hope"}, runs=300, how=how)
    assert play(written, {"money": "hope"}, runs=300, how=how).fates == hoped.fates


def test_a_plan_without_ranges_is_played_exactly():
    """One team, plain numbers: no noise."""
    outcomes = play(bakery())
    assert outcomes.how == "exact"
    assert max(outcomes.fates_error.values()) <= 1e-9


def test_several_teams_are_simulated():
    """What cannot be carried exactly is simulated, and the answer says so."""
    outcomes = play(bakery(teams=2), runs=100)
    assert (outcomes.how, outcomes.runs) == ("simulated", 100)


def test_simulation_can_be_asked_for():
    """With lives to look at, although the exact answer is at hand."""
    outcomes = play(bakery(), runs=50, how="simulated")
    assert outcomes.lives is not None
    assert len(outcomes.lives.fate) == 50


def test_exact_can_be_insisted_on():
    """Then a plan that cannot be played so is refused, with the reason."""
    with pytest.raises(NotExactError, match="side by side"):
        play(bakery(teams=2), how="exact")


@pytest.mark.parametrize("how", ["auto", "exact", "simulated"])
def test_an_unknown_fork_is_a_fault(how):
    """In every way of playing, and never a traceback."""
    with pytest.raises(InputError, match="no fork 'gap'"):
        play(bakery(), {"gap": "borrow"}, how=how)


def test_a_slip_in_a_forks_name_is_reported_with_the_nearest():
    """The fork or the option that was probably meant."""
    option = {"id": "borrow", "cash": "+100"}
    plan = bakery(forks=[{"id": "gap", "options": [option]}])
    with pytest.raises(InputError, match="no fork 'gpa'; did you mean 'gap'"):
        play(plan, {"gpa": "borrow"})
    with pytest.raises(InputError, match="no option 'borow'; did you mean 'borrow'"):
        play(plan, {"gap": "borow"})
    with pytest.raises(InputError, match="the fork has: borrow"):
        play(plan, {"gap": "xyz"})


def test_the_bands_of_exact_plays_made_together_are_those_of_each_alone():
    """They are computed when they are asked for, and a copy of the outcomes has them."""
    plan = with_fork()
    plays = [(plan, {"money": option.id}) for option in plan.forks[0].options]
    for (_, choices), together in zip(plays, play_many(plays), strict=True):
        alone = play(plan, choices)
        assert together.how == alone.how == "exact"
        for found in (together, loads(dumps(together))):
            assert list(found.weekly.bands) == list(alone.weekly.bands)
            for name, band in alone.weekly.bands.items():
                np.testing.assert_array_equal(found.weekly.bands[name], band)


@pytest.mark.parametrize("id", cases.shipped())
def test_the_first_runs_of_a_simulation_are_a_shorter_one(id):
    """A report cuts its what-ifs' base from the play that it has, to the last bit."""
    plan = cases.load(id).plan
    cut = first_runs(play(plan, runs=2_500, how="simulated"), 1_000)
    short = play(plan, runs=1_000, how="simulated")
    assert (cut.fates, cut.fates_error, cut.mean) == (short.fates, short.fates_error, short.mean)
    assert (cut.runs, cut.seed, cut.how) == (short.runs, short.seed, short.how)
    alike(vars(cut.lives), vars(short.lives))
    assert cut.milestones.keys() == short.milestones.keys()
