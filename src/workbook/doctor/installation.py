"""Checks of the installation: packages, widgets, a kernel, the font, notebooks, conflicts.

What conflicts: a deleted current folder, files that shadow modules, settings.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from importlib.machinery import FileFinder
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

from workbook import DISTRIBUTION
from workbook.doctor.machine import Finding, fault, good, note, reinstall, this_python
from workbook.errors import InputError, Message, WorkbookError
from workbook.files import home

if TYPE_CHECKING:
    from packaging.markers import Marker

EXTENSIONS = {
    "ipywidgets": "@jupyter-widgets/jupyterlab-manager",
    "anywidget": "anywidget",
}
FONT = "NotoSansSC-subset.otf"
LEAST_FONT_BYTES = 500_000


def packages() -> Finding:
    """Check that every required package is installed, and new enough."""
    wanting = [line for line in requires(DISTRIBUTION) or () if _is_wanted(line)]
    missing = [name for line in wanting if (name := _missing(line))]
    if not missing:
        return good("{n} packages", n=len(wanting))
    found = Message("not installed, or too old: {names}", {"names": ", ".join(missing)})
    return fault(found, reinstall())


EXTRAS = ("lab", "reports")
"""The extras that `make` installs; the others are for a few."""
EXTRA = re.compile(r"extra == ['\"]([\w-]+)['\"]")


def _is_wanted(requirement: str) -> bool:
    """Whether a requirement belongs to the workbook as `make` installs it."""
    extra = EXTRA.search(requirement)
    return extra is None or extra[1] in EXTRAS


def _applies(marker: Marker | None) -> bool:
    """Whether a requirement with this marker applies to this machine."""
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *EXTRAS))


def _missing(requirement: str) -> str:
    """Return the requirement if it is not met; empty if it is met or does not apply here."""
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    if not _applies(wanted.marker):
        return ""
    try:
        met = wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        met = False
    return "" if met else re.split(r"[;\s]", requirement)[0]


def widgets() -> Finding:
    """Check that JupyterLab has the browser code of the widgets."""
    places = [Path(sys.prefix, "share", "jupyter", "labextensions")]
    missing = [
        package
        for package, folder in EXTENSIONS.items()
        if not any((place / folder / "package.json").is_file() for place in places)
    ]
    if not missing:
        return good("widgets in JupyterLab")
    names = {"names": ", ".join(missing)}
    found = Message("JupyterLab has no browser half of: {names}", names)
    return fault(found, reinstall())


def kernel() -> Finding:
    """Check that the notebooks' kernel belongs to this Python."""
    spec = Path(sys.prefix, "share", "jupyter", "kernels", "python3", "kernel.json")
    template = "make it again: {line}"
    remake = this_python(template, "-m", "ipykernel", "install", "--sys-prefix")
    if find_spec("ipykernel") is None:
        return fault(Message("there is no kernel: ipykernel is not installed"), reinstall())
    try:
        starts = json.loads(spec.read_text("utf-8"))["argv"][0]
    except FileNotFoundError:
        return good("the kernel of this Python")
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        found = Message("the kernel's file {file} cannot be read", {"file": str(spec)})
        return fault(found, remake)
    if Path(starts).is_absolute() and not Path(starts).exists():
        found = Message("the kernel starts {file}, which is not there", {"file": starts})
        return fault(found, remake)
    return good("the kernel of this Python")


def font() -> Finding:
    """Check that the Chinese font of the charts is intact."""
    file = Path(__file__).resolve().parents[1] / "fonts" / FONT
    if file.is_file() and file.stat().st_size >= LEAST_FONT_BYTES:
        return good("the Chinese font")
    found = Message("the Chinese font is missing or torn, so charts would show boxes")
    return fault(found, reinstall())


def notebooks() -> Finding:
    """Check that notebooks and cases exist and can be read."""
    from workbook import cases
    from workbook.lab import shipped

    try:
        n = sum(len(list(shipped(lang).glob("*.ipynb"))) for lang in ("en", "zh"))
        for case in cases.shipped():
            cases.load(case)
    except WorkbookError as error:
        what = error.source if isinstance(error, InputError) else str(error)
        found = Message("notebooks or cases are damaged: {error}", {"error": what[:200]})
        return fault(found, reinstall())
    values = {"notebooks": n, "cases": len(cases.shipped())}
    return good("{notebooks} notebooks and {cases} cases", **values)


def browser() -> Finding:
    """Look for a Chromium for PDF pages, which is optional."""
    from workbook.reports.index import chromium

    if chromium() is not None:
        return good("a Chromium, for PDF pages")
    found = Message("no Chromium: pages are printed from any browser instead of made as PDF")
    return note(found, Message("nothing to do unless you want PDF by the hundred"))


def current_folder() -> Finding:
    """Check that the terminal's current folder exists."""
    try:
        Path.cwd()
    except FileNotFoundError:
        found = Message("the folder in which this terminal stands is gone")
        return fault(found, Message("go to another one: {line}", {"line": "cd ~"}))
    return good("the folder of this terminal is there")


def shadowed_modules() -> Finding:
    """Check that no file here or next to the notebooks shadows a module."""
    modules = _modules()
    places = dict.fromkeys([Path.cwd(), home(), *home().glob("notebooks/*"), *_python_path()])
    files = [file for place in places for name, file in _importable(place) if name in modules]
    if not files:
        return good("no file stands before a module of Python")
    values = {"files": ", ".join(map(str, files[:5]))}
    found = Message("Python takes these files for modules of its own: {files}", values)
    template = "give each another name, such as my-{name}"
    return fault(found, Message(template, {"name": files[0].name}))


def _python_path() -> Iterator[Path]:
    """Yield the folders in PYTHONPATH, except those with installed packages."""
    for name in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        if next(Path(name).glob("*.dist-info"), None) is None:
            yield Path(name)


def _importable(place: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and file of what `import` would find in a folder, except the workbook's own."""
    own = Path(__file__).resolve().parents[1]
    for module in iter_modules([str(place)]):
        spec = cast(FileFinder, module.module_finder).find_spec(module.name)
        if spec is None or spec.origin is None:
            continue
        file = Path(spec.origin).parent if module.ispkg else Path(spec.origin)
        if file.resolve() != own:
            yield module.name, file


def _modules() -> frozenset[str]:
    """Return the modules that a notebook loads: Python's own, and all required packages."""
    needed = {DISTRIBUTION}
    todo = [DISTRIBUTION]
    while todo:
        distribution = todo.pop()
        lines = _requires(distribution)
        ours = distribution == DISTRIBUTION
        named = {_name_of(x) for x in lines if "extra ==" not in x or (ours and _is_wanted(x))}
        todo += named - needed
        needed |= named
    brought = packages_distributions().items()
    found = (name for name, by in brought if needed & {_name_of(each) for each in by})
    return frozenset(sys.stdlib_module_names).union(found, {"workbook"})


def _requires(distribution: str) -> list[str]:
    try:
        return requires(distribution) or []
    except PackageNotFoundError:  # for another system, or missing, which another check reports
        return []


def _name_of(requirement: str) -> str:
    """Return the normalised name of the distribution in a requirement."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def disabled_widgets() -> Finding:
    """Check that no setting disables JupyterLab's widgets."""
    ours = [name for name in _disabled() if name.partition(":")[0] in EXTENSIONS.values()]
    if not ours:
        return good("JupyterLab leaves no widget out")
    found = Message("JupyterLab is set to leave out: {names}", {"names": ", ".join(ours)})
    template = "let it in again: {line}"
    enable = ("-m", "jupyter", "labextension", "enable", *ours)
    return fault(found, this_python(template, *enable))


def _disabled() -> list[str]:
    """Return the extensions that settings disable; the first folder in Jupyter's path wins."""
    from jupyter_core.paths import jupyter_config_path

    off: dict[str, bool] = {}
    for place in reversed(jupyter_config_path()):
        try:
            config = json.loads(Path(place, "labconfig", "page_config.json").read_text("utf-8"))
            names = config.get("disabledExtensions", {})
        except (OSError, ValueError, AttributeError):
            continue
        off |= names if isinstance(names, dict) else dict.fromkeys(names, True)
    return [name for name, is_off in off.items() if is_off]
