"""The law of a week: what an attempt costs, lasts and may bring, and what a week does with money.

`week` tells the order of a week and its arithmetic, `chances` the chances of attempts in a row,
`attempt` what one attempt takes and what to expect until a milestone is reached. Whatever shows or
advises asks here; nothing else multiplies a cost by teams or hours by weeks.
"""

from __future__ import annotations

from workbook.law.attempt import Attempt
from workbook.law.chances import (
    all_fail,
    attempts_on_average,
    doubted,
    learned_belief,
    pass_chance,
    race_rate,
    raced_rates,
    reach_chance,
)
from workbook.law.week import (
    Economy,
    both,
    cents,
    changed,
    goal_holds,
    moved,
    moved_cents,
    signed,
    teams_at,
    weeks_of_hours,
    whole_weeks,
)

__all__ = [
    "Attempt",
    "Economy",
    "all_fail",
    "attempts_on_average",
    "both",
    "cents",
    "changed",
    "doubted",
    "goal_holds",
    "learned_belief",
    "moved",
    "moved_cents",
    "pass_chance",
    "race_rate",
    "raced_rates",
    "reach_chance",
    "signed",
    "teams_at",
    "weeks_of_hours",
    "whole_weeks",
]
