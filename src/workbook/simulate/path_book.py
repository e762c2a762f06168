"""The record of all runs by path: an event that happens in some of a path's runs divides it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.simulate.book import Book
from workbook.simulate.draws import Draws, MilestoneLuck
from workbook.simulate.economies import Economies
from workbook.simulate.paths import Bools, Paths
from workbook.simulate.variants import Variants


class PathBook(Paths, Book):
    """The record of all runs, by path; an event divides paths."""

    def __init__(
        self,
        draws: Draws,
        economies: Economies,
        variants: Variants,
        *,
        apart: bool,
        copies: int,
    ) -> None:
        Paths.__init__(self, draws.lives, apart=apart, copies=copies)
        Book.__init__(self, draws, economies, variants)

    def rows_at_start(self) -> int:
        """Return how many rows the arrays have at first: one, if all runs begin alike."""
        return self.size

    def place(self, lives: Ints, columns: Ints) -> Ints:
        """Return the positions of these in the flattened arrays by run and milestone.

        One index into a flattened array is several times as fast as two.
        """
        return lives * self.columns + columns

    def happens(self, kind: str, name: str, lives: Ints, chance: float | Floats) -> Ints:
        """Draw an event in all runs of these paths, which divide; return those where it happens."""
        places, counts = self.places(lives)
        each = chance if isinstance(chance, float | int) else chance.repeat(counts)
        found = self.draws.happens(kind, name, self.order[places], each, self.run)
        paths, happens, _ = self.divide(lives, places, found)
        return paths[happens]


class LuckyBook(PathBook):
    """The record of all runs with the draws of milestones: attempts, truths and tests."""

    truth: NDArray[np.int8]
    untrue: Bools
    refuted: Bools
    owing_any: Bools

    def begin_luck(self, run: Ints | None = None) -> None:
        """Let attempts at milestones be drawn when they are first asked for: by follower, or with
        `run`, by these runs.
        """
        run = self.run if run is None else run
        self.luck = {
            kind: MilestoneLuck(self.draws, kind, self.variants.ids, run)
            for kind in ("attempt", "truth", "test")
        }

    def attempt_at(
        self, kind: str, lives: Ints, columns: Ints, chance: Floats
    ) -> tuple[Ints, Bools, Ints | slice]:
        """Draw at a milestone of each of these paths, which divide.

        Returns all paths there are now of these, whether it happens, and their positions before.
        """
        if not len(lives):
            return lives, np.zeros(0, dtype=bool), slice(None)
        places, counts = self.places(lives)
        found = self.luck[kind].happens(columns, counts, self.order[places], chance)
        return self.divide(lives, places, found)

    def failures(
        self, lives: Ints, columns: Ints, most: Ints, rates: Floats
    ) -> tuple[Ints, Ints, Ints]:
        """Draw how many attempts at a milestone of each of these paths fail in a row, at most so
        many; paths divide. `rates` are their chances, (attempts, paths), of which the last goes on.

        Returns all paths there are now of these, how many fail, and their positions before.
        """
        if not len(lives):
            return lives, most, most
        places, counts = self.places(lives)
        luck = self.luck["attempt"]
        failed = luck.failures(columns, counts, self.order[places], most, rates)
        return self.divide_by_number(lives, places, counts, failed)

    def copied(self, followers: Ints) -> None:
        """Copy the draws of these followers."""
        for luck in self.luck.values():
            luck.copy(followers, self.run)
        self.draws.copy(followers)
