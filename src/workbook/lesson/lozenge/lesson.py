"""The sections that only the lozenge has, and the altered case: an investor's promised payment."""

from __future__ import annotations

from workbook.lesson import reveal
from workbook.lesson.markup import chart_html
from workbook.lesson.panel import Panel
from workbook.lesson.plays import Plays, fork_of
from workbook.lesson.sections import Lesson
from workbook.outcomes import Outcomes
from workbook.plan import Due, Plan
from workbook.words import Words

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
    return {option.id: plays.play({FORK: option.id}, plan=plan) for option in options}


def cheque_said(plays: Plays, w: Words) -> dict[str, str]:
    """Say the terms of the payment."""
    return {
        "amount": w.money(CHEQUE.amount, plays.plan.currency),
        "week": w.week(CHEQUE.week),
        "chance": w.percent(CHEQUE.chance),
    }


KERNEL = "taste"


class LozengeLesson(Lesson):
    """The lozenge, opened for a learner."""

    def conversion(self) -> Panel:
        """The jump in conversion, and the milestone that causes it."""
        return self.behind_bet(
            "conversion",
            lambda: reveal.conversion(
                self.case, self.plays.play(self.syllabus.taken), KERNEL, self.w
            ),
            whose=lambda: self.syllabus.taken,
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
