"""A rehearsal in a real JupyterLab: by keyboard alone, by mouse in Chinese, over a restart."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.lab import Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSON = """from workbook.lesson import open_case

lesson = open_case("{case}", "{lang}", runs=200)
lesson.rehearse()"""
BET = 'lesson.bet("{fork}")'
HOSTILE = """from workbook.lesson.rehearsal.panel import RehearsalPanel
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.plan import Plan
from workbook.words import Words

name = "<img src=x onerror='window.harmed = 1'>"
milestones = [
    {"id": "a", "name": name, "pass_rate": 0.5},
    {"id": "b", "name": "$x$ </script><script>window.harmed = 2</script>", "needs": ["a"]},
]
plan = Plan(id="p", title=name, goal="b", milestones=milestones, cash=9, burn_per_week=1)
RehearsalPanel(Words("zh"), Sitting(plan, None))"""
OWN_PLAN = """from workbook.builder import open_builder
from workbook.files import home

(home() / "plans").mkdir(parents=True, exist_ok=True)
(home() / "plans" / "rehearsed.yaml").write_text(
    "id: rehearsed\\ntitle: A shop\\ngoal: b\\ncash: 100\\nburn_per_week: 2\\nhorizon_weeks: 60\\n"
    "milestones:\\n"
    "- {id: a, name: A, weeks: 2, cost: 5, pass_rate: 0.4}\\n"
    "- {id: b, name: B, weeks: 3, cost: 9, pass_rate: 0.5, needs: [a]}\\n"
)
open_builder("en", name="rehearsed")"""
MOST = 80
"""Decisions after which a walk gives up: a life has far fewer."""


@pytest.fixture
def of_cells(open_notebook, tmp_path):
    """Open a notebook with these code cells, and run it."""

    def opened(*cells: str) -> Notebook:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, tmp_path / "rehearsal.ipynb")
        return open_notebook(tmp_path / "rehearsal.ipynb").run_all()

    return opened


def screen(page: Any) -> dict[str, Any]:
    """What the first rehearsal on the page shows."""
    root = page.locator(".wb-live .wbr, .wbr-place .wbr").first
    return {
        "serial": int(root.get_attribute("data-serial")),
        "week": page.locator(".wbr-week").first.inner_text()
        if page.locator(".wbr-week").count()
        else "",
        "choices": page.locator(".wbr").first.locator(".wbr-choice").count(),
        "question": page.locator(".wbr").first.locator(".wbr-question").inner_text(),
    }


def next_screen(page: Any, act: Any) -> dict[str, Any]:
    """Do something, and wait until the next screen is there and its weeks have passed."""
    before = screen(page)["serial"]
    act()
    page.wait_for_function(
        "before => { const root = document.querySelector('.wbr');"
        " return root && Number(root.dataset.serial) > before && !root.hasAttribute('data-passing')"
        " && !root.hasAttribute('data-busy'); }",
        arg=before,
    )
    return screen(page)


def faults_in(page: Any) -> list[str]:
    """What axe finds wrong in the rehearsal."""
    found = Axe().run(page, context=".wbr").response
    assert found["passes"]
    return [f"{f['id']}: {[node['html'] for node in f['nodes']][:3]}" for f in found["violations"]]


def kept(notebook: Notebook) -> dict[str, Any]:
    """The last rehearsal in the learner's file."""
    data = json.loads((notebook.lab.home / "progress.json").read_text("utf-8"))
    (rehearsals,) = data["rehearsals"].values()
    return dict(rehearsals[-1])


def test_a_life_by_keyboard_alone_killed_in_the_middle(of_cells):
    """Keys begin, decide, ask the coach and look at the odds; a new kernel goes on from there."""
    notebook = of_cells(
        LESSON.format(case="caffeine-lozenge", lang="en"), BET.format(fork="cash-gap")
    )
    page = notebook.page
    page.emulate_media(reduced_motion="reduce")
    page.locator(".wbr [data-do=begin]").focus()
    shown = next_screen(page, lambda: page.keyboard.press("1"))
    assert page.evaluate("document.activeElement.closest('.wbr') !== null")
    assert shown["choices"] >= 2
    assert faults_in(page) == []
    for _ in range(2):
        shown = next_screen(page, lambda: page.keyboard.press("1"))
    assert page.locator(".wbr [aria-live]").inner_text()
    cells = page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    line, week = kept(notebook)["line"], shown["week"]
    notebook.restart().run_all()
    assert screen(page)["week"] == week
    assert kept(notebook)["line"] == line
    page.locator(".wbr-choice").first.focus()
    next_screen(page, lambda: page.keyboard.press("c"))
    assert page.locator(".wbr-coach p").count() == 1  # it would tell what the bet asks: a warning
    assert kept(notebook)["asked"] == []
    for _ in range(MOST):
        if not shown["choices"]:
            break
        shown = next_screen(page, lambda: page.keyboard.press("1"))
    assert shown["choices"] == 0
    assert page.locator(".wbr-debrief").count() == 0
    page.keyboard.press("1")  # the first button shows the odds before the bet
    page.locator(".wbr-debrief .wbr-figure svg").first.wait_for()
    assert faults_in(page) == []
    reported = kept(notebook)
    assert reported["fate"]
    assert sum(reported["score"][name] for name in ("start", "cost", "luck")) == pytest.approx(
        reported["score"]["ending"]
    )
    assert page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length") == cells
    assert notebook.errors == []


def test_a_life_by_mouse_in_chinese_and_names_that_do_nothing(of_cells):
    """A whole life by clicks, its weeks passing; the day after, diary and picture are there."""
    notebook = of_cells(LESSON.format(case="side-business", lang="zh"), HOSTILE)
    page = notebook.page
    shown = next_screen(page, lambda: page.locator(".wbr [data-do=begin]").first.click())
    for _ in range(MOST):
        if not shown["choices"]:
            break
        shown = next_screen(
            page, lambda: page.locator(".wbr").first.locator(".wbr-choice").first.click()
        )
    assert shown["choices"] == 0
    assert "周" in shown["question"]
    other = page.locator(".wbr").nth(1)
    other.locator("[data-do=begin]").click()
    other.locator(".wbr-choice").first.wait_for()
    assert "<img src=x" in other.inner_text()
    assert page.evaluate("window.harmed") is None
    assert notebook.errors == []
    notebook.shut_down().open()
    still = notebook.page.locator(".wb-still", has_text="周").first
    still.wait_for()
    assert still.locator(".wb-diary li").count() >= 1
    assert notebook.page.evaluate("window.harmed") is None


def test_a_founder_rehearses_the_plan_on_the_canvas(of_cells):
    """The builder's window begins, plays by keys, and goes on where it was when opened again."""
    notebook = of_cells(OWN_PLAN)
    page = notebook.page
    page.emulate_media(reduced_motion="reduce")
    button = page.locator(".wbb-topbuttons button", has_text="Rehearse my plan")
    button.click()
    page.locator(".wbb-rehearse .wbr [data-do=begin]").wait_for()
    assert next_screen(page, lambda: page.keyboard.press("1"))["choices"] >= 2
    line = kept(notebook)["line"]
    page.keyboard.press("Escape")
    button.click()
    page.locator(".wbb-rehearse .wbr-choice").first.wait_for()
    assert kept(notebook)["line"] == line
    assert faults_in(page) == []
    assert notebook.errors == []
