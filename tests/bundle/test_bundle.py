"""The stick: a laptop without a network installs from it and starts. The image for a hub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKE = ROOT / ".ci" / "make_bundle.py"
DOCKERFILE = ROOT / "hub" / "Dockerfile"


@pytest.fixture(scope="module")
def stick(tmp_path_factory):
    """The folder for the stick, for this machine."""
    out = tmp_path_factory.mktemp("bundle") / "stick"
    made = subprocess.run([sys.executable, MAKE, out], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return out


def without_network() -> list[str]:
    """A prefix that cuts the network off, where this system lets us."""
    cut = ["unshare", "--net"]
    able = shutil.which("unshare") and subprocess.run([*cut, "true"], check=False).returncode == 0
    return cut if able else []


@pytest.mark.slow
def test_a_laptop_without_a_network_installs_from_the_stick(stick, tmp_path):
    """No network at all: the stick installs, the doctor finds nothing, a plan is played."""
    home = tmp_path / "home"
    home.mkdir()
    bare = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHON": sys.executable}
    start = [*without_network(), "sh", str(stick / "start.sh"), "--install-only"]
    done = subprocess.run(start, env=bare, cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "good" in done.stdout
    assert "fault" not in done.stdout
    workbook = home / "milestone-workbook" / ".venv" / "bin" / "workbook"
    play = [*without_network(), str(workbook), "play", "caffeine-lozenge", "--runs", "200"]
    played = subprocess.run(play, env=bare, cwd=home, capture_output=True, text=True, check=False)
    assert played.returncode == 0, played.stderr
    assert "goal" in played.stdout


def test_the_stick_says_how_to_start_in_both_languages(stick):
    """Scripts for three systems, one page to read, nothing that names a host or a place."""
    assert {path.name for path in stick.iterdir()} == {
        "READ-ME.txt",
        "start.bat",
        "start.sh",
        "wheels",
    }
    read_me = (stick / "READ-ME.txt").read_text("utf-8")
    assert "start.bat" in read_me
    assert "双击" in read_me
    for script in ("start.sh", "start.bat"):
        text = (stick / script).read_text("utf-8")
        assert "--no-index" in text
        assert "://" not in text
    assert b"\r\n" in (stick / "start.bat").read_bytes()
    assert os.access(stick / "start.sh", os.X_OK)


def test_an_unknown_system_is_told(tmp_path):
    """With those there are; nothing is made."""
    told = subprocess.run(
        [sys.executable, MAKE, tmp_path / "out", "amiga"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "windows" in told.stderr
    assert not (tmp_path / "out").exists()


def test_the_image_copies_what_there_is_and_pins_what_it_installs():
    """Checked without an engine: sources exist, hashes are required, nobody is root at the end."""
    text = DOCKERFILE.read_text("utf-8")
    for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert "--require-hashes" in text
    assert "://" not in text
    assert re.findall(r"^USER (\w+)$", text, re.MULTILINE)[-1] != "root"
    assert re.search(r'^CMD \["workbook", "lab"', text, re.MULTILINE)
