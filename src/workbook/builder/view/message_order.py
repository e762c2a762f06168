"""Commands in the order in which the page sent them.

A page numbers its commands from 1. Lab delivers messages to a kernel by two channels (the shell,
and a thread beside it), so under load a later one may overtake an earlier one: it waits here. A
command that never arrives is skipped after a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
