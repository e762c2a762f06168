"""The errors of the package, and the messages in them.

A user's mistake never ends in a traceback. Every mistake of an input is reported in one exception;
the command line, the notebooks and the builder print the same lines.

WorkbookError
├── InputError      the input is wrong: every fault at once (exit code 2)
└── WorkError       the input is right, but the work failed (exit code 1)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_SHOWN = 60
MOST_DIGITS = 1e21
"""Whole numbers below it are shown with all of their digits."""
# letters that change the reading direction or are invisible: they could disguise a value
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def N_(sentence: str) -> str:  # noqa: N802 - gettext's name for "a sentence, spoken elsewhere"
    """Mark a sentence in a table for translation, so that the test of words/zh/ finds it."""
    return sentence


@dataclass(frozen=True)
class Message:
    """A sentence in English with named placeholders; its template is the key of the translation."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map({name: _readable(v) for name, v in self.values.items()})


def _readable(value: object) -> object:
    """A value in a sentence: one, or several as a list."""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


NONE = Message("none at all")
"""What is allowed, or there, where nothing is: `there are: {NONE}`."""


@dataclass(frozen=True)
class Money:
    """An amount of money in a sentence; `words` formats it for the reader."""

    amount: float
    currency: str

    def __str__(self) -> str:
        return f"{f'{self.amount:,.2f}'.removesuffix('.00')} {self.currency}"


@dataclass(frozen=True)
class Fault:
    """One mistake in an input: its place, what was found, what is allowed, what to do.

    Attributes
    ----------
    path
        The place in the file, dotted, with ids instead of positions: `milestones.fit-out.needs`.
    message
        What was found, what is allowed and what to do, in one sentence or two.
    line
        Line of the file, counted from 1; None if the input was not a file.
    """

    path: str
    message: Message
    line: int | None = None

    def __str__(self) -> str:
        where = f"line {self.line}  " if self.line else ""
        return f"{where}{self.path}: {self.message}" if self.path else f"{where}{self.message}"


def shown(value: object) -> str:
    """Return a value as a fault shows it: one line, at most 60 characters, all of them visible."""
    text = _plain(value)
    text = "".join(_visible(letter) for letter in text[: MOST_SHOWN * 2])
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def quoted(value: object) -> Message | str:
    """Return a value for a sentence: text in quotation marks of the reader's, the rest bare."""
    if not isinstance(value, str):
        return shown(value)
    return Message("'{found}'", {"found": shown(value)})


def _plain(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < MOST_DIGITS:
        return str(int(value))
    if isinstance(value, Mapping):
        return "{" + ", ".join(str(key) for key in list(value)[:10]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_plain(item)[:MOST_SHOWN] for item in value[:10]) + "]"
    return str(value)


def _visible(letter: str) -> str:
    if unicodedata.category(letter) not in INVISIBLE:
        return letter
    return letter.encode("unicode_escape").decode("ascii")


def fault(path: str, template: str, **values: object) -> Fault:
    """Make a fault from its sentence; the code that knows the file adds the line."""
    return Fault(path, Message(template, values))


MOST_ALIKE = 3
"""Lines with one and the same mistake that are listed one by one."""


def without_repeats(faults: Sequence[Fault]) -> list[Fault]:
    """Return the faults with a mistake that many lines share only once, with some of its lines.

    A wrong name in every row of a table would hide the other mistakes of the table.

    >>> rows = [Fault("plan", Message("no such file"), line) for line in range(2, 9)]
    >>> [str(found) for found in without_repeats(rows)]
    ['line 2  plan: no such file (the same in 7 lines, such as 3, 4, 5)']
    """
    lines: dict[tuple[str, str], list[int]] = {}
    for one in faults:
        if one.line:
            lines.setdefault((one.path, str(one.message)), []).append(one.line)
    found = []
    for one in faults:
        same = lines.get((one.path, str(one.message)), []) if one.line else []
        if len(same) <= MOST_ALIKE:
            found.append(one)
        elif one.line == same[0]:
            template = N_("{fault} (the same in {n} lines, such as {lines})")
            others = [str(line) for line in same[1 : 1 + MOST_ALIKE]]
            values = {"fault": one.message, "n": len(same), "lines": others}
            found.append(Fault(one.path, Message(template, values), one.line))
    return found


class WorkbookError(Exception):
    """The base class of errors that are shown to a user without a traceback."""

    exit_code = 1


class WorkError(WorkbookError):
    """The input is right, but the work failed: a full disk, a dead kernel."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


class InputError(WorkbookError):
    """An input with faults, all of them.

    Attributes
    ----------
    source
        The user's name for the input: a path, or a plan's id.
    faults
        At least one, in the order of the file.
    """

    exit_code = 2

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.source = source
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__(source, self.faults)

    def __str__(self) -> str:
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        return "\n  ".join([f"{self.source} has {count}:", *map(str, without_repeats(self.faults))])
