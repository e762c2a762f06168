"""The tea stall: the five ideas on an invented business, one at a time.

Here are the syllabus and the sections that only this lesson has.

tea-stall.yaml   the plan; every figure of it is assumed
exercises.py     the exercises, as data
crossing_out.py  the box that is crossed out
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

from workbook import cases
from workbook.chain import required
from workbook.edit import edit, with_options
from workbook.law import Attempt, pass_chance
from workbook.lesson import markup
from workbook.lesson.comparisons import Choices, Plays, attempt_price, fork_of
from workbook.lesson.markup import chart_html
from workbook.lesson.panel import Panel
from workbook.lesson.reveal import left_out
from workbook.lesson.start.crossing_out import CrossingLesson
from workbook.lesson.start.exercises import EXERCISES, FORK, founders, played_on_trial
from workbook.lesson.syllabus import LEAD, Guessed, Scale, Swept, Syllabus
from workbook.luck import likely
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Plan
from workbook.play import goal_gap
from workbook.words import N_

FILE = Path(__file__).with_name("tea-stall.yaml")
LIVES_SHOWN = 300
STRAIGHT_ON = {"straight-on": "no-thermos"}


def tea_stall() -> cases.Case:
    """Load the tea stall as a case with its assumed figures."""
    return cases.read(FILE, shipped=True)


def in_one_piece(plays: Plays, choices: Choices) -> Plan:
    """Return the plan with tea, price and stall attempted together as one milestone.

    The tea has to be as good as the choices say. Costs and weeks add up, and chances multiply; the
    location stays untested.
    """
    plan = with_options(plays.plan, choices)
    parts = [plan.milestone(id) for id in ("cup", "price", "stall")]
    pass_rate = 1.0
    for part in parts:
        pass_rate *= pass_chance(part)
    whole = {
        "weeks": sum(likely(part.weeks) for part in parts),
        "cost": sum(likely(part.cost) for part in parts),
        "pass_rate": pass_rate,
    }
    return edit(plan, Edit(skip=("thermos", "cup", "price"), milestones={"stall": whole}))


def card(plan: Plan, attempt: Attempt, milestone: str) -> dict[str, object]:
    """Return the row of a table: what a try costs, how many it takes, how many can be paid."""
    cost = attempt.cents_with_burn / 100
    paid = int((plan.cash or 0) // cost)
    return {
        "milestone": milestone,
        "cost_of_a_try": cost,
        "tries_needed": attempt.tries,
        "tries_paid": paid,
    }


class StartLesson(CrossingLesson):
    """The tea stall, opened for a learner."""

    figures_first = True

    def conditions(self) -> dict[str, Callable[[], bool]]:
        """Whether crossing out the box, and hearing bad news early, moves the odds."""
        return {
            "helps": lambda: self._worth().decides,
            "early": lambda: goal_gap(*self._thermos()).decides,
        }

    def _thermos(self) -> tuple[Outcomes, Outcomes]:
        """The plays without the thermos and with it."""
        choices = {**self.choices, **STRAIGHT_ON}
        return self.plays.play(choices), self.plays.play(self.choices)

    def path(self) -> Panel:
        """What the goal cannot do without, and what the rest costs; opens after an answer."""
        return self._crossing_out(self._path)

    def _path(self) -> str:
        w, plan = self.w, self.at_top[0]
        needed, name = (
            required(plan),
            {m.id: w("“{choice}”", choice=w.name(m)) for m in plan.milestones},
        )
        on = [name[id] for id in plan.ids if id in needed]
        off = [name[id] for id in plan.ids if id not in needed]
        gap = self._worth()
        return (
            markup.say(
                w("The goal cannot do without {names}.", names=w.list(on)),
                w("Nothing waits for {names}.", names=w.list(off)),
            )
            + markup.say(
                w(
                    "Without it the chance of the goal moves by {gap}, on the same luck.",
                    gap=w.points(gap.value, gap.error),
                )
            )
            + self._is_out_said()
        )

    def cards(self) -> Panel:
        """The cost of one attempt at each milestone, and how many the savings pay for."""
        return self.open("cards", self._cards, whose=lambda: self.choices)

    def _cards(self) -> str:
        w, plan = self.w, with_options(self.plays.plan, self.choices)
        attempts = {m.id: Attempt.at_start(plan, m, "mean") for m in plan.milestones}
        money = {id: attempt.cents_with_burn / 100 for id, attempt in attempts.items()}
        rows = [
            (
                w.name(m),
                w.money(round(money[m.id]), plan.currency),
                w.number(round(attempts[m.id].tries, 1)),
                w.number(int((plan.cash or 0) // money[m.id])),
            )
            for m in plan.milestones
        ]
        markup.figures("cards", (card(plan, attempt, id) for id, attempt in attempts.items()))
        whole = sum(attempt.expected_cents for attempt in attempts.values()) / 100
        said = w(
            "Everything together takes {whole} on average; there are {cash}.",
            whole=w.money(round(whole, -2), plan.currency),
            cash=w.money(plan.cash or 0, plan.currency),
        )
        return markup.say(said) + markup.table(self._card_heads(), rows)

    def _card_heads(self) -> tuple[str, ...]:
        w = self.w
        return (
            w("milestone"),
            w("one try, its weeks included"),
            w("tries it takes on average"),
            w("tries your savings would pay"),
        )

    def small_win(self) -> Panel:
        """The chain with and without its first small win, with common random numbers."""
        return self.behind_bet("small-win", self._small_win, whose=lambda: self.choices)

    def _small_win(self) -> str:
        w, plays = self.w, self.plays
        choices = {**self.choices, **STRAIGHT_ON}
        without, kept = self._thermos()
        said = left_out(kept, without, w.name(plays.plan.milestone("thermos")), w)
        return markup.say(said, self._found_out(self.choices, choices)) + chart_html(
            "fates", without, self.case, w
        )

    def _found_out(self, kept: Choices, without: Choices) -> str:
        """Say when a wrong location is found out, and how much is spent by then."""
        w, currency = self.w, self.plays.plan.currency
        early, late = self._discovery(kept), self._discovery(without)
        if early is None or late is None:
            return ""
        return w(
            "Where the corner is wrong, the thermos tells you in week {early}, when {little} is "
            "gone. Without it the stall tells you, in week {late} as a rule, when {much} is gone.",
            early=str(early[0]),
            late=str(late[0]),
            little=w.money(early[1], currency),
            much=w.money(round(late[1], -2), currency),
        )

    def _discovery(self, choices: Choices) -> tuple[int, float] | None:
        """Return the median week and the median spending when the location is found out."""
        start = self.plays.plan.cash or 0.0
        weeks, gone = [], []
        for number in range(1, min(self.plays.runs, LIVES_SHOWN) + 1):
            events = self.plays.life(number, choices).events
            found = next((e for e in events if e.happening == "redesign-started"), None)
            if found is not None:
                weeks.append(found.week)
                gone.append(start - found.cash - found.amount)
        return (round(median(weeks)), median(gone)) if weeks else None

    def uncut(self) -> Panel:
        """The same work in small steps, and all at once."""
        return self.behind_bet("uncut", self._uncut, whose=lambda: self.choices)

    def _uncut(self) -> str:
        from workbook.charts.options import side_by_side

        w, plays = self.w, self.plays
        fine, whole = plays.play(self.choices), plays.play(plan=in_one_piece(plays, self.choices))
        stall = whole.plan.milestone("stall")
        ways = side_by_side({w("cut fine"): fine, w("in one piece"): whole})
        drawn = chart_html("options", ways, self.case, w)
        goals = {round(played.fates["goal"], 2) for played in (fine, whole)}
        if goals == {0}:
            said = w("With this money hardly anybody gets there, cut fine or not.")
            return markup.say(said) + drawn
        said = w(
            "In one piece, a try takes {weeks} and {cost}, its weeks included; its chance of "
            "success: {chance}. Cut fine, {fine} of lives reach the goal; in one piece {whole} "
            "do.",
            weeks=w.weeks(likely(stall.weeks)),
            cost=w.money(attempt_price(whole.plan, stall), plays.plan.currency),
            chance=w.chance(pass_chance(stall)),
            fine=w.percent(fine.fates["goal"], fine.fates_error["goal"]),
            whole=w.percent(whole.fates["goal"], whole.fates_error["goal"]),
        )
        return markup.say(said) + drawn

    def on_trial(self) -> Panel:
        """The same fork with a single attempt; opens after an answer."""
        return self.behind_answer("one-trial", self._on_trial)

    def _on_trial(self) -> str:
        from workbook.charts.options import side_by_side

        names = {level.id: self.w.name(level) for level in fork_of(self.plays.plan, FORK).options}
        played = played_on_trial(self.plays)
        ways = side_by_side({names[id]: outcomes for id, outcomes in played.items()})
        return chart_html("options", ways, self.case, self.w)


SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: "fair"},
    sweeps=(
        Swept(
            "cash",
            (20_000.0, 26_000.0, 32_000.0, 38_000.0, 46_000.0, 56_000.0, 70_000.0),
            N_("savings at the start"),
            "money",
        ),
    ),
    takeaways=("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12"),
    exercises=EXERCISES,
    guesses={
        "many": Guessed(
            N_("Of 100 stalls begun with these savings, how many win their hundred regulars?"),
            Scale("", 0, 100, 1, 50),
            founders,
        ),
        "options": LEAD,
        "small-win": Guessed(
            N_("Of 100 stalls begun without the thermos, how many win their hundred regulars?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.goal({**choices, **STRAIGHT_ON})),
        ),
        "uncut": Guessed(
            N_("Of 100 who try tea, price and stall in one piece, how many win their regulars?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.goal(plan=in_one_piece(plays, choices))),
        ),
    },
    answered={"path": "strike"},
    load=tea_stall,
)
