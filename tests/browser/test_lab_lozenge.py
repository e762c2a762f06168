"""The lozenge played in a real JupyterLab: the bet by clicking, the reveal, the day after."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CLOSED = {"en": "Closed until you have placed your bet", "zh": "先在上面下注"}
STANDS = {"en": "Launch small and learn, 70% sure", "zh": "先小范围推，拿认知，70%"}
ASLEEP = {"en": "Run all cells to wake the controls.", "zh": "运行所有单元格，按钮就会醒来。"}
STILL_PICTURES = ".wb-still svg[role=img]"
MOST_PICTURES = 5  # behind the bet and the guesses: two of the lives, the ways, jump, skip


@pytest.fixture
def lozenge(tmp_path):
    """A copy of the notebook that plays few lives."""

    def copied(lang: str = "en") -> Path:
        notebook = nbformat.read(NOTEBOOKS / lang / "01-caffeine-lozenge.ipynb", as_version=4)
        (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
        cell.source = cell.source.replace("runs: int = 2000", "runs: int = 300")
        nbformat.write(notebook, tmp_path / f"{lang}.ipynb")
        return tmp_path / f"{lang}.ipynb"

    return copied


def wait_for_pictures(page, among: str, number: int) -> None:
    """Return when the page holds this many pictures; panels and stills are drawn one by one."""
    counted = "([among, number]) => document.querySelectorAll(among).length >= number"
    page.wait_for_function(counted, arg=[among, number])


def place_bet(page) -> None:
    """Choose the second option, press the button, and write down every guess."""
    page.locator(f"{BET} select").select_option(index=1)
    page.locator(f"{BET} input").first.fill("70")
    page.locator(f"{BET} button.mod-primary").click()
    write_every_guess(page)


def write_every_guess(page) -> None:
    """From 0 to 100, everywhere; wait for what opens."""
    panels = page.locator(".jp-CodeCell", has_text="lesson.guess(").locator(".wb-live")
    for panel in panels.all():
        for box, end in zip(panel.locator("input").all(), ("0", "100"), strict=True):
            box.fill(end)
            box.press("Tab")
        panel.locator("button").click()
        panel.locator(".wb-good").wait_for()
    wait_for_pictures(page, ".wb-live figure svg", MOST_PICTURES)
    # every still and the bet's own are in the cells: the notebook that is saved now is whole
    wait_for_pictures(page, STILL_PICTURES, MOST_PICTURES + 1)
    page.locator(".wb-still:has(.wb-options) .wb-good").wait_for(state="attached")


BET = ".wb-live:has(select[size])"
FOCUS = "() => document.activeElement.closest('.wb-live') && document.activeElement.tagName"


def bet_by_keyboard(page) -> None:
    """From the list to the button with Tab and arrows alone; the focus stays in the panel."""
    page.locator(f"{BET} select").focus()
    for _ in range(2):  # as quick as a key can be: what is pressed overtakes nothing
        page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUS) == "SELECT"
    page.keyboard.press("Tab")
    page.keyboard.type("70")
    page.keyboard.press("Tab")
    page.keyboard.type("a launch teaches")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "BUTTON"
    page.keyboard.press("Enter")
    page.locator(".wb-still:has(.wb-options) .wb-good").wait_for(state="attached")
    assert page.evaluate(FOCUS) == "BUTTON"


def faults_in(page, part: str) -> list[str]:
    """What axe finds wrong in a part of the page; the rest is Lab's own."""
    found = Axe().run(page, context=part).response
    assert found["passes"]
    return [f"{f['id']}: {[node['html'] for node in f['nodes']][:3]}" for f in found["violations"]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_bet_opens_the_reveal_and_outlives_the_kernel_and_the_day(open_notebook, lozenge, lang):
    """Closed before the bet, which opens all of it: by mouse, and (zh) by the keyboard alone.

    A new kernel and another run of all cells (en) find the bet where it was. With the kernel gone
    and the notebook opened again, the pictures are there, and a kind line for the controls.
    """
    notebook = open_notebook(lozenge(lang)).run_all()
    page = notebook.page
    assert notebook.errors == []
    expect(page.locator(".wb-live", has_text=CLOSED[lang])).to_have_count(6)
    assert faults_in(page, ".wb-live") == []
    (place_bet if lang == "en" else bet_by_keyboard)(page)
    if lang == "zh":
        write_every_guess(page)
    wait_for_pictures(page, ".wb-live figure svg", MOST_PICTURES)
    the_bet_is_kept(notebook, lang)
    assert faults_in(page, ".wb-live") == []
    if lang == "en":
        notebook.restart().run_all()
        the_bet_is_kept(notebook, lang)
    notebook.shut_down().open()
    the_controls_are_asleep(page, lang)


def the_bet_is_kept(notebook, lang) -> None:
    """It is in the page and in the learner's file; nothing is closed, and no cell has failed."""
    page = notebook.page
    expect(page.locator(".wb-live", has_text=STANDS[lang]).first).to_be_visible()
    expect(page.locator(".wb-live", has_text=CLOSED[lang])).to_have_count(0)
    (bet,) = json.loads((notebook.lab.home / "progress.json").read_text())["bets"].values()
    assert (bet["choice"], bet["confidence"]) == ("launch-early", 0.7)
    assert notebook.errors == []


def the_controls_are_asleep(page, lang) -> None:
    """The pictures are there, and a line in place of every dead widget says what to do."""
    page.locator(".wb-still", has_text=STANDS[lang]).first.wait_for()
    dead = page.locator(".jp-OutputArea-output.jupyter-widgets")
    dead.first.wait_for()
    assert dead.first.evaluate("node => getComputedStyle(node).fontSize") == "0px"
    line = dead.first.evaluate("node => getComputedStyle(node, '::after').content")
    assert ASLEEP[lang] in line
    wait_for_pictures(page, STILL_PICTURES, MOST_PICTURES + 1)
    for picture in page.locator(STILL_PICTURES).all():
        expect(picture).to_be_visible()


def test_an_exercise_answers_in_the_page_until_the_kernel_restarts(open_notebook, lozenge):
    """While the kernel lives the rehearsal's still is hidden, and the chain's alone is shown.

    A wrong answer gets its word, and the solution opens. A new kernel knows no widget: no red signs
    of broken links, but what to do.
    """
    page = open_notebook(lozenge()).run_all().page
    stills = page.locator(".wb-still")
    expect(stills.nth(0)).to_be_hidden()
    expect(stills.nth(1)).to_be_visible()
    exercise = page.locator(".wb-live:has(select:not([size]))").first
    exercise.locator("button").click()
    exercise.locator(".wb-fault", has_text="Choose something").wait_for()
    assert "One solution" not in exercise.inner_text()
    for number, chosen in enumerate(("Borrow when", "Spend 2,000")):
        options = exercise.locator("select").nth(number)
        options.select_option(index=1 if number == 0 else 4)
        assert chosen in options.inner_text().replace("\xa0", " ")
    exercise.locator("button").click()
    exercise.locator(".wb-line", has_text="are asked for").wait_for()
    expect(exercise).to_contain_text("One solution")
    page.evaluate(
        "async () => { await window.jupyterapp.shell.currentWidget"
        ".context.sessionContext.session.kernel.restart(); }"
    )
    before = "(node) => getComputedStyle(node, '::before').content"
    page.locator(".wb-live.jupyter-widgets-disconnected").first.wait_for()
    outer = page.locator(".wb-live.jupyter-widgets-disconnected")
    inner = page.locator(".wb-live .jupyter-widgets-disconnected")
    assert ASLEEP["en"] in outer.first.evaluate(before)
    assert {node.evaluate(before) for node in inner.all()} == {"none"}


def test_a_notebook_from_a_colleague_is_not_blank(open_notebook, lozenge):
    """Untrusted, Lab drops SVG and style: the same pictures are there as images, with words."""
    notebook = open_notebook(lozenge()).run_all().save()
    sent = nbformat.read(notebook.file, as_version=4)
    for cell in sent.cells:
        cell.source += "\n"  # another file than the one that was signed
    nbformat.write(sent, notebook.file)
    page = notebook.open().page
    picture = page.locator("img[alt][src^='data:image/svg+xml']").first
    picture.wait_for()
    assert picture.is_visible()
    assert picture.evaluate("node => node.naturalWidth") > 100
    assert page.locator("text=Error displaying widget").count() == 0


def test_a_wrong_parameter_is_answered_by_a_sentence(open_notebook, lozenge):
    """A negative sum in the parameters is answered by a line, not by a traceback."""
    file = lozenge()
    notebook = nbformat.read(file, as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = cell.source.replace("cash: int = 0", "cash: int = -5")
    nbformat.write(notebook, file)
    errors = open_notebook(file).run_all().errors
    assert len(errors) == 1
    assert "no sum of cash" in errors[0]
    assert "Traceback" not in errors[0]
