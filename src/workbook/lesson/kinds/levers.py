"""Levers, and the exercise that asks for two of them.

A lever is one change that a founder could make. Many pairs reach the target, most do not. A pair
is judged by playing it; the reply says where the failing runs are lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from itertools import combinations
from math import floor
from typing import Any

from workbook.edit import edit
from workbook.lesson.comparisons import Plays, fork_of
from workbook.lesson.markup import joined
from workbook.lesson.syllabus import Answer, Exercise, Field, Verdict
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Plan
from workbook.words import N_, Words


@dataclass(frozen=True)
class Lever:
    """An edit of the plan, options taken at forks, or both.

    Attributes
    ----------
    label
        Its name; if empty, the name of the option that it takes.
    change
        Keys of an `Edit`: `{"burn_per_week": "-2000"}`.
    choices
        Option ids by fork id.
    short
        The reply if the lever does not suffice.
    """

    label: str = ""
    change: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    short: str = ""

    def name(self, plan: Plan, w: Words) -> str:
        """Return the lever's name in the reader's language."""
        if self.label:
            return w(self.label)
        taken = (
            next(option for option in fork_of(plan, fork).options if option.id == id)
            for fork, id in self.choices.items()
        )
        return w.list([w.name(option) for option in taken])


def option(fork: str, id: str) -> Lever:
    """Return the lever that takes an option of a fork, named after the option."""
    return Lever(choices={fork: id})


def pulled(plays: Plays, levers: tuple[Lever, ...], plan: Plan | None = None) -> Outcomes:
    """Play the plan with these levers, each edit applied after the previous one."""
    changed = plan or plays.plan
    choices: dict[str, str] = {}
    for lever in levers:
        changed = edit(changed, Edit.model_validate(dict(lever.change)))
        choices |= dict(lever.choices)
    return plays.play(choices, plan=changed)


QUESTION = N_(
    "With no extra money at the start, get {target} of lives or more to the goal by changing "
    "two things. There is more than one way."
)
NEAR = 0.015
"""A shortfall that another seed might make good, at the number of runs of a lesson."""
A_TENTH = 0.0005
"""A standard error for which `percent` shows tenths."""

HINTS = (
    N_("Look at where the money runs out. A change anywhere else helps little."),
    N_("A round costs money and time; a pass rate decides how many rounds there are."),
)


@dataclass(frozen=True)
class TwoLevers:
    """Choose two of the `levers` that bring the goal to `target`.

    The question may use the placeholder `{target}`.
    """

    id: str
    levers: Mapping[str, Lever]
    _: KW_ONLY
    target: float = 0.8
    question: str = QUESTION
    hints: tuple[str, ...] = HINTS

    def __call__(self, plays: Plays, w: Words) -> Exercise:
        """Make the exercise for a plan and a language."""
        options = tuple((id, lever.name(plays.plan, w)) for id, lever in self.levers.items())
        return Exercise(
            id=self.id,
            question=w(self.question, target=w.percent(self.target)),
            fields=(
                Field("first", w("First change"), options=options),
                Field("second", w("Second change"), options=options),
            ),
            check=partial(self.check, plays, w),
            hints=tuple(w(hint) for hint in self.hints),
            solution=partial(self.solution, plays, w),
        )

    def check(self, plays: Plays, w: Words, answer: Answer) -> Verdict:
        """Play both changes and compare the chance of the goal with the target."""
        first, second = str(answer.get("first", "")), str(answer.get("second", ""))
        problem = no_pair(self.levers, first, second, w)
        if problem:
            return Verdict(False, problem)
        pair = (self.levers[first], self.levers[second])
        outcomes = pulled(plays, pair)
        if outcomes.fates["goal"] >= self.target - NEAR:
            return Verdict(True, self._solved(outcomes, w))
        said = w(
            "{goal} of lives reach the goal; {target} are asked for.",
            goal=reached(outcomes, self.target, w),
            target=w.percent(self.target),
        )
        words = (w(lever.short) for lever in pair if lever.short)
        return Verdict(False, joined(said, leak(outcomes, w), *words))

    def _solved(self, outcomes: Outcomes, w: Words) -> str:
        goal = reached(outcomes, self.target, w)
        if outcomes.fates["goal"] >= self.target:
            return w("{goal} of lives reach the goal. Solved.", goal=goal)
        return w(
            "{goal} of lives reach the goal: within {near} of {target}, no more than luck "
            "can make. Solved.",
            goal=goal,
            near=w.apart(NEAR),
            target=w.percent(self.target),
        )

    def solution(self, plays: Plays, w: Words) -> tuple[Answer, str]:
        """Return the first pair that reaches the target."""
        for first, second in combinations(self.levers, 2):
            if no_pair(self.levers, first, second, w):
                continue
            pair = (self.levers[first], self.levers[second])
            if pulled(plays, pair).fates["goal"] >= self.target:
                names = [lever.name(plays.plan, w) for lever in pair]
                said = w("“{first}” with “{second}”.", first=names[0], second=names[1])
                return {"first": first, "second": second}, said
        return {}, w("With these figures no pair gets there: the cash is too short.")


def reached(outcomes: Outcomes, target: float, w: Words) -> str:
    """Say the share of runs at the goal; to a tenth where whole percents hide the shortfall."""
    goal, error = outcomes.fates["goal"], outcomes.fates_error["goal"]
    said = w.percent(goal, error)
    if goal >= target or said != w.percent(target):
        return said
    return w.percent(floor(goal * 1000) / 1000, A_TENTH)


def no_pair(levers: Mapping[str, Lever], first: str, second: str, w: Words) -> str:
    """Say why two levers are not two changes; empty if they are."""
    if first not in levers or second not in levers:
        return w("Choose two changes from the list.")
    if first == second:
        return w("That is one change, chosen twice.")
    if set(levers[first].choices) & set(levers[second].choices):
        return w("Both answer the same fork; a founder can only take one way out of it.")
    return ""


def leak(outcomes: Outcomes, w: Words) -> str:
    """Say where most of the failing runs are lost; empty if hardly any are."""
    worst = max(
        outcomes.milestones.values(), key=lambda m: m.died_here + m.stuck_here, default=None
    )
    if worst is None or worst.died_here + worst.stuck_here < 0.005:
        return w("Those that fail run out of time.") if outcomes.fates["open"] > 0.005 else ""
    names = {m.id: w.name(m) for m in outcomes.plan.milestones}
    return w(
        "Most of the rest are lost at “{milestone}” ({share}).",
        milestone=names.get(worst.id, worst.id),
        share=w.percent(worst.died_here + worst.stuck_here, 0.01),
    )
