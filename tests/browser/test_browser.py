"""The browser that the other tests here rely on is real, is cut off, and is listened to."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_the_network_is_cut(page):
    """Nothing outside this machine can be reached from a page."""
    with pytest.raises(Exception, match="ERR_PROXY_CONNECTION_FAILED"):
        page.goto("http://198.51.100.1/")


def test_the_journal_hears_complaints_and_requests(journal, page, tmp_path):
    """A page that throws and asks for a picture elsewhere is caught doing both."""
    file = tmp_path / "loud.html"
    file.write_text("<img src='http://198.51.100.1/x.png'><script>throw Error('ouch')</script>")
    page.goto(file.as_uri())
    assert any("ouch" in line for line in journal.complaints)
    assert journal.loads == ["http://198.51.100.1/x.png"]


def test_axe_finds_a_picture_without_words(page, axe_faults, tmp_path):
    """A picture without an alternative text is a fault that axe names."""
    file = tmp_path / "mute.html"
    file.write_text("<html lang=en><title>t</title><main><img src='data:,'></main>")
    page.goto(file.as_uri())
    assert any(fault.startswith("image-alt") for fault in axe_faults(page))
