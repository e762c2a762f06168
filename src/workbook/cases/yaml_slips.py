"""What a YAML parser complains of, in words for people who do not write parsers."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from workbook.errors import Message


def mark_of(error: MarkedYAMLError) -> int | None:
    """Index of the character to look at: of what was never closed, its beginning."""
    unclosed = error.context_mark is not None and _unclosed(error)
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    return None if mark is None else mark.index


def _unclosed(error: MarkedYAMLError) -> bool:
    problem = str(error.problem)
    return any(sign in problem for sign in ("stream end", "end of stream", "expected ','"))


def plain_words(error: MarkedYAMLError) -> Message:
    """What the parser says, in words for people who do not write parsers."""
    problem, context = str(error.problem), str(error.context)
    if _unclosed(error):
        return OPEN_QUOTE if "quoted" in context else OPEN_BRACKET
    for sign, message in PLAIN_WORDS.items():
        if sign in problem or sign in context:
            return message
    if found := re.search(r"found character '(.)'", problem):
        return Message("text that begins with {sign} must stand in quotes", {"sign": found[1]})
    return ODD_LINE


ODD_LINE = Message("the line does not fit those above; check its indentation, brackets and quotes")
OPEN_QUOTE = Message("a quotation mark is opened and never closed")
OPEN_BRACKET = Message("a bracket is opened and not closed again")
PLAIN_WORDS = {
    "\\t": Message("a tab stands where only spaces may; use spaces to indent"),
    "mapping values are not allowed": Message(
        "a colon too many, or a line indented too far; put text with a colon in quotes"
    ),
    "escape": Message("a backslash in double quotes has a meaning of its own; use single quotes"),
    "simple key": Message("a colon with a space behind it is missing after the key"),
}
