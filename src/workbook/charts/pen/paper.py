"""A sheet that collects what is drawn on it and becomes the inside of an SVG.

Its colours are CSS variables, so that one picture serves a light and a dark page; its ids are made
from what is drawn, so that the same picture has the same bytes and two pictures share no id.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from workbook.charts.palette import PALETTE
from workbook.charts.pen.letters import UNITS, Line, letter
from workbook.charts.pen.steps import Point, short

TOKENS = {shades.light: f"var(--wb-{name},{shades.light})" for name, shades in PALETTE.items()}


@dataclass(frozen=True)
class Look:
    """How a path is drawn: colours as charts name them, lengths in points; None: not at all."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: str = ""
    cap: str = ""
    join: str = ""

    @property
    def said(self) -> str:
        """The attributes of the path."""
        said = f' fill="{tint(self.fill)}"'
        if self.stroke is None or not self.width:
            return said
        said += f' stroke="{tint(self.stroke)}"'
        if self.width != 1.0:
            said += f' stroke-width="{short(self.width)}"'
        ways = (("dasharray", self.dash), ("linecap", self.cap), ("linejoin", self.join))
        return said + "".join(f' stroke-{way}="{how}"' for way, how in ways if how)


def tint(colour: str | None) -> str:
    """A colour of the palette as a page can set it."""
    return "none" if colour in (None, "none") else TOKENS[colour]


class Paper:
    """So many points wide and high, with its zero at the upper left."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []
        self._letters: dict[str, int] = {}
        self._clips: dict[str, int] = {}

    def path(self, steps: str, look: Look, clip: str = "") -> None:
        """Draw a path; what lies outside of the clip, a path too, is cut off."""
        cut = f' clip-path="url(#c{self._clip(clip)})"' if clip else ""
        if steps:
            self._parts.append(f'<path d="{steps}"{look.said}{cut}/>')

    def _clip(self, steps: str) -> int:
        return self._clips.setdefault(steps, len(self._clips))

    def line(self, place: Point, line: Line, size: float, colour: str, angle: float = 0.0) -> None:
        """Write a line; the place is where its first letter stands."""
        if not line.places:
            return
        turned = f" rotate({short(-angle)})" if angle else ""
        scale = f"{size / UNITS:.6f}".rstrip("0")
        where = f"translate({short(place[0])} {short(place[1])}){turned} scale({scale} -{scale})"
        known = self._letters
        uses = "".join(
            f'<use href="#l{known.setdefault(text, len(known))}" x="{round(x * UNITS)}"/>'
            for text, x in line.places
        )
        self._parts.append(f'<g fill="{tint(colour)}" transform="{where}">{uses}</g>')

    def svg(self, key: str = "") -> str:
        """What stands between `<svg>` and `</svg>`; `key` tells apart two like pictures."""
        clips = "".join(
            f'<clipPath id="c{n}"><path d="{steps}"/></clipPath>'
            for steps, n in self._clips.items()
        )
        outlines = "".join(
            f'<path id="l{n}" d="{letter(text).steps}"/>' for text, n in self._letters.items()
        )
        drawn = "".join(self._parts)
        body = f"<defs>{clips}{outlines}</defs>{drawn}"
        own = "w" + sha256((key + body).encode("utf-8", "replace")).hexdigest()[:7] + "-"
        for before in ('id="', 'href="#', "url(#"):
            body = body.replace(before, before + own)
        return body
