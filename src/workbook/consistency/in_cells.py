"""A figure in a cell of a table of milestones, until tables read through `amounts`."""

from __future__ import annotations

import re

FIGURE = re.compile(
    r"[¥￥$€£]?\s*(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?P<times>%|％|‰|万|亿|千|k|K)?\s*"
    r"(?:元|块|美元|CNY|RMB|USD|EUR|周|个?星期|小时|人|次|天|weeks?|wks?|w|hours?|hrs?|h|people|times)?"
)
TIMES = {"%": 0.01, "％": 0.01, "‰": 0.001, "万": 1e4, "亿": 1e8, "千": 1e3, "k": 1e3, "K": 1e3}
THOUSANDS = re.compile(r"(?<=\d)[,，'_](?=\d{3}(?!\d))")
BETWEEN = re.compile(
    r"\s*(?:/|;|；|、|,|，|~|～|–|—|→|到|至|\.\.+|\bto\b|(?<=[\d%％])\s*-\s*(?=\d))\s*|\s+(?=[\d.])"
)

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
