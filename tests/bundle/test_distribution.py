"""What is built and given away: the wheel works where nothing else is, the sdist is whole."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-run.lock.txt"
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command prints; it must end well."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "WORKBOOK"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The wheel and the sdist, built as `make dist` does."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """A virtual environment that holds the wheel and what it needs, and its folder of scripts."""
    home = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", home / "venv", cwd=home)
    pins = home / "pins.txt"
    pins.write_text("\n".join(pinned(LOCK.read_text("utf-8"))))
    [wheel] = dist.glob("*.whl")
    pip = [home / "venv/bin/python", "-m", "pip", "install", "--quiet", "--constraint", pins]
    run(*pip, "--no-compile", "--disable-pip-version-check", f"{wheel}[lab,reports]", cwd=home)
    return home / "venv" / "bin"


def pinned(lock: str) -> list[str]:
    """The versions of a lock without their hashes."""
    return [line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]


def test_both_archives_pass_the_indexes_own_check(dist):
    """Name, version, readme and licence are such that an index would take them."""
    reported = run(sys.executable, "-m", "twine", "check", "--strict", *dist.iterdir(), cwd=dist)
    assert reported.count("PASSED") == 2
    assert {path.name.split("-")[0] for path in dist.iterdir()} == {"milestone_workbook"}


def test_the_wheel_works_where_nothing_else_is(installed, tmp_path):
    """Notebooks are copied, a case is played and reported, and the doctor finds nothing wrong."""
    home = {"WORKBOOK_HOME": str(tmp_path / "work"), "LC_ALL": "C.UTF-8"}
    workbook = installed / "workbook"
    run(workbook, "lab", "--copy", cwd=tmp_path, **home)
    assert list((tmp_path / "work").rglob("00-start-here.ipynb"))
    played = json.loads(run(workbook, "play", "training-camp", "--json", cwd=tmp_path, **home))
    assert sum(played["fates"].values()) == pytest.approx(1)
    run(workbook, "new", "mine", cwd=tmp_path, **home)
    run(workbook, "report", "mine.yaml", "--out", tmp_path / "pages", cwd=tmp_path, **home)
    assert "<h1>" in (tmp_path / "pages" / "mine.html").read_text("utf-8")
    assert "fault" not in run(workbook, "doctor", cwd=tmp_path, **home)


def test_the_wheels_engine_is_there_for_papermill(installed, tmp_path):
    """`papermill --engine workbook` finds the installed engine."""
    names = "from importlib.metadata import entry_points as e; print(*e(group='papermill.engine'))"
    assert "workbook" in run(installed / "python", "-c", names, cwd=tmp_path)


@pytest.fixture(scope="module")
def unpacked(dist, tmp_path_factory):
    """The folder that the sdist unpacks to."""
    folder = tmp_path_factory.mktemp("unpacked")
    [archive] = dist.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    [root] = folder.iterdir()
    return root


def test_the_sdist_holds_every_file_of_the_project(unpacked):
    """Whatever a test may need is there: what git knows, no more but the index's own page."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no checkout")
    files = (path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file())
    known = {name for name in listed.stdout.split("\0") if (ROOT / name).is_file()}
    assert {path.as_posix() for path in files} - {"PKG-INFO"} == known


def test_the_sdists_own_tests_pass(unpacked):
    """Unpacked elsewhere, tests that read files of the project pass."""
    tests = ["tests/test_readme.py", "tests/test_claims.py", "tests/notebooks/test_pairs.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not slow", *tests]
    assert " passed" in run(*command, cwd=unpacked, PYTHONPATH=str(unpacked / "src"))
