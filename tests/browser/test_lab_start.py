"""The start page in a real JupyterLab: guess, answer, look back, and find it all tomorrow."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
WRITE = {"en": "Write it down", "zh": "记下来"}
LOOK = {"en": "Look again", "zh": "再看一眼"}
SETTLED = {"en": "1 bet has come to its outcome", "zh": "有 1 次下注已经见了分晓"}
BOX = {"en": "famous", "zh": "名牌"}
HELD = {"en": "Your one interval held the number.", "zh": "你写的那一个区间，框住了那个数。"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_evening_with_the_workbook(open_notebook, tmp_path, lang):
    """Guess and bet by hand, answer wrong, look where one stands; a new kernel finds it all."""
    source = nbformat.read(NOTEBOOKS / lang / "00-start-here.ipynb", as_version=4)
    source.cells[1].source = source.cells[1].source.replace("runs: int = 2000", "runs: int = 300")
    nbformat.write(source, tmp_path / f"{lang}.ipynb")
    notebook = open_notebook(tmp_path / f"{lang}.ipynb").run_all()
    page = notebook.page
    assert notebook.errors == []
    chain = page.locator(".jp-OutputArea svg", has_text=BOX[lang])
    expect(chain).not_to_have_count(0)
    exercise = answer_the_first_exercise(page)
    expect(chain).to_have_count(0)  # crossed out, and gone from the picture above
    expect(exercise.locator(".wb-fault")).to_be_visible()  # and the word about it has stayed
    page.locator(".wb-live select[size]").select_option(index=1)
    page.locator(".wb-live:has(select[size]) input").first.fill("70")
    page.locator(".wb-live:has(select[size]) button.mod-primary").click()
    page.locator(".wb-live:has(select[size]) .wb-good").wait_for()
    guess(page, lang, 0, 100)
    panel = page.locator(".wb-live", has=page.get_by_role("button", name=LOOK[lang]))
    panel.get_by_role("button").click()
    panel.locator(".wb-say", has_text=SETTLED[lang]).wait_for()
    panel.get_by_text(HELD[lang]).first.wait_for()
    found = Axe().run(page, context=".wb-live").response
    assert [fault["id"] for fault in found["violations"]] == []
    kept = json.loads((notebook.lab.home / "progress.json").read_text())
    figures = "runs=300,crossed-out=1"
    assert kept["came"].keys() == {f"tea-stall/{at}@{figures}" for at in ("how-good", "many")}
    notebook.restart().run_all()
    assert notebook.errors == []
    page.locator(".wb-live .wb-say", has_text=SETTLED[lang]).first.wait_for()


def answer_the_first_exercise(page):
    """Press once with the form as it stands: the next section opens by itself; its panel."""
    cell = page.locator(".jp-CodeCell", has_text='lesson.exercise("strike")')
    exercise = cell.locator(".wb-live:has(button.mod-primary)")
    exercise.locator("button").click()
    opened = page.locator(".wb-live", has_text="+").filter(has=page.locator(".wb-say")).first
    opened.wait_for()
    return exercise


def guess(page, lang: str, low: int, high: int) -> None:
    """Fill in both ends, press, and wait for the dots."""
    panel = page.locator(".wb-live", has=page.get_by_role("button", name=WRITE[lang])).first
    for box, value in zip(panel.locator("input").all(), (low, high), strict=True):
        box.fill(str(value))
        box.press("Enter")
    pictures = page.locator(".wb-live figure svg").count()
    panel.get_by_role("button").click()
    page.wait_for_function(
        f"() => document.querySelectorAll('.wb-live figure svg').length >= {pictures + 2}"
    )
