"""The state of all runs within their weeks: what each has, has reached, and is working on.

Arrays are by run, or (runs, columns) by milestone, or (runs, teams) by job. An ended run has no
jobs, no teams and no cash, and its economy is `NOTHING`, so that whole arrays can be advanced
without selecting; its last cash is in `cash_at_end`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from workbook.law import is_closed, season_of
from workbook.outcomes import Floats, Ints
from workbook.simulate.accounts import Kinds
from workbook.simulate.alternatives import Alternatives
from workbook.simulate.draws import Draws
from workbook.simulate.economies import NOTHING, Economies
from workbook.simulate.hypotheses import Conditions, Hypotheses
from workbook.simulate.jobs import Jobs
from workbook.simulate.marks import any_of_each, any_word, first_byte, kinds_of_rows
from workbook.simulate.moving import Moving
from workbook.simulate.tables import AHEAD, NONE, REACHED, UNDER_WAY, USED_UP
from workbook.simulate.variants import Variants

Bools = NDArray[np.bool_]
Balances = tuple[Ints, Ints, Mapping[str, Floats | Ints], Ints]


BY_PATH = (
    *("variant", "economy", "cash", "cash_at_end", "received", "spent", "fate", "end_week"),
    *("died_in", "owing", "status", "tries", "reached_week", "cash_needed"),
    *("last_cheque", "teams", "busy", "waiting", "doomed", "ready_words", "unmet", "touched"),
    *("label", "begun_with", "now", "wait_until", "lacking", "sure"),
    *("ends", "job", "mends"),
)


class RunStates(Jobs):
    """All runs of a simulation, by path."""

    def __init__(
        self,
        draws: Draws,
        economies: Economies,
        variants: Variants,
        kinds: Kinds | None = None,
        *,
        apart: bool = False,
        copies: int = 1,
    ) -> None:
        super().__init__(
            draws, economies, variants, apart=apart or bool(kinds and kinds.ranges), copies=copies
        )
        self.week, self.closed = 0, False
        self.by_event = bool(kinds and kinds.by_event)
        self.resting = np.zeros(len(variants.ids), dtype=bool)
        self._work()
        self.conditions = Conditions(variants.programs[0].plan, draws)
        self.alternatives = Alternatives(variants)
        self.spare = self.keep("spare", np.zeros((self.size, self.columns), dtype=bool))
        self.hypotheses = Hypotheses(self)
        self._follow(kinds or Kinds(), economies)
        self.refresh(np.arange(1))  # all start alike
        self.unmet[:], self.ready[:] = self.unmet[:1], self.ready[:1]

    def _follow(self, kinds: Kinds, economies: Economies) -> None:
        """Begin what occurs in this plan, and keep it by path."""
        self.could_start = np.zeros((0, 0), dtype=bool)
        self._may_start = (-1, self.could_start)
        self.begin_record()
        self._begin_debts(kinds)
        self.by_itself = kinds.moving
        self.patient = kinds.moving or kinds.levels
        self.held: dict[int, Ints] = {}
        self.moving = None
        if kinds.moving or kinds.ranges:
            self.moving = Moving(economies, self.size, kinds.terms, self.variants.off)
            self.kept += [self.moving.now, self.moving.owed, self.moving.factors]
        self.kept += [self.held]

    def grown(self) -> None:
        """Follow the paths that have been added."""
        self.rows = self.size
        self.ready = self.ready_words.view(bool)[:, : self.columns]
        self._living = None
        if self.moving is not None:
            self.moving.forget()

    @property
    def goes_ahead(self) -> bool:
        """Whether attempts that fail in a row are drawn at once: nothing comes between them."""
        alike = not (self.conditions.of or self.variants.has_ranges)
        return self.by_event and alike and self.ends.shape[1] == 1 and self.morale is None

    def put_in(self, lives: Ints, cash: Ints) -> Ints:
        """Return the money invested so far: start cash and income minus the cash in hand."""
        return np.asarray(np.maximum(0, self.received[lives] + self.begun_with[lives] - cash))

    def see_calendar(self) -> None:
        """Set the season of the week, and whether work is closed."""
        plan = self.variants.programs[0].plan
        self.closed = is_closed(plan, self.week)
        self.resting[:] = False
        if any(closed.from_week <= self.week <= closed.until_week for closed in plan.closed):
            own = [is_closed(plan, self.week, id) for id in self.variants.ids]
            self.resting = np.array(own) & (not self.closed)
        if self.moving is not None:
            self.moving.season = season_of(plan, self.week)
            self.moving.draw_week(plan, self.week, self.draws, self.run_of)

    def _work(self) -> None:
        lives, columns = self.size, self.columns
        self.last_cheque = np.full(lives, NONE, dtype=np.int64)
        self.teams = np.full(lives, self.variants.teams[0], dtype=np.int64)
        self.waiting = np.zeros(lives, dtype=bool)
        self.doomed = np.zeros(lives, dtype=bool)
        self.touched = np.ones(lives, dtype=bool)
        self.sure = np.zeros(lives, dtype=bool)  # that what is under way passes: drawn before
        self.label = np.zeros(lives, dtype=np.int64)
        self.now = np.zeros(lives, dtype=np.int64)
        self.wait_until = np.zeros(lives, dtype=np.int64)
        self.lacking = np.zeros(lives, dtype=np.int64)  # the price that blocks a start
        self.begun_with = np.full(lives, self.start_cash, dtype=np.int64)
        self.ready_words = np.zeros((lives, max(1, -(-columns // 8))), dtype="<u8")
        self.ready = self.ready_words.view(bool)[:, :columns]  # the same bytes, one per milestone
        self.unmet = np.zeros((lives, columns), dtype=np.int16)
        self.begin_luck()
        self.begin_jobs()
        for name in BY_PATH:
            self.keep(name, getattr(self, name))

    def set_ready(self, lives: Ints, columns: Ints, *, ready: bool) -> None:
        """Mark these milestones as ready, or not."""
        marks = self.ready_words.view(bool)
        marks.ravel()[lives * marks.shape[1] + columns] = ready

    def refresh(self, lives: Ints) -> None:
        """Recompute what these runs could work on, after the chain itself has changed."""
        if not len(lives):
            return
        tables = self.variants.tables
        for variant in sorted(set(self.variant[lives].tolist())):
            mine = lives[self.variant[lives] == variant]
            status = self.status.take(mine, axis=0)
            missing = (status != REACHED).astype(np.float32)
            self.unmet[mine] = missing @ tables.needs[variant].T  # float32: by far the fastest
            if self.variants.has_alternatives:
                reached = status == REACHED
                self.unmet[mine] += self.alternatives.waiting(variant, reached)
                self.spare[mine] = self.alternatives.spare(variant, reached)
            ready = (status == AHEAD) & (self.unmet[mine] == 0) & tables.attempted[variant]
            if self.variants.has_alternatives:
                ready &= ~self.spare[mine]
            if self.variants.has_weeks:
                ready &= self.may_start[variant]
            self.ready[mine] = ready
            self.doomed[mine] = self._lost(variant, status == USED_UP)
        self.hold_back(lives)

    def _lost(self, variant: int, used_up: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return in which runs of a variant what is used up makes the goal impossible."""
        if self.variants.programs[variant].alternatives:
            return self.alternatives.lost(variant, used_up)
        return any_of_each(used_up & self.variants.tables.required[variant])

    def doom(self, lives: Ints, columns: Ints) -> None:
        """Note in which of these runs the milestones just used up make the goal impossible."""
        if not self.variants.has_alternatives:
            self.doomed[lives] |= self.variants.tables.required.ravel()[self.cell(lives, columns)]
            return
        for variant in sorted(set(self.variant[lives].tolist())):
            mine = lives[self.variant[lives] == variant]
            self.doomed[mine] = self._lost(variant, self.status[mine] == USED_UP)

    def hold_back(self, lives: Ints) -> None:
        """Mark milestones that wait for another team's redesign as not ready."""
        slots = self.ends.shape[1]
        if slots == 1 or not self.hypotheses.any_known or not len(lives):
            return  # one team starts nothing before its redesign has ended
        mends = self.mends.take(lives, axis=0)
        at, slot = (mends != NONE).nonzero()
        if len(at):
            waiting = self.hypotheses.waiting_for(lives[at], mends[at, slot])
            self.set_ready(*waiting, ready=False)

    def make_ready(self, lives: Ints, columns: Ints) -> None:
        """Mark these milestones as ready in these runs (each once), unless needs are unmet."""
        place = self.place(lives, columns)
        able = self.unmet.ravel()[place] == 0
        known = self.variants
        if known.has_hypotheses or known.has_deadlines or len(known.programs) > 1:
            able &= self.status.ravel()[place] == AHEAD
            able &= self.variants.tables.attempted.ravel()[self.cell(lives, columns)]
        if self.variants.has_alternatives:
            able &= ~self.spare.ravel()[place]
        if self.variants.has_weeks:
            able &= self.may_start.ravel()[self.cell(lives, columns)]
        if not able.all():
            some = able.nonzero()[0]
            lives, columns = lives[some], columns[some]
        self.set_ready(lives, columns, ready=True)
        self.hold_back(lives)

    def blocked(self, lives: Ints) -> NDArray[np.bool_]:
        """Return which of these runs have a free team and work for it, after starts."""
        free = self.busy[lives] < self.teams[lives]
        return free & any_word(self.ready_words.take(lives, axis=0))

    def next_date(self, lives: Ints, *more: Ints) -> Ints:
        """Return the next week of each of these runs with a payment, or in one of `more`.

        `more` are weeks by path, 0 for none. Without any it is the last week of the plan.
        """
        last = np.maximum(self.now[lives], self.variants.horizon[self.variant[lives]])
        found = (last - 1).view(np.uint64)
        for weeks in (*self.cheque_week.T, *self.debt_week.T, *more):
            np.minimum(found, (weeks[lives] - 1).view(np.uint64), out=found)  # none is the most
        return found.view(np.int64) + 1

    def idle(self, lives: Ints) -> NDArray[np.bool_]:
        """Return which of these runs have nothing under way and nothing to start."""
        idle = self.busy[lives] == 0
        for words in self.ready_words.T:
            idle &= words[lives] == 0
        if self.variants.has_weeks:
            idle &= ~self._pending(lives)
        return np.asarray(idle)

    def _pending(self, lives: Ints) -> NDArray[np.bool_]:
        """Return which of these runs have a milestone that lacks only its week or its level."""
        tables, variant = self.variants.tables, self.variant[lives]
        later = (tables.begins > 0) & tables.attempted
        met = (self.status[lives] == AHEAD) & (self.unmet[lives] == 0)
        if self.variants.has_alternatives:
            met &= ~self.spare[lives]
        return any_of_each(later[variant] & met)

    @property
    def may_start(self) -> NDArray[np.bool_]:
        """Return the milestones that may start this week, by their own start weeks alone."""
        tables, (week, found) = self.variants.tables, self._may_start
        if week != self.week or found.shape != tables.begins.shape:
            late = self.week - tables.begins
            found = (late >= 0) & (late % tables.every == 0) & ~self.resting
            self._may_start = self.week, found
        return found

    @property
    def may_hold_back(self) -> bool:
        """Whether a redesign by one team may hold back what another could start."""
        return self.ends.shape[1] > 1 and self.variants.has_hypotheses

    def next_up(self, lives: Ints) -> Ints:
        """Return the first milestone each of these runs could work on; -1 for none."""
        if self.variants.in_order:
            return first_byte(self.ready_words.take(lives, axis=0))
        return self._first(lives, self.ready[lives])

    def at_work(self, lives: Ints) -> Ints:
        """Return the first milestone that each of these runs is working on; -1 for none."""
        return self._first(lives, self.status.take(lives, axis=0) == UNDER_WAY)

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
        """Return runs with a free team and a milestone to work on."""
        if self.closed:
            return np.zeros(0, dtype=np.int64)
        return (any_word(self.ready_words) & (self.busy < self.teams)).nonzero()[0]

    def balances(self) -> Balances:
        """Return the figures of unfinished paths, the runs of each, and those in each economy."""
        living = self.living()
        economy, runs = self.economy[living].astype(np.intp, copy=False), self.count[living]
        each = None if (runs == 1).all() else runs
        numbers = np.bincount(economy, each, minlength=len(self.economies)).astype(np.int64)
        followed = {} if self.moving is None else dict(self.moving.bands(living, self.economy))
        if self.share is not None and self.debt is not None:
            followed |= {"share": self.share[living], "debt": self.debt[living]}
        return self.cash[living], numbers, followed, runs

    def stuck(self, paths: Ints) -> Ints:
        """Return the paths that no fork to come may still lead to the goal."""
        if not self.variants.may_turn or not len(paths):
            return paths
        alike = np.column_stack([self.variant[paths], self.status[paths]])
        kinds, kind = kinds_of_rows(alike)
        found = [self.variants.can_turn(*row) for row in kinds.tolist()]
        return np.asarray(paths[~np.array(found, dtype=bool)[kind]])

    def end(self, lives: Ints, fate: int) -> None:
        """Record the end of these runs."""
        if not len(lives):
            return
        self._living = None
        if np.count_nonzero(self.busy[lives]):
            at, slots = self.ends.take(lives, axis=0).nonzero()
            self.break_off(lives[at], slots)
        self.fate[lives] = fate
        self.end_week[lives] = self.now[lives]
        self.cash_at_end[lives] = self.cash[lives]
        self.cash[lives] = 0
        self.economy[lives] = NOTHING
        self.teams[lives] = 0
        self.busy[lives] = 0
        self.waiting[lives] = False
        for weeks in (*self.cheque_week.T, *self.debt_week.T):
            weeks[lives] = 0
