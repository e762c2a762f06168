"""The rules of a week: the cost, length and chances of an attempt, and the money of a week.

`week` holds the order of a week and its money, `figures` the arithmetic of changes, `bills` the
weeks of separate bills, `customers` recurring customers and growth, `levels` milestones reached by
a level, `calendar` seasons and closed weeks, `chances` the chances of repeated attempts,
`program` the plan compiled once for every engine, `attempt` what one attempt takes and what to
expect until a milestone is reached. Everything that shows or advises uses these; nothing else
multiplies costs by teams or hours by weeks.
"""

from __future__ import annotations

from workbook.law.attempt import Attempt
from workbook.law.bills import from_today, with_amounts
from workbook.law.calendar import is_closed, last_week, season_of
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
from workbook.law.customers import (
    MONTHS_A_WEEK,
    MOVING,
    growth_a_week,
    has_terms,
    keeps_customers,
    kept_a_week,
    moves_by_itself,
)
from workbook.law.figures import (
    both,
    cents,
    cents_of,
    changed,
    moved,
    moved_cents,
    signed,
    weeks_of_hours,
    whole_weeks,
)
from workbook.law.levels import has_its_weeks, has_levels, level_holds, may_start
from workbook.law.program import Program, Redesign, Task, compiled
from workbook.law.ranges import drawn, followed, may_range, place_of
from workbook.law.week import Economy, goal_holds

__all__ = [
    "MONTHS_A_WEEK",
    "MOVING",
    "Attempt",
    "Economy",
    "Program",
    "Redesign",
    "Task",
    "all_fail",
    "attempts_on_average",
    "both",
    "cents",
    "cents_of",
    "changed",
    "compiled",
    "doubted",
    "drawn",
    "followed",
    "from_today",
    "goal_holds",
    "growth_a_week",
    "has_its_weeks",
    "has_levels",
    "has_terms",
    "is_closed",
    "keeps_customers",
    "kept_a_week",
    "last_week",
    "learned_belief",
    "level_holds",
    "may_range",
    "may_start",
    "moved",
    "moved_cents",
    "moves_by_itself",
    "pass_chance",
    "place_of",
    "race_rate",
    "raced_rates",
    "reach_chance",
    "season_of",
    "signed",
    "weeks_of_hours",
    "whole_weeks",
    "with_amounts",
]
