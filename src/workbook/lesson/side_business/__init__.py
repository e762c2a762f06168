"""The side business as a lesson: hours are scarce, and a deadline takes the place of ruin.

Here are the syllabus and the sections that only this case has.

hours.py      what the hours are worth, and what outsourcing too early does
exercises.py  the exercises, and the altered case for transfer
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from workbook.cases import Case
from workbook.lesson import markup, reveal
from workbook.lesson.comparisons import Choices, Plays
from workbook.lesson.markup import chart_html
from workbook.lesson.panel import Panel
from workbook.lesson.sections import Lesson
from workbook.lesson.side_business.exercises import EXERCISES, chores
from workbook.lesson.side_business.hours import (
    AGENCY,
    BELIEF,
    BY_HAND,
    FIRST_NODE,
    FORK,
    LAST_NODE,
    SALES,
    Early,
    Kind,
    State,
    all_handed_out,
    at_the_goal,
    discovered,
    early,
    states,
    times_as_much,
)
from workbook.lesson.syllabus import LEAD, Guessed, Scale, Swept, Syllabus
from workbook.lesson.views import diary, ending, goal_said
from workbook.outcomes import FATES, Outcomes
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words

LIVES_READ = 60


def many(case: Case, plays: Plays, choices: Choices, w: Words) -> str:
    """Show a hundred dots, and where the runs are that miss the deadline."""
    outcomes = plays.play(choices)
    return "".join(
        (
            markup.say(goal_said(outcomes, w), _late(outcomes, w)),
            chart_html("fates", outcomes, case, w),
        )
    )


def _late(outcomes: Outcomes, w: Words) -> str:
    """Name the milestone that most late runs have reached when the year is over."""
    lives, plan = outcomes.lives, outcomes.as_played
    if lives is None or outcomes.fates["open"] <= 0:
        return ""
    late = lives.reached_week[lives.fate == FATES.index("open")]
    skipped = [n for n, id in enumerate(outcomes.milestones) if id in plan.skips]
    missing = late < 0
    missing[:, skipped] = False
    places = np.bincount(missing.argmax(axis=1), minlength=late.shape[1])
    most = int(places.argmax())
    return w(
        "Nobody runs out of money here; what runs out is the year. When it does, most of those "
        "not there yet are at “{milestone}”: {share} of all lives.",
        milestone=w.name(plan.milestone(list(outcomes.milestones)[most])),
        share=w.percent(places[most] / outcomes.runs, outcomes.fates_error["open"]),
    )


def hours(case: Case, plays: Plays, w: Words) -> str:
    """Show the hours per week that the business takes when started by hand."""
    from workbook.charts.measure import Aim, hours

    outcomes = plays.play(BY_HAND)
    end = at_the_goal(case.plan).hours
    claims = case.facts["hours_in_the_end"].claims
    aim = Aim(end, w("{figure} ({claim})", figure=end, claim=w.list(claims)))
    drawn = chart_html("measure", hours(outcomes, w, aim), case, w)
    reached = outcomes.milestones[LAST_NODE]
    if round(reached.reached, 2) == 0:
        said = w("Begun by hand, hardly anybody hands everything out within the year.")
        return markup.say(said, _none_left(case, w)) + chart_html(
            "measure", hours(outcomes, w, aim), case, w
        )
    said = w(
        "Begun by hand, {share} of lives hand everything out within the year and are down to "
        "{hours} hours a week. First the hours go up: nothing can be handed out that does not run "
        "yet.",
        share=w.percent(reached.reached, reached.reached_error),
        hours=w.number(end),
    )
    return markup.say(said) + drawn


def _none_left(case: Case, w: Words) -> str:
    """Say that by hand the shop takes every hour there is, if it does."""
    taken, given = next(states(case.plan)).hours, case.plan.hours_per_week
    if given is None or taken < given:
        return ""
    return w(
        "By hand the shop takes {taken} hours a week, and there are {hours}: none is left to hand "
        "anything out, so from the first order on nothing changes any more.",
        taken=w.number(taken),
        hours=w.number(given),
    )


def pace(case: Case, plays: Plays, choices: Choices, w: Words) -> str:
    """Show the pace of sales, week by week."""
    from workbook.charts.measure import Aim, measure

    outcomes = plays.play(choices)
    goal, claims = at_the_goal(case.plan), case.facts["yearly_sales"].claims
    aim = Aim(goal.sales, w("{figure} ({claim})", figure=goal.sales, claim=w.list(claims)))
    limit = w(
        "The sales are stated ({claim}), their period is not: the workbook reads them as those of "
        "a year. What one person can serve by hand is assumed.",
        claim=w.list(claims),
    )
    return chart_html("measure", measure(outcomes, SALES, w, aim), case, w) + markup.small(limit)


def wage(case: Case, w: Words) -> str:
    """Show the income per hour after each step, when started by hand."""
    currency, found = case.plan.currency, list(states(case.plan))
    head = (
        w("milestone reached"),
        w("hours a week"),
        w("sales in a year"),
        w("margin of the business"),
        w("left in a year"),
        w("left for an hour"),
    )
    first, last = found[0], found[-1]
    said = w(
        "By hand {first} is left in a year for {many} hours a week; at the goal it is {last} for "
        "{few}. In a year that is hardly more or less. An hour earns {times} times as much.",
        first=w.money(first.left, currency),
        last=w.money(last.left, currency),
        many=w.number(first.hours),
        few=w.number(last.hours),
        times=w.number(times_as_much(case.plan)),
    )
    rows = [_state(state, case, w) for state in found]
    markup.figures("wage", ({**asdict(it), "per_hour": it.per_hour} for it in found))
    return markup.table(head, rows, len(rows) - 1) + markup.say(said)


def _state(state: State, case: Case, w: Words) -> tuple[str, ...]:
    currency = case.plan.currency
    return (
        w.name(case.plan.milestone(state.id)),
        w.number(state.hours),
        w.money(round(state.sales, -2), currency),
        w.percent(state.margin),
        w.money(round(state.left, -2), currency),
        w.money(round(state.per_hour), currency),
    )


def first_chore(case: Case, plays: Plays, choices: Choices, w: Words) -> str:
    """Show how soon each chore pays back its hours, and two orders compared on the way chosen."""
    compared = reveal.options(case, plays, FIRST_NODE, None, w, drawn=False, others=choices)
    return chores(case.plan, w, ranked=True) + compared


def too_early(case: Case, plays: Plays, w: Words) -> str:
    """Show what outsourcing does with and without understanding the process."""
    found = early(plays)
    knew, did_not = _of_100(found)
    head = (
        w("kind of life"),
        w("of 100 lives"),
        w("first chore handed out by"),
        w("of these, at the goal"),
    )
    rows = [
        _kind(w("handed out first, and knew the flow"), found.knew, knew, w),
        _kind(w("handed out first, and did not know it"), found.did_not, did_not, w),
        _kind(w("ran it by hand first"), found.by_hand, 100, w),
    ]
    kinds = {"knew": found.knew, "did_not": found.did_not, "by_hand": found.by_hand}
    markup.figures("too-early", ({"kind": id, **asdict(kind)} for id, kind in kinds.items()))
    return markup.say(*_lost(found, w)) + markup.table(head, rows) + _autopsy(plays, w)


def _lost(found: Early, w: Words) -> Iterator[str]:
    yield w(
        "In {n} of 100 lives that hand out on the first day, the first parcels show that the flow "
        "was not what it was thought to be.",
        n=round(100 * found.did_not.share),
    )
    if rest := 100 - sum(_of_100(found)):
        yield w("In {n} the year ends before anyone knows.", n=rest)
    if found.lost is not None:
        yield w(
            "From that day it takes them {weeks} until the first chore is really handed out: to "
            "take everything back, to run it by hand after all, and to begin again.",
            weeks=w.weeks(found.lost),
        )


def _of_100(found: Early) -> tuple[int, int]:
    """Return of 100 early outsourcers those who knew the process and those who did not."""
    did_not, rest = round(100 * found.did_not.share), round(100 * found.never_knew)
    return 100 - did_not - rest, did_not


def _kind(name: str, kind: Kind, of_100: int, w: Words) -> tuple[str, ...]:
    week = "–" if kind.first is None else w.week(int(kind.first))
    goal = "–" if kind.goal is None else w.percent(kind.goal, 0.02)
    return name, str(of_100), week, goal


def _autopsy(plays: Plays, w: Words) -> str:
    """Show the first run that found out too late, week by week."""
    for number in range(1, min(plays.runs, LIVES_READ) + 1):
        life = plays.life(number, AGENCY)
        if life.fate == "open" and discovered(life) is not None:
            head = w(
                "Autopsy of life {number}: {ending}",
                number=number,
                ending=ending(life, plays.plan, w),
            )
            return markup.fold(head, diary(life, plays.plan, w))
    return ""


class SideBusinessLesson(Lesson):
    """The side business, opened for a learner."""

    def many(self) -> Panel:
        """A hundred runs, and where they miss the deadline."""
        return self.open(
            "many",
            lambda: many(self.case, self.plays, self.choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )

    def hours(self) -> Panel:
        """The hours per week that the business takes when started by hand."""
        return self.open(
            "hours",
            lambda: hours(self.case, self.plays, self.w),
            fork=self.syllabus.fork,
            whose=lambda: BY_HAND,
        )

    def pace(self) -> Panel:
        """The pace of sales with the option bet on."""
        return self.open(
            "pace",
            lambda: pace(self.case, self.plays, self.choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )

    def wage(self) -> Panel:
        """The income per hour after each step."""
        return self.open("wage", lambda: wage(self.case, self.w), fork=self.syllabus.fork)

    def first_chore(self) -> Panel:
        """Which chore to outsource first."""
        return self.behind_bet(
            "first-chore",
            lambda: first_chore(self.case, self.plays, self.choices, self.w),
            whose=lambda: self.choices,
        )

    def too_early(self) -> Panel:
        """What outsourcing does before the process is understood."""
        return self.behind_bet("too-early", lambda: too_early(self.case, self.plays, self.w))


SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: AS_WRITTEN},
    as_written={
        FORK: N_("Run the whole flow by hand once"),
        FIRST_NODE: N_("The one that eats the most hours first"),
    },
    sweeps=(
        Swept(
            BELIEF,
            (0.1, 0.25, 0.4, 0.55, 0.7, 0.9),
            N_("chance that the flow is understood before it is run"),
            "percent",
        ),
        Swept(
            "horizon_weeks",
            (40.0, 45.0, 52.0, 60.0, 78.0),
            N_("time until the deadline"),
            "weeks",
        ),
    ),
    guesses={
        "hours": Guessed(
            N_("Begun by hand, in which week has the median life handed everything out?"),
            Scale("", 1, 52, 1, 1, "week"),
            lambda plays, _: all_handed_out(plays),
        ),
        "wage": Guessed(
            N_("How many times as much does an hour earn at the goal as when all is done by hand?"),
            Scale("", 0, 20, 0.5, 1),
            lambda plays, _: times_as_much(plays.plan),
        ),
        "many": Guessed(
            N_("Of 100 people who do what you bet on, how many reach the goal within the year?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.goal(choices)),
        ),
        "options": LEAD,
        "too-early": Guessed(
            N_(
                "Of 100 lives that hand out on the first day, in how many do the first parcels "
                "show that the flow was not understood?"
            ),
            Scale("", 0, 100, 1, 50),
            lambda plays, _: round(100 * early(plays).did_not.share),
        ),
    },
    answered={"first-chore": "which-chore", "wrong": "how-sure"},
    takeaways=("S1", "S2", "S3", "S4", "S5", "S6", "S7", "R8", "P1", "P6"),
    exercises=EXERCISES,
)
