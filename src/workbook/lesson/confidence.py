"""How sure a person is of a bet, from 50 (a coin toss) to 100 (certain), as people write it.

The box is empty until something is written in it: a number that is there already leads the answer,
and one that nobody changed says nothing of the person.
"""

from __future__ import annotations

from typing import Any

from workbook.amounts import Reading, read, written
from workbook.errors import quoted
from workbook.lesson.panel import labelled
from workbook.words import Words

LEAST, MOST = 50, 100


def confidence_box(w: Words, label: str, confidence: float | None = None) -> Any:
    """Return the box, with the confidence of a bet that stands; empty without one."""
    import ipywidgets as widgets

    return widgets.Text(
        value="" if confidence is None else written(round(100 * confidence, 6)),
        placeholder=w("from {least} to {most}", least=LEAST, most=MOST),
        continuous_update=False,  # one message, before that of the button
        **labelled(label),
    )


def confidence_in(text: str, w: Words) -> float | str:
    """Return the share that a text means (`80`, `80%`, `八成`), or what to write instead."""
    if not text.strip():
        return w("Write how sure you are, from 50 to 100; then place the bet.")
    hundredths, share = read(text, "number"), read(text, "share")
    sure = _share(hundredths, 100) if hundredths.problem is None else _share(share, 1)
    if sure is None or not LEAST <= 100 * sure <= MOST:
        template = "{found} is no confidence; write a number from 50 to 100"
        return w(template, found=quoted(text.strip()))
    return sure


def _share(reading: Reading, whole: int) -> float | None:
    value = reading.value
    return round(value / whole, 6) if isinstance(value, (int, float)) else None
