"""The builder without a kernel: the chain and its pictures as plain HTML, whole in itself."""

from __future__ import annotations

from html import escape
from typing import Any

from workbook.builder.layout import Spots
from workbook.charts.light.sheet import fitted
from workbook.words import Words

WIDE, HIGH, ACROSS, DOWN, PAD = 168.0, 62.0, 46.0, 18.0, 8.0
"""A milestone's box, the room between boxes, the room around them."""


def still_of(board: dict[str, Any], answers: dict[str, Any], w: Words) -> str:
    """The chain, the odds and the pages of the answers, as one piece of HTML."""
    headline = "".join(f"<p>{escape(text)}</p>" for text in answers.get("headline", []) if text)
    parts = [f"<h3>{escape(board['title'])}</h3>", chain(board, answers.get("nodes", {}), w)]
    parts += [headline, answers.get("fates", "")]
    parts += [_page(page) for page in answers.get("pages", [])]
    return "".join(parts)


def _page(page: dict[str, Any]) -> str:
    lines = "".join(f"<p>{escape(text)}</p>" for text in page.get("lines", []))
    items = "".join(f"<li>{escape(item['text'])}</li>" for item in page.get("items", []))
    notes = "".join(f'<p class="wb-basis">{escape(note)}</p>' for note in page.get("notes", []))
    listed = f"<ul>{items}</ul>" if items else ""
    title = f"<summary>{escape(page['title'])}</summary>"
    return f"<details open>{title}{lines}{page.get('svg', '')}{listed}{notes}</details>"


def chain(board: dict[str, Any], odds: dict[str, Any], w: Words) -> str:
    """The canvas as a picture: a box a milestone, with the chance that it is reached."""
    nodes = board["nodes"]
    spots: Spots = {node["id"]: (node["column"], node["row"]) for node in nodes}
    if not nodes:
        return _blank(w)
    width = max(_corner(spot)[0] for spot in spots.values()) + WIDE + PAD
    height = max(_corner(spot)[1] for spot in spots.values()) + HIGH + PAD
    lines = "".join(_line(spots[a], spots[b]) for a, b in board["links"])
    boxes = "".join(_box(node, odds.get(node["id"], {}), w) for node in nodes)
    alt = w("{where}: {what}", where=w("Your chain"), what=w.list(node["name"] for node in nodes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-label="{escape(alt)}" style="max-width:{width:g}px;width:100%;height:auto"'
        f' font-family="system-ui,sans-serif" font-size="12">{lines}{boxes}</svg>'
    )


def _blank(w: Words) -> str:
    """A box with nothing in it yet, where the goal will stand."""
    told = escape(w("The page is blank. Name the goal, and its odds appear here."))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * WIDE:g} {HIGH:g}" role="img"'
        f' aria-label="{told}" style="max-width:{3 * WIDE:g}px;width:100%;height:auto"'
        f' font-family="system-ui,sans-serif" font-size="12"><rect x="2" y="2" rx="8"'
        f' width="{3 * WIDE - 4:g}" height="{HIGH - 4:g}" fill="none" stroke-dasharray="6 5"'
        f' stroke="var(--wb-line,#8a97a4)"/><text x="16" y="{HIGH / 2 + 4:g}"'
        f' fill="var(--wb-muted,#5b6773)">{told}</text></svg>'
    )


def _corner(spot: tuple[int, int]) -> tuple[float, float]:
    return PAD + spot[0] * (WIDE + ACROSS), PAD + spot[1] * (HIGH + DOWN)


def _line(first: tuple[int, int], then: tuple[int, int]) -> str:
    (x0, y0), (x1, y1) = _corner(first), _corner(then)
    a, b, y0, y1 = x0 + WIDE, x1, y0 + HIGH / 2, y1 + HIGH / 2
    bend = max(24.0, abs(b - a) / 2)
    return (
        f'<path d="M{a:g} {y0:g}C{a + bend:g} {y0:g} {b - bend:g} {y1:g} {b:g} {y1:g}"'
        ' fill="none" stroke="var(--wb-line,#8a97a4)" stroke-width="1.5"/>'
    )


def _box(node: dict[str, Any], odds: dict[str, Any], w: Words) -> str:
    x, y = _corner((node["column"], node["row"]))
    tags = [(node["goal"], "Goal"), (node["origin"], "origin"), (node["kernel"], "kernel")]
    tag = w.list(w(name) for told, name in tags if told)
    tag = f"◇ {tag}" if node.get("leans") else tag
    colour = "goal" if node["goal"] else "line"
    share = 0.0 if odds.get("gap") else WIDE * odds.get("share", 0.0)
    name = fitted(node["name"], (WIDE - 16) / 12)
    said = odds.get("reached", "")
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{WIDE:g}" height="{HIGH:g}" rx="8"'
        f' fill="var(--wb-paper,#fff)" stroke="var(--wb-{colour},#8a97a4)"'
        f' stroke-width="{2.5 if node["goal"] else 1.2}"/>'
        f'<text x="{x + 8:g}" y="{y + 16:g}" font-size="10" fill="var(--wb-muted,#5b6773)">'
        f"{node['order'] or '–'} {escape(tag)}</text>"
        f'<text x="{x + 8:g}" y="{y + 33:g}" font-weight="700" fill="var(--wb-ink,#1b2631)"'
        f' unicode-bidi="plaintext">{escape(name)}</text>'
        f'<text x="{x + 8:g}" y="{y + 49:g}" font-size="10.5" fill="var(--wb-ink,#1b2631)">'
        f"{escape(said)}</text>"
        f'<path d="M{x:g} {y + HIGH - 4:g}h{share:g}" stroke="var(--wb-accent,#0b5a8c)"'
        ' stroke-width="4"/>'
    )
