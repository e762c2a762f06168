"""The stages: what is worked on next at each stage, how long it takes, and what it costs.

The rules of `law/week.py` for one team that do not involve week and cash: the plan's order, needs,
verdicts, forks that open at a milestone. The branches of a step are in `branches.py`.

A visit of them all chooses the representation before propagating: it finds all amounts. Cash
changes in multiples of the *grain*, the greatest common divisor of all amounts. A coarse grain
makes a small array of weeks × cash; a fine one would make a large, mostly empty array.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import gcd

from workbook.edit import can_turn, edit
from workbook.exact.branches import Branching
from workbook.exact.refusals import NotExactError
from workbook.exact.stages import Branch, Cheque, Opening, Stage, Step
from workbook.law import Economy, cents, goal_holds
from workbook.outcomes import Fate
from workbook.plan import Plan, UnderWay


class Transitions(Branching):
    """The stages and steps of a plan, computed on demand."""

    def __init__(self, plan: Plan, choices: Mapping[str, str]) -> None:
        super().__init__(plan, choices)
        self._steps: dict[Stage, Step] = {}
        self._verdicts: dict[Stage, Fate | None] = {}

    def first(self) -> Stage:
        """Return the stage at which every run starts."""
        plan = self.plans[0]
        beliefs = {m.id: m.tests.belief for m in plan.milestones if m.tests}
        beliefs |= dict.fromkeys(plan.begun.untrue, 0.0)
        first = Stage(
            economy=self._add_economy(Economy.of(plan)),
            used_up=plan.begun.used_up,
            beliefs=frozenset(beliefs.items()),
            untrue=plan.begun.untrue,
            refuted=plan.begun.refuted,
            forks=tuple(self.options),
            waiting=plan.begun.waiting[0] if plan.begun.waiting else None,
        )
        return self._plain(first)._replace(midway=bool(plan.begun.jobs))

    def verdict(self, stage: Stage) -> Fate | None:
        """Return goal or stuck, if the stage alone decides it."""
        if stage not in self._verdicts:
            self._verdicts[stage] = self._new_verdict(stage)
        return self._verdicts[stage]

    def _new_verdict(self, stage: Stage) -> Fate | None:
        if goal_holds(self.plans[stage.plan], self.economies[stage.economy], stage.reached):
            return "goal"
        nothing_left = self._next(stage) is None
        lost = self.programs[stage.plan].lost(stage.used_up)
        if stage.used_up and (nothing_left or lost) and not self._can_turn(stage):
            return "stuck"
        return None

    def _can_turn(self, stage: Stage) -> bool:
        """Whether a fork to come may still lead to the goal."""
        plan, options = self.plans[stage.plan], {id: self.options[id] for id in stage.forks}
        return can_turn(plan, options, plan.forks, stage.reached, stage.used_up)

    def opening(self, stage: Stage) -> Opening | None:
        """Return what the forks do that open here, at the start of a week; None without any."""
        if not stage.forks or stage.waiting or stage.midway:
            return None
        after = stage
        cash: list[int] = []
        debts: list[tuple[str, int, int]] = []
        while not after.waiting and (id := self._next_fork(after)):
            after = self._taken(after, id)
            option = self.options[id]
            if isinstance(option.cash, str):
                cash.append(cents(float(option.cash)))
            if option.loan:
                cash.append(cents(option.loan.amount))
                debts.append((id, cents(option.loan.repay), option.loan.repay_after_weeks))
        if after.forks == stage.forks:
            return None
        return Opening(self._plain(after), tuple(cash), tuple(debts))

    def _next_fork(self, stage: Stage) -> str | None:
        """Return the first unopened fork whose milestone is next; called again after each."""
        up = self._next(stage)
        up = up and (self._mended_next(stage, up) or up)
        places = {fork.id: fork.at.milestone for fork in self.plans[0].forks}
        return next((id for id in stage.forks if places[id] in (None, up)), None)

    def _taken(self, stage: Stage, fork: str) -> Stage:
        """Return the stage after the option chosen at a fork has changed the plan."""
        option = self.options[fork]
        plan = edit(self.plans[stage.plan], option)
        money = option.model_copy(update={"measures": {}})  # measures are not followed here
        economy = self.economies[stage.economy].edited(money)
        known = {id for id, _ in stage.beliefs}
        new = {(m.id, m.tests.belief) for m in plan.milestones if m.tests and m.id not in known}
        return stage._replace(
            plan=self._add_plan(plan),
            economy=self._add_economy(economy),
            beliefs=stage.beliefs | new,
            forks=tuple(id for id in stage.forks if id != fork),
            waiting=fork if option.wait else None,
        )

    def step(self, stage: Stage) -> Step:
        """Return the next step at a stage without a verdict."""
        if stage not in self._steps:
            self._steps[stage] = self._new_step(stage)
        return self._steps[stage]

    def _new_step(self, stage: Stage) -> Step:
        economy = self.economies[stage.economy]
        if stage.midway:
            return self._under_way(stage._replace(midway=False), self.plans[0].begun.jobs[0])
        if stage.waiting:
            return self._wait(stage, stage.waiting)
        id = self._next(stage)
        if id is None:
            return self.resting(stage)
        task, net = self._task(stage, id), economy.flow_cents
        mends = self._mended_next(stage, id)
        if mends:
            redesign = self._task(stage, mends).redesign
            assert redesign is not None
            branches = tuple(self._mended(stage, mends))
            return Step(id, redesign.cost_cents, redesign.weeks, net, False, branches=branches)
        if task.out_of_hours(economy.free_hours):
            return Step(id, task.cost_cents, task.weeks, net, True, no_hours=True)
        branches = tuple(self._tried(stage, task))
        weeks = task.lasting(economy.free_hours)
        return Step(id, task.cost_cents, weeks, net, True, branches=branches)

    def _under_way(self, stage: Stage, job: UnderWay) -> Step:
        """Return the step of work that was started and paid for before the start."""
        tried = self._tried(stage, self._task(stage, job.milestone))
        branches = tuple(self._mended(stage, job.mends) if job.mends else tried)
        net, attempt = self.economies[stage.economy].flow_cents, job.mends is None
        return Step(job.milestone, 0, job.weeks, net, attempt, branches=branches)

    def resting(self, stage: Stage) -> Step:
        """Return the step without any work left: only the bills continue."""
        return Step(None, 0, 1, self.economies[stage.economy].flow_cents, False, no_hours=True)

    def _wait(self, stage: Stage, fork: str) -> Step:
        begun = self.plans[0].begun.waiting
        wait = self.options[fork].wait if fork in self.options else begun and begun[1].wait
        assert wait is not None
        net = self.economies[stage.economy].sales_cents - cents(wait.burn_per_week)
        cheque = Cheque(("wait", fork), cents(wait.amount), 0)
        over = self._plain(stage._replace(waiting=None))
        branches = (
            Branch(wait.chance_per_week, over, cheques=(cheque,)),
            Branch(1.0 - wait.chance_per_week, stage),
        )
        held_up = self._next(stage)
        return Step(held_up, 0, 1, net, False, branches=tuple(b for b in branches if b.chance > 0))

    def _next(self, stage: Stage) -> str | None:
        """Return the first milestone in the plan's order that can be worked on."""
        program = self.programs[stage.plan]
        closed = stage.reached | stage.used_up | program.spare(stage.reached)
        for id in program.needs:
            if id not in closed and not program.waits(id, stage.reached):
                return id
        return None


MOST_STAGES = 5_000
MOST_CELLS = 400_000
MOST_CASH = 10**14  # cents: beyond, whole numbers of 64 bits would not do


@dataclass(frozen=True)
class Form:
    """The grain (cents), whether a grid is the better form, and the number of stages."""

    grain: int
    gridded: bool
    stages: int


def form_of(transitions: Transitions) -> Form:
    """Visit all stages; raise NotExactError for too many stages or too much money."""
    plan = transitions.plans[0]
    cash = transitions.programs[0].cash_cents
    seen = Amounts()
    for _, cheques in transitions.promised():
        seen.gifts.update({cheque.source: cheque.amount for cheque in cheques})
    seen.amounts.update(debt.amount_cents for debt in plan.begun.debts)
    stages = 0
    for stage, opening in _stages(transitions):
        seen.add(opening, transitions.step(stage))
        stages += 1
    most = cash + sum(seen.gifts.values()) + max(seen.nets) * plan.horizon_weeks
    falls = plan.horizon_weeks * (min(seen.nets) - max(seen.prices))
    least = falls if plan.cash is None else 0
    if most - least > MOST_CASH:
        raise NotExactError("amounts of money too large to be followed to the cent")
    grain = max(1, gcd(cash, *seen.amounts, *seen.gifts.values(), *seen.nets, *seen.prices))
    cells = (plan.horizon_weeks + 1) * ((most - least) // grain + 1)
    return Form(grain, cells <= MOST_CELLS, stages)


@dataclass
class Amounts:
    """Amounts found, in cents: payments by source, weekly net income, prices, others."""

    gifts: dict[tuple[str, str], int] = field(default_factory=dict)
    nets: set[int] = field(default_factory=lambda: {0})
    prices: set[int] = field(default_factory=lambda: {0})
    amounts: set[int] = field(default_factory=set)

    def add(self, opening: Opening | None, step: Step) -> None:
        """Record the amounts of one stage."""
        if opening is not None:
            self.amounts.update(opening.cash, (amount for _, amount, _ in opening.debts))
            come = sum(max(0, amount) for amount in opening.cash)
            self.gifts["opening", " ".join(opening.stage.forks)] = come
        self.prices.add(step.price)
        self.nets.add(step.net)
        for branch in step.branches:
            self.gifts.update({cheque.source: cheque.amount for cheque in branch.cheques})


def _stages(transitions: Transitions) -> Iterator[tuple[Stage, Opening | None]]:
    """Yield all stages without a verdict, each once, with the forks that open there."""
    waiting, seen = [transitions.first()], set[Stage]()
    while waiting:
        stage = waiting.pop()
        if stage in seen or transitions.verdict(stage) is not None:
            continue
        seen.add(stage)
        if len(seen) > MOST_STAGES:
            template = "more than {limit} ways to stand in the chain: too many to carry exactly"
            raise NotExactError(template, limit=MOST_STAGES)
        opening = transitions.opening(stage)
        yield stage, opening
        if opening is not None:
            waiting.append(opening.stage)
        waiting += [branch.stage for branch in transitions.step(stage).branches]
