"""A sheet to draw on: shapes and letters become SVG, colours become CSS variables.

Whatever text comes in is made safe here: cleaned of what cannot be shown, escaped, and kept in its
own reading direction. Widths are estimated, for a string knows no font.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from workbook.charts.figure import Picture
from workbook.charts.marks import how_found
from workbook.charts.palette import PALETTE
from workbook.charts.style import clean
from workbook.outcomes import Outcomes
from workbook.words import Words

WIDTH = 420.0
SMALL, NORMAL, LARGE = 11.0, 12.5, 16.0
"""Sizes of letters on a sheet of that width; a narrow telephone shows it nearly one to one."""

FONT = "system-ui,'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif"
LATIN_EM = 0.53

Point = tuple[float, float]


def tint(name: str) -> str:
    """A colour of the palette as a page can set it."""
    return f"var(--wb-{name},{PALETTE[name].light})"


def short(number: float) -> str:
    """A length as few letters as a tenth of a unit needs."""
    return f"{number:.1f}".removesuffix(".0")


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """How wide a text stands, about: a Chinese character is 1, a Latin letter a good half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else LATIN_EM for c in text)


@lru_cache(maxsize=4096)
def fitted(text: str, width: float) -> str:
    """A text on one line of so many ems, cut with an ellipsis where it is longer."""
    text = clean(text)
    if ems(text) <= width:
        return text
    while text and ems(text) + 1 > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, width: float) -> list[str]:
    """A text on two lines at most, broken at a space, or anywhere between Chinese characters."""
    text = clean(text)
    if ems(text) <= width:
        return [text]
    end = max((n for n in range(1, len(text)) if ems(text[:n]) <= width), default=1)
    space = text.rfind(" ", 1, end + 1)
    end = space if space > 0 else end
    return [text[:end].rstrip(), fitted(text[end:].lstrip(), width)]


class Sheet:
    """Collects the parts of one drawing, `WIDTH` wide and as high as it says."""

    def __init__(self, height: float) -> None:
        self.height = height
        self._parts: list[str] = []

    def text(
        self,
        place: Point,
        text: str,
        *,
        size: float = SMALL,
        colour: str = "ink",
        anchor: str = "start",
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Write on one line; the place is its baseline at the anchor.

        With a `halo` it can be read on whatever lies below it.
        """
        x, y = place
        weight = ' font-weight="700"' if bold else ""
        if halo:
            weight += f' paint-order="stroke" stroke="{tint("paper")}" stroke-width="3"'
        self._parts.append(
            f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}" text-anchor="{anchor}"'
            f' fill="{tint(colour)}"{weight}>{escape(clean(text))}</text>'
        )

    def path(
        self,
        steps: str,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        dash: str = "",
    ) -> None:
        """Draw a path of SVG's own language."""
        look = f'fill="{tint(fill) if fill else "none"}"'
        if stroke:
            look += f' stroke="{tint(stroke)}" stroke-width="{short(width)}"'
        if dash:
            look += f' stroke-dasharray="{dash}"'
        self._parts.append(f'<path d="{steps}" {look}/>')

    def line(
        self, start: Point, end: Point, colour: str, width: float = 1.0, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        self.path(polyline((start, end)), stroke=colour, width=width, dash=dash)

    def box(self, corner: Point, size: Point, colour: str) -> None:
        """Fill a rectangle."""
        (x, y), (width, height) = corner, size
        steps = f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"
        self.path(steps, fill=colour)

    def svg(self, alt: str) -> str:
        """The drawing, with the text that stands for it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {short(WIDTH)}'
            f' {short(self.height)}" role="img" aria-label="{escape(alt)}"'
            f' style="max-width:620px;width:100%;height:auto;unicode-bidi:isolate"'
            f' font-family="{FONT}">{"".join(self._parts)}</svg>'
        )


def polyline(points: Iterable[Point], *, closed: bool = False) -> str:
    """A path through points."""
    steps = "L".join(f"{short(x)} {short(y)}" for x, y in points)
    return f"M{steps}{'z' if closed else ''}"


def disc(place: Point, radius: float) -> str:
    """A path around a disc."""
    x, y = place
    r = short(radius)
    turn = f"a{r} {r} 0 1 0 "
    return f"M{short(x - radius)} {short(y)}{turn}{short(2 * radius)} 0{turn}{short(-2 * radius)} 0"


def square(place: Point, half: float) -> str:
    """A path around a square."""
    x, y = place
    side = short(2 * half)
    return f"M{short(x - half)} {short(y - half)}h{side}v{side}h-{side}z"


def cross(place: Point, half: float) -> str:
    """The two strokes of an X."""
    x, y = place
    side = short(2 * half)
    left, top, low = short(x - half), short(y - half), short(y + half)
    return f"M{left} {top}l{side} {side}M{left} {low}l{side} -{side}"


def finished(
    sheet: Sheet,
    outcomes: Outcomes,
    words: Words,
    said: tuple[str, str],
    rows: Sequence[tuple[str, ...]],
) -> Picture:
    """The picture with all that is said about it; `said` is its title and its alternative text."""
    title, alt = (clean(text) for text in said)
    return Picture(
        svg=sheet.svg(alt),
        title=title,
        alt=alt,
        notes=(clean(how_found(outcomes, words)),),
        rows=tuple(tuple(map(clean, row)) for row in rows),
        data_label=words("The figures of this picture as a table"),
        lang=words.html_lang,
    )
