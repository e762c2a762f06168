"""Comments on a result, hidden until the result itself is shown.

A notebook's text is always visible, so it may only ask questions. Comments on the answers are in
separate files, `after/<case>/<lang>.md`, with a section per panel; the panel shows its section
below the opened result. They use a small part of Markdown: paragraphs, *emphasis*, `code`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.resources import files

from workbook.words import Words

SECTION = re.compile(r"^## (\S+)$", re.MULTILINE)


def afterwards(case: str, panel: str, w: Words) -> str:
    """Return the text below a panel as HTML; empty if there is none."""
    text = sections(case, w.lang).get(panel, "")
    paragraphs = [part for part in text.split("\n\n") if part]
    said = "".join(f"<p>{_marked(part)}</p>" for part in paragraphs)
    return f'<div class="wb-after">{said}</div>' if said else ""


@lru_cache
def sections(case: str, lang: str) -> dict[str, str]:
    """Return the texts of a case by panel; empty for a case without a file."""
    file = files("workbook.lesson") / "after" / case / f"{lang}.md"
    if not file.is_file():
        return {}
    names = SECTION.split(file.read_text("utf-8"))[1:]
    return {name: text.strip() for name, text in zip(names[::2], names[1::2], strict=True)}


def _marked(text: str) -> str:
    """Return a paragraph with its emphasis and code."""
    text = escape(" ".join(text.split("\n")), quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
