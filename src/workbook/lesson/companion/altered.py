"""The same chain in another trade: a lunch box, where a flop costs little and is soon forgotten.

A dish and a box that keeps it warm take the places of voice and device; money, rounds and odds
stay. Two things differ: how long a launch takes and costs, and how many of them the name can stand.
"""

from __future__ import annotations

from workbook.lesson.companion.turns import FORK, ORDERS
from workbook.lesson.kinds import Candidate, choice
from workbook.lesson.plays import Plays, fork_of
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words

LAUNCHES, WEEKS, COST = 12, 4, 6_000
NOT_THE_BEST = N_(
    "That way reaches the goal in {share} of lives, which is not the best of the three. What does "
    "a failed launch cost here, and what is gone after it?"
)
WAYS = {
    AS_WRITTEN: Candidate(NOT_THE_BEST, N_("Polish dish and box, then sell")),
    "device-alone": Candidate(NOT_THE_BEST, N_("Polish the box alone, then sell")),
    "sell-at-once": Candidate(
        N_(
            "{share} of lives reach the goal. Where a flop is cheap and soon forgotten, the market "
            "may do the polishing. The rule protects first impressions; here there are as many as "
            "streets."
        ),
        N_("Sell at once, street by street"),
    ),
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


def played_with_lunches(plays: Plays) -> dict[str, Outcomes]:
    """Each way in the altered case, on the same luck."""
    plan = altered(plays.plan)
    return {id: plays.play({FORK: id}, plan=plan) for id in WAYS}


def launches_said(plays: Plays, w: Words) -> dict[str, object]:
    """What a launch takes, and how many there are, the reader's way."""
    return {
        "weeks": w.weeks(WEEKS),
        "cost": w.money(COST, plays.plan.currency),
        "launches": LAUNCHES,
        "before": plays.plan.milestone(ORDERS).attempts or 0,
    }


lunch_box = choice(
    "lunch-box",
    WAYS,
    played=played_with_lunches,
    meant="sell-at-once",
    values=launches_said,
    question=N_(
        "Another trade, the same chain: a lunch that is still hot at noon, from a dish and a box "
        "that must both be right. Money, rounds and odds are those of the companion. But a launch "
        "is a month of lunches in one street: it takes {weeks}, costs {cost}, and the next street "
        "has never heard of you. There are {launches} streets; the companion had {before} "
        "launches. Which way now?"
    ),
    hints=(
        N_("What made selling at once so poor a bet for the companion: the odds, or the count?"),
        N_("A poor chance, tried again and again: in how many of 100 lives does it never come?"),
    ),
)
