"""The companion as a lesson: two parts developed in rounds, and a reputation that can be spent.

Here are the syllabus and the sections that only this case has.

rounds.py      ids of forks and kernel, and the arithmetic of rounds and of two parts
exercises.py   the exercises, and the altered case for transfer
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workbook.cases import Case
from workbook.charts.arrivals import Arrivals
from workbook.edit import with_options
from workbook.law import raced_rates
from workbook.lesson import markup
from workbook.lesson.companion.exercises import EXERCISES
from workbook.lesson.companion.rounds import (
    ASKED,
    DEVICE,
    FORK,
    FRIENDS,
    SEED_USERS,
    Meeting,
    meeting,
    passed_by,
    rounds_needed,
)
from workbook.lesson.comparisons import (
    Choices,
    Plays,
    attempt_price,
    fork_of,
    price_to_pass,
    ranked,
)
from workbook.lesson.markup import chart_html
from workbook.lesson.panel import Panel
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import LEAD, Guessed, Scale, Swept, Syllabus
from workbook.outcomes import FATES, Fate, Outcomes
from workbook.plan import Milestone, Option, Plan
from workbook.play import goal_gap
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words


def cash_when_stuck(outcomes: Outcomes) -> float | None:
    """Return the median cash of stuck runs, in the plan's currency; None without such runs."""
    lives = outcomes.lives
    if lives is None:
        return None
    stuck = lives.cash[lives.fate == FATES.index("stuck")]
    return float(np.median(stuck)) if stuck.size else None


def ends_shown(plays: Plays, fork: str, w: Words) -> str:
    """Show a row per option: goal, ruin, stuck, and the cash of stuck runs."""
    names = {option.id: w.name(option) for option in fork_of(plays.plan, fork).options}
    played = {id: plays.play({fork: id}) for id in names}
    rows = [_row(names[id], played[id], plays.plan.currency, w) for id in ranked(played)]
    markup.figures("ends", (_figures(id, outcomes) for id, outcomes in played.items()))
    head = (
        w("the way"),
        w.fate("goal"),
        w("out of money"),
        w("stuck: no launch left"),
        w("money left when stuck"),
    )
    note = w("The last column: half of those who are stuck have more than this.")
    return markup.table(head, rows) + markup.small(note)


def _figures(option: str, outcomes: Outcomes) -> dict[str, object]:
    fates: dict[str, object] = {str(fate): share for fate, share in outcomes.fates.items()}
    return {"option": option, **fates, "cash_when_stuck": cash_when_stuck(outcomes)}


def _row(name: str, outcomes: Outcomes, currency: str, w: Words) -> tuple[str, ...]:
    left = cash_when_stuck(outcomes)
    fates: tuple[Fate, ...] = ("goal", "ruin", "stuck")
    shares = (w.fate_percent(outcomes.fates, fate) for fate in fates)
    return (name, *shares, "–" if left is None else w.money(round(left, -3), currency))


NEARLY_ALL = 0.97
SEEN = 0.005
"""From this share of lives on a way of losing is seen among the dots."""


def apart(case: Case, w: Words) -> str:
    """Show each part by itself: its curve, and its mean time."""
    found = meeting(case.plan)
    return "".join(
        (
            markup.say(
                w(
                    "“{first}” takes {one} of rounds on average, “{second}” {other}.",
                    first=w.name(found.first.milestone),
                    second=w.name(found.second.milestone),
                    one=w.weeks(round(found.first.weeks_needed)),
                    other=w.weeks(round(found.second.weeks_needed)),
                )
            ),
            markup.chart_table("arrivals", _arrivals(found, w, both=False), case, w),
            markup.small(
                w(
                    "Computed from the pass rates of the rounds, money left out. All of these "
                    "rates and lengths are assumed (◇)."
                )
            ),
        )
    )


def together(case: Case, w: Words) -> str:
    """Show both in one chart, and the cost of waiting for the second."""
    found = meeting(case.plan)
    drawing = chart_html("arrivals", _arrivals(found, w, both=True), case, w)
    return markup.say(*_said(found, case.plan, w)) + drawing


def _said(found: Meeting, plan: Plan, w: Words) -> tuple[str, ...]:
    return (
        w(
            "Both are right after {both} on average, later than either. Whichever is right first "
            "waits {wait} for the other, and the burn of those weeks comes to {cost}.",
            both=w.weeks(round(found.weeks_needed)),
            wait=w.weeks(round(found.wait)),
            cost=w.money(round(found.wait * plan.burn_per_week, -3), plan.currency),
        ),
        w(
            "In {share} of lives it is “{second}”, the quicker half, that comes last.",
            share=w.percent(found.second_is_last, 0.005),
            second=w.name(found.second.milestone),
        ),
    )


def _arrivals(found: Meeting, w: Words, *, both: bool) -> Arrivals:
    halves = (found.first, found.second)
    last = next(week for week in found.horizon if found.both_by(week) >= NEARLY_ALL)
    weeks = range(last + 1)
    lines = {w.name(half.milestone): [half.right_by(week) for week in weeks] for half in halves}
    if both:
        lines[w("both")] = [found.both_by(week) for week in weeks]
    at = round(found.first.weeks_needed)
    one, other = (w.percent(half.right_by(at), 0.005) for half in halves)
    finding = w(
        "After {weeks} one half is right in {one} of lives, the other in {other}",
        weeks=w.weeks(at),
        one=one,
        other=other,
    )
    if both:
        finding = w(
            "{finding}, both in {share}", finding=finding, share=w.percent(found.both_by(at), 0.005)
        )
    strong = w("both") if both else ""
    return Arrivals(lines, w("weeks since the seed users are there"), finding, at, strong)


MOST_ROUNDS = 12

Rates = tuple[float, ...]


def asking(plays: Plays, choices: Choices) -> Choices:
    """Return the way chosen; as written, if on that way nobody is asked."""
    nobody = SEED_USERS in with_options(plays.plan, choices).skips
    return {FORK: AS_WRITTEN} if nobody else choices


def friends_shown(case: Case, plays: Plays, choices: Choices, w: Words) -> str:
    """Show the replay with friends, the rounds of the device, and the value of a thousand women."""
    plan = case.plan
    rates = (raced_rates(plan.milestone(DEVICE)), rates_among_friends(plan))
    return "".join(
        (
            markup.say(_replayed(plays, choices, w)),
            chart_html("arrivals", _arrivals_of_rates(plan, rates, w), case, w),
            markup.say(*_worth(plan, rates, w)),
        )
    )


def rates_among_friends(plan: Plan) -> Rates:
    """Return the device's pass rates by round if only friends test it."""
    changed: dict[str, object] = dict(_option(plan).milestones[DEVICE])
    data = {**plan.milestone(DEVICE).model_dump(), **changed}
    return raced_rates(Milestone.model_validate(data))


def _option(plan: Plan) -> Option:
    return next(o for o in fork_of(plan, ASKED).options if o.id == FRIENDS[ASKED])


def _replayed(plays: Plays, choices: Choices, w: Words) -> str:
    strangers, friends = plays.play(choices), plays.play({**choices, **FRIENDS})
    shown = [round(played.fates["goal"], 2) for played in (strangers, friends)]
    return w(
        "With “{friends}” in place of “{strangers}” the goal is reached in {without} of lives "
        "instead of {kept} ({gap} on the same luck).",
        friends=w.name(_option(plays.plan)),
        strangers=w.name(plays.plan.milestone(SEED_USERS)),
        without=w.percent(friends.fates["goal"], friends.fates_error["goal"]),
        kept=w.percent(strangers.fates["goal"], strangers.fates_error["goal"]),
        gap=w.points(shown[1] - shown[0], goal_gap(strangers, friends).error),
    )


def _arrivals_of_rates(plan: Plan, rates: tuple[Rates, Rates], w: Words) -> Arrivals:
    strangers, friends = rates
    rounds = range(MOST_ROUNDS + 1)
    half_way = next((n for n in rounds if passed_by(strangers, n) >= 0.5), MOST_ROUNDS)
    return Arrivals(
        {
            w.name(plan.milestone(SEED_USERS)): [passed_by(strangers, n) for n in rounds],
            w.name(_option(plan)): [passed_by(friends, n) for n in rounds],
        },
        w("rounds with the device"),
        w(
            "After {n} rounds the device is right in {one} of lives with the seed users, "
            "and in {other} with friends",
            n=half_way,
            one=w.percent(passed_by(strangers, half_way), 0.005),
            other=w.percent(passed_by(friends, half_way), 0.005),
        ),
        half_way,
    )


def _worth(plan: Plan, rates: tuple[Rates, Rates], w: Words) -> tuple[str, ...]:
    device, seed = plan.milestone(DEVICE), plan.milestone(SEED_USERS)
    needed = tuple(round(rounds_needed(rate), 1) for rate in rates)
    saved = needed[1] - needed[0]
    return (
        w(
            "On average the device takes {one} rounds with the seed users and {other} with "
            "friends. A round costs {cost}, burn included.",
            one=w.number(needed[0]),
            other=w.number(needed[1]),
            cost=w.money(round(attempt_price(plan, device), -3), plan.currency),
        ),
        w(
            "The rounds spared on the device alone are worth {saved}; "
            "winning the thousand women costs {price} on average.",
            saved=w.money(round(saved * attempt_price(plan, device), -3), plan.currency),
            price=w.money(round(price_to_pass(plan, seed), -3), plan.currency),
        ),
    )


class CompanionLesson(Lesson):
    """The companion, opened for a learner."""

    def conditions(self) -> dict[str, Callable[[], bool]]:
        """Whether lives on the way bet on are lost in both ways."""
        return {"both": self._both}

    def _both(self) -> bool:
        fates = self.plays.play(self.choices).fates
        return min(fates["ruin"], fates["stuck"]) >= SEEN

    def halves(self) -> Panel:
        """Device and voice, each by itself: how the rounds continue until it is right."""
        return Panel(self.w, lambda: apart(self.case, self.w), alive=False)

    def merge(self) -> Panel:
        """Both together: when both are right, and what the waiting costs."""
        return self.open("merge", lambda: together(self.case, self.w))

    def ends(self) -> Panel:
        """How each option ends: out of money, or with money and no launch left."""
        return self.behind_bet("ends", lambda: ends_shown(self.plays, FORK, self.w))

    def seed_users(self) -> Panel:
        """The same plan tested by friends instead of strangers, with common random numbers."""
        return self.behind_bet(
            "seed-users",
            lambda: friends_shown(self.case, self.plays, self._asking(), self.w),
            whose=self._asking,
        )

    def _asking(self) -> Choices:
        return asking(self.plays, self.choices)


SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: AS_WRITTEN},
    as_written={FORK: N_("Polish both, then sell")},
    guesses={
        "merge": Guessed(
            N_(
                "Both halves are worked on side by side. For how many weeks does the one that is "
                "right first wait for the other, on average?"
            ),
            Scale("", 0, 60, 1, 0, "weeks"),
            lambda plays, _: round(meeting(plays.plan).wait),
        ),
        "many": Guessed(
            N_("Of 100 founders who do what you bet on, how many run out of money?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.play(choices).fates["ruin"]),
        ),
        "options": LEAD,
        "seed-users": Guessed(
            N_("Of 100 founders who ask friends instead, how many reach the goal?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.goal({**asking(plays, choices), **FRIENDS})),
        ),
    },
    answered={"wrong": "good-enough"},
    sweeps=(
        Swept(
            "cash",
            (500_000.0, 650_000.0, 800_000.0, 950_000.0, 1_100_000.0, 1_250_000.0, 1_400_000.0),
            N_("cash at the start"),
            "money",
        ),
        Swept(
            f"forks.{FORK}.options.sell-at-once.milestones.orders.pass_rate",
            (0.05, 0.12, 0.2, 0.25, 0.3, 0.4),
            N_("chance that a launch of the first version holds"),
            "percent",
        ),
    ),
    takeaways=("A2", "A3", "A4", "A5", "A6", "A7", "P9", "P12", "R7"),
    exercises=EXERCISES,
)
