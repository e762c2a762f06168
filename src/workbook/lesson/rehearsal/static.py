"""A rehearsal without a kernel: where it is or how it ended, its picture, its diary."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from workbook.lesson import markup
from workbook.lesson.rehearsal.board import board
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.words import Words


def static(sitting: Sitting, w: Words) -> str:
    """Return the rehearsal as HTML that needs nothing."""
    shown = board(sitting, w)
    if shown["stage"] == "begin":
        return markup.say(shown["question"]) + "".join(map(markup.say, shown["intro"]))
    if shown["stage"] == "decide":
        where = w("{when}: {question}", when=shown["when"], question=shown["question"])
        return _tiles(shown, w) + _diary(shown["since"]) + markup.say(where) + _choices(shown)
    page = shown["debrief"]
    parts = [markup.say(shown["end"])]
    parts += [_debrief(page, w)] if page else [_diary(shown["since"]), markup.small(shown["said"])]
    return "".join(parts)


def _tiles(shown: Mapping[str, Any], w: Words) -> str:
    said = [w("{what}: {n}", what=tile["label"], n=tile["value"]) for tile in shown["tiles"]]
    return markup.say(" · ".join([shown["when"], *said]))


def _choices(shown: Mapping[str, Any]) -> str:
    items = (
        f"<li>{escape(choice['group'])} <strong>{escape(choice['title'])}</strong> "
        f"{escape(' '.join(choice['terms']))}</li>"
        for choice in shown["choices"]
    )
    return f"<ol>{''.join(items)}</ol>"


def _diary(lines: list[dict[str, Any]]) -> str:
    return f'<ol class="wb-diary">{"".join(map(_diary_line, lines))}</ol>'


def _diary_line(line: Mapping[str, Any]) -> str:
    when, text, left, kind = (escape(line[name]) for name in ("when", "text", "left", "kind"))
    left = f' <span class="wb-cash">{left}</span>' if left else ""
    return f'<li class="wb-{kind}"><span class="wb-when">{when}</span> {text}{left}</li>'


def _debrief(page: Mapping[str, Any], w: Words) -> str:
    rows = [(one["title"], one["verdict"], one["text"]) for one in page["decisions"]]
    head = (w("decision"), w("what it cost"), w("why"))
    same = page["same_luck"]
    return "".join(
        [
            markup.say(*page["lines"]),
            page["picture"],
            markup.table(head, rows) if rows else "",
            markup.table(same["head"], same["rows"]) if same else "",
            *map(markup.small, page["notes"]),
            markup.fold(w("The whole diary"), _diary(page["diary"])),
        ]
    )
