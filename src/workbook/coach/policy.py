"""A policy for a plan that can be followed by hand, and what it is worth.

Its rules are those that `fitting` found, less every one that fresh lives do not clearly need; its
value, that of the plan as written, and that of the best fixed choice come from other lives again,
the same for all three: those of `play`, so that the plan as written has one chance everywhere. What
it gains on the best fixed choice is what flexibility is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.coach.advice import SEED, policy_of
from workbook.coach.fitting import Found, clearly_best
from workbook.coach.questions import Question
from workbook.coach.rollouts import GOAL, Policy, Rollouts, rollouts
from workbook.coach.rules import Rule, Split, leaves
from workbook.outcomes import share_error
from workbook.plan import Plan
from workbook.play import RUNS, Gap, OnProgress, no_progress, play
from workbook.simulate import part_of

PRUNING = SEED + 50
LIVES, VALUING = RUNS, 1
"""The lives that values come from: those of `play`, which no rule was chosen on."""
HOPELESS = 0.05
"""A chance of the goal below which a founder should stop."""
OFTEN = 0.05
"""A rule for stopping must apply to this share of lives."""


@dataclass(frozen=True)
class StopRule:
    """Stop if a milestone is not reached by the end of a week.

    `share` of the lives come to that; `chance` of them would still reach the goal.
    """

    milestone: str
    week: int
    share: float
    chance: float


@dataclass(frozen=True)
class PolicyValue:
    """A policy, and how often it reaches the goal; `error` is that of the policy's chance.

    Attributes
    ----------
    rules
        A rule for each decision of the plan, in order.
    order
        The order of work, if it is not the plan's.
    stop
        When to stop; None if no milestone says so, or if the plan is hopeless from the start.
    fixed
        The option number of the best fixed choice at each decision.
    chance, as_written, best_fixed
        How often each reaches the goal.
    over_written, over_fixed
        What the policy gains on the other two, with the error of pairs.
    """

    plan: Plan
    rules: tuple[tuple[Question, Rule], ...]
    order: tuple[str, ...] | None
    stop: StopRule | None
    fixed: Mapping[str, int]
    chance: float
    error: float
    as_written: float
    best_fixed: float
    over_written: Gap
    over_fixed: Gap
    lives: int

    @property
    def hopeless(self) -> bool:
        """Whether the goal is hardly ever reached, whatever is decided."""
        best = max(self.chance, self.as_written, self.best_fixed)
        return best + 2 * self.error < HOPELESS

    @property
    def left_out(self) -> frozenset[str]:
        """The milestones that its rules leave out, whatever is seen."""
        return _left_out(self.rules)

    @property
    def is_worth_it(self) -> bool:
        """Whether it is clearly better than the best fixed choice."""
        return self.over_fixed.decides and self.over_fixed.value > 0

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        gaps = {"over_written": self.over_written, "over_fixed": self.over_fixed}
        return {
            "plan": self.plan.id,
            "lives": self.lives,
            "rules": {question.id: plain(question, rule) for question, rule in self.rules},
            "order": None if self.order is None else list(self.order),
            "stop": None if self.stop is None else vars(self.stop),
            "goal": {
                "policy": self.chance,
                "as_written": self.as_written,
                "best_fixed": self.best_fixed,
                "error": self.error,
            },
            "fixed": {q.id: option_id(q, self.fixed.get(q.id, 0)) for q, _ in self.rules},
            **{
                name: {"value": gap.value, "error": gap.error, "clear": gap.clear}
                for name, gap in gaps.items()
            },
        }


def _left_out(rules: Iterable[tuple[Question, Rule]]) -> frozenset[str]:
    return frozenset(q.skips for q, rule in rules if q.skips and rule == 1)


def option_id(question: Question, number: int) -> str:
    """Return the id of an option; 0 is going on as written."""
    return question.options[number - 1].id if number else "as-written"


def plain(question: Question, rule: Rule) -> Any:
    """Return a rule as plain data."""
    if isinstance(rule, int):
        return option_id(question, rule)
    then, other = plain(question, rule.then), plain(question, rule.other)
    return {"if": rule.feature, "below": rule.below, "then": then, "else": other}


def policy_value(plan: Plan, on_progress: OnProgress = no_progress) -> PolicyValue:
    """Return the best policy found for a plan, and its value; the same every time.

    `on_progress` is called with the share (0..1) that is done.
    """
    found = policy_of(plan, part_of(on_progress, 0, 3, 4))
    return _value(_Same(found, plan, part_of(on_progress, 3, 1, 4)))


@dataclass(frozen=True, eq=False)
class _Same:
    """A policy found, equal only to itself by its plan."""

    found: Found
    plan: Plan
    on_progress: OnProgress

    def __hash__(self) -> int:
        return id(self.found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.found is self.found


@lru_cache(maxsize=16)
def _value(same: _Same) -> PolicyValue:
    found = _pruned(same.found, same.on_progress)
    written, questions = same.found.start, found.questions
    tries = [Policy(), found.fixed, Policy(1, found.policy.rules)]
    played = rollouts([written, found.plan], questions, tries, LIVES, VALUING)
    reached = played.reached.astype(float)
    as_written = play(same.plan).fates["goal"]
    lived = reached.mean(axis=1)
    means = np.clip(as_written + (lived - lived[0]), 0.0, 1.0).tolist()
    rules = tuple((q, found.policy.rules.get(q.id, 0)) for q in questions)
    reordered = found.plan.ids != written.ids
    return PolicyValue(
        plan=same.plan,
        rules=rules,
        order=found.plan.ids if reordered else None,
        stop=None if means[2] < HOPELESS else _stop(played, written, _left_out(rules)),
        fixed={id: rule for id, rule in found.fixed.rules.items() if isinstance(rule, int)},
        chance=means[2],
        error=share_error(means[2], LIVES),
        as_written=as_written,
        best_fixed=means[1],
        over_written=_gap(reached[2] - reached[0]),
        over_fixed=_gap(reached[2] - reached[1]),
        lives=LIVES,
    )


def _gap(gains: NDArray[np.float64]) -> Gap:
    return Gap(float(gains.mean()), float(gains.std() / np.sqrt(len(gains))))


def _pruned(found: Found, on_progress: OnProgress) -> Found:
    """Return the policy without what fresh lives do not clearly need."""
    policy = found.policy
    for number, question in enumerate(found.questions):
        on_progress(number / (len(found.questions) + 1))
        rule = policy.rules.get(question.id, 0)
        simpler: list[Rule] = [0, *sorted(set(leaves(rule)) - {0})]
        if isinstance(rule, Split):
            simpler += [part for part in (rule.then, rule.other) if isinstance(part, Split)]
        tries = [policy.but({question.id: part}) for part in simpler]
        tries.append(policy)
        played = rollouts([found.plan], found.questions, tries, 2_000, PRUNING + number)
        policy = tries[clearly_best(played.reached)]
    return Found(found.start, found.plan, found.questions, policy, found.fixed)


def _stop(played: Rollouts, plan: Plan, out: frozenset[str]) -> StopRule | None:
    """Return the milestone, not left `out`, that says earliest, to the most, that all is lost."""
    fate, end = played.fate[2], played.end_week[2]
    best: StopRule | None = None
    for milestone in [one for one in plan.attempted if one.id not in out]:
        when = played.reached_week[milestone.id][2]
        late = np.where(when < 0, np.iinfo(np.int64).max, when)
        for week in range(1, plan.horizon_weeks):
            lives = (late > week) & (end > week)
            share = float(lives.mean())
            if share < OFTEN:
                break
            chance = float((fate[lives] == GOAL).mean())
            if chance < HOPELESS:
                if best is None or share > best.share:
                    best = StopRule(milestone.id, week, share, chance)
                break
    return best
