"""The companion's exercises, as data; what they ask is played when the answer is checked."""

from __future__ import annotations

from workbook.lesson.companion.altered import lunch_box
from workbook.lesson.companion.both_right import both_right
from workbook.lesson.companion.turns import DEVICE, FORK, FRIENDS, ORDERS, VOICE
from workbook.lesson.kinds import Candidate, Lever, Scale, balance, choice, option, two_levers
from workbook.lesson.kinds.balance import HALVE
from workbook.lesson.kinds.lever import pulled
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

CERTAIN = {
    "device-certain": Lever(change={"milestones": {DEVICE: {"pass_rate": 1.0}}}),
    "voice-certain": Lever(change={"milestones": {VOICE: {"pass_rate": 1.0}}}),
    "price-certain": Lever(change={"milestones": {"price": {"pass_rate": 1.0}}}),
    "third-launch": Lever(change={"milestones": {ORDERS: {"attempts": 3}}}),
}


def granted(plays: Plays) -> dict[str, Outcomes]:
    """The plan with each wish granted, on the same luck."""
    return {id: pulled(plays, (lever,)) for id, lever in CERTAIN.items()}


one_wish = choice(
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
            N_("The name stands a third launch"),
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

sixty = two_levers(
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
            N_("Make the name stand a third launch"),
            {"milestones": {ORDERS: {"attempts": 3}}},
            short=N_("A third launch is no help to those who never reach the first."),
        ),
        "friends": Lever(
            choices=FRIENDS,
            short=N_("Friends cost nothing and teach little: the rounds that follow cost more."),
        ),
    },
    start=("friends", "second-team"),
    target=0.6,
    question=N_(
        "Without a single yuan more at the start, and polishing both halves, bring the goal to "
        "{target} of lives or more by changing two things. There is more than one way."
    ),
    hints=(
        N_("Most lives that fail run out of money just before the factory. What makes them late?"),
        N_(
            "A week spared on the slower half spares a week of burn; on the quicker one it may not."
        ),
    ),
)

good_enough = balance(
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
            "The name stands only so many launches. What is the chance that one of them, at least, "
            "holds?"
        ),
        HALVE,
    ),
)

EXERCISES = {
    "both-right": both_right,
    "one-wish": one_wish,
    "sixty": sixty,
    "good-enough": good_enough,
    "lunch-box": lunch_box,
}
