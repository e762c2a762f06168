"""A whole class, from the first bet to the report: real files, a real JupyterLab, a real Chromium.

Two of the twelve take part in the browser, one of them under a hostile name; the others through
the same seats without one. No network but this machine's own is there.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from classroom import FORK, OPTIONS, plan_text
from workbook.builder.plan_store import plan_file
from workbook.cli import main
from workbook.lesson.progress import Bet, Progress
from workbook.words import Words
from workbook.workshop import take_a_seat
from workbook.workshop.collect import DATA, DESK, WALL, collect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
HOSTILE = "<img src=x onerror=\"document.title='run'\">"
RECEIPT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


def own_copy(folder: Path) -> Path:
    """The participant's notebook with few lives, so that the test is quick."""
    notebook = nbformat.read(NOTEBOOKS / "en" / "07-take-part.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = cell.source.replace("runs: int = 2000", "runs: int = 300")
    nbformat.write(notebook, folder / "take-part.ipynb")
    return folder / "take-part.ipynb"


def cut_the_network(page) -> list[str]:
    """Let nothing through but this machine; what was tried is in the list."""
    tried: list[str] = []

    def judge(route) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1", "data:", "blob:")):
            route.continue_()
        else:
            tried.append(url)
            route.abort()

    page.route("**/*", judge)
    return tried


def take_part_in_the_browser(open_notebook, folder: Path, name: str) -> tuple[str, Path]:
    """Bet, look back, write down, hand in: by mouse and keys. The receipt, and the hand-in."""
    notebook = open_notebook(own_copy(folder))  # with an empty home: another person each time
    plans = notebook.lab.home / "plans"
    plans.mkdir(parents=True)
    (plans / "my-chain.yaml").write_text(plan_text(random.Random(99)), "utf-8")
    tried = cut_the_network(notebook.page)
    notebook.run_all()
    page = notebook.page
    assert notebook.errors == []
    bet = page.locator(".wb-live:has(select[size])")
    bet.locator("select").select_option(index=1)
    bet.locator("input").first.fill("70")
    bet.locator("button.mod-primary").click()
    page.wait_for_function("() => document.querySelectorAll('.wb-live figure svg').length >= 1")
    again = page.locator(".wb-live", has_text="What would you choose today?")
    again.locator("input[type=radio]").first.click()
    again.get_by_text("You would choose differently now").first.wait_for()
    panel = page.locator(".wb-live", has_text="Your kill line")
    for n, text in enumerate((name, "week 12", "ask ten bakers on Monday")):
        panel.locator("input[type=text]").nth(n).fill(text)
        panel.locator("input[type=text]").nth(n).press("Tab")
    panel.locator("button.mod-primary").click()
    panel.get_by_text("Your receipt").first.wait_for()
    receipt = RECEIPT.search(panel.inner_text()).group()
    with page.expect_download() as saved:
        panel.get_by_text("Save your page for Monday").click()
    kept = Path(saved.value.path()).read_text("utf-8")
    assert "ask ten bakers on Monday" in kept
    assert "<script" not in kept
    assert notebook.errors == []
    assert page.title() != "run"
    assert tried == []
    return receipt, notebook.lab.home / "hand-in" / f"{receipt}.workbook.json"


def take_part_by_script(home: Path, number: int, monkeypatch) -> Path:
    """The same seat without a browser, in a home of its own."""
    monkeypatch.setenv("WORKBOOK_HOME", str(home))
    luck = random.Random(number)
    Progress(home).place(*FORK.split("/"), Bet(luck.choice(OPTIONS), 0.7))
    file = plan_file("my-chain")
    file.parent.mkdir(parents=True)
    file.write_text(plan_text(luck, luck.randrange(3, 6)), "utf-8")
    seat = take_a_seat("zh" if number % 2 else "en")
    seat.look_back(FORK).controls[0].value = luck.choice(OPTIONS)
    panel = seat.hand_in()
    for box, text in zip(panel.controls, (f"Participant {number}", "w12", "ask"), strict=False):
        box.value = text
    panel.controls[-1].click()
    assert seat.handed_in is not None
    return seat.handed_in


def test_a_class_of_twelve_from_the_bet_to_the_report(
    open_notebook,
    tmp_path,
    monkeypatch,
    page,
):
    """Bets, chains, hand-ins, table, wall, place and reports; nothing lost, and nothing run."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    receipts = []
    for name in ("Wang", HOSTILE):
        receipt, file = take_part_in_the_browser(open_notebook, tmp_path, name)
        (inbox / file.name).write_bytes(file.read_bytes())
        receipts.append(receipt)
    for number in range(10):
        file = take_part_by_script(tmp_path / f"home-{number}", number, monkeypatch)
        (inbox / file.name).write_bytes(file.read_bytes())
    (inbox / "<svg onload=document.title='run'>.json").write_bytes(b"{")

    collected = collect(inbox, tmp_path / "wall", Words("en"))
    assert len(collected.answers) == 12
    assert set(receipts) <= {answer.receipt for answer in collected.answers}
    assert all(answer.step == "" for answer in collected.answers)

    page.unroute("**/*")
    page.context.set_offline(True)
    for name in (WALL, DESK):
        page.goto((tmp_path / "wall" / name).as_uri())
        assert page.title() != "run"
        assert page.locator("img, script").count() == 0
    assert page.get_by_text(HOSTILE).count() == 1
    page.goto((tmp_path / "wall" / WALL).as_uri())
    assert page.locator(".ask li").count() == 3
    assert "Wang" not in page.content()

    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home-3"))
    (tmp_path / "home-3" / "wall.json").write_bytes((tmp_path / "wall" / DATA).read_bytes())
    assert "of 9 chose as you did" in take_a_seat("en").place().render()

    own = [tmp_path / f"home-{n}" / "plans" / "my-chain.yaml" for n in (0, 1)]
    renamed = []
    for n, plan in enumerate(own):
        renamed.append(tmp_path / f"chain-{n}.yaml")
        renamed[-1].write_text(plan.read_text("utf-8").replace("id: own", f"id: chain-{n}"))
    out = tmp_path / "reports"
    assert main(["report", *map(str, renamed), "--out", str(out), "--runs", "300", "--json"]) == 0
    assert {path.name for path in out.glob("*.html")} >= {"chain-0.html", "chain-1.html"}


def test_the_facilitator_runs_the_timer(open_notebook):
    """Start counts down, Next goes to the next block, and axe finds nothing to mend."""
    notebook = open_notebook(NOTEBOOKS / "en" / "06-workshop.ipynb").run_all()
    timer = notebook.page.locator(".wb-timer")
    digits = timer.locator(".wb-timer-digits")
    expect(digits).to_have_text("5:00")
    timer.get_by_role("button", name="Start").click()
    expect(digits).to_have_text(re.compile("^4:"))
    timer.get_by_role("button", name="Pause").click()
    timer.get_by_role("button", name="Next").click()
    expect(timer.locator(".wb-timer-title")).to_contain_text("blind bet")
    expect(digits).to_have_text("10:00")
    found = Axe().run(notebook.page, context=".wb-timer").response
    assert [fault["id"] for fault in found["violations"]] == []
    fits_every_projector(notebook.page, timer)
    assert notebook.errors == []


def fits_every_projector(page, timer) -> None:
    """On the full screen title, digits, what comes next and every button are in sight."""
    timer.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement !== null")
    for width, height in ((800, 600), (1024, 768), (1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"innerHeight === {height}")
        for part in timer.locator("p:not(.wb-timer-live), progress, button").all():
            box = part.bounding_box()
            assert box["y"] >= 0
            assert box["height"] > 0
            assert box["y"] + box["height"] <= height
            assert box["x"] + box["width"] <= width
