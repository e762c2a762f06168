"""The frame of a picture over weeks: where a week and an amount stand on the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.charts.light.sheet import WIDTH

LEFT, RIGHT = 62.0, WIDTH - 10
LANE, LANES = 14.0, 4
"""Names of milestones stand in so many lanes above the band."""

TOP = LANE * LANES + 6
BAND, STRIP, GAP, AXIS = 130.0, 44.0, 14.0, 34.0
BASE = TOP + BAND + GAP + STRIP
HEIGHT = BASE + AXIS


@dataclass(frozen=True)
class Frame:
    """How weeks and amounts become places on the sheet."""

    last: int
    low: float
    high: float

    def x(self, week: float) -> float:
        """Where a week stands across the sheet."""
        return LEFT + (RIGHT - LEFT) * week / max(1, self.last)

    def y(self, amount: float) -> float:
        """Where an amount stands down the sheet."""
        return TOP + BAND * (1 - (amount - self.low) / (self.high - self.low))
