"""Make a folder for a USB stick from which a laptop without a network installs and starts.

    python .ci/make_bundle.py OUT [SYSTEM …] [PYTHON …]     such as: windows macos 3.12

`wheels/` holds the workbook and everything that the run lock pins, as wheels for what is named; by
default for this machine's system and every Python of the project. The start scripts install from
there and nowhere else.
It has no Python, for no maintained package of the index has one: add python.org's installers.
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
SYSTEMS = {
    "linux": ("Linux", "x86_64", ["manylinux_2_28", "manylinux_2_17", "manylinux2014"]),
    "linux-arm": ("Linux", "aarch64", ["manylinux_2_28", "manylinux_2_17", "manylinux2014"]),
    "windows": ("Windows", "AMD64", ["win"]),
    "macos": ("Darwin", "arm64", ["macosx_14_0", "macosx_12_0", "macosx_11_0"]),
    "macos-intel": (
        "Darwin",
        "x86_64",
        ["macosx_14_0", "macosx_12_0", "macosx_10_13", "macosx_10_9"],
    ),
}
"""What `platform` calls a system and its machine, and how the names of its wheels begin."""
ASKED = {
    "Linux": {"sys_platform": "linux", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "os_name": "nt"},
    "Darwin": {"sys_platform": "darwin", "os_name": "posix"},
}
"""What a marker of the lock may ask of a system, as Python answers there."""


def pip(*arguments: str | Path) -> None:
    """Run pip of this Python; its complaint is the user's to read."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True)


def own_wheel(wheels: Path) -> None:
    """The workbook itself, notebooks and cases inside."""
    pip("wheel", "-q", "--no-deps", "--no-build-isolation", "-w", wheels, ROOT)


def wheels_for(system: str, version: str, wheels: Path) -> None:
    """What a system and a Python need beyond what is there, taken by its tags."""
    _, machine, begun = SYSTEMS[system]
    tags = [f"{tag}_{machine.lower()}" for tag in begun]
    named = [part for tag in tags for part in ("--platform", tag)]
    wanted = ["--python-version", version, "--implementation", "cp", "--no-deps"]
    only = ["--only-binary", ":all:", "--require-hashes"]
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder, "pins.txt")
        pins.write_text("\n".join(pins_for(system, version, wheels)), "utf-8")
        pip("download", "-q", *wanted, *named, *only, "-d", wheels, "-r", pins)


def pins_for(system: str, version: str, wheels: Path) -> list[str]:
    """The pins of the lock for a system and a Python whose wheel is not there yet."""
    name, machine, _ = SYSTEMS[system]
    there = {tuple(file.name.split("-")[:2]) for file in wheels.glob("*-none-any.whl")}
    answers = ASKED[name] | {
        "platform_system": name,
        "platform_machine": machine,
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    found = pins(LOCK, answers)
    return [
        pin
        for (name, number), pin in found.items()
        if (name.replace("-", "_"), number) not in there
    ]


def pins(lock: Path, answers: dict[str, str]) -> dict[tuple[str, str], str]:
    """The pins of a lock that such a Python needs, with their hashes, by name and version."""
    from packaging.requirements import Requirement

    found = {}
    for pin in re.split(r"\n(?=[a-z0-9])", lock.read_text("utf-8")):
        wanted = Requirement(pin.partition(" \\")[0]) if "==" in pin else None
        if wanted is None or (wanted.marker and not wanted.marker.evaluate(answers)):
            continue
        name = re.sub(r"[-_.]+", "-", wanted.name)
        line = f"{wanted.name}{wanted.specifier} \\" + pin.partition(" \\")[2]
        found[name, str(wanted.specifier)[2:]] = line
    return found


def pythons() -> list[str]:
    """The Pythons that the project names, as pyproject.toml lists them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        classifiers = tomllib.load(file)["project"]["classifiers"]
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c) for c in classifiers)
    return [one[1] for one in found if one]


def this_system() -> str:
    """The name in SYSTEMS of this machine's system; its own if it has none."""
    here = (platform.system(), platform.machine())
    return next((name for name, known in SYSTEMS.items() if known[:2] == here), " ".join(here))


def main(out: Path, wanted: list[str]) -> int:
    """Make the folder again; files of other names in it stay."""
    versions = [each for each in wanted if each in pythons()] or pythons()
    systems = [each for each in wanted if each not in versions] or [this_system()]
    unknown = [system for system in systems if system not in SYSTEMS]
    if unknown:
        known = ", ".join([*SYSTEMS, *pythons()])
        print(f"no system {', '.join(unknown)}; choose of: {known}", file=sys.stderr)
        return 2
    draft = out.with_name(f".{out.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    wheels = draft / "wheels"
    wheels.mkdir(parents=True)
    own_wheel(wheels)
    for system in systems:
        for version in versions:
            wheels_for(system, version, wheels)
    for file in sorted(STICK.iterdir()):
        shutil.copy2(file, draft / file.name)
    shutil.rmtree(out, ignore_errors=True)
    draft.replace(out)
    size = sum(file.stat().st_size for file in (out / "wheels").iterdir())
    served = f"{', '.join(systems)} with Python {', '.join(versions)}"
    print(f"{out}: {size / 1e6:.0f} MB, for {served}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
