"""Find all spans of values that reach a wanted chance, if more is not always better.

The curve is evaluated at many points; between two that differ the turning step is found by
bisection. Spans that lie wholly between two equal points are missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbook.solve.required import SLACK, Curve
from workbook.solve.search import Bracket, settled

LOOKS = 400
"""Runs of each first evaluation of a curve that must be simulated."""
DIP = 2.0
"""Standard errors below the wanted chance at which a curve counts as fallen."""


@dataclass
class Span:
    """Steps that all reach the chance; without `high`, all steps above, too.

    `error` is the standard error of its limiting end, in steps; 0 where exact.
    """

    low: int
    high: int | None = None
    error: float = 0.0

    def values(self, per: int, most: float | None) -> tuple[float, float | None]:
        """Return its ends as values of the figure, `most` if all larger values do."""
        return self.low / per, most if self.high is None else self.high / per


def spans(curve: Curve, wanted: float, places: Iterable[int]) -> list[Span]:
    """Return every span of steps that reach the chance, as far as these points show it."""
    found: list[Span] = []
    short, enough, reached = 0, 0, False
    for step in sorted(set(places)):
        chance = curve.chance(step)
        if chance >= wanted - SLACK:
            if not reached:
                low, error = (step, 0.0) if step == 0 else _turn(curve, wanted, short, step)
                found.append(Span(low, None, error))
            enough, reached = step, True
        elif not reached or chance < wanted - DIP * curve.noise(wanted):
            if reached:
                found[-1].high, found[-1].error = _turn(curve, wanted, step, enough)
            short, reached = step, False
    return found


def falls(curve: Curve, wanted: float, places: Iterable[int]) -> bool:
    """Whether the curve falls below the chance somewhere after it has reached it.

    If it must be simulated few runs are used, and only a fall that is more than noise counts.
    """
    look = curve
    if curve.how == "simulated" and curve.runs > LOOKS:
        look = Curve(curve.at, curve.choices, LOOKS, curve.seed, "simulated")
    slack = max(SLACK, DIP * look.noise(wanted))
    reached = False
    for step in sorted(set(places)):
        chance = look.chance(step)
        if reached and chance < wanted - slack:
            return True
        reached = reached or chance >= wanted - SLACK
    return False


def _turn(curve: Curve, wanted: float, short: int, enough: int) -> tuple[int, float]:
    """Return the last step that reaches it before one that does not, and its standard error."""
    way = 1 if enough > short else -1  # a curve that falls rises in the other direction
    ends = (way * short, way * enough, curve.chance(short), curve.chance(enough))
    between = Bracket(lambda step: curve.chance(way * step), wanted, *ends)
    found = settled(between, curve.noise(wanted))
    return way * found.step, found.error
