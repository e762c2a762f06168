"""Reach the target with the cash there is, by changing two things.

Many pairs do, most do not. A pair is judged by playing it; what is lacking is told by where the
lives that fail are lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import floor

from workbook.lesson.exercise import Answer, Exercise, Field, Make, Verdict
from workbook.lesson.kinds.lever import Lever, pulled
from workbook.lesson.markup import joined
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
from workbook.words import N_, Words

QUESTION = N_(
    "Without a single coin more at the start, bring the goal to {target} of lives or more "
    "by changing two things. There is more than one way."
)
A_TENTH = 0.0005
"""An error for which `percent` shows tenths."""

HINTS = (
    N_("Look at where the money dies. A change anywhere else helps little."),
    N_("A round costs money and time; a pass rate decides how many rounds there are."),
)


def two_levers(
    id: str,
    levers: Mapping[str, Lever],
    *,
    start: tuple[str, str],
    target: float = 0.8,
    question: str = QUESTION,
    hints: tuple[str, ...] = HINTS,
) -> Make:
    """Choose two of the `levers` that bring the goal to `target`; `start` is what the form shows.

    The question may use the gap `{target}`.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        options = tuple((id, lever.name(plays.plan, w)) for id, lever in levers.items())
        names = dict(options)

        def check(answer: Answer) -> Verdict:
            first, second = str(answer.get("first", "")), str(answer.get("second", ""))
            problem = no_pair(levers, first, second, w)
            if problem:
                return Verdict(False, problem)
            pair = (levers[first], levers[second])
            outcomes = pulled(plays, pair)
            goal = reached(outcomes, target, w)
            if outcomes.fates["goal"] >= target:
                return Verdict(True, w("{goal} of lives reach the goal. Solved.", goal=goal))
            said = w(
                "{goal} of lives reach the goal; {target} are asked for.",
                goal=goal,
                target=w.percent(target),
            )
            words = (w(lever.short) for lever in pair if lever.short)
            return Verdict(False, joined(said, leak(outcomes, w), *words))

        def solution() -> tuple[Answer, str]:
            for first, second in combinations(levers, 2):
                if no_pair(levers, first, second, w):
                    continue
                if pulled(plays, (levers[first], levers[second])).fates["goal"] >= target:
                    said = w("“{first}” with “{second}”.", first=names[first], second=names[second])
                    return {"first": first, "second": second}, said
            return {}, w("With these figures no pair gets there: the cash is too short.")

        return Exercise(
            id=id,
            question=w(question, target=w.percent(target)),
            fields=(
                Field("first", w("First change"), value=start[0], options=options),
                Field("second", w("Second change"), value=start[1], options=options),
            ),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make


def reached(outcomes: Outcomes, target: float, w: Words) -> str:
    """The share of lives at the goal; to a tenth where whole percents hide what is missing."""
    goal, error = outcomes.fates["goal"], outcomes.fates_error["goal"]
    said = w.percent(goal, error)
    if goal >= target or said != w.percent(target):
        return said
    return w.percent(floor(goal * 1000) / 1000, A_TENTH)


def no_pair(levers: Mapping[str, Lever], first: str, second: str, w: Words) -> str:
    """Why two levers are not two changes; empty where they are."""
    if first not in levers or second not in levers:
        return w("Choose two changes from the list.")
    if first == second:
        return w("That is one change, chosen twice.")
    if set(levers[first].choices) & set(levers[second].choices):
        return w("Both answer the same fork; a founder can only take one way out of it.")
    return ""


def leak(outcomes: Outcomes, w: Words) -> str:
    """Where most of the lives that fail are lost; nothing where hardly one is."""
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
