"""What a milestone gives with a sign is added: costs add up, whichever comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.builder.paths import value_at, with_value
from workbook.cases import read_text
from workbook.edit import edit
from workbook.errors import InputError
from workbook.law import Economy, both, signed
from workbook.life import Luck, live
from workbook.plan import Edit, Gives, Plan
from workbook.play import play
from workbook.present import present

BURN, MORE, WEEKS, HIRES = 1000.0, 700.0, 2, 4
FILE = "plan: 1\nid: p\ngoal: a\ncash: 9\nmilestones: [{{id: a, gives: {{{gift}}}}}]\n"


def hiring(**keys) -> Plan:
    """So many hires one after the other, each adding to the burn, and then the goal."""
    hires = [
        {
            "id": f"hire{n}",
            "weeks": WEEKS,
            "pass_rate": 1.0,
            "needs": [f"hire{n - 1}"] if n else [],
            "gives": {"burn_per_week": f"+{MORE:g}"},
        }
        for n in range(HIRES)
    ]
    last = {"id": "open", "weeks": WEEKS, "pass_rate": 1.0, "needs": [hires[-1]["id"]]}
    return Plan.model_validate(
        {"id": "p", "goal": "open", "burn_per_week": BURN, "milestones": [*hires, last], **keys}
    )


SPENT = WEEKS * ((HIRES + 1) * BURN + MORE * HIRES * (HIRES + 1) / 2)
"""Σ over the hires made of weeks × (burn + hires × more), an arithmetic series."""


@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_costs_that_add_up_are_an_arithmetic_series(how):
    """The sum of the bills is enough to the cent for the goal, and a cent less is ruin."""
    enough = play(hiring(cash=SPENT), how=how, runs=50)
    short = play(hiring(cash=SPENT - 0.01), how=how, runs=50)
    assert (enough.fates["goal"], short.fates["ruin"]) == (1.0, 1.0)
    assert live(hiring(cash=SPENT), Luck(3, 0)).cash == 0.0


@given(st.permutations(["+100", "+250.5", "-40", "+0.25"]))
def test_what_is_added_adds_up_in_any_order(changes):
    """Gifts that add, and never reach a bound, come to the same whichever is first."""
    economy = Economy(burn_per_week=1000)
    for change in changes:
        economy = economy.after(Gives.model_validate({"burn_per_week": change}))
    assert economy.burn_cents == 131_075


def test_a_new_value_takes_the_place_of_all_that_was_added():
    """`+500` twice and then 300 is 300; a further `-400` stops at nothing."""
    economy = Economy(burn_per_week=100)
    burns = []
    for change in ("+500", "+500", 300, "-400"):
        economy = economy.after(Gives.model_validate({"burn_per_week": change}))
        burns.append(economy.burn_per_week)
    assert burns == [600, 1100, 300, 0]


FIGURE = st.none() | st.integers(0, 99).map(float) | st.integers(-99, 99).map(signed)


@given(st.integers(100, 300).map(float), FIGURE, FIGURE)
def test_two_gifts_in_one_do_what_both_do(start, first, then):
    """The change that stands for two leads to where the two lead."""
    economy = Economy(price=start)
    apart = economy.after(Gives(price=first)).after(Gives(price=then))
    assert economy.after(Gives(price=both("price", first, then))).price == apart.price


def test_a_founder_under_way_has_what_was_added():
    """The log's milestones have added their costs; what is to come adds to that."""
    log = [{"week": 2 * n + 2, "milestone": f"hire{n}", "result": "passed"} for n in range(2)]
    today = present(hiring(cash=SPENT, log=log)).plan
    assert today.burn_per_week == BURN + 2 * MORE
    assert Economy.of(today).after(today.milestone("hire3").gives).burn_per_week == BURN + 3 * MORE


def test_an_option_moves_a_gift_that_adds():
    """`+300` on a gift of `+700` makes `+1000`; a plain number makes it a new value."""
    for change, wanted in (("+300", "+1000"), (500.0, 500.0)):
        gift = {"gives": {"burn_per_week": change}}
        changed = edit(hiring(), Edit.model_validate({"milestones": {"hire1": gift}}))
        assert changed.milestone("hire1").gives.burn_per_week == wanted


@pytest.mark.parametrize("written", ["+1700", "'+1700'", '"+1700"'])
def test_a_plan_file_takes_a_sign_with_or_without_quotes(written):
    """YAML reads +1700 as a number; the sign counts all the same."""
    case = read_text(FILE.format(gift=f"burn_per_week: {written}"), "p.yaml")
    assert case.plan.milestone("a").gives.burn_per_week == "+1700"


@pytest.mark.parametrize("written", ["'+17OO'", "'+'", "++5", "'+-5'", "[+5]"])
def test_what_adds_nothing_is_reported(written):
    """A sign without a number is a fault at its line, with what to write."""
    with pytest.raises(InputError) as caught:
        read_text(FILE.format(gift=f"burn_per_week: {written}"), "p.yaml")
    (fault,) = caught.value.faults
    assert (fault.line, fault.path) == (5, "milestones.a.gives.burn_per_week")


def test_the_builder_keeps_the_sign_of_a_gift():
    """What a box sends with its sign stays one that adds; without a sign it is a new value."""
    path = "milestones.hire0.gives.burn_per_week"
    assert value_at(with_value(hiring(), path, "+950"), path) == "+950"
    assert value_at(with_value(hiring(), path, 950), path) == 950
