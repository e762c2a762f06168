"""Sources of randomness for a run: an interface by name, and the random numbers of a seed."""

from __future__ import annotations

from typing import Protocol

from workbook.luck import after_failure, uniforms


class Chance(Protocol):
    """A source of randomness: named events, and named quantiles for ranges."""

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Whether this event happens; asked again, it is the next try of the same kind."""

    def quantile(self, kind: str, name: str) -> float:
        """Return a number in [0, 1) for a range; the same each time it is asked."""


class Luck:
    """The random numbers of the n-th run of a seed: the same draws that the simulation uses."""

    def __init__(self, seed: int, life: int) -> None:
        self.seed, self.life = seed, life
        self._left: dict[tuple[str, str], float] = {}

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Whether the draw of that name is below the probability; rescaled after a failure."""
        uniform = self._left.get((kind, name))
        if uniform is None:
            uniform = self.quantile(kind, name)
        if uniform < probability:
            return True
        self._left[kind, name] = after_failure(uniform, probability)
        return False

    def quantile(self, kind: str, name: str) -> float:
        """Return the draw of that name."""
        return float(uniforms(self.seed, kind, name, self.life + 1)[-1])
