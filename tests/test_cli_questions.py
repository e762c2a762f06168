"""Order, solve and log on the command line: the answers in words, the data, the faults."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from workbook import cases
from workbook.cli import interruptible, main
from workbook.play import play
from workbook.reports import command
from workbook.sequence import rank
from workbook.whatif import set_figure

PLAN = """\
# my bakery
plan: 1
id: bakery
goal: shop
horizon_weeks: 40
cash: 20000
burn_per_week: 500
milestones:
  - {id: demand, weeks: 2, cost: 500, pass_rate: 0.6, attempts: 5}  # ask first
  - {id: permit, weeks: 2, cost: 4000, pass_rate: 0.3, attempts: 2}
  - {id: shop, needs: [demand, permit], weeks: 3, cost: 3000, pass_rate: 0.5}
"""

GUESSED = (
    PLAN.replace("cash: 20000", "cash: money").replace("rate: 0.5}", "rate: rate}")
    + """\
facts:
  money: {value: 20000, basis: assumed, why: a guess, range: [9000, 30000]}
  rate: {value: 0.5, basis: assumed, why: a guess, range: [0.45, 0.6], unit: share}
"""
)
FEW = ("--runs", "200")


@pytest.fixture
def plan(tmp_path, monkeypatch) -> Path:
    """A plan file in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    path = Path("bakery.yaml")
    path.write_text(PLAN, encoding="utf-8")
    return path


def _json(capsys, *arguments: str):
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_order_ranks_the_learners_order(plan, capsys):
    """Two orders; the one that finds out first what is cheap and risky costs less."""
    found = _json(capsys, "order", str(plan))
    assert found["orders"] == 2
    assert found["position"] in (1, 2)
    assert found["best"]["cash"] >= found["yours"]["cash"]
    assert main(["order", str(plan), "--lang", "zh"]) == 0
    assert "你的顺序" in capsys.readouterr().out


def test_a_chain_with_one_order_has_nothing_to_rank(plan, capsys):
    """One sentence, where a table of two equal rows and “number 1 of the 1” would say no more."""
    plan.write_text(PLAN.replace("{id: permit,", "{id: permit, needs: [demand],"), "utf-8")
    assert main(["order", str(plan), "--lang", "en"]) == 0
    assert capsys.readouterr().out.strip().endswith("one order only, and it is yours.")


def test_solve_finds_a_cash_that_gives_the_chance_wanted(plan, capsys):
    """The plan with the cash found reaches the goal as often as was asked for."""
    found = _json(capsys, "solve", str(plan), "--for", "0.4")
    assert found["value"] is not None
    assert found["chance"] >= 0.4
    richer = PLAN.replace("cash: 20000", f"cash: {found['value']}")
    Path("richer.yaml").write_text(richer, encoding="utf-8")
    played = _json(capsys, "play", "richer.yaml", "--exact")
    assert played["fates"]["goal"] == pytest.approx(found["chance"])


@pytest.mark.parametrize("by", ["shoes", "cash:demand", "pass_rate", "belief"])
def test_solve_says_what_can_be_solved_for(plan, capsys, by: str):
    """Anything else is a fault of the input, with what is allowed."""
    assert main(["solve", str(plan), "--by", by]) == 2
    assert "pass_rate:ID" in capsys.readouterr().err


def test_log_writes_down_what_happened_and_keeps_the_comments(plan, capsys):
    """The entry is in the file, every comment too, and the odds before and after are reported."""
    reported = ("--milestone", "demand", "--result", "passed", "--cash", "18700")
    found = _json(capsys, "log", str(plan), *reported)
    text = plan.read_text(encoding="utf-8")
    assert "# my bakery" in text
    assert "# ask first" in text
    entry = cases.read(plan).plan.log[0]
    assert (entry.week, entry.milestone, entry.result, entry.cash) == (2, "demand", "passed", 18700)
    assert found["fates_after"]["goal"] > found["fates_before"]["goal"]
    assert _json(capsys, "play", str(plan))["from_week"] == 2


def test_log_looks_back_in_words(plan, capsys):
    """A failure, its chance, the score; in both languages."""
    assert main(["log", str(plan), "--milestone", "demand", "--result", "failed"]) == 0
    assert "had been given a chance of 60%" in capsys.readouterr().out
    arguments = ["log", str(plan), "--cash", "17000", "--week", "3", "--lang", "zh"]
    assert main(arguments) == 0
    assert "布赖尔分" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to log"),
        (["--milestone", "demand"], "belong together"),
        (["--milestone", "demnd", "--result", "passed"], "did you mean 'demand'"),
        (["--cash", "nan"], "number"),
        (["--cash", "100", "--week", "-1"], "number"),
    ],
)
def test_a_faulty_entry_changes_nothing(plan, capsys, arguments: list[str], said: str):
    """The fault is reported and the file is as it was."""
    assert main(["log", str(plan), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_milestone_passes_once(plan, capsys):
    """What is behind cannot pass again."""
    assert main(["log", str(plan), "--milestone", "demand", "--result", "passed"]) == 0
    assert main(["log", str(plan), "--milestone", "demand", "--result", "failed"]) == 2
    assert "behind" in capsys.readouterr().err


def test_a_shipped_case_is_nobodys_own(capsys):
    """A log belongs into a plan of one's own."""
    assert main(["log", "caffeine-lozenge", "--cash", "5"]) == 2
    assert "workbook new" in capsys.readouterr().err


def test_all_slips_in_what_ifs_are_reported_at_once(plan, capsys):
    """No number, too many teams, the goal left out, an unknown edit, an unknown fork."""
    edits = ["cash:+inf", "race:demand=99999999", "skip:demand,shop", "skp:demand"]
    asked = [word for edit in edits for word in ("--what-if", edit)]
    assert main(["compare", str(plan), *asked, "--fork", "gap", "--lang", "en"]) == 2
    reported = capsys.readouterr().err
    assert "5 faults" in reported
    assert "'cash:+inf' has no number where one is needed" in reported
    assert "99,999,999 teams; a race is one of 1 to 10,000" in reported
    assert "'shop' is the goal and cannot be skipped" in reported
    assert "nothing here is called 'skp'; did you mean 'skip'?" in reported


def test_a_what_if_beyond_all_measure_is_kept_to_what_a_plan_may_hold(plan, capsys):
    """More cash than there is in the world is as good as a great deal."""
    found = _json(capsys, "compare", str(plan), "--what-if", "cash:+1e99", "--runs", "50")
    assert found["variants"]["cash:+1e99"]["fates"]["ruin"] == 0.0


@pytest.mark.parametrize("on_a_terminal", [True, False])
@pytest.mark.parametrize(
    "asked",
    [
        *(["order", *FEW], ["compare", "--what-if", "cash:+1", *FEW], ["play", *FEW], ["policy"]),
        *(["compare", "--tornado", *FEW], ["rehearse", "--auto", "as-written"]),
        ["rehearse", "--coach"],
        ["solve", "--by", "cash", *FEW],
        ["log", "--milestone", "demand", "--result", "passed", *FEW],
    ],
)
def test_a_long_answer_shows_how_far_it_is_on_a_terminal_only(
    plan, capsys, monkeypatch, on_a_terminal, asked
):
    """A bar for anyone who watches, from the first second on; nothing in a log or a pipe."""
    watched = io.StringIO()
    watched.isatty = lambda: on_a_terminal
    monkeypatch.setattr(sys, "stderr", watched)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(command, "PATIENCE_SECONDS", 0.0)
    plan.write_text(GUESSED, "utf-8")
    assert main([asked[0], str(plan), *asked[1:]]) == 0
    assert ("%|" in watched.getvalue()) == on_a_terminal
    assert bool(watched.getvalue()) == on_a_terminal


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("play restaurant --runs 1000000 --lang en", "Interrupted. What was finished stays."),
        ("policy caffeine-lozenge --lang zh", "中断了。已经做完的都留着。"),
    ],
)
def test_ctrl_c_in_a_long_answer_ends_at_once_with_a_sentence(asked, sentence):
    """A real process at a terminal: the bar is there, then the sentence, no traceback, exit 130."""
    seen, there = os.openpty()
    termios.tcsetwinsize(there, (24, 80))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}

    def heed() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with subprocess.Popen(
        [sys.executable, "-m", "workbook", *asked.split()],
        stdout=subprocess.PIPE,
        stderr=there,
        env=environment,
        preexec_fn=heed,
    ) as running:
        os.close(there)
        said = b""
        while b"%|" not in said:
            said += os.read(seen, 1000)
        running.send_signal(signal.SIGINT)
        printed = running.stdout.read()
        while more := _read(seen):
            said += more
    os.close(seen)
    assert (running.returncode, printed) == (130, b"")
    reported = said.decode().splitlines()[-1]
    assert sentence in reported
    assert "Traceback" not in said.decode()


def test_an_interrupt_that_python_drops_comes_once_more():
    """Ctrl-C in a finaliser, where Python prints it and goes on: the command ends all the same."""

    class Finalised:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    def work() -> None:
        Finalised()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            pass

    before = sys.unraisablehook
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    try:
        with pytest.raises(KeyboardInterrupt), interruptible():
            work()
    finally:
        signal.signal(signal.SIGINT, handler)
    assert sys.unraisablehook is before


def test_a_tornado_moves_every_figure_with_a_range_and_the_widest_comes_first(plan, capsys):
    """Each end is the plan with that figure set; a range is printed with its unit."""
    plan.write_text(GUESSED, "utf-8")
    found = _json(capsys, "compare", str(plan), "--tornado")
    assert list(found["bars"]) == ["money", "rate"]
    for name, path in {"money": "cash", "rate": "milestones.shop.pass_rate"}.items():
        for end in ("low", "high"):
            bar = found["bars"][name]
            other = play(set_figure(cases.read(plan).plan, path, bar[end]))
            assert other.fates["goal"] - found["goal"] == pytest.approx(bar[f"at_{end}"])
    assert main(["compare", str(plan), "--tornado", "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "45% 到 60%" in lines[2]
    assert "最要紧的数字是" in lines[-1]
    assert main(["compare", str(plan), "--tornado", "--what-if", "cash:+1", "--lang", "en"]) == 2
    assert "leave out --fork and --what-if" in capsys.readouterr().err
    plan.write_text(PLAN, "utf-8")
    assert main(["compare", str(plan), "--tornado", "--lang", "en"]) == 2
    assert "no figure under `facts` has a range" in capsys.readouterr().err


def _read(terminal: int) -> bytes:
    """What a terminal still shows; nothing once the other end has been closed."""
    try:
        return os.read(terminal, 1000)
    except OSError:
        return b""


def test_who_asks_how_far_the_search_is_hears_it_rise(plan):
    """Every order scored at once: shares from 0, none above 1; played one by one: up to all."""
    founder = cases.read(plan).plan
    heard: list[float] = []
    rank(founder, on_progress=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], len(heard) > 3, heard[-1] <= 1) == (0.0, True, True)
    played: list[float] = []
    rank(founder.model_copy(update={"teams": 2}), runs=100, on_progress=played.append)
    assert (played == sorted(played), played[-1]) == (True, 1.0)
