"""A rehearsal at the terminal: numbered choices, and every bad input a clear sentence."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from workbook import life
from workbook.cases import load
from workbook.cli import main
from workbook.rehearsal import rehearse

LOZENGE = load("caffeine-lozenge").plan
CHAIN = """\
plan: 1
id: chain
goal: c
cash: 9000
burn_per_week: 100
milestones:
  - {id: a, weeks: 1, cost: 10, pass_rate: 0.9}
  - {id: b, needs: [a], weeks: 1, cost: 10, pass_rate: 0.9}
  - {id: c, needs: [b], weeks: 1, cost: 10, pass_rate: 0.9}
"""


@pytest.fixture
def reported(monkeypatch, capsys, tmp_path):
    """Run the command with typed lines: exit code, stdout, stderr."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["rehearse", *arguments])
        return (code, *capsys.readouterr())

    return run


RESULTS = ("passed", "failed")


def line_of(out):
    """The command that goes on, as its last line has it."""
    return out.strip().splitlines()[-1].partition("--moves ")[2].strip("'")


def test_a_life_is_played_by_numbers_and_its_line_replays(reported):
    """Numbers choose; at the end stands the line that gives the same life again."""
    code, out, err = reported("caffeine-lozenge", "--seed", "7", typed="1\n" * 40)
    assert (code, err) == (0, "")
    assert "You reach the goal in week 44" in out
    code, again, _ = reported("caffeine-lozenge", "--moves", line_of(out))
    assert again.strip().splitlines()[-3:] == out.strip().splitlines()[-3:]


def test_the_end_of_the_input_keeps_the_line_to_go_on(reported):
    """Ctrl-D after two moves: the printed line goes on from the third decision."""
    code, out, _ = reported("caffeine-lozenge", "--seed", "7", typed="1\n1\n")
    assert code == 0
    assert "To go on from here:" in out
    _, more, _ = reported("caffeine-lozenge", "--moves", line_of(out), typed="q\n")
    assert "== week 13 ==" in more
    assert "== week 1 ==" not in more


def test_interrupting_keeps_the_line_too(reported, monkeypatch):
    """Ctrl-C at the prompt ends it with the line to go on, and exit code 0."""

    def interrupted(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    code, out, err = reported("caffeine-lozenge")
    assert (code, err) == (0, "")
    assert "To go on from here:" in out


def test_a_wrong_answer_is_asked_again_and_reasons_are_reported(reported):
    """Letters, numbers too high and illegal moves are reported; ? tells what is out of reach."""
    typed = "x\n99\n0\nskip:taste\ntake:cash-gap=borrow\n?\nwork:opportunity?80\nq\n"
    _, out, _ = reported("caffeine-lozenge", typed=typed)
    assert out.count("Type a number from 1 to 2.") == 3
    assert "an option of the fork “Leave the taste for later”" in out
    assert "the fork opens when work on “It tastes good” would start" in out
    assert line_of(out).startswith("caffeine-lozenge 1 work:opportunity?80")


@pytest.mark.parametrize(
    ("moves", "fault"),
    [
        ("as-written fly:moon skip", "move 2: 'fly:moon' is not a move"),
        ("as-written take:cash-gap=borrow", "move 2, “take:cash-gap=borrow”, in week"),
        ("take:gap=borrow", "no fork 'gap'; the plan has: cash-gap, horses and walk-around"),
        ("take:cash-gap=steal", "no option 'steal'; the fork has: borrow, launch-early and wait"),
        ("work:tastes", "no milestone 'tastes'"),
        ("wait:900", "only 156 weeks are left"),
        ("stop stop", "this life has ended"),
        ("gym 3 as-written", "these moves are of the plan 'gym'"),
        ("caffeine-lozenge 3 as-written #000000", "another version of this plan"),
        ("caffeine-lozenge 3 as-written --seed 4", "is not a move"),
    ],
)
def test_moves_that_cannot_be_made_are_each_a_sentence(reported, moves, fault):
    """Illegal moves, moves of another plan or an older version: which, where, what is allowed."""
    for lang in ("en", "zh"):
        code, out, err = reported("caffeine-lozenge", "--moves", moves, "--lang", lang)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        if lang == "en":
            assert fault in err


def test_a_seed_of_any_size_is_lived(reported):
    """10^30 is a seed like others; a negative or broken one is refused in a sentence."""
    huge = str(10**30)
    code, out, _ = reported("gym", "--seed", huge, "--auto", "as-written")
    assert code == 0
    assert f"gym {huge} " in out
    assert reported("gym", "--moves", line_of(out))[0] == 0
    for bad in ("-1", "1.5", "x"):
        code, out, err = reported("gym", "--seed", bad)
        assert (code, out) == (2, "")
        assert "--seed" in err


def test_a_life_that_plays_by_itself_is_reported_from_its_first_week(reported):
    """Nobody has seen what happened on the way: every result is printed, not the last ones."""
    _, out, _ = reported("gym", "--seed", "3", "--auto", "as-written")
    results = [
        e for e in life.live(load("gym").plan, life.Luck(3, 0)).events if e.happening in RESULTS
    ]
    assert len(results) > 1
    assert [
        int(week) for week in re.findall(r"^  week (\d+) .*(?:reached|fails)\.$", out, re.M)
    ] == [event.week for event in results]


def test_two_seeds_are_not_guessed_between(reported):
    """A line with one seed and --seed with another: asked, not guessed."""
    code, _, err = reported("gym", "--moves", "gym 3 as-written", "--seed", "4")
    assert code == 2
    assert "with seed 3, and --seed is 4" in err


def test_a_plan_without_a_decision_says_so_and_takes_its_course(reported):
    """One chain, no fork, nothing to leave out: said, and lived to its end."""
    Path("chain.yaml").write_text(CHAIN, encoding="utf-8")
    code, out, _ = reported("chain.yaml", typed="")
    assert code == 0
    assert "There is nothing to decide in this plan" in out
    assert "You reach the goal" in out


def test_a_plan_with_a_log_starts_today(reported):
    """What is logged is the past: the first decision is in the week after it."""
    log = "log:\n  - {week: 3, milestone: a, result: passed, cash: 8000}\n"
    forks = "forks:\n  - {id: f, at: {milestone: c}, options: [{id: more, cash: +500}]}\n"
    Path("chain.yaml").write_text(CHAIN + forks + log, encoding="utf-8")
    _, out, _ = reported("chain.yaml", "--moves", "wait", typed="q\n")
    assert "== week 5 ==" in out
    assert "Cash ¥7,900, enough for" in out


@pytest.mark.thorough
def test_json_has_the_keys_and_the_identity(reported):
    """Start + costs of the decisions + luck is the ending; no cost is above 0."""
    _, out, _ = reported("gym", "--seed", "3", "--auto", "as-written", "--json")
    data = json.loads(out)
    assert {"plan", "seed", "moves", "fate", "weeks", "cash", "start", "ending"} <= data.keys()
    costs = [decision["cost"] for decision in data["decisions"]]
    assert all(cost <= 0 for cost in costs)
    assert data["start"] + sum(costs) + data["luck"] == pytest.approx(data["ending"], abs=1e-9)
    reported_life = life.live(load("gym").plan, life.Luck(3, 0))
    assert (data["fate"], data["weeks"], data["cash"]) == (
        reported_life.fate,
        reported_life.week,
        reported_life.cash,
    )
    _, out, _ = reported("gym", "--json", "--moves", "as-written")
    assert json.loads(out)["fate"] is None


def test_two_hundred_milestones_are_rehearsed():
    """A long plan with many things ready at once: moves offered, legal, and one of them made."""
    ready = [{"id": f"m{n}", "needs": [], "pass_rate": 0.5, "cost": n + 1} for n in range(199)]
    goal = {"id": "goal", "needs": [m["id"] for m in ready]}
    data = {"id": "long", "goal": "goal", "cash": 1e6, "milestones": [*ready, goal]}
    position = rehearse(type(LOZENGE).model_validate(data), 1)
    assert len(position.moves) > 190
    later = position.after(position.moves[50])
    assert later.made[0].id == "m50"
    assert len(later.why_not) > 150
