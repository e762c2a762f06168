"""Text on a chart: measured, wrapped, shortened, spread apart; marks and lines on sources.

Widths are those of the bundled font, Noto Sans SC; no font file is opened. A page shows the letters
of its reader's own font in the same space (`svg`), so that this layout holds with any font.

◇ marks what depends on a figure that was assumed so that the case can be played.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from workbook.figures import NEVER_SEEN
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import Words

if TYPE_CHECKING:
    from workbook.cases import Basis


ADVANCES = {
    0.224: " ", 0.27: "|", 0.275: "ij", 0.278: "',.:;′", 0.284: "l", 0.293: "I", 0.323: "!",
    0.325: "f", 0.338: "()[]{}", 0.347: "-", 0.37: "°", 0.377: "t", 0.388: "r", 0.392: "/\\",
    0.457: "ℓ", 0.467: "*", 0.468: "s", 0.474: '"?″', 0.475: "z", 0.498: "x", 0.51: "c",
    0.521: "vy", 0.531: "Y", 0.535: "J", 0.536: "–", 0.543: "L", 0.552: "Fk", 0.554: "e",
    0.555: "#$+0123456789<=>^~¤€−", 0.559: "_", 0.563: "a", 0.564: "g", 0.573: "X", 0.575: "V",
    0.589: "E", 0.596: "S", 0.599: "T", 0.6: "ˇ", 0.603: "Z", 0.606: "`o¨", 0.607: "hu",
    0.608: "A", 0.61: "n", 0.618: "b", 0.62: "dpq", 0.633: "P", 0.635: "R", 0.638: "C",
    0.646: "K", 0.657: "B", 0.68: "&", 0.683: "✓", 0.688: "D", 0.689: "G", 0.721: "U",
    0.723: "N", 0.728: "H", 0.742: "OQ", 0.802: "w", 0.812: "M", 0.878: "W", 0.894: "—",
    0.921: "%", 0.926: "m", 0.946: "@", 0.997: "№",
}  # fmt: skip
"""Characters by width in ems; every other character of the bundled font is one em wide."""

NARROWER = {character: wide for wide, alike in ADVANCES.items() for character in alike}
ELSEWHERE = 0.62
"""Approximate width of a letter that the bundled font does not have."""

SIGNS = "·≅∋▼▽✗✔✘✕"
"""Symbols one em wide that the bundled font has beyond GB2312."""


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """Return a text on one line without control characters and lone surrogates.

    Signs that turn the direction of what follows go too, for they reach beyond the text itself.
    """
    spaced = " ".join(unicodedata.normalize("NFC", str(text)).split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


QUOTES = str.maketrans("“”‘’", "\"\"''")


@lru_cache(maxsize=8192)
def straight(text: str) -> str:
    """Replace curly quotes in text without Chinese: the bundled font's are one em wide."""
    chinese = not text.isascii() and any(unicodedata.east_asian_width(c) in "WF" for c in text)
    return text if chinese else text.translate(QUOTES)


@lru_cache(maxsize=8192)
def ems(text: str) -> float:
    """Return the width of a text: a Chinese character is 1, a Latin letter about half."""
    return sum(map(_advance, straight(text)))


@lru_cache(maxsize=2048)
def _advance(character: str) -> float:
    known = NARROWER.get(character)
    if known is not None:
        return known
    if unicodedata.east_asian_width(character) in "WF" or _of_gb2312(character):
        return 1.0
    return 0.0 if unicodedata.category(character) == "Mn" else ELSEWHERE


def _of_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2 or character in SIGNS
    except UnicodeEncodeError:
        return character in SIGNS


@lru_cache(maxsize=8192)
def measured(text: str) -> bool:
    """Tell whether the width of a text is known: not of joining scripts, nor of emoji."""
    return text.isascii() or not any(
        unicodedata.bidirectional(c) in ("R", "AL") or unicodedata.category(c) in ("Mn", "Cn")
        for c in text
        if c not in NARROWER and unicodedata.east_asian_width(c) not in "WF"
    )


@lru_cache(maxsize=8192)
def shorten(text: str, width: float) -> str:
    """Shorten a text to `width` ems, with an ellipsis if something was cut off."""
    text = clean(text)
    if ems(text) <= width:
        return text
    dots = "…" if any(unicodedata.east_asian_width(c) == "W" for c in text) else "..."
    room, end = width - ems(dots), 0
    while end < len(text) and (room := room - _advance(text[end])) >= 0:
        end += 1
    return text[:end].rstrip() + dots


def wrap(text: str, width: float, lines: int) -> str:
    """Wrap a text to at most `lines` lines of `width` ems; what does not fit ends in "…".

    Latin text breaks at spaces, Chinese anywhere except before its punctuation.
    """
    rows: list[str] = []
    left = clean(text)
    while left and len(rows) < lines:
        row, left = _row(left, width)
        rows.append(row)
    if left and rows:
        rows[-1] = shorten(f"{rows[-1]} {left}", width)
    return "\n".join(rows)


def widest(texts: Sequence[str]) -> float:
    """Return the width in ems of the widest line of several texts."""
    return max((ems(line) for text in texts for line in text.split("\n")), default=0.0)


def _row(text: str, width: float) -> tuple[str, str]:
    end, room = 0, width
    while end < len(text) and (room := room - _advance(text[end])) >= 0:
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


def spread_apart(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return heights for labels, each close to the wanted one and none nearer than `gap`.

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


ASSUMED = "◇"

Bases: TypeAlias = "Mapping[str, Basis]"
"""The source of each figure by its dotted path in the plan (`Case.basis`)."""


def is_assumed(basis: Bases | None, *paths: str) -> bool:
    """Tell whether any figure at or below these paths of the plan is assumed."""
    for place, found in (basis or {}).items():
        under = any(place == path or place.startswith(f"{path}.") for path in paths)
        if under and found.kind == "assumed":
            return True
    return False


def marked(label: str, basis: Bases | None, *paths: str) -> str:
    """Return the label, followed by ◇ if it depends on an assumed figure."""
    return f"{label} {ASSUMED}" if is_assumed(basis, *paths) else label


def source_label(basis: Bases | None, path: str) -> str:
    """Return the source of a figure in brief: the claims that state it, or ◇."""
    found = (basis or {}).get(path)
    if found is None or found.kind == "yours":
        return ""
    if found.kind == "stated" and found.fact is not None:
        return ", ".join(found.fact.claims)
    return ASSUMED if found.kind == "assumed" else ""


def numbers(plan: Plan) -> dict[str, int]:
    """Return the number of each attempted milestone: its place in the plan, from 1."""
    return {milestone.id: n for n, milestone in enumerate(plan.attempted, 1)}


def assumed_line(basis: Bases | None, words: Words) -> str:
    """Explain ◇ and count the assumed figures; empty without assumed figures."""
    kinds = [found.kind for found in (basis or {}).values()]
    assumed = kinds.count("assumed")
    if not assumed:
        return ""
    template = "◇ rests on assumed figures ({assumed} of {all} figures of this plan are assumed)"
    return words(template, assumed=assumed, all=len(kinds))


def how_found(outcomes: Outcomes, words: Words) -> str:
    """Return the method that gave the figures, and its error."""
    if outcomes.how == "exact":
        return words("computed exactly")
    if not set(outcomes.fates.values()) - {0.0, 1.0}:
        lives = words("simulated: {n} lives", n=outcomes.runs)
        return words("{first}; {second}", first=lives, second=never_seen(outcomes, words))
    error = max(outcomes.fates_error.values(), default=0.0)
    shown = words.number(200 * error, error=0.1)
    return words("simulated: {n} lives, ±{error} points", n=outcomes.runs, error=shown)


def never_seen(outcomes: Outcomes, words: Words) -> str:
    """Return the fates that no simulated life met, with an upper bound; empty without any."""
    fates = words.list(words.fate(fate) for fate in outcomes.never_seen)
    if not fates:
        return ""
    template = "never seen: {fates}, each in fewer than {k} of {n} lives"
    if len(outcomes.never_seen) == 1:
        template = "never seen: {fates}, in fewer than {k} of {n} lives"
    return words(template, fates=fates, k=NEVER_SEEN, n=outcomes.runs)
