"""Plans in the screen: another opened, copied, renamed, deleted, brought back; named versions."""

from __future__ import annotations

import pytest

from builder.screen import Page
from workbook.builder import plans
from workbook.builder.advice import advise
from workbook.builder.edits import RefusedError
from workbook.builder.plan_store import MOST
from workbook.plan import Bilingual, Milestone, Plan
from workbook.play import play
from workbook.words import Words

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def founder() -> Page:
    """A stall, kept as `my-chain`."""
    founder = Page().send("add", name="Stall open").send("set", path="cash", value=5000)
    return founder.send("set", path="milestones.stall-open.pass_rate", value=0.5)


def ids(founder: Page) -> tuple[str, ...]:
    return founder.builder.state.plan.ids


def names(founder: Page) -> list[str]:
    return sorted(plan["name"] for plan in founder.builder.screen.plans["plans"])


def test_a_new_plan_is_blank_and_the_old_one_comes_back_with_its_steps(founder):
    """Switching keeps both files and, in this sitting, what can be undone in each."""
    founder.send("plans", act="new", to="A second idea")
    assert ids(founder) == ()
    assert founder.board["kept"]["file"].endswith("A-second-idea.yaml")
    founder.send("add", name="Elsewhere")
    founder.send("plans", act="open", name="my-chain")
    assert ids(founder) == ("stall-open",)
    founder.send("undo")
    assert founder.builder.state.plan.milestone("stall-open").pass_rate is None
    founder.send("plans", act="open", name="A-second-idea")
    assert ids(founder) == ("elsewhere",)
    assert founder.builder.screen.answers["odds"].get("change", "") == ""


def test_a_copy_has_the_figures_and_a_life_of_its_own(founder):
    """What is changed in the copy does not change the first."""
    founder.send("plans", act="copy", name="my-chain", to="twin")
    founder.send("set", path="cash", value=1)
    founder.send("plans", act="open", name="my-chain")
    assert founder.builder.state.plan.cash == 5000
    assert names(founder) == ["my-chain", "twin"]


def test_a_copy_says_in_its_title_that_it_is_one(founder):
    """Counted when repeated, also of a copy; both languages have their own; no title stays none."""
    founder.send("set", path="title", value="Stall")
    for twin, title in (("two", "Stall (copy)"), ("three", "Stall (copy 2)")):
        founder.send("plans", act="copy", name="my-chain", to=twin)
        assert founder.board["title"] == title
    founder.send("plans", act="copy", name="two", to="four")
    assert founder.board["title"] == "Stall (copy 3)"
    both = Bilingual(en="Stall", zh="小摊（副本）")
    assert plans.copy_title(both.zh, [both], Words("zh")) == "小摊（副本 2）"
    assert plans.copy_title("", [], Words("en")) == ""
    founder.send("plans", act="new", to="nameless")
    founder.send("plans", act="copy", name="nameless", to="twin")
    assert founder.builder.state.plan.title == ""


def versions(founder: Page) -> list[str]:
    """What the versions are called where two are compared, the newest first."""
    founder.builder.keep()
    founder.builder.comparison.show()
    (shown,) = founder.builder.screen.compared["pages"]
    return [one["name"] for one in shown["versions"][1:]]


def test_a_version_without_a_name_says_what_it_changed(founder):
    """The first change with its figures, how many there are; the first of all what it holds."""
    assert versions(founder)[-1].endswith(" · A blank page")
    founder.send("set", path="milestones.stall-open.cost", value=90000)
    assert versions(founder)[0].endswith(" · “Stall open”, cost of an attempt: ¥0 → ¥90,000")
    founder.send("set", path="milestones.stall-open.cost", value=75000)
    assert versions(founder)[0].endswith(" · “Stall open”, cost of an attempt: ¥90,000 → ¥75,000")
    founder.send("rows", rows=[{"id": "stall-open", "cells": {"weeks": "3", "cost": "5"}}])
    assert " · 2 changes, the first: “Stall open”" in versions(founder)[0]
    for file in sorted(plans.folder().glob("my-chain/*"))[:1]:
        file.unlink()
    founder.builder.comparison.forget()
    assert versions(founder)[-1].endswith(" · milestones: 1, the goal “Stall open”")
    founder.send("keep_as", name="before the loan")
    founder.send("set", path="cash", value=2)
    assert versions(founder)[1] == "before the loan"
    for n in range(MOST + 2):
        founder.send("set", path="cash", value=100 + n)
        versions(founder)
    assert not [name for name in versions(founder) if name.startswith("kept ")]


def test_a_renamed_plan_goes_on_under_its_name(founder):
    """The file is gone from its old name; the next edit is written under the new one."""
    founder.send("plans", act="rename", name="my-chain", to="stall")
    founder.send("set", path="cash", value=7)
    founder.builder.keep()
    assert names(founder) == ["stall"]
    assert "cash: 7" in (plans.folder() / "stall.yaml").read_text("utf-8")
    founder.send("undo")
    assert founder.builder.state.plan.cash == 5000


def test_a_deleted_plan_can_be_brought_back_with_its_versions(founder):
    """Also the one on the canvas; a blank founder stays where there was only one."""
    founder.builder.keep()
    founder.send("plans", act="delete", name="my-chain")
    assert ids(founder) == ()
    assert "brought back" in founder.builder.screen.plans["said"]
    founder.send("plans", act="new", to="other")
    founder.send("plans", act="delete", name="my-chain")  # the blank founder that took its place
    assert founder.builder.screen.plans["deleted"] == "my-chain"


def test_undo_of_a_deletion_brings_the_plan_back(founder):
    """Deleted beside the one on the canvas, brought back, as it was."""
    founder.send("plans", act="new", to="other")
    founder.send("plans", act="delete", name="my-chain")
    assert names(founder) == ["other"]
    founder.send("plans", act="back", name="my-chain")
    assert ids(founder) == ("stall-open",)
    assert (plans.folder() / "my-chain").is_dir()


@pytest.mark.parametrize("name", ["", "../up", "a/b", "x" * 70, "my-chain", None, 3, "<b>"])
def test_a_name_that_cannot_be_is_refused_in_the_window(founder, name):
    """A path, a name that is taken, nothing at all: said in the window, nothing is written."""
    before = sorted(plans.folder().rglob("*.yaml"))
    founder.send("plans", act="new", to=name)
    assert founder.builder.screen.plans["said"]
    assert sorted(plans.folder().rglob("*.yaml")) == before
    with pytest.raises(RefusedError):
        plans.free(name)


def test_a_named_version_stays_and_can_be_put_back(founder):
    """It is there after more edits than versions are kept, under its name; undo takes it back."""
    founder.send("keep_as", name="before the loan")
    for n in range(MOST + 4):
        founder.send("set", path="cash", value=100 + n)
        founder.builder.keep()
    founder.builder.comparison.show()
    (shown,) = founder.builder.screen.compared["pages"]
    (kept,) = [one for one in shown["versions"] if one["name"] == "before the loan"]
    founder.send("version", id=kept["id"])
    assert founder.builder.state.plan.cash == 5000
    founder.send("undo")
    assert founder.builder.state.plan.cash == 100 + MOST + 3
    founder.send("keep_as", name="")
    assert "needs a name" in founder.said["text"]


def test_up_to_four_stand_side_by_side_on_the_same_luck(founder):
    """The plan, a version and another plan in one picture, each with the odds that it has alone."""
    founder.send("keep_as", name="half")
    founder.send("plans", act="copy", name="my-chain", to="better")
    founder.send("set", path="milestones.stall-open.pass_rate", value=0.9)
    founder.send("plans", act="open", name="my-chain")
    founder.send("set", path="cash", value=0)
    founder.builder.comparison.show()
    (shown,) = founder.builder.screen.compared["pages"]
    half = next(one["id"] for one in shown["versions"] if one["name"] == "half")
    founder.send("sides", ids=["now", half, "plan:better"])
    (shown,) = founder.builder.screen.compared["pages"]
    assert shown["sides"] == ["now", half, "plan:better"]
    for name in ("as it is now", "half", "better"):
        assert name in shown["svg"]
    founder.send("sides", ids=["now"])
    assert "two to four" in founder.said["text"]


def test_two_people_are_hinted_at_where_the_chain_branches():
    """Two long steps before a deadline: one person cannot, two can; in a row nothing is hinted."""
    steps = [Milestone(id=id, weeks=4.0) for id in ("a", "b")]
    goal = Milestone(id="goal", needs=("a", "b"), weeks=1.0)
    plan = Plan(id="p", goal="goal", horizon_weeks=6, milestones=(*steps, goal))
    assert play(plan).fates["goal"] == 0
    (hint,) = [piece for piece in list(advise(plan))[-1].pieces if piece.kind == "team"]
    assert hint.plan is not None
    assert play(hint.plan).fates["goal"] == 1
    assert "100" in str(hint.what)
    row = (steps[0], steps[1].model_copy(update={"needs": ("a",)}), goal)
    alone = plan.model_copy(update={"milestones": row})
    assert [p for p in list(advise(alone))[-1].pieces if p.kind == "team"] == []
