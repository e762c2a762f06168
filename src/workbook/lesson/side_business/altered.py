"""The altered case: somebody who knows such shops from within, and has less of a year."""

from __future__ import annotations

from workbook.lesson.kinds import Candidate, choice
from workbook.lesson.plays import Plays
from workbook.lesson.side_business.turns import BELIEF, FORK, HAND_OUT, SHORT
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.whatif import set_figure
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_


def shop_assistant(plan: Plan) -> Plan:
    """The altered case: someone who has run such a shop for others, with less of a year."""
    return set_figure(set_figure(plan, BELIEF, 0.85), "horizon_weeks", 45)


def played_for_the_assistant(plays: Plays) -> dict[str, Outcomes]:
    """Each way in the altered case, on the same luck."""
    plan = shop_assistant(plays.plan)
    return {id: plays.play({FORK: id}, plan=plan) for id in (AS_WRITTEN, HAND_OUT, SHORT)}


ANOTHER_OWNER = choice(
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
                "Yes. The round by hand is not sacred; understanding the flow is. Who brings that "
                "along has met the milestone before the first week."
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
