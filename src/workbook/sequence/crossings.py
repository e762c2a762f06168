"""How a leg is walked: attempt after attempt at one milestone, from all points at once."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count

import numpy as np

from workbook.chain import required
from workbook.errors import WorkError
from workbook.exact.road import Road
from workbook.exact.stages import Branch, Stage, Step
from workbook.law import cents, goal_holds
from workbook.outcomes import Floats, Ints
from workbook.plan import Funding, Plan
from workbook.sequence.passages import Crossing, Hop
from workbook.sequence.points import numbered
from workbook.sequence.walk import CASH, DUES, WEEK, Purse, Walkers

TOO_SMALL = 1e-11
MOST_WAYS = 30_000_000
WORTH_MERGING = 1_000
"""From so many points on it saves time to make one of those who halt at the same point."""


class TooManyPointsError(WorkError):
    """More ways to follow than the exact order search will hold."""


class Directed(Road):
    """A road on which the next milestone is the one we are told."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan, {})
        self.plan = plan
        self.target: str | None = None
        self.told: dict[tuple[str | None, Stage], Step] = {}
        self.required = required(plan)
        cheques = {source: funding for source, funding in _cheques(plan) if funding.lag_weeks}
        self.rows = {source: DUES + row for row, source in enumerate(cheques)}
        self.amounts = np.array([cents(f.amount) for f in cheques.values()], dtype=np.int64)
        self.ways = 0

    def starts(self) -> tuple[Ints, Floats]:
        """Week 0 with the start cash and what is due from before, each way with its chance."""
        ways = list(self.promised())
        state = np.zeros((DUES + len(self.rows), len(ways)), dtype=np.int64)
        state[CASH] = cents(self.plan.cash or 0.0)
        for way, (_, cheques) in enumerate(ways):
            for cheque in cheques:
                if cheque.lag_weeks:
                    state[self.rows[cheque.source], way] = cheque.lag_weeks
                else:
                    state[CASH, way] += cheque.amount
        return state, np.array([odds for odds, _ in ways])

    def start_cents(self) -> float:
        """The cash that lives start with on average."""
        state, odds = self.starts()
        return float(odds @ state[CASH])

    def _next(self, stage: Stage) -> str | None:
        return self.target

    def step(self, stage: Stage) -> Step:
        """What working on the target does at a stage."""
        if (self.target, stage) not in self.told:
            self.told[self.target, stage] = self._new_step(stage)
        return self.told[self.target, stage]

    def done_with(self, stage: Stage) -> bool:
        """Whether there is nothing (more) to do at the target: reached, used up or blocked."""
        id = self.target
        assert id is not None
        needs = self._needs[stage.plan][id]
        return id in stage.reached | stage.used_up or not stage.reached.issuperset(needs)

    def ended(self, stage: Stage) -> str | None:
        """Goal or stuck; that nothing is left to attempt shows at the end of the order."""
        if goal_holds(self.plan, self.economies[stage.economy], stage.reached):
            return "goal"
        return "stuck" if stage.used_up & self.required else None

    def paid_in(self, branch: Branch, state: Ints) -> Ints:
        """Walkers' states with the cheques that a branch brings."""
        if not branch.cheques:
            return state
        state = state.copy()
        for cheque in branch.cheques:
            if cheque.lag_weeks:
                state[self.rows[cheque.source]] = state[WEEK] + cheque.lag_weeks
            else:
                state[CASH] += cheque.amount
        return state

    def count(self, ways: int) -> None:
        """Keep to the memory there is."""
        self.ways += ways
        if self.ways > MOST_WAYS:
            raise TooManyPointsError("more than {limit} ways to follow", limit=MOST_WAYS)


def gained_at_rest(road: Directed, stage: Stage, points: Ints) -> Floats:
    """Cents that lives at these points gain once nothing is left to try, until ruin or horizon."""
    everyone = Walkers(np.arange(points.shape[1]), points, np.ones(points.shape[1]))
    mortal = road.plan.cash is not None
    purse = Purse(road.plan.horizon_weeks, mortal, road.amounts, np.zeros(len(everyone)))
    if not stage.used_up:  # otherwise they are stuck, and it is over
        purse.step(road.resting(stage), everyone)
    return purse.gained


class Walk:
    """One crossing in the making: the halts that wait for their turn, by stage and weeks."""

    def __init__(self, road: Directed, points: Ints, reach: Floats) -> None:
        self.road, self.starts, self.places = road, len(reach), len(reach)
        self.goal, self.gained = [np.zeros(self.starts)], [np.zeros(self.starts)]
        self.reach = [reach]
        self.hops: list[Hop] = []
        self.waiting: dict[tuple[Stage, int], list[tuple[Walkers, Floats, float]]] = {}
        self.queue: list[tuple[tuple[int, ...], int, int, Stage]] = []
        self.ticket = count()
        self.start = Walkers(np.arange(self.starts), points, np.ones(self.starts))

    def crossing(self) -> Crossing:
        """What has been walked, once all is."""
        goal, gained, reach = map(np.concatenate, (self.goal, self.gained, self.reach))
        return Crossing(self.starts, goal, gained, reach, self.hops)

    def out(self, start: Stage) -> Iterator[tuple[Stage, Walkers]]:
        """Walk; yields those who are done with the target, by their places."""
        if self.road.done_with(start):
            yield start, self.start
            return
        self._wait(start, self.start, self.reach[0], 1.0)
        while self.queue:
            _, block, _, stage = heappop(self.queue)
            first, state, reach = self._halt(self.waiting.pop((stage, block)))
            yield from self._step(stage, first, state, reach)

    def _wait(self, stage: Stage, walkers: Walkers, reach: Floats, chance: float) -> None:
        """Walkers come to a halt; where attempts repeat without end, by weeks of one attempt."""
        step = self.road.step(stage)
        endless = any(branch.stage == stage for branch in step.branches)
        merging = endless and self.starts >= WORTH_MERGING
        width = step.weeks if merging else self.road.plan.horizon_weeks + 1
        blocks = walkers.state[WEEK] // width
        first, last = int(blocks.min()), int(blocks.max())
        for block in [first] if first == last else np.unique(blocks).tolist():
            if (stage, block) not in self.waiting:
                self.waiting[stage, block] = []
                heappush(self.queue, (stage.order, block, next(self.ticket), stage))
            part = (walkers, reach, chance)
            if first != last:
                here = blocks == block
                part = (walkers.where(here), reach[here], chance)
            self.waiting[stage, block].append(part)

    def _halt(self, parts: list[tuple[Walkers, Floats, float]]) -> tuple[int, Ints, Floats]:
        """Give the places of a halt their numbers; those too unlikely are let go."""
        state = np.concatenate([walkers.state for walkers, _, _ in parts], axis=1)
        points, number = numbered(state)
        weights = np.concatenate([reach for _, reach, _ in parts])
        reach = np.bincount(number, weights, points.shape[1]).astype(np.float64)
        likely = reach > TOO_SMALL
        place = self.places + np.cumsum(likely) - 1
        total = int(likely.sum())
        done = 0
        for walkers, _, chance in parts:
            dst = number[done : done + len(walkers)]
            done += len(walkers)
            on = likely[dst]
            src = walkers.origin[on].astype(np.int32)
            self.road.count(len(src))
            to = place[dst[on]].astype(np.int32)
            self.hops.append(Hop(src, to, chance, self.places, total))
        self.places += total
        self.reach.append(reach[likely])
        return self.places - total, points[:, likely], reach[likely]

    def _step(
        self, stage: Stage, first: int, state: Ints, reach: Floats
    ) -> Iterator[tuple[Stage, Walkers]]:
        """One attempt (or redesign) from a halt."""
        road, total = self.road, len(reach)
        goal, step = np.zeros(total), road.step(stage)
        mortal = road.plan.cash is not None
        purse = Purse(road.plan.horizon_weeks, mortal, road.amounts, np.zeros(total))
        walkers = Walkers(np.arange(total), state, np.ones(total))
        for moved, tried in purse.step(step, walkers):
            branches = step.branches if tried else (Branch(1.0, stage),)
            for branch in branches if len(moved) else ():
                purse.gain(moved, branch.chance * branch.at_once)
                fate = road.ended(branch.stage)
                if fate == "goal":
                    goal += branch.chance * np.bincount(moved.origin, minlength=total)
                if fate is not None:
                    continue
                chance = np.full(len(moved), branch.chance)
                there = Walkers(first + moved.origin, road.paid_in(branch, moved.state), chance)
                if road.done_with(branch.stage):
                    road.count(2 * len(there))
                    yield branch.stage, there
                else:
                    likely = reach[moved.origin] * branch.chance
                    self._wait(branch.stage, there, likely, branch.chance)
        self.goal.append(goal)
        self.gained.append(purse.gained)


def _cheques(plan: Plan) -> Iterator[tuple[tuple[str, str], Funding]]:
    """Every funding of a plan by its source, as the road names them."""
    for n, due in enumerate(plan.due):
        yield ("due", str(n)), Funding(amount=due.amount, chance=due.chance, lag_weeks=due.week)
    for milestone in plan.milestones:
        if milestone.gives and milestone.gives.funding:
            yield ("funding", milestone.id), milestone.gives.funding
        redesign = milestone.tests.redesign if milestone.tests else None
        if redesign and redesign.gives and redesign.gives.funding:
            yield ("redesign-funding", milestone.id), redesign.gives.funding
