"""The training camp as a lesson: restraint, its cost, and when it cannot be afforded.

Here are the syllabus and the sections that only this case has.

results.py    ids, and the results that several sections use
exercises.py  the exercises, and the altered case for transfer
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from workbook.cases import Case
from workbook.law import Economy
from workbook.lesson import markup
from workbook.lesson.camp.exercises import BELIEF, EXERCISES
from workbook.lesson.camp.results import (
    BIG,
    COUNTS,
    FORK,
    KERNEL,
    NO_SALES,
    NPS,
    QUIET,
    SMALL,
    Aftermath,
    Kind,
    aftermath,
    climb,
    enough,
    figure,
    proved,
)
from workbook.lesson.comparisons import Choices, Plays, fork_of, sweep
from workbook.lesson.markup import chart_html
from workbook.lesson.panel import Panel
from workbook.lesson.reveal import crossing
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import LEAD, Guessed, Scale, Swept, Syllabus
from workbook.lesson.views import diary, ending
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words

CASH = (600_000.0, 700_000.0, 800_000.0, 900_000.0, 1_000_000.0, 1_200_000.0)
LIVES_READ = 60
_WAYS = {"sell": AS_WRITTEN, "quiet": NO_SALES}


def nps(case: Case, plays: Plays, choices: Choices, w: Words) -> str:
    """Show the climb of the NPS, week by week."""
    from workbook.charts.measure import Aim, measure

    level, claims = figure(case, "nps_kernel"), case.facts["nps_kernel"].claims
    aim = Aim(level, w("{figure} ({claim})", figure=level, claim=w.list(claims)))
    return chart_html("measure", measure(plays.play(choices), NPS, w, aim), case, w)


def climbing(case: Case, plays: Plays, w: Words) -> str:
    """Show how often and when a camp that stays small proves its kernel."""
    kernel = plays.play(SMALL).milestones[KERNEL]
    said = w(
        "Staying small, {share} of lives prove an NPS of {level} before the money or the two "
        "years are gone.",
        share=w.percent(kernel.reached, kernel.reached_error),
        level=w.number(figure(case, "nps_kernel")),
    )
    limit = w(
        "The level at the top is stated ({claim}). The steps below it, and how long each takes, "
        "are assumed, chosen so that the climb fills the year and a half of {long}.",
        claim=w.list(case.facts["nps_kernel"].claims),
        long=w.list(case.facts["kernel_weeks"].claims),
    )
    return markup.say(said) + nps(case, plays, SMALL, w) + markup.small(limit)


def combinations(case: Case, plays: Plays, w: Words) -> str:
    """Show a row per number of combinations; the smallest that is as good as any is bold."""
    currency = case.plan.currency
    found = [climb(plays, count) for count in COUNTS]
    rows = [
        (
            w.number(it.combinations),
            w.weeks(round(it.weeks)),
            w.money(round(it.cost, -3), currency),
            w.percent(it.played.fates["goal"], it.played.fates_error["goal"]),
        )
        for it in found
    ]
    markup.figures("combinations", (it.figures for it in found))
    head = (
        w("combinations in a round"),
        w("weeks that the climb takes"),
        w("what its camps cost"),
        w("chance of the goal"),
    )
    limit = w("Weeks and cost are averages over the three steps of the climb, if the money holds.")
    return markup.table(head, rows, COUNTS.index(enough(plays))) + markup.small(limit)


def expansion(case: Case, plays: Plays, w: Words) -> str:
    """Show what early enrolment does to the camp's reputation and cash."""
    found = aftermath(plays)
    return "".join(
        (
            markup.say(*_found_out(found, case, w)),
            nps(case, plays, BIG, w),
            _kinds(found, case, plays, w),
            markup.say(*_way_back(found, case, w)),
            _autopsy(plays, w),
        )
    )


def _found_out(found: Aftermath, case: Case, w: Words) -> Iterator[str]:
    yield w(
        "In {bad} of 100 lives that enrol early it comes out in five cities that the camp was not "
        "good enough, in {good} that it was; in the other {rest} money or time ends before anyone "
        "knows.",
        bad=round(found.found_out.share * 100),
        good=round(found.good_enough.share * 100),
        rest=100 - round(found.found_out.share * 100) - round(found.good_enough.share * 100),
    )


def _kinds(found: Aftermath, case: Case, plays: Plays, w: Words) -> str:
    """Show a row per kind of run, the proved kernel last."""
    played, gives = plays.play(SMALL), case.plan.milestone(KERNEL).gives
    kernel = played.milestones[KERNEL]
    goal = played.fates["goal"] / kernel.reached if kernel.reached else None
    rows = [
        (w("enrolled early: good enough already"), found.good_enough),
        (w("enrolled early: not good enough"), found.found_out),
        (
            w("stayed small, and proved the kernel"),
            Kind(kernel.reached, float(gives.measures[NPS]), gives.conversion, goal)
            if gives
            else None,
        ),
    ]
    head = (
        w("kind of life"),
        w("of 100 lives"),
        w("NPS at the end"),
        w("of 100 asked, how many join"),
        w("of these, at the goal"),
    )
    return markup.table(head, [_row(name, kind, w) for name, kind in rows if kind])


def _row(name: str, kind: Kind, w: Words) -> tuple[str, ...]:
    def shown(value: float | None, times: float = 1.0) -> str:
        return "–" if value is None else w.number(round(value * times))

    goal = "–" if kind.goal is None else w.percent(kind.goal, 0.02)
    return name, shown(kind.share, 100), shown(kind.nps), shown(kind.joining, 100), goal


def _way_back(found: Aftermath, case: Case, w: Words) -> Iterator[str]:
    if found.cash_then is None or found.back is None:
        return
    currency = case.plan.currency
    yield w(
        "On the day it comes out, half of those who were wrong have {cash} or less. Putting the"
        " camp right in five cities takes {weeks} and {cost}; {share} of them get that far.",
        cash=w.money(round(found.cash_then, -3), currency),
        weeks=w.weeks(figure(case, "late_redesign_weeks")),
        cost=w.money(figure(case, "late_redesign_cost"), currency),
        share=w.percent(found.back, 0.02),
    )
    yield w("The camp is good then. Its name is not: that comes back more slowly than the camp.")


def _autopsy(plays: Plays, w: Words) -> str:
    """Show the first run that is ruined after it found out, week by week."""
    for number in range(1, min(plays.runs, LIVES_READ) + 1):
        life = plays.life(number, BIG)
        if life.fate == "ruin" and any(it.happening == "untrue" for it in life.events):
            head = w(
                "Autopsy of life {number}: {ending}",
                number=number,
                ending=ending(life, plays.plan, w),
            )
            return markup.fold(head, diary(life, plays.plan, w))
    return ""


def quiet(case: Case, plays: Plays, w: Words) -> str:
    """Compare selling near cost with selling nothing, by start cash."""
    w_money = partial(w.money, currency=case.plan.currency)
    names = {option.id: w.name(option) for option in fork_of(plays.plan, QUIET).options}
    found = sweep(plays, QUIET, "cash", CASH)
    here = w(
        "With the {cash} of this page, {sell} of lives reach the goal selling and {quiet} not "
        "selling.",
        cash=w_money(plays.plan.cash or 0.0),
        **{id: _goal(plays, {QUIET: way}, w) for id, way in _WAYS.items()},
    )
    limit = w(
        "That the first course was polished for {weeks} without a sale is stated ({claim}); that "
        "a camp without paying guests goes twice as fast is the workbook's reading of it.",
        weeks=w.weeks(figure(case, "quiet_weeks")),
        claim=w.list(case.facts["quiet_weeks"].claims),
    )
    drawing = crossing(case, found, names, w("cash at the start"), w_money, w, drawn=False)
    return markup.say(_income(case, w)) + drawing + markup.say(here) + markup.small(limit)


def _income(case: Case, w: Words) -> str:
    """Say what the small camps earn, and what a round costs without them."""
    earned, currency = Economy.of(case.plan).sales_cents / 100, case.plan.currency
    return w(
        "Small camps near cost bring {earned} a week against a burn of {burn}: little, but week "
        "after week. Without them a round takes {quiet} instead of {usual}.",
        earned=w.money(earned, currency),
        burn=w.money(case.plan.burn_per_week, currency),
        quiet=w.weeks(figure(case, "quiet_round_weeks")),
        usual=w.weeks(figure(case, "round_weeks")),
    )


def _goal(plays: Plays, choices: Choices, w: Words) -> str:
    played = plays.play(choices)
    return w.percent(played.fates["goal"], played.fates_error["goal"])


class CampLesson(Lesson):
    """The training camp, opened for a learner."""

    def conditions(self) -> dict[str, Callable[[], bool]]:
        """Whether more combinations help at first, and at some number no longer."""
        return {"plateau": lambda: enough(self.plays) in COUNTS[1:-1]}

    def climb(self) -> Panel:
        """How often and when a camp that stays small proves its kernel."""
        return self.open(
            "climb",
            lambda: climbing(self.case, self.plays, self.w),
            fork=self.syllabus.fork,
            whose=lambda: SMALL,
        )

    def combinations(self) -> Panel:
        """The cost and benefit of trying several combinations per round."""
        return self.open(
            "combinations",
            lambda: combinations(self.case, self.plays, self.w),
            fork=self.syllabus.fork,
            whose=lambda: SMALL,
        )

    def expansion(self) -> Panel:
        """What early enrolment does to the camp's reputation and cash."""
        return self.behind_bet(
            "expansion", lambda: expansion(self.case, self.plays, self.w), whose=lambda: BIG
        )

    def quiet(self) -> Panel:
        """Selling near cost meanwhile, or nothing at all, with common random numbers."""
        return self.behind_bet(
            "quiet", lambda: quiet(self.case, self.plays, self.w), whose=lambda: SMALL
        )


SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: AS_WRITTEN},
    as_written={
        FORK: N_("Stay small until it is proved"),
        QUIET: N_("Sell small camps near cost"),
    },
    sweeps=(
        Swept(
            BELIEF,
            (0.15, 0.25, 0.35, 0.45, 0.6, 0.8),
            N_("chance that the unpolished camp is good enough already"),
            "percent",
        ),
        Swept(
            "cash",
            (450_000.0, 600_000.0, 800_000.0, 1_000_000.0, 1_200_000.0),
            N_("cash at the start"),
            "money",
        ),
    ),
    guesses={
        "climb": Guessed(
            N_(
                "A hundred such camps stay small. How many of them prove their kernel before the "
                "money or the two years are gone?"
            ),
            Scale("", 0, 100, 1, 0),
            lambda plays, _: round(100 * proved(plays)),
        ),
        "combinations": Guessed(
            N_("How many combinations in a round are enough, so that more of them gain nothing?"),
            Scale("", 1, 6, 1, 1),
            lambda plays, _: enough(plays),
        ),
        "many": Guessed(
            N_("Of 100 schools that do what you bet on, how many fill five cities?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.goal(choices)),
        ),
        "options": LEAD,
        "expansion": Guessed(
            N_(
                "Of 100 schools that enrol early, how many find out in five cities that the camp "
                "was not good enough?"
            ),
            Scale("", 0, 100, 1, 50),
            lambda plays, _: round(100 * aftermath(plays).found_out.share),
        ),
    },
    answered={"quiet": "quiet-cash", "wrong": "how-sure"},
    takeaways=(
        "T1",
        "T2",
        "T3",
        "T4",
        "T5",
        "T6",
        "T7",
        "T8",
        "T9",
        "R7",
        "P10",
        "P12",
    ),
    exercises=EXERCISES,
)
