"""Find a good policy for a plan: rules for its decisions, and an order of work.

The search starts from the best of the fixed policies (one option per decision, whatever has
happened), tries other orders of work, and then fits a rule to each decision in turn, the last one
first, while all others keep theirs: every run that faces the decision goes on once with each
option, on the same luck. Whatever is found is a policy that a founder could follow, so its value on
fresh runs never overstates, but for noise, what is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

import numpy as np

from workbook.chain import needs_of
from workbook.coach.questions import Question
from workbook.coach.rollouts import Policy, rollouts
from workbook.coach.rules import Rule, choose, fitted
from workbook.edit import reordered
from workbook.outcomes import Floats
from workbook.plan import Plan

MOST_FIXED = 64
MOST_ORDERS = 24
RUNS_AT_ONCE = 12_000
SWEEPS = 2
CLEAR = 2.0

Stop = Callable[[], bool]
"""Asked between steps of a long search: whether to stop with what has been found."""


def never() -> bool:
    """Go on to the end."""
    return False


@dataclass(frozen=True)
class Found:
    """A policy and the plan, with its order of work, that it starts from."""

    plan: Plan
    questions: tuple[Question, ...]
    policy: Policy
    fixed: Policy


def search(
    plan: Plan, questions: Sequence[Question], seed: int, depth: int = 2, stop: Stop = never
) -> Found:
    """Return the best policy found for a plan."""
    questions = tuple(questions)
    fixed = policy = best_fixed(plan, questions, seed)
    if not stop():
        plan = _best_order(plan, questions, policy, seed + 1)
    for sweep in range(SWEEPS):
        before = policy
        for question in reversed(questions):
            if stop():
                return Found(plan, questions, policy, fixed)
            rule = rule_for(plan, questions, policy, question, seed + 2 + sweep, depth)
            policy = policy.but(**{question.id: rule})
        if policy == before:
            break
    return Found(plan, questions, policy, fixed)


def best_fixed(plan: Plan, questions: Sequence[Question], seed: int) -> Policy:
    """Return the policy of one option per decision that reaches the goal most often.

    All combinations if they are few; else one decision after the other.
    """
    ways = [range(question.ways) for question in questions]
    if int(np.prod([len(way) for way in ways])) <= MOST_FIXED:
        return _best_of(plan, questions, [_fixed(questions, each) for each in product(*ways)], seed)
    policy = Policy()
    for question in questions:
        tries = [policy.but(**{question.id: way}) for way in range(question.ways)]
        policy = _best_of(plan, questions, tries, seed)
    return policy


def rule_for(
    plan: Plan,
    questions: Sequence[Question],
    policy: Policy,
    question: Question,
    seed: int,
    depth: int,
) -> Rule:
    """Return the rule for one decision that serves best while the others keep theirs."""
    present = policy.rules.get(question.id, 0)
    tries = [policy.but(**{question.id: way}) for way in range(question.ways)]
    lives = RUNS_AT_ONCE // len(tries)
    if not isinstance(present, int):
        tries.append(policy)
    played = rollouts([plan], questions, tries, lives, seed)
    faced = played.faced[question.id]
    when = faced.when[0]
    seen = {name: of[0][when] for name, of in faced.seen.items()}
    ends = played.reached[: question.ways, when].T
    usual = present if isinstance(present, int) else 0
    rule = fitted(seen, ends, usual, depth)
    if isinstance(present, int) or not when.any():
        return rule
    now = played.reached[-1][when].mean()
    then = ends[np.arange(len(ends)), choose(rule, seen)].mean()
    return rule if then > now else present


def _fixed(questions: Sequence[Question], ways: Sequence[int]) -> Policy:
    return Policy(0, {q.id: way for q, way in zip(questions, ways, strict=True)})


def _best_of(
    plan: Plan, questions: Sequence[Question], tries: Sequence[Policy], seed: int
) -> Policy:
    """Return the best of these; of two that differ too little to tell, the first."""
    lives = max(100, RUNS_AT_ONCE // len(tries))
    return tries[clearly_best(rollouts([plan], questions, tries, lives, seed).reached)]


def clearly_best(reached: np.ndarray) -> int:
    """Return the row that reaches the goal most often; the first if none is clearly better."""
    best = int(reached.mean(axis=1).argmax())
    return best if _clear(reached[best].astype(float) - reached[0]) else 0


def _clear(gains: Floats) -> bool:
    return bool(gains.mean() > CLEAR * max(gains.std(), 1e-9) / np.sqrt(len(gains)))


def _best_order(plan: Plan, questions: Sequence[Question], policy: Policy, seed: int) -> Plan:
    """Return the plan in the best order near its own: two milestones at a time change places."""
    for round_ in range(SWEEPS):
        orders = [plan, *islice(neighbours(plan), MOST_ORDERS)]
        if len(orders) == 1:
            break
        tries = [Policy(number, policy.rules) for number in range(len(orders))]
        lives = max(200, RUNS_AT_ONCE // len(tries))
        best = clearly_best(rollouts(orders, questions, tries, lives, seed + 10 * round_).reached)
        if best == 0:
            break
        plan = orders[best]
    return plan


def neighbours(plan: Plan) -> list[Plan]:
    """Return the plan in other orders: a milestone moved ahead of one that it does not need."""
    needs = needs_of(plan)
    ids = [id for id in plan.ids if id in needs]
    found: dict[tuple[str, ...], None] = {}
    for first, later in combinations(ids, 2):
        ahead = _closure(needs, later)
        if first in ahead:
            continue
        moved = [id for id in ids[ids.index(first) : ids.index(later) + 1] if id in ahead]
        rest = [id for id in ids[ids.index(first) :] if id not in moved]
        found[(*ids[: ids.index(first)], *moved, *rest)] = None
    found.pop(tuple(ids), None)
    return [reordered(plan, order).where(plan.begun) for order in found]


def _closure(needs: dict[str, tuple[str, ...]], id: str) -> set[str]:
    """Return a milestone and all that it needs."""
    found, waiting = set(), [id]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting.extend(needs.get(one, ()))
    return found
