"""A notebook on paper: nothing is cut off, results stay with their cells, every claim is said."""

from __future__ import annotations

import nbformat
import pytest
from nbconvert import HTMLExporter

from workbook.lesson import open_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAPER = {"width": 720, "height": 1000}
"""A4 with nbconvert's margins, in CSS pixels."""
SECTIONS = ("situation", "hours", "wage", "options", "too_early", "happened", "when_wrong")
WIDER = """() => [...document.querySelectorAll(
    '.jp-OutputArea-output, .wb figure svg, .wb table, .jp-InputArea pre')]
  .filter((node) => node.scrollWidth > node.clientWidth + 1
    || node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((node) => node.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The side business as papermill leaves it, exported; with a long line of parameters."""
    lesson = open_case("side-business", "zh", runs=100, batch=True)
    lesson.bet(recorded=("as-written", 80))
    shown = (getattr(lesson, {"happened": "what_happened"}.get(id, id))() for id in SECTIONS)
    stills = [panel._repr_mimebundle_() for panel in shown]
    mark = '先看全局<sup title="P2: 先看全局，再一个点一个点地做。">P2</sup>。'
    cells = [
        nbformat.v4.new_markdown_cell(mark),
        nbformat.v4.new_code_cell('moves: str = ""  # ' + "a recorded rehearsal, " * 8),
    ]
    for number, still in enumerate(stills):
        output = nbformat.v4.new_output("display_data", still)
        cells.append(nbformat.v4.new_code_cell(f"lesson.section_{number}()", outputs=[output]))
    html, _ = HTMLExporter(template_name="lab").from_notebook_node(
        nbformat.v4.new_notebook(cells=cells)
    )
    file = tmp_path_factory.mktemp("print") / "page.html"
    file.write_text(html, encoding="utf-8")
    return file


def test_nothing_is_cut_off_on_paper(exported, page):
    """Pictures, tables, texts and lines of code stay within the width of the page."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.goto(exported.as_uri(), wait_until="domcontentloaded")
    assert page.locator(".wb figure svg").count() >= 3
    assert page.evaluate(WIDER) == []


def test_every_claim_is_reported_on_paper(exported, page):
    """Below a result as footnotes; in the prose beside its mark; on screen neither."""
    page.goto(exported.as_uri(), wait_until="domcontentloaded")
    notes = page.locator(".wb-footnotes").first
    beside = "() => getComputedStyle(document.querySelector('.jp-RenderedMarkdown sup'), '::after')"
    assert not notes.is_visible()
    assert "P2" not in page.evaluate(f"({beside})().content")
    page.emulate_media(media="print")
    assert notes.is_visible()
    assert "P2: " in page.evaluate(f"({beside})().content")
    assert "课上的观点" not in " ".join(page.locator(".wb-footnotes").all_inner_texts())
