"""Share in the browser: each button ends in a file on the reader's disk."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.alone import open_alone
from workbook import cases
from workbook.builder.imports import read_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_button_downloads_its_file(page, tmp_path, monkeypatch):
    """Seven files by seven presses, from a window that axe finds nothing wrong in."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    plan = tmp_path / "plans" / "my-chain.yaml"
    plan.parent.mkdir()
    text = cases.load("ai-companion").text
    plan.write_text(text.replace("id: ai-companion", "id: my-chain", 1), "utf-8")
    screen = open_alone(page, tmp_path)
    page.get_by_role("button", name="Share", exact=True).click()
    window = page.get_by_role("dialog", name="Share")
    window.get_by_text(str(plan)).wait_for()
    found = Axe().run(page, context=".wbb-share").response
    assert [fault["id"] for fault in found["violations"]] == []
    saved = {}
    for button in window.locator("[data-kind]").all():
        with page.expect_download() as download:
            button.click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        window.get_by_text(f"Downloaded: {path.name}").wait_for()
        saved[button.get_attribute("data-kind")] = path
    assert len(set(saved.values())) == 7
    for kind in ("book", "plan"):
        assert read_file(saved[kind]).plan == screen.builder.state.plan
    page.keyboard.press("Escape")
    window.wait_for(state="hidden")
