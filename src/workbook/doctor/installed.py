"""Checks of the installation: packages, widgets, a kernel, the font, notebooks."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from workbook import DISTRIBUTION
from workbook.doctor.finding import Finding, fault, good, note, reinstall, this_python
from workbook.errors import InputError, Message, WorkbookError

EXTENSIONS = {
    "ipywidgets": "@jupyter-widgets/jupyterlab-manager",
    "anywidget": "anywidget",
}
FONT = "NotoSansSC-subset.otf"
LEAST_FONT_BYTES = 500_000


def packages() -> Finding:
    """Check that every required package is installed, and new enough."""
    wanting = [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
    missing = [name for line in wanting if (name := _missing(line))]
    if not missing:
        return good("{n} packages", n=len(wanting))
    found = Message("not installed, or too old: {names}", {"names": ", ".join(missing)})
    return fault(found, reinstall())


def _missing(requirement: str) -> str:
    """Return the requirement if it is not met; empty if it is met or does not apply here."""
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    if wanted.marker is not None and not wanted.marker.evaluate():
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
    anew = this_python(template, "-m", "ipykernel", "install", "--sys-prefix")
    if find_spec("ipykernel") is None:
        return fault(Message("there is no kernel: ipykernel is not installed"), reinstall())
    try:
        starts = json.loads(spec.read_text("utf-8"))["argv"][0]
    except FileNotFoundError:
        return good("the kernel of this Python")
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        found = Message("the kernel's file {file} cannot be read", {"file": str(spec)})
        return fault(found, anew)
    if Path(starts).is_absolute() and not Path(starts).exists():
        found = Message("the kernel starts {file}, which is not there", {"file": starts})
        return fault(found, anew)
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
    from workbook.reports.pdf import chromium

    if chromium() is not None:
        return good("a Chromium, for PDF pages")
    found = Message("no Chromium: pages are printed from any browser instead of made as PDF")
    return note(found, Message("nothing to do unless you want PDF by the hundred"))
