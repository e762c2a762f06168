"""No label is written over the colour of another series: read from the SVG, as a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from examples import by_hand, examples
from pictured import results
from strategies import plans
from workbook.builder.view.chart_pages import CHARTS
from workbook.cases import examples as example_cases
from workbook.cases import load, shipped
from workbook.charts import chain, crossing
from workbook.charts.description import NARROW, WIDE
from workbook.charts.picture import picture
from workbook.outcomes import Outcomes
from workbook.plan import LogEntry
from workbook.play import play
from workbook.words import Words

NAME = "{http://www.w3.org/2000/svg}"
STEP = re.compile(r"([MLlhvaz])([^MLlhvaz]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TOUCH = 4.0
"""Tenths of a point by which a letter's box may reach into an area: it is empty there."""


@dataclass
class Area:
    """A filled outline, in tenths of a point, and its colour."""

    colour: str
    outline: Path


def colour_of(part: ET.Element) -> str:
    """Return the name of the palette: `band` of `var(--wb-band,#c9dff0)`."""
    found = re.match(r"var\(--wb-(\w+)", part.get("fill", "var(--wb-ink"))
    return found[1] if found else "none"


def outlines(steps: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the closed outlines of a path; the arcs of a rounded corner are taken as straight."""
    at, points = (0.0, 0.0), []
    for key, rest in STEP.findall(steps):
        values = [float(value) for value in NUMBER.findall(rest)]
        if key == "z":
            yield points
            continue
        if key == "a":
            values = [value for n in range(0, len(values), 7) for value in values[n + 5 : n + 7]]
        if key in "hv":
            values = [
                value for one in values for value in ((one, 0.0) if key == "h" else (0.0, one))
            ]
        for right, down in zip(values[::2], values[1::2], strict=True):
            at = (right, down) if key in "ML" else (at[0] + right, at[1] + down)
            points = [at] if key == "M" else [*points, at]


def areas(drawing: ET.Element) -> list[Area]:
    """Every filled outline of a picture."""
    return [
        Area(colour_of(part), Path([*points, points[0]], closed=True))
        for part in drawing.iter(f"{NAME}path")
        if colour_of(part) not in ("none", "paper")
        for points in outlines(part.get("d", ""))
    ]


def labels(drawing: ET.Element) -> Iterator[tuple[str, str, Bbox]]:
    """Every text with its colour and the box of its letters."""
    for part in drawing.iter(f"{NAME}text"):
        size, text = float(part.get("font-size", 0)), part.text or ""
        wide = float(part.get("textLength", 0.6 * size * len(text)))
        anchor = {"middle": 0.5, "end": 1.0}.get(part.get("text-anchor", ""), 0.0)
        left, foot = float(part.get("x", 0)) - anchor * wide, float(part.get("y", 0))
        yield (
            text,
            colour_of(part),
            Bbox([[left + TOUCH, foot - 0.7 * size + TOUCH], [left + wide - TOUCH, foot - TOUCH]]),
        )


def covered(svg: str) -> list[tuple[str, str]]:
    """Labels that are written over the area of another colour, each with that colour."""
    drawing = ET.fromstring(svg)
    filled = areas(drawing)
    return [
        (text, area.colour)
        for text, colour, box in labels(drawing)
        for area in filled
        if area.colour != colour and area.outline.intersects_bbox(box, filled=True)
    ]


def check(played: Outcomes, lang: str, width: float) -> None:
    """Every chart that the builder has for a plan."""
    words = Words(lang)
    for id, chart in CHARTS.items():
        if chart.applies(played):
            drawn = picture(*chart.result(played, words), words, width=width, rows=False)
            assert covered(drawn.svg) == [], (id, played.plan.id)


def test_a_label_over_another_colour_is_found():
    """The check sees a label within a band, and not one beside it or in its own colour."""
    text = '<text x="{}" y="50" font-size="40" fill="var(--wb-{})" textLength="60">ab</text>'
    band = '<path d="M100 0l200 0 0 100-200 0z" fill="var(--wb-band,#fff)"/>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    over = [covered(svg.format(band + text.format(x, "ink"))) for x in (20, 80, 150, 310)]
    assert over == [[], [("ab", "band")], [("ab", "band")], []]
    assert covered(svg.format(band + text.format(150, "band"))) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", by_hand([*shipped(), *example_cases()]))
def test_no_label_of_a_case_is_over_another_colour(case, lang):
    """The four cases and the ten examples: runway, bands, timeline, as wide as they may be."""
    played = play(load(case).plan, runs=300, how="simulated")
    for width in (NARROW, WIDE):
        check(played, lang, width)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_label_of_any_chart_is_over_another_colour(lang):
    """All charts, but for those whose labels name the very area that they stand in."""
    words = Words(lang)
    for chart, result in results(words):
        if chart not in (chain, crossing):
            drawn = picture(chart, result, words, width=NARROW, rows=False)
            assert covered(drawn.svg) == [], chart.__name__


@given(plan=plans())
@examples(60)
def test_no_label_of_any_plan_is_over_another_colour(plan):
    """Drawn plans: bands of every shape."""
    check(play(plan, runs=100, how="simulated"), "en", NARROW)


@pytest.mark.parametrize("week", [1, 5, 12, 30])
@pytest.mark.parametrize("case", by_hand(shipped()))
def test_today_is_not_written_over_the_band(case, week):
    """A plan with a log has a line at today, wherever that is on the weeks."""
    plan = load(case).plan
    cash = None if plan.cash is None else plan.cash * 2
    entry = LogEntry(week=week, cash=cash) if cash else LogEntry(week=week, decision="go")
    check(play(plan.model_copy(update={"log": (entry,)}), runs=300), "en", NARROW)
