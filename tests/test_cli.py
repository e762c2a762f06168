"""The command line: exit codes, one JSON object, every fault in the reader's language."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from examples import by_hand
from workbook.cli import main
from workbook.commands import COMMANDS
from workbook.words import Words

PLAN = """\
plan: 1
id: bakery
title: The bakery
goal: shop
horizon_weeks: 40
cash: 20000
burn_per_week: 500
milestones:
  - {id: demand, weeks: 2, cost: 500, pass_rate: 0.6, attempts: 5}
  - {id: shop, needs: [demand], weeks: 3, cost: 3000, pass_rate: 0.5}
"""
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}


@pytest.fixture
def plan(tmp_path, monkeypatch):
    """A plan file in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    path = Path("bakery.yaml")
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def run(plan, capsys):
    """Run the command line here: exit code, what it printed, what it complained of."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_help_comes_at_once():
    """`--help` loads neither numpy nor pydantic nor anything of a notebook."""
    loaded = "import sys; from workbook.cli import main\ntry: main(['--help'])\nexcept SystemExit: "
    loaded += (
        "print({'numpy', 'pydantic', 'matplotlib', 'papermill', 'IPython'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True)
    assert said.stdout.endswith("set()\n"), said.stderr


def squeezed(text):
    """A text without its spaces and line ends."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help_in_both_languages(command, lang, capsys):
    """What it takes, each with a line in the reader's language; a sign in a text breaks nothing."""
    with pytest.raises(SystemExit) as left:
        main([command, "--lang", lang, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(
        {"en": f"usage: workbook {command}", "zh": f"用法：workbook {command}"}[lang]
    )
    assert {"en": "show this help message", "zh": "显示这段帮助"}[lang] in said
    for one in (*COMMANDS[command].arguments, *COMMANDS[command].either):
        assert one.names[-1] in said or one.settings["metavar"] in said
        assert squeezed(Words(lang)(one.help)) in squeezed(said)


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (["play"], "缺少参数：PLAN"),
        (["play", "x", "--runs"], "后面要写一个值"),
        (["play", "x", "--runs", "3", "--exact"], "不能和 --runs 一起用"),
        (["log", "x", "--result", "neither"], "没有 'neither' 这个选择"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_argparse_finds_is_reported_in_chinese(run, arguments, chinese):
    """Its own sentences, translated where they are said: no other program's argparse is changed."""
    import argparse

    spoken = argparse._
    assert chinese in run(*arguments, "--lang", "zh")[2]
    assert argparse._ is spoken


def test_python_m_workbook_is_workbook():
    """Both ways in tell the same version."""
    said = subprocess.run([sys.executable, "-m", "workbook", "--version"], capture_output=True)
    assert said.returncode == 0
    assert said.stdout.startswith(b"workbook ")


def test_check_of_a_good_plan_ends_with_0(run, plan):
    """Findings of the rules never make it fail."""
    code, out, err = run("check", plan)
    assert code == 0
    assert "no fault" in out
    assert "P5" in out
    assert err == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", [PLAN, PLAN.replace("cash: 20000\nburn_per_week: 500\n", "")])
def test_check_remarks_on_an_id_that_is_not_the_files_name(run, plan, lang, text):
    """A plain remark beside what the rules ask, and no fault; none where the names agree."""
    Path("copy.yaml").write_text(text, encoding="utf-8")
    code, out, err = run("check", "copy.yaml", "--lang", lang)
    assert (code, err) == (0, "")
    [reported] = [line for line in out.splitlines() if line.startswith("  ") and "copy" in line]
    assert "bakery" in reported
    code, out, _ = run("check", "copy.yaml", plan, "caffeine-lozenge", "--json", "--lang", lang)
    copy, same, case = strict(out)["plans"]
    assert (code, copy["remarks"], copy["faults"]) == (0, [reported.strip()], [])
    assert same["remarks"] == case["remarks"] == []


def test_check_tells_every_fault_of_every_plan_and_ends_with_2(run, plan):
    """All faults of all files, on stderr; the good plans are still looked at."""
    Path("bad.yaml").write_text(PLAN.replace("0.6", "60").replace("[demand]", "[demnad]"))
    code, out, err = run("check", plan, "bad.yaml", "missing.yaml")
    assert code == 2
    assert "bad.yaml has 2 faults" in err
    assert "missing.yaml" in err
    assert "bakery.yaml: no fault" in out


def test_faults_are_reported_in_the_language_asked_for(run):
    """`--lang zh` speaks Chinese, argparse's own sentences included."""
    assert "有 1 处错误" in run("check", "missing.yaml", "--lang", "zh")[2]
    code, _, err = run("play", "--lang", "zh")
    assert code == 2
    assert "缺少参数" in err


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (
            ["play", "x", "--runs", "abc"],
            "invalid whole number (≥ 1)",
            "不行，要写：不小于 1 的整数",
        ),
        (
            ["play", "x", "--seed", "-1"],
            "invalid whole number (≥ 0)",
            "不行，要写：不小于 0 的整数",
        ),
        (["solve", "x", "--for", "200"], "invalid chance (0 … 1)", "不行，要写：0 到 1 之间的数"),
        (["log", "x", "--cash", "nan"], "invalid number", "不行，要写：数"),
        (["play", "x", "--option", "gap"], "invalid FORK=OPTION", "不行，要写：“岔路口=选项”"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_an_argument_should_be_is_said_in_the_readers_language(
    run, arguments, english, chinese
):
    """The kinds of argument have their names in both languages."""
    assert english in run(*arguments, "--lang", "en")[2]
    assert chinese in run(*arguments, "--lang", "zh")[2]


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (["plya", "x"], ["unknown word 'plya'; did you mean 'play'?"]),
        (["log", "x", "--result", "pass"], ["unknown word 'pass'; did you mean 'passed'?"]),
        (["play", "x", "--sed", "3"], ["unknown option --sed; did you mean --seed?"]),
        (["play", "x", "y", "z"], ["y is one argument too many", "z is one argument too many"]),
        (["play", "x", "--order", ","], ["invalid A,B,C value: ','"]),
        (["solve", "x", "--for", "80"], ["--for: '80' is not a share; did you mean 80%?"]),
        (["log", "x", "--cash", "1,234"], ["--cash: '1,234' can be 1234 or 1.2340"]),
        (["log", "x", "--cash", "10%"], ["--cash: '10%' is a share; of what?"]),
        (["play", "x", "--runs", "10.000"], ["--runs: '10.000' can be 10 or 10000"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_slip_in_an_argument_is_reported_with_what_was_meant(run, arguments, reported):
    """Commands, options and words: the nearest known one, and nothing else is reported."""
    code, out, err = run(*arguments, "--lang", "en")
    assert (code, out) == (2, "")
    assert all(sentence in err for sentence in reported)
    assert len(err.strip().splitlines()) == 1 + (2 if "too many" in reported[-1] else 1)


def test_the_locale_speaks_where_no_language_is_named(run, monkeypatch):
    """A Chinese locale needs no option."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "有 1 处错误" in run("check", "missing.yaml")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["play"],
        ["play", "bakery.yaml", "--runs", "0"],
        ["play", "bakery.yaml", "--runs", "9", "--exact"],
        ["play", "bakery.yaml", "--option", "fork"],
        ["play", "bakery.yaml", "--option", "fork=option"],
        ["play", "bakery.yaml", "--skip", "nothing"],
        ["play", "bakery.yaml", "--skip", "../x"],
        ["play", "bakery.yaml", "--order", "shop,nothing"],
        ["play", "no-such-case"],
        ["play", "."],
        ["play", "bakery.yaml", "--", "more"],
        ["compare", "bakery.yaml"],
        ["compare", "bakery.yaml", "--fork", "nothing"],
        ["compare", "bakery.yaml", "--what-if", "nonsense"],
        ["compare", "bakery.yaml", "--what-if", "race:shop"],
        ["new", "../x"],
        ["new", "bakery"],
        ["new", "other", "--from", "no-such-case"],
        ["report", "missing.yaml"],
        ["report", "bakery.yaml", "--jobs", "0"],
        ["check", "bakery.yaml", "--lang", "fr"],
        ["log", "bakery.yaml", "--week", "3", "--result", "passed", "--milestone", "../x"],
        ["log", "bakery.yaml", "--week", "3", "--customers=-1"],
        ["log", "bakery.yaml", "--week", "3", "--counted=-1"],
        ["log", "bakery.yaml", "--week", "3", "--cash", "1e20"],
        ["collect", "a" * 5000],
        ["report", "a" * 5000],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_whatever_is_wrong_with_the_input_ends_with_2(run, monkeypatch, arguments, lang):
    """One message on stderr, nothing on stdout, no traceback, nothing written."""
    monkeypatch.setenv("LC_ALL", lang)
    before = sorted(Path.cwd().iterdir())
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err
    assert sorted(Path.cwd().iterdir()) == before


def strict(text):
    """JSON without NaN and infinity."""

    def refuse(constant):
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


def test_play_prints_the_keys_of_its_contract(run, plan):
    """Everything that other programs may rely on is there, and the fates add up to 1."""
    code, out, err = run("play", plan, "--json")
    reported = strict(out)
    assert (code, err) == (0, "")
    assert reported["how"] == "exact"
    assert sum(reported["fates"].values()) == pytest.approx(1)
    assert (
        set(reported["fates"]) == set(reported["fates_error"]) == {"goal", "ruin", "stuck", "open"}
    )
    assert set(reported["milestones"]["shop"]["weeks"]) == {"p50", "p80", "p90"}
    assert {"week_if_goal", "cash_if_goal", "week_if_ruin"} <= set(reported["mean"])


def test_all_that_is_wrong_with_the_arguments_of_play_is_reported_at_once(run):
    """Options, milestones left out and the order: every slip, names with the nearest."""
    wrong = ["--option", "cash-gap=borow", "--option", "cash-gap=wait", "--option", "gap=ad"]
    wrong += ["--skip", "zz", "--order", "demnd,taste,q,taste"]
    code, out, err = run("play", "caffeine-lozenge", *wrong)
    assert (code, out) == (2, "")
    for reported in (
        "no option 'borow'; did you mean 'borrow'?",
        "forks.cash-gap: an option is given more than once",
        "no fork 'gap'",
        "'zz'",
        "order: no milestone 'demnd'; did you mean 'demand'?",
        "order: no milestone 'q'",
        "order: 'taste' stands more than once in the order",
    ):
        assert err.count(reported) == 1, (reported, err)
    assert "7 faults" in err


@pytest.mark.parametrize("command", ["play", "order", "solve", "compare --fork cash-gap"])
def test_a_fork_is_given_one_option(run, command):
    """Of two options at one fork none is silently preferred, whatever the command."""
    name, *more = command.split()
    twice = ["--option", "cash-gap=borrow", "--option", "cash-gap=wait"]
    code, out, err = run(name, "caffeine-lozenge", *more, *twice)
    assert (code, out) == (2, "")
    assert "more than once" in err


def test_the_same_seed_plays_the_same_lives(run, plan):
    """Chance comes from the seed alone."""
    first = run("play", plan, "--runs", 500, "--seed", 7, "--json")[1]
    assert run("play", plan, "--runs", 500, "--seed", 7, "--json")[1] == first
    assert run("play", plan, "--runs", 500, "--seed", 8, "--json")[1] != first
    assert strict(first)["runs"] == 500


def test_compare_sets_what_ifs_beside_the_plan(run, plan):
    """A certain milestone can only help, on the same luck."""
    code, out, _ = run("compare", plan, "--what-if", "certain:shop", "--runs", 500, "--json")
    assert code == 0
    [contrast] = strict(out)["variants"].values()
    assert contrast["gap"] > 0
    assert contrast["lost"] == 0


def test_compare_knows_the_options_of_a_fork(run):
    """Every option of the lozenge's fork is set beside the plan as written."""
    code, out, _ = run("compare", "caffeine-lozenge", "--fork", "cash-gap", "--runs", 200, "--json")
    assert code == 0
    assert set(strict(out)["variants"]) == {"borrow", "launch-early", "wait"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("source", [[], ["--from", "caffeine-lozenge"]])
def test_a_new_plan_has_no_fault_and_can_be_played(run, lang, source):
    """What `new` writes is a good start: the rules ask nothing, but for the lozenge's own fork."""
    assert run("new", "mine", "--lang", lang, *source)[0] == 0
    code, out, _ = run("check", "mine.yaml", "--json")
    assert code == 0
    [checked] = strict(out)["plans"]
    assert checked["id"] == "mine"
    found = [(finding["rule"], finding["milestone"]) for finding in checked["findings"]]
    assert found == ([("finite-cards", "taste")] if source else [])
    assert run("play", "mine.yaml", "--runs", 100)[0] == 0


def test_json_has_the_faults_too(run):
    """`check --json` prints the faults as data, and still ends with 2."""
    code, out, _ = run("check", "missing.yaml", "--json")
    assert code == 2
    assert strict(out)["plans"][0]["faults"][0]["message"]


def test_report_says_so_where_nothing_can_be_written(run, plan):
    """A file in the way of the folder: named, exit code 1, and no kernel was started for it."""
    Path("taken").write_text("")
    code, out, err = run("report", plan, "--out", "taken/reports")
    assert code == 1
    assert out == ""
    assert "taken" in err


def test_a_reader_that_goes_away_is_no_traceback(plan):
    """`workbook play … | head -0` ends quietly."""
    command = [sys.executable, "-m", "workbook", "play", "bakery.yaml"]
    reading, writing = os.pipe()
    os.close(reading)
    said = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=ENVIRONMENT)
    os.close(writing)
    assert said.returncode == 1
    assert b"Traceback" not in said.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
@pytest.mark.parametrize(
    "arguments",
    by_hand(
        [
            "check bakery.yaml missing.yaml",
            "play bakery.yaml",
            "compare bakery.yaml --what-if cash:+1 --runs 9 --json",
            "--help",
            "--version",
        ]
    ),
)
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["at the last flush", "at once"])
def test_an_answer_that_cannot_be_printed_is_one_plain_line(plan, arguments, unbuffered):
    """A full disk behind `>`: said once on stderr, exit code 1, not even at the last flush more."""
    command = [sys.executable, "-m", "workbook", *arguments.split()]
    with Path("/dev/full").open("w") as full:
        environment = {**ENVIRONMENT, "PYTHONUNBUFFERED": unbuffered}
        said = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment)
    assert said.returncode == 1
    lines = said.stderr.decode().splitlines()
    assert lines[-1] == "the answer cannot be printed: No space left on device"
    reported = [line for line in lines if "missing.yaml" in line or "no such file" in line]
    assert lines[:-1] == reported


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("check missing.yaml", 2),
        pytest.param("play bakery.yaml", 1, marks=pytest.mark.thorough),
    ],
)
def test_where_nothing_at_all_can_be_printed_the_exit_code_still_tells(plan, arguments, code):
    """Both streams full: no crash on the way out."""
    command = [sys.executable, "-m", "workbook", *arguments.split()]
    with Path("/dev/full").open("w") as full:
        said = subprocess.run(command, stdout=full, stderr=full, env=ENVIRONMENT)
    assert said.returncode == code


@pytest.mark.slow
def test_an_interrupt_leaves_no_process_and_nothing_half_written(plan):
    """Ctrl-C in the middle of a report: one line, exit code 130, no file, no kernel left over."""
    import psutil

    with reporting(signal.default_int_handler) as running:
        family = family_of(psutil.Process(running.pid))
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert list(Path("out").iterdir()) == []
    assert not psutil.wait_procs(family, timeout=20)[1]


@pytest.mark.slow
def test_who_ignores_interrupts_gets_the_reports_all_the_same(plan):
    """Started in the background of a script, where Ctrl-C is not for it, a batch goes on."""
    import psutil

    with reporting(signal.SIG_IGN) as running:
        family_of(psutil.Process(running.pid))
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=120)
    assert running.returncode == 0
    assert Path("out/bakery.html").is_file()


def reporting(interrupt):
    """A report under way, in a process that inherits this way to take SIGINT."""
    command = [sys.executable, "-m", "workbook", "report", "bakery.yaml", "--out", "out"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        return subprocess.Popen(command, env=ENVIRONMENT, start_new_session=True, **pipes)
    finally:
        signal.signal(signal.SIGINT, before)


def family_of(process):
    """What a report started, once there are the fork server, a worker and its kernel."""
    import psutil

    while not psutil.wait_procs([process], timeout=0.02)[0]:
        family = process.children(recursive=True)
        if len(family) >= 3:
            return family
    raise AssertionError("the report ended before its kernel was seen")


@pytest.mark.parametrize(
    ("lang", "reported"),
    [("en", ("no `cash`", "Money is not counted")), ("zh", ("没写 `cash`", "没有算钱"))],
)
def test_a_plan_that_spends_without_cash_says_that_money_is_not_counted(plan, run, lang, reported):
    """“100 of 100 reach the goal” is not left standing alone where nobody could run out."""
    plan.write_text(PLAN.replace("cash: 20000\nburn_per_week: 500\n", ""), encoding="utf-8")
    _, checked, _ = run("check", plan, "--lang", lang)
    _, played, _ = run("play", plan, "--lang", lang)
    assert reported[0] in checked
    assert reported[1] in played
    plan.write_text(PLAN, encoding="utf-8")
    assert reported[1] not in run("play", plan, "--lang", lang)[1]
