"""Whatever shows or advises takes an attempt's price, length and chance from the law.

The plans here count in hours, race, or have a length of half a week: where a room kept its own
arithmetic it went wrong in one of these.
"""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

import workbook
from workbook.builder.hindsight import logged, look_back
from workbook.law import Attempt
from workbook.lesson.companion.rounds import half
from workbook.lesson.comparisons import attempt_price
from workbook.plan import Plan
from workbook.play import play
from workbook.reports.plan_files import log
from workbook.reports.prospects import candidates, wasted
from workbook.retrospect import retrospect
from workbook.review import review
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.steps import share_taken
from workbook.sequence.ranking import ratio
from workbook.words import Words
from workbook.workshop.inbox import simulated_chain

EVENINGS = {"hours_per_week": 15.0, "running_hours_per_week": 5.0}


def plan_of(*milestones, **keys) -> Plan:
    data = {"id": "plan", "goal": milestones[-1]["id"], "cash": 1e6, "burn_per_week": 100.0}
    return Plan.model_validate({**data, **keys, "milestones": milestones})


def hall(**keys) -> Plan:
    """60 hours at ten free hours a week are six weeks; 600 of burn."""
    return plan_of({"id": "hall", "hours": 60.0, "pass_rate": 0.5, **keys}, **EVENINGS)


def test_failed_attempts_waste_the_burn_of_their_weeks_not_of_their_hours():
    """Half of all attempts fail: one failure a life on average, at 600 and not at 6,000."""
    base = play(hall(), runs=2_000, seed=1, how="simulated")
    assert base.lives is not None
    failures = base.lives.attempts[:, 0] - 1
    assert wasted(base)[0] == pytest.approx(failures.mean() * 600)


def test_hours_do_not_make_a_milestone_the_dearest_to_fail():
    """The second candidate is the milestone whose failures cost most: 2,000 a try beats 600."""
    plan = plan_of(
        {"id": "draft", "hours": 60.0, "pass_rate": 0.5, "attempts": 9},
        {"id": "print", "cost": 2_000.0, "pass_rate": 0.5, "attempts": 9},
        {"id": "shop", "pass_rate": 0.05, "attempts": 2},
        **EVENINGS,
    )
    found = candidates(play(plan, runs=2_000, seed=1, how="simulated"))
    assert [milestone.id for milestone in found] in (["shop"], ["shop", "print"])
    wastes = wasted(play(plan, runs=2_000, seed=1, how="simulated"))
    assert np.argmax(wastes[:2]) == 1


def test_without_money_failed_attempts_are_weighed_by_their_weeks():
    """Six weeks of evenings waste more time than three weeks, though 60 is more than 3 anyway."""
    plan = plan_of(
        {"id": "hall", "hours": 60.0, "pass_rate": 0.5},
        {"id": "shop", "weeks": 3.0, "pass_rate": 0.5},
        **EVENINGS,
        cash=None,
    )
    base = play(plan, runs=4_000, seed=1, how="simulated")
    assert base.lives is not None
    failures = base.lives.attempts.mean(axis=0) - 1
    assert wasted(base) == pytest.approx(failures * [6, 3])


def test_an_attempt_in_hours_is_logged_in_the_week_in_which_it_ends():
    """Begun after week 2, six weeks of evenings end in week 8, in the builder and in `log`."""
    plan = hall(attempts=3).model_copy(update={"log": ()})
    first, _ = logged(plan, None, None, 2, 5_000.0, "")
    second, _ = logged(first, "hall", "failed", None, None, "")
    assert second.log[-1].week == 8


def test_the_command_line_logs_hours_in_the_week_in_which_they_end(tmp_path):
    """`workbook log` names week 6 for six weeks of evenings, as the builder does."""
    file = tmp_path / "hall.yaml"
    file.write_text(
        "id: hall\ngoal: hall\ncash: 90000\nburn_per_week: 100\n"
        "hours_per_week: 15\nrunning_hours_per_week: 5\n"
        "milestones:\n  - {id: hall, hours: 60, pass_rate: 0.5}\n",
        encoding="utf-8",
    )
    done = log(str(file), "hall", "failed", None, None, "", runs=200, seed=1)
    assert done.entry.week == 6


def test_the_week_of_a_log_counts_the_hours_that_are_free_by_then():
    """What was reached has given hours: 60 at 30 a week are two weeks, not six."""
    plan = plan_of(
        {"id": "help", "hours": 10.0, "gives": {"hours_per_week": 35.0}},
        {"id": "hall", "hours": 60.0, "pass_rate": 0.5},
        **EVENINGS,
    )
    helped, _ = logged(plan, "help", "passed", None, None, "")
    assert helped.log[-1].week == 1
    after, _ = logged(helped, "hall", "failed", None, None, "")
    assert after.log[-1].week == 3


def test_a_redesign_is_logged_with_its_own_length():
    """After a test's no the next attempt is the redesign: four weeks, not one."""
    tests = {"belief": 0.5, "redesign": {"weeks": 4.0}}
    plan = plan_of({"id": "taste", "tests": tests}, {"id": "shop", "needs": ["taste"]})
    failed, _ = logged(plan, "taste", "failed", None, None, "")
    done, _ = logged(failed, "taste", "passed", None, None, "")
    assert [entry.week for entry in done.log] == [1, 5]


def test_a_lesson_charges_a_try_the_weeks_of_its_hours():
    """One try at 60 hours costs 600 of burn in a lesson, too."""
    plan = hall(cost=50.0, teams=2)
    assert attempt_price(plan, plan.milestones[0]) == 700.0


def test_a_lesson_rounds_half_a_week_up_as_the_engines_do():
    """A round of 2.5 weeks lasts three, and a round in hours the weeks of its hours."""
    assert half(plan_of({"id": "device", "weeks": 2.5}), "device").weeks == 3
    assert half(hall(), "hall").weeks == 6


def test_the_review_charges_hours_by_their_weeks_at_the_least():
    """The best case still burns 600 for 60 hours; a rule that saw one week saw 100."""
    plan = hall()
    best = BestCase(Order(plan))
    assert best.price_of(plan.milestones[0]) == 60_000


def test_the_review_lets_free_hours_grow_before_it_charges_for_them():
    """Hours that may be given before are free in the best case: 60 at 30 a week, two weeks."""
    plan = plan_of(
        {"id": "help", "gives": {"hours_per_week": 35.0}},
        {"id": "hall", "needs": ["help"], "hours": 60.0},
        **EVENINGS,
    )
    best = BestCase(Order(plan))
    assert best.price_of(plan.milestone("hall")) == 20_000


def test_the_review_names_a_milestone_whose_hours_outlast_the_cash():
    """1,000 pay one try of six weeks at 100, and by its pass rate one is too few."""
    plan = hall(pass_rate=0.2).model_copy(update={"cash": 1_000.0})
    assert "finite-cards" in {found.rule for found in review(plan)}


def test_a_first_step_in_hours_takes_whole_weeks():
    """61 hours are seven weeks, of 70 that there are."""
    plan = plan_of(
        {"id": "draft", "hours": 61.0}, {"id": "shop"}, **EVENINGS, horizon_weeks=70, cash=None
    )
    assert share_taken(plan, plan.milestones[0]) == pytest.approx(0.1)


def test_reasons_for_an_order_count_whole_weeks_of_hours():
    """61 hours burn for seven weeks: 700 for a chance of one half, so 1,400 for sure."""
    assert ratio(hall(hours=61.0), "hall") == pytest.approx(1_400.0)


def test_a_race_is_seen_wherever_a_chance_is_reported():
    """Two teams at one half pass in three of four: in the look back and on the wall."""
    raced = {"id": "shop", "pass_rate": 0.5, "teams": 2}
    plan = plan_of(raced, log=({"week": 1, "milestone": "shop", "result": "failed"},))
    assert retrospect(plan, runs=50).attempts[0].chance == pytest.approx(0.75)
    assert simulated_chain(plan_of(raced)).passes == (0.75,)
    reported = look_back(plan, Words("en"), runs=50)
    assert reported is not None
    assert any("75%" in line for line in reported.learned), reported.learned


def test_a_lesson_and_the_law_agree_on_what_it_takes_to_pass():
    """Tries follow the list of rates and its limit, not the first rate for ever."""
    plan = plan_of({"id": "shop", "weeks": 2.0, "pass_rate": [0.2, 0.8], "attempts": 3})
    attempt = Attempt.at_start(plan, plan.milestones[0], "mean")
    assert attempt.expected_cents == pytest.approx((1 + 0.8 + 0.8 * 0.2) * 20_000)


FIGURES = {"cost", "weeks", "hours", "burn_per_week", "running_hours_per_week", "hours_per_week"}
FIGURES |= {"reach_per_week", "conversion", "price", "margin", "fee_per_month", "paying_customers"}
FIGURES |= {"pass_rate", "rates", "churn_per_month", "referrals_per_month", "repaid", "salary"}


def figures_in(node: ast.AST) -> set[str]:
    return {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)} & FIGURES


def test_no_part_but_the_law_and_the_engines_multiplies_figures_of_a_plan():
    """What an attempt or a week comes to is computed once: elsewhere no two figures meet."""
    source = Path(workbook.__file__).parent
    found = []
    for file in sorted(source.rglob("*.py")):
        name = file.relative_to(source).as_posix()
        if name.partition("/")[0] in ("law", "exact", "simulate", "life"):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)
            if product and figures_in(node.left) and figures_in(node.right):
                found.append(f"{name}:{node.lineno}")
    assert found == []
