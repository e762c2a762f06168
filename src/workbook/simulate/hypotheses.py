"""What is true in each life, and who still owes a redesign because of it.

Truth is drawn once a life, when it is first asked for. A milestone owes the redesign of each
hypothesis that it failed on; a hypothesis that its own test has refuted owes it to itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Ints
from workbook.plan import Tests
from workbook.simulate.draws import Draws
from workbook.simulate.variants import NONE, Variants

UNKNOWN, TRUE = -1, 1
Bools = NDArray[np.bool_]


class Hypotheses:
    """Truths and debts of all lives; hypotheses are known by their milestone's column."""

    def __init__(self, variants: Variants, draws: Draws) -> None:
        self.variants, self.draws = variants, draws
        self.truth: dict[int, NDArray[np.int8]] = {}
        self._owed: dict[tuple[int, int], Bools] = {}

    def tests(self, variant: int, column: int) -> Tests:
        """The hypothesis of that column as a variant has it."""
        tests = self.variants.plans[variant].milestone(self.variants.ids[column]).tests
        assert tests is not None
        return tests

    def relied_on(self, variant: int, column: int) -> list[int]:
        """Columns of the hypotheses that a milestone relies on."""
        plan = self.variants.plans[variant]
        return [
            self.variants.column[id] for id in plan.milestone(self.variants.ids[column]).relies_on
        ]

    def true(self, lives: Ints, variant: int, column: int) -> Bools:
        """In which of these lives (all of one variant) the hypothesis is true."""
        truth = self.truth.setdefault(column, np.full(self.draws.lives, UNKNOWN, dtype=np.int8))
        asked = lives[truth[lives] == UNKNOWN]
        belief = self.tests(variant, column).belief
        truth[asked] = self.draws.happens("truth", self.variants.ids[column], asked, belief)
        return np.asarray(truth[lives] == TRUE)

    def says_yes(self, lives: Ints, variant: int, column: int) -> Bools:
        """In which of these lives (all of one variant) the test says that it is true."""
        tests = self.tests(variant, column)
        chance = np.where(self.true(lives, variant, column), tests.if_true, tests.if_false)
        return self.draws.happens("test", self.variants.ids[column], lives, chance)

    def make_true(self, lives: Ints, column: int) -> None:
        """From now on it is so in these lives: a redesign has made it true."""
        truth = self.truth.setdefault(column, np.full(self.draws.lives, UNKNOWN, dtype=np.int8))
        truth[lives] = TRUE

    def owe(self, lives: Ints, column: int, hypothesis: int, owed: Bools | bool) -> None:
        """Whether this milestone must see that hypothesis redesigned before its next attempt."""
        key = (column, hypothesis)
        if key not in self._owed:
            self._owed[key] = np.zeros(self.draws.lives, dtype=bool)
        self._owed[key][lives] = owed

    def debts(self) -> Iterator[tuple[int, int, Bools]]:
        """Milestone, hypothesis, and in which lives the one owes the redesign of the other."""
        for (column, hypothesis), owed in self._owed.items():
            yield column, hypothesis, owed

    def mended_next(self, lives: Ints, columns: Ints) -> Ints:
        """The hypothesis to be redesigned before the next attempt of each; -1: none."""
        mends = np.full(len(lives), NONE, dtype=np.int64)
        for column, hypothesis, owed in self.debts():
            same = np.flatnonzero((columns == column) & owed[lives] & (mends == NONE))
            if hypothesis != column:  # a no of its own test, right or wrong, owes it anyway
                same = same[self.truth[hypothesis][lives[same]] != TRUE]
            mends[same] = hypothesis
        return mends
