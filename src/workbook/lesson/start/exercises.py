"""The tea stall's exercises, as data for the kinds of exercise."""

from __future__ import annotations

from workbook.edit import edit
from workbook.law import all_fail, raced_rates
from workbook.lesson.comparisons import Choices, Plays, fork_of
from workbook.lesson.kinds import (
    Before,
    Candidate,
    Choice,
    Enough,
    Estimate,
    Lever,
    Ordering,
    Scale,
    TwoLevers,
)
from workbook.lesson.syllabus import Exercise, Make
from workbook.outcomes import Outcomes
from workbook.plan import Edit
from workbook.words import N_, Words

FORK = "how-good"
BESIDE = "brand"
"""The milestone that is not on the way to the goal."""


def founders(plays: Plays, choices: Choices) -> float:
    """Return of 100 runs with the option bet on those that reach the goal."""
    return float(round(100 * plays.goal(choices)))


def in_vain(plays: Plays) -> float:
    """Return of 100 runs those in which the first three rounds of brewing all fail."""
    return float(100 * all_fail(raced_rates(plays.plan.milestone("cup")), 3))


def saved_by_striking(plays: Plays) -> float:
    """Return how many more of 100 runs reach the goal without the unneeded milestone."""
    without = plays.play(change=Edit(skip=(BESIDE,)))
    return 100 * (without.fates["goal"] - plays.goal())


def played_on_trial(plays: Plays) -> dict[str, Outcomes]:
    """Play the altered case: each option with a single attempt, with common random numbers."""
    plan = edit(plays.plan, Edit(milestones={"regulars": {"attempts": 1}}))
    levels = fork_of(plan, FORK).options
    return plays.options(FORK, [level.id for level in levels], plan)


STRIKE = Estimate(
    "strike",
    truth=saved_by_striking,
    scale=Scale(N_("More stalls of 100"), 0, 100, 1, 3),
    within=4,
    question=N_(
        "Cross out the box that nothing waits for. How many more of 100 stalls win their "
        "hundred regulars?"
    ),
    low=N_("It costs a price and weeks at every try, and it may take several."),
    high=N_("The failures of all the others are still there."),
    right=N_("And nothing else on the chain was touched."),
    hints=(
        N_("Every try is paid out of the same money, its weeks included."),
        N_("Many stalls run out of money a try or two before the end."),
    ),
)

ORDER = Ordering(
    "order",
    {"stall": "", "cup": "", "permit": "", "regulars": "", "thermos": "", "price": ""},
    (
        Before("thermos", "cup", N_("Why perfect a tea for a corner where nobody stops?")),
        Before("thermos", "permit", N_("A permit for a corner you have not tried is paper.")),
        Before("cup", "price", N_("A price is tested on people who came back for the cup.")),
        Before("cup", "stall", N_("A stall around a tea that nobody wants again is firewood.")),
        Before("price", "stall", N_("Wood and stove are paid from the price. Know it first.")),
        Before("permit", "stall", N_("Without a permit the stall is taken down again.")),
        Before("stall", "regulars", N_("Regulars need a place to come back to.")),
    ),
    solved=("thermos", "permit", "cup", "price", "stall", "regulars"),
    question=N_("Put the six into an order in which nothing comes before what it depends on."),
    hints=(
        N_("Begin at the end: what must stand on the evening before the goal?"),
        N_("Two of them do not depend on each other; their order is yours."),
    ),
)

STREAK = Estimate(
    "streak",
    truth=in_vain,
    scale=Scale(N_("Lives of 100"), 0, 100, 1, 10),
    within=6,
    question=N_(
        "The list under the chain says how often one round of brewing finds the cup. "
        "In how many of 100 lives are the first three rounds all in vain?"
    ),
    low=N_("Bad luck three times in a row is more common than it feels."),
    high=N_("Each round still has its chance; three of them leave fewer behind."),
    right=N_("Three failures in a row do not prove that you are on the wrong track."),
    hints=(
        N_("How many of 100 fail the first round? Of those, how many fail the second?"),
        N_("Rounds do not remember. Multiply."),
    ),
)

WITH_BOX, WITHOUT_BOX = 0.8, 0.87
"""What two changes can reach, and no single one."""

LEVERS = {
    "thrift": Lever(N_("Live on 150 a week less"), {"burn_per_week": "-150"}),
    "second-hand": Lever(
        N_("Buy a second-hand stall for half the money"),
        {"milestones": {"stall": {"cost": "-3000"}}},
    ),
    "small-pots": Lever(
        N_("Brew in small pots: a round takes one week instead of two"),
        {"milestones": {"cup": {"weeks": "-1"}}},
    ),
    "lax": Lever(N_("Be content when a few come back"), choices={FORK: "lax"}),
    "strict": Lever(N_("Go on until nearly all come back"), choices={FORK: "strict"}),
    "no-thermos": Lever(
        N_("Leave the thermos out"),
        choices={"straight-on": "no-thermos"},
        short=N_("Leaving the thermos out saves a week and risks the stall."),
    ),
    "two-windows": Lever(
        N_("Ask for the permit at two offices at once"),
        {"milestones": {"permit": {"teams": 2}}},
        short=N_("The permit was never what you ran out of money for."),
    ),
}

ONE_TRIAL = Choice(
    "one-trial",
    {
        "lax": Candidate(
            N_("It is soon at the market, with the poorest odds for the only try that it gets."),
            N_("A few come back"),
        ),
        "fair": Candidate(
            N_("At the corner a second try made good for a miss. Here there is none."),
            N_("Every second one comes back"),
        ),
        "strict": Candidate(
            N_("Yes. If there is only one try, prove beforehand all that can be proved."),
            N_("Nearly all come back"),
        ),
    },
    played=played_on_trial,
    meant="strict",
    question=N_(
        "A night market takes you on trial. All is as before, except that there is only one try"
        " at the hundred regulars (◇); if it fails, you must leave. How good must the tea be "
        "now?"
    ),
    hints=(
        N_("What became of a miss at the corner? What becomes of it here?"),
        N_("More rounds of brewing cost money. What else here could buy a second chance?"),
    ),
)


def two_changes(plays: Plays, w: Words) -> Exercise:
    """Ask for two changes; for more if the box that costs most lives is crossed out already."""
    target = WITH_BOX if BESIDE in plays.plan.ids else WITHOUT_BOX
    return TwoLevers("two-changes", LEVERS, target=target)(plays, w)


EXERCISES: dict[str, Make] = {
    "strike": STRIKE,
    "order": ORDER,
    "streak": STREAK,
    "two-changes": two_changes,
    "just-enough": Enough(
        "just-enough",
        path="cash",
        scale=Scale(N_("Savings at the start"), 20_000, 80_000, 1_000, 25_000, "money"),
        question=N_("How much in savings brings {target} of lives to the goal, and hardly more?"),
        hints=(
            N_("One failed round costs its leaves and its weeks. How many more must you afford?"),
            N_("Halve the range each time: the answer tells you which half."),
        ),
    ),
    "one-trial": ONE_TRIAL,
}
