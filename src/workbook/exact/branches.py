"""The branches of an attempt, a test and a redesign, and the stage after each.

Branches of one step: hypotheses found untrue, a test that says yes or no, pass or fail, funding
that comes or not. The probabilities of the branches of a step add up to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

from workbook.edit import chosen
from workbook.exact.stages import Branch, Cheque, Stage
from workbook.law import Economy, Program, Task, cents, compiled
from workbook.plan import Funding, Gives, Option, Plan

Source = tuple[str, str]

APART = ("measures", "factors")
"""What an economy holds that the exact engine does not follow."""


def who_pays(
    fundings: Sequence[tuple[Source, Funding]],
) -> Iterator[tuple[float, tuple[Cheque, ...]]]:
    """Yield every combination of fundings that come, with its probability."""
    if not fundings:
        yield 1.0, ()
        return
    answers = [(True, False) if 0 < f.chance < 1 else (f.chance >= 1,) for _, f in fundings]
    for comes in product(*answers):
        pairs = list(zip(comes, fundings, strict=True))
        odds = prod(f.chance if yes else 1 - f.chance for yes, (_, f) in pairs)
        cheques = (Cheque(who, cents(f.amount), f.lag_weeks) for yes, (who, f) in pairs if yes)
        if odds > 0:
            yield odds, tuple(cheques)


class Branching:
    """The plans and economies that can occur, and the branches of each step."""

    def __init__(self, plan: Plan, choices: Mapping[str, str]) -> None:
        self.options: dict[str, Option] = chosen(plan, choices)
        self.plans: list[Plan] = []
        self.programs: list[Program] = []
        self.economies: list[Economy] = []
        self._economy_places: dict[tuple[Any, ...], int] = {}
        self._add_plan(plan)
        added = (id for option in self.options.values() for id in option.milestones)
        self.ids = tuple(dict.fromkeys((*plan.ids, *added)))

    def promised(self) -> Iterator[tuple[float, tuple[Cheque, ...]]]:
        """Return the money due from before the start: who pays and who does not."""
        promised = self.programs[0].promised
        yield from who_pays([(("due", name), funding) for name, funding in promised])

    def _add_plan(self, plan: Plan) -> int:
        """Add a plan, compiled."""
        if plan not in self.plans:
            self.plans.append(plan)
            self.programs.append(compiled(plan))
        return self.plans.index(plan)

    def _add_economy(self, economy: Economy) -> int:
        """Add an economy; those that differ only in measures are one."""
        key = tuple(value for name, value in vars(economy).items() if name not in APART)
        if key not in self._economy_places:
            self._economy_places[key] = len(self.economies)
            self.economies.append(replace(economy, measures={}))
        return self._economy_places[key]

    def _task(self, stage: Stage, id: str) -> Task:
        return self.programs[stage.plan].tasks[id]

    def _mended_next(self, stage: Stage, id: str) -> str | None:
        """Return the hypothesis to be redesigned before the next attempt at a milestone."""
        if id in stage.refuted or id in stage.untrue:
            return id
        relied = self._task(stage, id).relies_on
        return next((h for h in relied if h in stage.untrue), None)

    def _tried(self, stage: Stage, task: Task) -> Iterator[Branch]:
        """Return the branches of an attempt: untrue hypotheses, yes or no, pass or fail."""
        beliefs = dict(stage.beliefs)
        relied = tuple(dict.fromkeys(task.relies_on))
        for truths in product((True, False), repeat=len(relied)):
            odds = (beliefs.get(h, 1.0) for h in relied)
            chance = prod(q if true else 1 - q for q, true in zip(odds, truths, strict=True))
            if chance <= 0:
                continue
            untrue = tuple(h for h, true in zip(relied, truths, strict=True) if not true)
            seen = self._believing(stage, {h: float(h not in untrue) for h in relied})
            if untrue:
                yield self._failed(seen, task, chance, untrue)
            elif task.tests:
                yield from self._found_out(seen, task, chance)
            else:
                rate = task.chance(dict(stage.tries).get(task.id, 0))
                if rate > 0:
                    yield from self._reached(seen, (task.id,), chance * rate)
                if rate < 1:
                    yield self._failed(seen, task, chance * (1 - rate))

    def _failed(
        self, stage: Stage, task: Task, chance: float, untrue: tuple[str, ...] = ()
    ) -> Branch:
        """Return the branches after a failure: fewer attempts, redesigns due, perhaps used up."""
        id = task.id
        tries = dict(stage.tries)
        tries[id] = tries.get(id, 0) + 1
        after = stage._replace(tries=frozenset(tries.items()), untrue=stage.untrue.union(untrue))
        limit = self._limit(task)
        if limit is not None and tries[id] >= limit:
            after = after._replace(used_up=stage.used_up | {id})
            return Branch(chance, self._plain(after), used_up=id)
        return Branch(chance, self._plain(after))

    def _found_out(self, stage: Stage, task: Task, chance: float) -> Iterator[Branch]:
        """Return the branches of a test: yes, and belief rises; or no, and a redesign is due."""
        id, tests = task.id, task.hypothesis
        belief = dict(stage.beliefs)[id]
        truly = belief * tests.if_true
        yes = truly + (1 - belief) * tests.if_false
        if yes > 0:
            seen = self._believing(stage, {id: min(1.0, truly / yes)})
            yield from self._reached(seen, (id,), chance * yes)
        if yes < 1:
            tries = dict(stage.tries)
            tries[id] = tries.get(id, 0) + 1
            wrongly = (belief - truly) / (1 - yes)
            seen = self._believing(stage, {id: min(1.0, max(0.0, wrongly))})
            refuted = stage.refuted | {id}
            after = seen._replace(tries=frozenset(tries.items()), refuted=refuted)
            yield Branch(chance * (1 - yes), self._plain(after))

    def _mended(self, stage: Stage, id: str) -> Iterator[Branch]:
        """Return the branches after a redesign: true from now on, its milestone reached."""
        seen = self._believing(stage, {id: 1.0})
        seen = seen._replace(untrue=seen.untrue - {id}, refuted=seen.refuted - {id})
        skipped = id in self.plans[stage.plan].skips
        reached = () if skipped or id in stage.reached else (id,)
        gives = self._task(stage, id).hypothesis.redesign.gives
        yield from self._reached(seen, reached, 1.0, gives, id)

    def _reached(
        self,
        stage: Stage,
        ids: tuple[str, ...],
        chance: float,
        gives: Gives | None = None,
        mended: str = "",
    ) -> Iterator[Branch]:
        """Return the branches after reaching these: a new economy; funding comes or not."""
        gifts = [("funding", id, self._task(stage, id).gives) for id in ids]
        gifts += [("redesign-funding", mended, gives)]
        economy = self.economies[stage.economy]
        fundings: list[tuple[Source, Funding]] = []
        for kind, id, gift in gifts:
            economy = economy.after(gift)
            if gift is not None and gift.funding is not None:
                fundings.append(((kind, id), gift.funding))
        same = economy is self.economies[stage.economy]
        place = stage.economy if same else self._add_economy(economy)
        after = self._plain(stage._replace(economy=place, reached=stage.reached.union(ids)))
        for odds, cheques in who_pays(fundings):
            yield Branch(chance * odds, after, ids, cheques)

    @staticmethod
    def _believing(stage: Stage, news: Mapping[str, float]) -> Stage:
        if not news:
            return stage
        return stage._replace(beliefs=frozenset({**dict(stage.beliefs), **news}.items()))

    def _plain(self, stage: Stage) -> Stage:
        """Return the stage without what no longer matters, so that equal futures are one stage."""
        if not (stage.tries or stage.beliefs or stage.untrue or stage.refuted):
            return stage
        tasks = self.programs[stage.plan].tasks
        done = stage.reached | stage.used_up
        if not stage.forks:
            done = done | set(self.plans[stage.plan].skips)
        beliefs, untrue, refuted = stage.beliefs, stage.untrue, stage.refuted
        if not stage.forks:
            asked = {h for id, m in tasks.items() if id not in done for h in m.relies_on}
            asked |= {id for id, m in tasks.items() if id not in done and m.tests}
            beliefs = frozenset(pair for pair in beliefs if pair[0] in asked)
            untrue, refuted = untrue & asked, refuted - done
        tries = [(id, self._counted(stage, id, n)) for id, n in stage.tries if id not in done]
        # built directly: `_replace` takes far longer, and this is asked at every branch
        before, after = stage[:4], stage[8:]  # but what `tries` to `refuted` hold
        return Stage(*before, frozenset(tries), beliefs, untrue, refuted, *after)

    def _counted(self, stage: Stage, id: str, tries: int) -> int:
        """Return the attempts made, as far as they matter: up to the last pass rate."""
        task = self._task(stage, id)
        to_come = (self.options[fork].milestones.get(id, {}) for fork in stage.forks)
        if any({"attempts", "pass_rate"} & edit.keys() for edit in to_come):
            return min(tries, self.plans[0].horizon_weeks)
        if task.tests or self._limit(task) is not None:
            return tries
        return min(tries, len(task.chances) - 1)

    def _limit(self, task: Task) -> int | None:
        """Return the allowed attempts; None if there are not enough weeks to use them up."""
        weeks = 1 if task.hours is not None or self.options else task.weeks
        limit = task.limit
        if limit is None:
            return None
        begun = any(job.milestone == task.id for job in self.plans[0].begun.jobs)  # ends earlier
        return None if (limit - begun) * weeks > self.plans[0].horizon_weeks else limit
