"""The companion's turning points by id: its forks, the milestones of its kernel."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.law import Attempt, all_fail, attempts_on_average, raced_rates
from workbook.plan import Milestone, Plan

FORK = "sell-or-polish"
ASKED = "whom-to-ask"
FRIENDS = {ASKED: "friends"}
SEED_USERS, DEVICE, VOICE, ORDERS = "seed-users", "device", "voice", "orders"


MOST_ROUNDS = 400
"""Rounds looked at; whoever is not right by then never is."""


def passed_by(rates: tuple[float, ...], rounds: int) -> float:
    """The chance that one of the first `rounds` rounds passes; the last rate repeats."""
    return 1.0 - all_fail(rates, rounds)


def rounds_needed(rates: tuple[float, ...]) -> float:
    """Rounds until one passes, on average, those who are never right cut off."""
    return attempts_on_average(rates, MOST_ROUNDS)


@dataclass(frozen=True)
class Half:
    """One of the two: how long its rounds are, in whole weeks, and how often each passes."""

    milestone: Milestone
    weeks: int
    rates: tuple[float, ...]

    @property
    def weeks_needed(self) -> float:
        """Weeks until it is right, on average."""
        return self.weeks * rounds_needed(self.rates)

    def right_by(self, week: int) -> float:
        """The chance that it is right by the end of a week."""
        return passed_by(self.rates, min(MOST_ROUNDS, week // self.weeks))


def half(plan: Plan, id: str) -> Half:
    """A kernel's half, as the plan has it."""
    milestone = plan.milestone(id)
    return Half(milestone, int(Attempt.at_start(plan, milestone).weeks), raced_rates(milestone))


@dataclass(frozen=True)
class Meeting:
    """Two halves that must both be right before anything goes on.

    `both` and `either` are by week from week 0; the weeks are averages, from the first round on.
    """

    first: Half
    second: Half

    @property
    def horizon(self) -> range:
        """Weeks far enough for both to have come to an end."""
        return range(MOST_ROUNDS * max(self.first.weeks, self.second.weeks))

    def both_by(self, week: int) -> float:
        """The chance that both are right by the end of a week."""
        return self.first.right_by(week) * self.second.right_by(week)

    def either_by(self, week: int) -> float:
        """The chance that one of them, or both, is right by the end of a week."""
        return 1.0 - (1.0 - self.first.right_by(week)) * (1.0 - self.second.right_by(week))

    @property
    def weeks_needed(self) -> float:
        """Weeks until both are right, on average."""
        return sum(1.0 - self.both_by(week) for week in self.horizon)

    @property
    def wait(self) -> float:
        """Weeks for which the half that is right first waits for the other, on average."""
        return sum(self.either_by(week) - self.both_by(week) for week in self.horizon)

    @property
    def second_is_last(self) -> float:
        """The chance that it is the second that is waited for."""
        gained = (
            self.second.right_by(week) - self.second.right_by(week - 1) for week in self.horizon[1:]
        )
        return sum(
            gain * self.first.right_by(week - 1) for week, gain in enumerate(gained, start=1)
        )
