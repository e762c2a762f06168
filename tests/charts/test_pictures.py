"""Every picture, in both languages: sound on a page, safe with any text, the same every time."""

import re
import subprocess
import sys
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from matplotlib import rcParams
from matplotlib.figure import Figure

from pictured import canvas, lozenge, outcomes, results, row
from workbook import simulate
from workbook.cases import load
from workbook.charts import chain, conversion, fates, runway
from workbook.charts.figure import picture
from workbook.plan import Milestone
from workbook.words import Words

MOST_BYTES = 60_000
HOSTILE = [
    "<script>alert(1)</script> & \"quoted\" 'text'",
    "$x_1$ \\frac{1}{2} %s {gap} $",
    "x" * 300,
    "里程碑" * 100,
    "🚀👩‍🚀 start مرحلة البداية שלב",
    "a\x00b\x07c\u202egnol\nline\ttab\ud800",
    " ",
]


@pytest.fixture(params=["en", "zh"])
def words(request):
    return Words(request.param)


def test_every_picture_is_sound_and_small(words):
    """Each is well-formed, has its role and its alternative text, and stays under 60 KB."""
    for chart, result in results(words):
        drawn = picture(chart, result, words)
        svg = ET.fromstring(drawn.svg)
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == drawn.alt
        assert len(drawn.svg) < MOST_BYTES, chart.__name__
        assert drawn.title
        assert drawn.title in drawn.alt or chart in (fates, chain)
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
    """Every id is there once on a page of all pictures, and every reference finds its id."""
    drawn = [picture(*it, words, key=str(n)).svg for n, it in enumerate(results(words))]
    drawn.append(picture(*results(words)[2], words, key="again").svg)
    ids = re.findall(r' id="([^"]+)"', "".join(drawn))
    assert len(ids) == len(set(ids))
    for svg in drawn:
        own = set(re.findall(r' id="([^"]+)"', svg))
        assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)) <= {
            *((id, "") for id in own),
            *(("", id) for id in own),
        }


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


def test_no_picture_loads_what_draws_figures():
    """A page's picture takes milliseconds from the first one on: matplotlib's figures stay away."""
    code = (
        "import sys\nfrom workbook.cases import load\nfrom workbook.charts import fates\n"
        "from workbook.charts.figure import picture\nfrom workbook.words import Words\n"
        "from workbook.play import play\n"
        "picture(fates, play(load('side-business').plan, runs=100), Words('zh'))\n"
        "assert not {'matplotlib.pyplot', 'matplotlib.font_manager'} & {*sys.modules}"
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
        assert len(drawn.svg) < MOST_BYTES
        assert any("◇" in note or "L15" in note for note in drawn.notes) or chart is fates


@pytest.mark.parametrize("count", [1, 8, 40, 60])
def test_chains_of_any_length_stay_as_wide_as_a_page(words, count):
    """More milestones make a picture higher, never wider than the text of a page."""
    plan = row(count, "很长的里程碑名字 Milestone {n} that goes on and on", width=1 + count // 20)
    assert chain.size(plan)[0] <= 7.7
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
