"""Make a folder for a USB stick from which a laptop without a network installs and starts.

    python .ci/make_bundle.py OUT [SYSTEM …]      SYSTEM: this, linux, windows, macos, macos-intel

`wheels/` holds the workbook and everything that the run lock pins, as wheels for the systems named
and for the Pythons in PYTHONS; the start scripts install from there and nowhere else. Without a
SYSTEM it is this machine's, for this Python.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-run.lock.txt"
STICK = Path(__file__).resolve().parent / "stick"
PYTHONS = ("3.11", "3.12", "3.13")
TAGS = {
    "linux": ("linux", ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"]),
    "windows": ("windows", ["win_amd64"]),
    "macos": ("macos", ["macosx_14_0_arm64", "macosx_12_0_arm64", "macosx_11_0_arm64"]),
    "macos-intel": (
        "x86_64-apple-darwin",
        ["macosx_14_0_x86_64", "macosx_12_0_x86_64", "macosx_10_13_x86_64", "macosx_10_9_x86_64"],
    ),
}


def pip(*arguments: str | Path) -> None:
    """Run pip of this Python; its complaint is the user's to read."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True)


def own_wheel(wheels: Path) -> None:
    """The workbook itself, notebooks and cases inside."""
    pip("wheel", "-q", "--no-deps", "--no-build-isolation", "-w", wheels, ROOT)


def wheels_here(wheels: Path) -> None:
    """What this machine and this Python need."""
    pip("download", "-q", "--require-hashes", "--only-binary", ":all:", "-d", wheels, "-r", LOCK)


def wheels_for(system: str, wheels: Path) -> None:
    """What another system needs: its markers are settled by uv, its wheels taken by their tags."""
    platform, tags = TAGS[system]
    for version in PYTHONS:
        with tempfile.TemporaryDirectory() as folder:
            settled = Path(folder, "settled.txt")
            where = ["--python-platform", platform, "--python-version", version]
            how = ["--no-deps", "--generate-hashes", "--no-emit-index-url", "-o", str(settled)]
            uv = [sys.executable, "-m", "uv", "pip", "compile", "-q"]
            subprocess.run([*uv, str(LOCK), *where, *how], check=True)
            named = [part for tag in tags for part in ("--platform", tag)]
            wanted = ["--python-version", version, "--implementation", "cp", "--no-deps"]
            only = ["--only-binary", ":all:", "--require-hashes"]
            pip("download", "-q", *wanted, *named, *only, "-d", wheels, "-r", settled)


def main(out: Path, systems: list[str]) -> int:
    """Make the folder anew; what stood there under another name is left alone."""
    unknown = [system for system in systems if system not in (*TAGS, "this")]
    if unknown:
        print(
            f"no system {', '.join(unknown)}; choose of: this, {', '.join(TAGS)}", file=sys.stderr
        )
        return 2
    draft = out.with_name(f".{out.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    wheels = draft / "wheels"
    wheels.mkdir(parents=True)
    own_wheel(wheels)
    for system in systems or ["this"]:
        wheels_here(wheels) if system == "this" else wheels_for(system, wheels)
    for file in sorted(STICK.iterdir()):
        shutil.copy2(file, draft / file.name)
    shutil.rmtree(out, ignore_errors=True)
    draft.replace(out)
    found = list((out / "wheels").iterdir())
    print(f"{out}: {len(found)} wheels, {sum(file.stat().st_size for file in found) / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
