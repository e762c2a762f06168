"""The errors of the YAML parser, in words for people who do not write parsers."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from workbook.errors import Message

ODD_SPACE = re.compile(r"^[ \t]*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000])", re.MULTILINE)


def slip_in(text: str, error: MarkedYAMLError) -> tuple[Message, int | None]:
    """What is wrong, in words for people who do not write parsers, and where to look.

    The parser stops at the first character that it cannot parse; the slip is before that: an open
    bracket, the start of a key, or an indentation with a character that only looks like a space.
    """
    mark = _mark(error)
    if odd := ODD_SPACE.search(text, 0, _end_of_line(text, mark)):
        return ODD_INDENT, odd.start(1)
    if _has(error, "simple key") and "：" in text[mark or 0 : _end_of_line(text, mark)]:
        return WIDE_COLON, mark
    return _plain_words(error), mark


def _mark(error: MarkedYAMLError) -> int | None:
    begun = _unclosed(error) or _has(error, "simple key")
    mark = error.context_mark if begun else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    return None if mark is None else mark.index


def _end_of_line(text: str, index: int | None) -> int:
    end = -1 if index is None else text.find("\n", index)
    return len(text) if end < 0 else end


def _has(error: MarkedYAMLError, sign: str) -> bool:
    return sign in str(error.problem) or sign in str(error.context)


def _unclosed(error: MarkedYAMLError) -> bool:
    problem = str(error.problem)
    return any(sign in problem for sign in ("stream end", "end of stream", "expected ','"))


def _plain_words(error: MarkedYAMLError) -> Message:
    if _unclosed(error):
        return OPEN_QUOTE if "quoted" in str(error.context) else OPEN_BRACKET
    for sign, message in PLAIN_WORDS.items():
        if _has(error, sign):
            return message
    if found := re.search(r"found character '(.)'", str(error.problem)):
        return Message("text that begins with {sign} must stand in quotes", {"sign": found[1]})
    return ODD_LINE


ODD_INDENT = Message("a space that only looks like one stands here; indent with the space bar")
WIDE_COLON = Message("a wide colon (：) stands here; write a plain one and a space behind it")
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
