"""HTML for a notebook, in forms that display wherever the notebook is opened.

A notebook that Lab does not trust, and most sites that show notebooks, drop SVG and style sheets;
LaTeX takes no HTML at all, and reStructuredText passes it on only to a web page. So each picture
is repeated as an image, and everything is repeated as plain text.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from textwrap import wrap as wrapped
from typing import Any
from unicodedata import east_asian_width

WIDE = 78
"""Columns of plain text, as LaTeX prints them; a wider table is written as a list."""
FIRST, REST = " " * 4, " " * 6
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
HIDDEN_WORDS = re.compile(r"<title>.*?</title>|<desc>.*?</desc>", re.DOTALL)
LABEL = re.compile(r'aria-label="([^"]*)"')
TOKEN = re.compile(
    r"""<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^'">])*>|([^<]+|<)""", re.DOTALL
)
"""A comment; or a tag: whether it ends, its name; or text."""
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
IMAGE = re.compile(r'<img class="wb-plain"[^>]*>')
BLOCKS = {
    *("p", "div", "section", "header", "figure", "figcaption", "details", "summary", "caption"),
    *("ul", "ol", "li", "br", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
}


def bundle(html: str, others: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the MIME bundle of an output: HTML with plain images, plain text, and `others`."""
    return {"text/html": with_plain_images(html), "text/plain": plain(html), **(others or {})}


def with_plain_images(html: str) -> str:
    """Add an image to each inline SVG, for places that strip SVG and styles from a notebook.

    The style sheet hides the image; where styles are dropped the image remains. The SVG's own title
    and description are removed: if the SVG were stripped they would remain as stray text, and its
    label says the same.
    """
    return SVG.sub(_and_image, html)


def without_plain_images(html: str) -> str:
    """Return the same HTML for a page of our own, which strips nothing."""
    return IMAGE.sub("", html)


def _and_image(found: re.Match[str]) -> str:
    svg = HIDDEN_WORDS.sub("", found.group())
    alt = _label(svg)
    if not alt:
        return svg
    data = b64encode(svg.encode()).decode()
    return f'{svg}<img class="wb-plain" alt="{alt}" src="data:image/svg+xml;base64,{data}">'


def _label(svg: str) -> str:
    label = LABEL.search(svg)
    return label.group(1) if label else ""


def plain(html: str) -> str:
    """Return the text of our HTML, line by line: a chart by its label, a table in columns."""
    html = SVG.sub(lambda svg: f"<p>{_label(svg.group())}</p>", STYLE.sub("", html))
    reader = _Reader()
    for end, tag, text in TOKEN.findall(html):
        if text:
            reader.text.append(unescape(text))
        elif tag:
            (reader.end if end else reader.start)(tag.lower())
    reader.end_line()
    return "\n".join(reader.lines).strip("\n")


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the table in columns; as a list if it is too wide or has unequal rows."""
        head, *rows = self.rows or [[]]
        same = all(len(row) == len(head) for row in rows)
        set_out = columns(self.rows).split("\n") if same else []
        if same and max(map(width, set_out)) <= WIDE:
            return set_out
        return [line for row in rows for line in _row_lines(head, row)]


def _row_lines(head: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return a row's first cell, then each further one under its header."""
    if len(row) != len(head):
        return ["", *row]
    cells = [f"{name}: {cell}" for name, cell in zip(head[1:], row[1:], strict=True)]
    return [
        *wrap(row[0], rest="  "),
        *(line for text in cells for line in wrap(text, FIRST, REST)),
    ]


class _Reader:
    """Extracts the lines of text from HTML."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.text: list[str] = []
        self._table: _Table | None = None

    def start(self, tag: str) -> None:
        """Take a tag that begins."""
        if tag in ("td", "th"):
            self.text.clear()
        elif tag == "tr" and self._table is not None:
            self._table.rows.append([])
        elif self._table is not None:
            self.text.append("; " if tag == "br" else "")
        elif tag in BLOCKS:
            self.end_line()
            if tag == "table":
                self._table = _Table()
            elif tag == "li":
                self.text.append("- ")

    def end(self, tag: str) -> None:
        """Take a tag that ends."""
        if tag in ("td", "th") and self._table is not None and self._table.rows:
            self._table.rows[-1].append(self._taken())
        elif tag == "table" and self._table is not None:
            self.lines += ["", *self._table.lines(), ""]
            self._table = None
        elif tag in BLOCKS and self._table is None:
            self.end_line()
        elif tag == "caption":
            self.lines.append(self._taken())

    def _taken(self) -> str:
        text = " ".join("".join(self.text).split())
        self.text.clear()
        return text

    def end_line(self) -> None:
        """End the current line."""
        if (text := self._taken()) not in ("", "-"):
            self.lines += wrap(text, rest="  " if text[:2] == "- " else "")


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Format rows in columns: the first aligned left, figures aligned right."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))] if rows else []
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first = row[0] + " " * (widths[0] - width(row[0]))
    rest = [" " * (w - width(c)) + c for c, w in zip(row[1:], widths[1:], strict=True)]
    return "  ".join([f"  {first}", *rest])


def wrap(text: str, indent: str = "", rest: str = "") -> list[str]:
    """Return a text without runs of spaces as lines that fit the page."""
    if len(indent) + len(text) <= WIDE:
        return [indent + text] if text else []
    return wrapped(text, WIDE, initial_indent=indent, subsequent_indent=rest)


def width(text: str) -> int:
    """Return the terminal columns of a text: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
