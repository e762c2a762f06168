"""The middle of a life: what has been reached, is under way, can be done next; its randomness."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np

from workbook.edit import chosen, ever
from workbook.law import (
    Economy,
    Program,
    Redesign,
    Task,
    cents,
    compiled,
    drawn,
    factors_of,
    has_levels,
    has_terms,
    is_closed,
    may_start,
    moves_by_itself,
    off_of,
    slowed,
)
from workbook.life.diary import Event, Happening
from workbook.luck import Floats, Shape, after_failure, attempt_at, likely, spread, uniforms
from workbook.outcomes import Fate
from workbook.plan import Begun, Debt, Due, Funding, Milestone, Plan, Wait


class Chance(Protocol):
    """A source of randomness: named events, and named quantiles for ranges."""

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Whether this event happens; asked again, it is the next try of the same kind."""

    def quantile(self, kind: str, name: str) -> float:
        """Return a number in [0, 1) for a range; the same each time it is asked."""


class Luck:
    """The random numbers of the n-th run of a seed: the same draws that the simulation uses."""

    def __init__(self, seed: int, life: int) -> None:
        self.seed, self.life = seed, life
        self._left: dict[tuple[str, str], float] = {}

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Whether the draw of that name is below the probability; rescaled after a failure."""
        uniform = self._left.get((kind, name))
        if uniform is None:
            uniform = self.quantile(kind, name)
        if uniform < probability:
            return True
        self._left[kind, name] = after_failure(uniform, probability)
        return False

    def quantile(self, kind: str, name: str) -> float:
        """Return the draw of that name."""
        return float(uniforms(self.seed, kind, name, self.life + 1)[-1])

    def __copy__(self) -> Luck:
        """The same draws, from here on by themselves."""
        new = Luck(self.seed, self.life)
        new._left = dict(self._left)
        return new


@dataclass(frozen=True)
class Job:
    """Work under way: an attempt at a milestone, or (with `mends`) the redesign it pays for."""

    milestone: str
    ends: int
    mends: str | None = None

    @property
    def subject(self) -> str:
        """What the work is about: the milestone attempted, or the hypothesis put right."""
        return self.mends or self.milestone


@dataclass
class State:
    """What is so in the middle of a life. Money in cents."""

    plan: Plan
    chance: Chance
    choices: Mapping[str, str]
    shape: Shape
    week: int = 0
    spent: int = 0
    fate: Fate | None = None
    died_in: str | None = None
    share: float = 1.0
    owed_cents: int = 0
    profit: int = 0
    morale: int = 0
    waiting: tuple[str, Wait] | None = None
    jobs: list[Job] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    begun: dict[str, int] = field(default_factory=dict)
    used_up: set[str] = field(default_factory=set)
    truth: dict[str, bool] = field(default_factory=dict)
    refuted: set[str] = field(default_factory=set)
    untrue: set[str] = field(default_factory=set)
    debts: list[Debt] = field(default_factory=list)
    cheques: list[tuple[int, int, str, Funding | Due]] = field(default_factory=list)
    receivable: dict[int, int] = field(default_factory=dict)
    conditions: dict[str, bool] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    series: list[float] = field(default_factory=list)
    states: list[Economy] = field(default_factory=list)
    capital: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.forks = chosen(self.plan, self.choices)
        self.plan = drawn(self.plan, self.off())
        self.economy = Economy.of(self.plan)
        self.moving, self.terms, levels = (
            ever(asked, self.plan, self.forks.values())
            for asked in (moves_by_itself, has_terms, has_levels)
        )
        self.patient = self.moving or levels
        self.mortal, self.cash = self.program.mortal, self.program.cash_cents
        self._go_on_from(self.plan.begun)
        for name, due in self.program.promised:
            if self.chance.happens("due", name, due.chance):
                self.cheques.append((due.lag_weeks, cents(due.amount), self.plan.id, due))

    def _go_on_from(self, begun: Begun) -> None:
        """Take over what is under way and what is owed when the plan begins."""
        self.used_up, self.untrue = set(begun.used_up), set(begun.untrue)
        self.refuted = set(begun.refuted)
        self.truth = dict.fromkeys(begun.untrue, False)
        self.jobs = [Job(job.milestone, job.weeks, job.mends) for job in begun.jobs]
        self.begun = {job.milestone: 1 for job in self.jobs if not job.mends}
        self.debts, self.share = list(begun.debts), self.plan.founder_share
        self.owed_cents = sum(debt.pays_off_cents for debt in begun.debts)
        self.receivable, self.held = dict(begun.receivable), dict(begun.held)
        self.profit = begun.untaxed_cents
        self.morale = self.plan.morale.start if self.plan.morale else 0
        if begun.waiting:
            fork, option = begun.waiting
            assert option.wait is not None
            self.waiting = (fork, option.wait)

    def copy(self) -> Self:
        """Return a copy that goes on by itself, on the same randomness."""
        new = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, (dict, list, set)):
                setattr(new, name, value.copy())
        new.chance = copy(self.chance)
        return new

    @property
    def program(self) -> Program:
        """The plan as it stands, compiled."""
        return compiled(self.plan)

    def task(self, id: str) -> Task:
        """A milestone of it."""
        return self.program.tasks[id]

    def off(self) -> dict[str, float]:
        """How far each figure with a range is off its likely value in this life."""
        return {
            path: float(off_of(self.plan, path, self._uniform("figure", path), self.shape)[0])
            for path in self.plan.ranges
        }

    def factors(self) -> dict[str, float]:
        """What figures are multiplied by this week, where they differ from week to week."""
        drawn_of = factors_of(self.plan, self.week, self._uniform, self.shape)
        return {figure: float(factor[0]) for figure, factor in drawn_of.items()}

    def _uniform(self, kind: str, name: str) -> Floats:
        return np.array([self.chance.quantile(kind, name)])

    def note(self, happening: Happening, about: str, amount: int = 0) -> None:
        """Write an event down."""
        self.events.append(Event(self.week, happening, about, self.cash / 100, amount / 100))

    def end(self, fate: Fate, died_in: str | None = None) -> None:
        """Close the book."""
        self.fate, self.died_in = fate, died_in
        self.note(fate, died_in or self.plan.goal)

    @property
    def free_teams(self) -> int:
        """Teams with nothing under way."""
        return max(0, self.plan.teams - len(self.jobs))

    def next_up(self) -> list[str]:
        """Milestones that could be worked on now, in the plan's order."""
        busy = {job.milestone for job in self.jobs}
        mending = {job.mends for job in self.jobs}
        return [
            id
            for id in self._open()
            if id not in busy and self._may_start(id) and not mending.intersection(self.owed(id))
        ]

    def pending(self) -> list[str]:
        """Milestones to which only their week, or their level, is missing."""
        busy = {job.milestone for job in self.jobs}
        return [id for id in self._open() if id not in busy and not self._may_start(id)]

    def _may_start(self, id: str) -> bool:
        closed = is_closed(self.plan, self.week, id)
        return not closed and may_start(self.task(id).milestone, self.week)

    def _open(self) -> list[str]:
        """Milestones not reached and not used up that have all they need."""
        program, reached = self.program, self.reached.keys()
        closed = self.used_up | reached | program.spare(reached)
        return [id for id in program.needs if id not in closed and not program.waits(id, reached)]

    def owed(self, id: str) -> list[str]:
        """The hypotheses to be put right before a milestone is attempted (again).

        Its own, where its test has said no or it is known to be untrue; and of those that it
        relies on, all that are known to be untrue.
        """
        own = [id] if id in self.refuted or id in self.untrue else []
        return own + [other for other in self.task(id).relies_on if other in self.untrue]

    def mended_next(self, id: str) -> str | None:
        """The hypothesis to redesign before the next attempt at a milestone."""
        return next(iter(self.owed(id)), None)

    def subject(self, id: str) -> str:
        """What work at a milestone is next: the redesign of a hypothesis, or an attempt at it."""
        return self.mended_next(id) or id

    def price(self, milestone: Milestone) -> int:
        """What starting costs now: the redesign owed, or an attempt (k times for a race)."""
        mends = self.mended_next(milestone.id)
        if mends:
            return self.redesign(mends).cost_cents
        task = self.task(milestone.id)
        return task.price(self.drawn("cost", milestone.id, milestone.cost))

    def length(self, milestone: Milestone) -> int:
        """How many weeks it takes: by the calendar, or by the hours that are free."""
        mends = self.mended_next(milestone.id)
        if mends:
            return self.redesign(mends).weeks
        return self.attempt_weeks(milestone)

    def attempt_weeks(self, milestone: Milestone, morale: int | None = None) -> int:
        """The same of the next attempt itself, with the morale of today or with these points."""
        length = milestone.weeks if milestone.hours is None else milestone.hours
        drawn = self.drawn("duration", milestone.id, length)
        weeks = self.task(milestone.id).lasting(self.economy.free_hours, drawn)
        return slowed(self.plan.morale, self.morale if morale is None else morale, weeks)

    def out_of_hours(self, id: str) -> bool:
        """Whether an attempt counted in hours finds none left this week."""
        idle = self.task(id).out_of_hours(self.economy.free_hours)
        return idle and not self.mended_next(id)

    def drawn(self, kind: str, id: str, estimate: float | tuple[float, float, float]) -> float:
        """The value that the next attempt draws of an estimate."""
        if not isinstance(estimate, tuple):
            return likely(estimate)
        id = attempt_at(id, self.attempts.get(id, 0))
        return float(spread(estimate, np.array([self.chance.quantile(kind, id)]), self.shape)[0])

    def redesign(self, id: str) -> Redesign:
        """What putting a hypothesis right takes."""
        redesign = self.task(id).redesign
        assert redesign is not None
        return redesign

    def true(self, id: str) -> bool:
        """Whether a hypothesis is true in this life: drawn once, made true by a redesign."""
        if id not in self.truth:
            self.truth[id] = self.chance.happens("truth", id, self.task(id).hypothesis.belief)
        return self.truth[id]
