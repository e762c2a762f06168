"""What `solve` asks: the least cash, pass rate or week for a wanted chance of the goal."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.errors import InputError, fault
from workbook.plan import Plan
from workbook.solve import (
    BreakEven,
    Required,
    earliest_week,
    least_cash,
    least_pass_rate,
    test_or_skip,
)
from workbook.words import Words


def solved(
    plan: Plan, by: str, wanted: float, choices: Mapping[str, str], *, runs: int, seed: int
) -> Required | BreakEven:
    """The value of one figure; InputError where it is none that can be solved for."""
    figure, _, id = by.partition(":")
    lives = {"runs": runs, "seed": seed}
    if figure == "cash" and not id:
        return least_cash(plan, wanted, choices, **lives)
    if figure == "week" and not id:
        return earliest_week(plan, wanted, choices, **lives)
    if figure == "pass_rate" and id:
        return least_pass_rate(plan, id, wanted, choices, **lives)
    if figure == "belief" and id:
        return test_or_skip(plan, id, choices, **lives)
    template = "'{found}' is nothing to solve for; write cash, week, pass_rate:ID or belief:ID"
    raise InputError(plan.id, [fault("--by", template, found=by)])


def solve_text(found: Required | BreakEven, words: Words) -> str:
    """The answer in a sentence."""
    return words.message(found.message)
