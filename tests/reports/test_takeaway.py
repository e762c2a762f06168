"""What a report advises, and the sheet to carry away, held against plans whose answer is known."""

from __future__ import annotations

import re

import pytest

from examples import by_hand
from workbook import cases
from workbook.play import play
from workbook.reports import Report
from workbook.reports.next_steps import cash_sentence, rounding
from workbook.reports.prospects import LIVES, Prospects, cash_needed, pulled_forward
from workbook.reports.summary import cash_wanted
from workbook.reports.takeaway import MOST_ROWS, burnt_out, deadline
from workbook.solve import least_cash
from workbook.words import Words

WEAK = """\
plan: 1
id: weak
goal: shop
horizon_weeks: 60
cash: 30000
burn_per_week: 500
milestones:
  - {id: easy, weeks: 1, cost: 200, pass_rate: 0.95}
  - id: hard
    name: The hard one
    weeks: 4
    cost: 3000
    pass_rate: 0.2
    proof: {measure: buyers who pay, at_least: 5, of: 20, unit: people}
    if_missed: Look for another taste.
  - {id: shop, needs: [hard], weeks: 2, cost: 1000, pass_rate: 0.9}
"""


@pytest.fixture
def plan_of(tmp_path):
    """The case of a plan file with this text."""

    def read(text):
        path = tmp_path / "weak.yaml"
        path.write_text(text, encoding="utf-8")
        return cases.read(str(path))

    return read


@pytest.fixture
def sheet(tmp_path):
    """The take-away of a plan file, as text without tags."""

    def of(text, lang="en"):
        path = tmp_path / "weak.yaml"
        path.write_text(text, encoding="utf-8")
        html = Report.of(str(path), lang=lang, runs=500).takeaway().html
        return re.sub(r"<[^>]+>", " ", html)

    return of


def prospects(plan):
    return Prospects(play(plan), 1)


def test_the_riskiest_assumption_is_the_one_whose_certainty_gains_most(plan_of):
    """Not the first, not the dearest: the one that all of them would be looked at for."""
    risk = prospects(plan_of(WEAK).plan).risk
    assert risk.milestone.id == "hard"
    assert risk.gain.clear


def test_a_plan_in_which_nothing_can_fail_has_no_riskiest_assumption(plan_of, sheet):
    """Then the sheet does not invent one."""
    sure = re.sub(r"pass_rate: [\d.]+", "pass_rate: 1", WEAK)
    assert prospects(plan_of(sure).plan).risk is None
    assert "No single milestone clearly holds the goal back." in sheet(sure)


@pytest.mark.parametrize("id", by_hand(["weak", "ai-companion", "caffeine-lozenge"]))
def test_the_cash_on_the_page_is_near_what_the_search_finds(plan_of, id):
    """A few plays instead of forty: within a tenth of the solver's answer, money in or not."""
    plan = plan_of(WEAK).plan if id == "weak" else cases.load(id).plan
    need = prospects(plan).cash
    found = least_cash(plan, runs=LIVES).value
    assert need.amount == pytest.approx(found, rel=0.1)
    assert need.low < need.amount < need.high


def test_no_cash_would_do_where_the_horizon_is_in_the_way(plan_of):
    """A chance that money cannot buy is reported as such, with how far all the money goes."""
    need = prospects(plan_of(WEAK.replace("horizon_weeks: 60", "horizon_weeks: 9")).plan).cash
    assert need.amount is None
    assert 0 < need.best < 0.8


def test_a_plan_under_way_or_without_cash_is_not_asked_for_cash(plan_of):
    """What was spent already cannot be chosen again."""
    under_way = WEAK + "log: [{week: 2, cash: 20000}]\n"
    cashless = WEAK.replace("cash: 30000\n", "")
    for text in (under_way, cashless):
        assert cash_needed(plan_of(text).plan, play) is None


def test_the_summary_tells_money_no_finer_than_the_page(plan_of):
    """No cents of an amount that is known to the nearest thousand; nothing where none is enough."""
    need = prospects(plan_of(WEAK).plan).cash
    reported = cash_wanted(need)
    step = rounding(need)
    assert step > 1
    assert {amount % step for amount in reported.values()} == {0}
    assert abs(reported["cash_for_80"] - need.amount) <= step / 2
    assert set(cash_wanted(None).values()) == {None}


def test_the_amount_has_no_digit_that_its_error_does_not_carry(plan_of):
    """The step is a power of ten, well inside the spread and never finer than a tenth of it."""
    need = prospects(plan_of(WEAK).plan).cash
    assert (need.high - need.low) / 100 < rounding(need) < (need.high - need.low)


def test_the_latest_week_is_read_off_the_lives_that_get_there(plan_of):
    """Eight of ten winners are there by then; those who are later do worse than all together."""
    plan = plan_of(WEAK).plan
    lives = play(plan, how="simulated").lives
    found = deadline(lives, plan.ids.index("hard"))
    weeks = lives.reached_week[lives.fate == 0, plan.ids.index("hard")]
    assert (weeks <= found.week).mean() >= 0.8
    assert (weeks < found.week).mean() < 0.8
    assert found.later < (lives.fate == 0).mean()


def test_burn_alone_ends_in_the_first_week_that_cannot_be_paid(plan_of):
    """Exactly nothing left survives: 30,000 at 500 a week is gone in week 61, not 60."""
    assert burnt_out(play(plan_of(WEAK).plan)) == 61
    assert burnt_out(play(plan_of(WEAK.replace("30000", "30100")).plan)) == 61


def test_a_milestone_is_pulled_forward_only_as_far_as_its_needs_allow(plan_of):
    """The hard one can come first; the goal stays behind what it needs."""
    plan = plan_of(WEAK).plan
    assert pulled_forward(plan, plan.milestone("hard")).ids == ("hard", "easy", "shop")
    assert pulled_forward(plan, plan.milestone("shop")) is None


def test_the_sheet_has_everything_that_is_to_be_carried_away(sheet):
    """Risk, proof, threshold, price, what if missed, the money, the next seven days."""
    reported = sheet(WEAK)
    assert "Test first: “The hard one”. The plan counts on 20% of attempts passing." in reported
    for part in ("buyers who pay", "at least 5 of 20 people", "4 weeks · ¥3,000"):
        assert part in reported
    for part in ("Look for another taste.", "Burn alone uses it up in week 61."):
        assert part in reported
    assert "We change the plan if" in reported


def test_the_sheet_speaks_chinese(sheet):
    """No sentence of it is left in English."""
    reported = sheet(WEAK.replace("name: The hard one", "name: 难的"), "zh")
    assert "带走这一页" in reported
    assert not re.findall(
        r"[A-Za-z]{3,}(?: [a-z]+){3,}", reported.replace("Look for another taste", "")
    )


def test_a_plan_without_cash_is_never_said_to_run_out_of_money(sheet):
    """It has no ruin: neither on the sheet nor in any table of the page."""
    cashless = WEAK.replace("cash: 30000\n", "")
    assert "runs out" not in sheet(cashless)
    html = Report.of("side-business", runs=200).forks().html
    assert "money runs out" not in html
    assert "out of money" not in html


def test_a_long_chain_keeps_to_the_sheet_and_says_what_it_leaves_out(sheet):
    """The riskiest and the goal are always among the rows."""
    line = "".join(f"  - {{id: m{n}, needs: [shop], weeks: 1}}\n" for n in range(30))
    reported = sheet(WEAK.replace("goal: shop", "goal: m29") + line)
    assert f"{33 - MOST_ROWS} further are in the report" in reported
    assert "► The hard one" in reported
    assert "m29" in reported


def test_a_plan_that_needs_no_cash_says_so(tmp_path):
    """Not “about ¥0, between ¥0 and ¥0”: the sentence of `solve` is the page's, too."""
    plan = "plan: 1\nid: a\ngoal: a\ncash: 900\nburn_per_week: 5\nrevenue_per_week: 5\n"
    file = tmp_path / "a.yaml"
    file.write_text(plan + "milestones: [{id: a, pass_rate: 0.9}]\n", "utf-8")
    prospects = Report.of(str(file), runs=200, seed=1).prospects
    assert cash_sentence(prospects, Words("en")).startswith("No cash is needed at the start")
    assert cash_sentence(prospects, Words("zh")).startswith("起步不需要钱")
