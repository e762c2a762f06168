"""How pieces of Chinese text are joined, so that a sentence need not know what fills its gaps.

Two Chinese signs stand close; a Chinese character and a Latin letter or a figure keep a thin
distance. What stands inside a piece is its writer's own and is left alone.
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
    """Text whose lines YAML has folded: the gap that was left between two Chinese signs is shut."""
    return FOLDED.sub("", text)


def joined(pieces: Iterable[str]) -> str:
    """The pieces in a row, with the distance at each seam that a Chinese reader expects."""
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
    """Several things in a row: `甲、乙和丙`; in quotes where one of them could be read as two."""
    quoted = len(items) > 1 and any(JOINING.search(ENCLOSED.sub("", item)) for item in items)
    shown = [f"“{item}”" if quoted else item for item in items]
    return joined(["、".join(shown[:-1]), "和" if shown[1:] else "", *shown[-1:]])
