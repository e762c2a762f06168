"""What a learner has done in one case with one set of figures, and what on other figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from workbook.lesson.figure_set import (
    bets_beside,
    figures_said,
    guesses_beside,
    interval,
    key_under,
    outcome_said,
    place_and_figures,
)
from workbook.lesson.progress import Bet, Guess, Progress
from workbook.lesson.syllabus import Scale
from workbook.words import Words


@dataclass(frozen=True)
class Records:
    """The progress file as one lesson reads and writes it.

    Attributes
    ----------
    progress
        The learner's file.
    case
        The case's id.
    figures
        The figures that were changed, as `figure_set` writes them.
    """

    progress: Progress
    case: str
    figures: str = ""

    def _key(self, place: str) -> str:
        return key_under(place, self.figures)

    def bet(self, fork: str) -> Bet | None:
        """The bet that stands at a fork on these figures."""
        return self.progress.bet(self.case, self._key(fork))

    def place(self, fork: str, bet: Bet, options: Collection[str]) -> None:
        """Keep a bet on these figures."""
        self.progress.place(self.case, self._key(fork), bet, options)

    def guess(self, section: str) -> Guess | None:
        """The interval that stands before a section on these figures."""
        return self.progress.guess(self.case, self._key(section))

    def place_guess(self, section: str, guess: Guess) -> None:
        """Keep an interval on these figures."""
        self.progress.place_guess(self.case, self._key(section), guess)

    def shown(self, place: str) -> bool:
        """Whether the outcome at this fork or section has been shown on these figures."""
        return self.progress.shown(self.case, self._key(place))

    def came(self, place: str) -> float | None:
        """What came out on these figures when it was first shown."""
        return self.progress.came(self.case, self._key(place))

    def show(self, place: str, came: float) -> None:
        """Write down what came out on these figures; from now on it stands."""
        self.progress.show(self.case, self._key(place), came)

    def bets_beside(self, fork: str, names: Mapping[str, str], currency: str, w: Words) -> str:
        """The bets at this fork on other figures, as a table."""
        rows = []
        for key, figures in self._elsewhere("bets", fork):
            if bet := self.progress.bet(self.case, key):
                came = self.progress.came(self.case, key)
                said = figures_said(figures, currency, w), names.get(bet.choice, bet.choice)
                rows.append((*said, w.percent(bet.confidence), outcome_said(came, w)))
        return bets_beside(rows, w)

    def guesses_beside(self, section: str, scale: Scale, currency: str, w: Words) -> str:
        """The guesses before this section on other figures, as a table."""
        rows = []
        for key, figures in self._elsewhere("guesses", section):
            if guess := self.progress.guess(self.case, key):
                came = self.progress.came(self.case, key)
                said = w("not shown yet") if came is None else scale.say(came, currency, w)
                ends = interval(guess.low, guess.high, scale, currency, w)
                rows.append((figures_said(figures, currency, w), ends, said))
        return guesses_beside(rows, w)

    def _elsewhere(self, part: str, place: str) -> Iterator[tuple[str, str]]:
        """The keys of this place under other figures, with these figures."""
        for case, key in self.progress.keys(part):
            at, figures = place_and_figures(key)
            if (case, at) == (self.case, place) and figures != self.figures:
                yield key, figures
