"""The state of the business keeps to what its figures may be, and rounds as money is rounded."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from workbook.law import Economy, week
from workbook.life import Luck, live
from workbook.plan import Edit, Plan
from workbook.play import play

CORNER = {"id": "corner", "goal": "breakeven", "cash": 5e11}


def test_an_edit_never_takes_a_share_or_a_price_out_of_bounds():
    """A price stays at nothing or more, a conversion within 0 and 1, whatever is added."""
    plan = Plan.model_validate({**CORNER, "sales": {"price": 10.0, "conversion": 0.5}})
    change = Edit.model_validate({"sales": {"price": "-99", "conversion": "+5"}})
    later = Economy.of(plan).edited(change)
    assert (later.price, later.conversion) == (0.0, 1.0)


def test_sales_beyond_all_measure_count_as_the_most_that_money_can_be():
    """A trillion people at a trillion each bring in the most that a plan can hold."""
    sales = {"reach_per_week": 1e12, "conversion": 1.0, "price": 1e12}
    plan = Plan.model_validate({**CORNER, "sales": sales})
    assert Economy.of(plan).sales_cents == 1e14


def test_the_audit_never_asks_the_law_that_it_audits():
    """No file under tests/audit imports `workbook.law`: its reference stays independent."""
    files = sorted((Path(__file__).parents[1] / "audit").glob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith("workbook.law")], file.name


SALES = {"reach_per_week": 1, "conversion": 0.1, "price": 1, "margin": 1}
PATIENT = {
    "customers stay": {"sales": {**SALES, "fee_per_month": 1}},
    "reach grows": {"sales": {**SALES, "reach_growth_per_month": 0.1}},
    "customers pay later": {"sales": {**SALES, "paid_after_weeks": 2}},
    "in stock": {"sales": {**SALES, "stock_weeks": 1}},
    "months have factors": {"sales": SALES, "seasons": [1] * 12, "starts": "2026-01-05"},
    "differ from week to week": {"sales": SALES, "weekly_ranges": {"reach_per_week": [1, 1, 1]}},
    "has a level": {"sales": SALES, "levels": True},
    "takes hours": {"sales": SALES, "hours": 3},
    "": {"sales": SALES},
}


@pytest.mark.parametrize(("said", "parts"), PATIENT.items(), ids=PATIENT)
def test_a_start_that_cannot_be_paid_is_ruin_but_where_the_law_says_it_is_not_yet(said, parts):
    """The law names every such key, and a life and the simulation spend the week waiting."""
    parts = dict(parts)
    level = {"id": "b", "level": {"of": "cash", "at_least": 10_000}, "necessary": False}
    levels = [level] if parts.pop("levels", False) else []
    first = {"id": "a", "cost": 500} | ({"hours": parts.pop("hours")} if "hours" in parts else {})
    common = {"plan": 1, "id": "p", "goal": "a", "cash": 60, "burn_per_week": 10}
    milestones = [first, *levels]
    plan = Plan.model_validate({**common, **parts, "milestones": milestones, "horizon_weeks": 6})
    assert (live(plan, Luck(1, 0)).fate == "open") == bool(said)
    assert play(plan, runs=5).fates["open"] == float(bool(said))
    paragraph = week.__doc__.split("*When money may still come.*")[1].split("\n\n")[0]
    assert said in " ".join(paragraph.split())
