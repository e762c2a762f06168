"""Why the odds are what they are, in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from workbook import cases
from workbook.builder.advice import advise
from workbook.builder.reasons import lost_at, why
from workbook.consistency import faults_of
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

EN, ZH = Words("en"), Words("zh")


def reported(keys: dict[str, Any], *milestones: dict[str, Any]) -> str:
    """The sentence for a plan; empty where there is none."""
    frame = {"id": "shop", "goal": milestones[-1]["id"], "horizon_weeks": 52}
    plan = Plan.model_validate({**frame, **keys, "milestones": list(milestones)})
    reason = why(play(plan))
    return EN.message(reason) if reason else ""


def test_a_payment_that_the_cash_does_not_cover_is_named_with_both_amounts():
    """90,000 are due for the fit-out, 79,000 are left when it begins."""
    first = {"id": "lease", "name": "Lease", "cost": 20_000, "weeks": 1, "pass_rate": 1}
    then = {"id": "fit-out", "name": "Fit-out", "needs": ["lease"], "cost": 88_000, "weeks": 2}
    found = reported({"cash": 100_000, "burn_per_week": 1000}, first, {**then, "pass_rate": 1})
    assert found == (
        "Most lives end at “Fit-out”: an attempt takes ¥90,000 with the burn, and about ¥79,000"
        " is left by then."
    )


def test_attempts_that_are_used_up_are_counted():
    """Money is not what is missing."""
    found = reported({"cash": 1e6}, {"id": "permit", "attempts": 1, "pass_rate": 0.2})
    assert found == (
        "Most lives end at “permit”: there is one attempt, and it passes in 20 of 100 lives."
    )


def test_time_is_the_reason_where_it_ends_first():
    """A plan of ten weeks with attempts of six."""
    slow = {"id": "permit", "weeks": 6, "pass_rate": 0.3}
    found = reported({"cash": 1e6, "horizon_weeks": 10}, slow)
    assert found.startswith("Most lives that miss the goal run out of time")


def test_what_cannot_be_done_in_time_or_at_all_is_the_reason():
    """Sixteen weeks of work in a plan of five; a pass rate of 0; sales below the burn for ever."""
    clinic = {"id": "clinic", "name": "Clinic", "needs": ["licence"], "weeks": 10, "pass_rate": 0.6}
    licence = {"id": "licence", "name": "Licence", "weeks": 6, "pass_rate": 0.5}
    short = reported({"horizon_weeks": 5}, licence, clinic)
    assert "one attempt at each milestone takes 16 weeks" in short
    assert "week 5" in short
    assert "“Licence” cannot pass" in reported({}, {**licence, "pass_rate": 0}, clinic)
    sales = {"reach_per_week": 100, "conversion": 0.02, "price": 20}  # 40 a week
    keys = {"goal": "breakeven", "cash": 9000, "burn_per_week": 900, "sales": sales}
    assert "earns ¥40 a week after the last of them, and the burn is ¥900" in reported(
        keys, licence
    )


def test_a_level_that_is_not_reached_in_time_is_named_and_moves_are_offered():
    """Five join a week and a fifth leave a month: never a thousand; sales are what would help."""
    sales = {"reach_per_week": 100, "conversion": 0.05, "fee_per_month": 20, "price": 0}
    sales |= {"churn_per_month": 0.2, "paying_customers": 0}
    level = {"of": "customers", "at_least": 500}
    keys = {"cash": 50_000, "burn_per_week": 100, "sales": sales}
    steps = [{"id": "app", "weeks": 4, "pass_rate": 0.6}]
    steps += [{"id": "many", "name": "Five hundred", "needs": ["app"], "level": level}]
    plan = Plan.model_validate({"id": "p", "goal": "many", **keys, "milestones": steps})
    assert faults_of(plan) == []
    assert "still wait for “Five hundred”" in EN.message(why(play(plan)))
    *_, found = advise(plan)
    (best, *_) = [piece for piece in found.pieces if piece.kind == "move"]
    assert best.plan is not None
    assert play(best.plan).fates["goal"] > 0


LOAN = {"amount": 50_000, "repaid": {"instalments": 10, "every_weeks": 4}}
BANK = {"id": "bank", "weeks": 1, "pass_rate": 1, "gives": {"funding": LOAN}}


def test_instalments_that_ruin_a_plan_are_in_its_reason():
    """5,000 every four weeks: not “enough for 8 attempts” while the loan eats the cash."""
    sell = {"id": "sell", "needs": ["bank"], "weeks": 60, "cost": 1000, "pass_rate": 0.7}
    found = reported({"cash": 9000, "burn_per_week": 100, "horizon_weeks": 104}, BANK, sell)
    assert "and instalments take about ¥1,200 a week besides" in found
    assert "enough for" not in found


def test_ruin_while_a_debt_is_to_be_paid_off_has_its_reason_in_both_languages():
    """Nothing is attempted any more, so it is no milestone's end: the wait is named."""
    free = {"id": "free", "name": "Debt free", "needs": ["bank"]}
    free |= {"level": {"of": "debt", "at_most": 0}}
    keys = {"cash": 2000, "burn_per_week": 100, "horizon_weeks": 104}
    plan = Plan.model_validate({"id": "p", "goal": "free", **keys, "milestones": [BANK, free]})
    assert faults_of(plan) == []
    reason = why(play(plan))
    assert EN.message(reason) == (
        "100 of 100 lives are ruined while they wait for “Debt free”: burn and instalments take"
        " about ¥1,400 a week, and the customers of today bring ¥0."
    )
    assert "在等“Debt free”时断粮" in ZH.message(reason)
    assert "1,400 元" in ZH.message(reason)
    rich = plan.model_copy(update={"cash": 90_000.0})
    assert why(play(rich)) is None


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({"horizon_weeks": 5}, "More weeks: to week 32"),
        ({"pass_rate": 0}, "Half of the failures"),
        ({"cash": 10, "burn_per_week": 9}, "in cash"),
        (
            {"goal": "breakeven", "burn_per_week": 60, "cash": 9000, "price": 20},
            "Twice as many people",
        ),
    ],
)
def test_at_odds_of_0_a_move_is_offered_that_lifts_them(keys, what):
    """Whatever it is that cannot happen: time, a pass rate, cash, sales; its gain is played."""
    rate = keys.pop("pass_rate", 0.8)
    sales = {"reach_per_week": 100, "conversion": 0.02, "price": keys.pop("price", 1)}
    steps = [
        {"id": "licence", "weeks": 6, "cost": 100, "pass_rate": rate},
        {"id": "clinic", "needs": ["licence"], "weeks": 10, "cost": 100, "pass_rate": 0.6},
    ]
    plan = Plan.model_validate(
        {"id": "p", "goal": "clinic", "sales": sales, **keys, "milestones": steps}
    )
    assert play(plan).fates["goal"] == 0
    *_, found = advise(plan)
    moves = [piece for piece in found.pieces if piece.kind == "move" and piece.plan is not None]
    assert any(what in EN.message(piece.what) for piece in moves)
    assert all(play(piece.plan).fates["goal"] > 0 for piece in moves)


def test_a_plan_that_reaches_its_goal_needs_no_reason():
    """Nor does one without any cash counted."""
    assert reported({}, {"id": "open", "pass_rate": 1}) == ""


@pytest.mark.parametrize("name", cases.known())
def test_every_case_has_a_reason_that_its_own_figures_bear_out(name):
    """The milestone named is the one at which most lives end, in both languages."""
    outcomes = play(cases.load(name).plan, runs=2000)
    lost = lost_at(outcomes)
    assert sum(lost.values()) <= 1 + 1e-9
    reason = why(outcomes)
    assert reason is not None
    worst = max(lost, key=lambda id: lost[id])
    for w in (EN, ZH):
        sentence = w.message(reason)
        named = w.name(outcomes.plan.milestone(worst)) in sentence
        waiting = outcomes.fates["ruin"] - sum(m.died_here for m in outcomes.milestones.values())
        assert named == (lost[worst] >= max(outcomes.fates["open"], waiting)), sentence
        assert "{" not in sentence
