"""Make a folder for a USB stick from which a laptop without a network installs and starts.

    python .ci/make_bundle.py OUT [SYSTEM …]      without a SYSTEM: this machine's

`wheels/` holds the workbook and everything that the run lock pins, as wheels for the systems named
and for every Python that the project names; the start scripts install from there and nowhere else.
It holds no Python: no well-kept package of the index does. Lay python.org's installers beside it.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-run.lock.txt"
STICK = Path(__file__).resolve().parent / "stick"
TAGS = {
    "linux": ("linux", ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"]),
    "linux-arm": (
        "aarch64-unknown-linux-gnu",
        ["manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"],
    ),
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


def wheels_for(system: str, wheels: Path) -> None:
    """What a system needs: its markers are settled by uv, its wheels taken by their tags."""
    target, tags = TAGS[system]
    named = [part for tag in tags for part in ("--platform", tag)]
    for version in pythons():
        with tempfile.TemporaryDirectory() as folder:
            settled = Path(folder, "settled.txt")
            where = ["--python-platform", target, "--python-version", version]
            how = ["--no-deps", "--generate-hashes", "--no-emit-index-url", "-o", str(settled)]
            uv = [sys.executable, "-m", "uv", "pip", "compile", "-q"]
            subprocess.run([*uv, str(LOCK), *where, *how], check=True)
            settled.write_text(lacking(settled.read_text("utf-8"), wheels), "utf-8")
            wanted = ["--python-version", version, "--implementation", "cp", "--no-deps"]
            only = ["--only-binary", ":all:", "--require-hashes"]
            pip("download", "-q", *wanted, *named, *only, "-d", wheels, "-r", settled)


def lacking(settled: str, wheels: Path) -> str:
    """The pins whose wheel for every Python and system is not there yet."""
    there = {tuple(file.name.split("-")[:2]) for file in wheels.glob("*-none-any.whl")}
    pins = re.split(r"\n(?=[a-z0-9])", "\n" + settled)[1:]
    named = [re.match(r"([a-z0-9.-]+)==([^ \n]+)", pin) for pin in pins]
    return "\n".join(
        pin
        for pin, name in zip(pins, named, strict=True)
        if name and (re.sub(r"[-.]", "_", name[1]), name[2]) not in there
    )


def pythons() -> list[str]:
    """The Pythons that the project names, as pyproject.toml lists them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        classifiers = tomllib.load(file)["project"]["classifiers"]
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c) for c in classifiers)
    return [one[1] for one in found if one]


def this_system() -> str:
    """The name that this machine's system has in TAGS; its own where it has none."""
    arm = platform.machine() in ("arm64", "aarch64")
    names = {
        "Linux": "linux-arm" if arm else "linux",
        "Windows": "windows",
        "Darwin": "macos" if arm else "macos-intel",
    }
    return names.get(platform.system(), platform.system())


def main(out: Path, systems: list[str]) -> int:
    """Make the folder anew; what stood there under another name is left alone."""
    systems = systems or [this_system()]
    unknown = [system for system in systems if system not in TAGS]
    if unknown:
        print(f"no system {', '.join(unknown)}; choose of: {', '.join(TAGS)}", file=sys.stderr)
        return 2
    draft = out.with_name(f".{out.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    wheels = draft / "wheels"
    wheels.mkdir(parents=True)
    own_wheel(wheels)
    for system in systems:
        wheels_for(system, wheels)
    for file in sorted(STICK.iterdir()):
        shutil.copy2(file, draft / file.name)
    shutil.rmtree(out, ignore_errors=True)
    draft.replace(out)
    size = sum(file.stat().st_size for file in (out / "wheels").iterdir())
    served = f"for {', '.join(systems)} with Python {', '.join(pythons())}"
    print(f"{out}: {size / 1e6:.0f} MB, {served}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
