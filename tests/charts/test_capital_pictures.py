"""Pictures of the founder's share and of the debt: what a title says, and money as everywhere."""

from __future__ import annotations

import pytest

from workbook.charts import measure
from workbook.charts.fates import capital_sentence
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

EN, ZH = Words("en"), Words("zh")
ROUND = {"amount": 50_000.0, "share_given": 0.35}
LOAN = {"amount": 105_879.0, "repaid": {"instalments": 60}}


@pytest.fixture(scope="module")
def rarely():
    """One life in ten gives 35% away; nobody borrows."""
    return played({**ROUND, "chance": 0.1})


def played(funding):
    """A life of 20 weeks that may be funded after 4."""
    chain = [
        {"id": "ask", "weeks": 4, "pass_rate": 1.0, "gives": {"funding": funding}},
        {"id": "a", "weeks": 16, "pass_rate": 1.0, "needs": ["ask"]},
    ]
    plan = {"id": "p", "goal": "a", "cash": 1e6, "currency": "EUR", "milestones": chain}
    return play(Plan.model_validate({**plan, "horizon_weeks": 30}), runs=2000)


def test_a_title_tells_what_happens_in_few_lives(rarely):
    """100% at the start and 100% at the end says nothing; that some give 35% away does."""
    title = measure.title(measure.share(rarely, EN), EN)
    assert title.startswith("Your share of the company: 100% in most lives, but 65% or less in 1")
    assert "每 20 次里有 1 次是 65% 或更少" in measure.title(measure.share(rarely, ZH), ZH)
    assert "€0 in every week" in measure.title(measure.debt(rarely, EN), EN)
    always = measure.title(measure.share(played(ROUND), EN), EN)
    assert "100% at the start, 65% in week" in always


def test_shares_and_money_are_written_as_everywhere(rarely):
    """100% and €0 on the axes and in the tables, not "100 %" and "0 EUR"."""
    for one in (measure.share(rarely, EN), measure.debt(rarely, EN)):
        shown = " ".join(part for row in measure.table(one, EN) for part in row)
        assert " %" not in shown
        assert "EUR" not in shown
        assert ("100%" if one.unit == "%" else "€0") in shown
        figure = measure.describe(one, EN)
        assert ("100%" if one.unit == "%" else "€0") in repr(figure)


def test_an_average_debt_is_not_reported_to_the_euro():
    """Two figures of it are known at most."""
    said = capital_sentence(played(LOAN), EN)
    assert "about €99,000 is owed" in said


def test_a_week_with_its_date_reads_as_chinese():
    """第 81 周（2028年7月17日）, not the date between number and word."""
    week = ZH.when(81, "2027-01-04")
    assert ZH("week {week}", week=week) == "第 81 周（2028年7月17日）"
    assert EN("week {week}", week=EN.when(81, "2027-01-04")).startswith("week 81 (")
