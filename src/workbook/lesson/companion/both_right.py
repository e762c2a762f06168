"""An exercise: from how often each half is right to how often both are."""

from __future__ import annotations

from workbook.lesson.companion.halves import meeting
from workbook.lesson.exercise import Exercise
from workbook.lesson.kinds import Scale, estimate
from workbook.lesson.plays import Plays
from workbook.words import N_, Words

ROUNDS = 3
WITHIN = 2.0

LOW = N_("The two do not shun each other: of the lives that have the one, some have both.")
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
    """The end of the third round of the slower half, in weeks since the first one began."""
    found = meeting(plays.plan)
    return ROUNDS * max(found.first.weeks, found.second.weeks)


def truth(plays: Plays) -> float:
    """Of a hundred lives, in how many both are right by then."""
    return 100 * meeting(plays.plan).both_by(week_asked(plays))


def both_right(plays: Plays, w: Words) -> Exercise:
    """Work out by hand how often both are right, from how often each is."""
    make = estimate(
        "both-right",
        truth=truth,
        scale=Scale(N_("Lives of 100 in which both are right"), 0, 100, 1, 50),
        within=WITHIN,
        question=_question(plays, w),  # already said: it carries figures of the plan
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
