"""The camp's exercises, as data for the kinds they are of."""

from __future__ import annotations

from workbook.lesson.camp.altered import ANOTHER_SCHOOL
from workbook.lesson.camp.turns import CLIMB, EARLY, FORK, KERNEL, NO_SALES, QUIET, SECOND
from workbook.lesson.kinds import (
    Before,
    Lever,
    balance,
    option,
    ordering,
    two_levers,
)
from workbook.lesson.kinds.balance import HALVE
from workbook.lesson.scale import Scale
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

TARGET = 0.65
BELIEF = f"forks.{FORK}.options.{EARLY}.milestones.{KERNEL}.tests.belief"

LEVERS = {
    "thrift": Lever(N_("Spend 1,500 a week less"), {"burn_per_week": "-1500"}),
    "combinations": Lever(
        N_("Try four combinations in a round instead of two"),
        {"milestones": {id: {"teams": 4} for id in CLIMB}},
        short=N_("More combinations cost more a round: something must earn or save that."),
    ),
    "pace": Lever(
        N_("Hold a round every three weeks instead of every four"),
        {"milestones": {id: {"weeks": "-1"} for id in CLIMB}},
    ),
    "price": Lever(
        N_("Ask 600 more for a seat: a better margin, two in a hundred fewer who join"),
        {"sales": {"price": "+600", "margin": "+0.08", "conversion": "-0.02"}},
    ),
    "list": Lever(
        N_("Invite fifteen more learners a week"),
        {"sales": {"reach_per_week": "+15"}},
    ),
    "early": Lever(
        choices={FORK: EARLY},
        short=N_(
            "Early enrolment bets all on a camp that is not finished; little beside it helps."
        ),
    ),
    "city": Lever(choices={FORK: SECOND}),
    "quiet": Lever(
        choices={QUIET: NO_SALES},
        short=N_("Without seats sold the runway is what is in the bank, and here that is short."),
    ),
    "again": Lever(N_("Do not wait for guests to come back"), {"skip": ("returning",)}),
}

TWO_CHANGES = two_levers(
    "two-changes",
    LEVERS,
    start=("thrift", "early"),
    target=TARGET,
    hints=(
        N_("Look at where the lives are lost: on the climb, with the money running out."),
        N_("One change can make the climb shorter, the other can pay for it."),
    ),
)

HOW_SURE = balance(
    "how-sure",
    path=BELIEF,
    scale=Scale(N_("How sure, in percent"), 5, 95, 5, 80, "percent"),
    one=Lever(choices={FORK: AS_WRITTEN}),
    other=option(FORK, EARLY),
    question=N_(
        "How sure must you be that the unpolished camp is good enough already, for “{one}” and "
        "“{other}” to be equally good, within {near}?"
    ),
    hints=(
        N_("Staying small does not depend on it at all; early enrolment hangs on it alone."),
        HALVE,
    ),
)

QUIET_CASH = balance(
    "quiet-cash",
    path="cash",
    scale=Scale(N_("Cash at the start"), 500_000, 1_500_000, 25_000, 1_500_000, "money"),
    one=Lever(choices={QUIET: AS_WRITTEN}),
    other=option(QUIET, NO_SALES),
    question=N_(
        "With how much cash at the start are “{one}” and “{other}” equally good, within {near}?"
    ),
    hints=(
        N_("Not selling buys speed and gives up a small income. Who can do without it?"),
        HALVE,
    ),
)

WHAT_FIRST = ordering(
    "what-first",
    {"cities": "", "full-price": "", "returning": "", "good-enough": "", "first-camp": ""},
    (
        Before(
            "first-camp",
            "good-enough",
            N_(
                "A kernel is polished on something that is there: the first small camp is the base."
            ),
        ),
        Before(
            "good-enough",
            "full-price",
            N_("A price asked before the kernel holds tells what friends will pay, no more."),
        ),
        Before(
            "good-enough",
            "returning",
            N_("Who is asked to come back to something half finished may not be asked twice."),
        ),
        Before(
            "full-price",
            "cities",
            N_("Five cities at a price that only covers them multiply a loss by five."),
        ),
        Before(
            "returning",
            "cities",
            N_("Cities cannot be filled by strangers alone: first see whether guests return."),
        ),
    ),
    solved=("first-camp", "good-enough", "returning", "full-price", "cities"),
    question=N_(
        "Bring five milestones of the camp into an order in which nothing stands before what it "
        "depends on. More than one order will do."
    ),
    hints=(
        N_("Ask of each: what must be true before its answer means anything?"),
        N_("Return and price do not depend on each other; the cities depend on both."),
    ),
)

EXERCISES = {
    "two-changes": TWO_CHANGES,
    "how-sure": HOW_SURE,
    "quiet-cash": QUIET_CASH,
    "what-first": WHAT_FIRST,
    "another-school": ANOTHER_SCHOOL,
}
