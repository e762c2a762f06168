"""An output's plain forms: what a reader sees who gets no style sheet, no SVG or no HTML at all."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from examples import by_hand
from workbook.portable import (
    WIDE,
    bundle,
    columns,
    plain,
    width,
    with_plain_images,
    without_plain_images,
)
from workbook.reports.contents import Report

PARTS = (
    *("opening", "chain", "fates", "runway", "conversion", "milestones", "forks"),
    *("policy", "review"),
    *("next_steps", "sources", "takeaway", "end"),
)


@pytest.fixture(scope="module", params=by_hand(["zh", "en"]))
def report(request):
    """The lozenge's report in a language."""
    return Report.of("caffeine-lozenge", lang=request.param, runs=300)


@pytest.mark.parametrize("part", PARTS)
def test_every_output_of_the_report_has_a_plain_form(report, part):
    """LaTeX and reStructuredText take no HTML: each figure and sentence is there as text."""
    html = getattr(report, part)().html
    text = bundle(html)["text/plain"]
    assert text.strip()
    assert not re.search(r"<[a-z/]|&(amp|lt|gt|quot);|#wb-|--wb", text)
    assert max(map(width, text.split("\n"))) <= 2 * WIDE
    squeezed = re.sub(r"\s", "", text)
    for cell in re.findall(r"<(?:td|dd|strong|h[1-6])[^>]*>([^<>&]+)</", html):
        assert re.sub(r"\s", "", cell) in squeezed


def test_each_head_figure_stands_beside_its_own_label(report):
    """Without our style sheet, and in plain text: label, figure and remark in one line."""
    from workbook.reports.results import key_figures

    html = report.opening().html
    assert "<dl" not in html  # Jupyter's and nbconvert's style sheets let its terms float
    lines = plain(html).split("\n")
    for facts in key_figures(report.outcomes, report.words):
        assert f"- {' '.join(facts)}" in lines


def test_a_picture_is_its_label_and_its_table(report):
    """In text a picture is reported; its drawing leaves no trace."""
    text = plain(report.fates().html)
    assert report.words("The figures of this picture as a table") in text
    assert not re.search(r"(?m)^[Mm]-?\d", text)
    label = re.search('aria-label="([^"]*)"', report.fates().html).group(1)
    assert re.sub(r"\s", "", label) in re.sub(r"\s", "", text)


def test_a_notebook_that_is_not_trusted_shows_each_picture_once(report):
    """Where SVG and style are stripped an image is left, and no stray title beside it."""
    html = bundle(report.chain().html)["text/html"]
    image = re.search(
        '<img class="wb-plain" alt="[^"]+" src="data:image/svg.xml;base64,(.*?)">', html
    )
    svg = b64decode(image.group(1)).decode()
    assert svg in html
    assert "<title>" not in html + svg
    assert ".wb-plain{display:none}" in html


def test_our_own_page_carries_each_picture_once(report):
    """The page strips nothing, so it needs no twins."""
    html = with_plain_images(report.chain().html)
    assert "<img" in html
    assert "<img" not in without_plain_images(html)
    assert without_plain_images(html) == re.sub(
        "<(title|desc)>.*?</(title|desc)>", "", report.chain().html
    )


def test_an_ornament_without_a_label_has_no_twin():
    """What is hidden from a reader of the page says nothing elsewhere either."""
    html = '<svg class="away" aria-hidden="true"><path d="M1 2"/></svg><p>said</p>'
    assert with_plain_images(html) == html
    assert plain(html) == "said"


def test_a_narrow_table_stands_in_columns_a_wide_one_row_below_row():
    """Chinese characters take two columns; what is too wide is reported under its heads."""
    rows = "<tr><th>{}</th><td>{}</td></tr>"
    table = f"<table>{rows.format('事项', '概率')}{rows.format('味道', '8%')}</table>"
    assert plain(table).split("\n") == ["  事项  概率", "  味道    8%"]
    wide = f"<table>{rows.format('a', 'why')}{rows.format('b', 'x ' * 80)}</table>"
    assert plain(wide).startswith("b\n    why: x x")
    assert columns([]) == ""


def test_text_of_a_user_stays_text():
    """Escaped in HTML, reported as it was written in text."""
    assert plain("<p>1 &lt; 2 &amp; &quot;x&quot;</p>") == '1 < 2 & "x"'
