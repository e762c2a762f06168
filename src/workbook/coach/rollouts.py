"""Simulate policies side by side: the same lives, once for each policy, in one pass.

A policy is the plan to start from (its order of work, what it leaves out, a team that rests this
week) and a rule for every decision to come. Run i of every policy has the same luck, so that the
difference of two policies is known far better than either. A decision is asked in every week in
which the conditions of its fork hold, until its rule names an option.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbook.coach.questions import Question, with_parts
from workbook.coach.rules import FEATURES, Feature, Rule, choose
from workbook.edit import edit
from workbook.law import (
    Economy,
    followed,
    follows_capital,
    has_levels,
    has_terms,
    moves_by_itself,
)
from workbook.outcomes import FATES, Floats, Ints
from workbook.plan import Fork, Option, Plan
from workbook.simulate import pass_week
from workbook.simulate.accounts import Kinds
from workbook.simulate.book import LIVING, promised
from workbook.simulate.draws import Draws, Ranges
from workbook.simulate.economies import Economies
from workbook.simulate.ends import close, close_late, judge
from workbook.simulate.forks import Forks, begin_midway
from workbook.simulate.run_states import RunStates
from workbook.simulate.variants import Variants

GOAL = FATES.index("goal")
AS_WRITTEN = 0


@dataclass(frozen=True)
class Policy:
    """What a founder does: the number of the plan to start from, and a rule by decision.

    A decision without a rule goes on as written. In the first `rest` weeks nothing new is started.
    """

    start: int = 0
    rules: Mapping[str, Rule] = field(default_factory=dict)
    rest: int = 0

    def but(self, rules: Mapping[str, Rule]) -> Policy:
        """Return the policy with another rule at some decisions."""
        return Policy(self.start, {**self.rules, **rules}, self.rest)


class Past(NamedTuple):
    """The weeks before a plan begins; the attempts made in them by milestone; the hypotheses whose
    test has said no, rightly or wrongly, and that have not been put right.
    """

    weeks: int = 0
    attempts: Mapping[str, int] = MappingProxyType({})
    refuted: frozenset[str] = frozenset()


NO_PAST = Past()


@dataclass(frozen=True)
class Faced:
    """Which runs faced a decision, what they saw the last time, and the option taken.

    Arrays (policies, runs).
    """

    when: NDArray[np.bool_]
    seen: Mapping[Feature, Floats]
    taken: Ints


@dataclass(frozen=True)
class Rollouts:
    """The runs of some policies.

    `fate`: positions in FATES, (policies, runs); `end_week` alike; `reached_week` by milestone, -1
    if it is never reached.
    """

    fate: NDArray[np.uint8]
    faced: Mapping[str, Faced]
    end_week: Ints
    reached_week: Mapping[str, Ints]

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Whether the goal was reached."""
        return np.asarray(self.fate == GOAL)


def rollouts(
    starts: Sequence[Plan],
    questions: Sequence[Question],
    policies: Sequence[Policy],
    lives: int,
    seed: int,
    past: Past = NO_PAST,
) -> Rollouts:
    """Simulate every policy on the same lives.

    Parameters
    ----------
    starts
        Plans that differ only in order, in what is skipped, and in the weeks from which an attempt
        may start; the first is the plan as it is.
    past
        The weeks and attempts before week 1 of these plans, which rules count too.
    """
    states, forks = _at_the_start(starts, questions, policies, lives, seed, past)
    while len(states.living()):
        states.week += 1
        _rest(states, policies, lives)
        pass_week(states, forks)
        close(states)
    return Rollouts(
        states.fate.reshape(-1, lives),
        forks.asked.faced(),
        states.end_week.reshape(-1, lives),
        {
            id: states.reached_week[:, column].astype(np.int64).reshape(-1, lives)
            for id, column in states.variants.column.items()
        },
    )


def _at_the_start(
    starts: Sequence[Plan],
    questions: Sequence[Question],
    policies: Sequence[Policy],
    lives: int,
    seed: int,
    past: Past,
) -> tuple[RunStates, Decisions]:
    """Return the runs of every policy before their first week, judged, and their decisions."""
    plan, options = with_parts(starts[0], questions)
    draws = Copies(seed, lives, len(policies))
    economies = Economies(Economy.of(plan), followed(plan))
    variants = Alternatives(plan, options, draws, economies)
    states = RunStates(draws, economies, variants, _kinds(plan, options), apart=True)
    promised(states)
    numbers = [0, *(variants.begun_as(other) for other in starts[1:])]
    forks = Decisions(states, plan.forks, options, Asked(questions, policies, lives, past))
    begin_midway(states, forks, plan.begun)
    states.variant[:] = np.repeat([numbers[policy.start] for policy in policies], lives)
    for id in past.refuted:
        everyone = np.arange(states.lives)
        states.hypotheses.refute(everyone, np.full_like(everyone, variants.column[id]))
    states.refresh(np.arange(states.lives))
    close_late(states)
    judge(states)
    return states, forks


def _rest(states: RunStates, policies: Sequence[Policy], lives: int) -> None:
    """Keep the teams of policies that rest from new work; give them back in the week after."""
    for number, policy in enumerate(policies):
        mine = slice(number * lives, (number + 1) * lives)
        if states.week == 1 <= policy.rest:
            states.teams[mine] = 0
        elif states.week == policy.rest + 1 > 1:
            free = (states.fate[mine] == LIVING) & ~states.waiting[mine]
            teams = states.variants.teams[states.variant[mine]]
            states.teams[mine] = np.where(free, teams, states.teams[mine])


class Copies(Draws):
    """The draws of some lives, repeated for every policy."""

    def __init__(self, seed: int, lives: int, copies: int) -> None:
        super().__init__(seed, lives * copies, "triangular")
        self.each, self.copies = lives, copies

    def uniforms(self, kind: str, name: str) -> Floats:
        """Return the draw of that name in every run of every policy."""
        return np.tile(Draws(self.seed, self.each, self.shape).uniforms(kind, name), self.copies)


class RangesOfCopies(Ranges):
    """The values that these runs draw of ranges: those of their lives."""

    def deal(self, draws: Draws) -> None:
        """Let the values be those of the lives of these runs."""
        assert isinstance(draws, Copies)
        self.each = draws.each
        super().deal(Draws(draws.seed, draws.each, draws.shape))

    def values(self, numbers: Ints, attempts: Ints, lives: Ints) -> Floats:
        """Return what these runs draw for the attempt after so many."""
        return super().values(numbers, attempts, lives % self.each)


class Alternatives(Variants):
    """The variants of a plan, with several to start from."""

    kind_of_ranges = RangesOfCopies

    def ids_of(self, plan: Plan) -> tuple[str, ...]:
        """Return the milestones of all variants; two options of a fork never apply together."""
        found = dict.fromkeys(plan.ids)
        for option in self.options.values():
            ids = edit(plan, option).ids
            added = [id for id in ids if id not in found]
            found |= dict.fromkeys(added)
        return tuple(found)

    def begun_as(self, plan: Plan) -> int:
        """Add a plan to start from; return its variant."""
        return self._add(plan.model_copy(update={"forks": self.written.forks}), self.left[0])


class Asked:
    """The options that every run has taken: 0, as written, until a rule names one."""

    def __init__(
        self, questions: Sequence[Question], policies: Sequence[Policy], lives: int, past: Past
    ) -> None:
        self.policies, self.lives, self.past = policies, lives, past
        runs = lives * len(policies)
        self.answers = {q.id: np.zeros(runs, dtype=np.int64) for q in questions}
        self.asked_in = {q.id: np.zeros(runs, dtype=np.int64) for q in questions}
        self.faced_by = {q.id: np.zeros(runs, dtype=bool) for q in questions}
        self.seen = {q.id: {name: np.zeros(runs) for name in FEATURES} for q in questions}
        self.part = {
            part.id: (question, number)
            for question in questions
            for number, part in enumerate(question.parts(), start=1)
        }
        self.rules = {q.id: [policy.rules.get(q.id, 0) for policy in policies] for q in questions}

    def take(self, part: str, lives: Ints, states: RunStates) -> Ints:
        """Return those of these runs, in which the conditions hold, that take this option."""
        question, number = self.part[part]
        answers = self.answers[question.id]
        new = lives[self.asked_in[question.id][lives] != states.week]
        new = new[answers[new] == AS_WRITTEN]
        if len(new):
            self.asked_in[question.id][new] = states.week
            self._ask(question, new, states)
        return np.asarray(lives[answers[lives] == number])

    def _ask(self, question: Question, lives: Ints, states: RunStates) -> None:
        at = question.fork.at.milestone
        now: dict[Feature, Floats] = {"cash": states.cash[lives] / 100}
        now["week"] = np.full(len(lives), float(self.past.weeks + states.week))
        now["tries"] = np.full(len(lives), float(self.past.attempts.get(at or "", 0)))
        if at is not None:
            now["tries"] += states.tries[lives, states.variants.column[at]]
        for name in FEATURES:
            self.seen[question.id][name][lives] = now[name]
        self.faced_by[question.id][lives] = True
        rules, policy = self.rules[question.id], lives // self.lives
        fixed = np.array([rule if isinstance(rule, int) else 0 for rule in rules])
        answers = fixed[policy]
        for number, rule in enumerate(rules):
            if not isinstance(rule, int):
                mine = np.flatnonzero(policy == number)
                answers[mine] = choose(rule, {name: of[mine] for name, of in now.items()})
        self.answers[question.id][lives] = answers

    def faced(self) -> dict[str, Faced]:
        """Return what happened at every decision."""
        shape = (len(self.policies), self.lives)
        return {
            id: Faced(
                self.faced_by[id].reshape(shape),
                {name: of.reshape(shape) for name, of in self.seen[id].items()},
                answers.reshape(shape),
            )
            for id, answers in self.answers.items()
        }


class Decisions(Forks):
    """The forks of all options, of which a run takes at most one per decision."""

    def __init__(
        self,
        states: RunStates,
        forks: tuple[Fork, ...],
        options: dict[str, Option],
        asked: Asked,
    ) -> None:
        super().__init__(states, forks, options)
        self.asked = asked

    def _come_to(self, fork: Fork, asked: Ints) -> Ints:
        lives = super()._come_to(fork, asked)
        return self.asked.take(fork.id, lives, self.states) if len(lives) else lives


def _kinds(plan: Plan, options: Mapping[str, Option]) -> Kinds:
    """Return the features that must be tracked, whichever options are taken."""
    plans = [plan, *(edit(plan, option) for option in options.values())]
    found = {"moving": moves_by_itself, "terms": has_terms, "levels": has_levels}
    kinds = {name: any(map(asked, plans)) for name, asked in found.items()}
    capital = any(follows_capital(each, options) for each in plans)
    return Kinds(**kinds, ranges=bool(plan.ranges or plan.weekly_ranges), capital=capital)
