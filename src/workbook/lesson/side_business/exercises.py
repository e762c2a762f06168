"""The side business's exercises, as data for the kinds of exercise, and the altered case."""

from __future__ import annotations

from dataclasses import asdict, replace

from workbook.lesson import markup
from workbook.lesson.comparisons import Plays
from workbook.lesson.kinds import (
    Balance,
    Before,
    Candidate,
    Choice,
    Enough,
    Lever,
    Ordering,
    TwoLevers,
    option,
)
from workbook.lesson.kinds.find_number import HALVE
from workbook.lesson.side_business.hours import (
    BELIEF,
    FIRST_NODE,
    FORK,
    GOAL,
    GOODS_FIRST,
    HAND_OUT,
    NODES,
    SHORT,
    paybacks,
)
from workbook.lesson.syllabus import Exercise, Make, Scale
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words


def shop_assistant(plan: Plan) -> Plan:
    """Make the altered case: a former shop assistant, with less time."""
    return set_figure(set_figure(plan, BELIEF, 0.85), "horizon_weeks", 45)


def played_for_the_assistant(plays: Plays) -> dict[str, Outcomes]:
    """Play each option in the altered case, with common random numbers."""
    plan = shop_assistant(plays.plan)
    return plays.options(FORK, (AS_WRITTEN, HAND_OUT, SHORT), plan)


ANOTHER_OWNER = Choice(
    "another-owner",
    {
        AS_WRITTEN: Candidate(
            N_(
                "That is the lecture's answer to another person. This one would spend the scarcest "
                "weeks of all on learning what six years have taught already."
            ),
            N_("Run the whole flow by hand once"),
        ),
        SHORT: Candidate(
            N_(
                "Better than the whole round, but it buys a little of what is there in plenty. "
                "What is scarce here is weeks, not knowledge."
            ),
            N_("A short round, a few orders"),
        ),
        HAND_OUT: Candidate(
            N_(
                "Yes. The round by hand is not sacred; understanding the flow is. Someone who "
                "brings that along has met the milestone before the first week."
            ),
            N_("Hand it out from the first day"),
        ),
    },
    played=played_for_the_assistant,
    meant=HAND_OUT,
    question=N_(
        "Another owner: someone who packed, answered and reordered for other people's shops for "
        "six years, and puts the chance of knowing the flow at 85 in a hundred. The hours are the "
        "same; the family has agreed to 45 weeks. Which way?"
    ),
    hints=(
        N_("What does the round by hand find out, and who knows it already?"),
        N_("Which is scarcer here than in the case: hours, weeks or understanding?"),
    ),
)


TARGET = 0.7

LEVERS = {
    "hours": Lever(N_("Find two more hours a week"), {"hours_per_week": "+2"}),
    "month": Lever(N_("Ask at home for four weeks more"), {"horizon_weeks": "+4"}),
    "film": Lever(
        N_("Film each chore before handing it out: four hours more, passes 15 points more often"),
        {"milestones": {id: {"pass_rate": "+0.15", "hours": "+4"} for id in NODES}},
    ),
    "push": Lever(
        N_("Push sales in smaller steps: 60 hours less each, passes 5 points less often"),
        {"milestones": {GOAL: {"hours": "-60", "pass_rate": "-0.05"}}},
    ),
    "answers": Lever(
        N_("Buy answers ready made: half the hours to hand out the customers"),
        {"milestones": {"answering": {"hours": "-15", "cost": "+300"}}},
    ),
    "ask": Lever(
        N_("Ask three shop owners before choosing the goods"),
        {"milestones": {"niche": {"pass_rate": "+0.3"}}},
        short=N_("The first weeks are not where the year is lost: all hours are still free then."),
    ),
    "short": Lever(choices={FORK: SHORT}),
    "agency": Lever(
        choices={FORK: HAND_OUT},
        short=N_("What is handed out blind tends to come back, and then it takes the most hours."),
    ),
    "goods": Lever(
        choices={FIRST_NODE: GOODS_FIRST},
        short=N_("The chore you like least is not the one that gives back the most hours."),
    ),
}

TWO_CHANGES = TwoLevers(
    "two-changes",
    LEVERS,
    target=TARGET,
    question=N_(
        "Get {target} of lives or more to the goal by changing two things. There is more than "
        "one way."
    ),
    hints=(
        N_("Where are the fewest hours left over? An hour found there counts many times."),
        N_("Time can be found in the week, at the end of the year, or in the tries that fail."),
    ),
)

ENOUGH_HOURS = Enough(
    "enough-hours",
    path="hours_per_week",
    scale=Scale(N_("Hours a week"), 41, 60, 1, 60),
    target=0.75,
    question=N_(
        "By hand the shop takes 40 hours a week. How many hours a week must there be in all for "
        "{target} of lives to reach the goal within the year, as the plan is written?"
    ),
    hints=(
        N_("What the shop takes cannot be used to change it: only what is left over counts."),
        N_("From 44 to 48 the hours grow by a tenth, those left over double."),
    ),
)

HOW_SURE = Balance(
    "how-sure",
    path=BELIEF,
    scale=Scale(N_("How sure, in percent"), 5, 95, 5, 90, "percent"),
    one=Lever(choices={FORK: AS_WRITTEN}),
    other=option(FORK, HAND_OUT),
    question=N_(
        "How sure must you be that you understand the flow without having run it, for “{one}” and "
        "“{other}” to be equally good, within {near}?"
    ),
    hints=(
        N_("Those who know already learn nothing from the round by hand, and pay for it in weeks."),
        HALVE,
    ),
)

WHICH_CHORE = Ordering(
    "which-chore",
    {"sourcing": "", "listing": "", "ordering": "", "answering": "", "packing": ""},
    (
        Before(
            "packing",
            "answering",
            N_("Packing gives back more hours than the customers, for fewer hours of handing out."),
        ),
        Before(
            "answering",
            "sourcing",
            N_("The customers take longer to hand out than finding goods, and give far more back."),
        ),
        Before(
            "sourcing",
            "ordering",
            N_("Goods and stock give back the same hours; finding goods is handed out in fewer."),
        ),
        Before(
            "sourcing",
            "listing",
            N_("Goods and pages give back the same hours; finding goods is handed out in fewer."),
        ),
    ),
    solved=("packing", "answering", "sourcing", "ordering", "listing"),
    question=N_(
        "Order the five chores by how soon they pay back the hours that it takes to hand them out, "
        "the quickest first. Two of them are equal."
    ),
    hints=(
        N_("Divide the hours it takes by the hours it gives back; the table above has both."),
        N_("It is not the order of how much you dislike them."),
    ),
    right=N_("Yes: if you begin there, you have the most hours left for all that follows."),
    others=N_("The last two may change places."),
)


def chores(plan: Plan, w: Words, *, ranked: bool = False) -> str:
    """Return what each chore takes and gives back as a table; `ranked` adds how soon it pays."""
    found = paybacks(plan)
    head = (
        w("chore"),
        w("hours to hand it out, failed tries included"),
        w("hours it gives back each week"),
        w("share of sales it costs"),
        w("hours back after"),
    )
    rows = [
        (
            w.name(plan.milestone(it.id)),
            w.number(round(it.takes)),
            w.number(it.gives_back),
            w.percent(it.fee),
            w.weeks(round(it.weeks)),
        )
        for it in found
    ]
    markup.figures("chores", ({**asdict(it), "weeks": it.weeks} for it in found))
    if ranked:
        return markup.table(head, rows, min(range(len(found)), key=lambda n: found[n].weeks))
    return markup.table(head[:-1], (row[:-1] for row in rows))


def which_chore(plays: Plays, w: Words) -> Exercise:
    """Ask for the order of the chores, with what each of them takes and gives back."""
    return replace(WHICH_CHORE(plays, w), data=chores(plays.plan, w))


EXERCISES: dict[str, Make] = {
    "two-changes": TWO_CHANGES,
    "enough-hours": ENOUGH_HOURS,
    "how-sure": HOW_SURE,
    "which-chore": which_chore,
    "another-owner": ANOTHER_OWNER,
}
