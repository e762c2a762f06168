"""Find a good policy for a plan: rules for its decisions, and an order of work.

The search starts from the best of the fixed policies (one option per decision, whatever has
happened), tries other orders of work, and then changes the rule of one decision after the other,
the one first that gains most. Rules are tried by simulating them, all on the same lives; the better
ones go on to more lives. Whatever is found is a policy that a founder could follow, so its value on
fresh lives is, but for noise, an estimate from below of what is possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from workbook.chain import needs_of
from workbook.coach.questions import Question
from workbook.coach.rollouts import Policy, rollouts
from workbook.coach.rules import Rule, Seen, Split, cuts, replaced
from workbook.edit import reordered
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.simulate import part_of

MOST_FIXED = 64
MOST_ORDERS = 24
MOST_JOINT = 60
RUNS_AT_ONCE, RUNS_AT_LAST = 8_000, 12_000
FEWEST_LIVES = 60
MOST_LIVES = 3_000
LOOKS = 400
FINALISTS, KEPT_OF = 6, 8
"""Policies among which the last step decides; and one of so many goes on from a step."""
SWEEPS = 4
STEPS = 2 + SWEEPS
CLEAR = 2.0
"""A change must gain this many standard errors on the lives that it was chosen on."""


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
    plan: Plan,
    questions: Sequence[Question],
    seed: int,
    depth: int = 2,
    on_progress: OnProgress = no_progress,
) -> Found:
    """Return the best policy found for a plan, with rules of at most `depth` questions.

    `on_progress` is called with the share (0..1) that is done of the longest possible search.
    """
    questions, start = tuple(questions), plan
    fixed = policy = best_fixed(plan, questions, seed)
    on_progress(1 / STEPS)
    plan = _best_order(plan, questions, policy, seed + 1)
    on_progress(2 / STEPS)
    parts = _parts_of(plan, questions, policy, seed + 2) if questions else {}
    for sweep in range(SWEEPS if questions else 0):
        before, part = policy, part_of(on_progress, 2 + sweep, 1, STEPS)
        policy = _with_rules(plan, questions, policy, parts, seed + 3 + 10 * sweep, depth, part)
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

    The better ones go on to more lives (sequential halving, in few and large steps: a simulation
    takes nearly as long for few lives as for many).
    """
    left = list(tries)
    while True:
        last = len(left) <= FINALISTS
        runs = RUNS_AT_LAST if last else RUNS_AT_ONCE
        lives = min(MOST_LIVES, max(FEWEST_LIVES, runs // len(left)))
        reached = rollouts([plan], questions, left, lives, seed).reached
        if last:
            return left[clearly_best(reached)]
        means = reached.mean(axis=1)
        kept = max(FINALISTS - 1, len(left) // KEPT_OF)
        best = np.argsort(-means[1:], kind="stable")[:kept] + 1
        left = [left[0], *(left[number] for number in sorted(best.tolist()))]
        seed += 1


Parts = dict[str, list[Rule]]
"""What may stand at a leaf of the rule for each decision."""


def _parts_of(plan: Plan, questions: Sequence[Question], policy: Policy, seed: int) -> Parts:
    """Return the parts that fit what is seen at each decision, by those who go on as written at it
    and by the rest.
    """
    looks = [policy.but({question.id: 0}) for question in questions]
    faced = rollouts([plan], questions, [*looks, policy], LOOKS, seed).faced
    found = {}
    for number, question in enumerate(questions):
        here, rows = faced[question.id], [number, len(questions)]
        seen = {name: of[rows][here.when[rows]] for name, of in here.seen.items()}
        found[question.id] = _parts(seen, question)
    return found


def _with_rules(
    plan: Plan,
    questions: Sequence[Question],
    policy: Policy,
    parts: Parts,
    seed: int,
    depth: int,
    on_progress: OnProgress,
) -> Policy:
    """Return the policy with the best rule found for one decision, or for two at once.

    A rule with a threshold then grows, leaf by leaf.
    """
    tries = [one for question in questions for one in _changed(policy, questions, question, parts)]
    found = best_of(plan, questions, [policy, *tries], seed)
    for number, question in enumerate(questions):
        on_progress(number / len(questions))
        rule = found.rules.get(question.id, 0)
        leaves = [(True,), (False,)] if rule != policy.rules.get(question.id, 0) else []
        for path in leaves if depth > 1 and isinstance(rule, Split) else []:
            rule = found.rules[question.id]
            grown = [found.but({question.id: replaced(rule, path, p)}) for p in parts[question.id]]
            found = best_of(plan, questions, [found, *grown], seed + len(path))
    return found


def _changed(
    policy: Policy, questions: Sequence[Question], question: Question, parts: Parts
) -> list[Policy]:
    """Return the policy with each part as the rule of a decision that has no threshold yet."""
    if isinstance(policy.rules.get(question.id, 0), Split):
        return []
    tries = [policy.but({question.id: part}) for part in parts[question.id]]
    return tries + _joint(policy, questions, question, tries)


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
    for sweep in range(2):
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
