"""The record of a run: how it ended, and what happened week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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
