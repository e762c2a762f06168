"""An exercise: reach the target with the cash there is, by changing two things.

Many pairs do, most do not. A pair is judged by playing it; what is lacking is told by where the
lives that fail are lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from workbook.edit import edit
from workbook.lesson.exercise import Answer, Exercise, Field, Verdict
from workbook.lesson.markup import joined
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
from workbook.plan import Edit
from workbook.words import N_, Words

FORK = "cash-gap"
TARGET = 0.8


@dataclass(frozen=True)
class Lever:
    """One change a founder could make: an edit of the plan, or an option taken at a fork."""

    label: str
    change: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


LEVERS: dict[str, Lever] = {
    "borrow": Lever(N_("Borrow when the money runs short"), choices={FORK: "borrow"}),
    "launch": Lever(N_("Launch small when the money runs short"), choices={FORK: "launch-early"}),
    "race": Lever(
        N_("From the first tasting on, let three teams race for a share of the margin"),
        {"milestones": {"taste": {"teams": 3, "cost": 0.0}}, "sales": {"margin": 0.35}},
    ),
    "thrift": Lever(N_("Spend 2,000 a week less"), {"burn_per_week": "-2000"}),
    "pace": Lever(
        N_("Taste every two weeks instead of every four"),
        {"milestones": {"taste": {"weeks": "-2"}}},
    ),
    "laboratory": Lever(
        N_("Buy a better laboratory, so that the effect passes 3 times in 10 more"),
        {"milestones": {"fast-effect": {"pass_rate": "+0.3"}}},
    ),
    "no-prices": Lever(N_("Leave the price test out"), {"skip": ("prices",)}),
    "no-taste": Lever(N_("Leave the taste for later"), choices={"walk-around": "skip-taste"}),
}


def two_changes(plays: Plays, w: Words) -> Exercise:
    """Reach the target with the cash there is, by changing two things."""
    options = tuple((id, w(lever.label)) for id, lever in LEVERS.items())
    names = dict(options)

    def check(answer: Answer) -> Verdict:
        first, second = str(answer.get("first", "")), str(answer.get("second", ""))
        problem = _no_pair(first, second, w)
        if problem:
            return Verdict(False, problem)
        outcomes = _pulled(plays, first, second)
        goal = w.percent(outcomes.fates["goal"], outcomes.fates_error["goal"])
        if outcomes.fates["goal"] >= TARGET:
            return Verdict(True, w("{goal} of lives reach the goal. Solved.", goal=goal))
        short = w(
            "{goal} of lives reach the goal; {target} are asked for.",
            goal=goal,
            target=w.percent(TARGET),
        )
        return Verdict(False, joined(short, _leak(outcomes, plays, w)))

    def solution() -> tuple[Answer, str]:
        pairs = (pair for pair in combinations(LEVERS, 2) if not _no_pair(*pair, w))
        for first, second in pairs:
            if _pulled(plays, first, second).fates["goal"] >= TARGET:
                said = w("“{first}” with “{second}”.", first=names[first], second=names[second])
                return {"first": first, "second": second}, said
        return {}, w("With these figures no pair gets there: the cash is too short.")

    return Exercise(
        id="two-changes",
        question=w(
            "Without a single yuan more at the start, bring the goal to {target} of lives or more "
            "by changing two things. There is more than one way.",
            target=w.percent(TARGET),
        ),
        fields=(
            Field("first", w("First change"), value="borrow", options=options),
            Field("second", w("Second change"), value="thrift", options=options),
        ),
        check=check,
        hints=(
            w("Look at where the money dies. A change anywhere else helps little."),
            w("A round costs money and time; a pass rate decides how many rounds there are."),
        ),
        solution=solution,
    )


def _no_pair(first: str, second: str, w: Words) -> str:
    """Why two levers are not two changes; empty where they are."""
    if first not in LEVERS or second not in LEVERS:
        return w("Choose two changes from the list.")
    if first == second:
        return w("That is one change, chosen twice.")
    if set(LEVERS[first].choices) & set(LEVERS[second].choices):
        return w("Both answer the same fork; a founder can only take one way out of it.")
    return ""


def _pulled(plays: Plays, first: str, second: str) -> Outcomes:
    one, other = LEVERS[first], LEVERS[second]
    plan = edit(plays.plan, Edit.model_validate(dict(one.change)))
    return plays.play(
        {**one.choices, **other.choices}, Edit.model_validate(dict(other.change)), plan
    )


def _leak(outcomes: Outcomes, plays: Plays, w: Words) -> str:
    """Where most of the lives that fail are lost."""
    worst = max(outcomes.milestones.values(), key=lambda m: m.died_here + m.stuck_here)
    names = {m.id: w.name(m) for m in plays.plan.milestones}
    return w(
        "Most of the rest are lost at “{milestone}” ({share}).",
        milestone=names.get(worst.id, worst.id),
        share=w.percent(worst.died_here + worst.stuck_here, 0.01),
    )
