"""A folder in which every module's name is taken by a file: no command imports one of them."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from hostile_plans import GOOD

pytestmark = pytest.mark.slow

SPRUNG = "imported-from-here"
TRAP = f"with open({SPRUNG!r}, 'a') as log:\n    log.write(__name__)\nraise ImportError(__name__)\n"
COMMANDS = {
    "check": ("check", "bakery.yaml"),
    "play": ("play", "bakery.yaml", "--runs", "100"),
    "compare": ("compare", "bakery.yaml", "--what-if", "cash:+1000", "--runs", "100"),
    "order": ("order", "bakery.yaml", "--runs", "100"),
    "solve": ("solve", "bakery.yaml", "--runs", "100"),
    "log": ("log", "bakery.yaml", "--cash", "9000", "--week", "1"),
    "new": ("new", "mine", "--from", "caffeine-lozenge"),
    "collect": ("collect", "."),
    "doctor": ("doctor",),
    "report": ("report", "bakery.yaml", "--jobs", "1", "--runs", "100"),
    "dask": ("report", "bakery.yaml", "--jobs", "1", "--runs", "100", "--scheduler", "local"),
    "lab": ("lab", "--", "--version"),
    "app": ("lab", "--app", "--", "--version"),
}
FAULTS = {"doctor": 1}
"""What is rightly at fault in such a folder; every other command does its work."""


@cache
def names() -> frozenset[str]:
    """Every module that Python or a package here brings."""
    found = {name for name in packages_distributions() if name.isidentifier()}
    return frozenset(found | sys.stdlib_module_names) - {"__main__"}


@cache
def needed_by_python() -> frozenset[str]:
    """What `python -m NAME` itself loads before the first line of NAME runs."""
    code = "import sys, runpy; print(*sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(name.partition(".")[0] for name in asked.stdout.split())


def run_among_traps(folder: Path, start: tuple[str, ...], spared: frozenset[str] = frozenset()):
    """Run a command in a folder of traps; its exit, and which traps it sprang."""
    (folder / "bakery.yaml").write_text(GOOD, encoding="utf-8")
    for name in names() - spared:
        (folder / f"{name}.py").write_text(TRAP, encoding="utf-8")
    environment = {**os.environ, "WORKBOOK_HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"}
    environment.pop("PYTHONSAFEPATH", None)
    done = subprocess.run(
        start, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    log = folder / SPRUNG
    return done, log.read_text("utf-8") if log.exists() else ""


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_imports_a_file_of_the_current_folder(command, tmp_path):
    """The console script, and the servers, workers and kernels that it starts."""
    script = str(Path(sys.executable).with_name("workbook"))
    done, sprung = run_among_traps(tmp_path, (script, *COMMANDS[command]))
    assert sprung == ""
    assert done.returncode == FAULTS.get(command, 0), done.stdout + done.stderr


@pytest.mark.parametrize("command", ["play", "report", "dask"])
def test_python_m_workbook_imports_nothing_there_either(command, tmp_path):
    """All but what Python itself looks for before it has found the workbook."""
    spared = needed_by_python() | {"workbook"}
    start = (sys.executable, "-m", "workbook", *COMMANDS[command])
    done, sprung = run_among_traps(tmp_path, start, spared)
    assert sprung == ""
    assert done.returncode == 0, done.stderr


def test_the_traps_spring(tmp_path):
    """An import from that folder is seen: the promise above is not an empty one."""
    start = (sys.executable, "-c", "import numpy")
    _, sprung = run_among_traps(tmp_path, start, needed_by_python())
    assert sprung == "numpy"
