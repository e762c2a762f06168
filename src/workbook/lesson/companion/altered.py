"""The same chain in another trade: a lunch box, where a flop costs little and is soon forgotten.

A dish and a box that keeps it warm take the places of voice and device; money, rounds and odds
stay. Two things differ: how long a launch takes and costs, and how many of them the name can stand.
"""

from __future__ import annotations

from workbook.lesson.companion.turns import FORK, ORDERS
from workbook.lesson.exercise import Answer, Exercise, Field, Verdict
from workbook.lesson.plays import Plays, fork_of
from workbook.lesson.sums import ranked
from workbook.plan import Plan
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words

LAUNCHES, WEEKS, COST = 12, 4, 6_000
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
    """Which way now? Played on the altered plan; the word tells all three."""
    options = tuple((id, w(label)) for id, label in WAYS.items())
    names = dict(options)

    def goals() -> tuple[str, dict[str, str]]:
        """The best way, and each way's chance as it is said."""
        plan = altered(plays.plan)
        played = {id: plays.play({FORK: id}, plan=plan) for id in WAYS}
        shares = {id: w.percent(o.fates["goal"], o.fates_error["goal"]) for id, o in played.items()}
        return ranked(played)[0], shares

    def check(answer: Answer) -> Verdict:
        chosen = str(answer.get("way", ""))
        if chosen not in WAYS:
            return Verdict(False, w("Choose one from the list."))
        best, shares = goals()
        if chosen == best:
            return Verdict(True, _right(shares[chosen], w))
        said = w(
            "“{way}” reaches the goal in {share} of lives, and that is not the best of the three. "
            "What does a failed launch cost here, and what is gone after it?",
            way=names[chosen],
            share=shares[chosen],
        )
        return Verdict(False, said)

    def solution() -> tuple[Answer, str]:
        best, shares = goals()
        told = w.list(w("“{name}” {share}", name=names[id], share=shares[id]) for id in WAYS)
        return {"way": best}, w(
            "“{way}”. Of all lives reach the goal: {told}.", way=names[best], told=told
        )

    return Exercise(
        id="lunch-box",
        question=_question(plays, w),
        fields=(Field("way", w("Your choice"), value=AS_WRITTEN, options=options),),
        check=check,
        hints=(
            w("What made selling at once so poor a bet for the companion: the odds, or the count?"),
            w("A poor chance, tried again and again: in how many of 100 lives does it never come?"),
        ),
        solution=solution,
    )


def _right(share: str, w: Words) -> str:
    return w(
        "{share} of lives. Where a flop is cheap and soon forgotten, the market may do the "
        "polishing. The rule protects first impressions; here there are as many as streets.",
        share=share,
    )


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
