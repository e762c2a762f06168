"""What is typed into a box: read as it was meant, asked where in doubt, or refused."""

from __future__ import annotations

import re

import pytest

from builder.screen import Page
from workbook import cases
from workbook.builder.entry import read_entry
from workbook.builder.state import State
from workbook.builder.view.form import form
from workbook.words import Words

pytestmark = pytest.mark.usefixtures("home")

M = "milestones.demand"
MEANT = [
    ("cash", "1,5", 1.5),
    ("cash", "60,000", 60_000),
    ("cash", "60 000", 60_000),
    ("cash", "1.200,50", 1200.5),
    ("cash", "12万", 120_000),
    ("cash", "1.2万元", 12_000),
    ("cash", "¥1,200", 1200),
    ("cash", "1.5m", 1_500_000),
    ("cash", "", None),
    (f"{M}.weeks", "1,5", 1.5),
    (f"{M}.weeks", "3 months", 13),
    (f"{M}.weeks", "2-4 weeks", [2, 3, 4]),
    (f"{M}.weeks.1", "1,5", 1.5),
    (f"{M}.pass_rate", "60", 0.6),
    (f"{M}.pass_rate", "60%", 0.6),
    (f"{M}.pass_rate", "20/35/50", [0.2, 0.35, 0.5]),
    (f"{M}.attempts", "３", 3),
    (f"{M}.gives.price", "", None),
    (f"{M}.gives.burn_per_week", "+1,700", "+1700"),
    (f"{M}.gives.burn_per_week", "(500)", "-500"),
    (f"{M}.gives.conversion", "+5", "+0.05"),
    ("due.0.week", "3 months", 13),
    ("due.0.chance", "50", 0.5),
    ("horizon_weeks", "2 years", 104),
    ("burn_per_week", "5,200 a month", 1200),
]
REFUSED = [
    ("cash", "two cows"),
    ("cash", "$40"),
    ("cash", "3 months"),
    ("burn_per_week", ""),
    (f"{M}.weeks.0", "2-4"),
    (f"{M}.pass_rate", "150"),
    (f"{M}.attempts", "3.5"),
]


@pytest.mark.parametrize(("path", "text", "value"), MEANT)
def test_a_text_is_read_in_the_measure_of_its_place(path, text, value):
    """Money, shares of a hundred, weeks, ranges and chances for each try, as people write them."""
    entry = read_entry(cases.load("caffeine-lozenge").plan, path, text)
    assert entry.problem is None
    assert entry.value == value or entry.value == pytest.approx(value)


def test_hours_of_work_typed_for_weeks_are_kept_as_hours():
    """Where the plan counts hours: the figure goes where it belongs, and the box says so."""
    state = State(cases.load("side-business").plan)
    id = state.plan.ids[0]
    assert state.enter(f"milestones.{id}.weeks", "3")
    assert state.value(f"milestones.{id}.hours") is None
    assert state.enter(f"milestones.{id}.weeks", "30-50 hours")
    assert state.value(f"milestones.{id}.hours") == (30, 40, 50)
    assert state.entry is not None
    assert state.entry.path == f"milestones.{id}.weeks"
    assert "Hours instead of weeks" in str(state.entry.notes[0])
    assert state.undo(), "one gesture, one step"
    assert state.value(f"milestones.{id}.hours") == 40
    lozenge = State(cases.load("caffeine-lozenge").plan)
    assert not lozenge.enter(f"{M}.weeks", "40 hours")


@pytest.mark.parametrize(("path", "text"), REFUSED)
def test_what_makes_no_sense_leaves_the_plan_as_it_is(path, text):
    """Another currency, a word, a length of time for money, a range for one figure: said, kept."""
    state = State(cases.load("caffeine-lozenge").plan)
    before = state.plan
    assert not state.enter(path, text)
    assert state.plan == before
    assert state.entry is not None
    assert state.entry.problem is not None


def test_a_doubt_is_asked_and_each_choice_reads_without_one():
    """`0.5` in a box of per cent, `1.234` in one of money: both readings are offered."""
    state = State(cases.load("caffeine-lozenge").plan)
    for path, text, meant in (
        (f"{M}.pass_rate", "0.5", {0.5, 0.005}),
        ("cash", "1.234", {1.234, 1234}),
    ):
        before = state.plan
        assert not state.enter(path, text)
        assert state.plan == before
        assert state.entry is not None
        assert len(state.entry.choices) == 2
        taken = set()
        for choice in state.entry.choices:
            assert state.enter(path, choice), choice
            taken.add(state.value(path))
        assert taken == meant


def test_a_text_that_ends_in_nonsense_leaves_nothing_of_its_beginning():
    """`1` and `12` on the way to `12 cows`: the figure from before the typing stays."""
    state = State(cases.load("caffeine-lozenge").plan)
    cash, revision = state.plan.cash, state.can_undo
    assert state.enter("cash", "1")
    assert state.enter("cash", "12")
    assert not state.enter("cash", "12 cows")
    assert state.plan.cash == cash
    assert state.can_undo == revision
    assert state.enter("cash", "7")
    state.settle()
    assert state.undo()
    assert state.plan.cash == cash


def test_the_page_is_shown_how_an_entry_was_understood():
    """A conversion stands at its box until something else is done."""
    page = Page().send("add", name="Shop is open")
    page.send("enter", path="milestones.shop-is-open.weeks", text="3 months")
    (entry,) = page.board["entries"]
    assert entry["path"] == "milestones.shop-is-open.weeks"
    assert entry["notes"] == ["3 months = 13 weeks"]
    assert not entry["problem"]
    page.send("settle")
    assert page.board["entries"] == [entry]
    page.send("undo")
    assert page.board["entries"] == []


def test_what_could_not_be_read_is_reported_until_it_is_mended():
    """Two boxes with a doubt each: both keep their question while another figure is written."""
    page = Page().send("add", name="Shop is open")
    at = "milestones.shop-is-open"
    page.send("enter", path=f"{at}.cost", text="1.234")
    page.send("enter", path=f"{at}.pass_rate", text="0.5")
    page.send("enter", path=f"{at}.weeks", text="3 months")
    reported = {entry["path"]: bool(entry["problem"]) for entry in page.board["entries"]}
    assert reported == {f"{at}.cost": True, f"{at}.pass_rate": True, f"{at}.weeks": False}
    page.send("enter", path=f"{at}.cost", text="1,234.00")
    page.send("set", path=f"{at}.pass_rate", value=0.5)
    assert [entry["path"] for entry in page.board["entries"] if entry["problem"]] == []
    page.send("enter", path=f"{at}.cost", text="many")
    page.send("undo")
    assert page.board["entries"] == []


def test_a_comma_where_the_box_shows_one_needs_no_remark():
    """Beside 60,000 a 65,000 is no question; in an empty box both readings are reported."""
    state = State(cases.load("caffeine-lozenge").plan)
    assert state.set("cash", 60_000)
    assert state.enter("cash", "65,000")
    assert state.entry is not None
    assert state.entry.notes == ()
    assert state.set("cash", None)
    assert state.enter("cash", "65,000")
    assert state.plan.cash == 65_000
    assert len(state.entry.notes) == 1


def test_the_log_reads_its_boxes_with_the_same_reader(home):
    """Cash counted as 1.2万; what cannot be read is reported at its box and nothing is written."""
    page = Page().send("add", name="Shop is open").send("set", path="cash", value=20_000)
    page.send("log", milestone=None, result=None, week="two cows", cash="12000", note="")
    assert page.said["kind"] == "fault"
    assert page.said["path"] == "log.week"
    assert page.builder.state.plan.log == ()
    page.send("log", milestone=None, result=None, week="2", cash="1.2万", note="")
    (entry,) = page.builder.state.plan.log
    assert (entry.week, entry.cash) == (2, 12_000)


def test_the_last_similar_thing_widens_a_range():
    """“How long did the last one take?” in words, too: 3 months makes 13 weeks the likely value."""
    state = State(cases.load("caffeine-lozenge").plan)
    assert state.set(f"{M}.weeks", [2, 4, 6])
    assert state.enter_last(f"{M}.weeks", "3 months")
    assert state.value(f"{M}.weeks") == (2, 13, 13)
    assert not state.enter_last(f"{M}.weeks", "long")
    assert state.value(f"{M}.weeks") == (2, 13, 13)


def test_every_label_and_help_of_the_form_is_in_the_reader_s_language():
    """Nothing of the Chinese form is left in English; the English one has what it had."""

    def texts(part):
        if isinstance(part, dict):
            yield from (str(part[key]) for key in ("label", "help", "title", "last") if key in part)
            part = part.values()
        for one in part if not isinstance(part, str) else ():
            if not isinstance(one, (bool, int, float, str, type(None))):
                yield from texts(one)

    chinese, english = (list(texts(form(Words(lang)))) for lang in ("zh", "en"))
    assert [text for text in chinese if text and not re.search("[一-鿿]", text)] == []
    assert "How it is paid back" in english
    assert len(chinese) == len(english) > 300
