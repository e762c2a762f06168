"""Propagate all points at once, attempt by attempt, at one milestone: one transition table.

The reachable points do not depend on the order in which a set was done. So one table serves every
order that takes this milestone after that set, and all orders of eight milestones share a few
thousand tables. A table maps points to points of the larger set, with probabilities, the chance of
the goal and the expected money of the step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count

import numpy as np

from workbook.errors import WorkError
from workbook.exact.stages import Branch, Stage, Step
from workbook.exact.transitions import Transitions
from workbook.law import cents, goal_holds, payments_due
from workbook.outcomes import Floats, Ints
from workbook.plan import Funding, Plan
from workbook.play import OnProgress, no_progress
from workbook.sequence.precedence import Precedence
from workbook.sequence.states import (
    CASH,
    DUES,
    WEEK,
    CashFlow,
    ExitMap,
    StageTransitions,
    StepMap,
    Transition,
    WeightedStates,
    concatenated,
    likely_points,
    unique_states,
    upper_bounds,
)

TOO_SMALL = 1e-11
MOST_TRANSITIONS = 30_000_000
WORTH_MERGING = 1_000
"""Number of points from which merging equal states saves time."""


class TooManyPointsError(WorkError):
    """The exact order search would need too much memory."""


class OrderedProgram(Transitions):
    """The exact engine's program, with the next milestone set from outside as `target`."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan, {})
        self.plan = plan
        self.target: str | None = None
        self.cached_steps: dict[tuple[str | None, Stage], Step] = {}
        cheques = {source: funding for source, funding in _cheques(plan) if funding.lag_weeks}
        self.rows = {source: DUES + row for row, source in enumerate(cheques)}
        self.amounts = np.array([cents(f.amount) for f in cheques.values()], dtype=np.int64)
        self.transition_count = 0

    def starts(self) -> tuple[Ints, Floats]:
        """Return week 0 with the start cash and the payments due, one column per possible case."""
        cases = list(self.promised())
        state = np.zeros((DUES + len(self.rows), len(cases)), dtype=np.int64)
        state[CASH] = cents(self.plan.cash or 0.0)
        for case, (_, cheques) in enumerate(cases):
            for cheque in cheques:
                if cheque.lag_weeks:
                    state[self.rows[cheque.source], case] = cheque.lag_weeks
                else:
                    state[CASH, case] += cheque.amount
        return state, np.array([odds for odds, _ in cases])

    def start_cents(self) -> float:
        """Return the expected start cash."""
        state, odds = self.starts()
        return float(odds @ state[CASH])

    def cash_flow(self, points: int) -> CashFlow:
        """Return the cash rules, with nothing gained yet from so many points."""
        limited = self.plan.cash is not None
        return CashFlow(self.plan.horizon_weeks, limited, self.amounts, np.zeros(points))

    def _next(self, stage: Stage) -> str | None:
        return self.target

    def step(self, stage: Stage) -> Step:
        """Return the step of working on the target at a stage."""
        if (self.target, stage) not in self.cached_steps:
            self.cached_steps[self.target, stage] = self._new_step(stage)
        return self.cached_steps[self.target, stage]

    def done_with(self, stage: Stage) -> bool:
        """Whether the target is reached, used up or blocked."""
        id = self.target
        assert id is not None
        needs = self.programs[stage.plan].needs[id]
        return id in stage.reached | stage.used_up or not stage.reached.issuperset(needs)

    def ended(self, stage: Stage) -> str | None:
        """Return "goal" or "stuck" if the run ends here; an end of milestones is handled later."""
        if goal_holds(self.plan, self.economies[stage.economy], stage.reached):
            return "goal"
        return "stuck" if self.programs[stage.plan].lost(stage.used_up) else None

    def paid_in(self, branch: Branch, state: Ints) -> Ints:
        """Return the states with the payments that a branch brings."""
        if not branch.cheques:
            return state
        state = state.copy()
        for cheque in branch.cheques:
            if cheque.lag_weeks:
                state[self.rows[cheque.source]] = state[WEEK] + cheque.lag_weeks
            else:
                state[CASH] += cheque.amount
        return state

    def count(self, transitions: int) -> None:
        """Count transitions and stop before memory runs out."""
        self.transition_count += transitions
        if self.transition_count > MOST_TRANSITIONS:
            raise TooManyPointsError("more than {limit} transitions", limit=MOST_TRANSITIONS)


def gained_when_idle(program: OrderedProgram, stage: Stage, points: Ints) -> Floats:
    """Return the expected cents gained after the last milestone, until ruin or horizon."""
    states = WeightedStates(np.arange(points.shape[1]), points, np.ones(points.shape[1]))
    cash_flow = program.cash_flow(len(states))
    if not stage.used_up:  # otherwise the run is stuck and has ended
        cash_flow.step(program.resting(stage), states)
    return cash_flow.gained


class Propagation:
    """Builds one transition; nodes wait in a queue by stage and block of weeks."""

    def __init__(self, program: OrderedProgram, points: Ints, reach: Floats) -> None:
        self.program, self.starts, self.nodes = program, len(reach), len(reach)
        self.goal, self.gained = [np.zeros(self.starts)], [np.zeros(self.starts)]
        self.reach = [reach]
        self.step_maps: list[StepMap] = []
        self.pending: dict[tuple[Stage, int], list[tuple[WeightedStates, Floats, float]]] = {}
        self.queue: list[tuple[tuple[int, ...], int, int, Stage]] = []
        self.tie_breaker = count()
        self.start = WeightedStates(np.arange(self.starts), points, np.ones(self.starts))

    def transition(self) -> Transition:
        """Return the finished transition."""
        goal, gained, reach = map(np.concatenate, (self.goal, self.gained, self.reach))
        return Transition(self.starts, goal, gained, reach, self.step_maps)

    def exits(self, start: Stage) -> Iterator[tuple[Stage, WeightedStates]]:
        """Run the propagation; yield states that are done with the target, by exit stage."""
        if self.program.done_with(start):
            yield start, self.start
            return
        self._enqueue(start, self.start, self.reach[0], 1.0)
        while self.queue:
            _, block, _, stage = heappop(self.queue)
            first, state, reach = self._merge(self.pending.pop((stage, block)))
            yield from self._step(stage, first, state, reach)

    def _enqueue(self, stage: Stage, states: WeightedStates, reach: Floats, chance: float) -> None:
        """Queue states for merging; endlessly repeated attempts are merged by blocks of weeks."""
        step = self.program.step(stage)
        endless = any(branch.stage == stage for branch in step.branches)
        merging = endless and self.starts >= WORTH_MERGING
        width = step.weeks if merging else self.program.plan.horizon_weeks + 1
        blocks = states.state[WEEK] // width
        first, last = int(blocks.min()), int(blocks.max())
        for block in [first] if first == last else np.unique(blocks).tolist():
            if (stage, block) not in self.pending:
                self.pending[stage, block] = []
                heappush(self.queue, (stage.order, block, next(self.tie_breaker), stage))
            part = (states, reach, chance)
            if first != last:
                here = blocks == block
                part = (states.select(here), reach[here], chance)
            self.pending[stage, block].append(part)

    def _merge(self, parts: list[tuple[WeightedStates, Floats, float]]) -> tuple[int, Ints, Floats]:
        """Merge equal states into numbered nodes; prune the unlikely ones."""
        state = np.concatenate([states.state for states, _, _ in parts], axis=1)
        points, number = unique_states(state)
        weights = np.concatenate([reach for _, reach, _ in parts])
        reach = np.bincount(number, weights, points.shape[1]).astype(np.float64)
        likely = reach > TOO_SMALL
        node = self.nodes + np.cumsum(likely) - 1
        total = int(likely.sum())
        done = 0
        for states, _, chance in parts:
            dst = number[done : done + len(states)]
            done += len(states)
            on = likely[dst]
            src = states.origin[on].astype(np.int32)
            self.program.count(len(src))
            to = node[dst[on]].astype(np.int32)
            self.step_maps.append(StepMap(src, to, chance, self.nodes, total))
        self.nodes += total
        self.reach.append(reach[likely])
        return self.nodes - total, points[:, likely], reach[likely]

    def _step(
        self, stage: Stage, first: int, state: Ints, reach: Floats
    ) -> Iterator[tuple[Stage, WeightedStates]]:
        """Propagate one attempt (or redesign) from merged nodes."""
        program, total = self.program, len(reach)
        goal, cash_flow = np.zeros(total), program.cash_flow(total)
        states = WeightedStates(np.arange(total), state, np.ones(total))
        for branch, moved in cash_flow.branches(stage, program.step(stage), states):
            fate = program.ended(branch.stage)
            if fate == "goal":
                goal += branch.chance * np.bincount(moved.origin, minlength=total)
            if fate is not None:
                continue
            chance = np.full(len(moved), branch.chance)
            there = WeightedStates(
                first + moved.origin, program.paid_in(branch, moved.state), chance
            )
            if program.done_with(branch.stage):
                program.count(2 * len(there))
                yield branch.stage, there
            else:
                likely = reach[moved.origin] * branch.chance
                self._enqueue(branch.stage, there, likely, branch.chance)
        self.goal.append(goal)
        self.gained.append(cash_flow.gained)


def _cheques(plan: Plan) -> Iterator[tuple[tuple[str, str], Funding]]:
    """Yield every funding of a plan with its source, named as in the program."""
    for name, due in payments_due(plan):
        yield ("due", name), Funding(amount=due.amount, chance=due.chance, lag_weeks=due.week)
    for milestone in plan.milestones:
        if milestone.gives and milestone.gives.funding:
            yield ("funding", milestone.id), milestone.gives.funding
        redesign = milestone.tests.redesign if milestone.tests else None
        if redesign and redesign.gives and redesign.gives.funding:
            yield ("redesign-funding", milestone.id), redesign.gives.funding


PointsByStage = dict[Stage, tuple[Ints, Floats]]
Exit = tuple[int, Transition, WeightedStates]


class TransitionTables:
    """All transition tables of a plan, and the points between them.

    `points[set][stage]` has shape (rows, points): week, cash in cents, weeks of due payments. Sets
    are bit masks over the milestones of the precedence.
    """

    def __init__(
        self, plan: Plan, precedence: Precedence, on_progress: OnProgress = no_progress
    ) -> None:
        self.precedence, self.on_progress = precedence, on_progress
        self.program = OrderedProgram(plan)
        self.first = self.program.first()
        self.points: dict[int, dict[Stage, Ints]] = {}
        self.transitions: dict[tuple[int, int], StageTransitions] = {}
        self.starts = self.program.starts()
        self._build()

    @property
    def closed(self) -> list[int]:
        """Every closed set, including those that no run reaches."""
        return sorted({0, *(done | 1 << k for done, k in self.transitions)})

    def points_of(self, done: int) -> dict[Stage, int]:
        """Return the number of points per stage once a set is done; empty if it is unreachable."""
        return {stage: points.shape[1] for stage, points in self.points.get(done, {}).items()}

    def _build(self) -> None:
        """Build the tables of all sets, by set size."""
        layer: dict[int, PointsByStage] = {0: {self.first: self.starts}}
        while layer:
            left: dict[int, dict[Stage, list[Exit]]] = {}
            for number, (done, stages) in enumerate(layer.items()):
                self.on_progress(
                    (done.bit_count() + number / len(layer)) / (len(self.precedence.ids) + 1)
                )
                self.points[done] = {stage: points for stage, (points, _) in stages.items()}
                for k in self.precedence.ready(done):
                    self._work(done, k, stages, left.setdefault(done | 1 << k, defaultdict(list)))
            layer = {grown: self._numbered(by_end) for grown, by_end in left.items()}
            for exits in (found for by_end in left.values() for found in by_end.values()):
                for _, transition, _ in exits:
                    transition.reach = transition.reach[:0]  # no longer needed, and large

    def _work(
        self, done: int, k: int, stages: PointsByStage, left: dict[Stage, list[Exit]]
    ) -> None:
        """Compute the transitions of one milestone from every point of a set; collect the exits."""
        moves = self.transitions[done, k] = {}
        self.program.target = self.precedence.ids[k]
        for start, (points, reach) in stages.items():
            propagation = Propagation(self.program, points, reach)
            out: dict[Stage, list[WeightedStates]] = defaultdict(list)
            for end, states in propagation.exits(start):
                out[end].append(states)
            moves[start] = propagation.transition()
            for end, parts in out.items():
                left[end].append((done, moves[start], concatenated(parts)))

    def _numbered(self, by_end: dict[Stage, list[Exit]]) -> PointsByStage:
        """Number the points after a step; prune those that are unlikely in every order."""
        found = {}
        for end, exits in by_end.items():
            points, number = unique_states(np.concatenate([w.state for _, _, w in exits], axis=1))
            cuts = np.cumsum([len(states) for _, _, states in exits])[:-1]
            numbers = np.split(number, cuts)
            reach = upper_bounds(exits, numbers, points.shape[1])
            likely = likely_points(reach)
            point = np.cumsum(likely) - 1
            for (_, transition, states), dst in zip(exits, numbers, strict=True):
                on = likely[dst]
                if on.any():
                    src, to = states.origin[on], point[dst[on]]
                    columns = (src.astype(np.int32), to.astype(np.int32), states.chance[on])
                    transition.exit_maps.append(ExitMap(end, *columns))
            if likely.any():
                found[end] = (points[:, likely], reach[likely])
        return found
