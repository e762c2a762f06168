"""Where a system is not Unix: no forks, no locks of its own, fewer signals, no user numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from classroom import entry, hand_in

pytestmark = pytest.mark.slow

WITHOUT_UNIX = Path(__file__).with_name("without_unix.py")


def run(folder, *arguments):
    """What the command line prints there; it must end well."""
    done = subprocess.run(
        [sys.executable, WITHOUT_UNIX, *arguments],
        cwd=folder,
        env=os.environ | {"WORKBOOK_HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_plan_is_played_and_reported_where_no_process_forks(tmp_path):
    """Every module loads; two pages are made by two spawned workers, under the folder's lock."""
    run(tmp_path, "new", "mine")
    assert "goal" in run(tmp_path, "play", "mine.yaml")
    reported = run(
        tmp_path, "report", "mine.yaml", "caffeine-lozenge", "--jobs", "2", "--out", "pages"
    )
    assert reported.count("written") == 2
    for name in ("mine", "caffeine-lozenge"):
        assert "<h1>" in (tmp_path / "pages" / f"{name}.html").read_text("utf-8")
    assert not (tmp_path / "pages" / ".workbook.lock").exists()


def test_a_class_is_collected_and_the_machine_looked_at(tmp_path):
    """Hand-ins become a wall, notebooks are copied, the doctor ends well."""
    for n in range(3):
        hand_in(tmp_path / "handed", entry(n))
    assert run(tmp_path, "collect", "handed")
    run(tmp_path, "lab", "--copy")
    assert list((tmp_path / "home").rglob("00-start-here.ipynb"))
    assert "fault" not in run(tmp_path, "doctor")
