"""Make a static site on which the notebooks 00 to 05 run in a browser, in both languages.

    python .ci/make_site.py OUT [--pyodide ARCHIVE]

JupyterLite's Lab and the widgets' pages come from this environment, the wheels from the full lock,
each with its hash. The browser's Python and the packages of `FROM_RUNTIME` are loaded from the
address that JupyterLite's kernel names; with the archive of a full Pyodide (a folder or a tar file)
what is needed of it is in the site, too, and the page loads nothing from elsewhere.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from email.parser import Parser
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from make_bundle import own_wheel, pins, pip
from packaging.requirements import Requirement

from workbook import site
from workbook.site import start_page
from workbook.site.about import below_the_floors
from workbook.site.about import plain_name as plain
from workbook.site.editions import site_copy

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock.txt"
NPM = ROOT / "node_modules" / "pyodide"
FROM_RUNTIME = ("contourpy", "kiwisolver", "matplotlib", "numpy", "pandas", "pillow")
"""Compiled packages that the lock has no wheel of for a browser: the runtime brings them."""
IN_THE_KERNEL = ("ipykernel", "piplite", "pyodide-kernel")
"""Wheels that JupyterLite's kernel brings itself."""
STARTED_WITH = ("comm", *IN_THE_KERNEL, "ipython", "micropip")
"""What JupyterLite's kernel installs before a first cell."""
IN_THE_PAGE = ("jupyterlab-widgets", "widgetsnbextension")
"""Requirements that are not Python's affair: the site has them as extensions of Lab."""
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "anywidget",
)
LEFT_OVER = ("package.json", "rspack.config*.js")
"""What JupyterLite's template holds for building it, and no page reads."""
KERNEL = "@jupyterlite/pyodide-kernel-extension"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
"""The files of the runtime that start it; its packages come on top."""


class Unfit(Exception):  # noqa: N818
    """A reason why no site can be made, as a sentence."""


def browser(info: dict[str, str]) -> dict[str, str]:
    """What a marker of a requirement may ask of a browser's Python, as it answers."""
    return {
        "sys_platform": "emscripten",
        "os_name": "posix",
        "platform_system": "Emscripten",
        "platform_machine": "wasm32",
        "python_version": info["python"].rpartition(".")[0],
        "python_full_version": info["python"],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


# --- the runtime --------------------------------------------------------------------------


def runtime_lock(folder: Path) -> dict:
    """The runtime's own list of packages; it must be of the version that the kernel names."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    try:
        found = (folder / "pyodide.mjs").read_text("utf-8", "replace")
    except OSError:
        raise Unfit(f"{folder / 'pyodide.mjs'} cannot be read; `make site` brings it.") from None
    if f'"{PYODIDE_VERSION}"' not in found:
        raise Unfit(f"{folder} is not Pyodide {PYODIDE_VERSION}, which JupyterLite's kernel names.")
    return json.loads((folder / "pyodide-lock.json").read_text("utf-8"))


def unpacked(archive: Path, into: Path) -> Path:
    """The folder of a full Pyodide: the one given, or what the tar file holds."""
    folder = archive
    if archive.is_file():
        try:
            with tarfile.open(archive) as file:
                file.extractall(into, filter="data")
        except tarfile.TarError as error:
            raise Unfit(f"{archive} cannot be unpacked: {error}") from None
        folder = into
    found = sorted(folder.rglob("pyodide-lock.json"), key=lambda file: len(file.parts))
    if not found:
        raise Unfit(f"{archive} holds no pyodide-lock.json: it is not the archive of a Pyodide.")
    return found[0].parent


def taken(runtime: dict) -> dict:
    """The packages that come with the runtime: those compiled ones, and what only they need."""
    carried = wanted(browser(runtime["info"]))
    found: dict[str, dict] = {}
    todo = [*FROM_RUNTIME]
    while todo:
        name = plain(todo.pop())
        if name not in found and name not in carried:
            found[name] = dict(runtime["packages"][name])
            todo += found[name]["depends"]
    return found


# --- the wheels ---------------------------------------------------------------------------


def wanted(answers: dict[str, str]) -> set[str]:
    """Every package that the kernel and the base requirements need in a browser."""
    from importlib.metadata import PackageNotFoundError, requires

    found: set[str] = set()
    todo = ["milestone-workbook", *STARTED_WITH]
    while todo:
        name = plain(todo.pop())
        if name in found or name in (*IN_THE_PAGE, *IN_THE_KERNEL):
            continue
        found.add(name)
        try:
            lines = requires(name) or []
        except PackageNotFoundError:  # such as micropip, which this Python may not have
            continue
        todo += [one.name for line in lines if asked(one := Requirement(line), answers)]
    return found - {"milestone-workbook", *FROM_RUNTIME}


def asked(requirement: Requirement, answers: dict[str, str]) -> bool:
    """Whether a requirement holds in a browser."""
    return requirement.marker is None or requirement.marker.evaluate(answers | {"extra": ""})


def download(info: dict[str, str], into: Path) -> None:
    """The wheels of every package as the lock pins it, for the browser's Python."""
    answers = browser(info)
    locked = {name: pin for (name, _), pin in pins(LOCK, answers).items()}
    python = answers["python_version"]
    tags = ["--platform", f"pyemscripten_{info['abi_version']}_wasm32", "--abi", "none"]
    tags += ["--implementation", "cp", "--abi", f"cp{python.replace('.', '')}"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "pins.txt")
        file.write_text("\n".join(locked[name] for name in sorted(wanted(answers))), "utf-8")
        only = ["--only-binary", ":all:", "--require-hashes", "--no-deps"]
        pip("download", "-q", *only, *tags, "--python-version", python, "-d", into, "-r", file)


def entry(wheel: Path, name_in_lock: str, answers: dict[str, str]) -> dict:
    """A wheel as the runtime's list names packages: its file, hash, imports and needs."""
    with ZipFile(wheel) as file:
        names = file.namelist()
        [about] = [name for name in names if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(file.read(about).decode("utf-8"))
    tops = {name.partition("/")[0] for name in names if name.endswith(".py") or ".so" in name}
    modules = {top for top in tops if not top.endswith((".dist-info", ".data"))}
    needs = map(Requirement, metadata.get_all("Requires-Dist") or [])
    return {
        "name": plain(metadata["Name"]),
        "version": metadata["Version"],
        "file_name": name_in_lock,
        "sha256": sha256(wheel.read_bytes()).hexdigest(),
        "install_dir": "site",
        "package_type": "package",
        "imports": sorted({module.partition(".")[0] for module in modules}),
        "depends": sorted({plain(one.name) for one in needs if asked(one, answers)}),
        "unvendored_tests": False,
    }


def entries(out: Path, answers: dict[str, str]) -> Iterator[dict]:
    """Every wheel of the site: the kernel's own, the workbook's and those of the lock."""
    kernels = out / "extensions" / KERNEL / "static" / "pypi"
    for wheel in sorted(kernels.glob("*.whl")):
        if not wheel.name.startswith("widgetsnbextension"):
            yield entry(wheel, f"../{wheel.relative_to(out).as_posix()}", answers)
    for wheel in sorted((out / site.WHEELS).rglob("*.whl")):
        yield entry(wheel, wheel.relative_to(out / site.WHEELS).as_posix(), answers)


def site_lock(out: Path, runtime: dict, base: str) -> dict:
    """The list of packages that the page loads from; every need in it is in it, too."""
    answers = browser(runtime["info"])
    own = {one["name"]: one for one in entries(out, answers)}
    brought = taken(runtime)
    for package in brought.values():
        package["file_name"] = base + package["file_name"]
    packages = brought | own
    for package in packages.values():
        package["depends"] = [n for n in package["depends"] if plain(n) not in IN_THE_PAGE]
    lacking = {plain(n) for package in packages.values() for n in package["depends"]} - {*packages}
    faults = [f"no wheel of {name}" for name in sorted(lacking)]
    faults += below_the_floors({name: one["version"] for name, one in brought.items()})
    if faults:
        raise Unfit("The site would not run: " + "; ".join(faults))
    return {"info": runtime["info"], "packages": packages}


# --- the pages ----------------------------------------------------------------------------


def notebooks(into: Path) -> None:
    """The site's copies of the notebooks, and the cases."""
    for lang in site.LANGS:
        folder = into / "notebooks" / lang
        folder.mkdir(parents=True)
        for file in site.notebooks(lang):
            (folder / file.name).write_text(site_copy(file), "utf-8")
    shutil.copytree(ROOT / "cases", into / "cases", ignore=lambda *_: ["plan.schema.json"])


def lite(work: Path, out: Path) -> None:
    """Lab, its extensions and the notebooks, by JupyterLite."""
    work.mkdir()
    notebooks(work / "contents")
    extensions = Path(sys.prefix, "share", "jupyter", "labextensions")
    config = {
        "apps": ["lab"],
        "contents": ["contents"],
        "output_dir": str(out),
        "no_sourcemaps": True,
        "federated_extensions": [str(extensions / name) for name in EXTENSIONS],
    }
    nothing = work / "no-extensions"
    nothing.mkdir()
    (work / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": config}))
    shutil.copy2(
        ROOT / "src/workbook/lab_settings/labconfig/default_setting_overrides.json",
        work / "overrides.json",
    )
    code = (
        "from pathlib import Path\n"
        "from jupyterlite_core.addons.federated_extensions import FederatedExtensionAddon\n"
        f"FederatedExtensionAddon.labextensions_path = Path({str(nothing)!r})\n"
        "from jupyterlite_core.app import LiteApp\n"
        "LiteApp.launch_instance(['build'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=work, capture_output=True, text=True)
    if done.returncode:
        raise Unfit("JupyterLite could not build:\n" + done.stdout[-2000:] + done.stderr[-2000:])


def settle(out: Path, lock: dict, *, local: bool) -> None:
    """Write the list of packages and the page's settings that name it."""
    text = json.dumps(lock, indent=1, sort_keys=True)
    (out / site.LOCK).write_text(text, "utf-8")
    digest = sha256(text.encode()).hexdigest()[:12]
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{site.LOCK}?{digest}",
            "packages": [*STARTED_WITH],
        },
    }
    if local:
        kernel["pyodideUrl"] = f"./{site.RUNTIME}/pyodide.mjs"
    config = json.loads((out / "jupyter-lite.json").read_text("utf-8"))
    data = config["jupyter-config-data"]
    data["appName"] = "Milestone workbook"
    data.setdefault("litePluginSettings", {})[f"{KERNEL}:kernel"] = kernel
    (out / "jupyter-lite.json").write_text(json.dumps(config, indent=1, sort_keys=True), "utf-8")
    for file in [file for pattern in LEFT_OVER for file in out.glob(pattern)]:
        file.unlink()
    in_chinese(out)
    (out / "index.html").write_text(start_page.page(), "utf-8")


def in_chinese(out: Path) -> None:
    """A second address of the same Lab, whose menus are in Chinese."""
    shutil.copytree(out / "lab", out / "lab-zh", dirs_exist_ok=True)
    shutil.copy2(
        ROOT / "src/workbook/lab_settings/zh/labconfig/default_setting_overrides.json",
        file := out / "lab-zh" / "overrides.json",
    )
    own = out / "lab-zh" / "jupyter-lite.json"
    config = json.loads(own.read_text("utf-8"))
    config["jupyter-config-data"]["appUrl"] = "/lab-zh"
    config["jupyter-config-data"]["settingsOverrides"] = json.loads(file.read_text("utf-8"))
    own.write_text(json.dumps(config, indent=1), "utf-8")


def make(out: Path, archive: Path | None) -> None:
    """Make the site in a folder of its own; it replaces an older one when it is whole."""
    draft = out.with_name(f".{out.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = unpacked(archive, work / "pyodide") if archive else NPM
        runtime = runtime_lock(source)
        if archive:
            runtime_files(source, runtime)
        lite(work / "lite", draft)
        own_wheel_into(draft / site.WHEELS, work / "own")
        download(runtime["info"], draft / site.WHEELS)
        furnish(draft, source, local=archive is not None)
    shutil.rmtree(out, ignore_errors=True)
    draft.replace(out)


def furnish(draft: Path, source: Path, *, local: bool) -> None:
    """Connect the wheels of a site with the runtime: its own of a full Pyodide, or one far away."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

    runtime = runtime_lock(source)
    base = f"../{site.RUNTIME}/" if local else f"{PYODIDE_CDN_URL}/"
    lock = site_lock(draft, runtime, base)
    if local:
        (draft / site.RUNTIME).mkdir(parents=True)
        for file in runtime_files(source, runtime):
            shutil.copy2(file, draft / site.RUNTIME / file.name)
    settle(draft, lock, local=local)


def runtime_files(source: Path, runtime: dict) -> list[Path]:
    """What the site needs of a full Pyodide: what starts it, and the packages that it brings."""
    names = [one["file_name"] for one in taken(runtime).values()]
    files = [source / name for name in [*CORE, *names]]
    if lacking := [file.name for file in files if not file.is_file()]:
        names = ", ".join(lacking)
        raise Unfit(f"{source} lacks {names}: a full Pyodide is needed, not its core alone.")
    return files


def own_wheel_into(wheels: Path, work: Path) -> None:
    """The workbook's wheel, at an address that is new with each change of it.

    A browser keeps what it has loaded from an address, and the wheel's name stays the same.
    """
    own_wheel(work)
    [wheel] = work.glob("*.whl")
    place = wheels / sha256(wheel.read_bytes()).hexdigest()[:12]
    place.mkdir(parents=True)
    shutil.move(wheel, place)


def main(arguments: Sequence[str]) -> int:
    """Make the site and say what it is."""
    parser = argparse.ArgumentParser(description="Make the notebooks' static site.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--pyodide", type=Path, metavar="ARCHIVE")
    given = parser.parse_args(arguments)
    try:
        make(given.out.resolve(), given.pyodide and given.pyodide.resolve())
    except Unfit as error:
        print(error, file=sys.stderr)
        return 1
    from workbook.cli import main as workbook

    return workbook(["site", str(given.out)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
