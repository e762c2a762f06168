"""The builder as an app: a page without code, closed to anyone who has no token."""

from __future__ import annotations

import os
import re
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from browser.builder_page import BAKERY, BuilderPage
from browser.lab import free_port
from workbook import cases
from workbook.charts import fates
from workbook.lab import app_command, own_copies
from workbook.play import play
from workbook.words import Words

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def app(tmp_path, monkeypatch, chromium):
    """A running app on an empty home: its address with the token, and that home."""
    home = tmp_path / "home"
    monkeypatch.setenv("WORKBOOK_HOME", str(home))
    folder = own_copies("en", Words("en"), print)
    port = free_port()
    command = app_command(folder, [f"--port={port}", "--no-browser"])
    env = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")}
    log = tmp_path / "voila.log"
    with log.open("w") as out, subprocess.Popen(command, env=env, stdout=out, stderr=out) as server:
        try:
            yield wait_for_address(server, log), home
        finally:
            server.terminate()


def wait_for_address(server: subprocess.Popen, log: Path) -> str:
    """The address that the app names, once it runs."""
    for _ in range(300):
        found = re.search(r"http://\S+\?token=\w+", log.read_text())
        if found:
            return found[0]
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(log.read_text()[-2000:])


def test_the_app_gives_the_answer_of_the_command_line(app, page):
    """Undone and done again, the odds on the screen are those of `workbook play` on its file."""
    address, home = app
    page.goto(address)
    page.locator(".wbb").wait_for()
    screen = BuilderPage(page, home).shown().bakery()
    screen.press("Escape")  # to the resources
    for path, text in (("cash", "26000"), ("burn_per_week", "2000")):
        screen.box(path).fill(text)
    for name, text in zip(BAKERY[:3], ("40", "50", "60"), strict=True):
        screen.face(name).click()
        screen.box("pass_rate").fill(text)
        screen.click(page.get_by_role("button", name="Not sure? Give a range"))
    screen.quiet()
    reported = page.locator(".wbb-first").inner_text()
    assert not reported.endswith(
        ("100 of 100 lives reach the goal", " 0 of 100 lives reach the goal")
    )
    screen.click(screen.tool("Undo"))
    screen.says("Undone")
    screen.quiet()
    screen.click(screen.tool("Redo"))
    screen.says("Done again")
    screen.quiet()
    assert page.locator(".wbb-first").inner_text() == reported
    screen.kept(lambda p: sum(isinstance(m.get("weeks"), list) for m in p["milestones"]) == 3)
    played = play(cases.read(home / "plans" / "my-chain.yaml").plan)
    assert played.how == "simulated"
    assert reported.removeprefix("◇ At most: ") == fates.title(played, Words("en"))


def test_the_app_builds_a_chain_for_anyone_who_has_the_token(app, page, journal):
    """With the token: the screen, no code, the plan kept. Without it: nothing."""
    address, home = app
    host = address.split("/")[2]
    bare = HTTPConnection(host, timeout=10)
    bare.request("GET", "/")
    assert bare.getresponse().status in (302, 401, 403)
    bare.close()
    page.goto(address)
    page.locator(".wbb").wait_for()
    screen = BuilderPage(page, home).shown().bakery()
    plan = screen.kept(lambda p: len(p["milestones"]) == 5)
    assert [m["name"] for m in plan["milestones"]] == list(BAKERY)
    assert page.locator("text=open_builder").count() == 0
    assert not re.search(r"\bcells?\b|Run All", page.locator("body").inner_text())
    assert page.locator(".wb-still:visible").count() == 0
    foreign = [url for url in journal.loads if f"//{host}/" not in url]
    assert [url for url in foreign if not url.endswith(".css")] == []  # Voila's icons, not needed
