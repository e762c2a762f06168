"""The elements of HTML that a report is made of. All text of a user is escaped here.

Every element can be shown in a notebook and on the page, whose style sheet knows the class names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from workbook.outcomes import Fate
from workbook.portable import bundle
from workbook.words import Words

NUMBER = ' class="n"'
FIGURE_ID = "figure-{name}"
WHOLE = 0.01
"""The error below which a share is never shown: whole percents."""


@dataclass(frozen=True)
class Html:
    """HTML for a notebook to show, with further MIME types."""

    html: str
    others: Mapping[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return bundle(self.html, self.others)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: a number is aligned right; lines `below` are small.

    `clip`: in print only a few lines of it are shown.
    """

    text: str
    number: bool = False
    below: tuple[str, ...] = ()
    clip: bool = False

    def html(self, head: str, row_head: bool) -> str:
        """The cell under the head of its column."""
        kind = NUMBER if self.number else ""
        below = "".join(f'<br><span class="note">{escape(line)}</span>' for line in self.below)
        text = f'<span class="clip">{escape(self.text)}</span>' if self.clip else escape(self.text)
        if row_head:
            return f'<th scope="row"{kind}>{text}{below}</th>'
        return f'<td{kind} data-name="{escape(head)}">{text}{below}</td>'


@dataclass(frozen=True)
class Group:
    """A heading row across a table; a `main` one heads groups too."""

    text: str
    main: bool = False


Row = Sequence[str | Cell] | Group


def share_cell(share: float, words: Words) -> Cell:
    """A share as whole percents: no plan's figures are more precise."""
    return Cell(words.percent(share, WHOLE), number=True)


def fate_cell(fates: Mapping[Fate, float], fate: Fate, words: Words) -> Cell:
    """The share of a fate, so that those of all fates add up to a hundred."""
    return Cell(words.fate_percent(fates, fate), number=True)


def table(heads: Sequence[str], rows: Iterable[Row], caption: str = "") -> str:
    """A table whose first column names its rows; on a phone each row becomes a block."""
    label = f"<caption>{escape(caption)}</caption>" if caption else ""
    rows = list(rows)
    numbers = {
        n
        for row in rows
        if not isinstance(row, Group)
        for n, cell in enumerate(row)
        if isinstance(cell, Cell) and cell.number
    }
    top = "".join(
        f'<th scope="col"{NUMBER if n in numbers else ""}>{escape(head)}</th>'
        for n, head in enumerate(heads)
    )
    body = "".join(_row(heads, row) for row in rows)
    return (
        f'<div class="wide"><table class="stack">{label}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(heads: Sequence[str], row: Row) -> str:
    if isinstance(row, Group):
        across = f'<th scope="colgroup" colspan="{len(heads)}">{escape(row.text)}</th>'
        return f'<tr class="{"group main" if row.main else "group"}">{across}</tr>'
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    shown = (c.html(h, n == 0) for n, (h, c) in enumerate(zip(heads, cells, strict=True)))
    return f"<tr>{''.join(shown)}</tr>"


def figure(name: str, inner: str) -> str:
    """A section with a picture, which the end mark names."""
    return f'<section class="keep" id="{FIGURE_ID.format(name=name)}">{inner}</section>'


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; `kind` is its class."""
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}>{escape(text)}</p>"


def tiles(facts: Iterable[tuple[str, str, str]]) -> str:
    """Key figures side by side: label, value, remark."""
    shown = "".join(
        f"<li><span>{escape(name)}</span> <strong>{escape(value)}</strong> "
        f"<small>{escape(word)}</small></li>"
        for name, value, word in facts
    )
    return f'<ul class="facts">{shown}</ul>'


def bullets(lines: Iterable[tuple[str, str]], kind: str) -> str:
    """A list; each line may have a note below it."""
    shown = "".join(
        f"<li>{escape(line)}" + (paragraph(note, "note") if note else "") + "</li>"
        for line, note in lines
    )
    return f'<ul class="{kind}">{shown}</ul>'
