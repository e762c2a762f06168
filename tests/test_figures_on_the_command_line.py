"""Figures that are typed as arguments: read by the one reader, or asked."""

import json

import pytest

from workbook import cases
from workbook.cli import main
from workbook.errors import InputError
from workbook.plan import Plan
from workbook.whatif import read

PLAN = """\
plan: 1
id: bakery
goal: shop
currency: CNY
horizon_weeks: 40
cash: 20000
burn_per_week: 500
milestones:
  - {id: demand, weeks: 4, cost: 500, pass_rate: 0.6, attempts: 5}
  - {id: shop, needs: [demand], weeks: 3, cost: 3000, pass_rate: 0.5}
"""


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "bakery.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def plan() -> Plan:
    return cases.read_text(PLAN).plan


@pytest.mark.parametrize(
    ("typed", "cash"),
    [
        ("1.200,50", 1200.5),
        ("1'200", 1200),
        ("1.5万", 15_000),
        ("¥12,000", 12_000),
        ("150k", 150e3),
    ],
)
def test_cash_is_logged_as_it_is_meant(path, capsys, typed, cash):
    """`log --cash` takes an amount in any style."""
    assert main(["log", str(path), "--cash", typed, "--week", "1", "--runs", "50"]) == 0
    assert cases.read(path).plan.log[-1].cash == cash


@pytest.mark.parametrize("typed", ["$1,200", "50.000", "10%", "1,234"])
def test_cash_that_can_be_meant_twice_leaves_the_plan_alone(path, capsys, typed):
    """Another currency, thousands or decimals, a share: asked, and nothing is written."""
    assert main(["log", str(path), "--cash", typed, "--week", "1"]) == 2
    assert path.read_text("utf-8") == PLAN
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["40%", "0.4", "４０％", "2/5", "四成"])
def test_a_wanted_chance_is_a_share_in_any_style(path, capsys, typed):
    """`solve --for` takes a percentage, a fraction or a number from 0 to 1."""
    arguments = ["solve", str(path), "--for", typed, "--runs", "50", "--json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["wanted"] == 0.4


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("cash:+5,000.00", ("cash", 25_000)),
        ("cash:+5万", ("cash", 70_000)),
        ("cash:-￥5000", ("cash", 15_000)),
        ("burn:+52/month", ("burn_per_week", 512)),
        ("burn:-100", ("burn_per_week", 400)),
    ],
)
def test_a_what_if_takes_an_amount_in_any_style(plan, words, change):
    """`--what-if cash:+N` and `burn:-N` read amounts as every other reader does."""
    key, value = change
    assert getattr(read(plan, words), key) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("better:demand=10%", 0.7), ("better:demand=10 points", 0.7), ("better:demand=-0.1", 0.5)],
)
def test_a_better_pass_rate_is_said_in_points(plan, words, value):
    """Points, per cent and a share are the same step."""
    assert read(plan, words).milestone("demand").rates == (pytest.approx(value),)


def test_a_shorter_attempt_may_be_said_in_days(plan):
    """`faster:ID=7 days` is one week less."""
    assert read(plan, "faster:demand=7 days").milestone("demand").weeks == 3


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        ("cash:+1,234", "1234 or 1.2340"),
        ("cash:+10%", "is a share; of what?"),
        ("cash:+$500", "is in USD"),
        ("better:demand=10", "did you mean 10%?"),
        ("race:demand=2.5", "not a whole number"),
        ("cash:lots", "has no number where one is needed"),
    ],
)
def test_a_doubtful_what_if_is_asked(plan, words, reported):
    """What can be meant twice is asked, what is no figure refused."""
    with pytest.raises(InputError) as caught:
        read(plan, words)
    assert reported in str(caught.value)


def test_a_number_of_lives_may_have_its_thousands_grouped(path, capsys):
    """`--runs 1,000` is a thousand: nobody counts lives in decimals."""
    assert main(["play", str(path), "--runs", "1,000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 1000
