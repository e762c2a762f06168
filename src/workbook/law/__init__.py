"""The rules of a week: the cost, length and chances of an attempt, and the money of a week.

`week` describes the order of a week and its money, `economy` the state of the business, `figures`
the arithmetic of changes and growth by the week, `ranges` what is not known, `calendar` bills,
seasons and closed weeks, `people` salaries, jobs and morale, `costs` the cost list, `chances` the
chances of repeated attempts, `conditions` start weeks and levels, `program` the plan compiled once
for every engine, `attempt` what one attempt takes and what to expect until a milestone is reached.
Everything that shows or advises uses these; nothing else multiplies costs by teams or hours by
weeks.
"""

from __future__ import annotations

from workbook.law.attempt import Attempt
from workbook.law.calendar import from_today, is_closed, last_week, season_of, with_amounts
from workbook.law.capital import (
    Instalment,
    capital_of,
    changes_capital,
    follows_capital,
    instalments_of,
    next_payments,
    payments_due,
)
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
from workbook.law.conditions import (
    bounds_of,
    has_its_weeks,
    has_levels,
    level_holds,
    may_start,
)
from workbook.law.costs import Cost, costs_of
from workbook.law.economy import Economy
from workbook.law.figures import (
    MONTHS_A_WEEK,
    MOVING,
    both,
    cents,
    cents_of,
    changed,
    growth_a_week,
    has_terms,
    keeps_customers,
    kept_a_week,
    moved,
    moved_cents,
    moves_by_itself,
    signed,
    weeks_of_hours,
    whole_weeks,
)
from workbook.law.people import (
    MOST_HOURS,
    hours_of,
    morale_after,
    payroll_cents,
    roles_from_today,
    salary,
    slowed,
    with_headcounts,
    with_jobs,
)
from workbook.law.program import Program, Redesign, Task, compiled
from workbook.law.ranges import (
    drawn,
    factors_of,
    figure_at,
    followed,
    may_differ_by_week,
    may_range,
    off_of,
    place_of,
)
from workbook.law.week import goal_holds

__all__ = [
    "MONTHS_A_WEEK",
    "MOST_HOURS",
    "MOVING",
    "Attempt",
    "Cost",
    "Economy",
    "Instalment",
    "Program",
    "Redesign",
    "Task",
    "all_fail",
    "attempts_on_average",
    "both",
    "bounds_of",
    "capital_of",
    "cents",
    "cents_of",
    "changed",
    "changes_capital",
    "compiled",
    "costs_of",
    "doubted",
    "drawn",
    "factors_of",
    "figure_at",
    "followed",
    "follows_capital",
    "from_today",
    "goal_holds",
    "growth_a_week",
    "has_its_weeks",
    "has_levels",
    "has_terms",
    "hours_of",
    "instalments_of",
    "is_closed",
    "keeps_customers",
    "kept_a_week",
    "last_week",
    "learned_belief",
    "level_holds",
    "may_differ_by_week",
    "may_range",
    "may_start",
    "morale_after",
    "moved",
    "moved_cents",
    "moves_by_itself",
    "next_payments",
    "off_of",
    "pass_chance",
    "payments_due",
    "payroll_cents",
    "place_of",
    "race_rate",
    "raced_rates",
    "reach_chance",
    "roles_from_today",
    "salary",
    "season_of",
    "signed",
    "slowed",
    "weeks_of_hours",
    "whole_weeks",
    "with_amounts",
    "with_headcounts",
    "with_jobs",
]
