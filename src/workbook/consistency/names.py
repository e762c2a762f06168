"""The name that a founder gives a milestone, and the id made from it.

A name is kept as typed, in any script, at any length; only characters that files and screens cannot
hold are removed. The id is for the plan file: made once, unique, and not changed with the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from workbook.plan import BREAKEVEN

UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
MOST_LETTERS = 40


def tidy(text: object) -> str:
    """Return a text without control characters and lone surrogates."""
    return UNSHOWABLE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: object) -> str:
    """Return a name on one line, without spaces around it."""
    return " ".join(tidy(text).split())


def id_for(name: str, taken: Collection[str]) -> str:
    """Return an id for a milestone of this name: `blind-tasting`, or `m1` if no letters remain.

    `taken` are the existing ids; the new one differs from all of them.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()[: MOST_LETTERS * 4]).strip("-")
    slug = slug[:MOST_LETTERS].rstrip("-")
    foreign = any(c.isalpha() and not c.isascii() for c in plain)
    if foreign or not re.search("[a-z]", slug):
        return _numbered("m{}", taken)
    if slug in taken or slug == BREAKEVEN:
        return _numbered(slug + "-{}", taken, first=2)
    return slug


def _numbered(pattern: str, taken: Collection[str], first: int = 1) -> str:
    number = first
    while pattern.format(number) in taken:
        number += 1
    return pattern.format(number)
