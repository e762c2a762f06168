"""What a change makes the kernel do again, and what it leaves alone: counted, not timed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import workbook.builder.answers as answers_module
import workbook.retrospect as retrospect_module
from builder.screen import Page
from examples import by_hand
from workbook import cases
from workbook.builder.view import answer_scheduler, version

pytestmark = pytest.mark.usefixtures("home")
Counted = Callable[[Any, str], list[Any]]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Count the calls of a function of a module: the first argument of each."""

    def count(module: Any, name: str) -> list[Any]:
        calls: list[Any] = []
        real = getattr(module, name)

        def called(*args: Any, **kwargs: Any) -> Any:
            calls.append(args[0])
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, called)
        return calls

    return count


@pytest.fixture
def shop() -> Page:
    """Three in a row, with cash."""
    shop = Page().send("add", name="Shop is open")
    shop.send("add", name="Lease signed", before="@").send("add", name="Dough proved", before="@")
    return shop.send("set", path="cash", value=20_000)


def test_only_a_change_of_the_chain_lays_the_canvas_out_again(shop, counted):
    """Names, costs, weeks and chances leave every node in its place; a link or a node does not."""
    calls = counted(version, "positions_of")
    for path, value in (("cost", 300), ("weeks", 2), ("pass_rate", 0.4)):
        shop.send("set", path=f"milestones.lease-signed.{path}", value=value)
    shop.send("rename", id="lease-signed", name="The lease").send("set", path="cash", value=9_000)
    assert calls == []
    shop.send("link", first="dough-proved", then="shop-is-open")
    shop.send("delete", id="lease-signed").send("undo")
    assert len(calls) == 3


def test_the_plan_is_read_once_for_all_that_is_shown_of_it(shop, counted):
    """Canvas, guide and review share one review; a selection or a refusal needs none."""
    reviews, chains = counted(answers_module, "review"), counted(version, "chain_of")
    shop.send("set", path="milestones.lease-signed.pass_rate", value=0.3)
    plan = shop.builder.state.plan
    assert reviews == chains == [plan]
    shop.send("select", id="dough-proved").send("set", path="cash", value="a few")
    shop.send("enter", path="cash", text="some").send("size", width=700)
    assert reviews == chains == [plan]


def test_the_review_is_that_of_the_plan_from_the_first_answer_on(shop, monkeypatch):
    """What a change has mended is asked no more, before the plan is at rest."""
    monkeypatch.setattr(answer_scheduler, "later", lambda *_: None)

    def cash_asked() -> bool:
        return any(one.rule == "cash-counted" for one in shop.builder.scheduler.found.findings)

    shop.send("set", path="burn_per_week", value=500).send("set", path="cash", value=None)
    shop.builder.scheduler.answer()
    assert cash_asked()
    shop.send("set", path="cash", value=20_000)
    shop.builder.scheduler.answer()
    assert not cash_asked()


def test_the_log_is_replayed_once_for_the_weeks_of_all_milestones(shop, counted):
    """The week that each milestone's box offers comes from one replay."""
    calls = counted(retrospect_module, "present")
    shop.send("set", path="milestones.lease-signed.weeks", value=3)
    assert len(calls) == 1
    assert shop.board["next_weeks"] == {
        "": 1,
        "dough-proved": 1,
        "lease-signed": 3,
        "shop-is-open": 1,
    }


def test_work_in_the_quiet_gives_way_to_a_change(shop, monkeypatch):
    """Of all that is worked out for a plan at rest, a change waits for one task at most."""
    waiting: list[Callable[[], object]] = []
    monkeypatch.setattr(answer_scheduler, "later", lambda _, call: waiting.append(call))
    done: list[str] = []
    builder, scheduler = shop.builder, shop.builder.scheduler
    monkeypatch.setattr(builder.comparison, "readings", lambda: iter(()))
    for owner, name in ((scheduler, "_tell_story"), (builder.comparison, "update")):
        monkeypatch.setattr(owner, name, lambda *_, name=name: done.append(name))
    shop.send("set", path="cash", value=1_000)
    scheduler.answer()
    waiting.clear()
    scheduler._rest(builder.state.revision)
    assert done == ["_tell_story"]
    waiting.pop()()
    assert done == ["_tell_story", "update"]
    shop.send("set", path="cash", value=2_000)
    waiting.pop(0)()
    assert done == ["_tell_story", "update"]


def test_a_comparison_with_the_plan_as_it_is_now_follows_the_plan(shop):
    """At rest both comparisons are of the plan on the screen, not of one before a change."""
    shop.send("set", path="milestones.lease-signed.pass_rate", value=0.3)
    shop.builder.keep()
    shop.send("set", path="milestones.lease-signed.pass_rate", value=0.9)
    (offered,) = shop.builder.screen.compared["pages"]
    shop.send("compare", a=offered["a"], b="now").send("sides", ids=[offered["a"], "now"])
    shop.send("set", path="milestones.lease-signed.pass_rate", value=0.1)
    (shown,) = shop.builder.screen.compared["pages"]
    headline = shop.builder.screen.answers["headline"][0].removeprefix("◇ At most: ")
    assert shown["pair"][1]["said"] == headline
    assert shop.builder.screen.compared["revision"] == shop.board["revision"]
    goal = shop.builder.scheduler.outcomes.fates["goal"]
    ranked = {one.name: one.outcomes.fates["goal"] for one in shop.builder.comparison._ranked}
    assert goal in ranked.values()


@pytest.mark.parametrize("case", by_hand(cases.shipped()))
def test_a_plan_at_rest_has_one_text(shop, case):
    """Settled twice, or come back to by undo, a plan has every sentence and picture as before."""
    shop.send("preview", **{"from": "case", "id": case})
    shop.send("take", preview=shop.builder.screen.preview["n"])
    shop.send("take", preview=shop.builder.screen.preview["n"])
    scheduler, plan = shop.builder.scheduler, shop.builder.state.plan

    def shown() -> str:
        said = {**shop.builder.screen.answers, "revision": 0, "odds": None}
        return json.dumps([said, shop.builder.screen.answers["odds"]["share"]])

    before = shown()
    scheduler._show_settled(shop.builder.state.revision)
    assert shown() == before
    shop.send("set", path="horizon_weeks", value=9)
    after = shown()
    assert after != before
    shop.send("undo")
    assert (shop.builder.state.plan, shown()) == (plan, before)
    shop.send("redo")
    assert shown() == after


def test_versions_are_read_one_at_a_time_and_once(shop, counted, monkeypatch):
    """What many versions changed is worked out in the quiet: a task each, and never again."""
    for n in range(5):
        shop.send("set", path="milestones.lease-signed.cost", value=100 + n).builder.keep()
    reads, waiting = counted(cases, "read"), list[Callable[[], object]]()
    shop.builder.comparison.forget()
    builder, scheduler = shop.builder, shop.builder.scheduler
    monkeypatch.setattr(answer_scheduler, "later", lambda _, call: waiting.append(call))
    versions = len(builder.store.versions())
    scheduler._rest(builder.state.revision)
    for n in range(versions):
        assert len(reads) == n + 1
        waiting.pop()()
    assert "cost" in builder.screen.compared["pages"][0]["versions"][1]["name"]
    scheduler._rest(builder.state.revision)
    assert len(reads) == versions
