"""The progress file as one lesson uses it, and how good a learner's bets and intervals were.

A bet on a business with twice the cash is another bet. So each bet is saved under its fork (or
section) and the figures that differ from the case's, and a notebook run with other figures asks
again; earlier bets are shown next to it.

A bet is scored by its squared error (Brier 1950): confidence minus outcome, where the outcome is
1, 0, or a half if the leading options were too close to call (`paired.Gap.decides`). Always saying
50 scores 0.25, or less where ties come up. `programme.py` puts the scores into words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from workbook.lesson import markup
from workbook.lesson.progress import Bet, Guess, Progress
from workbook.lesson.syllabus import Scale
from workbook.words import N_, Words

OWN_RUNS, OWN_SEED = 2000, 1
"""The number of runs and the seed in the shipped notebooks."""

CROSSED_OUT = "crossed-out"
"""The name among the changed figures of a chain from which the learner has crossed out a box."""

OUTCOMES = {0.0: N_("wrong"), 0.5: N_("too close to call"), 1.0: N_("right")}
"""How right a bet was, in words."""


def figure_set(
    *, cash: float = 0, hours: float = 0, runs: int = OWN_RUNS, seed: int = OWN_SEED
) -> str:
    """Return the changed figures as they are saved; empty for those of the case.

    >>> figure_set(cash=300_000, seed=2)
    'cash=300000,seed=2'
    """
    own = {"cash": 0, "hours": 0, "runs": OWN_RUNS, "seed": OWN_SEED}
    given = {"cash": cash, "hours": hours, "runs": runs, "seed": seed}
    return ",".join(f"{name}={given[name]:.15g}" for name in own if given[name] != own[name])


def with_figure(figures: str, path: str, value: float) -> str:
    """Return the changed figures with one more, named by its path in the plan.

    >>> with_figure("cash=300000", "milestones.taste.cost", 15_000)
    'cash=300000,milestones.taste.cost=15000'
    """
    others = [pair for pair in figures.split(",") if pair and pair.partition("=")[0] != path]
    return ",".join([*others, f"{path}={value:.15g}"])


def key_under(place: str, figures: str) -> str:
    """Return the key of a fork or a section with these figures."""
    return f"{place}@{figures}" if figures else place


def place_and_figures(key: str) -> tuple[str, str]:
    """Return the fork or section of a key, and the figures."""
    place, _, figures = key.partition("@")
    return place, figures


def figures_said(figures: str, currency: str, w: Words) -> str:
    """Return a set of figures in words: `cash ¥300,000, luck 2`."""
    if not figures:
        return w("the case's own figures")
    pairs = (part.partition("=") for part in figures.split(","))
    return w.list([_said(name, value, currency, w) for name, _, value in pairs])


def _said(name: str, value: str, currency: str, w: Words) -> str:
    try:
        number = float(value)
    except ValueError:  # a file that somebody edited
        return f"{name} {value}"
    if name == CROSSED_OUT:
        return w("one box crossed out")
    if name == "cash":
        return w("cash {amount}", amount=w.money(number, currency))
    template = {"hours": N_("{n} hours a week"), "runs": N_("{n} lives"), "seed": N_("luck {n}")}
    return w(template[name], n=w.number(number)) if name in template else f"{name} {value}"


def outcome_said(came: float | None, w: Words) -> str:
    """Say how right a bet was."""
    if came is None:
        return w("not shown yet")
    return w(OUTCOMES[came]) if came in OUTCOMES else w.number(came)


def bets_beside(rows: Iterable[Sequence[str]], w: Words) -> str:
    """Return the bets on other figures as a table with a title; empty without any."""
    head = (w("figures"), w("your bet"), w("how sure"), w("outcome"))
    return _beside(w("Your bets on other figures"), head, list(rows))


def guesses_beside(rows: Iterable[Sequence[str]], w: Words) -> str:
    """Return the guesses on other figures as a table with a title; empty without any."""
    head = (w("figures"), w("your interval"), w("it came to"))
    return _beside(w("Your guesses on other figures"), head, list(rows))


def _beside(title: str, head: Sequence[str], rows: list[Sequence[str]]) -> str:
    return markup.say(title) + markup.table(head, rows) if rows else ""


def interval(low: float, high: float, scale: Scale, currency: str, w: Words) -> str:
    """Return an interval as text."""
    return " – ".join(scale.say(end, currency, w) for end in (low, high))


@dataclass(frozen=True)
class Records:
    """The part of the progress file that belongs to one lesson.

    Attributes
    ----------
    progress
        The learner's file.
    case
        The case's id.
    figures
        The changed figures, as written by `figure_set`.
    """

    progress: Progress
    case: str
    figures: str = ""

    @property
    def changed(self) -> bool:
        """Whether the plan has other figures than the case; runs and seed do not change it.

        Nor does a box crossed out: that is the way of the page.
        """
        names = {pair.partition("=")[0] for pair in self.figures.split(",")}
        return bool(names - {"", "runs", "seed", CROSSED_OUT})

    def _key(self, place: str) -> str:
        return key_under(place, self.figures)

    def bet(self, fork: str) -> Bet | None:
        """Return the bet at a fork on these figures."""
        return self.progress.bet(self.case, self._key(fork))

    def place(self, fork: str, bet: Bet, options: Collection[str]) -> None:
        """Save a bet on these figures."""
        self.progress.place(self.case, self._key(fork), bet, options)

    def guess(self, section: str) -> Guess | None:
        """Return the interval before a section on these figures."""
        return self.progress.guess(self.case, self._key(section))

    def place_guess(self, section: str, guess: Guess) -> None:
        """Save an interval on these figures."""
        self.progress.place_guess(self.case, self._key(section), guess)

    def shown(self, place: str) -> bool:
        """Whether the outcome at this fork or section has been shown on these figures."""
        return self.progress.shown(self.case, self._key(place))

    def came(self, place: str) -> float | None:
        """Return what was first shown on these figures."""
        return self.progress.came(self.case, self._key(place))

    def show(self, place: str, came: float) -> None:
        """Save what came out on these figures; from now on it is final."""
        self.progress.show(self.case, self._key(place), came)

    def bets_beside(self, fork: str, names: Mapping[str, str], currency: str, w: Words) -> str:
        """Return the bets at this fork on other figures, as a table."""
        rows = []
        for key, figures in self._elsewhere("bets", fork):
            if bet := self.progress.bet(self.case, key):
                came = self.progress.came(self.case, key)
                said = figures_said(figures, currency, w), names.get(bet.choice, bet.choice)
                rows.append((*said, w.percent(bet.confidence), outcome_said(came, w)))
        return bets_beside(rows, w)

    def guesses_beside(self, section: str, scale: Scale, currency: str, w: Words) -> str:
        """Return the guesses before this section on other figures, as a table."""
        rows = []
        for key, figures in self._elsewhere("guesses", section):
            if guess := self.progress.guess(self.case, key):
                came = self.progress.came(self.case, key)
                said = w("not shown yet") if came is None else scale.say(came, currency, w)
                ends = interval(guess.low, guess.high, scale, currency, w)
                rows.append((figures_said(figures, currency, w), ends, said))
        return guesses_beside(rows, w)

    def _elsewhere(self, part: str, place: str) -> Iterator[tuple[str, str]]:
        """Return the keys of this place under other figures, with these figures."""
        for case, key in self.progress.keys(part):
            at, figures = place_and_figures(key)
            if (case, at) == (self.case, place) and figures != self.figures:
                yield key, figures


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
