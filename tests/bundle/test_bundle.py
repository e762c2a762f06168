"""The stick: a laptop without a network installs from it and starts. The image for a hub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.cli import main

pytestmark = pytest.mark.slow

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


def test_a_laptop_without_a_network_installs_from_the_stick(stick, tmp_path):
    """No network at all: the stick installs, the doctor finds nothing, a plan is played.

    Somebody had pulled it out in the middle of an earlier start: what that left is made anew.
    """
    home = tmp_path / "home"
    half = home / "milestone-workbook" / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", half], check=True)
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


def test_a_stick_for_another_system_says_so(stick, tmp_path):
    """No wheel fits: after pip's own words, what was perhaps the matter and what to do."""
    other = tmp_path / "a stick for others"
    other.mkdir()
    shutil.copy2(stick / "start.sh", other)
    (other / "wheels").mkdir()
    bare = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHON": sys.executable}
    start = ["sh", str(other / "start.sh"), "--install-only"]
    done = subprocess.run(start, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "make bundle" in done.stderr.splitlines()[-1]


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


def test_a_hub_opens_a_notebook_that_its_image_copies(tmp_path, monkeypatch):
    """What `default_url` names is there once the image's command has run, and can be written."""
    text = (ROOT / "hub" / "README.md").read_text("utf-8")
    [opened] = re.findall(r'default_url = "/lab/tree/(.+)"', text)
    [copied] = re.findall(r'"-c", "(.+?); exec', text)
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    for command in copied.split("; "):
        program, *arguments = command.split()
        assert (program, main(arguments)) == ("workbook", 0)
    assert (tmp_path / opened).is_file()
    assert (tmp_path / opened.replace("/en/", "/zh/")).is_file()
    assert "RUN mkdir my-work" in DOCKERFILE.read_text("utf-8").partition("USER learner")[2]


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
