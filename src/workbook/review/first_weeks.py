"""A rule about the first weeks: the cash lasts until something can be reached (P9).

One run is played in which every chance is the best and every range at one of its ends. Until the
first attempt ends no run differs from it by more than that: if the money runs out before, it does
in every run.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message, Money
from workbook.life import Life, live
from workbook.luck import is_range
from workbook.plan import Plan
from workbook.review.best_case import BestCase
from workbook.review.cash import attempts_paid
from workbook.review.rule import Example, Remark, Rule, remark


class _Best:
    """Chance at its best: what may happen happens; every range is at its low or its high end."""

    def __init__(self, quantile: float) -> None:
        self.at = quantile

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Whether it may happen at all."""
        return probability > 0

    def quantile(self, kind: str, name: str) -> float:
        """Return the same number for every range."""
        return self.at


ENDS = (_Best(0.0), _Best(1.0 - 1e-12))


def ruined_at_once(plan: Plan) -> Life | None:
    """Return a run that is ruined before anything is reached, if all are; else None."""
    if plan.cash is None or plan.log or plan.weekly_ranges or plan.forks:
        return None
    if plan.teams > 1 and any(is_range(m.cost) for m in plan.attempted):
        return None
    lives = [live(BestCase.today(plan).plan, chance) for chance in ENDS]
    return lives[0] if all(one.fate == "ruin" and not one.reached for one in lives) else None


def _never_paid(plan: Plan, id: str | None) -> bool:
    """Whether not even all money that may come pays for an attempt; another rule says so."""
    return id in plan.ids and attempts_paid(BestCase.today(plan), plan.milestone(str(id))) < 1


def check_first_weeks(plan: Plan) -> Iterator[Remark]:
    """Find a plan that is out of money before the first attempt at anything can have passed."""
    life = ruined_at_once(plan)
    if life is not None and not _never_paid(plan, life.died_in):
        yield remark(
            None,
            "In every life the money runs out by week {week}, before anything can be reached:"
            " {cash} in cash does not pay what starts and what is billed until then. Have more"
            " cash, begin with less, or let bills begin later; promised money can be spent only"
            " from the week after it comes.",
            week=life.week,
            cash=Money(plan.cash or 0.0, plan.currency),
        )


def _cafe(cash: float, **more: object) -> dict[str, object]:
    lease = {"id": "lease", "weeks": [2, 3, 5], "cost": [500, 600, 900], "pass_rate": 0.8}
    return {"goal": "lease", "cash": cash, "burn_per_week": 100, "milestones": [lease], **more}


LOAN = {"due": [{"week": 1, "amount": 40_000, "chance": 0.9}]}
DEPOSIT = {"bills": [{"id": "deposit", "amount": 6_000, "from_week": 1}]}

FIRST_WEEKS = Rule(
    id="first-weeks",
    claim="P9",
    title=Message("The cash lasts until something can be reached"),
    check=check_first_weeks,
    # the loan comes at the end of week 1, when the deposit has been paid
    examples=(
        Example(_cafe(5_000, **LOAN, **DEPOSIT), finds=[None]),
        Example(_cafe(400, **LOAN)),
        Example(_cafe(7_500, **LOAN, **DEPOSIT)),
        Example(_cafe(5_000, **LOAN)),
        Example(_cafe(800)),
        Example(_cafe(400)),
    ),
)
