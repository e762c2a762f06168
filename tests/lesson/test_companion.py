"""The companion's lesson: two halves that must meet, rounds that learn, exercises that are fair."""

from __future__ import annotations

import re
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import by_hand, examples
from learner import fill, html, press, send
from workbook.lesson import open_case
from workbook.lesson.companion import meeting, rates_among_friends
from workbook.lesson.companion.exercises import CERTAIN, WAYS
from workbook.lesson.companion.rounds import Half, Meeting, passed_by, rounds_needed
from workbook.plan import Milestone

CASE = "ai-companion"
EXERCISES = ("both-right", "one-wish", "sixty", "good-enough", "lunch-box")
SECTIONS = ("situation", "many", "halves", "merge", "options", "ends")
SECTIONS += ("what_happened", "seed_users", "when_wrong", "takeaways")
LEVERS = ("thrift", "printed", "fewer-samples", "quick-voice", "second-team")
LEVERS += ("shared-moulds", "third-launch", "friends")
RATES = st.lists(st.floats(0.05, 1.0), min_size=1, max_size=5).map(tuple)


@pytest.fixture(scope="module")
def full():
    """The lesson with as many lives as the notebook plays."""
    return open_case(CASE, "en")


def check(lesson, id, **answer):
    return lesson.exercise(id).exercise.check(answer)


def two(first: tuple[int, tuple[float, ...]], second: tuple[int, tuple[float, ...]]) -> Meeting:
    halves = (Half(Milestone(id="m"), weeks, rates) for weeks, rates in (first, second))
    return Meeting(*halves)


# Rounds


@pytest.mark.slow
@settings(deadline=None)
@given(RATES, st.floats(0.05, 1.0))
def test_a_constant_rate_needs_its_inverse_in_rounds(rates, rate):
    """Tries until the first success: one over the chance; and a better round never harms."""
    assert rounds_needed((rate,)) == pytest.approx(1 / rate, rel=1e-3)
    better = (*rates[:-1], min(1.0, rates[-1] + 0.1))
    assert rounds_needed(better) <= rounds_needed(rates) + 1e-9


@examples(30)
@given(st.integers(1, 6), RATES, st.integers(1, 6), RATES)
def test_both_are_later_than_either(one, first, other, second):
    """The later of two dates lies beyond each; the wait is the later less the earlier."""
    found = two((one, first), (other, second))
    slower = max(found.first.weeks_needed, found.second.weeks_needed)
    assert found.weeks_needed >= slower - 1e-6
    earlier = found.first.weeks_needed + found.second.weeks_needed - found.weeks_needed
    assert found.wait == pytest.approx(found.weeks_needed - earlier, abs=1e-3)
    swapped = two((other, second), (one, first))
    assert 0 <= found.second_is_last + swapped.second_is_last <= 1 + 1e-9


def test_the_meeting_agrees_with_lives_lived_by_lot(full):
    """Two halves drawn by lot many times: the same averages, within what chance allows."""
    found, rng = meeting(full.case.plan), np.random.default_rng(7)

    def drawn(half: Half) -> np.ndarray:
        by_round = [passed_by(half.rates, n) for n in range(1, 80)]
        return half.weeks * (1 + np.searchsorted(by_round, rng.random(40_000)))

    device, voice = drawn(found.first), drawn(found.second)
    assert found.weeks_needed == pytest.approx(np.maximum(device, voice).mean(), abs=0.3)
    assert found.wait == pytest.approx(np.abs(device - voice).mean(), abs=0.3)
    assert found.second_is_last == pytest.approx((voice > device).mean(), abs=0.02)


def test_the_wait_is_longer_than_the_gap_of_the_averages(full):
    """What the guess is about: who subtracts one average from the other is far too low."""
    found = meeting(full.case.plan)
    naive = abs(found.first.weeks_needed - found.second.weeks_needed)
    assert found.wait > 1.6 * naive


def test_friends_teach_less_a_round(full):
    """Both lines begin at the same height; the friends' falls behind for good."""
    strangers = full.case.plan.milestone("device").rates
    friends = rates_among_friends(full.case.plan)
    assert passed_by(strangers, 1) == passed_by(friends, 1)
    assert all(passed_by(strangers, n) > passed_by(friends, n) for n in range(2, 12))


# Sections


@pytest.mark.parametrize("lang", by_hand(["zh", "en"]))
@pytest.mark.parametrize("way", by_hand(["device-alone", "as-written", "sell-at-once"]))
def test_every_section_renders_whatever_was_bet(lang, way):
    """With each bet, in both languages: something is said, in that language."""
    lesson = open_case(CASE, lang, runs=200)
    lesson.bet(recorded=(way, 80))
    for name in SECTIONS:
        said = re.sub(
            r"<style.*?</style>|<svg.*?</svg>|<[^>]+>",
            " ",
            html(getattr(lesson, name)()),
            flags=re.S,
        )
        assert len(said.split()) > 5, name
        assert bool(re.search("[一-鿿]", said)) is (lang == "zh"), name


def test_the_plan_as_written_can_be_bet_on():
    """Polishing both is the plan itself; it stands among the bets under its own name."""
    panel = open_case(CASE, "en", runs=200).bet()
    assert "Polish both, then sell" in html(panel)
    assert panel.choice.options[0][1] == "as-written"


def test_no_option_is_said_to_teach_what_it_worsens():
    """Terms say what a way does to the odds, up or down, and never praise a fall."""
    said = html(open_case(CASE, "en", runs=200).bet())
    assert "What it teaches lifts" not in said
    assert "instead of 75%" in said


def test_the_merge_is_closed_until_its_number_is_guessed():
    """An interval first; then the picture opens, and how the guess did."""
    lesson = open_case(CASE, "en", runs=200)
    guess, merge = lesson.guess("merge"), lesson.merge()
    assert "Closed until" in html(merge)
    html(guess)
    send(guess.low, value="2")
    send(guess.high, value="6")
    press(guess.button)
    assert "Both are right after" in merge.html
    assert "outside your interval" in guess.html


def test_ends_tell_the_two_ways_of_losing(full):
    """Selling at once leaves founders stuck with money; polishing leaves them without any."""
    full.bet(recorded=("as-written", 80))
    rows = re.findall(r"<tr[^>]*>.*?</tr>", html(full.ends()), flags=re.S)
    cells = {row[0]: row[1:] for row in (re.findall(r">([^<]+)</t[hd]>", r) for r in rows)}
    ruin, stuck, left = cells["Sell at once"][1:]
    assert int(stuck[:-1]) > 50
    assert ruin == "&lt;1%"
    assert left.startswith("¥")
    assert int(cells["Polish both, then sell"][1][:-1]) > 40


def test_a_figure_in_a_list_and_a_unit_of_ones_own_are_reported():
    """Pass rates round by round, and units that only this case has, in the reader's language."""
    lesson = open_case(CASE, "zh", runs=200)
    lesson.bet(recorded=("as-written", 80))
    said = html(lesson.situation())
    assert "8%、16%" in said
    assert "1,000 单" in said
    assert "people" not in said


# Exercises


@pytest.mark.parametrize("id", EXERCISES)
@pytest.mark.parametrize("lang", by_hand(["zh", "en"]))
def test_the_solution_passes_its_own_check(id, lang):
    """What the page offers as a solution is right, in both languages."""
    exercise = open_case(CASE, lang).exercise(id).exercise
    answer, said = exercise.solution()
    assert said
    assert exercise.check(answer).right
    assert len(exercise.hints) == 2


@pytest.mark.parametrize(
    ("guess", "word"),
    [(43, "Too high"), (50, "Too high"), (46, "Too high"), (71, "Too high"), (0, "Too low")],
)
def test_both_right_meets_the_likely_mistakes(full, guess, word):
    """The slower half, the quicker one, their middle, either of them, never: each has its word."""
    verdict = check(full, "both-right", figure=guess)
    assert not verdict.right
    assert word in verdict.why


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ("voice-certain", "wait all the same"),
        ("price-certain", "hardly ever"),
        ("third-launch", "long before"),
        ("luck", "from the list"),
    ],
)
def test_one_wish_is_for_what_everybody_waits_for(full, wish, word):
    """Every other wish is answered by what it overlooks."""
    verdict = check(full, "one-wish", choice=wish)
    assert not verdict.right
    assert word in verdict.why
    assert set(CERTAIN) > {wish} or wish == "luck"


@pytest.mark.slow
def test_sixty_has_many_right_answers_and_more_wrong_ones(full):
    """A good part of the pairs reaches the target, most do not; thrift alone does not carry it."""
    right = [
        p for p in combinations(LEVERS, 2) if check(full, "sixty", first=p[0], second=p[1]).right
    ]
    assert 5 <= len(right) <= 14
    assert any("thrift" not in pair for pair in right)


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("friends", "second-team", "teach little"),
        ("second-team", "thrift", "poor trade"),
        ("third-launch", "quick-voice", "never reach the first"),
        ("thrift", "thrift", "chosen twice"),
    ],
)
def test_sixty_says_what_is_missing(full, first, second, word):
    """The tempting levers that do not carry it say why."""
    verdict = check(full, "sixty", first=first, second=second)
    assert not verdict.right
    assert word in verdict.why


@pytest.mark.parametrize(
    ("percent", "word"), [(10, "try more"), (20, "try more"), (45, "try less"), (300, "between")]
)
def test_good_enough_says_which_way_to_go(full, percent, word):
    """Too poor a first version, the case's own, too good a one, and what is no share."""
    verdict = check(full, "good-enough", figure=percent)
    assert not verdict.right
    assert word in verdict.why


def test_the_lunch_box_turns_the_rule_round(full):
    """Where first impressions are plenty, polishing loses and selling at once wins clearly."""
    assert check(full, "lunch-box", choice="sell-at-once").right
    for way in set(WAYS) - {"sell-at-once"}:
        verdict = check(full, "lunch-box", choice=way)
        assert not verdict.right
        assert re.search(r"\d+% of lives.* What does a failed launch cost here", verdict.why)
    assert "from the list" in check(full, "lunch-box", choice="").why


def test_with_other_cash_the_word_fits_the_answer():
    """A learner's own sum may make another answer right; then the word says just that."""
    rich = open_case(CASE, "en", cash=10_000_000, runs=1000)
    for id, meant in (("one-wish", "device-certain"), ("lunch-box", "sell-at-once")):
        exercise = rich.exercise(id).exercise
        answer, _ = exercise.solution()
        assert meant not in answer.values()
        for tried in (answer, dict.fromkeys(answer, meant)):
            verdict = exercise.check(tried)
            assert verdict.right is (tried == answer)
            assert "With the figures that you put in" in verdict.why


def test_a_solution_opens_only_after_an_answer_is_saved():
    """Each of the five: hints at once, the solution once an answer is kept."""
    lesson = open_case(CASE, "en", runs=200)
    for id in EXERCISES:
        panel = lesson.exercise(id)
        before = html(panel)
        assert "Hint 1" in before
        assert "One solution" not in before
        press(panel.button)
        fill(panel)
        press(panel.button)
        assert "One solution" in panel.html
        assert lesson.progress.answers(CASE, id)


def test_words_of_the_exercises_are_spoken_in_chinese():
    """No English is left in a question, a field or a hint of the Chinese exercises."""
    lesson = open_case(CASE, "zh", runs=200)
    for id, part in product(EXERCISES, ("question", "hints", "fields")):
        said = str(getattr(lesson.exercise(id).exercise, part))
        labels = re.findall(r"label='([^']*)'", said) if part == "fields" else [said]
        assert not re.search("[A-Za-z]{4,}", " ".join(labels)), (id, part)


def test_nothing_is_said_of_the_few_that_run_out_of_money_on_a_way_where_hardly_any_does():
    """Those who sell at once are stuck with money left: no milestone of ruin is named, no week."""
    lesson = open_case(CASE, "en", batch=True, runs=400)
    lesson.bet("sell-or-polish", recorded=("sell-at-once", 70))
    found = html(lesson.many())
    assert "The cash lasts in nearly every life" in found
    assert "most often runs out" not in found
    assert "half of all ruin" not in found
