"""How good a learner's bets and intervals were.

A bet is scored by its squared error (Brier 1950): confidence minus outcome, where the outcome is
1, 0, or a half if the leading options were too close to call (`paired.Gap.decides`). Always saying
50 scores 0.25, or less where ties come up. Pure results: `overview` puts them into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from workbook.lesson.progress import Progress
from workbook.lesson.records import place_and_figures

TOSS = 0.25
WANTED = 0.8
BANDS = ((0.5, 0.6), (0.65, 0.8), (0.85, 1.0))
"""Lower and upper confidence of each band; the form offers steps of five points."""


@dataclass(frozen=True)
class Settled:
    """A bet whose outcome is known: where, how sure (0.5 to 1), and how right (0, 0.5 or 1)."""

    case: str
    fork: str
    choice: str
    confidence: float
    came: float
    figures: str = ""


@dataclass(frozen=True)
class Measured:
    """An interval whose number is known."""

    case: str
    section: str
    low: float
    high: float
    came: float
    figures: str = ""

    @property
    def held(self) -> bool:
        """Whether it contains the number, ends included."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True)
class Band:
    """The bets of similar confidence: how many, mean confidence, and mean outcome."""

    least: float
    most: float
    count: int
    said: float
    came: float


def settled(progress: Progress) -> list[Settled]:
    """Return every bet whose outcome was shown, in the order of placing."""
    found = []
    for case, key in progress.keys("bets"):
        bet, came = progress.bet(case, key), progress.came(case, key)
        if bet is not None and came is not None and 0 <= came <= 1:
            fork, figures = place_and_figures(key)
            one = Settled(case, fork, bet.choice, bet.confidence, came, figures)
            found.append((bet.placed, one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def measured(progress: Progress) -> list[Measured]:
    """Return every interval whose number was shown, in the order of writing."""
    found = []
    for case, key in progress.keys("guesses"):
        guess, came = progress.guess(case, key), progress.came(case, key)
        if guess is not None and came is not None:
            section, figures = place_and_figures(key)
            one = Measured(case, section, guess.low, guess.high, came, figures)
            found.append((guess.placed, one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def brier(bets: Sequence[Settled]) -> float:
    """Return the mean squared error; 0 is perfect, 1 is certain and wrong every time."""
    return fmean((bet.confidence - bet.came) ** 2 for bet in bets)


def bands(bets: Sequence[Settled]) -> list[Band]:
    """Group the bets by confidence; leave out empty bands."""
    found = []
    for number, (least, most) in enumerate(BANDS):
        top = BANDS[number + 1][0] if number + 1 < len(BANDS) else float("inf")
        bottom = least if number else float("-inf")
        inside = [bet for bet in bets if bottom <= bet.confidence < top]
        if inside:
            said, came = fmean(b.confidence for b in inside), fmean(b.came for b in inside)
            found.append(Band(least, most, len(inside), said, came))
    return found


def coverage(intervals: Sequence[Measured]) -> float:
    """Return the share of intervals that held; of good ones about 8 in 10 do."""
    return fmean(interval.held for interval in intervals)
