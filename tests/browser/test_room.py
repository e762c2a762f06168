"""A class in a room: a real JupyterLab, a real Chromium, the room's own pages, no other network."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from classroom import entry, hand_in
from room.open_rooms import open_room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "en" / "07-take-part.ipynb"


def copy_in_room(folder: Path, line: str) -> Path:
    """The participant's notebook with the room's line, and few lives."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = cell.source.replace('room: str = ""', f'room: str = "{line}"')
    cell.source = cell.source.replace("runs: int = 2000", "runs: int = 300")
    nbformat.write(notebook, folder / "take-part.ipynb")
    return folder / "take-part.ipynb"


def files_in(site) -> int:
    return len(list(site.room.folder.iterdir()))


def test_a_notebook_hands_in_by_one_click_and_follows_the_desk(open_notebook, tmp_path):
    """The bet arrives early; a step that the desk opens appears in the notebook by itself; a file
    is handed in on the page by its code word; no page has anything for axe to mend.
    """
    with open_room(tmp_path / "class") as site:
        line = f"{site.address} {site.room.state.code}"
        notebook = open_notebook(copy_in_room(tmp_path, line)).run_all()
        page = notebook.page
        live = page.locator(".wb-live")
        live.get_by_text("has not opened this step yet").first.wait_for()
        bet = page.locator(".wb-live select[size]").first
        bet.select_option(index=1)
        page.locator(".wb-live:has(select[size]) input").first.fill("70")
        page.locator(".wb-live button.mod-primary").first.click()
        page.get_by_role("button", name="Hand in the bet").click()
        live.get_by_text("The room has it.").first.wait_for()
        assert files_in(site) == 1

        desk = page.context.new_page()
        desk.goto(f"{site.address}desk?key={site.room.state.key}")
        expect(desk.get_by_text("looking back at the bet")).to_have_count(1)
        desk.get_by_role("button", name="Open: Hand in").click()
        expect(desk.get_by_role("button", name="Close: Hand in")).to_have_count(1)
        page.locator(".wb-live", has_text="Your kill line").first.wait_for()
        assert notebook.errors == []

        guest = page.context.new_page()
        guest.goto(site.address)
        guest.get_by_label("Code word").fill(site.room.state.code.lower())
        guest.get_by_role("button", name="Go in").click()
        made = entry(5).model_copy(update={"plan": ""}).sealed()
        guest.locator("input[type=file]").set_input_files(hand_in(tmp_path / "own", made))
        guest.get_by_role("button", name="Hand in").click()
        expect(guest.get_by_text(made.receipt)).to_have_count(1)
        assert files_in(site) == 2
        for place in ("desk?still", "join", ""):
            guest.goto(f"{site.address}{place}")
            assert guest.locator("h1").count() == 1
            found = Axe().run(guest).response["violations"]
            assert [fault["id"] for fault in found] == [], place


IN_VIEW = """() => [...document.querySelectorAll("[role=img], strong")].map((part) => {
  const box = part.getBoundingClientRect();
  const whole = part.scrollWidth <= Math.max(part.clientWidth, box.width) && box.left >= 0;
  return whole && box.right <= innerWidth && box.bottom <= innerHeight && box.width > 40;
})"""
WIDE = "document.documentElement.scrollWidth <= innerWidth"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_way_in_is_seen_at_once_and_the_wall_fits_every_screen(page, tmp_path, lang):
    """QR code, address and code word without scrolling, on a laptop, a projector at 175% and a
    telephone; on the wall nothing hangs over, and a wide one has its bets beside how sure they are.
    """
    for n in range(14):
        hand_in(tmp_path / "hand-ins", entry(n).sealed())
    with open_room(tmp_path, lang) as site:
        page.goto(f"{site.address}desk?key={site.room.state.key}")
        page.wait_for_function("() => document.body.textContent.includes('14')")
        page.goto(f"{site.address}join")
        for width, height in ((1366, 768), (780, 439), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(IN_VIEW) == [True] * 3, (width, height)
            code = page.locator("[role=img]").bounding_box()
            assert code["width"] == pytest.approx(code["height"], abs=8)
            assert code["width"] >= 240
        page.goto(f"{site.address}wall")
        page.locator(".forks").wait_for()
        for width, height in ((1366, 768), (780, 439), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(WIDE), (width, height)
            bars, sure = page.locator(".forks .halves > div").all()
            beside = sure.bounding_box()["x"] > bars.bounding_box()["x"] + 200
            assert beside == (width > 1000)
