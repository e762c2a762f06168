"""Which values reach a wanted chance, where more need not be better: all spans of them.

The curve is looked at in many places; between two that differ the step where it turns is sought by
halving. What lies wholly between two places that do not differ is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbook.solve.required import SLACK, Curve
from workbook.solve.search import Bracket, settled

LOOKS = 400
"""Lives of each first look at a curve that must be simulated."""
DIP = 2.0
"""Standard errors below the wanted chance from which on a curve is taken to have fallen."""


@dataclass
class Span:
    """Steps that all reach the chance; without `high`, with every step above.

    `error`: standard error of the end that limits it, in steps; 0 where exact.
    """

    low: int
    high: int | None = None
    error: float = 0.0

    def values(self, per: int, most: float | None) -> tuple[float, float | None]:
        """Its ends as values of the figure, `most` where all above do."""
        return self.low / per, most if self.high is None else self.high / per


def spans(curve: Curve, wanted: float, places: Iterable[int]) -> list[Span]:
    """Every span of steps that reach the chance, as far as these places show it."""
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

    Where it must be simulated few lives are asked, and a fall is one that noise does not explain.
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
    """The last step that reaches it on the way to one that does not, and its standard error."""
    way = 1 if enough > short else -1  # a curve that falls rises on the way back
    ends = (way * short, way * enough, curve.chance(short), curve.chance(enough))
    between = Bracket(lambda step: curve.chance(way * step), wanted, *ends)
    found = settled(between, curve.noise(wanted))
    return way * found.step, found.error
