"""The lozenge's exercises, as data for the kinds they are of."""

from __future__ import annotations

from workbook.lesson.kinds import Lever, Scale, balance, option, two_levers
from workbook.lesson.kinds.balance import HALVE
from workbook.words import N_

FORK = "cash-gap"

LEVERS = {
    "borrow": Lever(N_("Borrow when the money runs short"), choices={FORK: "borrow"}),
    "launch": Lever(N_("Launch small when the money runs short"), choices={FORK: "launch-early"}),
    "race": Lever(
        N_("From the first tasting on, let three teams race for a share of the margin"),
        {"milestones": {"taste": {"teams": 3, "cost": 0.0}}, "sales": {"margin": 0.35}},
    ),
    "thrift": Lever(N_("Spend 2,000 a week less"), {"burn_per_week": "-2000"}),
    "pace": Lever(
        N_("Taste every two weeks instead of every four"),
        {"milestones": {"taste": {"weeks": "-2"}}},
    ),
    "laboratory": Lever(
        N_("Buy a better laboratory, so that the effect passes 3 times in 10 more"),
        {"milestones": {"fast-effect": {"pass_rate": "+0.3"}}},
    ),
    "no-prices": Lever(N_("Leave the price test out"), {"skip": ("prices",)}),
    "no-taste": Lever(N_("Leave the taste for later"), choices={"walk-around": "skip-taste"}),
}

TWO_CHANGES = two_levers("two-changes", LEVERS, start=("borrow", "thrift"))

EQUAL_CASH = balance(
    "equal-cash",
    path=f"forks.{FORK}.at.cash_below",
    scale=Scale(N_("Cash left at the fork"), 40_000, 400_000, 5_000, 300_000, "money"),
    one=option(FORK, "borrow"),
    other=option(FORK, "launch-early"),
    question=N_(
        "How much must be left when the fork opens for “{one}” and “{other}” to be equally "
        "good, within {near}?"
    ),
    hints=(
        N_("A launch takes weeks and money before it teaches anything; a loan works at once."),
        HALVE,
    ),
)

EXERCISES = {"two-changes": TWO_CHANGES, "equal-cash": EQUAL_CASH}
