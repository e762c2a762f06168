"""Share: what leaves the builder is the plan on the canvas, whole, in files that open elsewhere."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import matplotlib as mpl
import pytest
from pypdf import PdfReader

from builder.screen import Page
from workbook.builder.imports import read_file
from workbook.builder.view.share import FILES
from workbook.charts import fates
from workbook.play import play
from workbook.words import Words


def page_of(case=""):
    """A builder's page, with a case put on the canvas."""
    page = Page()
    if case:
        page.send("preview", **{"from": "case", "id": case})
        page.send("take", preview=page.builder.screen.preview["n"])
    return page


def file_of(page, kind):
    """The name and the bytes of the file that the page would download."""
    shared = page.send("share", kind=kind).builder.screen.shared
    return shared["name"], b64decode(shared["data"])


@pytest.fixture
def gym(home):
    """The gym on the canvas, its cash changed by hand."""
    return page_of("gym").send("enter", path="cash", text="260000")


def test_the_page_says_what_the_command_line_says(gym):
    """Title, odds and every chart of the changed plan, and nothing from elsewhere."""
    name, data = file_of(gym, "page")
    page = data.decode()
    assert name == "my-chain.html"
    played = play(gym.builder.state.plan)
    assert fates.title(played, Words("en")) in page
    assert page.count("<figure") >= 6
    assert "rests on assumed figures" in page
    assert not any(
        sign in page for sign in ("<script", "<link", "src=", "href=", "url(", "@import")
    )


@pytest.mark.parametrize("chart", ["chain", "runway"])
def test_a_slide_is_a_picture_and_a_sheet(gym, chart):
    """A PNG wide enough for a slide; a PDF whose text can be searched, with what is assumed.

    Matplotlib before 3.11 writes the glyphs of our font without saying which letters they are.
    """
    _, png = file_of(gym, f"{chart}-png")
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") >= 1_400
    name, pdf = file_of(gym, f"{chart}-pdf")
    assert name == f"my-chain-{chart}.pdf"
    (sheet,) = PdfReader(BytesIO(pdf)).pages
    if mpl.__version_info__ >= (3, 11):
        assert "assumed" in sheet.extract_text()


def test_the_workbook_and_the_plan_file_read_back_equal(gym, tmp_path):
    """Changes made on the canvas are in both; the figure that was changed is no longer assumed."""
    for kind in ("book", "plan"):
        name, data = file_of(gym, kind)
        (tmp_path / name).write_bytes(data)
        found = read_file(tmp_path / name).case
        assert (
            found.plan.model_copy(update={"id": gym.builder.state.plan.id})
            == gym.builder.state.plan
        )
        assert found.plan.cash == 260_000
        assert found.basis["cash"].kind == "yours"
        assert found.basis["burn_per_week"].kind == "assumed"


def test_a_blank_page_shares_nothing_and_says_so(home):
    """No file, a sentence; an unknown kind is no command."""
    page = page_of()
    for kind in ("../../etc/passwd", *FILES):
        page.send("share", kind=kind)
    assert page.builder.screen.shared == {}
    assert "nothing to share" in page.said["text"]


def test_hostile_names_stay_text(home):
    """In the page's title, its charts and its advice."""
    page = page_of("ai-companion")
    page.send("rename", id=page.builder.state.plan.goal, name="<img src=x onerror=a>")
    text = file_of(page, "page")[1].decode()
    assert "<img" not in text
    assert "&lt;img" in text
