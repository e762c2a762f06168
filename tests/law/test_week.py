"""The state of the business keeps to what its figures may be, and rounds as money is rounded."""

from __future__ import annotations

import ast
from pathlib import Path

from workbook.law import Economy
from workbook.plan import Edit, Plan

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
