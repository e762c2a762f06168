"""Legs: one milestone worked on, from wherever lives can stand once a set of others is done.

Where lives can stand does not ask in which order the set was done; so one leg serves every order
that takes this milestone after that set, and all orders of eight milestones are made of some
thousand legs. A leg is a table of chances: from which point, to which point of the larger set,
with the chance of the goal and the money paid out on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from workbook.chain import required
from workbook.errors import WorkError
from workbook.exact.road import Road
from workbook.exact.stages import Branch, Stage, Step
from workbook.outcomes import Floats, Ints
from workbook.plan import Funding, Plan
from workbook.sequence.orders import Precedence
from workbook.sequence.passages import Leg, Passage
from workbook.sequence.points import kept, most_likely, numbered
from workbook.sequence.walk import CASH, DUES, WEEK, Purse, Walkers, joined
from workbook.week import cents, goal_holds

TOO_SMALL = 1e-11
MOST_STEPS = 12_000_000


class TooManyPointsError(WorkError):
    """More places to stand than the exact order search will hold."""


class Directed(Road):
    """A road on which the next milestone is the one we are told."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan, {})
        self.target: str | None = None
        self.told: dict[tuple[str | None, Stage], Step] = {}

    def _next(self, stage: Stage) -> str | None:
        return self.target

    def step(self, stage: Stage) -> Step:
        """What working on the target does at a stage."""
        if (self.target, stage) not in self.told:
            self.told[self.target, stage] = self._new_step(stage)
        return self.told[self.target, stage]

    def done_with(self, stage: Stage, id: str) -> bool:
        """Whether there is nothing (more) to do at a milestone: reached, used up or blocked."""
        needs = self._needs[stage.plan][id]
        return id in stage.reached | stage.used_up or not stage.reached.issuperset(needs)


class Legs:
    """Every leg of every order of a plan, and where lives can stand in between.

    `points[set][stage]` has shape (rows, points): week, cash in cents, weeks in which cheques are
    due. Sets are bits over the precedence's milestones.
    """

    def __init__(self, plan: Plan, precedence: Precedence) -> None:
        self.plan, self.precedence = plan, precedence
        self.road = Directed(plan)
        self.required = required(plan)
        self.mortal = plan.cash is not None
        cheques = {source: funding for source, funding in _cheques(plan) if funding.lag_weeks}
        self.rows = {source: DUES + row for row, source in enumerate(cheques)}
        self.amounts = np.array([cents(f.amount) for f in cheques.values()], dtype=np.int64)
        self.first = self.road.first()
        self.points: dict[int, dict[Stage, Ints]] = {}
        self.legs: dict[tuple[int, int], Leg] = {}
        self.steps = 0
        self._build()

    @property
    def closed(self) -> list[int]:
        """Every closed set, whether any life can stand there or not."""
        return sorted({0, *(done | 1 << k for done, k in self.legs)})

    def points_of(self, done: int) -> dict[Stage, Ints]:
        """Where lives can stand once a set is done; nowhere, perhaps."""
        return self.points.get(done, {})

    # Sets in order of size

    def _build(self) -> None:
        here = np.zeros((DUES + len(self.rows), 1), dtype=np.int64)
        here[CASH] = cents(self.plan.cash or 0.0)
        layer = {0: {self.first: (here, np.ones(1))}}
        while layer:
            arrivals: dict[int, dict[int, dict[tuple[Stage, Stage], Walkers]]] = defaultdict(dict)
            reaches = {}
            for done, stages in layer.items():
                self.points[done] = {stage: points for stage, (points, _) in stages.items()}
                reaches[done] = {stage: reach for stage, (_, reach) in stages.items()}
                for k in self.precedence.ready(done):
                    arrivals[done | 1 << k][done] = self._worked(done, k, stages)
            layer = {
                grown: self._numbered(grown, parts, reaches) for grown, parts in arrivals.items()
            }

    def _numbered(
        self,
        grown: int,
        parts: dict[int, dict[tuple[Stage, Stage], Walkers]],
        reaches: dict[int, dict[Stage, Floats]],
    ) -> dict[Stage, tuple[Ints, Floats]]:
        """Give each point after a leg its number; let go what no order can make likely."""
        by_end: dict[Stage, list[tuple[int, Stage, Walkers]]] = defaultdict(list)
        for done, pieces in parts.items():
            for (start, end), walkers in pieces.items():
                by_end[end].append((done, start, walkers))
        found = {}
        for end, pieces_here in by_end.items():
            state = np.concatenate([w.state for _, _, w in pieces_here], axis=1)
            points, number = numbered(state)
            cuts = np.cumsum([len(w) for _, _, w in pieces_here])[:-1]
            numbers = np.split(number, cuts)
            reach = most_likely(pieces_here, numbers, reaches, points.shape[1])
            likely = kept(reach)
            place = np.cumsum(likely) - 1
            for (done, start, walkers), dst in zip(pieces_here, numbers, strict=True):
                on = likely[dst]
                src, to = walkers.origin[on].astype(np.int32), place[dst[on]].astype(np.int32)
                passage = Passage(start, end, src, to, walkers.chance[on])
                if len(passage.src):
                    self.legs[done, (grown ^ done).bit_length() - 1].passages.append(passage)
            if likely.any():
                found[end] = (points[:, likely], reach[likely])
        return found

    # One leg

    def _worked(
        self, done: int, k: int, layer: dict[Stage, tuple[Ints, Floats]]
    ) -> dict[tuple[Stage, Stage], Walkers]:
        """Work on a milestone from every point of a set; walkers by stage before and after."""
        leg = self.legs[done, k] = Leg()
        arrived: dict[tuple[Stage, Stage], list[Walkers]] = defaultdict(list)
        for start, (points, reach) in layer.items():
            count = points.shape[1]
            leg.goal[start] = np.zeros(count)
            purse = Purse(self.plan.horizon_weeks, self.mortal, self.amounts, np.zeros(count))
            leg.paid[start] = purse.paid
            walkers = Walkers(np.arange(count), points, np.ones(count))
            for end, there in self._walk(self.precedence.ids[k], start, walkers, purse, leg, reach):
                arrived[start, end].append(there)
        return {ends: joined(parts) for ends, parts in arrived.items()}

    def _walk(
        self, id: str, start: Stage, walkers: Walkers, purse: Purse, leg: Leg, reach: Floats
    ) -> Iterator[tuple[Stage, Walkers]]:
        """Attempt after attempt until the milestone is done with."""
        if self.road.done_with(start, id):
            yield start, walkers
            return
        self.road.target = id
        waiting: dict[Stage, list[Walkers]] = {start: [walkers]}
        while waiting:
            stage = min(waiting, key=lambda stage: stage.order)
            walkers = joined(waiting.pop(stage))
            self._bound(len(walkers))
            step = self.road.step(stage)
            burn = self.road.economies[stage.economy].burn_cents
            for moved, tried in purse.step(step, burn, walkers):
                branches = step.branches if tried else (Branch(1.0, stage),)
                for branch in branches if len(moved) else ():
                    there = self._through(branch, moved, reach)
                    fate = self._verdict(branch.stage)
                    if fate == "goal":
                        leg.goal[start] += np.bincount(
                            there.origin, weights=there.chance, minlength=len(purse.paid)
                        )
                    elif fate is None and self.road.done_with(branch.stage, id):
                        yield branch.stage, there
                    elif fate is None:
                        waiting.setdefault(branch.stage, []).append(there)

    def _verdict(self, stage: Stage) -> str | None:
        """Goal or stuck; that nothing is left to attempt shows at the end of the order."""
        if goal_holds(self.plan, self.road.economies[stage.economy], stage.reached):
            return "goal"
        return "stuck" if stage.used_up & self.required else None

    def _through(self, branch: Branch, walkers: Walkers, reach: Floats) -> Walkers:
        """Walkers with the chance of a branch and the cheques that it brings."""
        chance = walkers.chance * branch.chance
        likely = chance * reach[walkers.origin] > TOO_SMALL
        state = walkers.state[:, likely]
        for cheque in branch.cheques:
            if cheque.lag_weeks:
                state[self.rows[cheque.source]] = state[WEEK] + cheque.lag_weeks
            else:
                state[CASH] += cheque.amount
        return Walkers(walkers.origin[likely], state, chance[likely])

    def _bound(self, walkers: int) -> None:
        self.steps += walkers
        if self.steps > MOST_STEPS:
            raise TooManyPointsError("more than {limit} steps to follow", limit=MOST_STEPS)


def _cheques(plan: Plan) -> Iterator[tuple[tuple[str, str], Funding]]:
    """Every funding of a plan by its source, as the road names them."""
    for milestone in plan.milestones:
        if milestone.gives and milestone.gives.funding:
            yield ("funding", milestone.id), milestone.gives.funding
        redesign = milestone.tests.redesign if milestone.tests else None
        if redesign and redesign.gives and redesign.gives.funding:
            yield ("redesign-funding", milestone.id), redesign.gives.funding
