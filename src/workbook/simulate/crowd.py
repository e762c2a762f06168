"""All lives in the middle of their weeks: what each has, has reached, and is working on.

Arrays are by life, or (lives, columns) by milestone, or (lives, teams) by the job of a team. A
life that is over holds no job, no team and no cash, and its economy is `NOTHING`, so that whole
arrays can be moved on without asking who is still there; its last cash is in `cash_at_end`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.law import is_closed, season_of
from workbook.outcomes import Floats, Ints
from workbook.simulate.book import LIVING, Book
from workbook.simulate.conditions import Conditions
from workbook.simulate.draws import Draws
from workbook.simulate.economies import NOTHING, Economies
from workbook.simulate.hypotheses import Hypotheses
from workbook.simulate.moving import Moving
from workbook.simulate.variants import AHEAD, NONE, REACHED, UNDER_WAY, USED_UP, Variants


@dataclass(frozen=True)
class Kinds:
    """What occurs in a plan, with the options taken, that a crowd must follow.

    `moving`: customers, reach or stock move by themselves; `terms`: money comes late or goes early;
    `levels`: a milestone is reached by a level; `ranges`: a figure is drawn once a life.
    """

    moving: bool = False
    terms: bool = False
    levels: bool = False
    ranges: bool = False


class Crowd(Book):
    """Every life of a simulation; `ends` is the week a job ends, 0 for no job."""

    def __init__(
        self,
        draws: Draws,
        economies: Economies,
        variants: Variants,
        kinds: Kinds | None = None,
    ) -> None:
        super().__init__(draws, economies, variants)
        self.week, self.closed = 0, False
        self._living: Ints | None = None
        self._work()
        self.conditions = Conditions(variants.programs[0].plan, draws)
        self.hypotheses = Hypotheses(variants, draws, self.variant)
        self.cheques: dict[int, list[tuple[Ints, int | Ints]]] = defaultdict(list)
        self.debts: dict[int, list[tuple[Ints, int]]] = defaultdict(list)
        kinds = kinds or Kinds()
        self.by_itself = kinds.moving
        self.patient = kinds.moving or kinds.levels
        self.held: dict[int, Ints] = {}
        self.moving = None
        if kinds.moving or kinds.ranges:
            self.moving = Moving(economies, self.lives, kinds.terms, variants.off)
        self.refresh(np.arange(1))  # all begin alike
        self.unmet[:], self.ready[:] = self.unmet[:1], self.ready[:1]

    def see_calendar(self) -> None:
        """Which season the week is in, and whether work is closed."""
        plan = self.variants.programs[0].plan
        self.closed = is_closed(plan, self.week)
        if self.moving is not None:
            self.moving.season = season_of(plan, self.week)

    def _work(self) -> None:
        lives, columns = self.lives, self.columns
        self.cheques_due = np.zeros(lives, dtype=np.int32)
        self.teams = np.full(lives, self.variants.teams[0], dtype=np.int64)
        self.busy = np.zeros(lives, dtype=np.int64)
        self.waiting = np.zeros(lives, dtype=bool)
        self.doomed = np.zeros(lives, dtype=bool)
        self.ready_words = np.zeros((lives, max(1, -(-columns // 8))), dtype="<u8")
        self.ready = self.ready_words.view(bool)[:, :columns]  # the same bytes, one a milestone
        self.unmet = np.zeros((lives, columns), dtype=np.int16)
        self.luck = np.empty((lives, columns))
        for column, id in enumerate(self.variants.ids):
            self.luck[:, column] = self.draws.uniforms("attempt", id)
        self.ends = np.zeros((lives, 1), dtype=np.int32)
        self.job = np.zeros((lives, 1), dtype=np.int64)
        self.mends = np.full((lives, 1), NONE, dtype=np.int64)
        self.widen(int(self.variants.teams[0]))

    def place(self, lives: Ints, columns: Ints) -> Ints:
        """Where the arrays by life and milestone, read as one long row, tell of these."""
        return lives * self.columns + columns

    def widen(self, teams: int) -> None:
        """Make room for so many jobs at once."""
        more = min(teams, self.columns) - self.ends.shape[1]
        if more > 0:
            self.ends = np.pad(self.ends, ((0, 0), (0, more)))
            self.job = np.pad(self.job, ((0, 0), (0, more)))
            self.mends = np.pad(self.mends, ((0, 0), (0, more)), constant_values=NONE)

    def refresh(self, lives: Ints) -> None:
        """See anew what these lives could work on; needed when the chain itself has changed."""
        if not len(lives):
            return
        tables = self.variants.tables
        for variant in sorted(set(self.variant[lives].tolist())):
            mine = lives[self.variant[lives] == variant]
            status = self.status[mine]
            missing = (status != REACHED).astype(np.float32)
            self.unmet[mine] = missing @ tables.needs[variant].T  # float32: by far the quickest
            ready = (status == AHEAD) & (self.unmet[mine] == 0) & tables.attempted[variant]
            if self.variants.has_weeks:
                ready &= self.may_start[variant]
            self.ready[mine] = ready
            self.doomed[mine] = ((status == USED_UP) & tables.required[variant]).any(axis=1)
        self.hold_back(lives)

    def hold_back(self, lives: Ints) -> None:
        """Not ready is what waits for a redesign that another team is at."""
        if not len(lives):
            return
        for slot in range(self.mends.shape[1]):
            at_it = (self.ends[lives, slot] > 0) & (self.mends[lives, slot] != NONE)
            mending = lives[at_it]
            for hypothesis in sorted(set(self.mends[mending, slot].tolist())):
                same = mending[self.mends[mending, slot] == hypothesis]
                for column, owed in self.hypotheses.waiting_for(same, hypothesis):
                    self.ready[same[owed], column] = False

    def make_ready(self, lives: Ints, columns: Ints) -> None:
        """These lives (each once) can work on these milestones, if nothing else is unmet."""
        place = self.place(lives, columns)
        able = self.unmet.ravel()[place] == 0
        if self.variants.has_hypotheses or len(self.variants.programs) > 1:
            able &= self.status.ravel()[place] == AHEAD
            able &= self.variants.tables.attempted.ravel()[self.cell(lives, columns)]
        if self.variants.has_weeks:
            able &= self.may_start.ravel()[self.cell(lives, columns)]
        if not able.all():
            lives, columns = lives[able], columns[able]
        self.ready[lives, columns] = True
        if self.hypotheses.untrue or self.hypotheses.refuted:
            self.hold_back(lives)

    def idle(self, lives: Ints) -> NDArray[np.bool_]:
        """Which of these lives have nothing under way and nothing to begin."""
        idle = self.busy[lives] == 0
        for number in range(self.ready_words.shape[1]):
            idle &= self.ready_words[lives, number] == 0
        if self.variants.has_weeks:
            idle &= ~self._pending(lives)
        return np.asarray(idle)

    def _pending(self, lives: Ints) -> NDArray[np.bool_]:
        """Which of these lives have something that only its week, or its level, is missing to."""
        tables, variant = self.variants.tables, self.variant[lives]
        later = (tables.begins > 0) & tables.attempted
        met = (self.status[lives] == AHEAD) & (self.unmet[lives] == 0)
        return np.asarray((later[variant] & met).any(axis=1))

    @property
    def may_start(self) -> NDArray[np.bool_]:
        """Of which milestones an attempt may start this week, as far as their own weeks go."""
        late = self.week - self.variants.tables.begins
        return np.asarray((late >= 0) & (late % self.variants.tables.every == 0))

    def next_up(self, lives: Ints) -> Ints:
        """The first milestone each of these lives could work on, in its plan's order; -1: none."""
        if self.variants.in_order:
            return first_byte(self.ready_words[lives])
        return self._first(lives, self.ready[lives])

    def at_work(self, lives: Ints) -> Ints:
        """The first milestone that each of these lives is working on; -1: none."""
        return self._first(lives, self.status[lives] == UNDER_WAY)

    def _first(self, lives: Ints, marks: NDArray[np.bool_]) -> Ints:
        orders = self.variants.tables.order
        found = np.full(len(lives), NONE, dtype=np.int64)
        if self.columns == 0 or not len(lives):
            return found
        for variant in range(len(orders)):
            mine = slice(None) if len(orders) == 1 else self.variant[lives] == variant
            marked = marks[mine][:, orders[variant]]
            first = marked.argmax(axis=1)
            there = marked[np.arange(len(first)), first]
            found[mine] = np.where(there, orders[variant][first], NONE)
        return found

    def able(self) -> Ints:
        """Lives with a free team and something that it could work on."""
        if self.closed:
            return np.zeros(0, dtype=np.int64)
        words = self.ready_words
        some = words[:, 0] != 0
        for number in range(1, words.shape[1]):  # quicker than `any` along short rows
            some |= words[:, number] != 0
        return np.flatnonzero(some & (self.busy < self.teams))

    def ending(self) -> tuple[Ints, Ints]:
        """Lives and teams whose jobs end this week."""
        teams = self.ends.shape[1]
        places = np.flatnonzero(self.ends == self.week)
        lives = places if teams == 1 else places // teams
        return lives, places - lives * teams

    def promise(self, lives: Ints, amount: int | Ints, lag_weeks: int) -> None:
        """A cheque will come to these lives when its lag is over."""
        self.cheques_due[lives] += 1
        self.cheques[self.week + lag_weeks].append((lives, amount))

    def change(self, lives: Ints, causes: Ints) -> None:
        """The same, and what moves by itself goes on from what it is given."""
        super().change(lives, causes)
        if self.moving is not None:
            self.moving.give(lives, causes)

    def break_even(self, lives: Ints) -> NDArray[np.bool_]:
        """In which of these lives revenue covers the burn, and the bills that recur on average."""
        return np.asarray(self.sales(lives) >= self.to_cover(lives))

    def to_cover(self, lives: Ints) -> Ints:
        """What breaking even takes of a week in these lives, in cents."""
        economy = self.economy[lives]
        if self.moving is None:
            return np.asarray(self.economies.to_cover[economy])
        return self.moving.to_cover(lives, economy)

    def burn(self, lives: Ints) -> Ints:
        """Burn of a week in these lives, in cents."""
        economy = self.economy[lives]
        if self.moving is None:
            return np.asarray(self.economies.burn[economy])
        return self.moving.burn_of(lives, economy)

    def sales(self, lives: Ints) -> Ints:
        """Revenue of a week in these lives, in cents."""
        economy = self.economy[lives]
        if self.moving is None:
            return np.asarray(self.economies.sales[economy])
        return self.moving.sales_of(lives, economy)

    def free(self, lives: Ints, slot: int) -> None:
        """Take a job off its team; what becomes of the milestone is for the caller to say."""
        self.ends[lives, slot] = 0
        self.busy[lives] -= 1

    def break_off(self, lives: Ints, slot: int) -> None:
        """Free teams of work that is not brought to its end; an attempt was made all the same."""
        attempts = lives[self.mends[lives, slot] == NONE]
        self.tries[attempts, self.job[attempts, slot]] += 1
        self.free(lives, slot)

    def living(self) -> Ints:
        """Who is still there."""
        if self._living is None:
            self._living = np.flatnonzero(self.fate == LIVING)
        return self._living

    def standing(self) -> tuple[Ints, Ints, Mapping[str, Floats | Ints]]:
        """Cash of those who are still there, how many of them are in each economy, and what
        moves by itself in each of them.
        """
        living = self.living()
        economy = self.economy[living].astype(np.intp, copy=False)
        numbers = np.bincount(economy, minlength=len(self.economies))
        followed = {} if self.moving is None else self.moving.bands(living, economy)
        return self.cash[living], numbers, followed

    def end(self, lives: Ints, fate: int) -> None:
        """Close the book of these lives."""
        if not len(lives):
            return
        self._living = None
        if self.busy[lives].any():
            for slot in range(self.ends.shape[1]):
                self.break_off(lives[self.ends[lives, slot] > 0], slot)
        self.fate[lives] = fate
        self.end_week[lives] = self.week
        self.cash_at_end[lives] = self.cash[lives]
        self.cash[lives] = 0
        self.economy[lives] = NOTHING
        self.teams[lives] = 0
        self.busy[lives] = 0
        self.ends[lives] = 0
        self.waiting[lives] = False


def first_byte(words: NDArray[np.uint64]) -> Ints:
    """Position of the first byte that is set, in rows of 8 bytes a word; -1 where none is.

    The lowest set bit of a little-endian word tells its first set byte: far quicker than `argmax`
    along short rows.
    """
    if words.shape[1] <= 2:
        number = (words[:, 0] == 0) & (words.shape[1] == 2)
    else:
        number = (words != 0).argmax(axis=1)
    place = byte_of(words[np.arange(len(words)), number.astype(np.int64)])
    return np.where(place == 8, NONE, place + 8 * number)


def byte_of(word: NDArray[np.uint64]) -> Ints:
    """Position of the first byte that is set in each word; 8 where none is."""
    below = np.bitwise_count((word & np.negative(word)) - np.uint64(1))
    return np.asarray(below >> 3, dtype=np.int64)
