"""What counts in a log teach about figures with a range: closed forms, every engine, each fault."""

from __future__ import annotations

import json

import numpy as np
import pytest

from workbook.cases import read_text
from workbook.cli import main
from workbook.errors import InputError
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.present import present
from workbook.retrospect import learnt_messages
from workbook.simulate import play
from workbook.words import Words

WEEKS = 20
SHOP = {"reach_per_week": 100.0, "conversion": 0.5, "price": 50.0, "margin": 0.4}


def plan(ranges, *log, **keys) -> Plan:
    """One milestone that takes all the weeks, and a log of one week."""
    common = {"id": "p", "goal": "a", "horizon_weeks": 90, "cash": 9000.0, "sales": SHOP}
    common |= {"milestones": [{"id": "a", "weeks": WEEKS}], "ranges": ranges}
    return Plan.model_validate({**common, "log": [{"week": 1, **entry} for entry in log], **keys})


def counted(figure, counted, of=None):
    """An entry of the log."""
    return {"figure": figure, "counted": counted, **({} if of is None else {"of": of})}


def weekly_gain(today, runs=20_000):
    """What each life earns in a week, from today on."""
    lives = play(today, runs=runs).lives
    return (lives.cash - today.cash) / lives.end_week


@pytest.mark.parametrize(("prior", "a", "b"), [((0.0, 0.0, 1.0), 1, 2), ((0.0, 1.0, 1.0), 2, 1)])
@pytest.mark.parametrize("counts", [[(3, 7)], [(0, 5), (2, 20)], [(40, 400)]])
def test_a_share_is_learnt_by_the_conjugate_rule(prior, a, b, counts):
    """A triangle on 0..1 with its peak at an end is a Beta: so is what is known after counts."""
    sales = {**SHOP, "conversion": prior[1]}
    log = [counted("conversion", *count) for count in counts]
    written = plan({"sales.conversion": prior}, *log, sales=sales)
    today = present(written).plan
    found = weekly_gain(today) / (100 * 50 * 0.4)
    a, b = a + sum(k for k, _ in counts), b + sum(n - k for k, n in counts)
    assert found.mean() == pytest.approx(a / (a + b), abs=0.005)
    spread = np.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    assert found.std() == pytest.approx(spread, rel=0.03, abs=0.001)
    assert today.sales.conversion == pytest.approx(np.median(found), abs=0.01)


def test_people_counted_in_weeks_are_poisson():
    """Against importance weights of random draws: an independent way to the same mean."""
    prior = (40.0, 90.0, 160.0)
    today = present(
        plan(
            {"sales.reach_per_week": prior},
            counted("reach_per_week", 260, 2),
            counted("sales.reach_per_week", 110),
            sales={**SHOP, "reach_per_week": 90.0},
        )
    ).plan
    rng = np.random.default_rng(7)
    draws = rng.triangular(*prior, 400_000)
    log = 260 * np.log(draws) - 2 * draws + 110 * np.log(draws) - draws
    weights = np.exp(log - log.max())
    mean = (weights * draws).sum() / weights.sum()
    assert weekly_gain(today).mean() / (0.5 * 50 * 0.4) == pytest.approx(mean, rel=0.01)


def test_money_that_was_counted_is_known():
    """The last count stands, and nothing is drawn any more."""
    ranges = {"burn_per_week": (100.0, 200.0, 400.0), "bills.rent.amount": (5.0, 8.0, 9.0)}
    bills = [{"id": "rent", "amount": 8.0, "every_weeks": 1}]
    log = [counted("burn_per_week", 300), counted("burn_per_week", 260), counted("bills.rent", 7)]
    written = plan(ranges, *log, burn_per_week=200.0, bills=bills)
    today = present(written).plan
    assert (today.ranges, today.burn_per_week, today.bills[0].amount) == ({}, 260.0, 7.0)
    said = [str(message) for message in learnt_messages(written)]
    assert said[0] == "Learnt: burn a week is 260 CNY, as counted."


def test_a_life_and_many_lives_draw_the_same_of_what_was_learnt():
    """Life i of a simulation from today is the life of that seed and number."""
    ranges = {"sales.conversion": (0.0, 0.5, 1.0), "sales.price": (20.0, 50.0, 90.0)}
    today = present(plan(ranges, counted("conversion", 30, 100), burn_per_week=700.0)).plan
    lives = play(today, runs=40, seed=3).lives
    for number in range(40):
        life = live(today, Luck(3, number))
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)


CHAIN = [
    {"id": "x", "weeks": 1, "pass_rate": 1.0, "gives": {"conversion": 0.3}},
    {"id": "a", "weeks": WEEKS, "needs": ["x"]},
]


def test_counts_teach_about_the_range_that_the_figure_has_in_that_week():
    """Before a milestone gives a new conversion, and after it, other ranges are learnt about."""
    ranges = {
        "sales.conversion": (0.0, 0.0, 1.0),
        "milestones.x.gives.conversion": (0.0, 0.0, 1.0),
    }
    passed = {"week": 2, "milestone": "x", "result": "passed"}
    early, late = ({"week": w, **counted("conversion", 3, 7)} for w in (1, 3))
    for entry, learnt in ((early, None), (late, (0.393, 0.169, 0.655))):
        written = plan(ranges, milestones=CHAIN, log=[entry, passed, {"week": 4, "note": "so"}])
        now = present(written)
        assert list(now.plan.ranges) == ["sales.conversion"]
        if learnt is None:
            assert (now.learnt, now.plan.ranges["sales.conversion"]) == ((), (0.0, 0.0, 1.0))
        else:
            middle, low, high = learnt
            assert now.plan.ranges["sales.conversion"] == pytest.approx(
                (low, middle, high), abs=2e-3
            )


TEXT = """plan: 1
id: p
goal: a
cash: 9000
sales: {reach_per_week: 100, conversion: [0.0, 0.1, 0.3], price: 50}
milestones: [{id: a, weeks: 20}]
"""


def test_log_and_check_say_what_was_learnt(tmp_path, capsys):
    """`log --figure` writes the count down and says what is known now; `check` says it, too."""
    path = tmp_path / "p.yaml"
    path.write_text(TEXT, "utf-8")
    asked = ["log", str(path), "--figure", "conversion", "--counted", "6", "--of", "120"]
    assert main([*asked, "--week", "3", "--runs", "200"]) == 0
    said = capsys.readouterr().out
    assert "Learnt: conversion is 6.24%, in 9 of 10 lives between 3.3% and 10.2%" in said
    assert main(["check", str(path), "--lang", "zh"]) == 0
    assert "学到" in capsys.readouterr().out
    assert main(["log", str(path), "--figure", "conversion", "--counted", "9", "--json"]) == 2
    assert "a share is counted out of how many" in capsys.readouterr().err
    log = read_text(path.read_text("utf-8")).plan.log
    assert json.loads(log[0].model_dump_json())["counted"] == 6


BROKEN = {
    "{week: 1, figure: conversion}": "belong together",
    "{week: 1, counted: 3}": "belong together",
    "{week: 1, figure: price, counted: 3}": "has no range, so there is nothing to learn",
    "{week: 1, figure: conversion, counted: 3}": "a share is counted out of how many",
    "{week: 1, figure: conversion, counted: 9, of: 4}": "9 of 4 is more than all of them",
}


@pytest.mark.parametrize("entry", BROKEN)
def test_a_count_that_says_nothing_is_a_fault(entry):
    """Each nonsense is a fault in words."""
    with pytest.raises(InputError) as caught:
        read_text(TEXT + f"log: [{entry}]\n", "p.yaml")
    assert BROKEN[entry] in str(caught.value.faults[0].message)


def test_the_chinese_sentence_is_chinese():
    """What was learnt reads in both languages."""
    written = plan({"sales.conversion": (0.0, 0.1, 1.0)}, counted("conversion", 3, 7))
    (message,) = learnt_messages(written)
    assert "转化率" in Words("zh").message(message)


def test_a_range_goes_with_the_bill_that_was_paid():
    """A bill paid once, and a role that has ended, are in the past with their ranges."""
    ranges = {"bills.car.amount": (100.0, 200.0, 400.0), "roles.help.pay_per_week": (5.0, 6.0, 9.0)}
    written = plan(
        {**ranges, "sales.price": (20.0, 50.0, 90.0)},
        {"week": 3, "cash": 900},
        bills=[{"id": "car", "amount": 200.0}, {"id": "oven", "amount": 5.0}],
        roles=[{"id": "help", "headcount": 1, "pay_per_week": 6.0, "until_week": 2}],
        weekly_ranges={"bills.oven.amount": (1.0, 5.0, 9.0)},
    )
    today = present(written).plan
    assert (set(today.ranges), today.weekly_ranges, today.bills) == ({"sales.price"}, {}, ())
    assert play(today, runs=40, seed=1).lives is not None
