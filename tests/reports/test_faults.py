"""Whatever a notebook does, its row says what happened, and every other row is made."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from cells import END_MARK, PARAMETERS, mark, notebook_of
from workbook.errors import WorkError
from workbook.reports import worker
from workbook.reports.batch import report
from workbook.reports.command import gather
from workbook.reports.folder import publish
from workbook.reports.task import Settings, orders

pytestmark = pytest.mark.slow

FAULTS = {
    "os.kill(os.getpid(), 9)": "killed it (SIGKILL)",
    "threading.Event().wait()": "longer than 4 seconds",
    "input()": "waits for somebody to type",
    "bytearray(10**12)": "more memory",
    "os._exit(3)": "exit code 3",
    "os.closerange(3, 200)": "kernel died",
    "1 / 0": "ZeroDivisionError",
    f"silent = True; display({{'{END_MARK}': 7}}, raw=True)": "could not be made",
    "os.kill(os.getppid(), 9)": "process that made this report died",
    "raise SystemExit(0)": "SystemExit",
    "promised = ['fates']": "Pictures are missing",
    "silent = True": "did not come to its end",
}
FINE = ("os.write(1, b'past Python'); os.write(2, b'noise')", "print('fine')")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A class in which each participant's notebook does something of its own."""
    folder = tmp_path_factory.mktemp("faults")
    (folder / "plan.yaml").write_text("plan: 1\nid: small\ngoal: a\nmilestones: [{id: a}]\n")
    rows = [f'plan.yaml,"{code}"' for code in (*FAULTS, *FINE)]
    (folder / "class.csv").write_text("\n".join(["plan,what", *rows]))
    notebook = notebook_of(
        folder / "report.ipynb",
        "import os, threading\npromised, silent = [], False",
        "exec(what)",
        mark(figures=["promised"])
        .replace("['promised']", "promised")
        .replace("display({", "silent or display({"),
        parameters=f'{PARAMETERS}\nwhat: str = ""',
    )
    settings = Settings(notebook=notebook, seconds=4, memory_mb=500)
    tasks, errors = gather([str(folder / "class.csv")], settings)
    assert not errors
    done = report(tasks, errors, folder / "out", settings, jobs=2)
    return done, {str(t.parameters["what"]): row for t, row in zip(tasks, done.rows, strict=True)}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_a_named_failure_of_its_row(batch, code):
    """The row says what happened; nothing is written for it."""
    done, rows = batch
    assert rows[code].state == "failed"
    assert FAULTS[code] in str(rows[code].reasons[0])
    assert not list(done.out.glob(f"{rows[code].stem}.*"))


def test_the_others_go_on_and_the_exit_code_tells(batch):
    """Rows beside the faulty ones are made; the batch as a whole has failed."""
    done, rows = batch
    assert [rows[code].state for code in FINE] == ["made"] * len(FINE)
    assert done.exit_code == 1
    index = (done.out / "index.html").read_text("utf-8")
    assert "SIGKILL" in index


@pytest.fixture
def order(bakery, tmp_path):
    """An order for a quick report."""
    settings = Settings(notebook=notebook_of(tmp_path / "quick.ipynb", mark()))
    tasks, _ = gather([str(bakery())], settings)
    (tmp_path / "out").mkdir()
    return next(orders(tasks, settings, tmp_path / "out"))


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_a_failure_of_the_row(order, monkeypatch):
    """Where the desk, or the folder, cannot be written, the row says so in the system's words."""
    monkeypatch.setattr(Path, "write_text", full)
    made = worker.make(order)
    assert made.row.state == "failed"
    assert "No space left on device" in str(made.row.reasons[0])
    assert not list(order.out.iterdir())
    with pytest.raises(WorkError, match="No space left"):
        publish(order.out, {"a.html": "x"})


def test_a_folder_that_went_away_is_a_failure_of_the_row(order, monkeypatch, tmp_path):
    """A report that is made and cannot be put down is reported as failed."""
    monkeypatch.setattr(worker, "_make", lambda order: (None, {"a.html": "x"}))
    made = worker.make(replace(order, out=tmp_path / "gone"))
    assert "gone" in str(made.row.reasons[0])


def test_a_wrong_folder_is_reported_before_anything_starts(bakery, tmp_path, capsys):
    """A file where the folder should be: one sentence, exit code 1."""
    from workbook.cli import main

    (tmp_path / "file").write_text("x")
    assert main(["report", str(bakery()), "--out", str(tmp_path / "file")]) == 1
    assert "Choose another folder" in capsys.readouterr().err


def test_a_fork_server_that_is_killed_is_started_again(bakery, make, tmp_path):
    """Out of memory in the night: the warm process and all it forked go; the batch goes on."""
    import psutil

    table = tmp_path / "class.csv"
    bakery()
    table.write_text("plan,seed\nbakery.yaml,1\nbakery.yaml,2\nbakery.yaml,3\n")
    settings = Settings(notebook=notebook_of(tmp_path / "quick.ipynb", mark()))
    killed = []

    def reported(row):
        if not killed:
            children = psutil.Process().children()
            [server] = [c for c in children if "workbook.reports.warm.fork_server" in c.cmdline()]
            killed.append(server)
            os.killpg(server.pid, signal.SIGKILL)

    batch = make(tmp_path / "out", table, settings=settings, on_row=reported)
    assert [row.state for row in batch.rows] == ["made"] * 3
    assert killed


def test_a_fork_server_that_never_starts_is_reported(bakery, make, tmp_path, monkeypatch):
    """What keeps the warm process from starting is reported, and it is not tried for ever."""
    (tmp_path / "sitecustomize.py").write_text("import os; os.kill(os.getpid(), 9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(WorkError, match="cannot be started: SIGKILL"):
        make(tmp_path / "out", bakery())
