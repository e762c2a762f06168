"""The training camp teaches restraint: what it costs, what it saves, and where it is wrong."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from learner import html, press, send
from workbook.lesson import open_case
from workbook.lesson.camp.exercises import LEVERS, music_school
from workbook.lesson.camp.results import (
    BIG,
    COUNTS,
    EARLY,
    FORK,
    NPS,
    QUIET,
    SECOND,
    SMALL,
    aftermath,
    climb,
    proved,
)
from workbook.lesson.progress import Bet
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN

SECTIONS = (
    "situation", "climb", "combinations", "many", "options", "expansion",
    "what_happened", "quiet", "when_wrong", "takeaways",
)  # fmt: skip


@pytest.fixture(scope="module")
def full():
    """The lesson with as many lives as the notebook plays."""
    return open_case("training-camp", "en", runs=2000)


def words_of(shown: str) -> str:
    return re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", shown, flags=re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_section_speaks_the_readers_language(lang):
    """With a bet placed all sections and exercises open, each in one language."""
    lesson = open_case("training-camp", lang, runs=200)
    panels = [lesson.bet(recorded=(AS_WRITTEN, 70)), lesson.guess("climb")]
    panels += [getattr(lesson, name)() for name in SECTIONS]
    panels += [lesson.exercise(id) for id in lesson.syllabus.exercises]
    for panel in panels:
        text = words_of(html(panel))
        assert bool(re.search("[一-鿿]", text)) == (lang == "zh"), text[:200]
        assert lang == "en" or not re.search(r"[a-z]+ [a-z]+ [a-z]+", text), text


# What the mechanism teaches


def test_early_growth_harms_the_name_where_the_kernel_was_not_finished(full):
    """Who was wrong ends with a lower NPS than anyone else, fewer who join and fewer arrivals."""
    found = aftermath(full.plays)
    wrong, right = found.found_out, found.good_enough
    assert wrong.nps < right.nps < 85
    assert wrong.joining < right.joining
    assert wrong.goal < right.goal / 2
    assert wrong.share + right.share + found.never_knew.share == pytest.approx(1)


def test_only_a_proved_kernel_stands_at_the_stated_nps(full):
    """No life that enrols early ever reaches 85; more than half that stay small do."""
    early = full.plays.play(BIG).weekly.measures[NPS]
    small = full.plays.play(SMALL).weekly.measures[NPS]
    assert early[early == early].max() < 85 == small[small == small].max()
    assert proved(full.plays) > 0.5


def test_mending_late_costs_more_cash_than_it_leaves(full):
    """When it comes out less than half of the start is left, and after the mending less still."""
    found = aftermath(full.plays)
    assert found.cash_mended < found.cash_then < full.case.plan.cash / 2


def test_more_combinations_shorten_the_climb_and_soon_help_no_more(full):
    """Each one more is quicker and costs more; the last step gains a fraction of the first."""
    found = [climb(full.plays, count) for count in COUNTS]
    weeks, costs = [it.weeks for it in found], [it.cost for it in found]
    goals = [it.played.fates["goal"] for it in found]
    assert weeks == sorted(weeks, reverse=True)
    assert costs == sorted(costs)
    assert goals[1] - goals[0] > 5 * abs(goals[-1] - goals[-2])


@pytest.mark.parametrize(("cash", "ahead"), [(700_000, AS_WRITTEN), (1_200_000, "no-sales")])
def test_not_selling_has_to_be_afforded(full, cash, ahead):
    """With a thin account the small income carries the polishing; with a thick one it slows it."""
    plan = set_figure(full.plays.plan, "cash", cash)
    goals = {way: full.plays.goal({QUIET: way}, plan) for way in (AS_WRITTEN, "no-sales")}
    assert max(goals, key=goals.get) == ahead


def test_going_on_as_written_changes_no_life(full):
    """Betting on staying small is betting on the plan itself: the same fates, life by life."""
    assert (full.plays.play(SMALL).lives.fate == full.plays.play({}).lives.fate).all()


def test_the_climb_is_closed_until_it_is_guessed():
    """The interval first, then the picture; a second look finds it open."""
    lesson = open_case("training-camp", "en", runs=200)
    lesson.records.place("room-to-grow", Bet("as-written", 0.8), ())
    guess, section = lesson.guess("climb"), lesson.climb()
    assert "<svg" not in html(section)
    send(guess.low, value="30")
    send(guess.high, value="80")
    press(guess.button)
    assert "<svg" in section.html
    assert "your interval holds" in guess.html


# The exercises


@pytest.mark.parametrize("id", ["two-changes", "how-sure", "quiet-cash", "what-first",
                                "another-school"])  # fmt: skip
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
        ("two-changes", {"first": "thrift", "second": "early"}, "not finished"),
        ("two-changes", {"first": "quiet", "second": "again"}, "in the bank"),
        ("two-changes", {"first": "early", "second": "city"}, "same fork"),
        ("how-sure", {"figure": 90}, "try less"),
        ("how-sure", {"figure": 10}, "try more"),
        ("how-sure", {"figure": 0.4}, "between"),
        ("quiet-cash", {"figure": 1_500_000}, "try less"),
        ("quiet-cash", {"figure": 600_000}, "try more"),
        ("another-school", {"choice": EARLY}, "bad name"),
        ("another-school", {"choice": SECOND}, "second crew"),
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
        (("cities", "first-camp", "good-enough", "returning", "full-price"), "multiply a loss"),
        (("first-camp", "full-price", "good-enough", "returning", "cities"), "friends will pay"),
        (("good-enough", "first-camp", "returning", "full-price", "cities"), "is the base"),
    ],
)
def test_an_order_is_shown_what_it_puts_too_early(full, order, word):
    """Expansion first, price before kernel, polishing nothing: each has its own word."""
    answer = {f"place-{n}": id for n, id in enumerate(order, start=1)}
    assert word in full.exercise("what-first").exercise.check(answer).why


def test_both_orders_of_return_and_price_are_right(full):
    """They do not depend on each other, and neither is called wrong."""
    for middle in (("returning", "full-price"), ("full-price", "returning")):
        order = ("first-camp", "good-enough", *middle, "cities")
        answer = {f"place-{n}": id for n, id in enumerate(order, start=1)}
        assert full.exercise("what-first").exercise.check(answer).right


def test_the_altered_case_is_another_question(full):
    """Where the camp's fork is a toss-up, in the small town patience is clearly ahead."""
    plan = music_school(full.plays.plan)
    goals = {way: full.plays.goal({FORK: way}, plan) for way in (AS_WRITTEN, EARLY, SECOND)}
    assert goals[AS_WRITTEN] > goals[EARLY] + 0.1
    assert goals[AS_WRITTEN] > goals[SECOND] + 0.02
