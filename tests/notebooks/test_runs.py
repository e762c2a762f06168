"""Every notebook run as a learner and as a batch would run it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import papermill
import pytest

from notebooks.pages import (
    LANGUAGES,
    LESSONS,
    NAMES,
    VIEW,
    clean,
    outputs,
    parameters_of,
    play,
    run,
    shown,
)
from workbook import cases
from workbook.play import play as play_plan
from workbook.whatif import set_figure

pytestmark = pytest.mark.slow
each = pytest.mark.parametrize("name", NAMES)
each_lesson = pytest.mark.parametrize("name", LESSONS)
in_both = pytest.mark.parametrize("lang", LANGUAGES)

BY_HAND = "08-in-your-own-hands"
CLOSED = {"en": "Closed until you have placed your bet", "zh": "先在上面下注"}
FEW = {"runs": 150}
EXTREMES: dict[str, tuple[Any, ...]] = {
    "cash": (1, 10**12),
    "hours": (1, 168),
    "runs": (100, 4000),
    "seed": (0, 2**62),
    "confidence": (50, 100),
}
OTHERWISE = {
    "cash": (2.5, 0.4),
    "hours": (1.5, 0.6),
    "runs": (1.5, 2.4, 0.7, 3.3),
    "seed": (7, 8, 9),
}
"""How far each parameter is moved: times its usual figure. Another is played where a section
shows the same rounded figure by accident."""
STILL = {"bet", "guess", "takeaways", "exercise", "standing_so_far", "where_i_stand"}
STILL |= {"halves", "merge"}  # computed from the rounds alone, money and luck left out
STILL |= {"wage"}  # computed from what the milestones give, hours and luck left out
STILL |= {"rehearse"}  # nobody plays in a batch run
ONLY_MOVED_BY = {
    "situation": {"cash", "hours"},
    "cards": {"cash"},
}
"""Sections that do not hang on every parameter; all others must move with each of them."""


def a_bet(name: str) -> dict[str, Any]:
    """A recorded bet for a notebook that takes one: the first that its help names."""
    if "bet" not in parameters_of(name):
        return {}
    from notebooks.pages import read

    source = next(c.source for c in read("en", name).cells if "bet: str" in c.source)
    found = re.search(r"one of ([\w-]+)", source)
    assert found, "the help of `bet` names the options: one of a, b, c"
    return {"bet": found.group(1), "confidence": 80}


def taken_by_lessons(parameters: Iterable[str]) -> pytest.MarkDecorator:
    """Every lesson with each of these parameters that it takes."""
    pairs = [(name, one) for name in LESSONS for one in parameters if one in parameters_of(name)]
    return pytest.mark.parametrize(("name", "parameter"), pairs)


def figures(html: str) -> list[str]:
    """The percentages of a section, pictures included."""
    return re.findall(r"\d+(?:\.\d+)?%", html)


@each
@in_both
def test_by_default_the_page_runs_clean(lang, name, default_run):
    """As papermill runs it: no error, no warning, no missing glyph; a picture or guide is there."""
    notebook = default_run(lang, name)
    assert clean(notebook)
    if name == BY_HAND:
        assert sum("image/png" in out.get("data", ()) for out in outputs(notebook)) >= 5
    else:
        assert ("<details>" if name == "06-workshop" else "<svg") in shown(notebook)


@each_lesson
@in_both
def test_by_default_the_page_waits_for_a_bet(lang, name, default_run):
    """What lies behind the bet is closed until one is placed."""
    assert CLOSED[lang] in shown(default_run(lang, name))


def test_the_page_runs_itself_and_gathers_the_rows(default_run):
    """Two further runs with less and with more cash: three rows, each as the engine plays it."""
    notebook = default_run("en", BY_HAND)
    assert "alone" in parameters_of(BY_HAND)
    table = [out for out in outputs(notebook) if "data" in out][-1]["data"]["text/plain"]
    rows = [list(map(float, line.split())) for line in table.splitlines()[2:]]
    plan = cases.load("caffeine-lozenge").plan
    launch = {"cash-gap": "launch-early", "horses": "race"}
    assert [row[0] / plan.cash for row in rows] == pytest.approx([0.8, 1, 1.2])
    for cash, *shares in rows:
        alone = play_plan(set_figure(plan, "cash", cash), launch, runs=100, how="simulated")
        assert shares == pytest.approx(list(alone.fates.values()), abs=1e-5)


@each_lesson
def test_a_recorded_bet_opens_everything(name, home):
    """A batch run brings its bet: all is open in both languages, and nothing is written."""
    for lang in LANGUAGES:
        page = play(lang, name, **FEW, **a_bet(name))
        assert CLOSED[lang] not in "".join(page.cells.values())
        assert "80%" in "".join(page.cells.values())
        assert page.names["lesson"].alive is False
    assert not home.exists()


@each_lesson
def test_both_languages_give_the_same_numbers(name):
    """The same plays with the same fates stand behind both, and show as the same percentages."""
    pages = [play(lang, name, **FEW, **a_bet(name)) for lang in LANGUAGES]
    en, zh = (page.names["lesson"].plays._made for page in pages)
    assert {key: it.fates for key, it in en.items()} == {key: it.fates for key, it in zh.items()}
    for call, html in pages[0].cells.items():
        if "what_happened" in call:  # a story, reported in each language's own words
            continue
        assert sorted(figures(html)) == sorted(figures(pages[1].cells[call])), call


@taken_by_lessons(EXTREMES)
def test_the_ends_of_a_parameter_run_clean(name, parameter):
    """The least and the most that a parameter may be: no error, no warning, in either language."""
    for lang, value in zip(LANGUAGES, EXTREMES[parameter], strict=True):
        few = {"runs": 100, **a_bet(name), parameter: value}
        assert play(lang, name, **few).cells


@taken_by_lessons(OTHERWISE)
def test_every_parameter_moves_the_figures_that_hang_on_it(name, parameter):
    """Another sum, other hours, other luck or another number of lives is seen in every section."""
    usual = play("en", name, **FEW, **a_bet(name))
    plan = usual.names["lesson"].case.plan
    now = {"cash": plan.cash, "hours": plan.hours_per_week, "runs": 150, "seed": 1}[parameter]
    waiting = {call for call in usual.cells if hangs_on(call, parameter)}
    for times in OTHERWISE[parameter]:
        value = type(parameters_of(name)[parameter])(now * times)
        moved = play("en", name, **{**FEW, **a_bet(name), parameter: value})
        waiting = {call for call in waiting if moved.cells[call] == usual.cells[call]}
        if not waiting:
            return
    raise AssertionError(f"{parameter} moves nothing in {sorted(waiting)}")


def hangs_on(call: str, parameter: str) -> bool:
    """Whether what a call shows should hang on a parameter."""
    section = re.sub(r"^lesson\.|\(.*$", "", call)
    return section not in STILL and parameter in ONLY_MOVED_BY.get(section, set(OTHERWISE))


def test_a_batch_page_has_no_widgets(tmp_path):
    """With a recorded bet papermill's copy holds stills alone, and no learner's file is made.

    A recorded rehearsal is there with its diary, its picture and what was luck.
    """
    lived = "tea-stall 1 as-written stop"
    notebook = run(tmp_path, "en", LESSONS[0], runs=100, moves=lived, **a_bet(LESSONS[0]))
    assert clean(notebook)
    assert "You began at" in shown(notebook)
    assert "being worked out" not in shown(notebook)
    assert not any(VIEW in out["data"] for out in outputs(notebook))
    assert not (tmp_path / "home").exists()


WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("en", "01-caffeine-lozenge", {"lang": "fr"}, "en or zh"),
    ("zh", "00-start-here", {"bet": "gamble", "runs": 100}, "lax, fair, strict"),
    ("zh", BY_HAND, {"runs": 5, "seed": -3, "cash": -1}, "100 到 100,000"),
]


@pytest.mark.parametrize(("lang", "name", "wrong", "allowed"), WRONG)
def test_a_wrong_parameter_fails_in_a_sentence(lang, name, wrong, allowed, tmp_path):
    """The run fails, and what it says is a sentence that names what is allowed, no traceback."""
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        run(tmp_path, lang, name, **wrong)
    reported = "\n".join(caught.value.traceback)
    assert allowed in reported
    assert "File" not in reported
    assert not (lang == "zh" and re.search("[a-z]+ [a-z]+ [a-z]+", reported))
    assert len(reported.splitlines()) <= 5


@each_lesson
def test_a_wrong_bet_is_reported_in_a_sentence(name):
    """A bet that is no option is refused, with the options there are."""
    from workbook.errors import InputError

    with pytest.raises(InputError, match="gamble"):
        play("en", name, **{**FEW, "bet": "gamble", "confidence": 30})


NOT_ALLOWED = [
    ("01-caffeine-lozenge", {"bet": "gamble"}, "borrow, launch-early, wait"),
    ("04-side-business", {"bet": "gamble"}, "as-written, hand-out-first, short-round"),
    ("00-start-here", {"runs": 5, "cash": -4}, "from 100 to 100000"),
    ("04-side-business", {"hours": 200}, "from 0 to 168"),
    (BY_HAND, {"runs": 5, "seed": -3, "cash": -1}, "from 100 to 100000"),
    ("06-workshop", {"minutes": 45}, "60, 75, 90, 120"),
    ("06-workshop", {"case": "x"}, "tea-stall, caffeine-lozenge, training-camp"),
    ("07-take-part", {"rehearsal": "x 1"}, "tea-stall, caffeine-lozenge, training-camp"),
]


@pytest.mark.parametrize(("name", "given", "allowed"), NOT_ALLOWED)
def test_what_is_not_allowed_is_reported_with_what_is(name, given, allowed):
    """Whatever a class gets by `-p`, a wrong value names the right ones."""
    from workbook.errors import InputError

    with pytest.raises(InputError) as caught:
        play("en", name, **given)
    assert allowed in str(caught.value)
