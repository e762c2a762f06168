"""matplotlib's SVG made fit for a page: small, with ids of its own, in colours that a page sets.

Most of such a file is the outlines of letters, so these are written as steps (relative whole
numbers) instead of places; a Chinese picture shrinks to a third.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING

from workbook.charts.style import PALETTE, drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COARSER = 20
"""Outlines come in 6,400ths of an em; a 320th is finer than print shows at this size."""

TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")
IDLE = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", re.DOTALL)
OUTLINE = re.compile(r'(?<=\s)d="([^"]*)" transform="scale\(0\.015625\)"')


def inner_svg(figure: Figure, key: str = "") -> str:
    """What stands between `<svg>` and `</svg>`; the same figure gives the same text.

    `key` tells apart two like pictures on one page: their ids differ.
    """
    out = StringIO()
    with drawing():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    drawn = out.getvalue()
    body = drawn[drawn.index("<svg") : drawn.rindex("</svg>")]
    body = _small(body[body.index(">") + 1 :])
    own = "w" + sha256((key + body).encode()).hexdigest()[:7]
    return _coloured(_with_own_ids(body, own))


def _small(body: str) -> str:
    body = re.sub(
        r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.DOTALL
    )
    body = OUTLINE.sub(
        lambda f: f'd="{_relative(f.group(1), 1 / COARSER)}" transform="scale({COARSER / 64})"',
        body,
    )
    body = re.sub(r' d="(M [^"]*)"', lambda f: f' d="{_relative(f.group(1), 10, 0.1)}"', body)
    body = re.sub(r' (?:x|y|transform|style)="[^"]*"', lambda f: _rounded(f.group(), 2), body)
    body = re.sub(r' transform="translate\((\S+) 0\)"/>', r' x="\1"/>', body)
    body = re.sub(r"<g>\s*</g>|<defs>\s*</defs>|<defs/>", "", body)
    body = re.sub(r"\s+", " ", body).replace("> <", "><").replace("xlink:href", "href")
    return re.sub(r"([;:]) ", r"\1", body)


def _rounded(text: str, digits: int) -> str:
    return re.sub(r"\d+\.\d{2,}", lambda number: _short(float(number.group()), digits), text)


def _short(number: float, digits: int) -> str:
    shown = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return shown if (shown and float(shown)) or not number else f"{number:.4f}".rstrip("0")


@lru_cache(maxsize=2048)
def _relative(path: str, scale: float, unit: float = 1) -> str:
    """A path as steps from point to point, rounded to whole ones after scaling.

    Places are rounded, not steps: no error adds up. `unit` is what a whole one is written as.
    The same letters come again and again: what was done is kept.
    """
    shown = last = command = ""
    here = start = (0, 0)
    points: list[int] = []
    for token in TOKEN.findall(path):
        if token.isalpha():
            command = token
            if command in "zZ":
                shown, here, last = shown + "z", start, ""
            continue
        points.append(round(float(token) * scale))
        if len(points) == {"M": 2, "L": 2, "Q": 4, "C": 6}[command]:
            step = _step(command.lower(), points, here, unit)
            shown += step[1:] if step[0] == last and step[1] == "-" else step
            last, here = step[0], (points[-2], points[-1])
            start, points = (here if command == "M" else start), []
    return shown


def _step(command: str, points: list[int], here: tuple[int, int], unit: float) -> str:
    """A command with numbers relative to the point before; straight lines get h and v."""
    steps = [value - here[n % 2] for n, value in enumerate(points)]
    said = [str(step) if unit == 1 else _short(step * unit, 1) for step in steps]
    if command == "l" and not steps[1]:
        return f"h{said[0]}"
    if command == "l" and not steps[0]:
        return f"v{said[1]}"
    return command + "".join(f"{' ' if n and s[0] != '-' else ''}{s}" for n, s in enumerate(said))


def _with_own_ids(body: str, own: str) -> str:
    """Ids short and its own; those that nothing points at go."""
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', body))
    names = sorted({first or second for first, second in used})
    short = {name: f"{own}-{n}" for n, name in enumerate(names)}
    body = re.sub(r'href="#([^"]+)"', lambda f: f'href="#{short[f.group(1)]}"', body)
    body = re.sub(r"url\(#([^)]+)\)", lambda f: f"url(#{short[f.group(1)]})", body)
    return re.sub(
        r' id="([^"]*)"',
        lambda f: f' id="{short[f.group(1)]}"' if f.group(1) in short else "",
        body,
    )


def _coloured(body: str) -> str:
    for name, shades in PALETTE.items():
        body = body.replace(shades.light, f"var(--wb-{name},{shades.light})")
    return body
