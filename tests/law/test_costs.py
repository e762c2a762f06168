"""The cost list: what it adds up to is what the engines pay, week by week and to the cent."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from workbook.law import costs_of
from workbook.life import Luck, live
from workbook.plan import Plan
from workbook.reports.tables import costs_table
from workbook.simulate import play
from workbook.words import LANGUAGES, Words

WEEKS = 26
CASH = 1_000_000.0
amounts = st.sampled_from([0.0, 7.095, 120.0, 999.99])
weeks = st.integers(1, 30)
bills = st.fixed_dictionaries(
    {"amount": amounts, "from_week": weeks, "every_weeks": st.none() | st.integers(1, 13)},
)
roles = st.fixed_dictionaries(
    {
        "headcount": st.sampled_from([0.0, 0.5, 3.0]),
        "pay_per_month": st.sampled_from([2600.0, 1999.99]),
        "on_costs": st.sampled_from([0.0, 0.21]),
        "from_week": weeks,
        "until_week": st.none() | st.integers(30, 40),
    }
)


def plan(burn, some_bills, some_roles, until=None) -> Plan:
    """A milestone that takes all the weeks, and these costs."""
    named = [{"id": f"b{n}", **bill} for n, bill in enumerate(some_bills)]
    if until and named:
        named[0] |= {"every_weeks": 2, "until_week": named[0]["from_week"] + until}
    return Plan.model_validate(
        {
            **{"id": "p", "goal": "a", "horizon_weeks": WEEKS, "cash": CASH},
            **{"milestones": [{"id": "a", "weeks": WEEKS}], "burn_per_week": burn},
            **{"bills": named, "roles": [{"id": f"r{n}", **r} for n, r in enumerate(some_roles)]},
        }
    )


@given(amounts, st.lists(bills, max_size=3), st.lists(roles, max_size=2), st.integers(0, 9))
@examples(40)
def test_the_cost_list_is_what_the_engines_pay_in_every_week(burn, bills, roles, until):
    """Sum over the lines, week by week: the fall of the cash, reported and simulated."""
    paid = plan(burn, bills, roles, until)
    lines = [cost.weekly_cents for cost in costs_of(paid)]
    each = np.sum(lines, axis=0) if lines else np.zeros(WEEKS)
    cash = CASH - np.concatenate([[0], np.cumsum(each)]) / 100
    assert live(paid, Luck(1, 0)).cash_by_week == pytest.approx(cash, abs=1e-6)
    band = play(paid, runs=2).weekly.bands["cash"][2]
    assert band[:WEEKS] == pytest.approx(cash[:WEEKS], abs=1e-6)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_shows_each_line_and_their_sum(lang):
    """The table's last cells are the totals of the lines, and the last of all their sum."""
    rent = {"amount": 900.0, "from_week": 3, "every_weeks": 4}
    baker = {"headcount": 3.0, "pay_per_month": 2600.0, "on_costs": 0.25}
    shown, words = costs_table(plan(50.0, [rent], [baker]), Words(lang)), Words(lang)
    totals = [1300, 6 * 900, 3 * 600 * 1.25 * WEEKS]
    last = re.findall(r"<td[^>]*>([^<]*)</td></tr>", shown.replace("\n", ""))
    assert last == [words.money(total, "CNY") for total in (*totals, sum(totals))]
    assert costs_table(plan(50.0, [], []), words) == ""
