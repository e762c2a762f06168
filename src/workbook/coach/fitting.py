"""Find a good policy for a plan: rules for its decisions, and an order of work.

The search starts from the best of the fixed policies (one option per decision, whatever has
happened), tries other orders of work, and then looks for a rule for each decision in turn while all
others keep theirs. Rules are tried by simulating them, all on the same lives; the better half goes
on to more lives until one is left. Whatever is found is a policy that a founder could follow, so
its value on fresh lives is, but for noise, an estimate from below of what is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from workbook.chain import needs_of
from workbook.coach.questions import Question
from workbook.coach.rollouts import Policy, rollouts
from workbook.coach.rules import Rule, Seen, Split, cuts, leaf_at, replaced
from workbook.edit import reordered
from workbook.plan import Plan

MOST_FIXED = 64
MOST_ORDERS = 24
MOST_JOINT = 80
RUNS_AT_ONCE = 8_000
FEWEST_LIVES = 80
MOST_LIVES = 3_000
SWEEPS = 2
CLEAR = 2.0
"""A change must gain this many standard errors on the lives that it was chosen on."""

Stop = Callable[[], bool]
"""Asked between steps of a long search: whether to stop with what has been found."""


def never() -> bool:
    """Go on to the end."""
    return False


@dataclass(frozen=True)
class Found:
    """A policy, the plan in its order of work, and the best policy of fixed options.

    `start` is the plan in its own order.
    """

    start: Plan
    plan: Plan
    questions: tuple[Question, ...]
    policy: Policy
    fixed: Policy


def search(
    plan: Plan, questions: Sequence[Question], seed: int, depth: int = 2, stop: Stop = never
) -> Found:
    """Return the best policy found for a plan, with rules of at most `depth` questions."""
    questions, start = tuple(questions), plan
    fixed = policy = best_fixed(plan, questions, seed)
    if not stop():
        plan = _best_order(plan, questions, policy, seed + 1)
    for sweep in range(SWEEPS if len(questions) > 1 else 1):
        before = policy
        for question in reversed(questions):
            if stop():
                break
            policy = _with_rule(plan, questions, policy, question, seed + 2 + 10 * sweep, depth)
        if policy == before:
            break
    return Found(start, plan, questions, policy, fixed)


def best_fixed(plan: Plan, questions: Sequence[Question], seed: int) -> Policy:
    """Return the policy of one option per decision that reaches the goal most often.

    All combinations if they are few; else one decision after the other.
    """
    ways = [range(question.ways) for question in questions]
    if prod(map(len, ways)) <= MOST_FIXED:
        return best_of(plan, questions, [_fixed(questions, each) for each in product(*ways)], seed)
    policy = Policy()
    for question in questions:
        tries = [policy.but({question.id: way}) for way in range(question.ways)]
        policy = best_of(plan, questions, tries, seed)
    return policy


def best_of(
    plan: Plan, questions: Sequence[Question], tries: Sequence[Policy], seed: int
) -> Policy:
    """Return the policy that reaches the goal most often; the first if none is clearly better.

    The better half of them goes on to twice as many lives (sequential halving).
    """
    left = list(tries)
    while True:
        lives = min(MOST_LIVES, max(FEWEST_LIVES, RUNS_AT_ONCE // len(left)))
        reached = rollouts([plan], questions, left, lives, seed).reached
        if len(left) <= 2 or lives == MOST_LIVES:
            return left[clearly_best(reached)]
        means = reached.mean(axis=1)
        best = np.argsort(-means[1:], kind="stable")[: len(left) // 3] + 1
        left = [left[0], *(left[number] for number in sorted(best.tolist()))]
        seed += 1


def _with_rule(
    plan: Plan,
    questions: Sequence[Question],
    policy: Policy,
    question: Question,
    seed: int,
    depth: int,
) -> Policy:
    """Return the policy with the best rule found for one decision: it grows leaf by leaf."""
    present = policy.rules.get(question.id, 0)
    waiting: list[tuple[bool, ...]] = [()] if isinstance(present, int) else []
    while waiting:
        path = waiting.pop(0)
        rule = policy.rules.get(question.id, 0)
        looks = [policy.but({question.id: replaced(rule, path, 0)}), policy]
        faced = rollouts([plan], questions, looks, 400, seed).faced[question.id]
        seen = {name: of[faced.when] for name, of in faced.seen.items()}
        tries = [policy.but({question.id: replaced(rule, path, p)}) for p in _parts(seen, question)]
        if not path:
            tries += _joint(policy, questions, question, tries)
        policy = best_of(plan, questions, [policy, *tries], seed + len(path))
        grown = policy.rules.get(question.id, 0)
        if grown != rule and len(path) + 1 < depth and _has(grown, path):
            waiting += [(*path, True), (*path, False)]
    return policy


def _joint(
    policy: Policy, questions: Sequence[Question], question: Question, tries: Sequence[Policy]
) -> list[Policy]:
    """Return these policies with one other decision answered otherwise as well."""
    found = [
        one.but({other.id: way})
        for other in questions
        if other is not question
        for way in range(other.ways)
        if way != policy.rules.get(other.id, 0)
        for one in tries
    ]
    return found if len(found) <= MOST_JOINT else []


def _has(rule: Rule, path: tuple[bool, ...]) -> bool:
    """Whether a rule still has a question at the end of a path."""
    for side in path:
        if not isinstance(rule, Split):
            return False
        rule = leaf_at(rule, (side,))
    return isinstance(rule, Split)


def _parts(seen: Seen, question: Question) -> list[Rule]:
    """Return what may stand at a leaf: each option, or one threshold between it and another."""
    found: list[Rule] = list(range(question.ways))
    for feature, cut in cuts(seen):
        for option in range(1, question.ways):
            found += [Split(feature, cut, option, 0), Split(feature, cut, 0, option)]
    return found


def _fixed(questions: Sequence[Question], ways: Sequence[int]) -> Policy:
    return Policy(0, {q.id: way for q, way in zip(questions, ways, strict=True)})


def clearly_best(reached: NDArray[np.bool_]) -> int:
    """Return the row that reaches the goal most often; the first if none is clearly better."""
    best = int(reached.mean(axis=1).argmax())
    gains = reached[best].astype(float) - reached[0]
    clear = gains.mean() > CLEAR * max(gains.std(), 1e-9) / np.sqrt(len(gains))
    return best if clear else 0


def _best_order(plan: Plan, questions: Sequence[Question], policy: Policy, seed: int) -> Plan:
    """Return the plan in the best order near its own: two milestones at a time change places."""
    for sweep in range(SWEEPS):
        orders = [plan, *islice(neighbours(plan), MOST_ORDERS)]
        if len(orders) == 1:
            break
        tries = [Policy(number, policy.rules) for number in range(len(orders))]
        lives = min(MOST_LIVES, max(FEWEST_LIVES, RUNS_AT_ONCE // len(tries)))
        best = clearly_best(rollouts(orders, questions, tries, lives, seed + sweep).reached)
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
        place = ids.index(first)
        moved = [id for id in ids[place : ids.index(later) + 1] if id in ahead]
        rest = [id for id in ids[place:] if id not in moved]
        found[(*ids[:place], *moved, *rest)] = None
    found.pop(tuple(ids), None)
    return [reordered(plan, order).where(plan.begun) for order in found]


def _closure(needs: dict[str, tuple[str, ...]], id: str) -> set[str]:
    """Return a milestone and all that it needs."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting.extend(needs.get(one, ()))
    return found
