"""Light pictures: what their elder sisters say, quickly, without matplotlib, safe in any page."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import assume, given, settings

from strategies import plans
from workbook import cases
from workbook.charts import conversion as elder_conversion
from workbook.charts import fates as elder_fates
from workbook.charts import runway as elder_runway
from workbook.charts.light import conversion, fates, runway, timeline
from workbook.charts.palette import PALETTE
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

LIGHT = (fates, runway, conversion, timeline)
NAME = "<img src=x onerror=alert(1)> $x$ \"'& \u202e نص " + "长" * 300


@pytest.fixture(scope="module", params=cases.shipped())
def outcomes(request: pytest.FixtureRequest) -> Outcomes:
    """A shipped case, played once."""
    return play(cases.load(request.param).plan, runs=500)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("chart", LIGHT, ids=lambda chart: chart.__name__.split(".")[-1])
def test_a_picture_is_whole(outcomes, chart, lang):
    """Well-formed, with title, alternative text, data and the reader's language; no script."""
    picture = chart.picture(outcomes, Words(lang))
    root = ET.fromstring(picture.svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == picture.alt
    assert picture.title
    assert len(picture.rows) > 1
    assert "<script" not in picture.html
    assert "nan" not in picture.svg


def test_titles_are_those_of_the_elder_pictures(outcomes):
    """The live view and the report say the same finding."""
    words = Words("en")
    assert fates.picture(outcomes, words).title == elder_fates.title(outcomes, words)
    assert runway.picture(outcomes, words).title == elder_runway.title(outcomes, words)
    assert conversion.picture(outcomes, words).title == elder_conversion.title(outcomes, words)


def test_the_dots_are_the_hundred(outcomes):
    """Each fate's count stands beside its dots, and together they are a hundred."""
    dots = elder_fates.hundred(outcomes)
    shown = [
        int(text) for text in texts(fates.picture(outcomes, Words("en")).svg) if text.isdigit()
    ]
    assert sorted(shown) == sorted(count for count in dots.values() if count)


def test_the_timeline_says_the_weeks_of_the_play(outcomes):
    """A row by milestone; who is reached by half of all lives has that week, others their share."""
    rows = timeline.picture(outcomes, Words("en")).rows[1:]
    for row, milestone in zip(rows, outcomes.milestones.values(), strict=True):
        half = milestone.weeks[0.5]
        assert row[2] == ("–" if half is None else str(half))


def test_every_colour_is_a_variable_with_its_light_form(outcomes):
    """So that a dark page, JupyterLab's theme or a print can set it."""
    for chart in LIGHT:
        svg = chart.picture(outcomes, Words("en")).svg
        for found in svg.split("#")[1:]:
            assert any(f"#{found[:6]}" == shade.light for shade in PALETTE.values())
        assert svg.count("#") == svg.count("var(--wb-")


def test_hostile_names_stay_text():
    """Markup in a name is text, signs that turn the reading direction are gone, nothing breaks."""
    milestones = [{"id": "a", "name": NAME}, {"id": "b", "name": NAME, "needs": ["a"]}]
    data = {"id": "x", "goal": "b", "cash": 10, "burn_per_week": 1, "milestones": milestones}
    outcomes = play(Plan.model_validate(data))
    for chart in LIGHT:
        html = chart.picture(outcomes, Words("zh")).html
        assert "<img" not in html
        assert "\u202e" not in html
        ET.fromstring(chart.picture(outcomes, Words("zh")).svg)


@settings(deadline=None, max_examples=30)
@given(plans(most=6, teams=2, ranges=True, words=True))
def test_any_plan_can_be_pictured(plan):
    """Whatever a plan holds: no figure that is none, and well-formed every time."""
    assume("nan" not in repr(plan))  # as a name it is one
    outcomes = play(plan, runs=20)
    for chart in LIGHT:
        svg = chart.picture(outcomes, Words("en")).svg
        ET.fromstring(svg)
        assert "nan" not in svg


def test_nobody_loads_matplotlib_for_them():
    """The live view starts without it."""
    code = (
        "import sys; from workbook.charts.light import fates, runway, conversion, timeline;"
        "import workbook.builder.state, workbook.builder.answers, workbook.builder.advice;"
        "print(sorted({'matplotlib', 'pandas', 'ipywidgets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
