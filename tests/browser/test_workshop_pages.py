"""The workshop's pages as they are read: projected, on a telephone, in the dark, on paper."""

from __future__ import annotations

import threading
from dataclasses import replace
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from classroom import entry, hand_in
from workbook.words import Words
from workbook.workshop.collect import DESK, WALL, collect
from workbook.workshop.guide import guide_page, slides_page, timetable
from workbook.workshop.inbox import ReceivedFile, answers
from workbook.workshop.paper import PAPERS, handout_page, paper_page
from workbook.workshop.watching import watch

pytestmark = pytest.mark.browser

LONG = "The long way round " * 16
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every page of a class of twelve, one with a long name, in both languages: folder by name."""
    folder = tmp_path_factory.mktemp("pages")
    for n in range(12):
        made = entry(n) if n else entry(n).model_copy(update={"name": LONG, "next_test": LONG})
        hand_in(folder / "in", made.sealed())
    (folder / "in" / f"{'torn' * 30}.json").write_bytes(b"{")
    for lang in ("en", "zh"):
        w = Words(lang)
        found = collect(folder / "in", folder / lang, w)
        long = replace(found.answers[0], kill_line=LONG)
        made = {
            "guide": guide_page(120, w),
            "slides": slides_page(120, w),
            "monday": handout_page(long, w),
        }
        made |= {f"sheets-{paper}": paper_page(w, paper) for paper in PAPERS}
        for name, html in made.items():
            (folder / lang / f"{name}.html").write_text(html, "utf-8")
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["public/wall", "private/desk", "guide", "slides", "monday", "sheets-A4"]
)
def test_a_page_of_the_workshop_has_no_fault_and_fits_a_telephone(
    pages, page, axe_faults, name, scheme
):
    """axe finds nothing in either light; nothing hangs over at 375 pixels; nothing is loaded."""
    page.emulate_media(color_scheme=scheme)
    for lang in ("en", "zh"):
        page.goto((pages / lang / f"{name}.html").as_uri())
        for summary in page.locator("summary").all():
            summary.click()
        assert axe_faults(page) == []
        page.set_viewport_size({"width": 375, "height": 800})
        assert name.startswith("sheets") or page.evaluate(FITS)
        page.set_viewport_size({"width": 1280, "height": 720})
        assert page.locator("script, img").count() == 0


def test_a_name_without_a_space_pushes_nothing_off_the_desk(page, tmp_path):
    """One participant called by 400 letters hides nobody's step, chain and test."""
    hand_in(tmp_path / "in", entry(1).model_copy(update={"name": "x" * 400}).sealed())
    collect(tmp_path / "in", tmp_path / "out", Words("en"))
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto((tmp_path / "out" / DESK).as_uri())
    for cell in page.locator("td").all():
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= 1280


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheets_are_three_and_the_guide_is_short(pages, page, tmp_path, lang, paper):
    """Bet, chain, cards: a sheet each, on either paper; the guide of two hours is three or four."""
    counts = {}
    for name in (f"sheets-{paper}", "guide", "monday"):
        page.goto((pages / lang / f"{name}.html").as_uri())
        page.pdf(path=tmp_path / "page.pdf", format=paper, prefer_css_page_size=True)
        counts[name] = len(PdfReader(tmp_path / "page.pdf").pages)
    assert counts == {f"sheets-{paper}": 3, "guide": counts["guide"], "monday": 1}
    assert counts["guide"] <= 4


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_slides_turn_by_a_presenters_keys_and_load_nothing(pages, page, journal, lang):
    """Each block fills the screen in its turn; on paper, too, each is a sheet of its own."""
    slots, w = timetable(120), Words(lang)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(reduced_motion="reduce")
    page.goto((pages / lang / "slides.html").as_uri())
    heads = page.locator("h2")
    assert heads.all_inner_texts() == [w.text(slot.block.title) for slot in slots]
    for n in range(len(slots)):
        page.keyboard.press("PageDown")
        expect(page.locator(".slide").nth(n + 1)).to_be_in_viewport(ratio=0.95)
    page.keyboard.press("PageUp")
    expect(heads.nth(len(slots) - 2)).to_be_in_viewport()
    assert journal.loads == []
    assert len(PdfReader(BytesIO(page.pdf(format="A4", landscape=True))).pages) == len(slots) + 1


def test_every_picture_of_the_wall_has_its_table(pages, page):
    """What a dot shows stands in figures too, for who cannot see it."""
    page.goto((pages / "en" / WALL).as_uri())
    cards = page.locator(".card:has(.picture svg)")
    assert cards.count() == 4
    for card in cards.all():
        card.locator("summary").click()
        counted = card.locator("td:last-child").all_inner_texts()
        assert sum(map(int, counted)) >= 9


def test_a_wall_that_is_watched_refreshes_in_the_browser(tmp_path, page):
    """Five more hand in while the page stands open: it shows them without a key being pressed."""
    inbox, out, stop, next_look = tmp_path / "in", tmp_path / "out", [], threading.Semaphore(0)
    for n in range(8):
        hand_in(inbox, entry(n))
    first = threading.Event()

    def wait(_):
        first.set()
        next_look.acquire(timeout=60)
        if stop:
            raise KeyboardInterrupt

    def watching():
        with pytest.raises(KeyboardInterrupt):
            watch(inbox, out, Words("en"), 1, lambda _: None, lambda _: None, wait)

    watcher = threading.Thread(target=watching)
    watcher.start()
    try:
        assert first.wait(60)
        page.goto((out / WALL).as_uri())
        page.get_by_text("8 people have handed in.").wait_for()
        for n in range(8, 13):
            hand_in(inbox, entry(n))
        next_look.release()
        page.get_by_text("13 people have handed in.").wait_for()
    finally:
        stop.append(True)
        next_look.release()
        watcher.join(60)


def test_a_chain_that_cannot_be_played_still_has_its_page(page, tmp_path):
    """What is empty says so, to be filled in by hand."""
    bare = entry(1).model_copy(update={"plan": "", "next_test": ""})
    (answer,) = answers([ReceivedFile("a.json", "counted", bare)])
    page.set_content(handout_page(answer, Words("en")))
    assert page.get_by_text("Fill it in by hand").count() == 1
    assert page.locator("table").count() == 0
