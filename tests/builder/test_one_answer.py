"""A plan at rest has one answer: on the screen, in each tab, in the report, in the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder.screen import Page
from examples import by_hand
from workbook import cases
from workbook.builder import answers as answers_room
from workbook.builder.answers import answers
from workbook.builder.view import answer_scheduler
from workbook.cli import main
from workbook.reports.contents import Report

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(params=by_hand(reversed(cases.shipped())))
def screen(request: pytest.FixtureRequest) -> Page:
    """A case on the canvas, its file written."""
    screen = Page()
    screen.send("preview", **{"from": "case", "id": request.param})
    screen.send("take", preview=screen.builder.screen.preview["n"])
    screen.builder.keep()
    return screen


def on_the_command_line(file: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    """The fates as `workbook play --json` prints them."""
    capsys.readouterr()
    assert main(["play", str(file), "--json"]) == 0
    fates: dict[str, float] = json.loads(capsys.readouterr().out)["fates"]
    return fates


def headline(screen: Page) -> str:
    """What the screen says first."""
    return str(screen.builder.screen.answers["headline"][0])


def test_screen_report_and_command_line_give_one_answer(screen, capsys):
    """The same share to the last digit, whichever way is asked; Compare shows it too."""
    wanted = on_the_command_line(screen.builder.store.file, capsys)
    plan, shown = screen.builder.state.plan, screen.builder.screen.answers
    assert shown["at_rest"]
    if plan.goal in shown["nodes"]:
        assert shown["nodes"][plan.goal]["share"] == pytest.approx(wanted["goal"], abs=1e-12)
    assert Report.of(str(screen.builder.store.file)).outcomes.fates == pytest.approx(wanted)
    screen.send("set", path="cash", value=(plan.cash or 0) + 1000)
    screen.builder.keep()
    (offered,) = screen.builder.screen.compared["pages"]
    screen.send("compare", a=offered["a"], b="now")
    (compared,) = screen.builder.screen.compared["pages"]
    assert compared["pair"][1]["said"] == headline(screen).removeprefix("◇ At most: ")


def test_a_slow_machine_gets_the_same_answer_at_rest(screen, monkeypatch):
    """Fewer lives while the plan changes: at rest the answer is that of all lives."""
    before = dict(screen.builder.screen.answers)
    drawn: list[int] = []

    def few(plan: Any, runs: int, how: Any, findings: Any) -> Any:
        drawn.append(runs)
        return answers(plan, runs=300, how="simulated", findings=findings)

    monkeypatch.setattr(answer_scheduler, "answers", few)
    screen.send("set", path="title", value="The same in other words")
    assert drawn
    assert screen.builder.screen.answers["nodes"] == before["nodes"]
    assert screen.builder.screen.answers["headline"] == before["headline"]


def test_what_an_exact_play_has_answered_is_not_played_again(monkeypatch):
    """Where the first answer is exact, it is the answer."""
    screen = Page().send("add", name="Shop is open")

    def never(plan: Any) -> Any:
        raise AssertionError(plan)

    monkeypatch.setattr(answer_scheduler, "settled", never)
    screen.send("set", path="milestones.shop-is-open.pass_rate", value=0.5)
    assert screen.builder.screen.answers["at_rest"]
    assert answers_room.answers(screen.builder.state.plan).at_rest
