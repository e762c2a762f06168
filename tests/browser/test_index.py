"""The index in a real Chromium: 300 reports, searched and sorted; nothing of theirs runs."""

from __future__ import annotations

import csv
import json

import pytest

from browser.broken_words import broken_words
from workbook.files import BOM
from workbook.reports.index import write_index
from workbook.reports.task import Row

pytestmark = pytest.mark.browser

MANY = 300
AT_ONCE = 1.0
"""Seconds of the page's own thread, whatever else the machine does."""

EVIL = "<svg onload=\"document.title='owned'\">"
NAMES = {
    "dots": "../../x",
    "device": "CON",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "svg": EVIL,
    "script": "</script><script>document.title='owned';alert(1)</script>",
    "attribute": "\" autofocus onfocus=\"document.title='owned'\" x='",
    "long": "a long name " * 25,
    "emoji": "🧁 bakery 🥖",
    "chinese": "面包房",
    "arabic": "\u202e\u0645\u062e\u0628\u0632 evil",
    "dollar": "$x$ {{ 7*7 }} {n}",
}


def data(goal, name="The hard one", cash=1000.0):
    """A data file as a report writes it."""
    return {
        "plan": "p",
        "how": "simulated",
        "runs": 1000,
        "fates": {"goal": goal, "ruin": 0.9 * (1 - goal), "stuck": 0.1 * (1 - goal), "open": 0.0},
        "fates_error": {"goal": 0.01},
        "mean": {"week_if_goal": 100 * goal},
        "report": {"cash": cash, "currency": "CNY", "riskiest": "h", "riskiest_name": name},
    }


def folder_of(out, rows, lang="en"):
    """A folder with the index of these reports: (stem, name, title, risk, goal)."""
    reported = []
    for stem, name, title, risk, goal in rows:
        (out / f"{stem}.html").write_text("<title>x</title>", encoding="utf-8")
        (out / f"{stem}.json").write_text(json.dumps(data(goal, risk)), encoding="utf-8")
        reported.append(Row(stem, stem, "made", title=title, finding=title, goal=goal, name=name))
    write_index(out, reported, lang)
    return (out / "index.html").as_uri()


@pytest.fixture(scope="module")
def class_of_300(tmp_path_factory):
    """A class of 300; number n has the chance (7n mod 300)/300."""
    rows = [
        (f"r{n}", f"Learner {n}", f"Plan {n}", "taste" if n % 3 else "price", n * 7 % MANY / MANY)
        for n in range(MANY)
    ]
    return folder_of(tmp_path_factory.mktemp("class_of_300"), rows)


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """A class in which every name, title and milestone is an attack."""
    out = tmp_path_factory.mktemp("evil")
    rows = [(stem, name, name, name, 0.5) for stem, name in NAMES.items()]
    return out, folder_of(out, rows)


def stopwatch(page):
    """A function that says how much processor time the page has taken since it was last asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = 0.0

    def taken():
        nonlocal before
        reported = devtools.send("Performance.getMetrics")["metrics"]
        (now,) = [metric["value"] for metric in reported if metric["name"] == "ThreadTime"]
        before, since = now, now - before
        return since

    return taken


def names(page):
    """Names of the rows that show, from the top."""
    return page.locator("#reports tbody tr:not([hidden]) th a").all_inner_texts()


def test_a_class_of_300_opens_at_once_and_sorts_at_once(class_of_300, page, journal):
    """Numbers by size, the best first; pressed again the other way round; names as one counts,
    before any press too. Every printed sheet names its columns.
    """
    taken = stopwatch(page)
    page.goto(class_of_300)
    assert 0 < taken() < AT_ONCE
    assert names(page) == [f"Learner {n}" for n in range(MANY)]
    assert page.locator("#reports tbody tr").count() == MANY
    press = page.locator("#reports th button:text-is('chance of the goal')").click
    taken()
    press()
    assert 0 < taken() < AT_ONCE
    best = [f"Learner {n}" for n in sorted(range(MANY), key=lambda n: -(n * 7 % MANY))]
    assert names(page) == best
    press()
    assert names(page) == best[::-1]
    page.locator("#reports th button:text-is('report')").click()
    assert names(page) == [f"Learner {n}" for n in range(MANY)]
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.emulate_media(media="print")
    displays = "heads => heads.map(head => getComputedStyle(head).display)"
    shown = page.locator("#reports thead button").evaluate_all(displays)
    assert set(shown) == {"contents"}, "Chromium leaves a box of its own out of a repeated header"
    assert journal.complaints == []
    assert journal.loads == []


def test_the_search_finds_every_word_in_any_column(class_of_300, page):
    """All words must be there, in any case; what was found is said for who does not see it."""
    page.goto(class_of_300)
    page.get_by_role("searchbox").fill("PRICE 29")
    expected = [f"Learner {n}" for n in range(MANY) if n % 3 == 0 and "29" in str(n)]
    assert sorted(names(page)) == sorted(expected)
    assert page.get_by_role("status").inner_text() == f"{len(expected)} of {MANY} reports"
    page.get_by_role("searchbox").fill("")
    assert len(names(page)) == MANY


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_index_can_be_read_by_everybody(evil, page, axe_faults, scheme, width):
    """No axe fault, nothing wider than the screen, small pictures that say what they show."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(evil[1])
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bar = page.locator("#reports td svg").first.get_attribute("aria-label")
    assert bar == "goal 50%, stuck 5% and ruin 45%"
    assert page.locator("figure.wb-chart table tbody tr").count() == 21


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_narrow_window_breaks_no_word_of_the_table(page, tmp_path, lang):
    """Between telephone and builder every column still has room for its words."""
    rows = [("a", "Ana María", "Frozen dumplings", "Hospitals order again", 0.5)]
    page.set_viewport_size({"width": 700, "height": 800})
    page.goto(folder_of(tmp_path, rows, lang))
    assert broken_words(page) == []


def test_without_a_script_it_is_a_plain_table(class_of_300, browser):
    """Nothing that only a script could serve is shown."""
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(class_of_300)
        assert page.locator("#reports tbody tr").count() == MANY
        assert page.locator("#search").is_hidden()
        assert page.locator("#reports button").count() == 0
    finally:
        context.close()


def test_no_script_but_ours_runs(evil, page, journal):
    """Names stand as they were written; no title, dialog or request comes of them."""
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(evil[1])
    page.get_by_role("searchbox").fill("owned")
    page.get_by_role("searchbox").fill("")
    page.locator("#reports th button:text-is('report')").click()
    page.get_by_role("button", name="riskiest", exact=True).click()
    assert page.title() == "Reports"
    assert dialogs == []
    assert journal.complaints == []
    assert journal.loads == []
    assert page.locator("script").count() == 1
    assert page.locator("main [onload], main [onfocus], main [autofocus]").count() == 0
    shown = {" ".join(name.split()) for name in names(page)}
    assert shown == {" ".join(name.split()) for name in NAMES.values()}


def test_the_policy_stops_a_script_that_got_in(evil, page, tmp_path):
    """Were a name ever written as markup, the browser would still run nothing of it."""
    text = (evil[0] / "index.html").read_text("utf-8")
    page_with = text.replace("</main>", f"{EVIL}<script>document.title='owned'</script></main>")
    (tmp_path / "index.html").write_text(page_with, encoding="utf-8")
    page.goto((tmp_path / "index.html").as_uri())
    assert page.title() == "Reports"


def test_the_summary_is_no_formula_and_keeps_every_name(evil):
    """What begins like a formula has an apostrophe before it; the rest is as it was written."""
    text = (evil[0] / "summary.csv").read_text("utf-8")
    assert text.startswith(BOM)
    rows = {row["page"]: row for row in csv.DictReader(text.removeprefix(BOM).splitlines())}
    assert rows["formula.html"]["participant"] == "'" + NAMES["formula"]
    assert rows["chinese.html"]["participant"] == "面包房"
    cells = [cell for row in rows.values() for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
