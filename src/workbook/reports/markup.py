"""The few pieces of HTML that a report is made of. Whatever a user wrote is escaped here.

Every piece can be shown by a notebook as it stands and looks right on the page, whose style sheet
knows the class names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any


@dataclass(frozen=True)
class Html:
    """HTML for a notebook to show, with any further forms beside it."""

    html: str
    others: Mapping[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/html": self.html, "text/plain": "", **self.others}


@dataclass(frozen=True)
class Cell:
    """A cell of a table that stands for a number (set to the right), or holds a second line."""

    text: str
    number: bool = False
    second: str = ""

    def html(self, head: str, row_head: bool) -> str:
        """The cell under the head of its column."""
        kind = ' class="n"' if self.number else ""
        below = f'<br><span class="note">{escape(self.second)}</span>' if self.second else ""
        if row_head:
            return f'<th scope="row"{kind}>{escape(self.text)}{below}</th>'
        return f'<td{kind} data-name="{escape(head)}">{escape(self.text)}{below}</td>'


@dataclass(frozen=True)
class Group:
    """A line across a table that heads the rows under it."""

    text: str


Row = Sequence[str | Cell] | Group


def table(heads: Sequence[str], rows: Iterable[Row], caption: str = "") -> str:
    """A table whose first column names its rows; on a phone every row stands on its own."""
    body = "".join(_row(heads, row) for row in rows)
    told = f"<caption>{escape(caption)}</caption>" if caption else ""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return (
        f'<div class="wide"><table class="stack">{told}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(heads: Sequence[str], row: Row) -> str:
    if isinstance(row, Group):
        across = f'<th scope="colgroup" colspan="{len(heads)}">{escape(row.text)}</th>'
        return f'<tr class="group">{across}</tr>'
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    shown = (c.html(h, n == 0) for n, (h, c) in enumerate(zip(heads, cells, strict=True)))
    return f"<tr>{''.join(shown)}</tr>"


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; `kind` is its class."""
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}>{escape(text)}</p>"


def tiles(facts: Iterable[tuple[str, str, str]]) -> str:
    """Large figures side by side: what it is, the figure, a word on it."""
    shown = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}<small>{escape(word)}</small></dd></div>"
        for name, value, word in facts
    )
    return f'<dl class="facts">{shown}</dl>'


def bullets(lines: Iterable[tuple[str, str]], kind: str) -> str:
    """A list; each line may have a note under it."""
    shown = "".join(
        f"<li>{escape(line)}" + (paragraph(note, "note") if note else "") + "</li>"
        for line, note in lines
    )
    return f'<ul class="{kind}">{shown}</ul>'
