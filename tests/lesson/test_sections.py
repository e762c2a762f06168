"""The sections of the walk say what was played, in both languages."""

from __future__ import annotations

import re

import pytest

from learner import html
from workbook.errors import InputError
from workbook.lesson import open_case
from workbook.lesson.comparisons import Plays, depending_on, share_right, sweep, way_back
from workbook.whatif import set_figure

SECTIONS = {
    "situation": (),
    "many": (),
    "options": (),
    "what_happened": (),
    "conversion": (),
    "skip": ("taste",),
    "when_wrong": (),
    "takeaways": (),
    "exercise": ("two-changes",),
}


def words_of(shown: str) -> str:
    """The text of a panel, without markup and pictures."""
    return re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", shown, flags=re.DOTALL)


def all_sections(lesson) -> dict[str, str]:
    lesson.bet(recorded=("borrow", 70))
    return {name: html(getattr(lesson, name)(*args)) for name, args in SECTIONS.items()}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_section_speaks_the_readers_language(lesson_in, lang):
    """No Chinese on the English page; no English sentence on the Chinese one."""
    for name, shown in all_sections(lesson_in(lang)).items():
        text = words_of(shown)
        if lang == "en":
            assert not re.search("[一-鿿]", text), name
        else:
            assert re.search("[一-鿿]", text), name
            assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", text), (name, text)


def test_both_languages_give_the_same_figures(lesson_in):
    """What is played does not depend on who reads it."""
    en, zh = (lesson_in(lang) for lang in ("en", "zh"))
    taken = {"cash-gap": "borrow"}
    assert en.plays.play(taken).fates == zh.plays.play(taken).fates


def test_the_life_shown_is_one_of_the_many(lesson):
    """Life n of the diary ends as dot n of the many: the same luck."""
    from workbook.outcomes import FATES

    lives = lesson.plays.play({"cash-gap": "wait"}).lives
    for number in (1, 2, 50, 300):
        reported = lesson.plays.life(number, {"cash-gap": "wait"})
        assert reported.fate == FATES[lives.fate[number - 1]]


def test_an_untaken_lead_is_called_by_nobody(lesson):
    """Where two options are alike on every life, no winner is named."""
    found = sweep(lesson.plays, "cash-gap", "forks.cash-gap.at.cash_below", (0.0,))
    assert found.winner(0) is None


def test_a_figure_of_one_option_moves_that_option_alone(lesson):
    """A sweep over it gives what every option played again would give."""
    path = "forks.cash-gap.options.launch-early.milestones.taste.pass_rate"
    found = sweep(lesson.plays, "cash-gap", path, (0.05, 0.6))
    for place, value in enumerate(found.values):
        plan = set_figure(lesson.plays.plan, path, value)
        for option, line in found.goal.items():
            assert line[place] == lesson.plays.play({"cash-gap": option}, plan=plan).fates["goal"]
    assert found.goal["launch-early"][0] < found.goal["launch-early"][1]


def test_a_bet_on_an_option_as_good_as_the_best_is_not_wrong(lesson_in):
    """In the lozenge borrowing and launching are two points apart: either bet is half right."""
    plays = lesson_in("en", runs=2000).plays
    rights = [share_right(plays, "cash-gap", choice) for choice in ("borrow", "launch-early")]
    assert rights == [0.5, 0.5]


def test_the_way_back_is_counted_from_the_first_failure_downstream(lesson):
    """Skipping the taste: most first pushes fail, and nobody can pay the whole way back."""
    back = way_back(lesson.plays, "taste", {"walk-around": "skip-taste"})
    assert back.failed > 0.5
    assert back.one_attempt == 30_000 + 4 * 8_000
    assert back.full_price == pytest.approx(back.one_attempt / 0.08)
    assert 0 <= back.can_pay_all <= back.can_try_once <= 1


def test_what_depends_on_a_milestone_is_found_through_others(lesson):
    """The channels hang on the taste through the production."""
    assert depending_on(lesson.case.plan, "taste") == {"production", "channels"}
    assert depending_on(lesson.case.plan, "channels") == frozenset()


def test_every_takeaway_is_a_claim_there_is(lesson):
    """Each id of the closing table is in the list of claims."""
    from workbook.cases import sources

    assert set(lesson.syllabus.takeaways) <= set(sources())
    assert "L15" not in html(lesson.takeaways())
    lesson.bet(recorded=("borrow", 70))
    assert all(id in html(lesson.takeaways()) for id in lesson.syllabus.takeaways)


@pytest.mark.parametrize(
    ("how", "word"),
    [
        ({"cash": -1}, "cash"),
        ({"cash": float("nan")}, "cash"),
        ({"runs": 5}, "lives cannot be played"),
        ({"runs": 10**9}, "lives cannot be played"),
        ({"seed": -3}, "seed"),
        ({"lang": "fr"}, "fr"),
    ],
)
def test_a_wrong_parameter_is_a_fault_in_words(how, word):
    """What the notebook brings is checked before anything is played."""
    with pytest.raises(InputError, match=word):
        open_case("caffeine-lozenge", **{"lang": "en", **how})


def test_every_fault_of_the_parameters_is_reported_at_once():
    """Three wrong parameters, three faults."""
    with pytest.raises(InputError) as caught:
        open_case("caffeine-lozange", "en", cash=-1, runs=0)
    assert len(caught.value.faults) == 3


def test_a_play_is_made_once(lesson, monkeypatch):
    """Asking again for the same side of the plan costs nothing."""
    lesson.plays.play({"cash-gap": "wait"})
    monkeypatch.setattr("workbook.lesson.comparisons.play_many", None)
    assert lesson.plays.play({"cash-gap": "wait"}).fates
    assert isinstance(lesson.plays, Plays)


def test_a_sum_of_ones_own_is_called_ones_own(lesson_in):
    """Cash set in the notebook is no longer an assumed figure of the case."""
    own = lesson_in(cash=400_000)
    assert own.case.basis_of("cash").kind == "yours"
    assert "yours" not in words_of(html(own.situation()))
    own.bet(recorded=("borrow", 70))
    assert "yours" in words_of(html(own.situation()))
    assert "700,000" not in html(own.situation())
