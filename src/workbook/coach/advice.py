"""The chance of the goal after each move of a position, if one goes on well from there.

In a plan with few states that is the best play, computed (`best_play`). Else it is simulated, and
"well" is the best continuation found: the policy fitted to the whole plan, the same with one
decision answered otherwise, and each with the order of work of the position or of that policy. For
every move the best of these is chosen on one set of lives and valued on fresh ones, the same for
all moves; so a value is an estimate from below, and the gap of two moves has the error of pairs.
The luck of the rehearsal itself is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbook.coach.best_play import NOTHING, BestPlay
from workbook.coach.best_play import Fates as FatesOf
from workbook.coach.fitting import Found, search
from workbook.coach.from_here import from_here
from workbook.coach.questions import Question, questions_of
from workbook.coach.rollouts import GOAL, Past, Policy, rollouts
from workbook.coach.rules import Rule, Split
from workbook.edit import edit, reordered, skipping
from workbook.logged import plan_from_today
from workbook.outcomes import FATES, Fate, share_error
from workbook.plan import Plan
from workbook.play import Gap, OnProgress, no_progress
from workbook.rehearsal import Lived, Move, Position, may_skip
from workbook.rehearsal.lived import LEVELS, at_level

Fates = NDArray[np.uint8]

SEED = 20_001
"""Advice has luck of its own: the same for everyone, and none that a rehearsal is played on."""
CHOOSING, VALUING = 2_500, 6_000
"""Runs on which continuations are chosen, and on which all moves are valued."""
FEWEST = 60
ROUNDS = 4
KEPT = 16
MOST_ADVICE = 128
"""Advice that is kept: the coach's own play of a luck asks again what a debrief has asked."""
WORTH_TELLING = 0.005
"""Gaps below half a point count as equal, however many lives are simulated."""


@dataclass(frozen=True)
class Value:
    """A move: the chance of each fate after it, and the gap to the best move (≤ 0).

    `error` is that of the chance of the goal.
    """

    move: Move
    fates: Mapping[Fate, float]
    error: float
    gap: Gap

    @property
    def chance(self) -> float:
        """The chance of the goal."""
        return self.fates["goal"]

    @property
    def is_worse(self) -> bool:
        """Whether it is clearly worse than the best move."""
        return self.gap.clear and self.gap.value < -WORTH_TELLING

    @property
    def cost(self) -> float:
        """What the move costs of the chance of the goal: 0, or less if it is clearly worse."""
        return self.gap.value if self.is_worse else 0.0


@dataclass(frozen=True)
class Advice:
    """The values of all moves of a position, in their order; `lives` each was simulated on, 0 if
    they are exact. `ways` has, by move, the rules and the order of work that its value is for.
    """

    week: int
    values: tuple[Value, ...]
    best: Value
    lives: int
    ways: Mapping[Move, tuple[Mapping[str, Rule], tuple[str, ...]]] = field(
        default_factory=dict, compare=False
    )

    def of(self, move: Move) -> Value:
        """Return the value of a move, whatever chance was said with it."""
        plain = replace(move, said=None)
        return next(value for value in self.values if value.move == plain)

    @property
    def chance(self) -> float:
        """The chance of the goal from this position."""
        return self.best.chance


@dataclass(frozen=True)
class _Way:
    """A move and one way to go on after it."""

    move: Move
    plan: Plan
    policy: Policy


def advise(
    position: Position,
    lives: int | None = None,
    made: Move | None = None,
    on_progress: OnProgress = no_progress,
) -> Advice:
    """Return the chance of the goal after each move of a position.

    `lives` are those that each move is valued on; by default as many as keep it quick. `made` is a
    legal move to value, too, if it is not among those offered. `on_progress` is called with the
    share (0..1) of the search for the plan's policy that is done, which the first advice waits for.
    """
    plain = None if made is None else replace(made, said=None)
    other = None if plain in position.moves else plain
    return _advice_for(_Asked(position, lives, other, on_progress))


@dataclass(frozen=True, eq=False)
class _Asked:
    """A position to advise on, equal to any other of the same plan, luck and moves."""

    position: Position
    lives: int | None
    made: Move | None
    on_progress: OnProgress

    def _key(self) -> tuple[object, ...]:
        at = self.position
        return (id(at.plan), at.seed, at.made, self.lives, self.made)

    def __hash__(self) -> int:
        return hash(self._key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other._key() == self._key()


@lru_cache(maxsize=MOST_ADVICE)
def _advice_for(asked: _Asked) -> Advice:
    *_, last = refinements(asked.position, 1, asked.lives, asked.made, asked.on_progress)
    return last


def refinements(
    position: Position,
    rounds: int = ROUNDS,
    lives: int | None = None,
    made: Move | None = None,
    on_progress: OnProgress = no_progress,
) -> Iterator[Advice]:
    """Yield advice that gets more precise, each with all the lives so far; the first comes soon."""
    moves = position.moves
    if made is not None and (plain := replace(made, said=None)) not in moves:
        moves = (*moves, plain)
    known = best_play_of(position.plan).after(position.state, moves)
    if known is None:
        yield from simulated(position, moves, rounds, lives, on_progress)
    else:
        yield _exactly(position.state.week, moves, known)


def simulated(
    position: Position,
    moves: Sequence[Move],
    rounds: int = 1,
    lives: int | None = None,
    on_progress: OnProgress = no_progress,
) -> Iterator[Advice]:
    """Yield advice by simulation alone, as `refinements` does where states are many."""
    state = position.state
    ways = _Ways(state, policy_of(position.plan, on_progress))
    playing = [move for move in moves if move.kind != "stop"]
    if not playing:
        yield _advice(state.week, moves, (), np.zeros((0, 1), dtype=np.uint8))
        return
    chosen = ways.best(playing)
    each = lives or max(200, VALUING // len(chosen))
    valued: list[Fates] = []
    for number in range(rounds):
        valued.append(ways.play(chosen, each, SEED + 1 + number))
        yield _advice(state.week, moves, chosen, np.concatenate(valued, axis=1))


@lru_cache(maxsize=16)
def _found(key: _Key) -> Found:
    plan = plan_from_today(key.plan)
    return search(plan, questions_of(plan, may_skip(plan)), SEED, on_progress=key.on_progress)


class _Key:
    """A plan that equals only itself: comparing two takes longer than needed."""

    def __init__(self, plan: Plan, on_progress: OnProgress = no_progress) -> None:
        self.plan, self.on_progress = plan, on_progress

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.plan is self.plan


def policy_of(plan: Plan, on_progress: OnProgress = no_progress) -> Found:
    """Return the best policy found for a plan from its start; found once."""
    return _found(_Key(plan, on_progress))


@lru_cache(maxsize=4)
def _best_play(key: _Key) -> BestPlay:
    return BestPlay(plan_from_today(key.plan))


def best_play_of(plan: Plan) -> BestPlay:
    """Return the best play of a plan; what it has found is kept."""
    return _best_play(_Key(plan))


class _Ways:
    """The ways to go on from a position, and their simulation."""

    def __init__(self, state: Lived, found: Found) -> None:
        self.state, self.week = state, state.week
        self.here = from_here(state)
        self.questions = questions_of(self.here, may_skip(self.here))
        self.rules = {q.id: found.policy.rules.get(q.id, 0) for q in self.questions}
        self.past = Past(state.week - 1, dict(state.attempts), frozenset(state.refuted))
        order = [id for id in found.plan.ids if id in self.here.ids]
        other = reordered(self.here, order).where(self.here.begun)
        self.orders = [self.here] if other.ids == self.here.ids else [self.here, other]

    def best(self, moves: Sequence[Move]) -> list[_Way]:
        """Return for every move its best way to go on."""
        ways = [way for move in moves for way in self.after(move)]
        lives = max(FEWEST, CHOOSING // len(ways))
        means = (self.play(ways, lives, SEED) == GOAL).mean(axis=1)
        best: dict[Move, int] = {}
        for number, way in enumerate(ways):
            if way.move not in best or means[number] > means[best[way.move]]:
                best[way.move] = number
        return [ways[best[move]] for move in moves]

    def play(self, ways: Sequence[_Way], lives: int, seed: int) -> Fates:
        """Return the fates of each way; shape (ways, lives)."""
        plans: list[Plan] = [self.here]
        policies = []
        for way in ways:
            if not any(way.plan is plan for plan in plans):
                plans.append(way.plan)
            number = next(n for n, plan in enumerate(plans) if plan is way.plan)
            policies.append(replace(way.policy, start=number))
        return rollouts(plans, self.questions, policies, lives, seed, self.past).fate

    def after(self, move: Move) -> list[_Way]:
        """Return a move with every way to go on after it."""
        plans = [self._begun_with(move, plan) for plan in self.orders]
        rules = [dict(self.rules)]
        for question in self.questions:
            rules += [{**self.rules, question.id: way} for way in range(question.ways)]
        forced = [self._forced(move, each) for each in rules[:KEPT]]
        different = list({repr(sorted(each.items())): each for each in forced}.values())
        rest = move.weeks if move.kind == "wait" else 0
        rest = max(rest, self.state.held_until - self.week + 1)
        return [_Way(move, plan, Policy(0, each, rest)) for plan in plans for each in different]

    def _forced(self, move: Move, rules: dict[str, Rule]) -> dict[str, Rule]:
        """Return the rules with what the move says about this week's decisions."""
        if move.kind == "take":
            question = next(q for q in self.questions if q.id == move.id)
            number = [option.id for option in question.options].index(move.option) + 1
            return {**rules, move.id: number}
        if move.kind == "skip":
            return rules
        weeks = move.weeks if move.kind == "wait" else 1
        return {q.id: self._later(q, move, rules[q.id], weeks) for q in self.questions}

    def _later(self, question: Question, move: Move, rule: Rule, weeks: int) -> Rule:
        """Return a rule that does nothing in these weeks, but what the plan itself has chosen."""
        chosen = question.fork.chosen
        if move.kind == "as-written" and chosen is not None:
            return [option.id for option in question.options].index(chosen) + 1
        return rule if rule == 0 else Split("week", float(self.week + weeks), 0, rule)

    def _begun_with(self, move: Move, plan: Plan) -> Plan:
        """Return the plan in the order, or without the milestone, that the move asks for."""
        if move.kind == "work":
            if move.option in LEVELS:
                plan = edit(plan, at_level(plan, move.id, move.option)).where(plan.begun)
            order = [move.id, *(id for id in plan.ids if id != move.id)]
            return reordered(plan, order).where(plan.begun)
        if move.kind == "skip":
            return skipping(plan, move.id).where(plan.begun)
        return self.here if move.kind == "as-written" else plan


def goes_on(plan: Plan, state: Lived, move: Move, advice: Advice, lives: int) -> Fates:
    """Return the fates from a later week on, the way on that was found for a move; shape (lives,).

    On the lives that its advice was valued on.
    """
    ways = _Ways(state, policy_of(plan))
    rules, ids = advice.ways[advice.of(move).move]
    order = [id for id in ids if id in ways.here.ids]
    here = reordered(ways.here, order).where(ways.here.begun)
    rest = max(0, state.held_until - state.week + 1)
    (found,) = ways.play([_Way(move, here, Policy(0, rules, rest))], lives, SEED + 1)
    return np.asarray(found)


def _exactly(week: int, moves: Sequence[Move], known: Sequence[FatesOf]) -> Advice:
    """Return the values of all moves, computed and not simulated; the first of equals is best."""
    best = max(of[GOAL] for of in known)
    values = tuple(
        Value(move, dict(zip(FATES, of, strict=True)), 0.0, Gap(of[GOAL] - best))
        for move, of in zip(moves, known, strict=True)
    )
    first = next(value for value in values if value.chance >= best - NOTHING)
    return Advice(week, values, first, 0)


def _advice(week: int, moves: Sequence[Move], ways: Sequence[_Way], fates: Fates) -> Advice:
    """Return the values of all moves; to stop is never to reach the goal."""
    lives = fates.shape[1]
    stopped = np.full(lives, FATES.index("open"), dtype=np.uint8)
    rows = {way.move: row for way, row in zip(ways, fates, strict=True)}
    by_move = {move: rows.get(move, stopped) for move in moves}
    best = max(moves, key=lambda move: float((by_move[move] == GOAL).mean()))
    values = {move: _value(move, row, by_move[best]) for move, row in by_move.items()}
    plays = {way.move: (way.policy.rules, way.plan.ids) for way in ways}
    return Advice(week, tuple(values.values()), values[best], lives, plays)


def _value(move: Move, row: Fates, best: Fates) -> Value:
    gaps = (row == GOAL).astype(float) - (best == GOAL)
    shares: dict[Fate, float] = {
        fate: float((row == code).mean()) for code, fate in enumerate(FATES)
    }
    error = 0.0 if move.kind == "stop" else share_error(shares["goal"], len(row))
    gap = Gap(float(gaps.mean()), float(gaps.std() / np.sqrt(len(gaps))))
    return Value(move, shares, error, gap)
