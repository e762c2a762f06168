"""Checks for conflicts: a deleted current folder, shadowing files, settings."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from importlib.machinery import FileFinder
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from pkgutil import iter_modules
from typing import cast

from workbook import DISTRIBUTION
from workbook.doctor.finding import Finding, fault, good, this_python
from workbook.doctor.installed import EXTENSIONS
from workbook.errors import Message
from workbook.places import home


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
        named = {_name_of(line) for line in _requires(todo.pop()) if "extra ==" not in line}
        todo += named - needed
        needed |= named
    brought = packages_distributions().items()
    ours = (name for name, by in brought if needed & {_name_of(each) for each in by})
    return frozenset(sys.stdlib_module_names).union(ours, {"workbook"})


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
    told = [name for name in _disabled() if name.partition(":")[0] in EXTENSIONS.values()]
    if not told:
        return good("JupyterLab leaves no widget out")
    found = Message("JupyterLab is told to leave out: {names}", {"names": ", ".join(told)})
    template = "let it in again: {line}"
    enable = ("-m", "jupyter", "labextension", "enable", *told)
    return fault(found, this_python(template, *enable))


def _disabled() -> list[str]:
    """Return the extensions that settings disable; the first folder in Jupyter's path wins."""
    from jupyter_core.paths import jupyter_config_path

    off: dict[str, bool] = {}
    for place in reversed(jupyter_config_path()):
        try:
            told = json.loads(Path(place, "labconfig", "page_config.json").read_text("utf-8"))
            names = told.get("disabledExtensions", {})
        except (OSError, ValueError, AttributeError):
            continue
        off |= names if isinstance(names, dict) else dict.fromkeys(names, True)
    return [name for name, is_off in off.items() if is_off]
