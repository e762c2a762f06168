"""YAML as text and lines: a tree of nodes, each knowing where it was written.

The plain part of YAML 1.2 is read: keys, lists, scalars, comments; and aliases, because programs
write them by themselves. What an alias repeats counts as if it were written out, so that a small
file cannot unfold into a huge one. Tags and merge keys are refused. Nothing is built recursively
and reading stops at the first sign of a bomb. Errors of the parser are put into plain words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml.error import MarkedYAMLError

from workbook.cases.yaml_events import events
from workbook.consistency import shown
from workbook.errors import Fault, Message

MOST_NODES = 20_000
MOST_DEPTH = 20
MOST_FAULTS = 50

ODD_SPACE = re.compile(r"^[ \t]*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000])", re.MULTILINE)
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


@dataclass(kw_only=True)
class Span:
    """A stretch of the text: its line, its characters `text[start:end]`, in brackets or not.

    An `alias` spans the alias alone; its line is that of what it repeats.
    """

    line: int
    start: int
    end: int
    flow: bool = False
    alias: bool = False


@dataclass(kw_only=True)
class Scalar(Span):
    """A single value; `plain` if it is without quotes."""

    text: str
    plain: bool


@dataclass(kw_only=True)
class Listing(Span):
    """A list of nodes."""

    items: list[Node] = field(default_factory=list)


@dataclass(kw_only=True)
class Table(Span):
    """Keys and their nodes, with the place where each key begins."""

    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    waiting: str | None = None

    @property
    def lines(self) -> dict[str, int]:
        """Line of each key."""
        return {key: node.line for key, node in self.keys.items()}


Node = Scalar | Listing | Table

NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
ANCHOR = re.compile(r"(&[^\s,\[\]{}]+(\s+(#.*)?)*)?")
WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


def value_of(text: str) -> Any:
    """What a plain scalar means in YAML 1.2: nothing, yes or no, a number, or else text."""
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text):
        return float(text)
    return text


class RefusedError(Exception):
    """Reading cannot go on; the faults found so far say why."""


@lru_cache(maxsize=4)
def parse(text: str) -> tuple[Table | None, list[Fault]]:
    """The file's keys as a tree, or None; and what is wrong with it as YAML.

    A text that was just written is read again at once, so the last few are remembered: callers
    must not change the result.
    """
    builder = _Builder(text)
    try:
        for event in events(text, deepest=MOST_DEPTH):
            builder.take(event)
    except RefusedError:
        pass
    except MarkedYAMLError as error:
        builder.fault(*slip_in(text, error))
    except Exception:  # the parser's own slips (a wild escape, say): no traceback for a reader
        nothing = Message("this is no YAML that can be read here; look for a stray sign")
        builder.fault(nothing, builder.at)
    return builder.root(), builder.faults


class _Builder:
    """Puts events together to a tree, with a stack of its own instead of recursion."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.at = 0
        self._text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._stack: list[Listing | Table] = []
        self._root: Node | None = None
        self._anchored: dict[str, Node] = {}
        self._nodes = 0
        self._documents = 0

    def fault(self, message: Message, index: int | None) -> None:
        """Write down a fault at a character of the text."""
        line = None if index is None else self._line(index)
        self.faults.append(Fault("", message, line))

    def root(self) -> Table | None:
        """The tree, where the file is one of keys."""
        usable = all(fault.message.template == TWICE.template for fault in self.faults)
        return self._root if usable and isinstance(self._root, Table) else None

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        self.at = event.start_mark.index
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                again = Message("a second document begins here (---); a plan file has only one")
                self._refuse(again, event)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._close(event)
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            self._node(event, kind)

    def _node(self, event: Any, kind: str) -> None:
        self._count(event)
        if event.tag and event.tag != "!":
            self._odd(Message("tags ({found}) are not read; take it out"), event.tag, event)
        if kind == "ScalarEvent":
            self._scalar(event)
            return
        kind_of = Listing if kind == "SequenceStartEvent" else Table
        node = kind_of(**self._span(event), flow=bool(event.flow_style))
        self._anchor(node, event)
        self._put(node, event)
        self._stack.append(node)
        self._nested(len(self._stack), event)

    def _anchor(self, node: Node, event: Any) -> None:
        if event.anchor:
            self._anchored[event.anchor] = node

    def _alias(self, event: Any) -> None:
        """Put what the alias repeats in its place, counted as if it were written out."""
        node = self._anchored.get(event.anchor)
        if node is None:
            self._odd(NO_ANCHOR, event.anchor, event)
        elif any(node is unfinished for unfinished in self._stack):
            self._odd(INSIDE_ITSELF, event.anchor, event)
            node = None
        node = node or Scalar(**self._span(event), text="", plain=True)
        self._unfold(node, event)
        span = {**self._span(event), "line": node.line}
        self._put(replace(node, **span, flow=True, alias=True), event)

    def _unfold(self, node: Node, event: Any) -> None:
        """Count all that is in a node, at the depth where it is repeated."""
        waiting = [(node, len(self._stack))]
        while waiting:
            inner, depth = waiting.pop()
            self._count(event)
            if not isinstance(inner, Scalar):
                self._nested(depth + 1, event)
                inside = inner.items if isinstance(inner, Listing) else inner.entries.values()
                waiting += [(child, depth + 1) for child in inside]

    def _nested(self, depth: int, event: Any) -> None:
        if depth > MOST_DEPTH:
            template = "nested deeper than {n} levels; a plan needs fewer"
            self._refuse(Message(template, {"n": MOST_DEPTH}), event)

    def _close(self, event: Any) -> None:
        """A list or a set of keys ends: at its bracket, or with the last thing in it."""
        node = self._stack.pop()
        inside = node.items if isinstance(node, Listing) else list(node.entries.values())
        node.end = event.end_mark.index if node.flow or not inside else inside[-1].end

    def _span(self, event: Any) -> dict[str, Any]:
        start, end = event.start_mark.index, event.end_mark.index
        if type(event).__name__ != "AliasEvent":
            start = ANCHOR.match(self._text, start, end).end()  # type: ignore[union-attr]
        end = start + len(self._text[start:end].rstrip())
        return {"line": self._line(start), "start": start, "end": end}

    def _scalar(self, event: Any) -> None:
        bad = re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]", event.value)
        if bad:
            self._odd(Message("the character {found} cannot be shown; take it out"), bad[0], event)
        node = Scalar(**self._span(event), text=event.value, plain=not event.style)
        self._anchor(node, event)
        self._put(node, event)

    def _put(self, node: Node, event: Any) -> None:
        """Hang a node where it belongs; a mapping's nodes come by turns, key and value."""
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
        elif parent.waiting is not None:
            parent.entries.setdefault(parent.waiting, node)
            parent.waiting = None
        elif isinstance(node, Scalar):
            self._key(parent, node, event)
        else:
            odd = Message("a list or a set of keys cannot be a key itself; write a word")
            self._refuse(odd, event)

    def _key(self, parent: Table, node: Scalar, event: Any) -> None:
        key = parent.waiting = node.text
        if node.plain and key == "<<":
            self._odd(Message("merge keys ({found}) are not read; write the keys out"), key, event)
        elif key in parent.keys:
            values = {"key": shown(key), "line": parent.keys[key].line}
            self.fault(Message(TWICE.template, values), event.start_mark.index)
        else:
            parent.keys[key] = node

    def _odd(self, sentence: Message, found: object, event: Any) -> None:
        """Report something that is not read, at its first place."""
        name = shown(str(found).replace("tag:yaml.org,2002:", "!!"))
        message = Message(sentence.template, {"found": name})
        if any(fault.message == message for fault in self.faults):
            return
        self.fault(message, event.start_mark.index)
        if len(self.faults) >= MOST_FAULTS:
            raise RefusedError

    def _refuse(self, message: Message, event: Any) -> None:
        self.fault(message, event.start_mark.index)
        raise RefusedError

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            template = "more than {n} values; a plan needs fewer"
            self._refuse(Message(template, {"n": MOST_NODES}), event)

    def _line(self, index: int) -> int:
        return bisect_right(self._breaks, index - 1) + 1


NO_ANCHOR = Message("the alias *{found} repeats nothing; write the value out")
INSIDE_ITSELF = Message("the alias *{found} stands inside what it repeats; write the value out")
TWICE = Message("the key '{key}' is there twice, first on line {line}; take one out")
