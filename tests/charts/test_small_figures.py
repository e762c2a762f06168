"""Figures that rounding would make nonsense of: a small conversion, a plan that counts no money."""

from __future__ import annotations

import pytest

from workbook.charts import conversion, options, runway
from workbook.charts.options import side_by_side
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

EN = Words("en")


def shop(before: float, after: float, **more) -> Plan:
    """One milestone that moves the conversion."""
    milestone = {"id": "shelf", "name": "A shelf", "pass_rate": 0.5, "gives": {"conversion": after}}
    sales = {"reach_per_week": 10, "conversion": before, "price": 5}
    return Plan.model_validate(
        {"id": "shop", "goal": "shelf", "horizon_weeks": 8, "sales": sales, **more}
        | {"milestones": [milestone]}
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(0.012, 0.014, "from 1.2% to 1.4%"), (0.07, 0.95, "from 7% to 95%"), (0, 0.005, "to 0.5%")],
)
def test_a_small_conversion_keeps_its_tenths(before, after, said):
    """1.2% and 1.4% are distinguished in title and table; whole percents stay whole."""
    plan = shop(before, after)
    assert said in conversion.title(plan, EN)
    assert said.rsplit(" ", 1)[1] in conversion.table(plan, EN)[-1]


def test_where_no_cash_is_counted_nobody_runs_out_of_it():
    """No column of ruin and no cross: a plan without cash has no such end."""
    plan = shop(0.1, 0.2, hours_per_week=10)
    ways = side_by_side({"one": play(plan), "other": play(plan)})
    assert "chance of ruin" not in options.table(ways, EN)[0]
    assert "out of money" not in runway.table(play(plan), EN)[0]
    money = side_by_side({"one": play(shop(0.1, 0.2, cash=100))})
    assert "chance of ruin" in options.table(money, EN)[0]
