"""A card tells every term of its option: nothing that decides the play is hidden."""

from __future__ import annotations

import re

import pytest

from workbook.edit import edit
from workbook.lesson.programme import LESSONS, case_of
from workbook.luck import likely
from workbook.wording.terms import terms
from workbook.words import Words

OPTIONS = [
    (case, fork.id, option.id)
    for case in LESSONS
    for fork in case_of(case).plan.forks
    for option in fork.options
]


def card(case: str, fork: str, option: str, lang: str = "en") -> str:
    """What the card of an option says."""
    plan = case_of(case).plan
    (found,) = [f for f in plan.forks if f.id == fork]
    return terms(next(o for o in found.options if o.id == option), plan, Words(lang))


def test_the_launch_tells_that_it_may_bring_money_and_may_fail():
    """Its odds, its sales, the round it may bring and how sure that is."""
    said = card("caffeine-lozenge", "cash-gap", "launch-early")
    for term in ("80% of the time", "¥605 more a week", "¥300,000", "4 in 10", "6 weeks later"):
        assert term in said


def test_handing_out_at_once_tells_the_chance_that_the_flow_is_known():
    """What stays untested is named with its chance and with what it costs to put right."""
    said = card("side-business", "by-hand-or-not", "hand-out-first")
    for term in ("chance of 45%", "12 weeks", "$1,500", "$600 instead of $150"):
        assert term in said


@pytest.mark.parametrize(("case", "fork", "option"), OPTIONS)
def test_every_figure_that_an_option_changes_at_a_milestone_is_on_its_card(case, fork, option):
    """Costs, weeks, hours and pass rates after the change, for every option of every case."""
    plan = case_of(case).plan
    (found,) = [f for f in plan.forks if f.id == fork]
    changes = next(o for o in found.options if o.id == option)
    whole = edit(plan, changes.model_copy(update={"skip": ()}))
    w, said = Words("en"), card(case, fork, option)
    for id in set(changes.milestones) - set(changes.skip):
        after = whole.milestone(id)
        before = plan.milestone(id) if id in plan.ids else None
        if before is None or after.cost != before.cost:
            assert w.money(likely(after.cost), plan.currency) in said
        if after.weeks and (before is None or after.weeks != before.weeks):
            assert w.weeks(likely(after.weeks)) in said
        if after.tests is None and (before is None or after.rates[0] != before.rates[0]):
            assert w.percent(after.rates[0]) in said


@pytest.mark.parametrize(("case", "fork", "option"), OPTIONS)
def test_a_chinese_card_is_chinese(case, fork, option):
    """No sentence of a card is left in English."""
    assert not re.search(r"[A-Za-z]{3,}", card(case, fork, option, "zh").replace("NPS", ""))
