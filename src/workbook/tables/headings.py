"""Match the headers of a table with the known columns, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from workbook.amounts import is_unit
from workbook.tables.foreign_words import ENGLISH

NOTE = "#"
"""The start of a header that marks the user's own note; its column is ignored."""
ASIDE = "-"
"""The target of a mapping that ignores the column."""
BRACKETS = re.compile(r"[(（\[【{].*?[)）\]】}]")
FILLERS = re.compile(
    r"^(?:please |enter |write |your |my |our |the |full |a |an |est |estimated |expected |planned "
    r"|starting |initial |opening )+"
    r"|^(?:请填写|请输入|请写|您的|你的|我的|预计|预估|估计|计划|初始|起始|启动)+"
)
PER_TIME = re.compile(
    r" (?:per|a|each) (?:month|day|year|quarter|hour)$|^(?:monthly|yearly|annual|daily) "
)

Kind = Literal["known", "near", "mentioned", "aside", "unknown"]


@dataclass(frozen=True)
class Match:
    """The meaning of a header.

    Attributes
    ----------
    kind
        `known`: the column of `key`. `near`: probably misspelt, and `mentioned`: a longer text that
        contains a known name; `name` is that name. `aside`: ignored on purpose.
    unit
        The unit after the name, outside brackets, if there is one.
    """

    kind: Kind
    key: str = ""
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Headings:
    """The columns that a table may have.

    Attributes
    ----------
    names
        The key of each column by each of its names; case and signs do not matter.
    subject
        The key of the column that says what a row is about.
    accepts
        The key of a header that is no fixed name, such as `milestones.taste.cost`; None otherwise.
    given
        What the user maps headers to: a name, or `-` to leave the column aside.
    example
        A row of headers, as an example in the fault of a table without one.
    lists
        Whether a plain list, one subject a line, is a table too.
    lettered
        Whether a fault names a header with the letter of its column.
    """

    names: Mapping[str, str]
    subject: str
    accepts: Callable[[str], str | None] = field(default=lambda _: None)
    given: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    lists: bool = False
    lettered: bool = True
    _written: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {plain(name): key for name, key in self.names.items()}
        written = {plain(name): name for name in reversed(list(self.names))}
        given = {plain(header): name for header, name in self.given.items()}
        object.__setattr__(self, "names", by_name)
        object.__setattr__(self, "given", given)
        object.__setattr__(self, "_written", written)

    def match(self, header: str) -> Match:
        """What a header means."""
        if header.startswith(NOTE) and header != NOTE:
            return Match("aside")
        if (told := self.given.get(plain(header))) is not None:
            key = self.key_of(told)
            return Match("known", key) if key else Match("aside")
        if (key := self._key(header)) is not None:
            return Match("known", key)
        name = plain(header)
        for short, unit in _with_unit(name):
            if (key := self._named(short)) is not None:
                return Match("known", key, unit=unit)
        key = self._named(PER_TIME.sub("", name))
        if key is not None and key.endswith("per_week"):
            return Match("known", key)
        return self._guess(name)

    def known(self, headers: Sequence[str]) -> int:
        """How many of these cells are headers that are known."""
        return sum(bool(header) and self.match(header).kind == "known" for header in headers)

    def guessed(self, header: str) -> bool:
        """Whether a cell may be a header, if it is misspelt or long."""
        return self.match(header).kind in ("near", "mentioned")

    def place_name(self, letter: str, header: str) -> str:
        """How a header is called in a fault."""
        return f"{letter} ({header})" if self.lettered else header

    def key_of(self, name: str) -> str | None:
        """The key that a user maps a header to by this name; None for an unknown name and `-`."""
        return None if name == ASIDE else self._key(name)

    def _key(self, header: str) -> str | None:
        return self.accepts(header) or self._named(plain(header))

    def _named(self, name: str) -> str | None:
        """The key of a name in plain letters, in whichever language."""
        return self.names.get(name) or self.names.get(ENGLISH.get(name, ""))

    def _guess(self, name: str) -> Match:
        short = FILLERS.sub("", name)
        if (key := self._named(short)) is not None:
            return Match("known", key)
        if near := get_close_matches(name, self.names, n=1, cutoff=0.7):
            return Match("near", self.names[near[0]], self._written[near[0]])
        inside = [known for known in self.names if _mentions(name, known)]
        if inside:
            found = max(inside, key=len)
            return Match("mentioned", self.names[found], self._written[found])
        return Match("unknown")


def plain(name: str) -> str:
    """A header without case, signs, and what is in brackets (a unit, mostly)."""
    name = BRACKETS.sub("", name.casefold())
    bare = " ".join(re.sub(r"[\W_]+", " ", name).split())
    return bare.removesuffix(" in") if name.rstrip().endswith("%") else bare


def in_english(header: str) -> str:
    """A header in plain letters, in English where it is a known word of another language."""
    name = plain(header)
    return ENGLISH.get(name, name)


def _with_unit(name: str) -> Iterator[tuple[str, str]]:
    """A name without the unit behind it, and the unit: `duration weeks`, `工期月`."""
    words = name.split(" ")
    for n in (2, 1):
        if len(words) > n and is_unit(unit := " ".join(words[-n:])):
            yield " ".join(words[:-n]).removesuffix(" in"), unit
    for n in (3, 2, 1):
        if len(name) > n and not (unit := name[-n:]).isascii() and is_unit(unit):
            yield name[:-n], unit


def _mentions(text: str, name: str) -> bool:
    """Whether a longer header contains a known name as words of its own."""
    if name.isascii():
        return len(name) > 3 and f" {name} " in f" {text} "
    return len(name) > 1 and name in text and len(text) > len(name)
