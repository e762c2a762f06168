"""Compile a plan, once, to what every engine starts from: cents, whole weeks, chances, needs.

The cost, length and chance of a milestone are computed here and nowhere else; what happens with it
week by week is code of each engine. Ranges stay ranges: an engine draws a value and asks the task
what it comes to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from workbook.chain import alternatives_of, is_lost, required, spare
from workbook.law.capital import payments_due
from workbook.law.chances import race_rate
from workbook.law.figures import cents, weeks_of_hours, whole_weeks
from workbook.luck import likely
from workbook.plan import Due, Funding, Gives, Milestone, Plan, Tests

COMPILED = 64
"""Programs that are kept for the next engine, or life, that plays the same plan."""


@dataclass(frozen=True)
class Redesign:
    """The cost and length of putting a hypothesis right, and what it gives."""

    cost_cents: int
    weeks: int
    gives: Gives | None


@dataclass(frozen=True)
class Task:
    """A milestone as work.

    Attributes
    ----------
    milestone
        The milestone of the plan, for its ranges, conditions and weeks.
    teams
        The teams that work and are paid at once: those of a race, one if a hypothesis is tested.
    cost_cents, weeks
        Of an attempt, all teams together, at its likely values; weeks if hours are not counted.
    hours
        Counted in place of weeks, at its likely value; None if weeks are.
    chances
        Of each attempt, after the race; the last repeats.
    limit
        The allowed number of attempts, if limited.
    needs
        What must all be reached before, without skipped milestones.
    """

    milestone: Milestone
    teams: int
    cost_cents: int
    weeks: int
    hours: float | None
    chances: tuple[float, ...]
    limit: int | None
    needs: tuple[str, ...]
    redesign: Redesign | None

    @classmethod
    def of(cls, milestone: Milestone, skipped: Collection[str] = ()) -> Task:
        """Compile a milestone; needs on skipped milestones count as met."""
        tests, hours = milestone.tests, milestone.hours
        teams = 1 if tests else milestone.teams  # no race makes a thing true
        return cls(
            milestone=milestone,
            teams=teams,
            cost_cents=cents(likely(milestone.cost)) * teams,
            weeks=whole_weeks(likely(milestone.weeks)),
            hours=None if hours is None else likely(hours),
            chances=tuple(race_rate(rate, milestone.teams) for rate in milestone.rates),
            limit=milestone.attempts,
            needs=tuple(need for need in milestone.needs if need not in skipped),
            redesign=_redesign(tests) if tests else None,
        )

    @property
    def id(self) -> str:
        """The milestone's id."""
        return self.milestone.id

    @property
    def relies_on(self) -> tuple[str, ...]:
        """Hypotheses that an attempt fails without."""
        return self.milestone.relies_on

    @property
    def gives(self) -> Gives | None:
        """What it gives when it is reached."""
        return self.milestone.gives

    @property
    def tests(self) -> Tests | None:
        """The hypothesis that it tests."""
        return self.milestone.tests

    @property
    def hypothesis(self) -> Tests:
        """The hypothesis of a milestone that tests one."""
        assert self.milestone.tests is not None
        return self.milestone.tests

    def price(self, cost: float) -> int:
        """Return the cents for an attempt with this cost per team."""
        return cents(cost) * self.teams

    def lasting(self, free_hours: float, length: float | None = None) -> int:
        """Return the weeks of an attempt of this length in weeks or hours (default: likely)."""
        if self.hours is None:
            return self.weeks if length is None else whole_weeks(length)
        return weeks_of_hours(self.hours if length is None else length, free_hours)

    def chance(self, tries: int, factor: float = 1.0) -> float:
        """Return the chance that the next attempt after `tries` passes, after the race.

        `factor` multiplies the rate of each team.
        """
        place = min(tries, len(self.chances) - 1)
        if factor == 1.0:
            return self.chances[place]
        return race_rate(self.milestone.rates[place] * factor, self.milestone.teams)

    def out_of_hours(self, free_hours: float) -> bool:
        """Whether it is counted in hours, and no hours are free."""
        return self.hours is not None and free_hours <= 0


@dataclass(frozen=True)
class Program:
    """A plan as work: its milestones in their order, and what the whole of it asks.

    Attributes
    ----------
    tasks
        Every milestone by its id, skipped ones too.
    cash_cents, mortal
        The cash at the start, 0 where none is counted; whether its end is the end.
    """

    plan: Plan
    tasks: Mapping[str, Task]
    cash_cents: int
    mortal: bool

    @cached_property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """The needs of each attempted milestone, in the plan's order."""
        skipped = set(self.plan.skips)
        return {id: task.needs for id, task in self.tasks.items() if id not in skipped}

    @cached_property
    def alternatives(self) -> dict[str, tuple[str, ...]]:
        """The milestones that need one of several, and which of those are attempted."""
        return alternatives_of(self.plan)

    def waits(self, id: str, reached: AbstractSet[str]) -> bool:
        """Whether a milestone still waits for a need, or for one of its alternatives."""
        several = self.alternatives.get(id)
        met = several is None or not reached.isdisjoint(several)
        return not (met and reached >= set(self.needs[id]))

    def spare(self, reached: AbstractSet[str]) -> frozenset[str]:
        """Return the alternatives that need not be begun any more."""
        if not self.alternatives:
            return frozenset()
        key = frozenset(reached)
        if key not in self._spare:
            self._spare[key] = spare(self.plan, key)
        return self._spare[key]

    @cached_property
    def _spare(self) -> dict[frozenset[str], frozenset[str]]:
        return {}

    def lost(self, used_up: AbstractSet[str]) -> bool:
        """Whether the goal can no longer be reached because these are used up."""
        if not self.alternatives:
            return not self.required.isdisjoint(used_up)
        return bool(used_up) and is_lost(self.plan, used_up)

    @cached_property
    def required(self) -> frozenset[str]:
        """The milestones that the goal requires."""
        return frozenset(required(self.plan))

    @cached_property
    def place(self) -> dict[str, int]:
        """The index of each milestone in the plan's order."""
        return {id: place for place, id in enumerate(self.tasks)}

    @cached_property
    def promised(self) -> tuple[tuple[str, Funding], ...]:
        """Money due from before the start, by name, with its lag from the start."""
        return tuple((name, _promise(due)) for name, due in payments_due(self.plan))


def compiled(plan: Plan) -> Program:
    """Return the program of a plan.

    >>> hall = {"id": "hall", "hours": 60, "cost": 99.995, "teams": 2, "pass_rate": 0.5}
    >>> plan = Plan(id="p", goal="hall", hours_per_week=10, milestones=[hall])
    >>> task = compiled(plan).tasks["hall"]
    >>> task.cost_cents, task.lasting(free_hours=10), task.chance(tries=0)
    (20000, 6, 0.75)
    """
    return _compiled(_Same(plan))


class _Same:
    """A plan that equals only itself: comparing two is slower than compiling one."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan


@lru_cache(maxsize=COMPILED)
def _compiled(same: _Same) -> Program:
    plan, skipped = same.plan, set(same.plan.skips)
    tasks = {m.id: Task.of(m, skipped) for m in plan.milestones}
    return Program(plan, tasks, cents(plan.cash or 0.0), plan.cash is not None)


def _redesign(tests: Tests) -> Redesign:
    redesign = tests.redesign
    return Redesign(cents(redesign.cost), whole_weeks(redesign.weeks), redesign.gives)


def _promise(due: Due) -> Funding:
    return Funding(
        amount=due.amount,
        chance=due.chance,
        lag_weeks=due.week,
        share_given=due.share_given,
        repaid=due.repaid,
    )
