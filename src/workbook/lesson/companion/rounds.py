"""The arithmetic of the companion: rounds, and two parts that must both be right.

Two kernels are developed side by side, each in rounds of its own length, and work continues only
when both are right. Time starts when the seed users are there; money is left out. The results are
computed, not simulated: the two parts fail independently.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook.law import Attempt, all_fail, attempts_on_average, raced_rates
from workbook.plan import Milestone, Plan

FORK = "sell-or-polish"
ASKED = "whom-to-ask"
FRIENDS = {ASKED: "friends"}
SEED_USERS, DEVICE, VOICE, ORDERS = "seed-users", "device", "voice", "orders"


MOST_ROUNDS = 400
"""Number of rounds computed; a part that is not right by then counts as never right."""


def passed_by(rates: tuple[float, ...], rounds: int) -> float:
    """Return the chance that one of the first `rounds` rounds passes; the last rate repeats."""
    return 1.0 - all_fail(rates, rounds)


def rounds_needed(rates: tuple[float, ...]) -> float:
    """Return the mean number of rounds until one passes, among those that pass."""
    return attempts_on_average(rates, MOST_ROUNDS)


@dataclass(frozen=True)
class Half:
    """One part: the length of its rounds in whole weeks, and their pass rates."""

    milestone: Milestone
    weeks: int
    rates: tuple[float, ...]

    @property
    def weeks_needed(self) -> float:
        """Mean weeks until it is right."""
        return sum(1.0 - self.right_by(week) for week in range(MOST_ROUNDS * self.weeks))

    def right_by(self, week: int) -> float:
        """Return the chance that it is right by the end of a week."""
        return passed_by(self.rates, min(MOST_ROUNDS, week // self.weeks))


def half(plan: Plan, id: str) -> Half:
    """Return a kernel's part, from the plan."""
    milestone = plan.milestone(id)
    return Half(milestone, int(Attempt.at_start(plan, milestone).weeks), raced_rates(milestone))


@dataclass(frozen=True)
class Meeting:
    """Two parts that must both be right before work continues.

    `both` and `either` are by week from week 0; weeks are means, from the first round on.
    """

    first: Half
    second: Half

    @property
    def horizon(self) -> range:
        """Weeks until both have certainly ended."""
        return range(MOST_ROUNDS * max(self.first.weeks, self.second.weeks))

    def both_by(self, week: int) -> float:
        """Return the chance that both are right by the end of a week."""
        return self.first.right_by(week) * self.second.right_by(week)

    def either_by(self, week: int) -> float:
        """Return the chance that at least one is right by the end of a week."""
        return 1.0 - (1.0 - self.first.right_by(week)) * (1.0 - self.second.right_by(week))

    @property
    def weeks_needed(self) -> float:
        """Mean weeks until both are right."""
        return sum(1.0 - self.both_by(week) for week in self.horizon)

    @property
    def wait(self) -> float:
        """Mean weeks that the part that is right first waits for the other."""
        return sum(self.either_by(week) - self.both_by(week) for week in self.horizon)

    @property
    def second_is_last(self) -> float:
        """The chance that the second part is right last."""
        gained = (
            self.second.right_by(week) - self.second.right_by(week - 1) for week in self.horizon[1:]
        )
        return sum(
            gain * self.first.right_by(week - 1) for week, gain in enumerate(gained, start=1)
        )


def meeting(plan: Plan) -> Meeting:
    """Return the two parts of the companion."""
    return Meeting(half(plan, DEVICE), half(plan, VOICE))
