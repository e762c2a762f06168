"""The pictures of `docs/charts.md`: every chart by both renderers, and as it would be drawn today.

What is compared is what is written and which marks there are, never bytes or places.
"""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from examples import by_hand
from pictured import named_results, texts
from workbook.charts.artists import slide
from workbook.charts.picture import picture
from workbook.words import Words

DOCS = Path(__file__).parents[2] / "docs"
AGAIN = "draw them again: python .ci/draw_charts.py"
LANGS = pytest.mark.parametrize("lang", by_hand(["zh", "en"]))


def structure(svg):
    """The marks of a picture in order, with the look of each and what is written."""
    looks = ("fill", "stroke", "stroke-width", "font-size")
    nodes = ET.fromstring(svg).iter()
    return [(node.tag, node.text, *(node.get(look) for look in looks)) for node in nodes]


@LANGS
def test_the_pages_of_the_gallery_are_as_drawn_today(lang):
    """Texts, colours and marks of every SVG in `docs` are those of the chart as it is now."""
    words = Words(lang)
    for name, chart, result in named_results(words):
        kept = (DOCS / "charts" / f"{name}-{lang}.svg").read_text(encoding="utf-8")
        assert structure(kept) == structure(picture(chart, result, words).svg), AGAIN


@LANGS
def test_the_slides_of_the_gallery_are_as_drawn_today(lang):
    """What is written on every PNG in `docs`, and its size, are those of the chart as it is now."""
    words = Words(lang)
    for name, chart, result in named_results(words):
        with Image.open(DOCS / "charts" / f"{name}-{lang}.png") as kept:
            kept.load()
            reported = kept.text
        assert reported["Title"] == picture(chart, result, words).title, AGAIN
        assert reported["Labels"].split("\n") == "\n".join(texts(chart, result, words)).split(
            "\n"
        ), AGAIN
        wide, high = slide(chart, result, words).get_size_inches()
        assert kept.width / kept.height == pytest.approx(wide / high, rel=0.02), AGAIN


def test_the_gallery_shows_every_chart_in_both_languages_and_nothing_else():
    """Each page names both pictures of each chart; no picture lies there that none shows."""
    kept = {file.name for file in (DOCS / "charts").iterdir()}
    shown = set()
    for lang, page in (("en", "charts.md"), ("zh", "charts.zh.md")):
        reported = (DOCS / page).read_text(encoding="utf-8")
        for name, _, _ in named_results(Words(lang)):
            for file in (f"{name}-{lang}.svg", f"{name}-{lang}.png"):
                assert f'src="charts/{file}"' in reported, AGAIN
                shown.add(file)
    assert kept == shown, AGAIN
