"""Spacing where pieces of Chinese text are joined, so that sentences work with any value.

There is no space between two Chinese characters, and a space between a Chinese character and a
Latin letter or a figure. Text inside a piece is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[0-9A-Za-z%$€£¥<>+±\N{MINUS SIGN}]")
ENCLOSED = re.compile("“[^”]*”|（[^）]*）")
JOINING = re.compile("[，、和；：]")
FOLDED = re.compile(rf"(?<={CHINESE.pattern}) (?={CHINESE.pattern})")


def folded(text: str) -> str:
    """Remove the spaces that YAML's line folding leaves between two Chinese characters."""
    return FOLDED.sub("", text)


def joined(pieces: Iterable[str]) -> str:
    """Join the pieces with the spacing that Chinese readers expect."""
    told = ""
    for piece in pieces:
        told = _seam(told, piece) if told and piece else told + piece
    return told


def _seam(left: str, right: str) -> str:
    before, after = left.removesuffix(" "), right.removeprefix(" ")
    one, other = before[-1:], after[:1]
    if CHINESE.match(one) and CHINESE.match(other):
        return before + after
    if (HAN.match(one) and LATIN.match(other)) or (LATIN.match(one) and HAN.match(other)):
        return f"{before} {after}"
    return left + right


def listed(items: Sequence[str]) -> str:
    """Join several items: `甲、乙和丙`; with quotes where an item could be read as two."""
    quoted = len(items) > 1 and any(JOINING.search(ENCLOSED.sub("", item)) for item in items)
    shown = [f"“{item}”" if quoted else item for item in items]
    return joined(["、".join(shown[:-1]), "和" if shown[1:] else "", *shown[-1:]])
