"""The same chain in another trade: a lunch box, where a flop costs little and is soon forgotten.

A dish and a box that keeps it warm take the places of voice and device; money, rounds and odds
stay. Two things differ: how long a launch takes and costs, and how many of them the name can stand.
"""

from __future__ import annotations

from functools import partial

from workbook.lesson.companion.turns import FORK, ORDERS
from workbook.lesson.exercise import Answer, Exercise, Field, Verdict
from workbook.lesson.plays import Plays, fork_of
from workbook.lesson.sums import ranked
from workbook.plan import Plan
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words

LAUNCHES, WEEKS, COST = 12, 4, 6_000
ON_YOUR_FIGURES = N_("With the figures that you put in, the best answer is “{name}”.")
MEANT = "sell-at-once"
"""The best way at the case's own cash; with a great deal more of it another one leads."""

WAYS = {
    AS_WRITTEN: N_("Polish dish and box, then sell"),
    "device-alone": N_("Polish the box alone, then sell"),
    "sell-at-once": N_("Sell at once, street by street"),
}


def altered(plan: Plan) -> Plan:
    """The plan with short, cheap launches that the name survives, whatever way is taken."""
    changed = plan
    for key, value in (("attempts", LAUNCHES), ("weeks", WEEKS), ("cost", COST)):
        changed = set_figure(changed, f"milestones.{ORDERS}.{key}", value)
    for option in fork_of(plan, FORK).options:
        path = f"forks.{FORK}.options.{option.id}.milestones.{ORDERS}.weeks"
        if "weeks" in option.milestones.get(ORDERS, {}):
            changed = set_figure(changed, path, WEEKS)
    return changed


def lunch_box(plays: Plays, w: Words) -> Exercise:
    """Which way now? Played on the altered plan; the word tells what the choice hangs on."""
    options = tuple((id, w(label)) for id, label in WAYS.items())
    return Exercise(
        id="lunch-box",
        question=_question(plays, w),
        fields=(Field("way", w("Your choice"), value=AS_WRITTEN, options=options),),
        check=partial(_check, plays, w),
        hints=(
            w("What made selling at once so poor a bet for the companion: the odds, or the count?"),
            w("A poor chance, tried again and again: in how many of 100 lives does it never come?"),
        ),
        solution=partial(_solution, plays, w),
    )


def _goals(plays: Plays, w: Words) -> tuple[str, dict[str, str]]:
    """The best way, and each way's chance as it is said."""
    plan = altered(plays.plan)
    played = {id: plays.play({FORK: id}, plan=plan) for id in WAYS}
    shares = {id: w.percent(o.fates["goal"], o.fates_error["goal"]) for id, o in played.items()}
    return ranked(played)[0], shares


def _check(plays: Plays, w: Words, answer: Answer) -> Verdict:
    chosen = str(answer.get("way", ""))
    if chosen not in WAYS:
        return Verdict(False, w("Choose one from the list."))
    best, shares = _goals(plays, w)
    if chosen == best == MEANT:
        said = w(
            "{share} of lives. Where a flop is cheap and soon forgotten, the market may do the "
            "polishing. The rule protects first impressions; here there are as many as streets.",
            share=shares[chosen],
        )
    elif MEANT in (chosen, best) and chosen != MEANT:
        said = w(
            "“{way}” reaches the goal in {share} of lives, and that is not the best of the three. "
            "What does a failed launch cost here, and what is gone after it?",
            way=w(WAYS[chosen]),
            share=shares[chosen],
        )
    else:
        said = w(ON_YOUR_FIGURES, name=w(WAYS[best]))
    return Verdict(chosen == best, said)


def _solution(plays: Plays, w: Words) -> tuple[Answer, str]:
    best, shares = _goals(plays, w)
    told = w.list(w("“{name}” {share}", name=w(WAYS[id]), share=shares[id]) for id in WAYS)
    said = w("“{way}”. Of all lives reach the goal: {told}.", way=w(WAYS[best]), told=told)
    return {"way": best}, said


def _question(plays: Plays, w: Words) -> str:
    goal = plays.plan.milestone(ORDERS)
    return w(
        "Another trade, the same chain: a lunch that is still hot at noon, from a dish and a box "
        "that must both be right. Money, rounds and odds are those of the companion. But a launch "
        "is a month of lunches in one street: it takes {weeks}, costs {cost}, and the next street "
        "has never heard of you. There are {launches} streets; the companion had {before} "
        "launches. Which way now?",
        weeks=w.weeks(WEEKS),
        cost=w.money(COST, plays.plan.currency),
        launches=LAUNCHES,
        before=goal.attempts or 0,
    )
