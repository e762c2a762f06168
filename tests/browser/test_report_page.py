"""The report page in a real Chromium with the network cut: whole, quiet, readable, printable."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from browser.broken_words import broken_words
from workbook.reports.batch import report
from workbook.reports.command import gather
from workbook.reports.task import Settings

pytestmark = pytest.mark.browser

LONG = "The long way round " * 16
HOSTILE = {
    "script": "<script>document.title='owned'</script>",
    "image": "<img src=x onerror=\"document.title='owned'\">",
    "maths": "$x_1$ and **bold** and `code`",
    "long": LONG[:300],
    "arabic": "\u202e\u0645\u062e\u0628\u0632 evil.exe",
}
PLAN = """\
plan: 1
id: {id}
title: {title}
goal: shop
horizon_weeks: 40
cash: 20000
burn_per_week: 500
sales: {{reach_per_week: 5, conversion: 0.1, price: 20}}
milestones:
  - id: demand
    name: {title}
    weeks: 2
    cost: 500
    pass_rate: 0.6
    if_missed: {title}
    proof: {{measure: {title}, at_least: 3, unit: {title}}}
    gives: {{conversion: 0.4}}
  - {{id: shop, needs: [demand], weeks: 3, cost: 3000, pass_rate: 0.5}}
forks:
  - id: gap
    name: {title}
    at: {{milestone: shop}}
    options:
      - {{id: borrow, name: {title}, loan: {{amount: 5000, repay: 6000, repay_after_weeks: 10}}}}
"""


def quoted(text):
    """A YAML string that holds any text."""
    return "'" + text.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def lozenge(tmp_path_factory):
    """The lozenge's reports, a folder a language."""
    folder = tmp_path_factory.mktemp("lozenge")
    for lang in ("en", "zh"):
        settings = Settings(lang=lang, runs=2_000)
        tasks, errors = gather(["caffeine-lozenge"], settings)
        assert report(tasks, errors, folder / lang, settings).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Reports of plans whose every text is an attack, and of one that cannot be read."""
    folder = tmp_path_factory.mktemp("hostile")
    plans = folder / "plans"
    plans.mkdir()
    for id, title in HOSTILE.items():
        text = PLAN.format(id=id, title=quoted(title))
        (plans / f"{id}.yaml").write_text(text, encoding="utf-8")
    (plans / "<svg onload=x>.yaml").write_text("plan: 1\n", encoding="utf-8")
    settings = Settings(runs=200)
    tasks, errors = gather([str(plans)], settings)
    batch = report(tasks, errors, folder / "out", settings, jobs=2)
    assert [row.state for row in batch.rows] == ["made"] * len(HOSTILE)
    return folder / "out"


def address(folder, name="caffeine-lozenge.html"):
    return (Path(folder) / name).as_uri()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_is_whole_and_quiet(lozenge, page, journal, axe_faults, lang, scheme, width):
    """All pictures, no complaint, no load, no axe fault, nothing wider than the screen."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(lozenge / lang))
    assert journal.complaints == []
    assert journal.loads == []
    pictures = page.locator("figure svg[role=img]")
    assert pictures.count() >= 5
    for n in range(pictures.count()):
        assert pictures.nth(n).bounding_box()["height"] > 50
        assert len(pictures.nth(n).get_attribute("aria-label")) > 20
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [375, 700, 1000])
def test_no_word_or_amount_is_broken_in_two(lozenge, page, lang, width):
    """A column may be narrow, but “latest” and “¥30,000” stand on one line each."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(lozenge / lang))
    assert broken_words(page) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_small_and_has_no_code(lozenge, lang):
    """Under 500 KB, no script, no address of a network, no code of the notebook."""
    text = (lozenge / lang / "caffeine-lozenge.html").read_text("utf-8")
    assert len(text.encode()) < 500_000
    assert "<script" not in text
    assert "report.opening()" not in text
    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert "https://" not in text


def test_the_page_opens_with_its_finding(lozenge, page):
    """One heading, then one sentence that says how many of 100 lives reach the goal."""
    page.goto(address(lozenge / "en"))
    assert page.locator("h1").all_inner_texts() == ["The caffeine lozenge"]
    finding = page.locator("h1 + p").inner_text()
    assert finding.startswith("Of 100 lives")
    assert "It tastes good" in finding


def test_the_keyboard_reaches_the_report_first(lozenge, page):
    """The first tab stop skips to the report, and can be seen when it has the focus."""
    page.goto(address(lozenge / "en"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#report"
    assert skip.bounding_box()["x"] >= 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_prints_on_a4_with_no_picture_cut(lozenge, page, tmp_path, lang):
    """A4, a sane number of pages, no picture taller than a page or across two."""
    page.goto(address(lozenge / lang))
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    sheets = PdfReader(tmp_path / "page.pdf").pages
    assert 5 <= len(sheets) <= 13
    assert [float(side) for side in sheets[0].mediabox[2:]] == pytest.approx([595, 842], abs=1.5)
    page.emulate_media(media="print")
    uncut = "f => getComputedStyle(f).breakInside === 'avoid' && f.offsetHeight < 900"
    assert page.locator("main figure").evaluate_all(f"figures => figures.every({uncut})")
    touching = (
        "notes => notes.filter(n => n.previousElementSibling?.previousElementSibling).map(n => "
        "n.getBoundingClientRect().top - "
        "n.previousElementSibling.previousElementSibling.getBoundingClientRect().bottom)"
    )
    gaps = page.locator("tbody th .note").evaluate_all(touching)
    assert len(gaps) >= 10
    assert max(gaps) < 8, "an empty line between two notes of a milestone"


def test_the_index_leads_to_every_file(lozenge, page, journal, axe_faults):
    """Page, data, notebook and the summary are linked, and the links hold."""
    page.goto(address(lozenge / "en", "index.html"))
    links = page.locator("main a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(links) == 5
    assert all((lozenge / "en" / link).is_file() for link in links)
    assert journal.complaints == []
    assert axe_faults(page) == []


SHEETS = {"A4": 297, "Letter": 279}
ROOM = "s => s.scrollHeight <= s.clientHeight + 1 && s.clientHeight > 300"


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("which", ["en", "zh", "long"])
def test_the_takeaway_is_one_sheet_by_itself(lozenge, hostile, page, tmp_path, paper, which):
    """Asked for by its address it prints alone, on one sheet, with nothing cut off."""
    folder, name = lozenge / which, "caffeine-lozenge.html"
    if which == "long":
        folder, name = hostile, "long.html"
    page.goto(address(folder, name) + "#takeaway")
    page.pdf(path=tmp_path / "sheet.pdf", format=paper)
    sheets = PdfReader(tmp_path / "sheet.pdf").pages
    assert len(sheets) == 1
    assert round(float(sheets[0].mediabox[3]) * 25.4 / 72) == SHEETS[paper]
    page.emulate_media(media="print")
    width = {"A4": 210, "Letter": 216}[paper] - 32
    page.set_viewport_size({"width": round(width * 96 / 25.4), "height": 900})
    assert page.locator(".takeaway").evaluate(ROOM)
    assert page.locator(".takeaway .lines li").count() == 3


def test_the_takeaway_is_the_last_sheet_of_the_whole_page(lozenge, page, tmp_path):
    """Printed with everything else it still begins a sheet of its own and ends the report."""
    page.goto(address(lozenge / "en"))
    page.pdf(path=tmp_path / "page.pdf", format="Letter")
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages]
    assert sheets[-1].startswith("Take-away")
    assert "We change the plan if" in sheets[-1]
    assert sum("We change the plan if" in sheet for sheet in sheets) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_headings_go_down_one_step_at_a_time(lozenge, page, lang):
    """A reader who walks by headings misses none, and every picture has its table beside it."""
    page.goto(address(lozenge / lang))
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("figure").count() == page.locator("figure table").count()


@pytest.mark.parametrize("id", HOSTILE)
def test_a_hostile_plan_is_inert_on_its_page(hostile, page, journal, axe_faults, id):
    """Whatever is written in a plan is shown as it is written; nothing of it runs or loads."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(address(hostile, f"{id}.html"))
    title = " ".join(HOSTILE[id].split())
    assert " ".join(page.locator("h1").inner_text().split()) == title
    assert page.title() != "owned"
    assert page.locator("main script, main img").count() == 0
    assert [c for c in journal.complaints if "Content Security Policy" not in c] == []
    assert journal.loads == []
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_hostile_index_is_inert_and_names_what_is_missing(hostile, page, journal, axe_faults):
    """The plan that could not be read stands on top by its file's name; nothing runs."""
    page.goto(address(hostile, "index.html"))
    assert page.locator(".failures").inner_text().count("<svg onload=x>.yaml") == 1
    assert page.locator("#reports tbody tr").count() == len(HOSTILE)
    assert page.title() == "Reports"
    assert journal.complaints == []
    assert axe_faults(page) == []


def test_no_file_is_outside_the_folder(hostile):
    """Every file has a plain name; nothing else was written."""
    names = sorted(path.name for path in hostile.iterdir())
    expected = [f"{id}.{kind}" for id in HOSTILE for kind in ("html", "ipynb", "json")]
    assert names == sorted([*expected, "index.html", "summary.csv", "summary.json"])
