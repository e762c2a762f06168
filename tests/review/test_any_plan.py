"""Whatever the plan, the rules stay calm, say the same twice, and are right about money."""

from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from any_plan import plans as small_plans
from examples import examples
from strategies import plans
from workbook.cases import read_text
from workbook.life import Luck, live
from workbook.plan import STAGES, Plan
from workbook.play import play
from workbook.review import RULES, cash, review
from workbook.words import Words

EVERY = plans(most=10, teams=3, ranges=True, forks=True, words=True)
SPEAKERS = (Words("en"), Words("zh"))
SAID_ONCE = [
    ("small-win", "cut-finer"),
    ("small-win", "look-first"),
    ("efficiency-last", "add-first"),
    ("efficiency-last", "flexible-first"),
    ("goal-first", "proof"),
    ("way-back", "question-first"),
]


@given(EVERY)
@examples(50)
def test_a_finding_names_a_rule_and_a_milestone_of_the_plan(plan):
    """No valid plan makes a rule fail; a finding is about one of its milestones, or about it."""
    claims = {rule.id: rule.claim for rule in RULES}
    for finding in review(plan):
        assert finding.milestone is None or finding.milestone in plan.ids
        assert finding.claim == claims[finding.rule]


@pytest.mark.slow
@given(small_plans())
def test_plans_with_hours_races_and_without_cash_are_reviewed_too(drawn):
    """Plans whose scarce thing is hours, or that have no cash at all, are no exception."""
    plan, _choices = drawn
    assert all(finding.milestone in {None, *plan.ids} for finding in review(plan))


@given(EVERY)
@examples(50)
def test_the_same_plan_is_reported_the_same(plan):
    """A review hangs on nothing but the plan: its own copy, read from data, is said the same."""
    again = Plan.model_validate(plan.model_dump(exclude_unset=True))
    assert review(plan) == review(plan) == review(again)


@given(EVERY)
@examples(50)
def test_a_finding_is_said_whole_in_both_languages(plan):
    """Every gap of the sentence has its value, in English and in Chinese."""
    for finding in review(plan):
        for words in SPEAKERS:
            said = words.message(finding.message)
            assert said.strip()
            for _, gap, _, _ in Formatter().parse(finding.message.template):
                assert gap is None or f"{{{gap}}}" not in said or "{" in str(finding.message.values)


@pytest.mark.slow
@given(EVERY)
@examples(50)
def test_two_rules_never_say_the_same_of_one_milestone(plan):
    """Where two rules would see the same mistake, one of them leaves it to the other."""
    reported = {(finding.rule, finding.milestone) for finding in review(plan)}
    for one, other in SAID_ONCE:
        assert not {id for rule, id in reported if rule == one and (other, id) in reported}


@given(plans(most=4))
@examples(60)
def test_what_the_rule_says_of_paid_attempts_is_true_of_the_plan_played(plan):
    """Too few attempts paid: fewer than half of all lives reach it. Not one paid: none does."""
    hold_against_play(plan)


@given(small_plans(), st.integers(1, 9))
@examples(60)
def test_what_comes_too_late_if_nothing_fails_no_run_reaches(drawn, weeks):
    """Where the rule finds a goal out of reach in time, no run of the simulation reaches it."""
    plan, choices = drawn
    plan = plan.model_copy(update={"horizon_weeks": weeks})
    if any(finding.rule == "in-reach" for finding in review(plan)):
        assert play(plan, choices, runs=300, how="simulated").fates["goal"] == 0


@given(EVERY, st.integers(0, 900), st.integers(0, 900), st.integers(1, 4))
@examples(80)
def test_out_of_money_in_the_first_weeks_by_the_rule_is_so_in_every_run(plan, cash, bill, week):
    """Whatever is drawn, no run is at the goal, none reaches anything, all are ruined by then."""
    data = plan.model_dump(exclude_unset=True) | {"cash": cash, "forks": []}
    data["bills"] = [{"id": "deposit", "amount": bill, "from_week": week}]
    data["due"] = [{"week": week, "amount": 500, "chance": 0.5}]
    plan = Plan.model_validate(data)
    for finding in review(plan):
        if finding.rule == "first-weeks":
            played = play(plan, runs=200, how="simulated")
            assert played.fates["ruin"] == 1
            assert not any(one.reached for one in played.milestones.values())


@given(EVERY, st.floats(0.5, 40), st.booleans())
@examples(60)
def test_a_business_that_never_breaks_even_by_the_rule_does_so_in_no_run(plan, price, growing):
    """Whatever the milestones give, forks and ranges change: no run has a week that pays."""
    sales = {"reach_per_week": 40, "conversion": 0.1, "price": price}
    sales |= {"reach_growth_per_month": 0.05, "most_reach_per_week": 300} if growing else {}
    data = plan.model_dump(exclude_unset=True) | {"goal": "breakeven", "sales": sales}
    data["burn_per_week"] = data.get("burn_per_week") or 300
    plan = Plan.model_validate(data)
    if any(finding.rule == "in-reach" for finding in review(plan)):
        options = [{}, *({f.id: o.id} for f in plan.forks for o in f.options)]
        for choices in options[:4]:
            assert play(plan, choices, runs=200, how="simulated").fates["goal"] == 0


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(1, 15))
@examples(60)
def test_one_team_is_too_late_if_its_weeks_add_up_to_more_than_there_are(lengths, weeks):
    """Side by side or one after another: the rule finds just what a life without failure misses."""
    ids = [f"m{n}" for n in range(len(lengths))]
    steps = [{"id": id, "weeks": length} for id, length in zip(ids, lengths, strict=True)]
    steps[-1]["needs"] = ids[:-1]
    parts = {"goal": ids[-1], "horizon_weeks": weeks, "milestones": steps}
    plan = Plan.model_validate({"plan": 1, "id": "p", **parts})
    late = any(finding.rule == "in-reach" for finding in review(plan))
    assert late == (sum(lengths) > weeks) == (live(plan, Luck(1, 0)).fate != "goal")


@pytest.mark.parametrize("example", [e for e in cash.PAID_ATTEMPTS.examples if e.finds])
def test_the_examples_of_paid_attempts_are_true_when_played(example):
    """What the rule finds in its own examples is reached in fewer than half of all lives."""
    assert hold_against_play(Plan.model_validate({"id": "example", **example.plan}))


def hold_against_play(plan: Plan) -> bool:
    """Play what the rule about finite cards has found; whether there was anything."""
    reported = [finding for finding in review(plan) if finding.rule == "finite-cards"]
    outcomes = play(plan, runs=400) if reported else None
    for finding in reported:
        outcome = outcomes.milestones[finding.milestone]
        most = 0.0 if finding.message.template.startswith("Even if") else 0.5
        assert outcome.reached <= most + 4 * outcome.reached_error
    return bool(reported)


def test_a_skipped_money_bringer_is_no_money():
    """A funding round that is left out of the plan pays for nothing."""
    text = """
plan: 1
id: shop
goal: fit-out
cash: 5000
milestones:
  - {id: round, gives: {funding: {amount: 50000}}}
  - {id: fit-out, needs: [round], cost: 20000}
"""
    assert rules_text(text) & {"finite-cards"} == set()
    assert "finite-cards" in rules_text(text + "skips: [round]\n")


def test_what_a_redesign_brings_counts_as_money():
    """The best case may need the redesign: what it brings is not held against the plan."""
    text = """
plan: 1
id: shop
goal: fit-out
cash: 5000
burn_per_week: 100
milestones:
  - id: taste
    tests: {belief: 0.5, redesign: {weeks: 1, gives: {revenue_per_week: 3000}}}
  - {id: fit-out, needs: [taste], cost: 20000}
"""
    assert "finite-cards" not in rules_text(text)
    assert "finite-cards" in rules_text(text.replace("3000", "90"))


def test_one_team_takes_its_turns_by_the_needs_and_not_by_the_list():
    """A channel listed first that waits for the price is begun after the kernel behind it."""
    text = """
plan: 1
id: shop
goal: channel
milestones:
  - {id: channel, stage: channel, needs: [price]}
  - {id: kernel, stage: kernel}
  - {id: price, stage: price}
"""
    assert "kernel-first" not in rules_text(text)
    assert "kernel-first" in rules_text(text + "teams: 2\n")


def test_a_second_product_may_have_its_kernel_after_the_first_expansion():
    """A kernel that needs the channel of a proved one belongs to a next round."""
    text = """
plan: 1
id: shop
goal: second
milestones:
  - {id: kernel, stage: kernel}
  - {id: channel, stage: channel, needs: [kernel]}
  - {id: second, stage: kernel, needs: [channel]}
"""
    assert "kernel-first" not in rules_text(text)
    assert "kernel-first" in rules_text(text.replace("{id: kernel, stage: kernel}", "{id: kernel}"))


def test_rules_about_order_say_nothing_of_milestones_without_a_stage():
    """A learner who leaves the stages out is not shown that the order is wrong."""
    about_order = {
        rule.id for rule in RULES if rule.claim in {"R1", "R6", "R7", "R8", "R10", "R11"}
    }
    text = "plan: 1\nid: shop\ngoal: c\nmilestones:\n  - {id: a}\n  - {id: c, needs: [a]}\n"
    assert len(about_order) == 6
    assert not rules_text(text) & about_order


def test_today_is_what_the_cards_are_counted_from():
    """What the log says was reached is paid; the cash counted last pays for what is left."""
    text = """
plan: 1
id: shop
goal: shop
cash: 10000
burn_per_week: 0
milestones:
  - {id: taste, cost: 8000, pass_rate: 0.9}
  - {id: shop, needs: [taste], cost: 5000, pass_rate: 0.9}
"""
    count = "log:\n  - {week: 2, milestone: taste, result: passed, cash: {cash}}\n"
    assert "finite-cards" in rules_text(text)
    assert "finite-cards" not in rules_text(text + count.replace("{cash}", "12000"))
    assert "finite-cards" in rules_text(text + count.replace("{cash}", "2000"))


@pytest.mark.parametrize("teams", [1, 3])
def test_two_hundred_milestones_are_reviewed(teams):
    """A plan far larger than any learner's, and too dear for its cash."""
    milestones = [
        {
            "id": f"m{n}",
            "stage": STAGES[n * 7 % len(STAGES)],
            "needs": [f"m{need}" for need in {n - 1, n // 2} if 0 <= need < n],
            "cost": 1000,
            "weeks": 2,
            "pass_rate": 0.5,
            "gives": {"conversion": n / 1000, "funding": {"amount": 10}} if n % 5 == 0 else None,
        }
        for n in range(200)
    ]
    data = {"id": "large", "goal": "m199", "cash": 90_000, "burn_per_week": 500, "teams": teams}
    plan = Plan.model_validate({**data, "milestones": milestones})
    assert "finite-cards" in {finding.rule for finding in review(plan)}


def rules_text(text: str) -> set[str]:
    return {finding.rule for finding in review(read_text(text).plan)}
