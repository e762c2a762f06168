"""Labels: as wide as they are said to be, none over another, none off the picture."""

from itertools import combinations

import pytest
from fontTools.ttLib import TTFont

from pictured import lozenge, outcomes, results, row
from workbook.cases import load, shipped
from workbook.charts import chain, conversion, fates, runway, text_layout, timeline
from workbook.charts.artists import drawable_text
from workbook.charts.description import NARROW, SMALL, WIDE, Label
from workbook.charts.svg import PAD, TICK
from workbook.play import play
from workbook.words import Words

SLACK = 0.6
"""Points by which two labels may touch: less than the room around a letter."""

BOTH = pytest.mark.parametrize("words", [Words("en"), Words("zh")], ids=["en", "zh"])
WIDTHS = pytest.mark.parametrize("width", [NARROW, WIDE])


def boxes(figure):
    """Every line of text on a picture with the room that it takes: left, top, right, foot."""
    for panel in figure.panels:
        left, top, _, height = panel.box
        for at, reported in panel.y.ticks:
            y = panel.place(0, at)[1]
            yield from lines(Label(reported, 0, 0, across="end"), (left - TICK - PAD, y))
        for at, reported in panel.x.ticks:
            x = panel.place(at, 0)[0]
            foot = top + height + TICK + PAD
            yield from lines(Label(reported, 0, 0, across="middle", up="top"), (x, foot))
        for mark in panel.marks:
            if isinstance(mark, Label):
                yield from lines(mark, panel.place(mark.x, mark.y))


def lines(label, place):
    x, y = place[0] + label.right, place[1]
    for line, foot in zip(label.lines, label.feet, strict=True):
        wide = text_layout.ems(line) * label.size
        start = x - wide * {"start": 0, "middle": 0.5, "end": 1}[label.across]
        if line:
            yield line, (start, y + foot - 0.74 * label.size, start + wide, y + foot)


def apart(one, other):
    return (
        one[2] <= other[0] + SLACK
        or other[2] <= one[0] + SLACK
        or one[3] <= other[1] + SLACK
        or other[3] <= one[1] + SLACK
    )


def check(figure, name):
    found = list(boxes(figure))
    for text, box in found:
        assert box[0] >= -SLACK, (name, text)
        assert box[2] <= figure.width + SLACK, (name, text)
        assert box[1] >= -2, (name, text)
        assert box[3] <= figure.height + 2, (name, text)
    for (text, box), (other, its) in combinations(found, 2):
        assert apart(box, its), (name, text, other)


def test_every_width_is_that_of_the_bundled_font():
    """No font is opened to lay a picture out, for the widths are known; they are the font's own.

    Measured beside Chinese, where curly quotes are as wide as a character.
    """
    from importlib.resources import files

    with (files("workbook.fonts") / "NotoSansSC-subset.otf").open("rb") as file:
        font = TTFont(file)
        widths = {chr(c): font["hmtx"][glyph][0] / 1000 for c, glyph in font.getBestCmap().items()}
    reported = {c: text_layout.ems(f"{c}字") - 1 for c in widths}
    assert {c: wide for c, wide in widths.items() if abs(reported[c] - wide) > 0.001} == {}


def test_curly_quotes_take_no_more_room_than_letters_in_latin_text():
    """The bundled font's are one em wide, for Chinese; a page and a slide leave no gap there."""
    assert text_layout.ems("the founder’s “own”") == text_layout.ems('the founder\'s "own"')
    assert drawable_text("the founder’s “own”") == 'the founder\'s "own"'
    assert drawable_text("“原点”") == "“原点”"


@WIDTHS
@BOTH
def test_no_label_covers_another_or_leaves_the_picture(words, width):
    """Every chart, on a page and beside the canvas, in both languages."""
    for chart, result in results(words):
        if not chart.__name__.endswith("shares"):
            check(chart.describe(result, words, width=width), chart.__name__)


@WIDTHS
@BOTH
@pytest.mark.parametrize("case", shipped())
def test_the_cases_are_labelled_without_a_clash(case, words, width):
    """As they are played: milestones close in time, long names, small shares."""
    found = load(case)
    played = play(found.plan, runs=300)
    for chart in (chain, fates, runway, conversion, timeline):
        basis = {"basis": found.basis} if chart in (chain, runway, conversion) else {}
        check(chart.describe(played, words, width=width, **basis), chart.__name__)


@WIDTHS
@pytest.mark.parametrize(
    "plan", [row(40, "里程碑 {n} is quite long"), row(1), row(9, "长" * 60, 3)]
)
@pytest.mark.parametrize("fates_are", [(0.42, 0.37, 0.13, 0.08), (0, 1, 0, 0), (0.98, 0.02, 0, 0)])
def test_chains_of_any_shape_are_labelled_without_a_clash(plan, width, fates_are):
    """Forty milestones, one, or nine of sixty characters each; every life ruined, or hardly one."""
    for chart in (chain, fates, runway, conversion, timeline):
        for words in (Words("en"), Words("zh")):
            check(chart.describe(outcomes(plan, fates_are), words, width=width), chart.__name__)


def test_marks_on_the_runway_have_the_numbers_of_the_chain():
    """A number stands for one milestone, on the canvas, in the chain and along the weeks."""
    plan = lozenge(skips=("m3",))
    played, words = outcomes(plan), Words("en")
    numbered = {m.id: n for n, m in enumerate(plan.attempted, 1)}
    along = written(runway, played, words)
    for _, id in runway.half_reached(played):
        if id in numbered:
            assert any(text.split(" ")[0] == str(numbered[id]) for text in along), id
    rows = written(timeline, played, words)
    for id, n in numbered.items():
        assert any(text.startswith(f"{n} {words.name(plan.milestone(id))[:6]}") for text in rows)


def written(chart, result, words):
    panels = chart.describe(result, words).panels
    return [mark.text for panel in panels for mark in panel.marks if isinstance(mark, Label)]


@BOTH
def test_the_letters_are_large_enough_to_read(words):
    """Nothing is written smaller than seven points: on a page some nine pixels."""
    for chart, result in results(words):
        for panel in chart.describe(result, words).panels:
            sizes = [mark.size for mark in panel.marks if isinstance(mark, Label)]
            assert min(sizes, default=SMALL) >= 7
