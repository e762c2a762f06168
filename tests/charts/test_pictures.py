"""Every picture, in both languages: sound on a page, safe with any text, the same every time."""

import re
import subprocess
import sys
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from matplotlib import rcParams
from matplotlib.figure import Figure
from matplotlib.text import Text

from examples import by_hand, examples
from pictured import canvas, lozenge, outcomes, results, row
from strategies import plans
from workbook import simulate
from workbook.cases import load
from workbook.charts import chain, conversion, fates, runway, shares, timeline
from workbook.charts.artists import drawable_text, slide
from workbook.charts.description import NARROW, WIDE
from workbook.charts.picture import picture
from workbook.charts.text_layout import clean
from workbook.plan import Milestone
from workbook.play import play
from workbook.words import Words

MOST_BYTES = 20_000
HOSTILE = [
    "<script>alert(1)</script> & \"quoted\" 'text'",
    "$x_1$ \\frac{1}{2} %s {gap} $",
    "x" * 300,
    "里程碑" * 100,
    "🚀👩‍🚀 start مرحلة البداية שלב",
    "a\x00b\x07c\u202egnol\nline\ttab\ud800",
    " ",
]


@pytest.fixture(params=by_hand(["zh", "en"]))
def words(request):
    return Words(request.param)


def test_every_picture_is_sound_and_small(words):
    """Each is well-formed, has its role and its alternative text, and stays under 20 KB."""
    for chart, result in results(words):
        drawn = picture(chart, result, words)
        svg = ET.fromstring(drawn.svg)
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == drawn.alt
        assert len(drawn.svg.encode()) < MOST_BYTES, chart.__name__
        assert "nan" not in drawn.svg
        assert drawn.title
        assert drawn.title in drawn.alt or chart in (fates, chain, shares)
        assert f'lang="{words.html_lang}"' in drawn.html


def test_every_picture_has_its_figures_as_a_table(words):
    """Who does not see the picture reads the same figures; every row is as long as the head."""
    for chart, result in results(words):
        head, *rows = chart.table(result, words)
        assert rows
        assert {len(row) for row in rows} == {len(head)}


def test_chinese_pictures_speak_chinese():
    """No English sentence is left in a Chinese title or alternative text."""
    words = Words("zh")
    for chart, result in results(words):
        said = chart.title(result, words) + chart.alt(result, words)
        latin = re.sub(r"“[^”]*”|First|Second", "", said)
        assert not re.search("[A-Za-z]{3,}", latin), said


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_inert(text):
    """Markup, mathematics, emoji, right-to-left, control characters: drawn or □, never run."""
    words = Words("zh")
    for chart, result in results(words, text):
        html = picture(chart, result, words).html
        assert "<script" not in html
        assert not re.search("[\x00-\x08\u202a-\u202e\ud800-\udfff]", html)
        ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])


def test_the_same_result_gives_the_same_bytes(words):
    """A report made twice differs in nothing."""
    for chart, result in results(words):
        assert picture(chart, result, words).html == picture(chart, result, words).html


def test_pictures_on_one_page_share_no_id(words):
    """No picture has an id at all, so that any number of them stand on one page."""
    for chart, result in results(words):
        assert not re.search(r'\sid="|href=|url\(', picture(chart, result, words).svg)


def test_pictures_load_nothing(words):
    """No address but the name of the SVG format itself: the page works without a network."""
    for chart, result in results(words):
        addresses = re.findall(r"https?://[^\"' )]+", picture(chart, result, words).html)
        assert set(addresses) <= {"http://www.w3.org/2000/svg"}


def test_drawing_leaves_the_session_as_it_was(words):
    """The user's own matplotlib settings are back when a picture is done."""
    before = dict(rcParams)
    for chart, result in results(words):
        canvas(chart, result, words)
    assert dict(rcParams) == before


def test_a_page_is_made_without_matplotlib():
    """All pictures of a report, and the rooms of builder and wall: matplotlib stays away."""
    code = (
        "import sys\nfrom workbook.reports.contents import Report\n"
        "import workbook.builder.view.pages, workbook.reports.index, workbook.workshop.page\n"
        "page = Report.of('caffeine-lozenge', lang='zh', runs=100)\n"
        "shown = (page.chain, page.fates, page.runway, page.conversion, page.forks)\n"
        "assert sum(part().html.count('<svg') for part in shown) >= 5\n"
        "assert not {'matplotlib', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_a_picture_follows_a_dark_page(words):
    """Every colour drawn is a variable with a light and a dark value; none is fixed."""
    for chart, result in results(words):
        svg = re.sub(r"var\([^)]*\)", "", picture(chart, result, words).svg)
        assert not re.search(r"#[0-9a-f]{6}", svg), chart.__name__


def test_played_lozenge_draws_with_its_option(words):
    """The case as the engine plays it, with an option that brings a milestone of its own."""
    case = load("caffeine-lozenge")
    played = simulate.play(case.plan, {"cash-gap": "launch-early"}, 300)
    for chart in (chain, runway, fates, conversion):
        drawn = picture(chart, played, words, basis=case.basis)
        assert len(drawn.svg.encode()) < MOST_BYTES
        assert any("◇" in note or "L15" in note for note in drawn.notes) or chart is fates


@pytest.mark.parametrize("count", [1, 8, 40, 60])
def test_chains_of_any_length_stay_as_wide_as_a_page(words, count):
    """More milestones make a picture higher, never wider than the text of a page."""
    plan = row(count, "很长的里程碑名字 Milestone {n} that goes on and on", width=1 + count // 20)
    assert chain.describe(plan, words).width <= WIDE
    picture(chain, outcomes(plan), words)


def test_a_plan_with_one_milestone_or_none_has_pictures(words):
    """The smallest plans draw: one milestone, or none under a goal of breaking even."""
    bare = lozenge().model_copy(update={"milestones": (), "goal": "breakeven", "sales": None})
    one = row(1)
    for plan in (one, bare, one.model_copy(update={"milestones": (Milestone(id="m0"),)})):
        for chart in (chain, runway, fates, conversion):
            assert picture(chart, outcomes(plan), words).title


def test_a_picture_draws_on_axes_of_ones_own():
    """On anyone's axes, smaller than ours and under other settings, Chinese is drawn too."""
    words = Words("zh")
    for chart, result in results(words):
        figure = Figure(figsize=(4, 3))
        axes = figure.add_subplot(2, 1, 2)
        assert chart.draw(result, axes, words) is axes
        figure.savefig(BytesIO(), format="png", dpi=40)


@pytest.mark.parametrize("kind", by_hand(["pdf", "png"]))
def test_a_slide_has_the_picture_and_its_finding(words, kind, tmp_path):
    """A file for a talk, its title on it; letters that no font has are boxes, never a warning."""
    for n, (chart, result) in enumerate(results(words, "$x$ 里程碑 🚀 مرحلة")):
        page = slide(chart, result, words)
        page.savefig(tmp_path / f"{n}.{kind}", dpi=40)
        (finding,) = (text.get_text() for text in page.texts)
        assert "".join(finding.split())[:12] == start(chart.title(result, words))
    assert (tmp_path / f"0.{kind}").stat().st_size > 2_000


def start(title):
    return "".join(drawable_text(clean(title)).split())[:12]


def test_a_picture_fills_the_room_of_its_axes_and_leaves_the_others_theirs(words):
    """Whatever the place has of room, everything drawn stays in it; text follows its size."""
    for chart, result in results(words):
        figure = Figure(figsize=(9, 4))
        ours = figure.add_axes((0.5, 0.1, 0.45, 0.8))
        other = figure.add_axes((0.05, 0.1, 0.4, 0.8))
        room = ours.get_window_extent().frozen()
        chart.draw(result, ours, words)
        drawn = ours.get_window_extent()
        assert drawn.x0 >= room.x0 - 1
        assert drawn.x1 <= room.x1 + 1
        assert other.get_position().bounds == pytest.approx((0.05, 0.1, 0.4, 0.8))
        figure.draw_without_rendering()
        for text in ours.texts:
            box = Text.get_window_extent(text)
            assert box.x0 >= room.x0 - 4
            assert box.x1 <= room.x1 + 4


def test_more_can_be_drawn_on_the_axes_in_their_own_units(words):
    """The axes come back as the cash over the weeks, so that a line of one's own fits in."""
    played = outcomes(lozenge())
    ax = chart_axes(runway, played, words)
    low, high = ax.get_ylim()
    assert low <= 0 < played.plan.cash <= high
    assert ax.get_xlim()[0] == 0
    ax.axhline(100_000)


def chart_axes(chart, result, words):
    return chart.draw(result, Figure().add_subplot(), words)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@examples(25)
@given(plans(most=6, teams=2, ranges=True, words=True))
def test_any_plan_can_be_pictured(width, plan):
    """Whatever a plan holds: no figure is missing, and well-formed every time."""
    assume("nan" not in repr(plan))  # as a name it is one
    played = play(plan, runs=20)
    for chart in (chain, fates, runway, conversion, timeline):
        svg = picture(chart, played, Words("en"), width=width).svg
        ET.fromstring(svg)
        assert "nan" not in svg
