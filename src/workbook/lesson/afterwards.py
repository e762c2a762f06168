"""What is said of a result, kept back until the result itself is shown.

A notebook's prose is always in sight, so it may only ask. What interprets an answer stands here in
files of their own, `after/<case>/<lang>.md`, a section for each panel; the panel shows it below
what it has opened. The texts are ours, in a small part of Markdown: paragraphs, *stress*, `code`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.resources import files

from workbook.words import Words

SECTION = re.compile(r"^## (\S+)$", re.MULTILINE)


def afterwards(case: str, panel: str, w: Words) -> str:
    """The text below a panel as HTML; empty where nothing is written about it."""
    text = sections(case, w.lang).get(panel, "")
    paragraphs = [part for part in text.split("\n\n") if part]
    said = "".join(f"<p>{_marked(part)}</p>" for part in paragraphs)
    return f'<div class="wb-after">{said}</div>' if said else ""


@lru_cache
def sections(case: str, lang: str) -> dict[str, str]:
    """The texts of a case by the panels they belong to; none for a case that has no file."""
    file = files("workbook.lesson") / "after" / case / f"{lang}.md"
    if not file.is_file():
        return {}
    names = SECTION.split(file.read_text("utf-8"))[1:]
    return {name: text.strip() for name, text in zip(names[::2], names[1::2], strict=True)}


def _marked(text: str) -> str:
    """A paragraph with its stress and code."""
    text = escape(" ".join(text.split("\n")), quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
