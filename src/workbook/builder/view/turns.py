"""Orders in the turn in which the page gave them, whichever way they came.

A page numbers its orders from 1. Lab hands messages to a kernel by two ways (the shell, and from
some moment on a thread beside it), so under load a later one may overtake an earlier one: it waits
here. What an order waits for may be lost with a broken line; after a moment it goes on without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Order = Mapping[str, Any]
PATIENCE = 1.0
"""Seconds that an order waits for the ones before it."""


class Turns:
    """Whose turn it is, for each view of the page."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._early: dict[str, dict[int, Order]] = {}

    def take(self, order: Order) -> list[Order]:
        """The orders whose turn it is now that this one has come: none, it, or more behind it."""
        view, n = str(order.get("view") or ""), order.get("n")
        if not view or not isinstance(n, int) or n <= self._last.get(view, 0):
            return [order]
        self._early.setdefault(view, {})[n] = order
        return self._in_turn(view)

    def _in_turn(self, view: str) -> list[Order]:
        early, ready = self._early[view], []
        while (n := self._last.get(view, 0) + 1) in early:
            ready.append(early.pop(n))
            self._last[view] = n
        return ready

    @property
    def waiting(self) -> bool:
        """Whether an order waits for one that has not come."""
        return any(self._early.values())

    def overdue(self) -> list[Order]:
        """All that still wait, in their turn: what they wait for will not come any more."""
        ready: list[Order] = []
        for view, early in self._early.items():
            ready += [early[n] for n in sorted(early)]
            self._last[view] = max(early, default=self._last.get(view, 0))
            early.clear()
        return ready
