"""Figures in a plan file: exact ones are read, others reported with the figure to write instead."""

import pytest

from workbook.cases.reading import read_text
from workbook.errors import InputError

PLAN = """plan: 1
id: bakery
goal: open
cash: {cash}
burn_per_week: {burn_per_week}
milestones:
  - id: open
    weeks: {weeks}
    cost: {cost}
    pass_rate: {pass_rate}
"""
SOUND = {"cash": "1000", "burn_per_week": "10", "weeks": "2", "cost": "5", "pass_rate": "0.5"}
FORK = "forks:\n  - {{id: f, at: {{week: {week}}}, options: [{{id: a, cash: '{cash}'}}]}}\n"

READ = [
    ("cash", "012", 12),
    ("cash", "1e5", 100_000),
    ("cash", "7.095", 7.095),
    ("cash", "180.00", 180),
    ("pass_rate", "0.500", 0.5),
    ("pass_rate", "1.000", 1),
    ("weeks", "[1, 2, 4]", (1, 2, 4)),
]
ASKED = [
    ("cash", "180.000", "180 or 180000"),
    ("cash", "'180.000'", "180 or 180000"),
    ("cash", "1,234", "1234 or 1.2340"),
    ("burn_per_week", "50.000", "50 or 50000"),
    ("weeks", "1.500", "1.5 or 1500"),
    ("cost", "[1.200, 1.500, 2.100]", "1.2 or 1200"),
]
FAULTS = [
    ("cash", "1,000", "did you mean 1000?"),
    ("cash", "1.200,50", "did you mean 1200.5?"),
    ("cash", "1 200", "did you mean 1200?"),
    ("cash", "1_000", "did you mean 1000?"),
    ("cash", "1.5万", "did you mean 15000?"),
    ("cash", "三万", "did you mean 30000?"),
    ("cash", "150k", "did you mean 150000?"),
    ("cash", "$1,200", "did you mean 1200? All amounts are in the plan's `currency`"),
    ("cash", "10%", "is a share; of what?"),
    ("cash", "1:30", "is not a number"),
    ("cash", ".nan", "finite"),
    ("cash", ".inf", "finite"),
    ("cash", "2027-01-04", "is a date"),
    ("burn_per_week", "3000/month", "did you mean 692.31? (3000 a month = 692.31 a week)"),
    ("weeks", "3 months", "did you mean 13? (3 months = 13 weeks)"),
    ("weeks", "2-4 weeks", "did you mean [2, 3, 4]?"),
    ("weeks", "10 hours", "hours of work"),
    ("cost", "[1,000, 2,000, 3,000]", "is no range"),
    ("pass_rate", "60", "60% is 0.6"),
    ("pass_rate", "60%", "write the share instead: 0.6"),
    ("pass_rate", "3/5", "did you mean 0.6?"),
    ("pass_rate", "0,5", "did you mean 0.5?"),
    ("pass_rate", "20% 35%", "did you mean [0.2, 0.35]?"),
    ("pass_rate", "20-40%", "is a span"),
]


def plan_with(key, text, more=""):
    return read_text(PLAN.format(**{**SOUND, key: text}) + more)


def faults_with(key, text, more=""):
    with pytest.raises(InputError) as caught:
        plan_with(key, text, more)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(("key", "text", "value"), READ)
def test_an_exact_figure_is_read(key, text, value):
    """A number as YAML writes it is that number."""
    plan = plan_with(key, text).plan
    found = getattr(plan, key) if key in ("cash", "burn_per_week") else None
    assert (getattr(plan.milestones[0], key) if found is None else found) == value


@pytest.mark.parametrize(("key", "text", "choice"), ASKED)
def test_thousands_or_decimals_are_asked(key, text, choice):
    """What a reader of another country writes as thousands is asked with both readings."""
    reported = faults_with(key, text)
    assert choice in reported[0]
    assert reported[0].startswith("line ")


@pytest.mark.parametrize(("key", "text", "sentence"), FAULTS)
def test_text_for_a_figure_is_reported_with_what_was_meant(key, text, sentence):
    """A figure as people write it is refused with the number to write instead."""
    reported = faults_with(key, text)
    assert len(reported) == 1
    assert sentence in reported[0]


def test_a_fact_that_can_be_read_twice_is_asked():
    """A fact's value goes into the plan, so it is asked like a figure there."""
    facts = "facts:\n  savings: {value: 180.000, basis: assumed, why: guessed}\n"
    assert "180 or 180000" in faults_with("cash", "savings", facts)[0]


def test_week_nought_of_a_fork_is_read_as_week_one():
    """A fork in week 0 opens in week 1, and the file's line says so."""
    case = plan_with("cash", "1000", FORK.format(week=0, cash="+5"))
    assert case.plan.forks[0].at.week == 1
    assert [str(note) for note in case.notes] == [
        "line 12  forks.f.at.week: week 0 is read as week 1: weeks begin with 1"
    ]
    assert plan_with("cash", "1000", FORK.format(week=1, cash="+5")).notes == ()
    assert "too little" in faults_with("cash", "1000", FORK.format(week=-1, cash="+5"))[0]


def test_a_sum_that_is_added_keeps_its_sign():
    """`+1,000` in an option is reported as +1000."""
    reported = faults_with("cash", "1000", FORK.format(week=1, cash="+1,000"))
    assert "did you mean +1000?" in reported[0]


def test_thousands_in_braces_are_reported():
    """`{amount: 1,000}` ends at the comma; the rest is reported as what it was."""
    more = "    gives: {funding: {amount: 1,000}}\n"
    assert "'000' stands behind a comma" in faults_with("cash", "1000", more)[0]
