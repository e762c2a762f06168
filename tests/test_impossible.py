"""What can never happen in a plan, and nonsense of figures: a fault that says what to write."""

from __future__ import annotations

import pytest

from workbook import cases
from workbook.errors import InputError
from workbook.words import Words

PLAN = """plan: 1
id: n
currency: EUR
goal: {goal}
horizon_weeks: 60
cash: 20000
measures: {{nps: {{value: 30}}}}
sales: {{reach_per_week: 20, conversion: 0.1, price: 30{sales}}}
milestones:
  - {{id: a, weeks: 2, pass_rate: 0.5{a}}}
  - {{id: end, needs: [a], {end}}}
{more}
"""
REST = {"end": "pass_rate: 0.8", "more": ""}
LEVEL = "level: {of: customers, at_least: 200}"
FORK = "forks: [{id: f, at: {used_up: a}, options: [{id: o, %s}]}]"
NONSENSE = [
    ({"sales": ", most_customers: 100", "end": LEVEL}, "never more than 100 customers"),
    ({"end": "level: {of: cash, at_least: 5, for_weeks: 61}"}, "60 weeks; a level cannot hold 61"),
    ({"end": "level: {of: debt, at_most: -1}"}, "-1 is too little; write 0 or more"),
    ({"a": ", from_week: 61"}, "week 61 is after the last week that is played, 60"),
    ({"a": ", from_week: 3, by_week: 3"}, "from week 3 on takes 2 weeks or more"),
    ({"a": ", by_week: 0"}, "0 is too little; write 1 or more"),
    ({"more": "closed: [{from_week: 1, until_week: 70}]"}, "all 60 weeks are closed"),
    ({"more": "starts: 2027-01-04\nseasons: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]"}, "nobody is"),
    ({"more": FORK % "cash: 3"}, "'a' is never used up; give it `attempts`"),
    ({"a": ", gives: {conversion: +2}"}, "'+2' is more than the whole; write +0.02 for 2 points"),
    ({"a": ", gives: {burn_per_week: ＋１７００}"}, "did you mean +1700?"),
    ({"a": ", gives: {prize: +2}"}, "did you mean 'price'?"),
    (
        {"sales": ", churn_per_month: {range: [0, 0.1, 0.2], each: week}"},
        "from week to week; reach",
    ),
    ({"sales": ", margin: {range: [0, 0.1, 0.2], each: month}"}, "three numbers and `each: week`"),
    ({"sales": ", margin: [20%, 30%, 40%]"}, "low, likely and high as plain numbers"),
    ({"sales": ", margin: 0,62"}, "'62' stands behind a comma; write a number without one"),
    ({"a": ", name: A shop, 200 a day"}, "put a text with a comma in it in quotes"),
    ({"a": ", needs: [b，c]"}, "'b，c' has a full-width comma"),
    ({"more": "log: [{week: 3, milestone: a}]"}, "how did it end?"),
]
POSSIBLE = [
    {"sales": ", most_customers: 100", "end": LEVEL, "a": ", gives: {most_customers: 300}"},
    {"sales": ", most_customers: 100", "end": LEVEL, "a": ", gives: {most_customers: +300}"},
    {"end": LEVEL, "a": ", gives: {most_customers: 300}"},
    {"a": ", from_week: 61", "more": FORK.replace("used_up: a", "week: 3") % "horizon_weeks: 90"},
    {"a": ", from_week: 3, by_week: 4"},
    {"a": ", attempts: 2", "more": FORK % "cash: 3"},
    {"more": FORK % "milestones: {a: {attempts: 3}}"},
    {"more": "closed: [{from_week: 1, until_week: 60, milestones: [a]}]"},
    {"a": ", gives: {conversion: +0.02, nps: +5}"},
]


def read(tmp_path, parts):
    path = tmp_path / "n.yaml"
    written = {"goal": "end", "sales": "", "a": "", **REST, **parts}
    path.write_text(PLAN.format(**written), "utf-8")
    return cases.read(path)


@pytest.mark.parametrize(("parts", "sentence"), NONSENSE, ids=[part for _, part in NONSENSE])
def test_nonsense_is_a_fault_with_its_line_and_what_to_write(tmp_path, parts, sentence):
    """Found, allowed and what to do, at a line of the file, in both languages."""
    with pytest.raises(InputError) as raised:
        read(tmp_path, parts)
    said = [str(one.message) for one in raised.value.faults]
    assert any(sentence in one for one in said), said
    for one in raised.value.faults:
        assert one.line
        assert Words("zh").message(one.message) != Words("en").message(one.message)


WRITTEN_OTHERWISE = [
    (
        {"a": ", needs: [b，c、end]"},
        ["'b，c、end' has a full-width comma", "no milestone 'b'", "no milestone 'c'"],
    ),
    ({"end": "weeks: 6, by_week: 01/02/2028"}, ["'01/02/2028' can be 2028-01-02 or 2028-02-01"]),
    ({"end": "weeks: 6, by_week: 2028-02-01"}, ["2028-02-01 is a date; say on which day week 1"]),
    ({"goal": "回本"}, ["no milestone '回本'; did you mean 'breakeven'?"]),
    ({"goal": "shop"}, ["no milestone 'shop'; name one of the plan's milestones, or write `break"]),
]


@pytest.mark.parametrize(("parts", "sentences"), WRITTEN_OTHERWISE)
def test_one_mistake_is_one_fault(tmp_path, parts, sentences):
    """What could not be read is reported; no second fault is made up about what stands in for it.

    Of a list with the wrong commas every part is looked up, so that all faults come at once.
    """
    with pytest.raises(InputError) as raised:
        read(tmp_path, parts)
    said = [str(one.message) for one in raised.value.faults]
    assert [one[: len(part)] for one, part in zip(said, sentences, strict=True)] == sentences


@pytest.mark.parametrize("parts", POSSIBLE)
def test_what_an_option_or_a_milestone_can_change_is_no_fault(tmp_path, parts):
    """A limit that is raised on the way, a longer horizon, a deadline that can be met."""
    assert read(tmp_path, parts).plan.ids == ("a", "end")


def test_a_signed_measure_adds_to_it(tmp_path):
    """As everywhere under `gives`: 30, and 5 more once the milestone is reached."""
    from workbook.law import Economy

    plan = read(tmp_path, {"a": ", gives: {nps: +5}"}).plan
    assert Economy.of(plan).after(plan.milestone("a").gives).measures == {"nps": 35.0}
    plan = read(tmp_path, {"a": ", gives: {nps: -5}"}).plan  # a score may be below 0
    assert Economy.of(plan).after(plan.milestone("a").gives).measures == {"nps": -5.0}
