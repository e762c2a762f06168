"""Colours by meaning, for light and dark pages; markers and dashes that work without colour.

A page sets the colours as CSS variables, so that one SVG serves a light and a dark page. Fates
differ by shape and by lightness as well as by colour, and lines by dash, so that a grey print and
a colour-blind reader lose nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workbook.charts.description import Dash, Sign
from workbook.outcomes import Fate


@dataclass(frozen=True)
class Colour:
    """A colour on a light page and on a dark one."""

    light: str
    dark: str


PALETTE: Mapping[str, Colour] = {
    "ink": Colour("#1b2631", "#e8ecf0"),
    "muted": Colour("#5b6773", "#a9b4bf"),
    "line": Colour("#8a97a4", "#7d8a97"),
    "faint": Colour("#dfe4e9", "#333d47"),
    "paper": Colour("#fefefd", "#14191e"),
    "fill": Colour("#f1f5f8", "#1f272f"),
    "band": Colour("#c9dff0", "#1d3f58"),
    "inner": Colour("#8fbfe0", "#2f658c"),
    "accent": Colour("#0b5a8c", "#8ccaf2"),
    "kernel": Colour("#a3480c", "#f2a36b"),
    "third": Colour("#87610f", "#dcb95f"),
    "goal": Colour("#0a4f7d", "#bfe3fb"),
    "ruin": Colour("#c4501b", "#d9602a"),
    "stuck": Colour("#e3a53a", "#e3b355"),
    "open": Colour("#d3dae1", "#46515c"),
}


@dataclass(frozen=True)
class FateSign:
    """The marker of a fate: its shape, its size, and whether it is hollow."""

    sign: Sign
    size: float
    hollow: bool = False


SIGNS: Mapping[Fate, FateSign] = {
    "goal": FateSign("disc", 1.0),
    "ruin": FateSign("cross", 0.96),
    "stuck": FateSign("square", 0.85),
    "open": FateSign("disc", 0.86, hollow=True),
}


@dataclass(frozen=True)
class SeriesStyle:
    """The style of one of several lines: colour, marker and dash."""

    colour: str
    sign: Sign
    dash: Dash


SERIES: Sequence[SeriesStyle] = (
    SeriesStyle("accent", "disc", ()),
    SeriesStyle("ruin", "square", (5.5, 2.4)),
    SeriesStyle("third", "up", (9.0, 2.4, 1.5, 2.4)),
    SeriesStyle("ink", "diamond", (1.5, 2.4)),
    SeriesStyle("line", "down", ()),
    SeriesStyle("kernel", "plus", (5.5, 2.4)),
)


def series_style(n: int) -> SeriesStyle:
    """Return the style of the n-th line; styles repeat after the last."""
    return SERIES[n % len(SERIES)]


def colour(name: str) -> str:
    """Return a colour for a light page."""
    return PALETTE[name].light


def css_variables(page: Literal["light", "dark"]) -> str:
    """Return all colours as CSS variables, for a light or a dark page."""
    return "".join(f"--wb-{name}:{getattr(c, page)};" for name, c in PALETTE.items())
