"""What is true in each run: hypotheses, what is known of them, and shared conditions.

The truth of a hypothesis is drawn once per run, on first use. A failed attempt reveals which of the
hypotheses it relied on are untrue, so that they are put right first; a no of a test, which may be
wrong, only concerns the test. Whether a condition holds is drawn once per run, too; it changes pass
rates.
"""

from __future__ import annotations

from functools import cached_property
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.plan import Begun, Plan
from workbook.simulate.book import groups
from workbook.simulate.draws import Draws
from workbook.simulate.marks import any_of_each
from workbook.simulate.path_book import LuckyBook, PathBook
from workbook.simulate.tables import NONE

UNKNOWN, UNTRUE, TRUE = -1, 0, 1
Bools = NDArray[np.bool_]


class Hypotheses:
    """Truth and knowledge in all paths, by the columns of hypotheses.

    The arrays are those of the states, shape (paths, columns): `truth`, `untrue` (known to be
    untrue), `refuted` (its test has said no); `owing`, by path: whether anything is either.
    """

    def __init__(self, states: LuckyBook) -> None:
        self.states: LuckyBook = proxy(states)  # so that states go as soon as nobody has them
        self.variants = states.variants
        self.any_known = False
        shape = (states.size, states.columns)
        states.truth = states.keep("truth", np.full(shape, UNKNOWN, dtype=np.int8))
        states.untrue = states.keep("untrue", np.zeros(shape, dtype=bool))
        states.refuted = states.keep("refuted", np.zeros(shape, dtype=bool))
        states.owing_any = states.keep("owing_any", np.zeros(states.size, dtype=bool))

    def find_truth(self, lives: Ints, columns: Ints) -> None:
        """Draw, where it is not known yet, whether a hypothesis of each of these paths is true."""
        states = self.states
        asked = (states.truth.ravel()[states.place(lives, columns)] == UNKNOWN).nonzero()[0]
        if not len(asked):
            return
        lives, columns = states.part("truth", lives[asked], columns[asked])
        belief = self.variants.tables.belief.ravel()[states.cell(lives, columns)]
        lives, true, before = states.attempt_at("truth", lives, columns, belief)
        place = states.place(lives, columns[before])
        states.truth.ravel()[place] = true  # TRUE or UNTRUE

    def says_yes(self, lives: Ints, columns: Ints) -> tuple[Ints, Ints, Bools]:
        """Test hypotheses. Return all paths there are now of these, the hypothesis of each, and
        whether its test says that it is true.
        """
        states, since = self.states, self.states.size
        if not len(lives):
            return lives, columns, np.zeros(0, dtype=bool)
        self.find_truth(lives, columns)
        lives, at = states.followed(lives, since)
        lives, columns = states.part("test", lives, columns[at])
        chance = self.yes(lives, columns)
        lives, yes, before = states.attempt_at("test", lives, columns, chance)
        return lives, columns[before], yes

    def yes(self, lives: Ints, columns: Ints) -> Floats:
        """Return the chance that the tests of these hypotheses say yes."""
        cells, tables = self.states.cell(lives, columns), self.variants.tables
        true = self.states.truth.ravel()[self.states.place(lives, columns)] == TRUE
        return np.where(true, tables.if_true.ravel()[cells], tables.if_false.ravel()[cells])

    def find_untrue(self, lives: Ints, columns: Ints) -> tuple[Ints, Ints, Bools]:
        """Record what is known to be untrue once an attempt at each milestone has been made.

        Returns all paths there are now of these, the milestone of each, and whether something that
        it relies on is untrue.
        """
        states, since = self.states, self.states.size
        relied = self.relied_on(lives, columns)
        for nth in range(relied.shape[1]):
            paths, at = states.followed(lives, since)
            asked = (relied[at, nth] != NONE).nonzero()[0]
            self.find_truth(paths[asked], relied[at, nth][asked])
        lives, at = states.followed(lives, since)
        columns, relied = columns[at], relied[at]
        truth = states.truth.ravel()[states.place(lives[:, None], relied)]
        some, nth = ((relied != NONE) & (truth != TRUE)).nonzero()
        self._know(states.untrue, lives[some], relied[some, nth])
        untrue = np.zeros(len(lives), dtype=bool)
        untrue[some] = True
        return lives, columns, untrue

    def relied_on(self, lives: Ints, columns: Ints) -> Ints:
        """Return the hypotheses that each milestone relies on, in order; -1 for none."""
        relied_on = self.variants.tables.relied_on
        variants, milestones, most = relied_on.shape
        each = relied_on.reshape(variants * milestones, most)
        return each.take(self.states.cell(lives, columns), axis=0)

    def make_true(self, lives: Ints, columns: Ints) -> None:
        """Make hypotheses true in these runs from now on: a redesign has put them right."""
        states = self.states
        place = states.place(lives, columns)
        states.truth.ravel()[place] = TRUE
        states.untrue.ravel()[place] = False
        states.refuted.ravel()[place] = False
        owing = states.untrue.take(lives, axis=0) | states.refuted.take(lives, axis=0)
        states.owing_any[lives] = any_of_each(owing)

    def begin(self, begun: Begun) -> None:
        """Record what every run is to put right from before the first week."""
        everyone, places = np.arange(self.states.size), self.variants.column
        for column in [places[id] for id in begun.untrue]:
            self.states.truth[:, column] = UNTRUE
            self._know(self.states.untrue, everyone, np.full_like(everyone, column))
        for column in [places[id] for id in begun.refuted]:
            self.refute(everyone, np.full_like(everyone, column))

    def refute(self, lives: Ints, columns: Ints) -> None:
        """Record that their own tests have said no, rightly or wrongly."""
        self._know(self.states.refuted, lives, columns)

    def _know(self, known: Bools, lives: Ints, columns: Ints) -> None:
        if len(lives):
            self.any_known = True
            known.ravel()[self.states.place(lives, columns)] = True
            self.states.owing_any[lives] = True

    def relying_on(self, column: int) -> list[int]:
        """Return the columns of the milestones that rely on a hypothesis in any variant."""
        tables = self.variants.tables
        return np.flatnonzero((tables.relied_on == column).any(axis=(0, 2))).tolist()

    def waiting_for(self, lives: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Return the milestones that cannot start while these redesigns last, with their paths."""
        states, variant = self.states, self.states.variant[lives]
        place = states.place(lives, columns)
        known = states.untrue.ravel()[place]
        own, untrue = (known | states.refuted.ravel()[place]).nonzero()[0], known.nonzero()[0]
        relied_on = self.variants.tables.relied_on.take(variant[untrue], axis=0)
        some, waiting, _ = (relied_on == columns[untrue, None, None]).nonzero()
        some = untrue[some]
        return np.concatenate([lives[own], lives[some]]), np.concatenate([columns[own], waiting])

    def mended_next(self, lives: Ints, columns: Ints) -> Ints:
        """Return the hypothesis to be redesigned before the next attempt of each; -1 for none."""
        mends = np.full(len(lives), NONE, dtype=np.int64)
        if not self.any_known:
            return mends
        some = self.states.owing_any[lives].nonzero()[0]
        if not len(some):
            return mends
        lives, columns = lives[some], columns[some]
        relied, found = self.relied_on(lives, columns), mends[some]
        for nth in reversed(range(relied.shape[1])):
            at = relied[:, nth]
            untrue = (at != NONE) & self.states.untrue.ravel()[self.states.place(lives, at)]
            found = np.where(untrue, at, found)
        place = self.states.place(lives, columns)
        own = self.states.untrue.ravel()[place] | self.states.refuted.ravel()[place]
        found = np.where(own & (columns != NONE), columns, found)
        mends[some] = found
        return mends


class Conditions:
    """The conditions of a plan, by run; drawn once per run, whatever options it takes."""

    def __init__(self, plan: Plan, draws: Draws) -> None:
        self.plan, self.draws = plan, draws
        self._asked: Bools | None = None
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
        if (states.count[lives] == 1).all():
            return lives, columns
        for same, _, column in groups(states, lives, columns, self._shared(states)[columns]):
            places, owner = states.members(lives[same])
            runs = states.run[states.order[places]]
            keys = self.fails[self.of[states.variants.ids[column]]][:, runs]
            states.divide_by(lives[same], places, owner, *keys.astype(float))
        lives, at = states.followed(lives, since)
        return lives, columns[at]

    def _shared(self, states: PathBook) -> Bools:
        if self._asked is None:
            self._asked = np.array([id in self.of for id in states.variants.ids])
        return self._asked

    def lessen(self, states: PathBook, lives: Ints, columns: Ints, rate: Floats) -> None:
        """Set the rates, after a race, of attempts whose conditions do not hold (in place)."""
        for same, variant, column in groups(states, lives, columns, self._shared(states)[columns]):
            task = states.variants.task(variant, column)
            conditions, mine = self.of[task.id], lives[same]
            failing = self.fails[conditions][:, states.run_of(mine)]
            tries = np.minimum(states.tries[mine, column], len(task.chances)) - 1
            bits = 1 << np.arange(len(conditions))
            kinds = (tries << len(conditions)) + bits @ failing
            for kind in np.bincount(kinds.astype(np.intp, copy=False)).nonzero()[0].tolist():
                factor = 1.0
                for n, bit in zip(conditions, bits.tolist(), strict=True):
                    factor *= self.plan.conditions[n].pass_rate_factor if kind & bit else 1.0
                if factor != 1.0:
                    chance = task.chance(kind >> len(conditions), factor)
                    rate[same[kinds == kind]] = chance
