"""A participant's notebook follows the room: which steps are open, and whether a hand-in arrived.

A thread asks the room every few seconds; what follows from its answer is done in the kernel's own
loop, between two cells. A hand-in that the room has not confirmed stays in the participant's
folder and is sent again until it has, also by a kernel that was started again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from random import Random
from threading import Event, Thread
from typing import Protocol

from workbook.errors import Message, WorkError
from workbook.workshop.link import Notice, RoomError, RoomLink, Sighting

EVERY_SECONDS, AT_MOST_SECONDS = 3.0, 15.0
"""How often the room is asked; how rarely at most, after it could not be reached."""


class Follows(Protocol):
    """The participant, as far as the room is concerned."""

    @property
    def sighting(self) -> Sighting:
        """What the room hears."""

    @property
    def waiting(self) -> tuple[str, bytes] | None:
        """Receipt and content of the last hand-in, if the room has not confirmed it."""

    def confirmed(self, receipt: str) -> None:
        """Note that the room has this hand-in."""


class Follower:
    """Follows a room for one participant.

    Attributes
    ----------
    notice
        What the room said last; None before it was reached.
    problem
        Why it could not be reached, or refused a hand-in, the last time; None if all went well.
    """

    def __init__(self, link: RoomLink, participant: Follows) -> None:
        self.link, self.participant = link, participant
        self.notice: Notice | None = None
        self.problem: Message | None = None
        self._listeners: list[Callable[[], None]] = []
        self._wake, self._ended = Event(), Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        with suppress(RuntimeError):  # no loop in a script
            self._loop = asyncio.get_running_loop()

    def tell(self, changed: Callable[[], None]) -> None:
        """Call this whenever something has changed."""
        self._listeners.append(changed)

    def start(self) -> None:
        """Follow from now on; a follower that was started before ends."""
        global _current
        if _current is not None:
            _current.end()
        _current = self
        Thread(target=self._run, name="workbook-room", daemon=True).start()

    def end(self) -> None:
        """Follow no longer."""
        self._ended.set()
        self._wake.set()

    def hurry(self) -> None:
        """Ask the room now, after a hand-in for example."""
        self._wake.set()

    def _run(self) -> None:
        pause, chance = EVERY_SECONDS, Random()
        while not self._ended.is_set():
            self._wake.clear()
            try:
                changed = self.look()
                pause = EVERY_SECONDS if self.problem is None else min(2 * pause, AT_MOST_SECONDS)
            except Exception:  # a draft that cannot be read just now must not end the following
                changed, pause = False, AT_MOST_SECONDS
            if changed:
                self._spread()
            self._wake.wait(pause * chance.uniform(0.8, 1.2))  # sixty notebooks, not all at once

    def look(self) -> bool:
        """Ask the room once, and send what waits; return whether anything has changed."""
        before = self.notice, self.problem
        sent = False
        try:
            self.notice = self.link.follow(self.participant.sighting)
            sent = self._send()
            self.problem = None
        except RoomError as error:
            self.problem = error.message
        return sent or before != (self.notice, self.problem)

    def _send(self) -> bool:
        waiting = self.participant.waiting
        if waiting is None:
            return False
        receipt, data = waiting
        given = self.link.send(data)
        if given != receipt:
            raise RoomError(
                "the room gave another receipt ({receipt}); hand yours over as a file",
                receipt=given,
            )
        self.participant.confirmed(receipt)
        return True

    def _spread(self) -> None:
        if self._loop is None or self._loop.is_closed():
            self._call_listeners()
        else:
            self._loop.call_soon_threadsafe(self._call_listeners)

    def _call_listeners(self) -> None:
        for changed in self._listeners:
            with suppress(WorkError):
                changed()


_current: Follower | None = None
"""The follower of this kernel: a seat that is taken again replaces it."""
