"""The draws of all lives, by kind and name, each made when it is first asked for.

Events (`left`) keep what a failure leaves of their uniform number, so that one draw serves every
try. Values of ranges are drawn in `ranges.py`.
"""

from __future__ import annotations

import numpy as np

from workbook.luck import Floats, after_failure, uniforms
from workbook.outcomes import Ints
from workbook.spread import Shape

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Draws:
    """The random numbers of `lives` runs from one seed."""

    def __init__(self, seed: int, lives: int, shape: Shape) -> None:
        self.seed, self.lives, self.shape = seed, lives, shape
        self._left: dict[tuple[str, str], Floats] = {}

    def uniforms(self, kind: str, name: str) -> Floats:
        """Return the draw of that name in every run."""
        return uniforms(self.seed, kind, name, self.lives)

    def happens(self, kind: str, name: str, lives: Ints, chance: float | Floats) -> Bools:
        """Return in which of these runs the event happens; asked again, it is the next try."""
        if (kind, name) not in self._left:
            self._left[kind, name] = self.uniforms(kind, name)
        left = self._left[kind, name]
        mine = left[lives]
        happens = mine < chance
        failed = ~happens
        rate = np.broadcast_to(chance, mine.shape)[failed]
        left[lives[failed]] = after_failure(mine[failed], rate)
        return happens
