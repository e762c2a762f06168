"""What must agree with what in a plan."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from examples import examples
from strategies import plan_data, plans
from workbook.consistency import faults_of, nearest, shape_of, shown
from workbook.plan import Milestone, Plan


def plan(*milestones: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """The plain data of a plan whose goal is the milestone named last."""
    return {"id": "p", "goal": milestones[-1]["id"], "milestones": list(milestones), **keys}


def reported(data: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in faults_of(data)]


@examples(50)
@given(plans(teams=3, ranges=True, forks=True, words=True))
def test_a_valid_plan_has_no_faults_as_a_plan_either(plan):
    """A plan and the data that it came from are judged alike."""
    assert faults_of(plan) == []


@examples(50)
@given(plan_data(forks=True))
def test_needing_a_later_milestone_that_needs_it_is_reported(data):
    """However the chain is built, a turn in it is reported whole, first id repeated at the end."""
    first, last = data["milestones"][0], data["milestones"][-1]
    last["needs"] = [first["id"]]
    first["needs"] = [last["id"]]
    found = [fault for fault in faults_of(data) if "wait for each other" in str(fault)]
    if first is last:
        assert "cannot wait for itself" in " ".join(reported(data))
    else:
        cycle = str(found[0].message.values["cycle"]).split(" → ")
        assert cycle[0] == cycle[-1]
        assert len(cycle) >= 3


def test_a_cycle_is_named_whole():
    """A cycle of three is reported once, at the milestone that comes first in the plan."""
    data = plan(
        {"id": "a", "needs": ["c"]}, {"id": "b", "needs": ["a"]}, {"id": "c", "needs": ["b"]}
    )
    template = "these milestones wait for each other: {}; take one need out"
    # each waits for the next one named
    assert reported(data) == ["milestones.a.needs: " + template.format("a → c → b → a")]


def test_a_plan_object_is_checked_like_its_data():
    """An edit that leaves a plan contradictory is found without a file."""
    good = Plan.model_validate(plan({"id": "a"}, {"id": "b", "needs": ["a"]}))
    bad = good.model_copy(update={"milestones": (Milestone(id="b", needs=("x",)),)})
    assert [str(fault) for fault in faults_of(bad)] == [
        "milestones.b.needs: no milestone 'x'; name one of the plan's milestones"
    ]


def test_wrong_values_do_not_hide_wrong_references():
    """Types and references are judged together."""
    data = plan({"id": "a", "pass_rate": 30}, {"id": "b", "needs": ["aa"]}, cash="x")
    assert [fault.path for fault in faults_of(data)] == [
        "cash",
        "milestones.a.pass_rate",
        "milestones.b.needs",
    ]


def test_measures_are_those_of_the_plan():
    """A milestone may give the plan's measures and the format's keys, and nothing else."""
    gives = {"nps": 80, "conversion": 0.5}
    data = plan({"id": "a", "gives": gives}, measures={"nps": {"value": 3}})
    assert reported(data) == []
    data["measures"] = {}
    assert "'nps' is no measure of the plan" in reported(data)[0]


def test_a_measure_may_not_take_a_key_of_the_format():
    """What `gives: {price: 3}` means is never in doubt."""
    assert (
        "is a key of the format already"
        in reported(plan({"id": "a"}, measures={"price": {"value": 1}}))[0]
    )


def test_gives_of_a_redesign_are_checked():
    """Lasting harm of a redesign names known measures too."""
    tests = {"belief": 0.5, "redesign": {"gives": {"pirce": 3}}}
    place = "milestones.a.tests.redesign.gives.pirce"
    reported_here = f"{place}: unknown key or measure 'pirce'; did you mean 'price'?"
    assert reported(plan({"id": "a", "tests": tests})) == [reported_here]


def with_option(**option: Any) -> dict[str, Any]:
    chain = [{"id": "a", "cost": 10}, {"id": "b", "needs": ["a"]}]
    return plan(*chain, forks=[{"id": "f", "options": [{"id": "o", **option}]}])


def test_a_fork_can_only_have_chosen_an_option_that_it_has():
    """The nearest one is named, or all of them."""
    data = with_option()
    data["forks"][0]["chosen"] = "o"
    assert reported(data) == []
    data["forks"][0]["options"][0]["id"] = "borrow"
    data["forks"][0]["chosen"] = "borow"
    assert reported(data) == ["forks.f.chosen: no option 'borow'; did you mean 'borrow'?"]
    data["forks"][0]["chosen"] = "steal"
    assert reported(data) == ["forks.f.chosen: no option 'steal'; the fork has: borrow"]


@pytest.mark.parametrize(
    ("option", "path"),
    [
        ({"skip": ["b"]}, "forks.f.options.o.skip"),
        ({"skip": ["x"]}, "forks.f.options.o.skip"),
        ({"goal": "x"}, "forks.f.options.o.goal"),
        ({"goal": "a", "skip": ["a"]}, "forks.f.options.o.skip"),
        ({"milestones": {"a": {"needs": ["b"]}}}, "forks.f.options.o.milestones.a.needs"),
        ({"milestones": {"a": {"needs": ["x"]}}}, "forks.f.options.o.milestones.a.needs"),
        ({"milestones": {"a": {"relies_on": ["b"]}}}, "forks.f.options.o.milestones.a.relies_on"),
        ({"milestones": {"a": {"cost": "-20"}}}, "forks.f.options.o.milestones.a.cost"),
        ({"milestones": {"a": {"hours": 3}}}, "forks.f.options.o.milestones.a.hours"),
        (
            {"milestones": {"a": {"gives": {"fame": 3}}}},
            "forks.f.options.o.milestones.a.gives.fame",
        ),
        ({"milestones": {"c": {"name": "c", "weeks": -1}}}, "forks.f.options.o.milestones.c.weeks"),
        ({"milestones": {"c": 3}}, "forks.f.options.o.milestones.c"),
        ({"measures": {"nps": 3}}, "forks.f.options.o.measures.nps"),
        ({"teams": "x"}, "forks.f.options.o.teams"),
        ({"cahs": 3}, "forks.f.options.o.cahs"),
    ],
)
def test_the_plan_after_each_option_must_be_a_plan(option, path):
    """What only an option breaks is reported at the option, once."""
    assert [fault.path for fault in faults_of(with_option(**option))] == [path]


@pytest.mark.parametrize(
    "option",
    [
        {"skip": ["a"]},
        {"goal": "breakeven", "skip": ["b"]},
        {"goal": "a", "skip": ["b"]},
        {"milestones": {"a": {"cost": "+20"}}},
        {"milestones": {"c": {"name": "new"}, "b": {"needs": ["c"]}}},
        {"milestones": {"x": {}}},
        {"cash": "-5", "teams": 2, "horizon_weeks": "+10"},
    ],
)
def test_an_option_may_edit_add_and_skip(option):
    """Edits that leave a plan are no faults."""
    assert reported(with_option(**option)) == []


def test_a_fault_of_the_plan_is_not_reported_again_for_each_option():
    """An option is only blamed for what it brings in."""
    data = with_option(cash="+5")
    data["milestones"][1]["needs"] = ["x"]
    assert len(reported(data)) == 1


@pytest.mark.parametrize("data", [[], None, 3, "x", {}])
def test_what_is_no_plan_at_all_is_reported(data):
    """Anything may be asked about; the answer is faults."""
    assert faults_of(data)


def test_near_names_are_found_and_far_ones_are_not():
    """A suggestion is made only where it is likely to be meant."""
    assert nearest("passrate", ["pass_rate", "tests"]) == "pass_rate"
    assert nearest("Fit Out", ["fit-out", "permit"]) == "fit-out"
    assert nearest("zzz", ["fit-out"]) is None


def test_values_are_shown_short_and_visible():
    """Nothing invisible, nothing long, one line."""
    assert shown("a\nb\x1b[31m\u202eevil") == "a\\nb\\x1b[31m\\u202eevil"
    assert len(shown("口" * 500)) == 60
    assert shown([1.0, 2.5, None]) == "[1, 2.5, nothing]"
    assert shown(1e17) == "1" + 17 * "0"


def test_shapes_follow_the_types():
    """Where text belongs, where a number, where a sign adds: read off the plan's own types."""
    shape = shape_of(Plan)
    assert shape.child("title").text
    assert not shape.child("title").number
    assert shape.child("cash").number
    assert not shape.child("cash").signed
    option = shape.child("forks").child(0).child("options").child(0)
    assert option.child("cash").signed
    assert option.child("milestones").child("a").child("cost").signed
    assert not option.child("loan").child("amount").signed
    assert shape.child("milestones").child(0).child("weeks").length == 3
