"""The camp's exercises, as data for the kinds of exercise, and the altered case for transfer.

The altered case is a music school in a small town, with more time and a reputation to lose.
"""

from __future__ import annotations

from workbook.edit import edit
from workbook.lesson.camp.results import CLIMB, EARLY, FORK, KERNEL, NO_SALES, QUIET, SECOND
from workbook.lesson.comparisons import Plays
from workbook.lesson.kinds import (
    Balance,
    Before,
    Candidate,
    Choice,
    Lever,
    Ordering,
    TwoLevers,
    option,
)
from workbook.lesson.kinds.find_number import HALVE
from workbook.lesson.syllabus import Make, Scale
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Option, Plan
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

MORE = 1.25


def music_school(plan: Plan) -> Plan:
    """Make the altered case: three years, more money, and a town where word gets around."""
    hurt = {"gives": {"nps": 50.0, "conversion": 0.01}}
    fork = next(fork for fork in plan.forks if fork.id == FORK)
    options = tuple(_in_a_small_town(o, hurt) if o.id == EARLY else o for o in fork.options)
    forks = tuple(
        f.model_copy(update={"options": options}) if f.id == FORK else f for f in plan.forks
    )
    changed = edit(
        plan, Edit.model_validate({"cash": MORE * (plan.cash or 0), "horizon_weeks": 156})
    )
    return changed.model_copy(update={"forks": forks})


def _in_a_small_town(option: Option, hurt: dict[str, dict[str, float]]) -> Option:
    tests = option.milestones[KERNEL]["tests"]
    redesign = {**tests["redesign"], **hurt}
    milestones = {KERNEL: {"tests": {**tests, "belief": 0.25, "redesign": redesign}}}
    return option.model_copy(update={"milestones": {**option.milestones, **milestones}})


def played_in_the_small_town(plays: Plays) -> dict[str, Outcomes]:
    """Play each option in the altered case, with common random numbers."""
    plan = music_school(plays.plan)
    return plays.options(FORK, (AS_WRITTEN, EARLY, SECOND), plan)


ANOTHER_SCHOOL = Choice(
    "another-school",
    {
        EARLY: Candidate(
            N_(
                "Not here. In a small town a bad name is everywhere at once, and it is three times "
                "likelier than not that the camp is unfinished."
            ),
            N_("Enrol everybody who asks, at once"),
        ),
        SECOND: Candidate(
            N_(
                "Close, and not enough. A second place buys speed, and with three years speed is "
                "what this school needs least; the second crew must be paid all the same."
            ),
            N_("Open a second place to test twice as much"),
        ),
        AS_WRITTEN: Candidate(
            N_(
                "Yes. Time is what it has and a name is what it can lose: restraint costs it only "
                "patience."
            ),
            N_("Stay small until it is good enough"),
        ),
    },
    played=played_in_the_small_town,
    meant=AS_WRITTEN,
    question=N_(
        "Another school: music, in a small town where everybody hears everything. It has a quarter "
        "more money than the camp and three years instead of two. Its weekend course is as far as "
        "the camp was at the fork; the teachers give it one chance in four of being good enough "
        "already, and a bad name would halve even what the camp had left. Which way?"
    ),
    hints=(
        N_("Which scarce thing decided the camp's fork, and does this school lack it too?"),
        N_("What does patience cost here, and what does a mistake cost?"),
    ),
)


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

TWO_CHANGES = TwoLevers(
    "two-changes",
    LEVERS,
    target=TARGET,
    hints=(
        N_("Look at where the lives are lost: on the climb, with the money running out."),
        N_("One change can make the climb shorter, the other can pay for it."),
    ),
)

HOW_SURE = Balance(
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

QUIET_CASH = Balance(
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

WHAT_FIRST = Ordering(
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
            N_("People asked back to something half finished may not answer a second time."),
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
        "Put five milestones of the camp in an order in which nothing comes before what it "
        "depends on. More than one order will do."
    ),
    hints=(
        N_("Ask of each: what must be true before its answer means anything?"),
        N_("Return and price do not depend on each other; the cities depend on both."),
    ),
)

EXERCISES: dict[str, Make] = {
    "two-changes": TWO_CHANGES,
    "how-sure": HOW_SURE,
    "quiet-cash": QUIET_CASH,
    "what-first": WHAT_FIRST,
    "another-school": ANOTHER_SCHOOL,
}
