"""What all pictures share: the fonts, the signs, the sizes, and text made safe to draw.

Fates differ by shape and by lightness as well as by colour, so that a grey print and a
colour-blind reader lose nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.charts.palette import colour
from workbook.charts.pen.axes import on_a_page
from workbook.charts.pen.letters import FAMILY, drawable, letter, load_font
from workbook.outcomes import Fate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.4
"""Inches across a picture; a page shows it at the width of its text."""

SMALL, NORMAL, LARGE = 8.0, 9.0, 10.5
"""Sizes of text in points at that width."""

MISSING = "□"


SERIES: Sequence[tuple[str, str, str]] = (
    ("accent", "o", "-"),
    ("ruin", "s", "--"),
    ("third", "^", "-."),
    ("ink", "D", ":"),
    ("line", "v", "-"),
    ("kernel", "P", "--"),
)
"""Colour, marker and dash of each of several lines; after the last the first again."""


@dataclass(frozen=True)
class Sign:
    """How a fate looks without colour: a marker of its own, and whether it is filled."""

    marker: str
    size: float
    hollow: bool = False


SIGNS: Mapping[Fate, Sign] = {
    "goal": Sign("o", 13.0),
    "ruin": Sign("X", 12.5),
    "stuck": Sign("s", 11.0),
    "open": Sign("o", 11.5, hollow=True),
}


@contextmanager
def drawing(ax: Axes) -> Iterator[None]:
    """The house's fonts and sizes while the block lasts; the session's own settings come back."""
    if on_a_page(ax):  # it knows nothing else
        yield
        return
    from matplotlib import rc_context

    load_font()
    settings: Any = {
        "font.family": list(FAMILY),
        "font.size": NORMAL,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.unicode_minus": True,
    }
    with rc_context(settings):
        yield


def clean(text: str) -> str:
    """A text on one line and without what cannot be shown: control characters, lone surrogates.

    Signs that turn the direction of what follows go too, for they reach beyond the text itself.
    """
    spaced = " ".join(unicodedata.normalize("NFC", str(text)).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def safe(text: str) -> str:
    """A user's text as it can be drawn: clean, and □ for what the fonts do not have."""
    known = drawable()
    kept = (c for c in clean(text) if unicodedata.category(c) != "Mn")
    return "".join(c if ord(c) in known else MISSING for c in kept)


def columns(text: str) -> float:
    """How wide a text stands, in ems: a Chinese character is 1, a Latin letter about half."""
    return sum(letter(character).advance for character in text)


def wrap(text: str, width: float, lines: int) -> str:
    """A text on at most so many lines of so many ems; what does not fit ends in "…".

    Latin text breaks at spaces, Chinese anywhere except before its punctuation.
    """
    rows: list[str] = []
    left = safe(text)
    while left and len(rows) < lines:
        row, left = _row(left, width)
        rows.append(row)
    if left and rows:
        rows[-1] = shorten(f"{rows[-1]} {left}", width)
    return "\n".join(rows)


def shorten(text: str, width: float) -> str:
    """A text cut to so many ems, with an ellipsis where something was cut off."""
    text = safe(text)
    if columns(text) <= width:
        return text
    dots = "…" if any(unicodedata.east_asian_width(c) == "W" for c in text) else "..."
    while text and columns(text + dots) > width:
        text = text[:-1]
    return text.rstrip() + dots


def _row(text: str, width: float) -> tuple[str, str]:
    end = 0
    while end < len(text) and columns(text[: end + 1]) <= width:
        end += 1
    if end == len(text):
        return text, ""
    end = max(end, 1)
    for place in range(end, max(0, end - 14), -1):
        if _may_break(text, place):
            end = place
            break
    return text[:end].rstrip(), text[end:].lstrip()


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if after == " " or before in " -/":
        return True
    wide = (
        unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
    )
    return wide and after not in "，。；：！？、）》」』”…" and before not in "（《「『“"


def apart(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights for labels, each as near as may be to the one wanted and none nearer than `gap`.

    Between `low` and `high`, as long as they all fit there.
    """
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = list(heights)
    floor = low
    for n in order:
        placed[n] = floor = max(heights[n], floor)
        floor += gap
    ceiling = max(high, low + gap * (len(order) - 1))
    for n in reversed(order):
        placed[n] = min(placed[n], ceiling)
        ceiling = placed[n] - gap
    return placed


def bare(ax: Axes) -> None:
    """Take the frame and the ticks off an axes."""
    ax.set_axis_off()
    if not on_a_page(ax):
        ax.patch.set_alpha(0)


def quiet(ax: Axes) -> None:
    """A quiet frame: no box, thin lines, small muted labels."""
    if on_a_page(ax):
        return  # its frame is a quiet one
    ax.patch.set_alpha(0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(colour("line"))
    ax.tick_params(colors=colour("muted"), labelsize=SMALL, length=3, width=0.6)
    ax.tick_params(labelfontfamily=list(FAMILY))
    ax.grid(axis="y", color=colour("faint"), linewidth=0.6)
    ax.set_axisbelow(True)


def axis_label() -> dict[str, Any]:
    """How an axis is named; the font is said outright, for the label is as old as the axes."""
    return {
        "fontsize": SMALL,
        "color": colour("muted"),
        "fontfamily": list(FAMILY),
        "parse_math": False,
    }
