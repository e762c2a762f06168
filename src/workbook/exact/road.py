"""Which way from each stage: what is worked on next, and what can come of it.

The rules of `week.py` for one team that leave week and cash alone: the plan's order, needs,
attempts, hypotheses, redesigns, what a milestone gives, verdicts, forks that open at a milestone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

from workbook.chain import needs_of, required
from workbook.edit import chosen, edit
from workbook.exact.stages import Branch, Cheque, Opening, Stage, Step
from workbook.outcomes import Fate
from workbook.plan import Funding, Gives, Milestone, Option, Plan, Tests
from workbook.spread import likely
from workbook.week import Economy, cents, goal_holds, race_rate, whole_weeks


class Road:
    """All ways that a plan can take, found as they are asked for."""

    def __init__(self, plan: Plan, choices: Mapping[str, str]) -> None:
        self.options: dict[str, Option] = chosen(plan, choices)
        self.plans: list[Plan] = []
        self.economies: list[Economy] = []
        self._economy_places: dict[tuple[Any, ...], int] = {}
        self._steps: dict[Stage, Step] = {}
        self._verdicts: dict[Stage, Fate | None] = {}
        self._add_plan(plan)
        added = (id for option in self.options.values() for id in option.milestones)
        self.ids = tuple(dict.fromkeys((*plan.ids, *added)))

    def _add_plan(self, plan: Plan) -> int:
        """Keep a plan with what is asked of it over and over."""
        if plan not in self.plans:
            self.plans.append(plan)
            self._by_id = [{m.id: m for m in p.milestones} for p in self.plans]
            self._needs = [needs_of(p) for p in self.plans]
            self._required = [required(p) for p in self.plans]
        return self.plans.index(plan)

    def _add_economy(self, economy: Economy) -> int:
        """Keep an economy; those that differ in measures alone are one."""
        economy = replace(economy, measures={})
        key = tuple(value for name, value in vars(economy).items() if name != "measures")
        if key not in self._economy_places:
            self._economy_places[key] = len(self.economies)
            self.economies.append(economy)
        return self._economy_places[key]

    def first(self) -> Stage:
        """The stage that every life starts from."""
        plan = self.plans[0]
        beliefs = frozenset((m.id, m.tests.belief) for m in plan.milestones if m.tests)
        economy = self._add_economy(Economy.of(plan))
        return self._plain(Stage(0, economy, beliefs=beliefs, forks=tuple(self.options)))

    def verdict(self, stage: Stage) -> Fate | None:
        """Goal or stuck, where the stage says so by itself."""
        if stage not in self._verdicts:
            self._verdicts[stage] = self._new_verdict(stage)
        return self._verdicts[stage]

    def _new_verdict(self, stage: Stage) -> Fate | None:
        if goal_holds(self.plans[stage.plan], self.economies[stage.economy], stage.reached):
            return "goal"
        if stage.used_up & self._required[stage.plan] or self._next(stage) is None:
            return "stuck"
        return None

    def opening(self, stage: Stage) -> Opening | None:
        """What the forks do that open here, at the start of a week; None where none does."""
        if not stage.forks or stage.waiting:
            return None
        up = self._next(stage)
        after = replace(stage, begun=stage.begun | ({up} if up else set()))
        cash: list[int] = []
        debts: list[tuple[str, int, int]] = []
        forks = {fork.id: fork for fork in self.plans[0].forks}
        for id in stage.forks:
            at = forks[id].at.milestone
            skipped = self.plans[after.plan].skips
            stands = at is None or (at in after.begun - after.reached and at not in skipped)
            if after.waiting or not stands:
                continue
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

    def _taken(self, stage: Stage, fork: str) -> Stage:
        """The stage once the option chosen at a fork has changed the plan."""
        option = self.options[fork]
        plan = edit(self.plans[stage.plan], option)
        money = option.model_copy(update={"measures": {}})  # measures are not followed here
        economy = self.economies[stage.economy].edited(money)
        known = {id for id, _ in stage.beliefs}
        new = {(m.id, m.tests.belief) for m in plan.milestones if m.tests and m.id not in known}
        return replace(
            stage,
            plan=self._add_plan(plan),
            economy=self._add_economy(economy),
            beliefs=stage.beliefs | new,
            forks=tuple(id for id in stage.forks if id != fork),
            waiting=fork if option.wait else None,
        )

    def step(self, stage: Stage) -> Step:
        """What is done next at a stage that has no verdict."""
        if stage not in self._steps:
            self._steps[stage] = self._new_step(stage)
        return self._steps[stage]

    def _new_step(self, stage: Stage) -> Step:
        economy = self.economies[stage.economy]
        if stage.waiting:
            return self._wait(stage, stage.waiting)
        id = self._next(stage)
        assert id is not None, "a stage where nothing is left is stuck"
        milestone = self._by_id[stage.plan][id]
        mends = self._mended_next(stage, id)
        if mends:
            redesign = self._tests(stage, mends).redesign
            weeks, price = whole_weeks(redesign.weeks), cents(redesign.cost)
            branches = tuple(self._mended(stage, mends))
            return Step(id, price, weeks, economy.net_cents, False, branches=branches)
        price = cents(likely(milestone.cost)) * milestone.teams
        hours = None if milestone.hours is None else likely(milestone.hours)
        no_hours = hours is not None and economy.free_hours <= 0
        weeks = whole_weeks(likely(milestone.weeks))
        if hours is not None and not no_hours:
            weeks = whole_weeks(hours / economy.free_hours)
        branches = () if no_hours else tuple(self._tried(stage, milestone))
        return Step(id, price, weeks, economy.net_cents, True, no_hours, branches)

    def _wait(self, stage: Stage, fork: str) -> Step:
        wait = self.options[fork].wait
        assert wait is not None
        net = self.economies[stage.economy].sales_cents - cents(wait.burn_per_week)
        cheque = Cheque(("wait", fork), cents(wait.amount), 0)
        over = self._plain(replace(stage, waiting=None))
        branches = (
            Branch(wait.chance_per_week, over, cheques=(cheque,)),
            Branch(1.0 - wait.chance_per_week, stage),
        )
        held_up = self._next(stage)
        return Step(held_up, 0, 1, net, False, branches=tuple(b for b in branches if b.chance > 0))

    def _next(self, stage: Stage) -> str | None:
        """The first milestone of the plan's order that can be worked on."""
        for id, needs in self._needs[stage.plan].items():
            if (
                id not in stage.reached
                and id not in stage.used_up
                and stage.reached.issuperset(needs)
            ):
                return id
        return None

    def _tests(self, stage: Stage, id: str) -> Tests:
        tests = self._by_id[stage.plan][id].tests
        assert tests is not None
        return tests

    def _mended_next(self, stage: Stage, id: str) -> str | None:
        beliefs = dict(stage.beliefs)
        return next((h for h in dict(stage.owed).get(id, ()) if beliefs.get(h, 1.0) == 0.0), None)

    def _tried(self, stage: Stage, milestone: Milestone) -> Iterator[Branch]:
        """What can come of an attempt: untrue foundations, yes or no, pass or fail."""
        beliefs = dict(stage.beliefs)
        relied = tuple(dict.fromkeys(milestone.relies_on))
        for truths in product((True, False), repeat=len(relied)):
            odds = (beliefs.get(h, 1.0) for h in relied)
            chance = prod(q if true else 1 - q for q, true in zip(odds, truths, strict=True))
            if chance <= 0:
                continue
            untrue = tuple(h for h, true in zip(relied, truths, strict=True) if not true)
            seen = self._believing(stage, {h: float(h not in untrue) for h in relied})
            if untrue:
                yield self._failed(seen, milestone, chance, untrue)
            elif milestone.tests:
                yield from self._found_out(seen, milestone, chance)
            else:
                tries = dict(stage.tries).get(milestone.id, 0)
                rate = milestone.rates[min(tries, len(milestone.rates) - 1)]
                rate = race_rate(rate, milestone.teams)
                if rate > 0:
                    yield from self._reached(seen, (milestone.id,), chance * rate)
                if rate < 1:
                    yield self._failed(seen, milestone, chance * (1 - rate))

    def _failed(
        self, stage: Stage, milestone: Milestone, chance: float, untrue: tuple[str, ...] = ()
    ) -> Branch:
        """After a failure: one attempt fewer, redesigns owed, perhaps used up."""
        id = milestone.id
        tries = dict(stage.tries)
        tries[id] = tries.get(id, 0) + 1
        owed = dict(stage.owed) | ({id: untrue} if untrue else {})
        after = replace(stage, tries=frozenset(tries.items()), owed=frozenset(owed.items()))
        if milestone.attempts is not None and tries[id] >= milestone.attempts:
            after = replace(after, used_up=stage.used_up | {id})
            return Branch(chance, self._plain(after), used_up=id)
        return Branch(chance, self._plain(after))

    def _found_out(self, stage: Stage, milestone: Milestone, chance: float) -> Iterator[Branch]:
        """A test says yes, and belief rises; or no, and a redesign is owed."""
        tests = self._tests(stage, milestone.id)
        belief = dict(stage.beliefs)[milestone.id]
        truly = belief * tests.if_true
        yes = truly + (1 - belief) * tests.if_false
        if yes > 0:
            seen = self._believing(stage, {milestone.id: min(1.0, truly / yes)})
            yield from self._reached(seen, (milestone.id,), chance * yes)
        if yes < 1:
            tries = dict(stage.tries)
            tries[milestone.id] = tries.get(milestone.id, 0) + 1
            owed = dict(stage.owed) | {milestone.id: (milestone.id,)}
            seen = self._believing(stage, {milestone.id: 0.0})
            after = replace(seen, tries=frozenset(tries.items()), owed=frozenset(owed.items()))
            yield Branch(chance * (1 - yes), self._plain(after))

    def _mended(self, stage: Stage, id: str) -> Iterator[Branch]:
        """After a redesign: true from now on, and its milestone reached unless skipped."""
        seen = self._believing(stage, {id: 1.0})
        skipped = id in self.plans[stage.plan].skips
        reached = () if skipped or id in stage.reached else (id,)
        yield from self._reached(seen, reached, 1.0, self._tests(stage, id).redesign.gives, id)

    def _reached(
        self,
        stage: Stage,
        ids: tuple[str, ...],
        chance: float,
        gives: Gives | None = None,
        mended: str = "",
    ) -> Iterator[Branch]:
        """After reaching these: a new economy; the money comes or not, each with its chance."""
        gifts = [("funding", id, self._by_id[stage.plan][id].gives) for id in ids]
        gifts += [("redesign-funding", mended, gives)]
        economy = self.economies[stage.economy]
        fundings: list[tuple[str, str, Funding]] = []
        for kind, id, gift in gifts:
            economy = economy.after(gift)
            if gift is not None and gift.funding is not None:
                fundings.append((kind, id, gift.funding))
        reached = stage.reached | set(ids)
        after = self._plain(replace(stage, economy=self._add_economy(economy), reached=reached))
        for comes in product((True, False), repeat=len(fundings)):
            odds = prod(
                f.chance if yes else 1 - f.chance
                for yes, (_, _, f) in zip(comes, fundings, strict=True)
            )
            cheques = tuple(
                Cheque((kind, id), cents(f.amount), f.lag_weeks)
                for yes, (kind, id, f) in zip(comes, fundings, strict=True)
                if yes
            )
            if odds > 0:
                yield Branch(chance * odds, after, ids, cheques)

    @staticmethod
    def _believing(stage: Stage, news: Mapping[str, float]) -> Stage:
        if not news:
            return stage
        return replace(stage, beliefs=frozenset({**dict(stage.beliefs), **news}.items()))

    def _plain(self, stage: Stage) -> Stage:
        """The stage without what no longer matters, so that equal futures are one stage."""
        by_id = self._by_id[stage.plan]
        done = stage.reached | stage.used_up
        if not stage.forks:
            done = done | set(self.plans[stage.plan].skips)
            stage = replace(stage, begun=frozenset())
        asked = {h for id, m in by_id.items() if id not in done for h in m.relies_on}
        asked |= {id for id, m in by_id.items() if id not in done and m.tests}
        asked |= {h for id, owed in stage.owed if id not in done for h in owed}
        keep_all = bool(stage.forks)
        return replace(
            stage,
            tries=frozenset(
                (id, self._counted(by_id[id], n)) for id, n in stage.tries if id not in done
            ),
            beliefs=frozenset(pair for pair in stage.beliefs if keep_all or pair[0] in asked),
            owed=frozenset(
                (id, owed)
                for id, owed in stage.owed
                if id not in done and self._mended_next(stage, id)
            ),
        )

    @staticmethod
    def _counted(milestone: Milestone, tries: int) -> int:
        """Attempts made, as far as they matter: no further than the last pass rate."""
        if milestone.attempts is not None or milestone.tests:
            return tries
        return min(tries, len(milestone.rates) - 1)
