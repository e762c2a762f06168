"""The state without a browser: a chain built by calls; every mistake is said, none is raised."""

from __future__ import annotations

import pytest

from bakery import GOAL, bakery
from workbook import cases
from workbook.builder.edits import MOST_ON_CANVAS
from workbook.builder.state import State, blank
from workbook.consistency import faults_of
from workbook.plan import BREAKEVEN
from workbook.words import Words

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "$\\frac{1}{0}$ 'q\" {gap} {0.__class__}",
    "نص من اليمين إلى اليسار \u202e",
    "=cmd()",
    "🥐" * 100,
    "长" * 300,
    "null",
    "a: b # c",
]


def needs(state: State) -> dict[str, tuple[str, ...]]:
    return {milestone.id: milestone.needs for milestone in state.plan.milestones}


def test_the_bakery_is_built_call_by_call():
    """Five names in their order make a chain, its last the goal; every value finds its place."""
    plan = bakery().plan
    assert plan.goal == "the-second-shop-is-open"
    assert plan.milestone(plan.goal).name == GOAL
    assert [m.needs for m in plan.milestones] == [(), *((id,) for id in plan.ids[:-1])]
    assert plan.sales is not None
    assert plan.sales.price == 30
    assert plan.milestone("the-recipe-is-right").rates == (0.2, 0.35, 0.5)
    assert plan.milestone("a-baker-is-found").tests is not None
    assert faults_of(plan) == []


def test_an_edit_is_reported_and_counted_once():
    """Who observes the revision finds plan, selection and sentence of the same edit."""
    state, seen = State(), []
    state.observe(
        lambda change: seen.append((change.new, state.plan.ids, state.selected, str(state.said))),
        "revision",
    )
    state.add("Demand")
    assert seen == [
        (1, ("demand",), "demand", "“Demand” is added; it is the goal until you choose another.")
    ]


def test_a_loop_is_refused_and_named():
    """Linking the last to the first says which milestones would wait for each other."""
    state = bakery()
    before, count = state.plan, state.said_count
    assert not state.link("the-second-shop-is-open", "people-want-it")
    assert state.plan is before
    assert state.said_count == count + 1
    said = str(state.said)
    assert "would wait for each other" in said
    assert said.index("People want it") < said.index("The second shop is open")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("milestones.people-want-it.pass_rate", 30, "30% is 0.3"),
        ("milestones.people-want-it.weeks", [4, 2, 1], "not in order"),
        ("milestones.people-want-it.weeks", 0, "too little"),
        ("milestones.people-want-it.wekes", 3, "did you mean 'weeks'"),
        ("milestones.people-want-it.id", "x", "An id stays"),
        ("milestones.nobody.weeks", 3, "The plan has no such place"),
        ("milestones.people-want-it.hours", 5, "hours_per_week"),
        ("cash", "much", "not a number"),
        ("cash.more", 1, "The plan has no such place"),
        ("horizon_weeks", 2.5, "whole number"),
        ("currency", "yuan", "no currency"),
        ("goal", "nobody", "There is no milestone"),
        ("skips", ["the-second-shop-is-open"], "goal and cannot be skipped"),
        ("milestones", None, "no milestones"),
        ("milestones.people-want-it.relies_on", ["they-pay-the-price"], "tests nothing"),
        ("", 1, "unknown key"),
        ("cash", float("nan"), "not a number one can reckon with"),
        ("cash", {"a": 1}, "not a number"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_plain_words(path, value, reason):
    """The reason is said, the fault is kept for the field, and the last good plan stays."""
    state = bakery()
    before = state.plan
    assert not state.set(path, value)
    assert state.plan is before
    assert reason in str(state.said)


def test_a_cleared_box_takes_the_value_out():
    """An empty number box is no value; a part that has lost its last value goes with it."""
    state = bakery()
    assert state.set("milestones.the-recipe-is-right.gives.conversion", "")
    assert state.plan.milestone("the-recipe-is-right").gives is None
    assert state.set("cash", " 60,500 ")
    assert state.value("cash") == 60_500


def test_a_belief_takes_the_place_of_a_pass_rate():
    """A milestone has either; setting one takes the other out, as the file wants it."""
    state = bakery()
    assert state.set("milestones.they-pay-the-price.tests.belief", 0.4)
    assert state.plan.milestone("they-pay-the-price").pass_rate is None
    assert state.set("milestones.they-pay-the-price.pass_rate", 0.4)
    assert state.plan.milestone("they-pay-the-price").tests is None


def test_deleting_in_the_middle_keeps_the_way_to_the_goal():
    """What had waited for the deleted one waits for what that had waited for."""
    state = bakery()
    assert state.delete("they-pay-the-price")
    assert needs(state)["a-baker-is-found"] == ("the-recipe-is-right",)


def test_the_goal_does_not_vanish_silently():
    """Deleting it asks first and names the heir; another edit in between asks again."""
    state = bakery()
    goal = state.plan.goal
    assert not state.delete(goal)
    assert "A baker is found" in str(state.said)
    state.rename("people-want-it", "They want it")
    assert not state.delete(goal)
    assert state.delete(goal)
    assert state.plan.goal == "a-baker-is-found"


@pytest.mark.slow
def test_deleting_mends_whatever_had_named_it():
    """Forks, options, skips and reliance forget it, and the plan stays one that can be played."""
    for case in cases.shipped():
        for id in cases.load(case).plan.ids:
            state = State(cases.load(case).plan)
            done = state.delete(id) or state.delete(id)
            assert done, (case, id, str(state.said))
            assert faults_of(state.plan) == []
            assert id not in state.plan.ids


def test_what_the_log_tells_of_stays():
    """A milestone with facts in the log cannot be deleted; the sentence says what can be done."""
    state = bakery()
    state.log("people-want-it", "failed")
    assert not state.delete("people-want-it")
    assert "leave it out" in str(state.said)
    assert state.leave_out("people-want-it")
    assert state.plan.skips == ("people-want-it",)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_as_text(name):
    """It is in the plan as typed, under a plain id, and its sentence can be spoken."""
    state = State()
    assert state.add(name)
    id = state.plan.ids[0]
    assert state.plan.milestone(id).name == " ".join(name.split())
    assert id.isascii()
    for lang in ("en", "zh"):
        assert name.split()[0] in Words(lang).message(state.said)
    assert state.set(f"milestones.{id}.if_missed", name)


def test_names_in_chinese_get_numbered_ids_that_stay():
    """Each id is unique, and renaming does not change it."""
    state = State()
    for name in ("口味好", "口味好", "Café crème", "v2 口味"):
        state.add(name, state.selected or None)
    assert state.plan.ids == ("m1", "m2", "cafe-creme", "m3")
    state.rename("m1", "Taste")
    assert state.plan.ids[0] == "m1"
    state.add("Breakeven")
    assert BREAKEVEN not in state.plan.ids


def test_a_name_without_a_letter_is_refused():
    """An empty name, or one of nothing that can be shown, is no name."""
    state = State()
    assert not state.add("  \x00\n ")
    assert not state.plan.milestones


def test_sixty_is_the_most_and_more_is_refused_kindly():
    """The canvas holds sixty; the sixty-first is refused with the number, by add and by import."""
    state = State()
    for number in range(MOST_ON_CANVAS):
        assert state.add(f"Milestone {number}", state.selected or None)
    assert not state.add("One more")
    assert "60" in str(state.said)
    more = state.plan.model_copy(
        update={"milestones": (*state.plan.milestones, state.plan.milestones[0])}
    )
    assert not state.import_(more)
    assert len(state.plan.milestones) == MOST_ON_CANVAS


def test_clear_and_import_ask_first_and_can_be_undone():
    """Two steps each; an edit in between asks again; undo brings the chain back whole."""
    state = bakery()
    before = state.plan
    assert not state.clear()
    state.set("cash", 1)
    assert not state.clear()
    assert state.clear()
    assert state.plan == blank(before.id, before.title, before.currency)
    assert state.undo()
    assert state.undo()
    assert state.plan == before
    lozenge = cases.load("caffeine-lozenge").plan
    assert not state.import_(lozenge)
    assert state.import_(lozenge)
    assert state.plan.id == before.id
    assert state.plan.milestones == lozenge.milestones
    state.undo()
    assert state.plan == before


def test_on_a_blank_page_an_import_need_not_ask():
    """Where nothing is lost, nothing is asked."""
    state = State()
    assert state.import_(cases.load("training-camp").plan)


def test_a_drag_is_one_step_back():
    """Thirty values of one slider are undone at once; the next one stands by itself."""
    state = bakery()
    cash = state.plan.cash
    for value in range(30):
        state.set("cash", value * 1000, drag=True)
    state.settle()
    state.set("cash", 5, drag=True)
    state.undo()
    assert state.plan.cash == 29_000
    state.undo()
    assert state.plan.cash == cash


def test_adding_before_breaks_the_goal_down_backwards():
    """What is added before a milestone stands between it and what that had needed."""
    state = State()
    state.add("Goal")
    state.add("Last step", before="goal")
    state.add("First step", before="last-step")
    assert needs(state) == {
        "first-step": (),
        "last-step": ("first-step",),
        "goal": ("last-step",),
    }
    assert state.plan.goal == "goal"
    state.add("Aside")
    assert needs(state)["aside"] == ()


def test_adding_on_a_link_leaves_other_links_alone():
    """Between two milestones: the one waits for the new one, its siblings as before."""
    state = State()
    for name, after in (("Demand", None), ("Goal", "demand")):
        state.add(name, after)
    state.add("Side")
    state.link("demand", "side")
    state.add("Between", "demand", before="goal")
    assert needs(state)["goal"] == ("between",)
    assert needs(state)["side"] == ("demand",)


def test_every_method_takes_nonsense_without_raising():
    """Ids that do not exist, values of any kind: False, and a sentence."""
    state = bakery()
    nonsense = ["", "nobody", "people-want-it", "../x", "\x00", None, 3]
    for one in nonsense:
        for other in nonsense:
            state.link(one, other)
            state.unlink(one, other)
            state.move(one, other)
            state.log(one, other)
        for call in (state.delete, state.goal_is, state.leave_out, state.decide):
            call(one)
        state.rename(one, one)
        state.add(one, one, before=one)
        state.set(str(one), one)
        state.log("people-want-it", "failed", week=one, cash=one, note=one)
        assert faults_of(state.plan) == []
        for lang in ("en", "zh"):
            Words(lang).message(state.said)
