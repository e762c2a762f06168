"""How many of each a room takes: wrong code words, hand-ins, connections.

Other computers are counted by their address. What comes from this machine itself is counted in one:
behind the proxy of a hub that is the whole class.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic

MINUTE = 60.0
MOST_TRIES, MOST_TRIES_HERE = 10, 300
"""Wrong code words in a minute: from another computer; from this machine, in all."""
MOST_ADDRESSES = 4_096
MOST_PEOPLE, MOST_PEOPLE_AT_ONE, MOST_VERSIONS = 300, 8, 40
"""People in a room, people who hand in from one other computer, hand-ins of one person."""
MOST_FILES_KEPT = 1_500
"""Hand-ins in all; a folder with more is taken for another one."""
MOST_CONNECTIONS, MOST_CONNECTIONS_FROM_ONE = 200, 24
"""Connections at once: in all, and from one other computer."""


def is_here(address: str) -> bool:
    """Whether an address is this machine's own.

    >>> is_here("127.0.0.1"), is_here("::1"), is_here("192.168.1.20"), is_here("")
    (True, True, False, False)
    """
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


@dataclass
class Tries:
    """Wrong code words of the last minute, by address; beyond the limit even the right one waits.

    A code word has 2**30 values. At 10 tries a minute one computer needs two centuries for all.
    """

    clock: Callable[[], float] = monotonic
    _wrong: dict[str, deque[float]] = field(default_factory=dict)

    def may_try(self, address: str) -> bool:
        """Whether this address has tries left."""
        most = MOST_TRIES_HERE if is_here(address) else MOST_TRIES
        return len(self._recent(address)) < most

    def was_wrong(self, address: str) -> None:
        """Count a wrong code word."""
        if address not in self._wrong and len(self._wrong) >= MOST_ADDRESSES:
            self._wrong.pop(next(iter(self._wrong)))
        self._wrong.setdefault(address, deque()).append(self.clock())

    def _recent(self, address: str) -> deque[float]:
        times = self._wrong.get(address, deque())
        while times and times[0] < self.clock() - MINUTE:
            times.popleft()
        return times


@dataclass
class Quota:
    """How many hand-ins came from whom, so that nobody fills the room with invented people."""

    versions: Counter[str] = field(default_factory=Counter)
    people_at: dict[str, set[str]] = field(default_factory=dict)

    def may_hand_in(self, person: str, address: str) -> bool:
        """Whether this person may hand in once more, from this address."""
        if self.versions[person] >= MOST_VERSIONS or self.versions.total() >= MOST_FILES_KEPT:
            return False
        if person not in self.versions and len(self.versions) >= MOST_PEOPLE:
            return False
        there = self.people_at.get(address, set())
        return is_here(address) or person in there or len(there) < MOST_PEOPLE_AT_ONE

    def handed_in(self, person: str, address: str = "") -> None:
        """Count a hand-in; without an address, one that was found in the folder."""
        self.versions[person] += 1
        if address:
            self.people_at.setdefault(address, set()).add(person)


@dataclass
class Connections:
    """The connections that are open, by address."""

    count: Counter[str] = field(default_factory=Counter)

    def enter(self, address: str) -> bool:
        """Count one more, unless there are too many."""
        full = self.count.total() >= MOST_CONNECTIONS
        if full or (not is_here(address) and self.count[address] >= MOST_CONNECTIONS_FROM_ONE):
            return False
        self.count[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Count one less."""
        self.count[address] -= 1
        if self.count[address] <= 0:
            del self.count[address]
