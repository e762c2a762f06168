"""A batch may be stopped and started: nothing is lost, nothing is overwritten, nobody collides."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from cells import PARAMETERS, mark, notebook_of
from workbook.errors import WorkError
from workbook.files import LOCK, locked
from workbook.reports.command import gather
from workbook.reports.folder import STAGE, sole_owner
from workbook.reports.task import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def quick(tmp_path):
    """Settings with a notebook that is done at once."""
    return Settings(notebook=notebook_of(tmp_path / "quick.ipynb", mark()))


def test_a_second_batch_in_one_folder_is_reported(make, bakery, quick, tmp_path):
    """It does nothing and says what to do; when the first one is gone, however, it may."""
    out = tmp_path / "out"
    out.mkdir()
    with (
        locked(out, wait=False),
        pytest.raises(WorkError, match="Another batch is writing"),
    ):
        make(out, bakery(), settings=quick)
    assert list(out.iterdir()) == []
    assert make(out, bakery(), settings=quick).exit_code == 0


def test_what_a_killed_batch_left_half_written_is_cleared_away(tmp_path):
    """Its hidden folders go; what else lies there stays."""
    (tmp_path / f"{STAGE}left").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    with sole_owner(tmp_path):
        assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", LOCK}


def test_a_file_that_is_not_ours_is_never_overwritten(make, bakery, quick, tmp_path):
    """The row fails and names the file; --force is the way to mean it."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "bakery.html").write_text("a recipe")
    [row] = make(out, bakery(), settings=quick).rows
    assert row.state == "failed"
    assert "bakery.html" in str(row.reasons[0])
    assert (out / "bakery.html").read_text() == "a recipe"
    assert make(out, bakery(), settings=quick, force=True).rows[0].state == "made"


def test_a_row_that_failed_is_tried_again_and_the_others_are_kept(make, bakery, tmp_path):
    """A second run of a class does only what is missing."""
    once = tmp_path / "once"
    notebook = notebook_of(
        tmp_path / "some.ipynb",
        f"import os\nif seed == 2 and not os.path.exists({str(once)!r}):\n"
        f"    open({str(once)!r}, 'w').close(); os._exit(9)",
        mark(),
    )
    bakery()
    (tmp_path / "class.csv").write_text("name,plan,seed\na,bakery.yaml,1\nb,bakery.yaml,2\n")
    settings = Settings(notebook=notebook)
    first = make(tmp_path / "out", tmp_path / "class.csv", settings=settings)
    assert [row.state for row in first.rows] == ["made", "failed"]
    second = make(tmp_path / "out", tmp_path / "class.csv", settings=settings)
    assert [row.state for row in second.rows] == ["kept", "made"]


@pytest.mark.parametrize("changed", ["cell", "plan", "notebook"])
def test_whatever_a_report_is_made_from_makes_it_anew(bakery, tmp_path, changed):
    """A cell of the class file, the plan, the notebook: each is part of the fingerprint."""
    plan, table = bakery(), tmp_path / "class.csv"
    table.write_text("plan,cash\nbakery.yaml,9000\n")
    notebook = notebook_of(tmp_path / "some.ipynb", mark())
    settings = Settings(notebook=notebook)
    [before] = gather([str(table)], settings)[0]
    if changed == "cell":
        table.write_text("plan,cash\nbakery.yaml,9001\n")
    elif changed == "plan":
        plan.write_text(plan.read_text() + "# a word\n")
    else:
        notebook_of(notebook, mark(title="another"))
    [after] = gather([str(table)], settings)[0]
    assert (before.stem, before.mark != after.mark) == (after.stem, True)


INTERRUPTED = """\
import signal, sys
from functools import partial
from pathlib import Path
from workbook.cli import main
from workbook.reports import command

def stop(row):
    if row.state == "made":
        signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests were started in
report = command.report
command.Settings = partial(command.Settings, notebook=Path(sys.argv[1]))
command.report = lambda *given, **named: report(*given, **{**named, "on_row": stop})
sys.exit(main(["report", sys.argv[2], "--out", sys.argv[3], "--jobs", "1"]))
"""


def test_an_interrupt_loses_at_most_what_is_in_flight(bakery, tmp_path):
    """What was finished stays, whole; no half-written file and no process is left behind."""
    bakery()
    pid = tmp_path / "pid"
    waits = f"open({str(pid)!r}, 'w').write(str(os.getpid())); threading.Event().wait()"
    notebook = notebook_of(
        tmp_path / "some.ipynb",
        f"import os, threading\nif seed == 2:\n    {waits}",
        mark(),
        parameters=PARAMETERS,
    )
    (tmp_path / "class.csv").write_text("name,plan,seed\na,bakery.yaml,1\nb,bakery.yaml,2\n")
    out = tmp_path / "out"
    command = [sys.executable, "-c", INTERRUPTED, notebook, tmp_path / "class.csv", out]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["a.html", "a.ipynb", "a.json"]
    if pid.exists() and pid.read_text():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid.read_text()), signal.SIGCONT)
