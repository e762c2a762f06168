"""Paths in the fewest letters: steps from point to point, in whole numbers of a small unit.

Places are rounded, not steps: no error adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isfinite
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

COMMANDS = {1: ("m", 1), 2: ("l", 1), 3: ("q", 2), 4: ("c", 3)}
"""matplotlib's codes of a path: the SVG command, and how many points it takes."""

CLOSE = 79


def outline(points: Sequence[Point], codes: Sequence[int]) -> str:
    """A path of matplotlib's as steps in whole units."""
    steps, here, start, last, n = "", (0, 0), (0, 0), "", 0
    while n < len(codes):
        if codes[n] == CLOSE:
            steps, here, last, n = steps + "z", start, "", n + 1
            continue
        command, count = COMMANDS[codes[n]]
        there = [(round(x), round(y)) for x, y in points[n : n + count]]
        said = _said(command, there, here)
        steps += said[1:] if said[0] == last and said[1] == "-" else said
        here, last, n = there[-1], said[0], n + count
        start = here if command == "m" else start
    return steps


def _said(command: str, there: Sequence[tuple[int, int]], here: tuple[int, int]) -> str:
    """A command with steps from the point before; straight lines get h and v."""
    (x0, y0), numbers = here, []
    for x, y in there:
        numbers += [x - x0, y - y0]
    if command == "l" and not numbers[1]:
        return f"h{numbers[0]}"
    if command == "l" and not numbers[0]:
        return f"v{numbers[1]}"
    return command + joined(map(str, numbers))


def joined(numbers: Iterable[str]) -> str:
    """Numbers with a space only where there is no minus to part them."""
    said = ""
    for number in numbers:
        said += number if not said or number[0] == "-" else f" {number}"
    return said


@lru_cache(maxsize=8192)
def tenths(number: int) -> str:
    """So many tenths, as few letters as it takes."""
    whole, rest = divmod(abs(number), 10)
    said = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{said}" if number < 0 else said


def short(length: float) -> str:
    """A length to a hundredth, as few letters as it takes."""
    said = f"{length:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def polyline(points: Iterable[Point], *, closed: bool = False) -> str:
    """A path through points, in tenths; a point that is nowhere parts it."""
    parts: list[str] = []
    x0 = y0 = 0
    drawn = False
    for x, y in points:
        if not (isfinite(x) and isfinite(y)):
            drawn = False
            continue
        x1, y1 = round(10 * x), round(10 * y)
        across, up = x1 - x0, y1 - y0
        if not drawn:
            parts.append(f"M{joined((tenths(x1), tenths(y1)))}")
        elif not up and across:
            parts.append(f"h{tenths(across)}")
        elif not across and up:
            parts.append(f"v{tenths(up)}")
        elif across or up:
            parts.append(f"l{joined((tenths(across), tenths(up)))}")
        x0, y0, drawn = x1, y1, True
    return "".join(parts) + ("z" if closed and parts else "")
