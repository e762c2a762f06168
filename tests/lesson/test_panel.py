"""A panel shows itself twice, keeps its last view, and tells what went wrong."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from workbook.errors import InputError, WorkError, fault
from workbook.lesson.markup import joined, line, table
from workbook.lesson.panel import VIEW, Panel
from workbook.portable import with_plain_images
from workbook.words import Words

EN = Words("en")


def shown(panel, monkeypatch):
    """The outputs that showing a panel makes, in order."""
    from IPython import display

    outputs = []
    monkeypatch.setattr(display, "display", lambda data, **_: outputs.append(data))
    panel._ipython_display_()
    return outputs


def test_the_still_comes_first_and_the_live_half_after_it(monkeypatch):
    """Two outputs: the picture as HTML, then the widget with nothing in its HTML to repeat."""
    still, live = shown(Panel(EN, lambda: "<p>seven</p>"), monkeypatch)
    assert "seven" in still["text/html"]
    assert VIEW not in still
    assert VIEW in live
    assert "seven" not in live["text/html"]


def test_a_batch_run_leaves_no_widget_behind(monkeypatch):
    """With a recorded bet there is the still alone, so that an export needs no script."""
    (still,) = shown(Panel(EN, lambda: "<p>seven</p>", alive=False), monkeypatch)
    assert VIEW not in still


def test_an_error_is_reported_and_the_last_good_view_stays(well_mannered):
    """A handler that fails leaves a line in the panel; the view is the one before."""
    views = iter(["<p>good</p>"])
    panel = Panel(EN, lambda: next(views))
    panel.refresh()
    panel.guarded(lambda _: 1 / 0)(None)
    assert "ZeroDivisionError" in panel.message.value
    assert "Traceback" not in panel.message.value
    assert "good" in panel.still()


@pytest.mark.parametrize(
    "error",
    [
        InputError("x", [fault("a.b", "no milestone '{id}'", id="<b>")]),
        WorkError("the <disk> is full"),
    ],
)
def test_what_is_reported_is_text_and_no_markup(well_mannered, error):
    """A mistake is quoted as it was written; nothing of it becomes HTML."""
    panel = Panel(EN, str)

    def fails(_):
        raise error

    panel.guarded(fails)(None)
    assert "&lt;" in panel.message.value
    assert "<b>" not in panel.message.value


def test_errors_reach_a_test_unless_it_asks_otherwise():
    """The fixture that these tests rely on does let errors through."""
    panel = Panel(EN, str)
    with pytest.raises(ZeroDivisionError):
        panel.guarded(lambda _: 1 / 0)(None)


def test_every_picture_has_a_twin_for_pages_that_drop_svg():
    """Beside each inline SVG stands the same as an image with the same words."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="three &amp; four"><g/></svg>'
    html = with_plain_images(f"<figure>{svg}</figure>")
    found = re.search('<img class="wb-plain" alt="three &amp; four" src="data:.*?,(.*?)">', html)
    assert b64decode(found.group(1)).decode() == svg


def test_chinese_sentences_stand_without_a_space():
    """English sentences are spaced, Chinese ones are not."""
    assert joined("One.", "", "Two.") == "One. Two."
    assert joined("一。", "二。") == "一。二。"


def test_text_in_tables_and_lines_is_escaped():
    """Nothing that comes from a plan becomes markup."""
    assert "<script>" not in table(("<script>",), [("<script>", "<script>")]) + line("<script>")
