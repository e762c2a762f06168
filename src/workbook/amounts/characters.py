"""One plain form of a text: full-width characters, odd spaces, minus signs and fractions."""

from __future__ import annotations

import re
import unicodedata

MINUS_SIGNS = "\u2212\u2010\u2011\u2012\ufe63"  # −, hyphens, figure dash, small hyphen-minus
DASHES = "\u2013\u2014\u2015\u301c\uff5e\u223c~"  # –, —, ―, wave dashes: between two figures
ABOUT = re.compile("^(\\s*[$¥￥€£]?\\s*)[\u301c\uff5e\u223c~]")
"""A tilde before a figure: `~500` is about 500, never a negative number."""
APOSTROPHES = "\u2019\u2018\u02bc\u00b4`\u066c"  # Swiss thousands separator, and the Arabic one
FRACTION = re.compile(r"(\d*)\s?([¼½¾⅐-⅞])")
SIGNS = {
    **dict.fromkeys(MINUS_SIGNS, "-"),
    **dict.fromkeys(DASHES, "–"),
    **dict.fromkeys(APOSTROPHES, "'"),
    "\u066b": ".",  # the Arabic decimal separator
    "，": ",",
    "。": ".",
}


def plain(text: str) -> str:
    """Return the text with ASCII digits and punctuation, single spaces, no invisible characters.

    Superscripts and circled digits are kept: `10²` is not 102.

    >>> plain("￥１，２００．５０")
    '¥1,200.50'
    """
    text = FRACTION.sub(_mixed, ABOUT.sub(r"\1≈", text))
    return " ".join("".join(map(_sign, text)).split()).strip()


def _mixed(found: re.Match[str]) -> str:
    """Return a whole number and a fraction as one number: `1½` is 1.5."""
    return f"{int(found[1] or 0) + unicodedata.numeric(found[2]):.6g}"


def _sign(character: str) -> str:
    if character in SIGNS:
        return SIGNS[character]
    if unicodedata.category(character) == "Cf":
        return ""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>", "<small>")):
        return unicodedata.normalize("NFKC", character)
    return " " if character.isspace() else character
