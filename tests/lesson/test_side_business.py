"""The side business teaches that hours are the money, and what must be known to save them."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from learner import html, press, send
from workbook.errors import InputError
from workbook.lesson import open_case
from workbook.lesson.progress import Bet
from workbook.lesson.side_business.exercises import LEVERS, shop_assistant
from workbook.lesson.side_business.hours import (
    AGENCY,
    BY_HAND,
    FIRST_NODE,
    FORK,
    GOODS_FIRST,
    HAND_OUT,
    SALES,
    SHORT,
    at_the_goal,
    early,
    paybacks,
    states,
)
from workbook.lesson.views import diary
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN

SECTIONS = (
    "situation", "hours", "pace", "wage", "many", "options", "too_early",
    "what_happened", "first_chore", "when_wrong", "takeaways",
)  # fmt: skip


@pytest.fixture(scope="module")
def full():
    """The lesson with as many lives as the notebook plays."""
    return open_case("side-business", "en", runs=2000)


def words_of(shown: str) -> str:
    return re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", shown, flags=re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_section_speaks_the_readers_language(lang):
    """With a bet placed all sections and exercises open, each in one language."""
    lesson = open_case("side-business", lang, runs=200)
    panels = [lesson.bet(recorded=(HAND_OUT, 70)), lesson.guess("hours")]
    panels += [getattr(lesson, name)() for name in SECTIONS]
    panels += [lesson.exercise(id) for id in lesson.syllabus.exercises]
    for panel in panels:
        text = words_of(html(panel))
        assert bool(re.search("[一-鿿]", text)) == (lang == "zh"), text[:200]
        assert lang == "en" or not re.search(r"[a-z]+ [a-z]+ [a-z]+", text), text


def test_nothing_here_speaks_of_money_running_out(full):
    """Hours are counted: no life is ruined, no diary tells what is left in the bank."""
    assert full.plays.play(BY_HAND).fates["ruin"] == 0
    reported = words_of(diary(full.plays.life(1, AGENCY), full.case.plan, full.w))
    assert "hours a week" in reported
    assert " left" not in reported
    assert "in the bank" not in reported


# What the mechanism teaches


def test_the_stated_figures_are_where_the_play_ends(full):
    """At the goal: 12 hours, 200,000 a year, 15 in a hundred left (S4, S5, S6); at first 40."""
    first, last = next(states(full.case.plan)), at_the_goal(full.case.plan)
    assert (first.hours, last.hours) == (40, 12)
    assert last.sales == pytest.approx(200_000, rel=1e-4)
    assert last.margin == 0.15


def test_handing_out_alone_earns_nothing_more_an_hour(full):
    """Until the hours that came back are put into selling, each hour is worth what it was."""
    wage = [state.per_hour for state in states(full.case.plan)]
    assert max(wage[:4]) < 1.1 * min(wage[:4])
    assert wage[-1] > 2.5 * wage[0]


def test_who_hands_out_without_knowing_the_flow_comes_later_than_by_hand(full):
    """The unknowing lose months and most of their chances; the knowing gain by it."""
    found = early(full.plays)
    assert found.did_not.goal < found.by_hand.goal < found.knew.goal
    assert found.knew.first < found.by_hand.first < found.did_not.first
    assert found.lost > 12


def test_the_hours_climb_before_they_fall(full):
    """The middle life takes 40 hours on the way from none to 12."""
    middle = full.plays.play(BY_HAND).weekly.bands["hours"][2]
    assert (middle[0], middle[20], middle[-1]) == (0, 40, 12)


def test_the_pace_of_sales_ends_at_the_stated_one(full):
    """Followed as a measure: from nothing to 200,000 a year at most."""
    band = full.plays.play(AGENCY).weekly.measures[SALES]
    assert band[0, 0] == 0
    assert band[band == band].max() == 140_000  # those at the goal are no longer under way


def test_the_chore_that_pays_back_first_is_the_one_to_hand_out_first(full):
    """Packing pays back soonest, and starting with the disliked one costs clearly."""
    found = paybacks(full.case.plan)
    assert min(found, key=lambda it: it.weeks).id == "packing"
    goods = full.plays.goal({FIRST_NODE: GOODS_FIRST})
    assert full.plays.goal({FIRST_NODE: AS_WRITTEN}) > goods + 0.03


@pytest.mark.parametrize(("weeks", "ahead"), [(40, HAND_OUT), (60, AS_WRITTEN)])
def test_with_little_time_only_a_gamble_gets_there(full, weeks, ahead):
    """Under a near deadline handing out blind is best; with more weeks the round by hand is."""
    plan = set_figure(full.plays.plan, "horizon_weeks", weeks)
    goals = {way: full.plays.goal({FORK: way}, plan) for way in (AS_WRITTEN, HAND_OUT)}
    assert max(goals, key=goals.get) == ahead


def test_two_sums_in_dollars_are_no_formula(full):
    """A notebook page would set what stands between two dollar signs as mathematics."""
    full.bet(recorded=(HAND_OUT, 70))
    shown = html(full.wage())
    assert shown.count("$") > 2
    assert shown.startswith('<div class="wb wb-still mathjax_ignore')


def test_hours_of_ones_own_are_ones_own():
    """Hours set in the notebook move the play and are no longer called assumed."""
    own = open_case("side-business", "en", hours=50, runs=200)
    assert own.case.basis_of("hours_per_week").kind == "yours"
    assert own.plays.plan.hours_per_week == 50


@pytest.mark.parametrize("how", [{"cash": 5}, {"hours": -1}, {"hours": 200}])
def test_what_cannot_be_counted_here_is_a_fault(how):
    """Cash in a case of hours, and hours that no week has."""
    with pytest.raises(InputError, match=next(iter(how))):
        open_case("side-business", "en", **how)


def test_the_hours_are_closed_until_they_are_guessed():
    """The interval first, then the picture; a miss is reported as one."""
    lesson = open_case("side-business", "en", runs=200)
    lesson.records.place("by-hand-or-not", Bet("as-written", 0.8), ())
    guess, section = lesson.guess("hours"), lesson.hours()
    assert "<svg" not in html(section)
    send(guess.low, value="5")
    send(guess.high, value="10")
    press(guess.button)
    assert "<svg" in section.html
    assert "outside your interval" in guess.html


# The exercises


@pytest.mark.parametrize("id", ["two-changes", "enough-hours", "how-sure", "which-chore",
                                "another-owner"])  # fmt: skip
def test_each_solution_passes(full, id):
    """What the page offers is right, and two hints come before it."""
    exercise = full.exercise(id).exercise
    answer, said = exercise.solution()
    assert said
    assert exercise.check(answer).right
    assert len(exercise.hints) >= 2


@pytest.mark.slow
def test_two_changes_has_many_right_answers(full):
    """At least three pairs reach the target, and most pairs do not."""
    check = full.exercise("two-changes").exercise.check
    pairs = list(combinations(LEVERS, 2))
    right = [p for p in pairs if check(dict(zip(("first", "second"), p, strict=True))).right]
    assert 3 <= len(right) <= len(pairs) / 3


@pytest.mark.parametrize(
    ("id", "answer", "word"),
    [
        ("two-changes", {"first": "ask", "second": "goods"}, "first weeks"),
        ("two-changes", {"first": "agency", "second": "push"}, "blind"),
        ("two-changes", {"first": "short", "second": "agency"}, "same fork"),
        ("enough-hours", {"figure": 60}, "try less"),
        ("enough-hours", {"figure": 44}, "try more"),
        ("how-sure", {"figure": 90}, "try less"),
        ("how-sure", {"figure": 20}, "try more"),
        ("another-owner", {"choice": AS_WRITTEN}, "six years"),
        ("another-owner", {"choice": SHORT}, "weeks, not knowledge"),
    ],
)
def test_likely_wrong_answers_get_a_useful_word(full, id, answer, word):
    """Each is shown what it overlooks, or which way to go."""
    verdict = full.exercise(id).exercise.check(answer)
    assert not verdict.right
    assert word in verdict.why


@pytest.mark.parametrize(
    ("order", "word"),
    [
        (("sourcing", "packing", "answering", "ordering", "listing"), "far more back"),
        (("answering", "packing", "sourcing", "ordering", "listing"), "more hours than"),
        (("packing", "answering", "ordering", "sourcing", "listing"), "same hours"),
    ],
)
def test_an_order_is_shown_what_it_overlooks(full, order, word):
    """The disliked one first, the annoying one first, the equals: each has its own word."""
    answer = {f"place-{n}": id for n, id in enumerate(order, start=1)}
    assert word in full.exercise("which-chore").exercise.check(answer).why


def test_the_order_asked_for_is_that_of_the_table(full):
    """The rules of the exercise say what the case's own figures say; the two equals may swap."""
    found = {it.id: it.weeks for it in paybacks(full.case.plan)}
    check = full.exercise("which-chore").exercise.check
    best = sorted(found, key=lambda id: found[id])
    assert found["ordering"] == found["listing"]
    for order in (best, [*best[:3], best[4], best[3]]):
        assert check({f"place-{n}": id for n, id in enumerate(order, start=1)}).right


def test_the_altered_case_has_another_answer(full):
    """Who knows the flow and has less of a year is clearly better off handing out at once."""
    plan = shop_assistant(full.plays.plan)
    goals = {way: full.plays.goal({FORK: way}, plan) for way in (AS_WRITTEN, HAND_OUT, SHORT)}
    assert goals[HAND_OUT] > max(goals[AS_WRITTEN], goals[SHORT]) + 0.1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_with_no_hour_left_over_the_page_says_why_nothing_happens(lang):
    """Twenty hours a week cannot hand out a shop that takes forty: a sentence says so."""
    lesson = open_case("side-business", lang, hours=20, runs=100, batch=True)
    lesson.bet(recorded=("as-written", 80))
    shown = words_of(html(lesson.hours()))
    assert {"en": "none is left to hand anything out", "zh": "腾不出一个小时"}[lang] in shown
    usual = open_case("side-business", lang, runs=100, batch=True)
    usual.bet(recorded=("as-written", 80))
    assert {"en": "none is left", "zh": "腾不出"}[lang] not in words_of(html(usual.hours()))
