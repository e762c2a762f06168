"""Letters as outlines: a page looks the same where none of its fonts is installed.

The fonts are read from memory: a font that draws from an open file would, after a fork, read at the
place of the other process. What is found for a character is kept.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.charts.pen.steps import outline

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

FAMILY = ("Noto Sans SC", "DejaVu Sans")
UNITS = 320
"""Outlines are whole numbers of so many to an em: finer than print shows at our sizes."""

ASCENT, DESCENT = 0.88, 0.12
"""How far a line reaches above and below its letters' feet, in ems, as the first font says."""


@dataclass(frozen=True)
class Letter:
    """A character as it is drawn; lengths in ems, `steps` in `UNITS` to an em.

    Attributes
    ----------
    ink
        How low and how high it reaches; None where nothing is drawn, as of a space.
    """

    advance: float
    ink: tuple[float, float] | None
    steps: str


@dataclass(frozen=True)
class Line:
    """A line of letters: each with its place, and how far their ink reaches, in ems."""

    places: tuple[tuple[str, float], ...]
    width: float
    ascent: float
    descent: float


@cache
def fonts() -> tuple[FT2Font, ...]:
    """The two fonts, in the order in which a character is looked for."""
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    bundled = files("workbook.fonts") / "NotoSansSC-subset.otf"
    others = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    found = tuple(FT2Font(BytesIO(font.read_bytes())) for font in (bundled, others))
    for font in found:
        font.set_size(UNITS, 72)
    return found


@cache
def drawable() -> frozenset[int]:
    """The characters that the two fonts can draw."""
    return frozenset(code for font in fonts() for code in font.get_charmap())


@lru_cache(maxsize=8192)
def letter(text: str) -> Letter:
    """A character; or a whole text that has to be shaped, as one."""
    if len(text) > 1:
        return _shaped(text)
    from matplotlib.ft2font import LoadFlags

    code = ord(text)
    font = next((font for font in fonts() if font.get_char_index(code)), fonts()[0])
    glyph = font.load_char(code, flags=LoadFlags.NO_HINTING)
    _, low, _, high = (side / 64 / UNITS for side in glyph.bbox)
    points, codes = font.get_path()
    steps = outline(points.tolist(), codes.tolist())
    ink = (low, high) if steps else None
    return Letter(glyph.linearHoriAdvance / 65536 / UNITS, ink, steps)


def _shaped(text: str) -> Letter:
    """Letters that join, or run from right to left: matplotlib knows how."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    load_font()
    path = TextPath((0, 0), text, UNITS, prop=FontProperties(family=list(FAMILY)))
    box = path.get_extents()
    steps = outline(path.vertices.tolist(), path.codes.tolist())
    ink = (box.y0 / UNITS, box.y1 / UNITS) if steps else None
    return Letter(box.x1 / UNITS, ink, steps)


@lru_cache(maxsize=4096)
def line(text: str) -> Line:
    """A text on one line."""
    parts = [text] if _needs_shaping(text) else list(text)
    places: list[tuple[str, float]] = []
    x = high = low = 0.0
    for part in parts:
        found = letter(part)
        if found.ink is not None:
            low, high = min(low, found.ink[0]), max(high, found.ink[1])
            places.append((part, x))
        x += found.advance
    return Line(tuple(places), x, high, -low)


@cache
def load_font() -> None:
    """Make the bundled Chinese font known to matplotlib, once."""
    from matplotlib.font_manager import fontManager

    with as_file(files("workbook.fonts") / "NotoSansSC-subset.otf") as path:
        fontManager.addfont(path)


def _needs_shaping(text: str) -> bool:
    return len(text) > 1 and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
