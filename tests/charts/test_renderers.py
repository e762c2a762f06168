"""Two renderers, one description: what a page shows is what matplotlib's axes show."""

import re
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Annotation

from examples import by_hand
from pictured import canvas, results, texts
from workbook.charts.artists import drawable_text
from workbook.charts.description import NARROW, WIDE
from workbook.charts.svg import svg
from workbook.words import Words

NEAR = 0.2
"""Points by which the two may differ: a page's places are whole tenths."""

BOTH = pytest.mark.parametrize("words", by_hand([Words("zh"), Words("en")]), ids=["zh", "en"])
WIDTHS = pytest.mark.parametrize("width", by_hand([NARROW, WIDE]))


def options(chart, width):
    return {} if chart.__name__.endswith("shares") else {"width": width}


def page(chart, result, words, width):
    """The texts of a page with their places, and how far each of its shapes reaches, in points."""
    root = ET.fromstring(svg(chart.describe(result, words, **options(chart, width)), "t", "a"))
    texts, shapes = [], []
    for node in root.iter():
        name = node.tag.rsplit("}", 1)[-1]
        if name == "text":
            place = float(node.get("x")) / 10, float(node.get("y")) / 10
            texts.append(
                (drawable_text(unescape(node.text)), node.get("text-anchor", "start"), *place)
            )
        if name == "path":
            shapes.append(reach(corners(node.get("d"))))
    return texts, shapes


def corners(steps):
    """The corners of a path, in points; of a disc its four sides."""
    x = y = 0.0
    found = []
    for command, numbers in re.findall(r"([MLlhvaz])([^MLlhvaz]*)", steps):
        n = [float(number) / 10 for number in re.findall(r"-?\d+", numbers)]
        if command in "ML":
            x, y = n
        elif command == "a":
            wide, radius = abs(n[5]) > n[0] * 1.5, n[0]
            x, y = x + n[5], y + n[6]
            found += [(x, y - radius), (x, y + radius)] if wide else []
        elif command == "h":
            x += n[0]
        elif command == "v":
            y += n[0]
        elif command == "l":
            for across, down in zip(n[::2], n[1::2], strict=True):
                x, y = x + across, y + down
                found.append((x, y))
        found.append((x, y))
    return found


def reach(points):
    xs, ys = zip(*((x, y) for x, y in points if np.isfinite(x) and np.isfinite(y)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def axes(chart, result, words, width):
    """The same of matplotlib's figure."""
    figure = canvas(chart, result, words, **options(chart, width))
    figure.set_dpi(72)
    figure.draw_without_rendering()
    high = figure.bbox.height
    texts, shapes = [], []
    for ax in (one for top in figure.axes for one in (top, *top.child_axes)):
        for note in (one for one in ax.texts if isinstance(one, Annotation)):
            x, y = ax.transData.transform(note.xy)
            right, up = note.xyann
            side = {"left": "start", "center": "middle", "right": "end"}[note.get_ha()]
            texts.append((note.get_text(), side, x + right, high - y - up))
        shapes += [flipped(box, high) for box in drawn(ax)]
    return texts, shapes


def flipped(points, high):
    return reach([(x, high - y) for x, y in points])


def drawn(ax):
    """The corners of every line, sign, band and box."""
    for line in ax.lines:
        places = line.get_transform().transform(line.get_xydata())
        if line.get_marker() in ("None", ""):
            yield places
            continue
        far = line.get_markersize() / 2 * (2**0.5 if line.get_marker() == "D" else 1)
        yield [(x + dx, y + dy) for x, y in places for dx, dy in ((-far, -far), (far, far))]
    for band in (one for one in ax.collections if isinstance(one, PolyCollection)):
        yield ax.transData.transform(np.concatenate([p.vertices for p in band.get_paths()]))
    for patch in ax.patches:
        if isinstance(patch, FancyBboxPatch):
            x, y, wide, high = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
            yield ax.transData.transform([(x, y), (x + wide, y + high)])
        else:
            yield patch.get_transform().transform_path(patch.get_path()).vertices


@WIDTHS
@BOTH
def test_both_renderers_write_every_label_at_the_same_place(words, width):
    """Text, anchor and place are the same on a page and on axes, for every chart."""
    for chart, result in results(words):
        ours, theirs = (draw(chart, result, words, width)[0] for draw in (page, axes))
        assert theirs or chart.__name__.endswith(("shares", "spread"))
        for text, side, *place in theirs:
            there = [t[2:] for t in ours if t[:2] == (text, side)]
            assert any(np.allclose(place, t, atol=NEAR) for t in there), (chart.__name__, text)


@WIDTHS
@BOTH
def test_both_renderers_draw_every_mark_at_the_same_place(words, width):
    """Each line, band, box and sign reaches as far on a page as on axes, for every chart."""
    for chart, result in results(words):
        ours, theirs = (draw(chart, result, words, width)[1] for draw in (page, axes))
        assert theirs, chart.__name__
        bars = np.array(ours)
        for ends in theirs:
            near = np.abs(bars - np.array(ends)).max(axis=1).min()
            inside = within(ends, ours)
            assert near <= NEAR or inside, (chart.__name__, ends)


def within(ends, shapes):
    """Whether a box is one of several that a page draws as one path: it lies in their reach."""
    return any(
        s[0] - NEAR <= ends[0]
        and s[1] - NEAR <= ends[1]
        and ends[2] <= s[2] + NEAR
        and ends[3] <= s[3] + NEAR
        and (abs(s[0] - ends[0]) <= NEAR or abs(s[3] - ends[3]) <= NEAR)
        for s in shapes
    )


@BOTH
def test_the_ticks_of_both_stand_at_the_same_values(words):
    """What stands at the foot and at the left of a panel is the same, in the same order."""
    for chart, result in results(words):
        figure, shown = canvas(chart, result, words), chart.describe(result, words)
        panels = [one for top in figure.axes for one in (top, *top.child_axes)]
        for ax, panel in zip(panels, shown.panels, strict=True):
            for axis, scale in ((ax.xaxis, panel.x), (ax.yaxis, panel.y)):
                reported = [label.get_text() for label in axis.get_ticklabels()]
                assert reported == [drawable_text(text) for _, text in scale.ticks]
                assert list(axis.get_ticklocs()) == pytest.approx([at for at, _ in scale.ticks])


def test_signs_are_painted_over_lines_in_the_order_of_the_description():
    """Later marks lie over earlier ones on axes too, as they do on a page."""
    words = Words("en")
    for chart, result in results(words):
        ax = canvas(chart, result, words).axes[0]
        orders = [line.get_zorder() for line in ax.lines]
        assert all(a <= b for a, b in pairwise(orders))


@BOTH
def test_axes_as_large_as_a_picture_show_that_picture(words):
    """Drawn where it has the room that it was described with, a chart is laid out the same."""
    for chart, result in results(words):
        ax = canvas(chart, result, words).axes[0]
        lines = [line for text in texts(chart, result, words) for line in text.split("\n")]
        drawn = [note.get_text() for note in ax.figure.findobj(Annotation)]
        assert drawn == [drawable_text(line) for line in lines if line]
