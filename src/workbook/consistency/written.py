"""Text where a plan file needs a number: the message says what to write instead.

A plan file is exact, so that every program reads it the same way: `3,000`, `3 万`, `30%` and
`2 weeks` are refused with the number to write.
"""

from __future__ import annotations

import re

from workbook.amounts import Reading
from workbook.amounts.reader import NO_NUMBER
from workbook.consistency.place_reading import doubtful, guessed
from workbook.consistency.shape import Shape
from workbook.errors import Message, shown
from workbook.figures import MOST_MONEY

SIGNED = re.compile(r"[+-]\d+(\.\d+)?")
PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


def text_for_a_number(shape: Shape, name: str, value: str) -> Message:
    """Return the sentence for text where a number belongs, with its meaning if that is clear."""
    found = {"found": f"'{shown(value)}'", "limit": f"{MOST_MONEY:.0f}"}
    if SIGNED.fullmatch(value) and not shape.signed:
        return Message(
            "{found} adds to a figure that is not there; write one without a sign", found
        )
    if SIGNED.fullmatch(value):
        return Message("{found} is too much; write {limit} or less", found)
    question = doubtful(value, shape)
    if question is not None and question.trouble is not None:
        return question.trouble
    if PLAIN.fullmatch(value):
        return Message("{found} is text because of its quotes; take them off", found)
    reading = guessed(shape, name, value)
    if reading.trouble is None:
        return _meaning(shape, found, value, reading)
    if shape.signed and reading.trouble.template == NO_NUMBER.template:
        return Message(
            "{found} is not a number; write one, or +5 to add and -5 to take away", found
        )
    return reading.trouble


def _meaning(shape: Shape, found: dict[str, str], value: str, reading: Reading) -> Message:
    """Return what to write instead of `2 weeks`, `80 %` or `1-2-4`."""
    known = shown(list(reading.value) if isinstance(reading.value, tuple) else reading.value)
    known = f"+{known}" if shape.signed and value.strip().startswith("+") else known
    values: dict[str, object] = {**found, "known": known, "share": known}
    if re.search("[%％‰]", value) and "[" not in known:
        return Message("{found} is not a number; write the share instead: {share}", values)
    if reading.currency and "[" not in known:
        template = (
            "{found} is not a number; did you mean {known}? All amounts are in the plan's"
            " `currency`"
        )
        return Message(template, values)
    if reading.notes and isinstance(reading.value, (int, float)):
        template = "{found} is not a number; did you mean {known}? ({note})"
        return Message(template, {**values, "note": reading.notes[0]})
    return Message("{found} is not a number; did you mean {known}?", values)
