"""Nothing is given away: before a bet the page shows the question, and none of what came of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from ipywidgets import Widget

from notebooks.pages import LANGUAGES, LESSONS, afterwards_of, play, read
from workbook.cases import sources
from workbook.lesson.progress import Guess

pytestmark = pytest.mark.slow

FACTS = {
    "00-start-here": {
        "en": ["same bad news, early or late", "learning about the corner from a finished stall"],
        "zh": ["同一个坏消息，早听到", "摊子都搭完了才知道"],
    },
    "01-caffeine-lozenge": {
        "en": [
            "first launch failed",
            "taste or no taste",
            "coffee bean",
            "sold out",
            "second round",
            r"95 ?%",
            r"\b7 ?%",
            "against a share of the future",
            r"L1[0-46-9]\b",
            "owners who drink no coffee",
        ],
        "zh": [
            "一塌糊涂",
            "难吃我也真的需要",
            "咖啡豆",
            r"95 ?%",
            "赛马不会让哪匹马变快",
            r"L1[0-46-9]\b",
        ],
    },
    "02-training-camp": {
        "en": [
            "base strong enough",
            r"85 ?%|\b85\b",
            "more and more guests return",
            r"\bT[3478]\b",
        ],
        "zh": ["足够托起更高的目标", r"\b85\b", "回头的学员越来越多", r"T[3478]\b"],
    },
    "03-ai-companion": {
        "en": ["She stayed", "orders came quickly", r"A[37]\b", "Friends are kind"],
        "zh": ["她没下", "订单来得很快", r"A[37]\b", "朋友人少"],
    },
    "04-side-business": {
        "en": [
            "Nothing in this story is large",
            r"S7\b",
            "agency was a gift",
            "by hand is the origin",
        ],
        "zh": ["没有一样是大的", r"S7\b", "白送了他们几个月"],
    },
}
"""What the founder did, how it went and what the plays say of it, as the open page tells it."""

FATES = {"en": r"\d+ of 100 lives|of lives reach the goal", "zh": r"次人生里|100 次人生"}
"""How a panel tells the odds; an exercise may, where that is what it starts from."""


def seen(lang: str, name: str, **parameters: object) -> str:
    """Everything that a reader sees without touching anything: the prose and every panel."""
    prose = [cell.source for cell in read(lang, name).cells if cell.cell_type == "markdown"]
    return "\n".join([*prose, *play(lang, name, runs=150, **parameters).text.values()])


def everything(lang: str, name: str) -> str:
    """What the untouched page holds anywhere: prose, titles, alternative texts, widgets' states.

    The page's panels as a reader may take them apart too: their tables, and `repr`.
    """
    page = play(lang, name, runs=150)
    panels = [one for kept in page.names["lesson"]._panels.values() for one in kept]
    held = [*(cell.source for cell in read(lang, name).cells), *page.cells.values()]
    for panel in panels:
        held += [str(panel._repr_mimebundle_()), repr(panel), str(panel.frames)]
        held += [str(widget.get_state()) for widget in widgets_of(panel.live)]
    return html.unescape(re.sub(r"\s+", " ", "\n".join(held)))


def widgets_of(widget: Widget) -> Iterator[Widget]:
    """A widget and all within it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from widgets_of(child)


def reported_later(lang: str, name: str) -> list[str]:
    """Every sentence of the story, of the claims of the case, and of what is said of a result."""
    page = play(lang, name, runs=150)
    lesson = page.names["lesson"]
    claims = [id for id in lesson.syllabus.takeaways if id[0] in "LTAS"]
    texts = list(afterwards_of(lang, name).values())
    texts += [getattr(step.text, lang) for step in lesson.case.happened]
    texts += [getattr(sources()[id], lang) for id in claims]
    plain = [re.sub(r"\[!?[a-z-]+\] |[*`]| ?[(（][PRLTASF]\d+[)）]", "", text) for text in texts]
    least = {"en": 25, "zh": 9}[lang]
    parts = [part.strip() for text in plain for part in re.split(r"[.。?？!！;；:：\n]", text)]
    return [part for part in parts if len(part) >= least]


def a_bet(name: str) -> dict[str, object]:
    """A recorded bet, which opens the whole page."""
    source = next(c.source for c in read("en", name).cells if "bet: str" in c.source)
    option = re.search(r"one of ([\w-]+)", source)
    assert option is not None
    return {"bet": option.group(1), "confidence": 80}


@pytest.fixture(autouse=True)
def nobody_before(home):
    """A learner who has done nothing yet."""


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_the_bet_nothing_of_the_outcome_is_to_be_seen(lang, name):
    """Neither the story's end nor a claim that tells it stands open on the untouched page."""
    text = seen(lang, name)
    found = [fact for fact in FACTS[name][lang] if re.search(fact, text, re.IGNORECASE)]
    assert found == []
    panels = play(lang, name, runs=150).text
    reported = [call for call, said in panels.items() if re.search(FATES[lang], said)]
    assert [call for call in reported if "exercise" not in call] == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_guess_without_a_bet_opens_no_odds(name):
    """Anyone who guesses everything and bets on nothing is shown the odds of no way."""
    lesson = play("en", name, runs=151).names["lesson"]  # a page of its own
    for section, asked in lesson.syllabus.guesses.items():
        lesson.records.place_guess(section, Guess(asked.scale.least, asked.scale.most))
    computed = {"merge"}  # from the rounds alone, whatever the way
    panels = [one for id, kept in lesson._panels.items() if id not in computed for one in kept]
    for panel in panels:
        panel.refresh()
        assert not re.search(r"\d%.{0,40} of (lives|founders)|\d+ of 100 lives", panel.html)
    assert len(panels) > 8


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_what_comes_later_is_anywhere_on_the_untouched_page(lang, name):
    """Nor in an alternative text, a widget's state, a table or a title; the open page has them."""
    later = reported_later(lang, name)
    held = everything(lang, name)
    assert [part for part in later if part in held] == []
    shown = re.sub(
        r"\s+",
        " ",
        html.unescape(" ".join(play(lang, name, runs=150, **a_bet(name)).text.values())),
    )
    assert sum(part in shown for part in later) > 0.4 * len(later) > 10


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_a_recorded_bet_all_of_it_is_reported(lang, name):
    """The list above is no list of words that never occur: the open page has nearly all of them."""
    text = seen(lang, name, **a_bet(name))
    missing = [fact for fact in FACTS[name][lang] if not re.search(fact, text, re.IGNORECASE)]
    assert missing == []
