"""What a page says of a result holds for its figures, at the ends of its parameters."""

from __future__ import annotations

import re

import pytest

from notebooks.pages import LANGUAGES, LESSONS, afterwards_of, play
from notebooks.test_runs import a_bet
from workbook.lesson.afterwards import CONDITION

pytestmark = pytest.mark.slow

FEW = {"runs": 150}
ENDS = {
    "00-start-here": [{"cash": 12_000}, {"cash": 90_000}],
    "01-caffeine-lozenge": [{"cash": 300_000}, {"cash": 2_000_000}],
    "02-training-camp": [{"cash": 250_000}, {"cash": 3_000_000}],
    "03-ai-companion": [{"cash": 400_000}, {"cash": 3_000_000}],
    "04-side-business": [{"hours": 20}, {"hours": 80}],
}
"""A small and a large value; pages in English are played with the one, in Chinese the other."""
PAGES = [(LANGUAGES[number % 2], name) for number, name in enumerate(LESSONS)]
each = pytest.mark.parametrize(("lang", "name"), PAGES)
NOT_ONE = {"en": r"\b0% of lives", "zh": r"(?<!\d)0% 的人生"}
LEADS = {"en": r"Most lives reach the goal with “([^”]+)”", "zh": r"选“([^”]+)”，走到目标的最多"}
"""How the options are reported where one of them leads."""


def end(lang: str, name: str) -> dict[str, int]:
    """The end at which a page is played in this language."""
    return {**ENDS[name][LANGUAGES.index(lang)], "runs": 100}


def paragraphs(lang: str, name: str) -> list[tuple[str, bool, str]]:
    """Every paragraph that has a condition: the condition, whether it is negated, the text."""
    found = []
    for text in afterwards_of(lang, name).values():
        for paragraph in text.split("\n\n"):
            if match := CONDITION.match(paragraph):
                plain = CONDITION.sub("", paragraph, count=1)
                found.append((match[2], bool(match[1]), plain))
    return found


@each
def test_a_text_about_some_figures_is_shown_with_those_alone(lang, name):
    """Each conditional paragraph is on the page where its condition holds, and nowhere else."""
    for given in ({}, end(lang, name)):
        page = play(lang, name, **{**FEW, **a_bet(name), **given})
        said = " ".join(page.text.values())
        lesson = page.names["lesson"]
        assert lesson.holds("own") is not bool(given)
        for condition, negated, text in paragraphs(lang, name):
            words = re.sub(r"[*`]", "", re.sub(r"\(?[（(][PRLTASF]\d.*", "", text))[:40]
            shown = words in re.sub(r"\s+", " ", said)
            assert shown is (lesson.holds(condition) is not negated), (given, condition, words)


@pytest.mark.parametrize("name", LESSONS)
def test_both_languages_have_the_same_conditions(name):
    """A paragraph that depends on the figures does so in both twins."""
    en, zh = ([part[:2] for part in paragraphs(lang, name)] for lang in LANGUAGES)
    assert en == zh


def test_conditions_follow_the_plays():
    """`helps` is true exactly where crossing out the box moves the odds; nonsense is refused."""
    for given in ({}, end("en", LESSONS[0])):
        lesson = play("en", LESSONS[0], **{**FEW, **a_bet(LESSONS[0]), **given}).names["lesson"]
        struck = lesson.whole.play(change=lesson_skip(lesson.whole.plan))
        gain = struck.fates["goal"] - lesson.whole.play().fates["goal"]
        assert lesson.holds("helps") is (gain >= 0.03)
        with pytest.raises(KeyError):
            lesson.holds("nonsense")


def lesson_skip(plan):
    """The edit that leaves out what the goal can do without."""
    from workbook.chain import required
    from workbook.plan import Edit

    return Edit(skip=tuple(id for id in plan.ids if id not in required(plan)))


@each
def test_the_leader_that_is_named_leads(lang, name):
    """At every end: where a page names one best option, no other reaches the goal more often."""
    for given in ({}, end(lang, name)):
        page = play(lang, name, **{**FEW, **a_bet(name), **given})
        lesson = page.names["lesson"]
        fork = lesson.syllabus.fork
        options = next(f for f in lesson.case.plan.forks if f.id == fork).options
        goals = {lesson.w.name(o): lesson.plays.play({fork: o.id}).fates["goal"] for o in options}
        for leader in re.findall(LEADS[lang], page.text["lesson.options()"]):
            assert goals[leader] == max(goals.values()), (given, leader, goals)


@each
def test_no_id_of_the_plan_and_no_empty_boast_is_read(lang, name):
    """No raw id in a sentence; nothing is said to be done by 0% of lives as if it were done."""
    for given in [end(lang, name)]:
        page = play(lang, name, **{**FEW, **a_bet(name), **given})
        plan = page.names["lesson"].case.plan
        options = [o for fork in plan.forks for o in fork.options]
        ids = {id for o in options for id in o.milestones} | set(plan.ids) | {o.id for o in options}
        said = " ".join(text for call, text in page.text.items() if "situation" not in call)
        for id in ids:
            assert "-" not in id or not re.search(rf"(?<![\w-]){id}(?![\w-])", said), (given, id)
        for call in ("lesson.hours()", "lesson.uncut()"):
            assert not re.search(NOT_ONE[lang], page.text.get(call, "")), (given, call)
