"""Figures as people write them: read where a table may hold them, suggested where a file may not.

`3,000`, `￥3000`, `3 万`, `30%`, `2 周` are figures; `1/2/4`, `1-2-4` and `20% 35% 50%` are
several. What was meant by text that stands for a number is told, not taken: a plan is exact.
"""

from __future__ import annotations

import re

from workbook.consistency.shape import Shape
from workbook.errors import Message, shown
from workbook.figures import MOST_MONEY

FIGURE = re.compile(
    r"[¥￥$€£]?\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?P<times>%|％|‰|万|亿|千|k|K)?\s*"
    r"(?:元|块|美元|CNY|RMB|USD|EUR|周|个?星期|小时|人|次|天|weeks?|wks?|w|hours?|hrs?|h|people|times)?"
)
TIMES = {"%": 0.01, "％": 0.01, "‰": 0.001, "万": 1e4, "亿": 1e8, "千": 1e3, "k": 1e3, "K": 1e3}
THOUSANDS = re.compile(r"(?<=\d)[,，'_](?=\d{3}(?!\d))")
BETWEEN = re.compile(
    r"\s*(?:/|;|；|、|,|，|~|～|–|—|→|到|至|\.\.+|\bto\b|(?<=[\d%％])\s*-\s*(?=\d))\s*|\s+(?=[\d.])"
)
SIGNED = re.compile(r"[+-]\d+(\.\d+)?")
PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
DECIMAL_COMMA = re.compile(r"(\d+)[,，](\d+)")

Value = float | list[float] | str


def value_in(cell: str, *, share: bool) -> Value:
    """The figure or figures of a cell; its text where it is none.

    Parameters
    ----------
    share
        A percentage may stand here, as its share of 1; elsewhere it is no figure.
    """
    parts = BETWEEN.split(THOUSANDS.sub("", cell.strip()))
    figures = [_figure(part, share=share) for part in parts if part]
    known = [figure for figure in figures if figure is not None]
    if not figures or len(known) < len(figures):
        return cell
    return known[0] if len(known) == 1 else known


def _figure(text: str, *, share: bool) -> float | None:
    found = FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    times = found["times"] or ""
    if times in ("%", "％", "‰") and not share:
        return None
    value = round(float(found["number"]) * TIMES.get(times, 1.0), 10)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def meant_by(text: str) -> float | list[float] | None:
    """The figure, or figures, that somebody may have meant by a text; None where none is seen."""
    comma = DECIMAL_COMMA.fullmatch(text.strip())
    if comma and not THOUSANDS.search(text):
        return float(f"{comma[1]}.{comma[2]}")
    found = value_in(text, share=True)
    return None if isinstance(found, str) else found


def text_for_a_number(shape: Shape, value: str) -> Message:
    """The sentence for text where a number belongs: what was meant, if that can be seen."""
    if SIGNED.fullmatch(value) and not shape.signed:
        template = "{found} adds to a figure that is not there; write one without a sign"
    elif SIGNED.fullmatch(value):
        template = "{found} is too much; write {limit} or less"
    elif PLAIN.fullmatch(value):
        template = "{found} is text because of its quotes; take them off"
    elif (meant := meant_by(value)) is not None:
        return _meaning(shape, value, meant)
    elif shape.signed:
        template = "{found} is not a number; write one, or +5 to add and -5 to take away"
    else:
        template = NO_NUMBER.template
    return Message(template, {"found": f"'{shown(value)}'", "limit": f"{MOST_MONEY:.0f}"})


NO_NUMBER = Message("{found} is not a number; write digits only, such as 3000 or 0.25")


def _meaning(shape: Shape, value: str, meant: float | list[float]) -> Message:
    """What to write instead of `2 weeks`, `80 %` or `1-2-4`."""
    found = f"'{shown(value)}'"
    template = "{found} is not a number; did you mean {known}?"
    if isinstance(meant, list) and shape.length and len(meant) != shape.length:
        template = "{found} is no range; write three numbers: low, likely, high"
    elif isinstance(meant, list) and shape.item is None:
        template = "{found} is not a number; write a single one here"
    elif not isinstance(meant, list) and re.search("[%％‰]", value):
        template = "{found} is not a number; write the share instead: {share}"
    known = shown(meant)
    return Message(template, {"found": found, "known": known, "share": known})
