"""The pen of a page beside matplotlib: one drawing of each picture, the same on both."""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from pictured import canvas, results
from workbook.charts.figure import WHOLE, picture
from workbook.charts.palette import PALETTE, colour
from workbook.charts.pen.axes import Axes
from workbook.charts.pen.letters import letter, line
from workbook.charts.pen.paper import Paper
from workbook.charts.style import drawing, safe
from workbook.words import Words

NEAR = 0.1
"""Points by which the two may differ: less than the thickness of the thinnest line."""


@dataclass
class Copied(Paper):
    """A paper that remembers where each line of letters begins and how far each shape reaches."""

    width: float
    height: float
    texts: list[tuple[str, float, float]] = field(default_factory=list)
    shapes: list[tuple[str, float, float, float, float]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(self.width, self.height)

    def path(self, steps, look, clip=""):
        super().path(steps, look, clip)
        if steps:
            points = list(corners(steps))
            shade = look.fill if look.fill not in (None, "none") else look.stroke
            self.shapes.append((shade, *reach(points)))

    def line(self, place, line, size, colour, angle=0.0):
        super().line(place, line, size, colour, angle)
        said = "".join(text for text, _ in line.places)
        self.texts.append((said, *place))


def corners(steps):
    """The corners of a path of straight steps, and the ends of a disc."""
    x = y = 0.0
    for command, numbers in re.findall(r"([Mlhvaz])([^Mlhvaz]*)", steps):
        found = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = found
        elif command == "a":
            radius, x = found[0], x + found[5]
            yield x, y - radius
            yield x, y + radius
        elif command in "lhv":
            across = found[0] if command in "lh" else 0.0
            x, y = x + across, y + (found[-1] if command in "lv" else 0.0)
        yield x, y


def reach(points):
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def on_paper(chart, result, words):
    width, height = (72 * inches for inches in chart.size(result))
    left, foot, wide, high = getattr(chart, "FRAME", WHOLE)
    paper = Copied(width, height)
    axes = Axes(paper, (left * width, (1 - foot - high) * height, wide * width, high * height))
    chart.draw(result, axes, words)
    axes.finish()
    return paper


def texts_of(figure: Figure):
    """Each line of letters that matplotlib writes, and where it begins."""
    out = BytesIO()
    with drawing(figure.axes[0]):
        figure.savefig(out, format="svg")
    drawn = out.getvalue().decode()
    written = r"<!-- ([^\n]*) -->\s*<g [^>]*transform=\"translate\(([\d.-]+) ([\d.-]+)\)"
    return [
        (said.replace(" ", ""), float(x), float(y)) for said, x, y in re.findall(written, drawn)
    ]


def shapes_of(figure: Figure):
    """How far each line, polygon and band that matplotlib draws reaches, and its colour."""
    height = figure.get_figheight() * 72
    for axes in (child for top in figure.axes for child in (top, *top.child_axes)):
        paths = [
            (line.get_color(), line.get_transform().transform_path(line.get_path()))
            for line in axes.lines
            if line.get_linestyle() != "None" and len(line.get_xdata()) > 1
        ]
        paths += [
            (patch.get_facecolor(), patch.get_transform().transform_path(patch.get_path()))
            for patch in axes.patches
        ]
        for band in (one for one in axes.collections if isinstance(one, PolyCollection)):
            paths += [
                (band.get_facecolor()[0], axes.transData.transform_path(p))
                for p in band.get_paths()
            ]
        scale = 72 / figure.dpi
        for shade, path in paths:
            points = [(x * scale, height - y * scale) for x, y in path.vertices]
            yield shade, *reach(points)
        for row in (one for one in axes.lines if one.get_marker() not in ("None", "")):
            far = row.get_markersize() / 2 * (2**0.5 if row.get_marker() == "D" else 1)
            places = row.get_transform().transform(row.get_xydata())
            left, top, right, foot = reach([(x * scale, height - y * scale) for x, y in places])
            yield row.get_color(), left - far, top - far, right + far, foot + far


def near(one, other):
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_shows_every_letter_where_matplotlib_puts_it(lang):
    """Each line of text stands on the page where it stands on anyone's axes."""
    words = Words(lang)
    for chart, result in results(words):
        paper = on_paper(chart, result, words)
        ours = [(said.replace(" ", ""), x, y) for said, x, y in paper.texts if said.strip()]
        theirs = texts_of(canvas(chart, result, words))
        assert sorted(t[0] for t in ours) == sorted(t[0] for t in theirs), chart.__name__
        for said, *place in theirs:
            assert any(said == o[0] and near(place, o[1:]) for o in ours), (chart.__name__, said)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_shows_every_shape_where_matplotlib_puts_it(lang):
    """Each line, band and box reaches as far on the page as on anyone's axes."""
    words = Words(lang)
    for chart, result in results(words):
        figure = canvas(chart, result, words)
        figure.draw_without_rendering()
        ours = [shape[1:] for shape in on_paper(chart, result, words).shapes]
        found = list(shapes_of(figure))
        assert found, chart.__name__
        for shade, *ends in found:
            assert any(near(ends, o) for o in ours), (chart.__name__, shade, ends)


def test_what_reaches_over_the_axes_is_cut_off():
    """A line that leaves the axes is clipped at its edge, one that stays inside is not."""
    paper = Paper(100, 100)
    axes = Axes(paper, (10, 10, 80, 80))
    axes.set_axis_off()
    axes.plot([0, 1], [0, 1], color=colour("ink"))
    axes.finish()
    assert "clip-path" not in paper.svg()
    axes.plot([0, 2], [0, 1], color=colour("ink"))
    axes.finish()
    assert 'clip-path="url(#' in paper.svg()


def test_letters_that_join_are_shaped():
    """Arabic joins its letters and runs from right to left, as matplotlib's shaper has it."""
    text = safe("مرحلة البداية")
    assert len(line(text).places) == 1
    apart = sum(letter(c).advance for c in text)
    assert 0.3 * apart < line(text).width < apart
    assert len(line("abc 里程碑").places) == 6


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no list of open files here")
def test_no_font_stays_open():
    """Fonts are read from memory: kernels that share an open file read at each other's place."""
    code = (
        "import os\n"
        "from workbook.charts.style import columns\n"
        "columns('warm 热 ♠')\n"
        "names = [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')\n"
        "         if os.path.exists(f'/proc/self/fd/{n}')]\n"
        "assert not [name for name in names if name.endswith(('.otf', '.ttf'))], names\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_the_pen_knows_every_colour_and_no_other():
    """A colour that no page can set is a mistake in a chart, found when it is drawn."""
    paper = Paper(10, 10)
    axes = Axes(paper, (0, 0, 10, 10))
    axes.set_axis_off()
    for name in PALETTE:
        axes.fill([0, 1, 1], [0, 0, 1], color=colour(name))
    axes.finish()
    assert paper.svg().count("var(--wb-") == 2 * len(PALETTE)
    axes.fill([0, 1, 1], [0, 0, 1], color="#123456")
    with pytest.raises(KeyError):
        axes.finish()


def test_like_pictures_share_their_letters_but_no_id():
    """Each letter's outline is there once in a picture, however often it is written."""
    words = Words("en")
    chart, result = results(words)[4]
    svg = picture(chart, result, words).svg
    outlines = re.findall(r'<path id="[^"]+" d="([^"]+)"', svg)
    assert outlines
    assert len(outlines) == len(set(outlines))


def test_what_is_not_known_is_not_drawn():
    """A line stops where a figure is missing and goes on after it; no marker stands there."""
    paper = Paper(100, 100)
    axes = Axes(paper, (0, 0, 100, 100))
    axes.set_axis_off()
    axes.set_xlim(0, 3)
    gone = float("nan")
    axes.plot([0, 1, 2, 3], [0, gone, 0.5, 1], marker="o", color=colour("ink"))
    axes.finish()
    line, dots = re.findall(r' d="([^"]*)"', paper.svg())
    assert line.count("M") == 2
    assert dots.count("M") == 3
    assert "nan" not in paper.svg()
