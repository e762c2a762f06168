"""The caffeine lozenge as a lesson: its syllabus, the sections and exercises that only it has.

The altered case of its last exercise is money promised by an investor.
"""

from __future__ import annotations

from collections.abc import Callable

from workbook.law import Economy, race_rate
from workbook.lesson import reveal
from workbook.lesson.comparisons import Choices, Plays, contenders, fork_of
from workbook.lesson.kinds import (
    Balance,
    Candidate,
    Choice,
    Estimate,
    Lever,
    TwoLevers,
    option,
)
from workbook.lesson.kinds.find_number import HALVE
from workbook.lesson.markup import chart_html
from workbook.lesson.panel import Panel
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import LEAD, Guessed, Make, Scale, Swept, Syllabus
from workbook.outcomes import Outcomes
from workbook.plan import Due, Plan
from workbook.play import goal_gap
from workbook.whatif import set_figure
from workbook.whatif.variants import certain
from workbook.words import N_, Words

FORK = "cash-gap"
CHEQUE = Due(week=60, amount=300_000.0, chance=0.9)
"""As large as the second funding round of the case; a written promise, broken one time in ten."""


def with_cheque(plan: Plan) -> Plan:
    """Return the plan with the payment due."""
    return plan.model_copy(update={"due": (*plan.due, CHEQUE)})


def played_with_cheque(plays: Plays) -> dict[str, Outcomes]:
    """Play each option of the fork with the payment due, with common random numbers."""
    plan = with_cheque(plays.plan)
    options = fork_of(plan, FORK).options
    return plays.options(FORK, [option.id for option in options], plan)


def cheque_said(plays: Plays, w: Words) -> dict[str, str]:
    """Say the terms of the payment."""
    return {
        "amount": w.money(CHEQUE.amount, plays.plan.currency),
        "week": w.week(CHEQUE.week),
        "chance": w.percent(CHEQUE.chance),
    }


KERNEL = "taste"
LAUNCH = "launch-early"
NEARLY_ALL = 0.95
"""From this share of lives on a fate counts as the only one."""


class LozengeLesson(Lesson):
    """The lozenge, opened for a learner."""

    def conditions(self) -> dict[str, Callable[[], bool]]:
        """What the texts of this case depend on.

        Whether lives end differently; whether what a launch teaches moves its odds; whether the way
        back is shown; whether the promised payment puts another option in front.
        """
        return {
            "mixed": lambda: max(self.plays.play(self.choices).fates.values()) < NEARLY_ALL,
            "teaches": self._teaches,
            "returns": lambda: reveal.returns(
                self.plays, KERNEL, {**self.choices, **self.syllabus.skips[KERNEL]}
            ),
            "flips": self._flips,
        }

    def _teaches(self) -> bool:
        path, values = self.syllabus.sweeps[1].path, self.syllabus.sweeps[1].values
        plans = [set_figure(self.plays.plan, path, value) for value in (values[0], values[-1])]
        return goal_gap(*(self.plays.play({FORK: LAUNCH}, plan=plan) for plan in plans)).decides

    def _flips(self) -> bool:
        options = [option.id for option in fork_of(self.plays.plan, FORK).options]
        before = {id: self.plays.play({FORK: id}) for id in options}
        return not set(contenders(before)) & set(contenders(played_with_cheque(self.plays)))

    def conversion(self) -> Panel:
        """The jump in conversion, and the milestone that causes it."""
        return self.behind_bet(
            "conversion",
            lambda: reveal.conversion(self.case, self.plays.play(self.choices), KERNEL, self.w),
            whose=lambda: self.choices,
        )

    def with_cheque(self) -> Panel:
        """The same fork for a founder to whom money is promised; opens after an answer."""
        return self.behind_answer("booked-cheque", self._with_cheque)

    def _with_cheque(self) -> str:
        from workbook.charts.options import side_by_side

        played = played_with_cheque(self.plays)
        fork = fork_of(self.plays.plan, self.syllabus.fork)
        names = {option.id: self.w.name(option) for option in fork.options}
        ways = side_by_side({names[id]: outcomes for id, outcomes in played.items()})
        return chart_html("options", ways, self.case, self.w)


TEAMS = 3

LEVERS = {
    "borrow": Lever(N_("Borrow when the money runs short"), choices={FORK: "borrow"}),
    "launch": Lever(N_("Launch small when the money runs short"), choices={FORK: "launch-early"}),
    "race": Lever(
        N_("From the first tasting on, let three teams race for a share of the margin"),
        {"milestones": {"taste": {"teams": 3, "cost": 0.0}}, "sales": {"margin": 0.35}},
    ),
    "thrift": Lever(N_("Spend 2,000 a week less"), {"burn_per_week": "-2000"}),
    "pace": Lever(
        N_("Taste every two weeks instead of every four"),
        {"milestones": {"taste": {"weeks": "-2"}}},
    ),
    "laboratory": Lever(
        N_("Buy a better laboratory: the effect passes 30 points more often"),
        {"milestones": {"fast-effect": {"pass_rate": "+0.3"}}},
    ),
    "no-prices": Lever(N_("Leave the price test out"), {"skip": ("prices",)}),
    "no-taste": Lever(N_("Leave the taste for later"), choices={"walk-around": "skip-taste"}),
}

TWO_CHANGES = TwoLevers("two-changes", LEVERS)

EQUAL_CASH = Balance(
    "equal-cash",
    path=f"forks.{FORK}.at.cash_below",
    scale=Scale(N_("Cash left at the fork"), 40_000, 400_000, 5_000, 300_000, "money"),
    one=option(FORK, "borrow"),
    other=option(FORK, "launch-early"),
    question=N_(
        "How much must be left when the fork opens for “{one}” and “{other}” to be equally "
        "good, within {near}?"
    ),
    hints=(
        N_("A launch takes weeks and money before it teaches anything; a loan works at once."),
        HALVE,
    ),
)


def granted(plays: Plays) -> dict[str, Outcomes]:
    """Play the plan with each wished milestone made certain, with common random numbers."""
    return {id: plays.play(plan=certain(plays.plan, id)) for id in WISHES}


def one_of_three(plays: Plays) -> float:
    """Return of 100 rounds those in which at least one of three racing teams finds the flavour."""
    return float(100 * race_rate(plays.plan.milestone("taste").rates[0], TEAMS))


WISHES = {
    "demand": Candidate(N_("Demand is found in a few cheap rounds anyway; a wish spares little.")),
    "fast-effect": Candidate(
        N_("It would help a little: rounds saved there are rounds left for what comes after.")
    ),
    "taste": Candidate(
        N_("Yes: most lives that fail are lost there, so most of them would be saved there.")
    ),
    "production": Candidate(
        N_("Production seldom fails, and most lives never get as far as to need it.")
    ),
    "channels": Candidate(
        N_("Few lives fail there: with a complete kernel, channels are easy to win.")
    ),
}

ONE_WISH = Choice(
    "one-wish",
    WISHES,
    played=granted,
    meant="taste",
    question=N_("One milestone may be made certain. With which do most founders reach the goal?"),
    hints=(
        N_("What counts is not which one fails most often per try, but where lives are lost."),
        N_("Look again at the many lives: at which milestone does the money die?"),
    ),
)

RACE_ODDS = Estimate(
    "race-odds",
    truth=one_of_three,
    scale=Scale(N_("Rounds of 100"), 0, 100, 1, 10),
    within=1,
    question=N_(
        "Three teams race; each has the odds of one round of tasting as planned. In how many of "
        "100 rounds does at least one of them find the flavour?"
    ),
    low=N_("Three chances in one round are worth more than that."),
    high=N_(
        "Three times the odds of one is a little too much: it counts twice the rounds in which "
        "two teams succeed."
    ),
    right=N_("A race makes no team better. It puts more tries into the same month."),
    hints=(
        N_("Ask the other way round: how often do all three fail?"),
        N_("The odds of one round are in the list under the chain."),
    ),
)

BOOKED_CHEQUE = Choice(
    "booked-cheque",
    {
        "borrow": Candidate(
            N_("A loan bridges the gap too, but it falls due, and waiting costs less than it."),
            N_("Borrow and keep testing"),
        ),
        "launch-early": Candidate(
            N_("A launch spends in weeks what would have lasted until the cheque. What for?"),
            N_("Launch small and learn"),
        ),
        "wait": Candidate(
            N_("Yes. Where money is promised, cheap weeks are worth more than quick ones."),
            N_("Stop and wait for money"),
        ),
    },
    played=played_with_cheque,
    meant="wait",
    values=cheque_said,
    question=N_(
        "Another founder, the same lozenge, the same fork; but an investor has signed for "
        "{amount}, payable in {week}, and such a signature holds {chance} of the time (◇). "
        "Which way now?"
    ),
    hints=(
        N_("What must be true for the founder to be there when the cheque arrives?"),
        N_("Compare what one week costs on each of the three ways."),
    ),
)

EXERCISES: dict[str, Make] = {
    "two-changes": TWO_CHANGES,
    "equal-cash": EQUAL_CASH,
    "one-wish": ONE_WISH,
    "race-odds": RACE_ODDS,
    "booked-cheque": BOOKED_CHEQUE,
}


def founders(plays: Plays, choices: Choices) -> float:
    """Return of 100 runs with the option bet on those that reach the goal."""
    return float(round(100 * plays.goal(choices)))


def signing(plan: Plan) -> float:
    """Return of 100 channels asked after the kernel those that sign."""
    return round(100 * Economy.of(plan).after(plan.milestone(KERNEL).gives).conversion)


AROUND = {"walk-around": "skip-taste"}

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: "launch-early", "horses": "race"},
    skips={"taste": AROUND},
    sweeps=(
        Swept(
            f"forks.{FORK}.at.cash_below",
            (60_000.0, 100_000.0, 150_000.0, 200_000.0, 250_000.0, 300_000.0),
            N_("cash left at the fork"),
            "money",
        ),
        Swept(
            f"forks.{FORK}.options.launch-early.milestones.taste.pass_rate",
            (0.08, 0.11, 0.15, 0.20, 0.25),
            N_("chance that a round passes after the launch"),
            "percent",
        ),
    ),
    takeaways=("P10", "P12", "R7", "L3", "L6", "L9", "L10", "L11", "L15", "L18", "L19"),
    exercises=EXERCISES,
    guesses={
        "many": Guessed(
            N_("Of 100 founders who do what you bet on, how many reach the goal?"),
            Scale("", 0, 100, 1, 50),
            founders,
        ),
        "skip-taste": Guessed(
            N_("Of 100 founders who leave the taste for later, how many reach the goal?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, choices: round(100 * plays.goal({**choices, **AROUND})),
        ),
        "options": LEAD,
        "conversion": Guessed(
            N_("Of 100 channels asked once the taste is right, how many sign?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, _: signing(plays.plan),
        ),
    },
    answered={"wrong": "equal-cash"},
)
