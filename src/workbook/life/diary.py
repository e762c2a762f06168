"""The record of a run: how it ended, and what happened week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workbook.errors import N_
from workbook.law import Economy
from workbook.outcomes import Fate

Happening = Literal[
    "started",
    "passed",
    "failed",
    "untrue",
    "used-up",
    "too-late",
    "redesign-started",
    "redesign-done",
    "cheque",
    "no-cheque",
    "fork",
    "loan",
    "repaid",
    "waiting",
    "wait-over",
    "cannot-pay",
    "goal",
    "ruin",
    "stuck",
    "open",
    "stopped",
]

SENTENCES: Mapping[Happening, str] = {
    "started": N_("{what}: an attempt starts, {amount}."),
    "passed": N_("{what}: reached."),
    "failed": N_("{what}: an attempt fails."),
    "untrue": N_("{what}: what it rests on turns out to be untrue."),
    "used-up": N_("{what}: no attempt is left."),
    "too-late": N_("{what}: its deadline has passed."),
    "redesign-started": N_("{what}: back to the drawing board, {amount}."),
    "redesign-done": N_("{what}: put right."),
    "cheque": N_("Money arrives: {amount}."),
    "no-cheque": N_("{what} works, but the money hoped for does not follow."),
    "fork": N_("The fork: {what}."),
    "loan": N_("A loan comes in: {amount}."),
    "repaid": N_("Paid on a loan: {amount}."),
    "waiting": N_("Everything stops; the wait begins."),
    "wait-over": N_("The wait is over, money comes: {amount}."),
    "cannot-pay": N_("The next attempt at “{what}” cannot be paid: it takes {amount}."),
    "goal": N_("The goal is reached."),
    "ruin": N_("Out of money, at “{what}”."),
    "stuck": N_("Stuck: money is left, but no way on."),
    "open": N_("Time is up; the goal is still ahead."),
    "stopped": N_("You stop here."),
}
"""What an event says: `{what}` is the name of what it is about, `{amount}` money."""
ENDINGS: frozenset[Happening] = frozenset({"goal", "ruin", "stuck", "open"})


@dataclass(frozen=True)
class Event:
    """An event: the week, what happened, to which milestone (or fork), and the cash after it."""

    week: int
    happening: Happening
    about: str
    cash: float
    amount: float = 0.0


@dataclass(frozen=True)
class Life:
    """A finished run: its fate, week, cash, and events.

    `share` is what is the founder's of the company at the end, `debt` what is then owed of loans.
    `cash_by_week` starts with week 0, and so do the `states` of the business; `died_in` is the
    milestone at which the run was ruined.
    """

    fate: Fate
    week: int
    cash: float
    spent: float
    died_in: str | None
    reached: Mapping[str, int]
    attempts: Mapping[str, int]
    cash_by_week: tuple[float, ...]
    states: tuple[Economy, ...]
    events: tuple[Event, ...]
    share: float = 1.0
    debt: float = 0.0
