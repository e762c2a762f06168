"""A plan is compiled once, by the law; the engines start from that and work nothing out again."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import workbook
from workbook.law import compiled
from workbook.plan import Plan

ENGINES = ("exact", "simulate", "life")
WORKED_OUT = {"race_rate", "raced_rates", "whole_weeks", "weeks_of_hours", "needs_of", "required"}
"""What turns a plan's keys into a program; no engine calls any of it."""

HALL = {"id": "hall", "cost": 99.995, "teams": 3, "weeks": 2.5, "pass_rate": [0.5, 0.8]}
TEST = {"id": "t", "teams": 2, "tests": {"belief": 0.5, "redesign": {"weeks": 1.5, "cost": 10.005}}}


def plan(*milestones, **keys) -> Plan:
    base = {"id": "p", "goal": milestones[-1]["id"], "milestones": milestones}
    return Plan.model_validate({**base, **keys})


def test_a_task_is_in_cents_whole_weeks_and_chances_after_the_race():
    """Half a cent and half a week go up; of three teams one passes in 7 of 8 lives at a half."""
    task = compiled(plan(HALL)).tasks["hall"]
    assert (task.cost_cents, task.weeks, task.teams) == (30_000, 3, 3)
    assert (task.chance(0), task.chance(1)) == (0.875, pytest.approx(0.992))
    assert task.chance(7) == task.chance(1)
    assert task.chance(0, factor=0.5) == 1 - 0.75**3
    assert (task.price(1.005), task.lasting(0.0, 1.4)) == (303, 1)


def test_a_test_is_one_teams_work_and_its_redesign_is_compiled_too():
    """However many teams it names."""
    task = compiled(plan(TEST)).tasks["t"]
    assert (task.teams, task.redesign.cost_cents, task.redesign.weeks) == (1, 1_001, 2)


def test_needs_on_what_is_skipped_count_as_met():
    """And what is skipped stays a task: an option may edit it."""
    chain = ({"id": "a"}, {"id": "b", "needs": ["a"]}, {"id": "g", "needs": ["a", "b"]})
    program = compiled(plan(*chain, skips=["b"]))
    assert program.needs == {"a": (), "g": ("a",)}
    assert program.required == {"a", "g"}
    assert list(program.tasks) == ["a", "b", "g"]


def test_hours_last_by_what_is_free():
    """60 hours at 8 a week are 8 weeks; without any left there is no length."""
    task = compiled(plan({"id": "h", "hours": 60}, hours_per_week=8)).tasks["h"]
    assert (task.lasting(8.0), task.lasting(8.0, 16.0), task.out_of_hours(0.0)) == (8, 2, True)


def test_a_plan_is_compiled_once_and_another_like_it_for_itself():
    """Who plays the same object again starts from the same program."""
    one = plan(HALL, cash=1.005)
    assert compiled(one) is compiled(one)
    assert compiled(one).cash_cents == 101
    assert compiled(one.model_copy(update={"cash": None})).mortal is False


@pytest.mark.parametrize("engine", ENGINES)
def test_no_engine_works_out_what_the_program_says(engine):
    """They import the program, not what it is made with."""
    folder = Path(workbook.__file__).parent / engine
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                taken = {alias.name for alias in node.names} & WORKED_OUT
                assert not taken, f"{path.name} imports {taken}"
