"""How messages of the page reach the kernel: in order, and their errors as a sentence.

A page numbers its commands from 1. Lab delivers messages to a kernel by two channels (the shell,
and a thread beside it), so under load a later one may overtake an earlier one: it waits here. A
command that never arrives is skipped after a moment.

Widgets swallow what their callbacks raise. Wrap each callback in `report_errors`, with the function
that shows the sentence. `strict` lets tests see every error instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from workbook.errors import InputError, Message, WorkError

Command = Mapping[str, Any]
PATIENCE = 1.0
"""Seconds that a command waits for the ones before it."""


class MessageOrder:
    """Whose turn it is, for each view of the page."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._early: dict[str, dict[int, Command]] = {}

    def take(self, command: Command) -> list[Command]:
        """The commands whose turn it is now that this one has come: none, it, or more behind it."""
        view, n = str(command.get("view") or ""), command.get("n")
        if not view or not isinstance(n, int) or n <= self._last.get(view, 0):
            return [command]
        self._early.setdefault(view, {})[n] = command
        return self._in_turn(view)

    def _in_turn(self, view: str) -> list[Command]:
        early, ready = self._early[view], []
        while (n := self._last.get(view, 0) + 1) in early:
            ready.append(early.pop(n))
            self._last[view] = n
        return ready

    @property
    def waiting(self) -> bool:
        """Whether a command waits for one that has not come."""
        return any(self._early.values())

    def overdue(self) -> list[Command]:
        """All that still wait, in their turn: what they wait for will not come any more."""
        ready: list[Command] = []
        for view, early in self._early.items():
            ready += [early[n] for n in sorted(early)]
            self._last[view] = max(early, default=self._last.get(view, 0))
            early.clear()
        return ready


P = ParamSpec("P")
T = TypeVar("T")
Say = Callable[[Message], None]
LOG = logging.getLogger("workbook.builder")
strict = False
"""Set by tests: what no user can be at fault for is raised as well as said."""


def report_errors(say: Say) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    """Decorate a callback: an error becomes a line for `say`, and its answer None."""

    def wrap(callback: Callable[P, T]) -> Callable[P, T | None]:
        @wraps(callback)
        def called(*args: P.args, **kwargs: P.kwargs) -> T | None:
            try:
                return callback(*args, **kwargs)
            except Exception as error:
                say(line_of(error))
                if strict and not isinstance(error, (InputError, WorkError)):
                    raise
                return None

        return called

    return wrap


def line_of(error: Exception) -> Message:
    """What a learner reads of an error: its own sentence, or that the workbook has a fault."""
    if isinstance(error, WorkError):
        return error.message
    if isinstance(error, InputError):
        return error.faults[0].message
    LOG.error("a callback raised", exc_info=error)
    template = (
        "Something went wrong here ({kind}). Your plan is safe; the last good state is shown."
    )
    return Message(template, {"kind": type(error).__name__})
