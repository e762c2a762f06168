"""The screen's end in the kernel: orders in, board and answers out.

No browser here: what the page would send comes as a message, what it would draw is read off the
traits. The page's own journeys are in `tests/browser/test_builder.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from typing import Any

import pytest
import yaml

import workbook.builder.plan_store as shelf_room
from builder.screen import Page
from workbook.builder.view import answer_scheduler, callbacks, controller, open_builder
from workbook.builder.view.screen import PARTS, page
from workbook.builder.view.sentences import SENTENCES, spoken
from workbook.errors import InputError, WorkError
from workbook.words import Words

pytestmark = pytest.mark.usefixtures("home")
SAY = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)*)"')


@pytest.fixture
def bakery() -> Page:
    """Three in a row, with cash and a pass rate: odds that are neither 0 nor 1."""
    page = Page().send("add", name="Shop is open")
    page.send("add", name="Lease signed", before="@").send("add", name="Dough proved", before="@")
    page.send("set", path="cash", value=20_000).send("set", path="burn_per_week", value=2000)
    return page.send("set", path="milestones.lease-signed.pass_rate", value=0.3)


def test_every_order_is_heard_by_its_number(bakery):
    """The page hears which of its orders is done, refused ones and unknown ones too."""
    bakery.send("link", first="shop-is-open", then="dough-proved")
    assert bakery.builder.screen.heard == {"page": bakery.n}
    bakery.send("no-such-order", path="../../etc")
    assert bakery.builder.screen.heard == {"page": bakery.n}


def test_an_order_that_was_overtaken_keeps_its_turn(bakery, monkeypatch):
    """Two ways lead to a kernel: what comes early waits; what is lost is not waited for long."""
    waiting: list[Any] = []
    monkeypatch.setattr(controller, "later", lambda _, call: waiting.append(call))
    builder, n = bakery.builder, bakery.n
    orders = [
        {"do": "add", "name": name, "before": "@", "n": n + place, "view": "page"}
        for place, name in ((1, "First"), (2, "Second"), (4, "Fourth"))
    ]
    bakery.send("select", id="dough-proved")
    orders = [{**order, "n": order["n"] + 1} for order in orders]
    builder.hear(builder.screen, orders[1], [])
    assert len(bakery.board["nodes"]) == 3
    builder.hear(builder.screen, orders[0], [])
    links = [tuple(link) for link in bakery.board["links"]]
    assert {("second", "first"), ("first", "dough-proved")} <= set(links)
    assert builder.screen.heard == {"page": n + 3}
    builder.hear(builder.screen, orders[2], [])
    assert len(bakery.board["nodes"]) == 5
    waiting.pop()()
    assert len(bakery.board["nodes"]) == 6
    assert builder.screen.heard == {"page": n + 5}


def test_odds_belong_to_the_revision_that_they_were_played_for(bakery):
    """Answers carry the plan's revision, and that of the last change."""
    assert bakery.builder.screen.answers["revision"] == bakery.board["revision"]
    before = bakery.builder.screen.answers["nodes"]["shop-is-open"]["share"]
    bakery.send("set", path="milestones.lease-signed.pass_rate", value=0.9)
    after = bakery.builder.screen.answers["nodes"]["shop-is-open"]["share"]
    assert after > before
    assert bakery.builder.screen.answers["revision"] == bakery.board["revision"]


def test_a_refusal_is_a_fault_with_its_place(bakery):
    """A value that cannot be: the sentence, the path of its box, and the plan as it was."""
    before = bakery.builder.state.plan
    bakery.send("set", path="milestones.lease-signed.pass_rate", value=7)
    assert bakery.said["kind"] == "fault"
    assert bakery.said["path"] == "milestones.lease-signed.pass_rate"
    assert bakery.builder.state.plan == before
    bakery.send("set", path="milestones.lease-signed.pass_rate", value=0.7)
    assert (bakery.said["kind"], bakery.said["path"]) == ("note", "")


def test_clearing_asks_first_and_undo_brings_it_back(bakery):
    """The first order only asks, and says how to say yes."""
    bakery.send("clear")
    assert len(bakery.board["nodes"]) == 3
    assert [act["do"] for act in bakery.said["acts"]] == ["clear"]
    bakery.send("clear")
    assert bakery.board["nodes"] == []
    bakery.send("undo")
    assert len(bakery.board["nodes"]) == 3


def test_a_start_is_read_first_and_taken_second(bakery):
    """A case, a table, a file: what it is is said before it replaces anything."""
    screen = bakery.builder.screen
    bakery.send("preview", **{"from": "table"}, text="milestone,needs\nA,\nB,A")
    assert screen.preview["ready"]
    assert len(bakery.board["nodes"]) == 3
    bakery.send("take", preview=screen.preview["n"])
    assert [node["name"] for node in bakery.board["nodes"]] == ["A", "B"]
    bakery.send("preview", **{"from": "table"}, text="nothing,of,use")
    assert screen.preview["faults"]
    assert not screen.preview.get("ready")
    bakery.send("take", preview=screen.preview["n"])
    assert len(bakery.board["nodes"]) == 2
    bakery.send("undo")
    assert len(bakery.board["nodes"]) == 3


def test_a_file_is_read_from_the_bytes_that_the_page_sends(bakery):
    """A spreadsheet's table comes as bytes beside the order; a broken one is reported by name."""
    order = {"do": "preview", "from": "file", "name": "../my.csv", "n": 99, "view": "page"}
    bakery.builder.hear(bakery.builder.screen, order, [memoryview(b"milestone,needs\nA,\nB,A\n")])
    assert bakery.builder.screen.preview["ready"]
    bakery.builder.hear(
        bakery.builder.screen, {**order, "name": "my.xlsx"}, [memoryview(b"nothing")]
    )
    assert "my.xlsx" in bakery.builder.screen.preview["faults"][0]


def test_a_file_of_a_kind_that_is_not_read_says_what_to_save_it_as(bakery):
    """An old Excel file, a document: the kinds that are read are named; nothing is replaced."""
    for name in ("plan.xls", "plan.docx", "plan"):
        order = {"do": "preview", "from": "file", "name": name, "n": 99, "view": ""}
        bakery.builder.hear(bakery.builder.screen, order, [memoryview(b"\xd0\xcf\x11\xe0")])
        assert ".xlsx" in bakery.builder.screen.preview["faults"][1]
    assert len(bakery.board["nodes"]) == 3


def test_a_table_out_of_a_chat_is_read(bakery):
    """Drawn with | and dashes, as notes and assistants write one; also without the outer lines."""
    for text in (
        "| milestone | needs | pass rate |\n|---|:--|--:|\n| A | | 60% |\n| B | A | 50% |\n",
        "milestone | needs | pass rate\n--- | --- | ---\nA | | 60%\nB | A | 50%",
    ):
        bakery.send("preview", **{"from": "table"}, text=text)
        offer = bakery.builder.screen.preview
        assert offer.get("ready"), offer
        bakery.send("take", preview=offer["n"])
        assert [node["name"] for node in bakery.board["nodes"]] == ["A", "B"]
        assert bakery.board["links"] == [["a", "b"]]
        assert bakery.builder.state.plan.milestone("b").pass_rate == 0.5


def test_orders_that_no_page_of_ours_would_send_are_harmless(bakery):
    """A page that was tampered with raises nothing in the kernel and changes nothing."""
    before = bakery.builder.state.plan
    for order in (
        {"do": "forget", "position": "x"},
        {"do": "forget", "position": None},
        {"do": "preview"},
        {"do": "preview", "from": "nowhere"},
        {"do": "choose", "fork": ["x"], "option": {}},
        {"do": "move", "id": None, "before": 5},
        {"do": "set", "path": "__class__", "value": 1},
        {"do": "decide", "decision": None},
        {"do": ["add"]},
    ):
        bakery.send(**order)
    assert bakery.builder.state.plan == before


def test_what_nobody_has_estimated_is_not_shown_as_certain():
    """A new milestone says so, and what hangs on it “at most”, until a pass rate is written."""
    page = Page().send("add", name="Goal").send("add", name="First", before="@")
    page.send("set", path="milestones.goal.pass_rate", value=0.5)
    page.send("set", path="milestones.goal.attempts", value=1)
    nodes, headline = (page.builder.screen.answers[key] for key in ("nodes", "headline"))
    assert nodes["first"]["gap"]
    assert "%" not in nodes["first"]["reached"]
    assert nodes["goal"]["reached"] == "≤ 50%"
    assert "at most" in nodes["goal"]["said"]
    assert headline[0].startswith("◇ At most: 50 of 100")
    assert any("1 milestone has no pass rate yet" in line for line in headline)
    assert "no estimate" in page.builder.still()
    page.send("set", path="milestones.first.pass_rate", value=1)
    nodes, headline = (page.builder.screen.answers[key] for key in ("nodes", "headline"))
    assert (nodes["first"]["reached"], nodes["goal"]["reached"]) == ("100%", "50%")
    assert headline[0].startswith("50 of 100")
    assert not any("pass rate" in line for line in headline)


def test_the_week_and_the_zero_that_nobody_wrote_are_marked(home):
    """Weeks and cost of a new milestone are open until they are written, even as one and zero."""
    page = Page().send("add", name="Goal")
    (node,) = page.board["nodes"]
    assert list(node["unwritten"]) == ["weeks", "cost", "pass_rate"]
    assert "weeks of an attempt" in node["leans"]
    assert any("neither weeks nor cost" in line for line in page.builder.screen.answers["headline"])
    page.send("set", path="milestones.goal.weeks", value=1)
    page.send("set", path="milestones.goal.cost", value="0")
    page.send("set", path="milestones.goal.pass_rate", value=0.5)
    (node,) = page.board["nodes"]
    assert (node["unwritten"], node["leans"]) == ((), "")
    assert not any("◇" in line for line in page.builder.screen.answers["headline"])
    page.send("undo").send("undo").send("undo")
    (node,) = page.board["nodes"]
    assert list(node["unwritten"]) == ["weeks", "cost", "pass_rate"]
    page.send("redo").send("redo").builder.keep()
    (node,) = Page().board["nodes"]
    assert list(node["unwritten"]) == ["pass_rate"]


def take(page: Page, case: str) -> Page:
    """Put a shipped case on the canvas."""
    page.send("preview", **{"from": "case"}, id=case)
    return page.send("take", preview=page.builder.screen.preview["n"])


@pytest.mark.slow
def test_an_option_of_a_fork_is_taken_kept_and_taken_back(bakery, home):
    """The odds follow the choice; the file keeps it; none and undo lead back to the plan."""
    take(bakery, "caffeine-lozenge")
    fork = bakery.board["forks"][0]
    assert (fork["id"], fork["milestone"], fork["chosen"]) == ("cash-gap", "taste", "")
    assert [option["id"] for option in fork["options"]] == ["borrow", "launch-early", "wait"]
    assert bakery.builder.still().count("◇") >= len(bakery.board["nodes"])  # without a kernel, too
    assert "¥190,000" in fork["opens"]
    before = bakery.builder.screen.answers["nodes"]["channels"]["share"]
    bakery.send("choose", fork="cash-gap", option="borrow")
    assert "Borrow and keep testing" in bakery.said["text"]
    after = bakery.builder.screen.answers["nodes"]["channels"]["share"]
    assert after > before + 0.05
    assert any("Borrow" in line for line in bakery.builder.screen.answers["headline"])
    bakery.send("choose", fork="cash-gap", option="")
    assert bakery.builder.screen.answers["nodes"]["channels"]["share"] < after - 0.05
    bakery.send("undo")
    assert bakery.board["forks"][0]["chosen"] == "borrow"
    for wrong in ({"fork": "cash-gap", "option": "steal"}, {"fork": "no", "option": "borrow"}):
        bakery.send("choose", **wrong)
        assert bakery.said["kind"] == "fault"
    bakery.builder.keep()
    assert Page().board["forks"][0]["chosen"] == "borrow"


@pytest.mark.slow
def test_figures_of_a_case_say_where_they_come_from(bakery, home):
    """Assumed with its reason, stated with its claim; kept in the file; once changed, yours."""
    take(bakery, "caffeine-lozenge")
    sources = bakery.builder.screen.sources
    assert sources["cash"]["mark"] == "◇ assumed"
    assert "assumed: " in sources["cash"]["ground"]
    assert sources["milestones.taste.gives.conversion"]["kind"] == "stated"
    assert "L15" in sources["milestones.taste.gives.conversion"]["ground"]
    assert not [path for path in sources if path.startswith("forks")]
    leaning = {node["id"]: node["leans"] for node in bakery.board["nodes"]}
    assert "pass rate" in leaning["taste"]
    bakery.send("set", path="milestones.taste.pass_rate", value=0.3)
    leaning = {node["id"]: node["leans"] for node in bakery.board["nodes"]}
    assert "pass rate" not in leaning["taste"]
    bakery.send("undo").send("undo")  # the case is gone, the bakery was always the founder's
    assert bakery.builder.screen.sources == {}
    bakery.send("redo").send("redo").builder.keep()
    again = Page()
    assert again.builder.screen.sources["cash"] == sources["cash"]
    assert "milestones.taste.pass_rate" not in again.builder.screen.sources


def test_forks_and_assumed_figures_of_a_case_are_reported(bakery):
    """What a case leaves open is said before it is taken, and beside its odds."""
    bakery.send("preview", **{"from": "case"}, id="caffeine-lozenge")
    offer = bakery.builder.screen.preview
    assert any("3 forks" in line for line in offer["lines"])
    assert any("marked ◇" in line for line in offer["lines"])
    bakery.send("take", preview=offer["n"])
    assert any("no option" in line for line in bakery.builder.screen.answers["headline"])


def test_a_full_disk_is_said_in_the_panel_and_the_edit_stays(bakery, monkeypatch):
    """The line about the file is a fault with its reason; the chain goes on, and is kept later."""

    def full(*_: Any) -> None:
        raise WorkError("{path} cannot be written: {reason}", path="x", reason="No space left")

    with monkeypatch.context() as patched:
        patched.setattr(shelf_room, "put", full)
        bakery.send("add", name="Written nowhere")
        bakery.builder.keep()
        kept = bakery.board["kept"]
        assert kept["kind"] == "fault"
        assert "No space left" in kept["text"]
        assert "Written nowhere" in [node["name"] for node in bakery.board["nodes"]]
    bakery.send("set", path="cash", value=1)
    bakery.builder.keep()
    assert bakery.board["kept"]["kind"] == "note"


def test_the_look_back_waits_for_the_quiet(bakery, monkeypatch):
    """While a figure moves, a logged plan is not played twice more; afterwards it is up to date."""
    bakery.send("log", milestone="dough-proved", result="passed", week=2)
    waiting: list[Any] = []
    monkeypatch.setattr(answer_scheduler, "later", lambda _, call: waiting.append(call))
    bakery.builder.scheduler._throttle._started = float("-inf")
    before = bakery.builder.screen.story
    bakery.send("set", path="milestones.lease-signed.pass_rate", value=0.9)
    assert bakery.builder.screen.answers["revision"] == bakery.board["revision"]
    assert bakery.builder.screen.story == before
    while waiting:  # the answer in full, then the quiet after it
        waiting.pop()()
    assert bakery.builder.screen.story["revision"] == bakery.board["revision"]


def tabs(page: Page) -> list[str]:
    return [tab["id"] for tab in page.builder.screen.answers["pages"]]


def test_only_tabs_that_apply_to_the_plan_are_there():
    """A blank page has none; cash brings the runway, customers who stay bring their two."""
    page = Page()
    assert tabs(page) == []
    page.send("add", name="Goal")
    assert tabs(page) == ["weeks", "review"]
    page.send("set", path="cash", value=500)
    assert tabs(page) == ["runway", "weeks", "review"]
    take(page, "subscription")
    assert {"customers", "recurring", "conversion"} < set(tabs(page))


def test_a_picture_is_drawn_where_its_tab_is_open_and_as_wide_as_the_place():
    """The runway at first, then what a page opens; twice the room is a wider picture."""
    page = Page().send("add", name="Goal").send("set", path="cash", value=500)

    def drawn() -> list[str]:
        return [tab["id"] for tab in page.builder.screen.answers["pages"] if tab.get("svg")]

    assert drawn() == ["runway"]
    page.send("open", page="weeks")
    assert drawn() == ["weeks"]
    page.send("size", width=1000)
    (weeks,) = [tab for tab in page.builder.screen.answers["pages"] if tab.get("svg")]
    assert "max-width:860px" in weeks["svg"]
    for nonsense in (None, "wide", -1, 1e300):
        page.send("size", width=nonsense)
    assert page.builder.still().count("<svg") >= 3  # without a kernel every picture is there


def test_what_is_alike_in_the_review_is_one_line(bakery):
    """Three milestones without a proof are one line that holds them; the rule is named quietly."""
    review = next(tab for tab in bakery.builder.screen.answers["pages"] if tab["id"] == "review")
    (line,) = [item for item in review["items"] if item["text"] == "2 milestones lack a proof"]
    assert [item["milestone"] for item in line["items"]] == ["dough-proved", "lease-signed"]


@pytest.mark.slow
def test_every_case_can_be_started_from(bakery):
    """All shipped cases come onto the canvas with odds, in both languages."""
    for case in bakery.builder.screen.words["cases"]:
        bakery.send("preview", **{"from": "case"}, id=case["id"])
        bakery.send("take", preview=bakery.builder.screen.preview["n"])
        assert bakery.board["nodes"], case
        assert bakery.builder.screen.answers["fates"].startswith("<svg")


def test_what_happened_gets_its_page_and_asks_for_a_decision(bakery):
    """A logged failure is beside its forecast; the decision is written into the plan."""
    assert bakery.builder.screen.story["pages"] == []
    bakery.send("log", milestone="dough-proved", result="passed", week=2, cash=15_000)
    (story,) = bakery.builder.screen.story["pages"]
    assert story["tool"] == "decide"
    assert len(story["pair"]) == 2
    (node,) = [n for n in bakery.board["nodes"] if n["id"] == "dough-proved"]
    assert node["state"] == "passed"
    bakery.send("decide", decision="redirect", note="another street")
    assert bakery.builder.state.plan.log[-1].decision == "redirect"


def test_two_versions_are_compared_on_the_same_luck(bakery, home):
    """Any kept version beside the plan as it is now: the sentence, what changed, both pictures."""
    bakery.builder.keep()
    bakery.send("set", path="milestones.lease-signed.pass_rate", value=0.9)
    bakery.builder.keep()
    versions = sorted(file.name for file in (home / "plans" / "my-chain").glob("*.yaml"))
    bakery.send("compare", a=versions[-2], b="now")
    (page_shown,) = bakery.builder.screen.compared["pages"]
    assert page_shown["lines"]
    assert len(page_shown["pair"]) == 2
    assert len(page_shown["items"]) == 1
    bakery.send("compare", a="0000.yaml", b="now")
    assert bakery.said["kind"] == "fault"


def test_opening_again_brings_the_same_chain(bakery, home):
    """What one screen did, the next one shows; the old one no longer writes."""
    again = Page()
    assert [n["name"] for n in again.board["nodes"]] == [n["name"] for n in bakery.board["nodes"]]
    again.send("rename", id="dough-proved", name="New name")
    again.builder.keep()
    bakery.send("rename", id="dough-proved", name="Old name")
    kept = yaml.safe_load((home / "plans" / "my-chain.yaml").read_text("utf-8"))
    assert kept["milestones"][0]["name"] == "New name"


def test_an_error_of_ours_reaches_the_tests_and_a_founder_as_a_line(bakery, monkeypatch):
    """Where tests listen it is raised; where a founder looks it is one sentence, the odds stay."""

    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    before = bakery.builder.screen.answers
    monkeypatch.setattr(answer_scheduler, "answers", broken)
    with pytest.raises(ZeroDivisionError):
        bakery.send("set", path="cash", value=1)
    monkeypatch.setattr(callbacks, "strict", False)
    bakery.builder.scheduler._throttle.done(bakery.builder.state.revision)
    bakery.send("set", path="cash", value=2)
    assert bakery.said["kind"] == "fault"
    assert "ZeroDivisionError" in bakery.said["text"]
    assert bakery.builder.screen.answers == before


def test_a_name_that_no_file_can_have_is_refused():
    """Reported as a fault, before anything is made."""
    for name in ("", "../up", "a/b", "x" * 65, "a.b"):
        with pytest.raises(InputError):
            open_builder("en", name)


def test_the_page_says_nothing_that_the_words_do_not_know():
    """Every sentence in the page's program is in the table, and none there is unused."""
    used = {eval(f'"{found}"') for found in SAY.findall(page())}
    assert used == set(SENTENCES)
    chinese = spoken(Words("zh"))
    gaps = re.compile(r"\{\w+\}")
    assert all(sorted(gaps.findall(s)) == sorted(gaps.findall(chinese[s])) for s in SENTENCES)


def test_the_page_reads_no_text_as_html():
    """No innerHTML, no eval, no network in the page's program; every part of it is laid in."""
    program = page()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "fetch(", "import("):
        assert way not in program
    parts = {f.name for f in files("workbook.builder").joinpath("front").iterdir()}
    assert parts == {*(f"{part}.js" for part in PARTS), "screen.css", "types.d.ts"}


def test_a_hostile_name_is_escaped_in_the_still(home):
    """The half that stays without a kernel is HTML: names in it are text."""
    page = Page().send("add", name="<img src=x onerror=alert(1)>")
    page.send("set", path="title", value="<script>alert(1)</script>")
    html = page.builder.still()
    assert "<img src=x" not in html
    assert "<script" not in html
    assert "&lt;img" in html


def test_no_figure_is_drawn_by_matplotlib():
    """The live pictures are strings: pyplot is not even loaded, so no figure can stay open."""
    program = (
        "import sys; from workbook.builder import open_builder; d = open_builder('en', 'x');"
        "d.hear(None, {'do': 'add', 'name': 'Goal'});"
        "assert 'matplotlib.pyplot' not in sys.modules, 'pyplot'"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_numbers_on_the_canvas_are_those_on_the_runway(bakery):
    """Also where an option that is taken skips a milestone: the charts count on without it."""
    from workbook.charts.text_layout import numbers

    take(bakery, "caffeine-lozenge")
    for fork in bakery.builder.state.plan.forks:
        for option in fork.options:
            bakery.send("choose", fork=fork.id, option=option.id)
            found = bakery.builder.scheduler.outcomes
            assert found is not None
            shown = {node["id"]: node["order"] for node in bakery.board["nodes"]}
            charted = numbers(found.as_played)
            assert {id: charted.get(id, 0) for id in shown} == shown
        bakery.send("choose", fork=fork.id, option=None)
