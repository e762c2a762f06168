"""What is true in each run: hypotheses, what is known of them, and shared conditions.

The truth of a hypothesis is drawn once per run, on first use. A failed attempt reveals which of the
hypotheses it relied on are untrue, so that they are put right first; a no of a test, which may be
wrong, only concerns the test. Whether a condition holds is drawn once per run, too; it changes pass
rates.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.plan import Plan, Tests
from workbook.simulate.book import Book, groups
from workbook.simulate.draws import Draws
from workbook.simulate.tables import NONE
from workbook.simulate.variants import Variants

UNKNOWN, TRUE = -1, 1
Bools = NDArray[np.bool_]


class Hypotheses:
    """Truth and knowledge in all runs; hypotheses are identified by their milestone's column.

    `variant` is the array of the runs' variants, shared with the states.
    """

    def __init__(self, variants: Variants, draws: Draws, variant: Ints) -> None:
        self.variants, self.draws, self.variant = variants, draws, variant
        self.truth: dict[int, NDArray[np.int8]] = {}
        self.untrue: dict[int, Bools] = {}
        self.refuted: dict[int, Bools] = {}

    def tests(self, variant: int, column: int) -> Tests:
        """Return the hypothesis of that column in a variant."""
        return self.variants.task(variant, column).hypothesis

    def relied_on(self, variant: int, column: int) -> list[int]:
        """Return the columns of the hypotheses that a milestone relies on."""
        relied = self.variants.task(variant, column).relies_on
        return [self.variants.column[id] for id in relied]

    def true(self, lives: Ints, variant: int, column: int) -> Bools:
        """Return in which of these runs (all of one variant) the hypothesis is true."""
        truth = self.truth.setdefault(column, np.full(self.draws.lives, UNKNOWN, dtype=np.int8))
        asked = lives[truth[lives] == UNKNOWN]
        belief = self.tests(variant, column).belief
        truth[asked] = self.draws.happens("truth", self.variants.ids[column], asked, belief)
        return np.asarray(truth[lives] == TRUE)

    def says_yes(self, lives: Ints, variant: int, column: int) -> Bools:
        """Return in which of these runs (all of one variant) the test says that it is true."""
        tests = self.tests(variant, column)
        chance = np.where(self.true(lives, variant, column), tests.if_true, tests.if_false)
        return self.draws.happens("test", self.variants.ids[column], lives, chance)

    def make_true(self, lives: Ints, column: int) -> None:
        """Make it true in these runs from now on: a redesign has put it right."""
        truth = self.truth.setdefault(column, np.full(self.draws.lives, UNKNOWN, dtype=np.int8))
        truth[lives] = TRUE
        for known in (self.untrue, self.refuted):
            if column in known:
                known[column][lives] = False

    def find_untrue(self, lives: Ints, column: int) -> None:
        """Record that it is known to be untrue, after an attempt that relied on it failed."""
        self._know(self.untrue, lives, column)

    def begin_untrue(self, column: int) -> None:
        """Record that it is known to be untrue in every run, from before the first week."""
        self.truth[column] = np.zeros(self.draws.lives, dtype=np.int8)
        self.find_untrue(np.arange(self.draws.lives), column)

    def refute(self, lives: Ints, column: int) -> None:
        """Record that its own test has said no, rightly or wrongly."""
        self._know(self.refuted, lives, column)

    def _know(self, known: dict[int, Bools], lives: Ints, column: int) -> None:
        if column not in known:
            known[column] = np.zeros(self.draws.lives, dtype=bool)
        known[column][lives] = True

    def relying_on(self, column: int) -> list[int]:
        """Return the columns of the milestones that rely on a hypothesis in any variant."""
        tables = self.variants.tables
        return np.flatnonzero((tables.relied_on == column).any(axis=(0, 2))).tolist()

    def waiting_for(self, lives: Ints, column: int) -> Iterator[tuple[int, Bools]]:
        """Return milestones that cannot start during this redesign, with these runs."""
        none = np.zeros(len(lives), dtype=bool)
        untrue = self.untrue[column][lives] if column in self.untrue else none
        refuted = self.refuted[column][lives] if column in self.refuted else none
        yield column, untrue | refuted
        relied_on = self.variants.tables.relied_on
        for relying in self.relying_on(column):
            relies = (relied_on[:, relying] == column).any(axis=1)
            yield relying, untrue & relies[self.variant[lives]]

    def mended_next(self, lives: Ints, columns: Ints) -> Ints:
        """Return the hypothesis to be redesigned before the next attempt of each; -1 for none."""
        mends = np.full(len(lives), NONE, dtype=np.int64)
        if not (self.untrue or self.refuted):
            return mends
        relied_on = self.variants.tables.relied_on[self.variant[lives], columns]
        for nth in reversed(range(relied_on.shape[1])):
            for hypothesis, untrue in self.untrue.items():
                mends[(relied_on[:, nth] == hypothesis) & untrue[lives]] = hypothesis
        for known in (self.untrue, self.refuted):
            for hypothesis, owing in known.items():
                mends[(columns == hypothesis) & owing[lives]] = hypothesis
        return mends


class Conditions:
    """The conditions of a plan, by run; drawn once per run, whatever options it takes."""

    def __init__(self, plan: Plan, draws: Draws) -> None:
        self.plan, self.draws = plan, draws
        self.of = {
            id: [n for n, one in enumerate(plan.conditions) if id in one.milestones]
            for one in plan.conditions
            for id in one.milestones
        }

    @cached_property
    def fails(self) -> NDArray[np.bool_]:
        """Shape (conditions, runs): where a condition does not hold."""
        found = [
            self.draws.uniforms("condition", one.id) >= one.chance for one in self.plan.conditions
        ]
        return np.array(found)

    def lessen(self, book: Book, lives: Ints, columns: Ints, rate: Floats) -> None:
        """Set the rates, after a race, of attempts whose conditions do not hold (in place)."""
        shared = np.array([id in self.of for id in book.variants.ids])
        for same, variant, column in groups(book, lives, columns, shared[columns]):
            task = book.variants.task(variant, column)
            conditions, mine = self.of[task.id], lives[same]
            failing = self.fails[conditions][:, mine]
            tries = np.minimum(book.tries[mine, column], len(task.chances)) - 1
            for kind in np.unique(np.vstack([failing, tries]), axis=1).T.tolist():
                factor = 1.0
                for n, fails in zip(conditions, kind[:-1], strict=True):
                    factor *= self.plan.conditions[n].pass_rate_factor if fails else 1.0
                here = (kind == np.vstack([failing, tries]).T).all(axis=1)
                if factor != 1.0:
                    rate[same[here]] = task.chance(int(kind[-1]), factor)
