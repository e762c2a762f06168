"""The stick: a laptop without a network installs from it and starts. The image for a hub."""

from __future__ import annotations

import importlib.util
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
READMES = ("README.md", "README.zh.md")
DOCKERFILE = ROOT / "hub" / "Dockerfile"


@pytest.fixture(scope="module")
def stick(tmp_path_factory):
    """The folder for the stick: for this machine and the Pythons on it that can be had."""
    out = tmp_path_factory.mktemp("bundle") / "stick"
    this = f"{sys.version_info.major}.{sys.version_info.minor}"
    other = other_python()
    made = make(out, this, *([other.name.removeprefix("python")] if other else []))
    if (
        other and "No matching distribution" in made.stderr
    ):  # the index has this Python's wheels only
        made = make(out, this)
    assert made.returncode == 0, made.stderr
    return out


def make(out, *wanted):
    command = [sys.executable, MAKE, out, *wanted]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def without_network() -> list[str]:
    """A prefix that cuts the network off, where this system lets us."""
    cut = ["unshare", "--net"]
    able = shutil.which("unshare") and subprocess.run([*cut, "true"], check=False).returncode == 0
    return cut if able else []


def other_python() -> Path | None:
    """A Python of this machine that the project names, of another version than this one."""
    places = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    places += Path.home().glob(".pyenv/versions/*/bin")
    for version in stick_maker().pythons():
        here = sys.version_info[:2] == tuple(map(int, version.split(".")))
        for python in [] if here else [place / f"python{version}" for place in places]:
            asked = [python, "-c", "import venv, ensurepip"]
            if python.is_file() and subprocess.run(asked, check=False).returncode == 0:
                return python
    return None


def stick_maker():
    """The module that makes the stick; it lies in no package."""
    spec = importlib.util.spec_from_file_location("make_bundle", MAKE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def installed(stick, home, python, before=()):
    """What `start.sh` prints that installs with this Python and no other."""
    home.mkdir(exist_ok=True)
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHON": str(python)}
    start = [*before, "sh", str(stick / "start.sh"), "--install-only"]
    return subprocess.run(start, env=bare, cwd=home, capture_output=True, text=True, check=False)


def digits(python) -> str:
    """The version of a Python as the names of wheels have it: 312."""
    code = "import sys; print(*sys.version_info[:2], sep='')"
    reported = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return reported.stdout.strip()


def test_the_pins_of_a_system_are_those_whose_marker_holds_there(tmp_path):
    """Windows has its terminal, a Mac its own, Linux neither; what is there is not taken again."""
    pins_for = stick_maker().pins_for
    named = {
        system: {pin.partition("==")[0] for pin in pins_for(system, "3.12", tmp_path)}
        for system in stick_maker().SYSTEMS
    }
    assert "pywinpty" in named["windows"]
    assert "appnope" in named["macos"] & named["macos-intel"]
    assert not {"pywinpty", "appnope"} & (named["linux"] | named["linux-arm"])
    assert all("numpy" in names and len(names) > 80 for names in named.values())
    [wheel] = [pin for pin in pins_for("linux", "3.12", tmp_path) if pin.startswith("traitlets==")]
    version = wheel.split()[0].partition("==")[2]
    (tmp_path / f"traitlets-{version}-py3-none-any.whl").touch()
    assert not [p for p in pins_for("linux", "3.13", tmp_path) if p.startswith("traitlets")]


@pytest.mark.parametrize("which", ["this", "other"])
def test_a_laptop_without_a_network_installs_from_the_stick(stick, tmp_path, which):
    """No network at all: the stick installs, the doctor finds nothing, a plan is played.

    Somebody had pulled it out in the middle of an earlier start: what that left is made again. The
    same stick serves another Python than the one that made it.
    """
    python = sys.executable if which == "this" else other_python()
    if python is None or not list(stick.glob(f"wheels/numpy-*-cp{digits(python)}-*")):
        pytest.skip("one Python only on this machine, or on its index")
    home = tmp_path / "home"
    half = home / "milestone-workbook" / ".venv"
    subprocess.run([python, "-m", "venv", "--without-pip", half], check=True)
    done = installed(stick, home, python, without_network())
    assert done.returncode == 0, done.stderr[-2000:]
    assert "good" in done.stdout
    assert "fault" not in done.stdout
    workbook = home / "milestone-workbook" / ".venv" / "bin" / "workbook"
    play = [*without_network(), str(workbook), "play", "caffeine-lozenge", "--runs", "200"]
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
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


@pytest.fixture
def empty_stick(tmp_path):
    """A stick whose wheels fit nobody, as one that was made for another system."""
    other = tmp_path / "a stick for others"
    (other / "wheels").mkdir(parents=True)
    shutil.copy2(MAKE.parent / "stick" / "start.sh", other)
    return other


def test_a_stick_for_another_system_says_so(empty_stick, tmp_path):
    """No wheel fits: after pip's own words, with which Python it was tried, and what to do."""
    done = installed(empty_stick, tmp_path / "home", sys.executable)
    assert done.returncode == 1
    assert "make bundle" in done.stderr.splitlines()[-1]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"{sys.executable}: Python {version}, but no wheel" in done.stderr


def pretended(folder, name, version, venv=True):
    """A Python that says it is of this version and, perhaps, that it has no venv."""
    folder.mkdir(exist_ok=True)
    script = folder / name
    script.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *version_info*) echo {version} ;; *"import venv"*) exit {int(not venv)} ;;\n'
        f'*) exec {sys.executable} "$@" ;; esac\n'
    )
    script.chmod(0o755)
    return script


def test_every_python_is_tried_and_what_each_lacks_is_reported(empty_stick, tmp_path):
    """An old one, a new one, one without venv: none ends the search, and all three are named."""
    bin = tmp_path / "bin"
    old = pretended(bin, "python3", "3.9")
    new = pretended(bin, "python", "3.19")
    bare = pretended(bin, "python3.13", "3.13", venv=False)
    fits = pretended(bin, "python3.11", "3.11")
    done = installed(empty_stick, tmp_path / "home", f"{old} {new} {bare} {fits}")
    assert done.returncode == 1
    reported = done.stderr[done.stderr.index("No Python here") :]
    assert f"{old}: Python 3.9\n" in reported
    assert f"{new}: Python 3.19\n" in reported
    assert f"{bare}: no venv (Debian, Ubuntu: apt-get install python3.13-venv)\n" in reported
    assert f"{fits}: Python 3.11, but no wheel on this stick fits it\n" in reported


def test_a_machine_without_python_is_shown_what_is_needed(empty_stick, tmp_path):
    """In both languages, and nothing is made."""
    done = installed(empty_stick, tmp_path / "home", "/nowhere/python3")
    assert done.returncode == 1
    assert "3.11, 3.12" in done.stderr
    assert "找到的有" in done.stderr
    assert "make bundle" not in done.stderr
    assert not list((tmp_path / "home").iterdir())


def test_the_pythons_are_named_alike_everywhere():
    """What the stick serves is what the project says was tried: no more, no less."""
    named = stick_maker().pythons()
    for file in (".ci/stick/start.sh", ".ci/stick/start.bat", ".ci/stick/READ-ME.txt", *READMES):
        found = set(re.findall(r"(?<![\d.])3\.1\d\b", (ROOT / file).read_text("utf-8")))
        assert found == set(named), file


def test_an_unknown_system_is_reported(tmp_path):
    """With those there are; nothing is made."""
    reported = make(tmp_path / "out", "amiga")
    assert reported.returncode == 2
    assert "windows" in reported.stderr
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
