"""Counts of figures in the builder's log: what the boxes offer, how they read, what they teach."""

from __future__ import annotations

import pytest

from builder.screen import Page
from workbook.builder.hindsight import look_back
from workbook.words import Words

pytestmark = pytest.mark.usefixtures("home")
FIGURES = {
    "sales.reach_per_week": [20, 40, 60],
    "sales.conversion": [0.0, 0.0, 1.0],
    "sales.churn_per_month": [0.01, 0.05, 0.2],
    "bills.rent.amount": [300, 400, 900],
    "milestones.shop-is-open.gives.price": [20, 30, 40],
}


@pytest.fixture
def page() -> Page:
    """A shop with a price, and a range on all that a shop does not know."""
    page = Page().send("add", name="Shop is open")
    page.send("set", path="cash", value=20_000).send("set", path="sales.price", value=30)
    page.send("set", path="bills", value=[{"id": "rent", "name": "Rent", "amount": 400}])
    for path, three in FIGURES.items():
        page.send("set", path=path, value=three)
    return page


def write(page: Page, **entry: str) -> Page:
    return page.send("log", milestone=None, result=None, note="", **{"week": "", **entry})


def test_the_boxes_offer_what_has_a_range_and_can_be_counted_by_now(page):
    """A price that a milestone brings can be counted once that milestone has passed."""
    offered = {one["figure"]: (one["label"], one["unit"]) for one in page.board["countable"]}
    assert offered == {
        "reach_per_week": ("people reached a week", "people"),
        "conversion": ("conversion", "share"),
        "churn_per_month": ("churn a month", "share"),
        "bills.rent": ("Rent: amount of the bill", "money"),
        "price": ("price from then on", "money"),
    }
    assert page.board["counts_customers"]
    assert [one["figure"] for one in page.board["countable"] if not one["now"]] == ["price"]
    write(page, figure="price", counted="31", week="1")
    assert "not reached by then" in page.said["text"]
    page.send("log", milestone="shop-is-open", result="passed", week="2")
    assert all(one["now"] for one in page.board["countable"])
    write(page, figure="price", counted="31 元", week="3")
    assert page.builder.state.plan.log[-1].counted == 31


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_count_is_read_reported_taught_and_undone(page, lang):
    """9 of 120: as typed, in the log, in the look back with its interval; undo takes it out."""
    before = page.builder.state.plan
    write(page, figure="conversion", counted="９", of="1百2十", week="3")
    assert page.said["kind"] == "fault"
    assert page.said["path"] == "log.of"
    assert page.builder.state.plan == before
    write(page, figure="conversion", counted="９", of="120", week="3")
    assert page.said["kind"] == "note"
    (entry,) = page.builder.state.plan.log
    assert (entry.week, entry.figure, entry.counted, entry.of) == (3, "conversion", 9, 120)
    story = look_back(page.builder.state.plan, Words(lang), runs=50)
    assert story is not None
    (learnt,) = story.learned
    assert "7.9%" in learnt  # the median of Beta(10, 113)
    page.send("undo")
    assert page.builder.state.plan == before


def test_customers_cash_and_a_bill_are_counted_in_one_entry_or_alone(page):
    """What is empty is not written; of money there is no “out of”."""
    write(page, customers="48", cash="1.2万", week="2")
    write(page, customers="50", week="3")
    assert page.said["text"] == "The customers of week 3 are written down."
    write(page, figure="bills.rent", counted="¥450", of="7", week="3")
    one, two, three = page.builder.state.plan.log
    assert (one.customers, one.cash, one.figure) == (48, 12_000, None)
    assert (two.customers, two.cash) == (50, None)
    assert (three.figure, three.counted, three.of) == ("bills.rent", 450, None)


def test_counts_that_say_nothing_are_refused_with_a_sentence(page):
    """No figure, no number, more than all of them, no total, nothing at all: the log stays."""
    for entry, part in (
        ({}, "what was counted"),
        ({"counted": "9", "of": "120"}, "Choose the figure"),
        ({"figure": "conversion"}, "how much was counted"),
        ({"figure": "conversion", "counted": "9"}, "out of how many"),
        ({"figure": "conversion", "counted": "130", "of": "120"}, "more than all of them"),
        ({"figure": "reach_per_week", "counted": "80", "of": "0"}, "too few"),
        ({"figure": "<b>", "counted": "80"}, "no range"),
    ):
        write(page, **entry)
        assert page.said["kind"] == "fault", entry
        assert part in page.said["text"], entry
        assert page.builder.state.plan.log == ()
