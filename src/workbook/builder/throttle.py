"""How often the odds are played while changes keep coming, by a clock that is passed in.

The first change after a rest is played at once; while changes keep coming, the next play waits in
proportion to what the last one took, so that a slow plan never queues up work. The last value
always wins. The view owns the timer: it calls `ask` after each change, and calls back after that
many seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SHORTEST = 0.55
"""Seconds between two drawings while changes keep coming: of two seconds of changes five are drawn,
the last one included.
"""

SLOW = 0.12
"""Seconds for a drawing beyond which the view should ask for a quicker one."""

QUICK = 20
"""So many drawings are made the quick way before the better one is tried again."""

LIVES, FEWEST_LIVES = 2_000, 500


@dataclass
class Throttle:
    """Which revision is wanted, which is drawn, and when the next drawing may start.

    Parameters
    ----------
    clock
        Seconds that only rise: `time.monotonic`, or the loop's own time.

    Attributes
    ----------
    took
        Seconds of the last drawing.
    lives
        How many lives to simulate so that a drawing stays quick: 2,000, or fewer.
    """

    clock: Callable[[], float]
    wanted: int = 0
    drawn: int = 0
    took: float = 0.0
    lives: int = LIVES
    _quick: int = 0
    _started: float = float("-inf")
    _waiting: bool = False

    def ask(self, revision: int) -> float | None:
        """A change was made: seconds to wait before drawing, 0.0 for now; None: one is waiting."""
        self.wanted = revision
        if self._waiting or self.wanted == self.drawn:
            return None
        self._waiting = True
        ready = self._started + max(SHORTEST, 2 * self.took)
        return max(0.0, ready - self.clock())

    def start(self) -> int | None:
        """The timer rang: the revision to draw now, the latest; None where it is drawn already."""
        self._waiting = False
        if self.wanted == self.drawn:
            return None
        self._started = self.clock()
        return self.wanted

    def done(self, revision: int) -> float | None:
        """It was drawn: how long to wait for the next one; None where none is wanted.

        A drawing that failed is done, too: its revision is not tried again.
        """
        self.took = self.clock() - self._started
        self.drawn = revision
        self._learn()
        return self.ask(self.wanted)

    def _learn(self) -> None:
        """After a slow drawing simulate; where that is slow, too, fewer lives; later try again."""
        if self.took > SLOW:
            if self._quick:
                self.lives = max(FEWEST_LIVES, self.lives // 2)
            self._quick = QUICK
        elif self._quick:
            self._quick -= 1
            if not self._quick:
                self.lives = LIVES

    @property
    def slow(self) -> bool:
        """Whether the plan is to be played with `lives` lives, simulated."""
        return self._quick > 0

    def stale(self, revision: int) -> bool:
        """Whether an answer that was worked out for this revision is no longer wanted."""
        return revision != self.wanted
