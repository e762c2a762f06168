"""PDFs: a convenience where a Chromium is there, and nothing missing where none is."""

from __future__ import annotations

import os

import pytest
from pypdf import PdfReader

from workbook.reports import index
from workbook.reports.index import print_pages, printed
from workbook.reports.task import Row
from workbook.words import Words

PAGE = "<!doctype html><html><head><title>t</title></head><body><p>A page.</p></body></html>"
ROWS = [Row("a", "a", "made"), Row("b", "b", "kept"), Row("c", "c", "failed")]


@pytest.fixture
def folder(tmp_path):
    """A folder with two pages."""
    for stem in "ab":
        (tmp_path / f"{stem}.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_no_chromium_is_said_once_and_nothing_else_happens(folder, monkeypatch):
    """However many pages there are; and the pages stay."""
    monkeypatch.setattr(index, "chromium", lambda: None)
    said = []
    print_pages(folder, ROWS, 2, Words("en"), said.append)
    assert len(said) == 1
    assert "No Chromium was found" in said[0]
    assert sorted(path.name for path in folder.iterdir()) == ["a.html", "b.html"]


def test_a_browser_that_prints_nothing_is_reported_by_page(folder, monkeypatch):
    """No half file is left; the others go on."""
    monkeypatch.setattr(index, "chromium", lambda: "/bin/false")
    said = []
    print_pages(folder, ROWS, 2, Words("en"), said.append)
    assert [line.split()[0] for line in said] == ["a.html", "b.html"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.html", "b.html"]


@pytest.mark.browser
def test_pages_are_printed_on_a4_and_not_twice(folder, monkeypatch):
    """Each good row has its PDF; a stranger's file of that name is left as it is."""
    if index.chromium() is None:
        pytest.skip("no Chromium")
    (folder / "b.pdf").write_bytes(b"mine")
    said = []
    os.utime(folder / "b.pdf", (0, 0))
    print_pages(folder, ROWS, 2, Words("en"), said.append)
    sheet = PdfReader(folder / "a.pdf").pages[0]
    assert [float(side) for side in sheet.mediabox[2:]] == pytest.approx([595, 842], abs=1.5)
    assert "A page." in sheet.extract_text()
    assert printed(folder, "a")
    assert (folder / "b.pdf").read_bytes() == b"mine"
    assert len(said) == 1
    assert "b.html" in said[0]
    monkeypatch.setattr(index, "chromium", lambda: pytest.fail("printed twice"))
    print_pages(folder, ROWS[:1], 1, Words("en"), said.append)
