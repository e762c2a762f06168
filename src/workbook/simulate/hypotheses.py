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
from workbook.simulate.book import groups
from workbook.simulate.draws import Draws
from workbook.simulate.paths import PathBook
from workbook.simulate.tables import NONE

UNKNOWN, UNTRUE, TRUE = -1, 0, 1
Bools = NDArray[np.bool_]


class Hypotheses:
    """Truth and knowledge in all paths; hypotheses are identified by their milestone's column."""

    def __init__(self, states: PathBook) -> None:
        self.states, self.variants = states, states.variants
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

    def find_truth(self, lives: Ints, variant: int, column: int) -> None:
        """Draw where it is not known yet whether a hypothesis is true; paths of one variant."""
        truth, since = self._truth(column), self.states.size
        asked = lives[truth[lives] == UNKNOWN]
        if not len(asked):
            return
        belief = self.tests(variant, column).belief
        true = self.states.happens("truth", self.variants.ids[column], asked, belief)
        truth = self.truth[column]
        truth[asked], truth[since:], truth[true] = UNTRUE, UNTRUE, TRUE

    def true(self, lives: Ints, column: int) -> Bools:
        """Return in which of these paths the hypothesis is true, once that has been drawn."""
        return np.asarray(self.truth[column][lives] == TRUE)

    def _truth(self, column: int) -> NDArray[np.int8]:
        if column not in self.truth:
            self.truth[column] = np.full(self.states.size, UNKNOWN, dtype=np.int8)
        return self.truth[column]

    def says_yes(self, lives: Ints, variant: int, column: int) -> Ints:
        """Return the paths, of these of one variant, in which the test says that it is true."""
        tests, since = self.tests(variant, column), self.states.size
        self.find_truth(lives, variant, column)
        lives, _ = self.states.followed(lives, since)
        chance = np.where(self.true(lives, column), tests.if_true, tests.if_false)
        return self.states.happens("test", self.variants.ids[column], lives, chance)

    def make_true(self, lives: Ints, column: int) -> None:
        """Make it true in these runs from now on: a redesign has put it right."""
        self._truth(column)[lives] = TRUE
        for known in (self.untrue, self.refuted):
            if column in known:
                known[column][lives] = False

    def find_untrue(self, lives: Ints, column: int) -> None:
        """Record that it is known to be untrue, after an attempt that relied on it failed."""
        self._know(self.untrue, lives, column)

    def begin_untrue(self, column: int) -> None:
        """Record that it is known to be untrue in every run, from before the first week."""
        self.truth[column] = np.full(self.states.size, UNTRUE, dtype=np.int8)
        self.find_untrue(np.arange(self.states.size), column)

    def refute(self, lives: Ints, column: int) -> None:
        """Record that its own test has said no, rightly or wrongly."""
        self._know(self.refuted, lives, column)

    def _know(self, known: dict[int, Bools], lives: Ints, column: int) -> None:
        if column not in known:
            known[column] = np.zeros(self.states.size, dtype=bool)
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
            yield relying, untrue & relies[self.states.variant[lives]]

    def mended_next(self, lives: Ints, columns: Ints) -> Ints:
        """Return the hypothesis to be redesigned before the next attempt of each; -1 for none."""
        mends = np.full(len(lives), NONE, dtype=np.int64)
        if not (self.untrue or self.refuted):
            return mends
        relied_on = self.variants.tables.relied_on[self.states.variant[lives], columns]
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

    def divide(self, states: PathBook, lives: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Divide paths by the conditions of their milestones; return them and their milestones."""
        since = states.size
        for same, _, column in groups(states, lives, columns, self._shared(states)[columns]):
            places, owner = states.members(lives[same])
            runs = states.run[states.order[places]]
            keys = self.fails[self.of[states.variants.ids[column]]][:, runs]
            states.divide_by(lives[same], places, owner, *keys.astype(float))
        lives, at = states.followed(lives, since)
        return lives, columns[at]

    def _shared(self, states: PathBook) -> Bools:
        return np.array([id in self.of for id in states.variants.ids])

    def lessen(self, states: PathBook, lives: Ints, columns: Ints, rate: Floats) -> None:
        """Set the rates, after a race, of attempts whose conditions do not hold (in place)."""
        for same, variant, column in groups(states, lives, columns, self._shared(states)[columns]):
            task = states.variants.task(variant, column)
            conditions, mine = self.of[task.id], lives[same]
            failing = self.fails[conditions][:, states.run_of(mine)]
            tries = np.minimum(states.tries[mine, column], len(task.chances)) - 1
            for kind in np.unique(np.vstack([failing, tries]), axis=1).T.tolist():
                factor = 1.0
                for n, fails in zip(conditions, kind[:-1], strict=True):
                    factor *= self.plan.conditions[n].pass_rate_factor if fails else 1.0
                here = (kind == np.vstack([failing, tries]).T).all(axis=1)
                if factor != 1.0:
                    rate[same[here]] = task.chance(int(kind[-1]), factor)
