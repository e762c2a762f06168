"""Draw every chart in both languages with both renderers, for `docs/charts.md`.

    .venv/bin/python .ci/draw_charts.py [FOLDER]

FOLDER is `docs`. The charts are those of the tests, so that each is there. Run it again when a
chart or a sentence of one has changed, and look at the pages: a test compares what is written on
each picture, and its marks, with what would be drawn today.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from PIL import Image  # noqa: E402
from PIL.PngImagePlugin import PngInfo  # noqa: E402

from pictured import named_results, texts  # noqa: E402
from workbook.charts.artists import slide  # noqa: E402
from workbook.charts.description import WIDE  # noqa: E402
from workbook.charts.picture import picture  # noqa: E402
from workbook.words import Words  # noqa: E402

DOTS_PER_INCH, COLOURS = 110, 64

HEADS = {
    "en": """# The charts

Each chart describes what it shows as plain data, and two renderers draw it: as SVG for a page, and
with matplotlib for a slide or for axes of your own. The chain and its figures are an example.
[中文](charts.zh.md)

`charts.runway.draw(result, ax, words)` draws one on your axes, and
`charts.artists.slide(charts.runway, result, words).savefig("runway.pdf")` writes a slide.
""",
    "zh": """# 图表

每张图先用普通数据写明画什么，再用两种方式画出来：网页上是 SVG；幻灯片上，或者你自己的坐标轴里，
由 matplotlib 来画。图里的链和数字只是例子。[English](charts.md)

`charts.runway.draw(result, ax, words)` 把图画进你的坐标轴；
`charts.artists.slide(charts.runway, result, words).savefig("runway.pdf")` 存成一页幻灯片。
""",
}
COLUMNS = {"en": "| On a page | With matplotlib |", "zh": "| 网页 | matplotlib |"}


WIDTH = 430
"""Of a picture as wide as a page, in pixels; a narrower one keeps its share."""


@dataclass(frozen=True)
class Drawn:
    """A chart by both renderers, with its finding and its width in points."""

    name: str
    finding: str
    width: float
    svg: str
    png: bytes


def drawn(words: Words) -> Iterator[Drawn]:
    """Every chart of the tests."""
    for name, chart, result in named_results(words):
        page = picture(chart, result, words, rows=False)
        svg = page.svg.replace(' style="', ' style="background:#fff;', 1)
        said = {"Title": page.title, "Description": page.alt}
        said["Labels"] = "\n".join(texts(chart, result, words))
        width = chart.describe(result, words).width
        made = png(slide(chart, result, words), said)
        yield Drawn(name, page.title, width, svg, made)


def png(figure: Any, said: dict[str, str]) -> bytes:
    """A drawing with few colours, with its texts in the metadata."""
    large, small, texts = BytesIO(), BytesIO(), PngInfo()
    figure.savefig(large, dpi=DOTS_PER_INCH)
    for key, text in said.items():
        texts.add_itxt(key, text)
    image = Image.open(large).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(small, "PNG", optimize=True, pnginfo=texts)
    return small.getvalue()


def page(lang: str, charts: list[Drawn]) -> str:
    """The page with both renderers of each chart side by side."""
    parts = [HEADS[lang]]
    for made in charts:
        look = f'alt="{escape(made.finding)}" width="{WIDTH * made.width / WIDE:.0f}"'
        cells = (f'<img src="charts/{made.name}-{lang}.{kind}" {look}>' for kind in ("svg", "png"))
        parts.append(f"## {made.name}\n\n{COLUMNS[lang]}\n| --- | --- |\n| {' | '.join(cells)} |\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Draw them all and write the two pages."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs"
    (folder / "charts").mkdir(parents=True, exist_ok=True)
    for old in (folder / "charts").iterdir():
        old.unlink()
    for lang, file in (("en", "charts.md"), ("zh", "charts.zh.md")):
        charts = list(drawn(Words(lang)))
        for made in charts:
            place = folder / "charts" / f"{made.name}-{lang}"
            place.with_suffix(".svg").write_text(made.svg + "\n", encoding="utf-8")
            place.with_suffix(".png").write_bytes(made.png)
        (folder / file).write_text(page(lang, charts), encoding="utf-8")
    size = sum(made.stat().st_size for made in (folder / "charts").iterdir())
    print(f"{len(charts)} charts in two languages, {size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
