"""Whole notebooks in a real JupyterLab: by keyboard alone; in the dark, at 200%, without motion."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.lab import Notebook
from browser.test_rehearsal import MOST, next_screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LAPTOP = {"width": 1366, "height": 768}
ZOOMED = {"width": 683, "height": 384}
"""What is left of a laptop's screen at 200%."""
OURS = ".wb-live, .wb-still, .wb-chart, .wbr"
"""What of a page is ours; the rest is Lab's."""
ACTIVE = """() => {
  const at = document.activeElement, panel = at.closest('.wb-live');
  const box = at.getBoundingClientRect(), screen = document.documentElement;
  return {
    tag: at.tagName, list: at.tagName === 'SELECT' && at.size > 1, text: at.innerText || '',
    number: at.type === 'number' || /^from /.test(at.placeholder),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: getComputedStyle(at).outlineStyle !== 'none' || getComputedStyle(at).boxShadow !== 'none'
      || getComputedStyle(at).borderColor !== 'rgba(0, 0, 0, 0)',
    shown: panel ? panel.innerText : '',
    panel: panel ? [...document.querySelectorAll('.wb-live')].indexOf(panel) : -1,
  };
}"""
TOO_WIDE = """() => [...document.querySelectorAll('.wb-live, .wb-still, .jp-RenderedMarkdown')]
  .filter((part) => part.offsetParent && part.scrollWidth > part.clientWidth + 1)
  .map((part) => part.innerText.slice(0, 60))"""
HEARD = """([number, before]) => {
  // the panel shows something else, and whatever that opens has been sent
  const { sessionContext } = window.jupyterapp.shell.currentWidget.context;
  return document.querySelectorAll('.wb-live')[number].innerText !== before
    && sessionContext.session.kernel.status === 'idle';
}"""
CLOSED_NOWHERE = """() => ![...document.querySelectorAll('.wb-live')]
  .some((panel) => /Closed until/.test(panel.innerText))"""
PRESSED = re.compile(r"Place bet|Write it down|Check my answer|Look again")


def few_lives(folder: Path, lang: str, name: str) -> Path:
    """A copy of a notebook that plays few lives, and starts no further runs."""
    notebook = nbformat.read(NOTEBOOKS / lang / f"{name}.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = re.sub(r"runs: int = \d+", "runs: int = 200", cell.source)
    cell.source = cell.source.replace("alone: bool = False", "alone: bool = True")
    nbformat.write(notebook, folder / f"{lang}-{name}.ipynb")
    return folder / f"{lang}-{name}.ipynb"


def live_a_life(page: Any) -> None:
    """Take the first choice at every screen until the life is over."""
    shown = next_screen(page, lambda: page.keyboard.press("Enter"))
    for _ in range(MOST):
        if not shown["choices"]:
            return
        shown = next_screen(page, lambda: page.keyboard.press("1"))
    raise AssertionError("this life does not end")


def answer(page: Any, at: dict[str, Any], entered: int) -> None:
    """Do with the keyboard what the control in focus is for."""
    keys = page.keyboard
    if at["tag"] == "SELECT":
        for _ in range(1 if at["list"] else 1 + entered):
            keys.press("ArrowDown")
    elif at["number"]:
        keys.press("Control+a")
        keys.type(str(100 * (entered % 2)))
    elif at["tag"] == "SUMMARY":
        keys.press("Enter")
    elif PRESSED.search(at["text"]):
        keys.press("Enter")
        if "Look again" not in at["text"]:
            page.wait_for_function(HEARD, arg=[at["panel"], at["shown"]])


def test_a_notebook_from_top_to_bottom_by_keyboard_alone(open_notebook, tmp_path):
    """Begin is on the first screen; Tab leads through every panel in order, and each can be used.

    A life, the bet, every guess, every exercise: at the end nothing is closed, and all is kept.
    """
    notebook = open_notebook(few_lives(tmp_path, "en", "01-caffeine-lozenge"))
    page = notebook.page
    page.set_viewport_size(LAPTOP)
    notebook.run_all()
    page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)")
    begin = page.locator(".wbr [data-do=begin]").first.bounding_box()
    bar = page.locator("#jp-main-statusbar").bounding_box()
    assert begin["y"] + begin["height"] <= bar["y"]
    walk(page)
    page.wait_for_function(CLOSED_NOWHERE)
    kept = json.loads((notebook.lab.home / "progress.json").read_text())
    assert [bet["choice"] for bet in kept["bets"].values()] == ["borrow"]
    assert len(kept["guesses"]) == 4
    assert len(kept["answers"]) == 5
    assert notebook.errors == []


def walk(page: Any) -> None:
    """From the first control to the last with Tab alone; panels come in the order of the page."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(ACTIVE)
        if at["tag"] == "BUTTON" and "Begin" in at["text"]:
            break
    live_a_life(page)
    last, entered = 0, 0
    for _ in range(200):
        page.keyboard.press("Tab")
        at = page.evaluate(ACTIVE)
        if at["panel"] < 0:
            continue  # a link of the prose, a table below a picture
        assert at["panel"] >= last, "the focus has gone back"
        assert at["seen"], "what has the focus cannot be seen"
        entered = entered + 1 if at["panel"] == last else 0
        last = at["panel"]
        answer(page, at, entered)
        if "Look again" in at["text"]:
            return
    raise AssertionError("the end of the page is never reached")


PAGES = [
    ("en", "02-training-camp"),
    ("zh", "04-side-business"),
    ("zh", "05-your-chain"),
    ("en", "07-take-part"),
    ("zh", "08-in-your-own-hands"),
]


def test_pages_in_the_dark_at_200_percent_without_motion(open_notebook, tmp_path):
    """No fault that axe finds, nothing wider than its place, nothing that moves; each page runs."""
    found: dict[str, Any] = {}
    notebook: Notebook | None = None
    for lang, name in PAGES:
        source = few_lives(tmp_path, lang, name)
        notebook = notebook.then(source) if notebook else open_notebook(source)
        page = notebook.page
        page.set_viewport_size(ZOOMED)
        page.emulate_media(reduced_motion="reduce")
        notebook.command("apputils:change-theme", theme="JupyterLab Dark")
        notebook.run_all()
        assert notebook.errors == [], name
        page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
        faults = Axe().run(page, context=".jp-Notebook").response["violations"]
        ours = [
            (fault["id"], node["html"][:90])
            for fault in faults
            for node in fault["nodes"]
            if page.locator(OURS).filter(has=page.locator(node["target"][-1])).count()
        ]
        wide = page.evaluate(TOO_WIDE)
        moving = page.evaluate(
            "() => document.getAnimations().filter(it => it.playState === 'running'"
            " && it.effect.target?.closest('.wb-live, .wb-still, .wbr')).length"
        )
        if ours or wide or moving:
            found[name] = (ours, wide, moving)
    assert found == {}
