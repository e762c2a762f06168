"""What-ifs: pairs on the same luck, honest verdicts, autopsies, and where the lead changes."""

from __future__ import annotations

import numpy as np
import pytest

from workbook import whatif
from workbook.errors import InputError
from workbook.life import Luck, live
from workbook.plan import Plan
from workbook.play import play
from workbook.whatif import autopsy, compare, crossings, options_of, read, set_figure, standing

RUNS = 4000


def bakery(**changes) -> Plan:
    """Demand, taste (a hypothesis), and a shop that relies on it; a fork at the taste."""
    plan = {
        "id": "bakery",
        "goal": "shop",
        "cash": 3000.0,
        "burn_per_week": 100.0,
        "horizon_weeks": 60,
        "milestones": [
            {"id": "demand", "weeks": 2.0, "cost": 200.0, "pass_rate": 0.5, "attempts": 6},
            {
                "id": "taste",
                "needs": ["demand"],
                "weeks": 2.0,
                "cost": 200.0,
                "tests": {"belief": 0.5, "redesign": {"weeks": 3.0, "cost": 900.0}},
            },
            {
                "id": "shop",
                "needs": ["taste"],
                "relies_on": ["taste"],
                "weeks": 4.0,
                "cost": 800.0,
                "pass_rate": 0.7,
            },
        ],
        "forks": [
            {
                "id": "gap",
                "at": {"milestone": "taste"},
                "options": [
                    {
                        "id": "borrow",
                        "loan": {"amount": 900.0, "repay": 1000.0, "repay_after_weeks": 30},
                    },
                    {"id": "walk-around", "skip": ["taste"]},
                ],
            }
        ],
    }
    return Plan.model_validate(plan | changes)


def test_a_plan_beside_itself_shows_no_difference():
    """The same plan on the same luck: not one life differs, and the verdict says so."""
    plan = bakery()
    same = compare(plan, {"same": plan.model_copy()}, runs=RUNS).contrasts["same"]
    assert (same.gap.value, same.gap.error, same.saved, same.lost) == (0, 0, 0, 0)
    assert same.verdict == "no clear difference"


def test_more_cash_saves_lives_and_loses_none():
    """On the same luck, more money never turns a life from its goal."""
    plan = bakery()
    richer = compare(plan, {"richer": whatif.cash(plan, 500.0)}, runs=RUNS).contrasts["richer"]
    assert richer.verdict == "better"
    assert richer.saved > 0
    assert richer.lost == 0


def test_more_cash_is_refused_to_a_plan_that_counts_none():
    """It would bring an account, and with it ruin: more cash would cost lives."""
    with pytest.raises(InputError, match="gives no `cash`"):
        whatif.cash(bakery(cash=None), 500.0)


def test_moves_add_up_to_a_thousand_and_to_the_gap():
    """Every life moves from one fate to one fate; who is saved less who is lost is the gap."""
    plan = bakery()
    contrast = compare(plan, options_of(plan, "gap"), runs=RUNS).contrasts["walk-around"]
    assert sum(contrast.moves.values()) == pytest.approx(1000)
    gap = pytest.approx(1000 * contrast.gap.value, abs=0.05)
    assert contrast.saved - contrast.lost == gap


def test_where_both_sides_are_exact_so_is_the_comparison():
    """Each side is what `play` answers of it, the gap has no error, and the sentence says so."""
    plan = bakery()
    richer = whatif.cash(plan, 500.0)
    found = compare(plan, {"richer": richer}, runs=RUNS)
    contrast = found.contrasts["richer"]
    assert (found.base.how, contrast.after.how) == ("exact", "exact")
    assert found.base.fates == play(plan).fates
    assert contrast.after.fates == play(richer).fates
    assert contrast.gap.value == play(richer).fates["goal"] - play(plan).fates["goal"]
    assert contrast.gap.error == 0
    assert "(computed exactly)" in str(contrast.sentence)
    assert found.as_json()["variants"]["richer"]["how"] == "exact"


def test_where_one_side_must_be_simulated_each_still_is_what_play_answers():
    """The gap is that of the figures shown, with the error of the side that has one."""
    plan = bakery()
    ranged = whatif.set_figure(plan, "milestones.taste.weeks", 3).model_copy(update={"teams": 2})
    found = compare(plan, {"two": ranged}, runs=RUNS)
    contrast = found.contrasts["two"]
    assert (contrast.before.how, contrast.after.how) == ("exact", "simulated")
    assert contrast.before.fates == play(plan).fates
    assert contrast.after.fates == play(ranged, runs=RUNS).fates
    assert contrast.gap.value == contrast.after.fates["goal"] - contrast.before.fates["goal"]
    assert contrast.gap.error == contrast.after.fates_error["goal"]


@pytest.mark.slow
def test_the_paired_error_is_that_of_the_pairs():
    """Against sixty other seeds: the spread of the gap is what its error says."""
    plan = bakery()
    demand = plan.milestone("demand").model_copy(update={"cost": (150.0, 200.0, 250.0)})
    plan = plan.model_copy(update={"milestones": (demand, *plan.milestones[1:])})
    gaps = [
        compare(plan, {"less": whatif.burn(plan, -30.0)}, runs=400, seed=seed).contrasts["less"].gap
        for seed in range(60)
    ]
    spread = np.std([gap.value for gap in gaps])
    assert spread == pytest.approx(np.mean([gap.error for gap in gaps]), rel=0.35)


def test_a_gap_below_the_least_that_matters_is_no_clear_difference():
    """However sure, a gap too small to act on is not called one."""
    plan = bakery()
    richer = {"richer": whatif.cash(plan, 500.0)}
    assert compare(plan, richer, runs=RUNS, least=0.9).contrasts["richer"].verdict == (
        "no clear difference"
    )


def test_options_begin_with_the_plan_as_written():
    """Then one variant an option, the other forks' choices kept."""
    variants = options_of(bakery(), "gap")
    assert list(variants) == ["as-written", "borrow", "walk-around"]
    assert variants["borrow"].choices == {"gap": "borrow"}


def test_an_unknown_fork_names_the_nearest():
    """A slip of the pen is reported with what was probably meant."""
    with pytest.raises(InputError, match="did you mean 'gap'"):
        options_of(bakery(), "gapp")


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        ("certain:demand", "pass_rate", 1.0),
        ("better:demand", "pass_rate", (0.6,)),
        ("better:demand=0.7", "pass_rate", (1.0,)),
        ("faster:demand", "weeks", 1.0),
        ("faster:demand=9", "weeks", 1.0),
        ("race:demand=3", "teams", 3),
    ],
)
def test_a_what_if_can_be_written_in_short(words, path, value):
    """The words of the command line make the plan they say."""
    assert getattr(read(bakery(), words).milestone("demand"), path) == value


@pytest.mark.parametrize(
    "words",
    [
        "skip:tast",
        "fly:demand",
        "race:demand",
        "race:demand=0",
        "cash:lots",
        "order:demand,nix",
        "",
    ],
)
def test_nonsense_is_a_fault_and_no_traceback(words):
    """Whatever is written, the answer is a sentence."""
    with pytest.raises(InputError):
        read(bakery(), words)


def test_figures_are_set_by_path():
    """Ids instead of positions, also inside a fork."""
    plan = set_figure(bakery(), "milestones.taste.tests.belief", 0.9)
    assert plan.milestone("taste").tests.belief == 0.9
    plan = set_figure(plan, "forks.gap.options.borrow.loan.repay", 5000)
    assert plan.forks[0].options[0].loan.repay == 5000
    assert set_figure(plan, "hours_per_week", 5).hours_per_week == 5


@pytest.mark.parametrize(
    ("path", "value"),
    [("milestones.tast.cost", 1), ("csh", 1), ("cash.low", 1), ("milestones.demand.pass_rate", 30)],
)
def test_a_path_that_leads_nowhere_is_a_fault(path, value):
    """And so is a value that is not allowed there."""
    with pytest.raises(InputError):
        set_figure(bakery(), path, value)


def test_autopsy_counts_every_ruined_life_once():
    """The shares of the deaths add up to the share of ruin."""
    outcomes = play(bakery(), runs=RUNS, how="simulated")
    found = autopsy(outcomes)
    assert found.ruined == outcomes.fates["ruin"]
    assert sum(death.share for death in found.deaths) == pytest.approx(found.ruined)


def test_autopsy_finds_the_return_that_could_not_be_paid():
    """Walk around the taste, and lives die before its redesign is done: as each life tells."""
    plan, choices = bakery(), {"gap": "walk-around"}
    outcomes = play(plan, choices, runs=200, how="simulated")
    shares = [death.returns.get("taste", 0.0) for death in autopsy(outcomes).deaths]
    reported = 0
    for number in range(200):
        life = live(plan, Luck(1, number), choices)
        seen = {event.happening for event in life.events}
        reported += life.fate == "ruin" and "untrue" in seen and "redesign-done" not in seen
    assert sum(shares) == pytest.approx(reported / 200)
    assert reported > 0


def test_autopsy_of_an_exact_play_simulates_lives():
    """The exact engine keeps no lives; the autopsy makes some."""
    assert autopsy(play(bakery())).ruined > 0


def test_no_ruin_leaves_an_empty_autopsy():
    """Nobody died: nothing to tell, and no division by nothing."""
    found = autopsy(play(bakery(cash=1e6), runs=100, how="simulated"))
    assert (found.ruined, found.week, found.deaths) == (0, None, ())


def test_standing_orders_lives_by_how_they_fared():
    """The goal above ruin, sooner above later; halves add up over all lives."""
    outcomes = play(bakery(), runs=500, how="simulated")
    lives = outcomes.lives
    standings = np.array([standing(outcomes, number) for number in range(500)])
    assert standings[lives.fate == 0].min() > standings[lives.fate == 1].max()
    assert standings.mean() == pytest.approx(0.5)


def test_crossings_find_where_the_lead_changes():
    """At the change, the two options are equally good (played there again)."""
    plan = bakery()
    found = crossings(plan, options_of(plan, "gap"), "cash", np.arange(1000.0, 6001.0, 250.0))
    assert len(set(found.leaders)) > 1
    change = found.changes[0]
    there = set_figure(plan, "cash", change.value)
    chances = [
        play(there, options_of(plan, "gap")[name].choices).fates["goal"]
        for name in (change.before, change.after)
    ]
    assert chances[0] == pytest.approx(chances[1], abs=0.1)
    assert found.frame().shape == (21, 3)
    assert found.winner(0) in {None, found.leaders[0]}


def test_variants_that_are_the_same_have_no_winner():
    """Nobody is ahead of itself."""
    plan = bakery()
    pair = {"one": whatif.Variant(plan), "other": whatif.Variant(plan)}
    assert crossings(plan, pair, "cash", [1000.0, 3000.0]).winners == (None, None)


def test_a_comparison_speaks_and_makes_frames():
    """One sentence a contrast, one row a variant, plain data for the command line."""
    plan = bakery()
    found = compare(plan, options_of(plan, "gap"), runs=500)
    assert "1,000 lives" in str(found.contrasts["borrow"].sentence)
    assert list(found.frame().index) == ["as-written", "borrow", "walk-around"]
    assert found.leaders
    assert set(found.as_json()["variants"]) == set(found.contrasts)


def test_a_change_of_ruin_alone_is_said_beside_a_goal_that_does_not_differ():
    """Half of the lives miss the goal: one attempt leaves them stuck, a burn and more ruined."""
    goal = {"id": "g", "weeks": 1, "pass_rate": 0.5, "attempts": 1, "cost": 50}
    parts = {"goal": "g", "cash": 100, "milestones": [goal], "horizon_weeks": 8}
    plan = Plan.model_validate({"id": "p", **parts, "burn_per_week": 0})
    longer = [{**goal, "attempts": None, "pass_rate": [0.5, 0.0]}]
    forever = Plan.model_validate({"id": "p", **parts, "milestones": longer, "burn_per_week": 40})
    found = compare(plan, {"dearer": forever}, runs=RUNS).contrasts["dearer"]
    assert found.verdict == "no clear difference"
    assert found.ruin.value == pytest.approx(0.5, abs=0.02)
    first, second = (str(sentence) for sentence in found.sentences)
    assert first.startswith("No clear difference in the goal")
    assert second.startswith("The money runs out more often: in ")
    back = compare(forever, {"cheaper": plan}, runs=RUNS).contrasts["cheaper"]
    assert "less often" in str(back.sentences[1])
    assert len(compare(plan, {"same": plan}, runs=RUNS).contrasts["same"].sentences) == 1
