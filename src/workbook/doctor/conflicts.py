"""What stands in the way of a set-up that is whole: a folder that is gone, files and settings."""

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
from workbook.doctor import fixes
from workbook.doctor.finding import Finding, fault, good
from workbook.doctor.installed import EXTENSIONS
from workbook.errors import Message
from workbook.places import home


def current_folder() -> Finding:
    """The folder in which the terminal stands is there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        found = Message("the folder in which this terminal stands is gone")
        return fault(found, Message("go to another one: {line}", {"line": "cd ~"}))
    return good("the folder of this terminal is there")


def shadowed_modules() -> Finding:
    """No file here, beside the notebooks or in PYTHONPATH hides a module: Python would take it."""
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
    """Folders that PYTHONPATH names, without those in which packages are installed."""
    for name in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        if next(Path(name).glob("*.dist-info"), None) is None:
            yield Path(name)


def _importable(place: Path) -> Iterator[tuple[str, Path]]:
    """What `import` would find in a folder, name and file, without the workbook's own source."""
    own = Path(__file__).resolve().parents[1]
    for module in iter_modules([str(place)]):
        spec = cast(FileFinder, module.module_finder).find_spec(module.name)
        if spec is None or spec.origin is None:
            continue
        file = Path(spec.origin).parent if module.ispkg else Path(spec.origin)
        if file.resolve() != own:
            yield module.name, file


def _modules() -> frozenset[str]:
    """Modules that a notebook loads: Python's own, and those of every package needed."""
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
    except PackageNotFoundError:  # for another system, or missing: another check says so
        return []


def _name_of(requirement: str) -> str:
    """The normalised name of a distribution that a requirement begins with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def disabled_widgets() -> Finding:
    """No setting tells JupyterLab to leave the widgets out."""
    told = [name for name in _disabled() if name.partition(":")[0] in EXTENSIONS.values()]
    if not told:
        return good("JupyterLab leaves no widget out")
    found = Message("JupyterLab is told to leave out: {names}", {"names": ", ".join(told)})
    template = "let it in again: {line}"
    enable = ("-m", "jupyter", "labextension", "enable", *told)
    return fault(found, fixes.this_python(template, *enable))


def _disabled() -> list[str]:
    """Extensions that settings switch off; the first place that Jupyter looks in has its way."""
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
