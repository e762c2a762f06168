"""What is said of a result below it, when it opens: paragraphs, conditions, claims as marks.

The texts are in `after/<case>/<lang>.md`, with a section per panel. A paragraph that is true of
some figures only begins with a condition: `[own]`, `[!own]`, or one of the lesson's `conditions`.
They use a small part of Markdown: paragraphs, *emphasis*, `code`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import escape
from importlib.resources import files

from workbook import cases
from workbook.words import Words

SECTION = re.compile(r"^## (\S+)$", re.MULTILINE)
CLAIM = re.compile(r" ?[(（]([PRLTASF]\d+)[)）]")
PRINCIPLES = "PRF"
"""The letters of claims that belong to no single case."""
CONDITION = re.compile(r"\[(!?)([a-z-]+)\] ")


def afterwards(case: str, panel: str, w: Words, holds: Callable[[str], bool]) -> str:
    """Return the text below a panel as HTML, without paragraphs whose condition does not hold."""
    text = sections(case, w.lang).get(panel, "")
    paragraphs = list(_true(filter(None, text.split("\n\n")), holds))
    said = "".join(f"<p>{_marked(part, w.lang)}</p>" for part in paragraphs)
    return f'<div class="wb-after">{said}{_footnotes(said)}</div>' if said else ""


def _footnotes(said: str) -> str:
    """Return the claims of a text as footnotes, which only print shows."""
    titles = dict.fromkeys(re.findall(r'<sup title="([^"]*)">', said))
    return f'<p class="wb-footnotes">{"<br>".join(titles)}</p>' if titles else ""


def _true(paragraphs: Iterable[str], holds: Callable[[str], bool]) -> Iterator[str]:
    """Return the paragraphs that have no condition, or whose condition holds."""
    for paragraph in paragraphs:
        found = CONDITION.match(paragraph)
        if found is None or holds(found[2]) is not bool(found[1]):
            yield CONDITION.sub("", paragraph, count=1)


@lru_cache
def sections(case: str, lang: str) -> dict[str, str]:
    """Return the texts of a case by panel; empty for a case without a file."""
    file = files("workbook.lesson") / "after" / case / f"{lang}.md"
    if not file.is_file():
        return {}
    names = SECTION.split(file.read_text("utf-8"))[1:]
    return {name: text.strip() for name, text in zip(names[::2], names[1::2], strict=True)}


def marked_claims(text: str, lang: str, *, revealed: bool = False) -> str:
    """Return a text with "(P9)" as a small raised P9 that has the claim as its title.

    Claims of a single case tell how its story goes, so until it is `revealed` their title gives
    only the number away.

    >>> marked_claims("Cards are finite (P99).", "en")
    'Cards are finite (P99).'
    """
    w = Words(lang)

    def mark(found: re.Match[str]) -> str:
        claim = cases.sources().get(found[1])
        if claim is None:
            return found[0]
        tooltip = w("claim {n} of the lecture", n=found[1])
        if revealed or found[1][0] in PRINCIPLES:
            tooltip = f"{found[1]}: {w.text(getattr(claim, lang))}"
        return f'<sup title="{escape(tooltip)}">{found[1]}</sup>'

    return CLAIM.sub(mark, text)


def _marked(text: str, lang: str) -> str:
    """Return a paragraph with its emphasis, its code and its marks."""
    text = escape(" ".join(text.split("\n")), quote=False)
    text = marked_claims(text, lang, revealed=True)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
