"""Carry probability from stage to stage until every life has its fate.

All entries of a stage take its step at once: they pay, live through its weeks (money falls along a
straight line between cheques, so ruin is found without walking the weeks), and go where the
branches lead. Attempts that may be repeated without end go by blocks of weeks no longer than one
attempt, so that whoever comes back in the same week with the same cash is one entry again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from math import gcd

import numpy as np

from workbook.errors import WorkError
from workbook.exact.entries import CASH, CHEQUES, DUES, WEEK, Entries, Ints, merged, start
from workbook.exact.ledger import Ledger
from workbook.exact.road import Road
from workbook.exact.stages import Branch, Opening, Stage, Step
from workbook.week import cents

TOO_SMALL = 1e-15
MOST_LET_GO = 1e-9
MOST_ENTRIES = 1_500_000
MOST_WORK = 40_000_000
NEVER = np.iinfo(np.int64).max


class NotExactError(WorkError):
    """On the way it turned out that exact play cannot go on; the simulation plays the plan."""


class Carrier:
    """Probability on its way along a road."""

    def __init__(self, road: Road) -> None:
        plan = road.plans[0]
        self.road = road
        self.horizon = plan.horizon_weeks
        self.mortal = plan.cash is not None
        self.cash = cents(plan.cash or 0.0)
        self.ledger = Ledger(road.ids, self.horizon)
        self.inbox: dict[Stage, list[Entries]] = defaultdict(list)
        self.queue: list[tuple[tuple[int, ...], int, Stage]] = []
        self.rows: dict[tuple[tuple[str, str], int], int] = {}
        self.debts: set[tuple[tuple[str, str], int]] = set()
        self.steps: dict[Stage, Step] = {}
        self.work = 0
        self._ticket = count()
        self._know_amount(self.cash)

    def carry(self) -> Ledger:
        """Everything from the start to the fates."""
        self._arrive(Branch(1.0, self.road.first()), start(self.cash))
        while self.queue:
            stage = heappop(self.queue)[2]
            self._live(stage, self.inbox.pop(stage))
        self.ledger.fates["open"][self.horizon] += self.ledger.let_go
        return self.ledger

    def _know_amount(self, amount: int) -> None:
        """Make the grain of cash fine enough for this amount."""
        self.ledger.grain = gcd(self.ledger.grain, amount)

    # From stage to stage

    def _arrive(self, branch: Branch, entries: Entries) -> None:
        """Bring entries to the stage of a branch, and see whether that is a verdict."""
        entries = self._paid_in(branch, entries.times(branch.chance))
        for id in branch.reached:
            self.ledger.reach(id, entries, self.cash)
        if branch.used_up is not None:
            self.ledger.used_up[branch.used_up] += float(entries.chance.sum())
        fate = self.road.verdict(branch.stage)
        if fate is not None:
            self.ledger.end(fate, entries)
            return
        if branch.stage not in self.inbox:
            heappush(self.queue, (branch.stage.order, next(self._ticket), branch.stage))
        self.inbox[branch.stage].append(entries)

    def _paid_in(self, branch: Branch, entries: Entries) -> Entries:
        """Cheques of a branch: those without a lag arrive, the others are written down as due."""
        if not branch.cheques:
            return entries
        state = entries.state.copy()
        for cheque in branch.cheques:
            self._know_amount(cheque.amount)
            if cheque.lag_weeks == 0:
                state[[CASH, CHEQUES]] += cheque.amount
            else:
                state = self._due(state, cheque.source, cheque.amount, cheque.lag_weeks)
        return Entries(state, entries.chance)

    def _due(self, state: Ints, source: tuple[str, str], amount: int, weeks: int) -> Ints:
        """Write down money that moves so many weeks from now; each sender has a row."""
        row = self.rows.setdefault((source, amount), DUES + len(self.rows))
        state = np.pad(state, ((0, max(0, row + 1 - len(state))), (0, 0)))
        state[row] = state[WEEK] + weeks
        return state

    # At a stage

    def _live(self, stage: Stage, parts: list[Entries]) -> None:
        """Take the step of a stage with all entries, again for those who come back to it."""
        step = self._step(stage)
        endless = any(branch.stage == stage for branch in step.branches)
        width = step.weeks if endless else self.horizon + 1
        blocks: dict[int, list[Entries]] = defaultdict(list)
        for part in parts:
            _into_blocks(blocks, part, width)
        while blocks:
            block = min(blocks)
            entries = self._taken_in(merged(blocks.pop(block), self.ledger.grain), stage)
            for back in self._begin(stage, step, entries):
                _into_blocks(blocks, back, width)

    def _step(self, stage: Stage) -> Step:
        if stage not in self.steps:
            step = self.steps[stage] = self.road.step(stage)
            self._know_amount(step.price)
            self._know_amount(step.net)
        return self.steps[stage]

    def _taken_in(self, entries: Entries, stage: Stage) -> Entries:
        """Let go what is too small, note who is under way, end what is at the last week."""
        small = entries.chance < TOO_SMALL
        if small.any():
            gone = float(entries.chance[small].sum())
            if self.ledger.let_go + gone <= MOST_LET_GO:
                self.ledger.let_go += gone
                entries = entries.where(~small)
        self._bound(len(entries))
        self.ledger.under_way(entries, stage.economy)
        last = entries.state[WEEK] >= self.horizon
        if last.any():
            self.ledger.end("open", entries.where(last))
            entries = entries.where(~last)
        return entries

    def _bound(self, entries: int) -> None:
        self.work += entries
        if entries > MOST_ENTRIES or self.work > MOST_WORK:
            template = "more than {limit} states: too many to carry exactly"
            limit = MOST_ENTRIES if entries > MOST_ENTRIES else MOST_WORK
            raise NotExactError(template, limit=limit)

    def _begin(self, stage: Stage, step: Step, entries: Entries) -> Iterator[Entries]:
        """A week begins for these entries; yields those who are back at this very stage."""
        if not len(entries):
            return
        opening = self.road.opening(stage)
        if opening is not None:
            entries = self._opened(opening, entries)
            stage = opening.stage
            if self.road.verdict(stage) is not None:
                raise NotExactError("the option of a fork decides the goal as the fork opens")
            fresh = self._step(stage)
            for back in self._take(stage, fresh, entries):
                self._arrive(Branch(1.0, stage), back)
            return
        yield from self._take(stage, step, entries)

    def _opened(self, opening: Opening, entries: Entries) -> Entries:
        """What a fork's option does to the money."""
        state = entries.state.copy()
        for how, amount in opening.cash:
            self._know_amount(amount)
            move = amount - state[CASH] if how == "set" else amount
            state[[CASH, CHEQUES]] += move
        for fork, amount, weeks in opening.debts:
            self._know_amount(amount)
            source = ("debt", fork)
            self.debts.add((source, amount))
            state = self._due(state, source, -amount, 1 + weeks)
        return Entries(state, entries.chance)

    def _take(self, stage: Stage, step: Step, entries: Entries) -> Iterator[Entries]:
        """Who can pays and goes where the branches lead; who cannot waits, or is ruined."""
        able = np.full(len(entries), not step.no_hours)
        if self.mortal and not stage.waiting:
            able &= entries.state[CASH] >= step.price
        if not able.all():
            yield from self._blocked(stage, step, entries.where(~able))
            entries = entries.where(able)
        if not len(entries):
            return
        if step.price:
            state = entries.state.copy()
            state[CASH] -= step.price
            entries = Entries(state, entries.chance)
            self.ledger.spent += step.price * float(entries.chance.sum())
        weeks = np.full(len(entries), step.weeks)
        entries = self._through(stage, step, entries, weeks)
        if step.attempt and step.milestone is not None:
            self.ledger.attempts[step.milestone] += float(entries.chance.sum())
        if not len(entries):
            return
        for branch in step.branches:
            if branch.stage == stage:
                yield self._paid_in(branch, entries.times(branch.chance))
            else:
                self._arrive(branch, entries)

    def _blocked(self, stage: Stage, step: Step, entries: Entries) -> Iterator[Entries]:
        """No start: ruin where nothing will change, else wait until something does."""
        weeks = self._next_due(entries.state) - entries.state[WEEK]
        hopeful = np.zeros(len(entries), dtype=bool)
        for (source, amount), row in self.rows.items():
            if row < len(entries.state) and (source, -amount) not in self.debts:
                hopeful |= entries.state[row] > 0
        if step.no_hours:
            weeks = np.full(len(entries), self.horizon)
        elif step.net > 0:
            missing = step.price - entries.state[CASH]
            weeks = np.minimum(weeks, -(-missing // step.net))
        else:
            state = entries.state[:, ~hopeful].copy()
            state[WEEK] += 1
            ruined = Entries(state, entries.chance[~hopeful])
            self.ledger.ruin(ruined, step.milestone, stage.reached)
            entries, weeks = entries.where(hopeful), weeks[hopeful]
        yield self._through(stage, step, entries, weeks)

    # Through the weeks

    def _next_due(self, state: Ints) -> Ints:
        """Week of the next cheque or debt; a week that never comes where nothing is due."""
        if len(state) <= DUES:
            return np.full(state.shape[1], NEVER)
        dues = state[DUES:]
        result: Ints = np.where(dues > 0, dues, NEVER).min(axis=0)
        return result

    def _through(self, stage: Stage, step: Step, entries: Entries, weeks: Ints) -> Entries:
        """Live so many weeks of bills and cheques; whoever is left stands at the end of them."""
        end = np.minimum(entries.state[WEEK], self.horizon) + np.minimum(weeks, self.horizon + 1)
        done: list[Entries] = []
        while len(entries):
            stop = np.minimum(np.minimum(end, self.horizon), self._next_due(entries.state))
            entries, alive = self._stretch(stage, step, entries, stop)
            end, stop = end[alive], stop[alive]
            there = end <= stop
            done.append(entries.where(there))
            entries, end, stop = entries.where(~there), end[~there], stop[~there]
            if len(entries):
                self.ledger.under_way(entries, stage.economy)
                last = stop >= self.horizon
                self.ledger.end("open", entries.where(last))
                entries, end = entries.where(~last), end[~last]
        return merged(done, self.ledger.grain) if len(done) > 1 else done[0] if done else entries

    def _stretch(
        self, stage: Stage, step: Step, entries: Entries, stop: Ints
    ) -> tuple[Entries, Ints]:
        """From one event to the next along a straight line; the survivors and their positions."""
        state = entries.state.copy()
        before, here = entries.state[CASH], entries.state[WEEK]
        state[CASH] += step.net * (stop - here)
        state[WEEK] = stop
        lasting = stop.copy()
        if self.mortal and step.net < 0:
            lasting = np.minimum(lasting, here + np.maximum(0, before // -step.net))
        if self.mortal and before.min() < 0:  # an option took more cash than there was
            lasting = np.where(before + step.net < 0, here, lasting)
        cheques = self._settled(state, stop)
        if self.mortal:
            lasting = np.where(state[CASH] < 0, np.minimum(lasting, stop - 1), lasting)
        ruined = lasting < stop
        self._note_between(stage, step, entries, np.where(ruined, lasting, stop - 1))
        if ruined.any():
            dead = np.array([lasting[ruined] + 1, state[CASH, ruined]])
            lost = Entries(dead, entries.chance[ruined])
            self.ledger.ruin(lost, step.milestone, stage.reached)
        alive = np.flatnonzero(~ruined)
        state[[CASH, CHEQUES]] += cheques
        return Entries(state[:, alive], entries.chance[alive]), alive

    def _settled(self, state: Ints, stop: Ints) -> Ints | int:
        """Pay the debts due at the stop; returns the cheques that come after the bills."""
        cheques: Ints | int = 0
        for (source, amount), row in self.rows.items():
            if row >= len(state):
                continue
            now = state[row] == stop
            if (source, -amount) in self.debts:
                state[CASH] += amount * now
            else:
                cheques = cheques + amount * now
            state[row][now] = 0
        return cheques

    def _note_between(self, stage: Stage, step: Step, entries: Entries, until: Ints) -> None:
        """Note the lives under way at the ends of the weeks in between, `until` included."""
        weeks = until - entries.state[WEEK]
        longest = int(weeks.max(initial=0))
        for after in range(1, longest + 1):
            still = weeks >= after
            now = entries if still.all() else entries.where(still)
            state = now.state[:2].copy()
            state[WEEK] += after
            state[CASH] += after * step.net
            self.ledger.under_way(Entries(state, now.chance), stage.economy)


def _into_blocks(blocks: dict[int, list[Entries]], entries: Entries, width: int) -> None:
    """Sort entries into blocks of weeks, each no longer than `width`."""
    if not len(entries):
        return
    block = entries.state[WEEK] // width
    first, last = int(block.min()), int(block.max())
    if first == last:
        blocks[first].append(entries)
        return
    for number in np.unique(block).tolist():
        blocks[number].append(entries.where(block == number))
