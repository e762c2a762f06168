"""What a proof must meet, in words: `at least 24 of 30 tasters`.

English counts the unit once, after both numbers; Chinese counts it with each of them. So a level
out of a number is one sentence with its unit, and is not put together from pieces.
"""

from __future__ import annotations

from workbook.plan import Proof
from workbook.words import N_, Words

ASKED = {
    "at_least": (N_("at least {level}"), N_("at least {level} of {of} {unit}")),
    "at_most": (N_("at most {level}"), N_("at most {level} of {of} {unit}")),
}


def level_of(proof: Proof, w: Words) -> str:
    """Return the levels that a proof must meet, with its unit; empty if it sets none.

    >>> from workbook.words import Words
    >>> proof = Proof(measure="tasters who want more", at_least=24, of=30, unit="tasters")
    >>> level_of(proof, Words("en"))
    'at least 24 of 30 tasters'
    """
    levels = [
        _level(level, alone, out_of, proof, w)
        for key, (alone, out_of) in ASKED.items()
        if (level := getattr(proof, key)) is not None
    ]
    if proof.of is None and levels:
        return f"{w.list(levels)} {w.text(proof.unit)}".strip()
    return w.list(levels)


def _level(level: float, alone: str, out_of: str, proof: Proof, w: Words) -> str:
    if proof.of is None:
        return w(alone, level=level)
    return w(out_of, level=level, of=proof.of, unit=w.text(proof.unit)).strip()
