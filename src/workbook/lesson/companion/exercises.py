"""The companion's exercises, as data for the kinds of exercise, and the altered case for transfer.

The altered case is the same chain in another trade: a lunch box, where a flop costs little and is
soon forgotten. A dish and a box that keeps it warm replace voice and device; money, rounds and
chances stay. Two things differ: the time and cost of a launch, and the number of launches that the
reputation survives.
"""

from __future__ import annotations

from workbook.lesson.companion.rounds import DEVICE, FORK, FRIENDS, ORDERS, VOICE, meeting
from workbook.lesson.comparisons import Plays, fork_of
from workbook.lesson.kinds import (
    Balance,
    Candidate,
    Choice,
    Estimate,
    Lever,
    Scale,
    TwoLevers,
    option,
)
from workbook.lesson.kinds.find_number import HALVE
from workbook.lesson.kinds.levers import pulled
from workbook.lesson.syllabus import Exercise, Make
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
    """Return the plan with short, cheap launches that the reputation survives."""
    changed = plan
    for key, value in (("attempts", LAUNCHES), ("weeks", WEEKS), ("cost", COST)):
        changed = set_figure(changed, f"milestones.{ORDERS}.{key}", value)
    for offered in fork_of(plan, FORK).options:
        path = f"forks.{FORK}.options.{offered.id}.milestones.{ORDERS}.weeks"
        if "weeks" in offered.milestones.get(ORDERS, {}):
            changed = set_figure(changed, path, WEEKS)
    return changed


def played_with_lunches(plays: Plays) -> dict[str, Outcomes]:
    """Play each option in the altered case, with common random numbers."""
    plan = altered(plays.plan)
    return plays.options(FORK, WAYS, plan)


def launches_said(plays: Plays, w: Words) -> dict[str, object]:
    """Say what a launch costs, and how many there are."""
    return {
        "weeks": w.weeks(WEEKS),
        "cost": w.money(COST, plays.plan.currency),
        "launches": LAUNCHES,
        "before": plays.plan.milestone(ORDERS).attempts or 0,
    }


lunch_box = Choice(
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


ROUNDS = 3
WITHIN = 2.0

LOW = N_("The two do not avoid each other: of the lives that have the one, some have both.")
HIGH = N_(
    "Neither the slower half alone nor the middle of the two: take the lives in which the "
    "device is right, and ask in what share of those the voice is right too."
)
RIGHT = N_(
    "Half of a half is a quarter: two parts that look half done are together a quarter "
    "done. Every further part would multiply again."
)
HINTS = (
    N_("Draw a hundred dots and cross out those without the device."),
    N_("The voice does not know how the device is doing. So multiply."),
)


def week_asked(plays: Plays) -> int:
    """Return the week in which the third round of the slower part ends."""
    found = meeting(plays.plan)
    return ROUNDS * max(found.first.weeks, found.second.weeks)


def truth(plays: Plays) -> float:
    """Return of a hundred runs those in which both parts are right by then."""
    return 100 * meeting(plays.plan).both_by(week_asked(plays))


def both_right(plays: Plays, w: Words) -> Exercise:
    """Ask to compute how often both parts are right, from how often each is."""
    make = Estimate(
        "both-right",
        truth=truth,
        scale=Scale(N_("Lives of 100 in which both are right"), 0, 100, 1, 50),
        within=WITHIN,
        question=_question(plays, w),  # already translated: it contains figures of the plan
        low=LOW,
        high=HIGH,
        right=RIGHT,
        hints=HINTS,
    )
    return make(plays, w)


def _question(plays: Plays, w: Words) -> str:
    found, week = meeting(plays.plan), week_asked(plays)
    return w(
        "After {weeks} of rounds “{first}” is right in {one} of 100 lives and “{second}” in "
        "{other}. In how many are both?",
        weeks=w.weeks(week),
        first=w.name(found.first.milestone),
        second=w.name(found.second.milestone),
        one=round(100 * found.first.right_by(week)),
        other=round(100 * found.second.right_by(week)),
    )


CERTAIN = {
    "device-certain": Lever(change={"milestones": {DEVICE: {"pass_rate": 1.0}}}),
    "voice-certain": Lever(change={"milestones": {VOICE: {"pass_rate": 1.0}}}),
    "price-certain": Lever(change={"milestones": {"price": {"pass_rate": 1.0}}}),
    "third-launch": Lever(change={"milestones": {ORDERS: {"attempts": 3}}}),
}


def granted(plays: Plays) -> dict[str, Outcomes]:
    """Play the plan with each wish granted, with common random numbers."""
    return {id: pulled(plays, (lever,)) for id, lever in CERTAIN.items()}


one_wish = Choice(
    "one-wish",
    {
        "voice-certain": Candidate(
            N_(
                "It is the quicker half already. In most lives it would be right at once, and "
                "then wait all the same."
            ),
            N_("The voice is right after one round"),
        ),
        "device-certain": Candidate(
            N_(
                "Yes: everything waits for the slower half. What is saved there is saved for "
                "the whole chain, burn included."
            ),
            N_("The device is right after one round"),
        ),
        "price-certain": Candidate(
            N_("The price is tested while the others work: it is hardly ever what is waited for."),
            N_("The price test passes at the first attempt"),
        ),
        "third-launch": Candidate(
            N_("Few of those who polish ever need it: they run out of money long before."),
            N_("The name survives a third launch"),
        ),
    },
    played=granted,
    meant="device-certain",
    question=N_(
        "You polish both halves and have one wish. Which of these lifts the chance of the goal "
        "most?"
    ),
    hints=(
        N_("Ask of each wish: in how many lives is this the thing that everybody waits for?"),
        N_("Look again at the picture of the two halves. Which line lies closer to “both”?"),
    ),
)

sixty = TwoLevers(
    "sixty",
    {
        "thrift": Lever(N_("Spend 1,500 a week less"), {"burn_per_week": "-1500"}),
        "printed": Lever(
            N_("Print the samples: a round of the device takes two weeks less"),
            {"milestones": {DEVICE: {"weeks": "-2"}}},
        ),
        "fewer-samples": Lever(
            N_("Half as many samples: a round of the device costs half"),
            {"milestones": {DEVICE: {"cost": 14000.0}}},
        ),
        "quick-voice": Lever(
            N_("A round of the voice takes two weeks less"),
            {"milestones": {VOICE: {"weeks": "-2"}}},
        ),
        "second-team": Lever(
            N_("A second team on the device, which costs as much again"),
            {"milestones": {DEVICE: {"teams": 2}}},
            short=N_(
                "A second team pays for two samples a round and finds the first good one a little "
                "sooner; where money is what runs out, that is a poor trade."
            ),
        ),
        "shared-moulds": Lever(
            N_("Share moulds with another maker: the first batch costs 40,000 less"),
            {"milestones": {"batch": {"cost": "-40000"}}},
        ),
        "third-launch": Lever(
            N_("Make the name survive a third launch"),
            {"milestones": {ORDERS: {"attempts": 3}}},
            short=N_("A third launch is no help to those who never reach the first."),
        ),
        "friends": Lever(
            choices=FRIENDS,
            short=N_("Friends cost nothing and teach little: the rounds that follow cost more."),
        ),
    },
    target=0.6,
    question=N_(
        "With no extra money at the start, and polishing both halves, get {target} of lives or "
        "more to the goal by changing two things. There is more than one way."
    ),
    hints=(
        N_("Most lives that fail run out of money just before the factory. What makes them late?"),
        N_(
            "A week spared on the slower half spares a week of burn; on the quicker one it may not."
        ),
    ),
)

good_enough = Balance(
    "good-enough",
    path=f"forks.{FORK}.options.sell-at-once.milestones.{ORDERS}.pass_rate",
    scale=Scale(
        N_("A launch of the first version holds, in percent"), 5, 60, 1, 10, spoken="percent"
    ),
    one=option(FORK, AS_WRITTEN),
    other=option(FORK, "sell-at-once"),
    question=N_(
        "How often would a launch of the first version have to hold for “{other}” to be as good as "
        "“{one}”, within {near}?"
    ),
    hints=(
        N_(
            "The name survives only so many launches. What is the chance that at least one of "
            "them holds?"
        ),
        HALVE,
    ),
)

EXERCISES: dict[str, Make] = {
    "both-right": both_right,
    "one-wish": one_wish,
    "sixty": sixty,
    "good-enough": good_enough,
    "lunch-box": lunch_box,
}
