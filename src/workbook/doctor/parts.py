"""What must be installed: packages, the widgets' browser half, a kernel, the font, notebooks."""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from workbook import DISTRIBUTION
from workbook.doctor import mend
from workbook.doctor.check import Check, Look, bad, good
from workbook.errors import InputError, Message, WorkbookError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
EXTENSIONS = {
    "ipywidgets": "@jupyter-widgets/jupyterlab-manager",
    "anywidget": "anywidget",
}
FONT = "NotoSansSC-subset.otf"
LEAST_FONT_BYTES = 500_000


def packages() -> Check:
    """Every package that the workbook names is there, and new enough."""
    wanting = [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
    missing = [name for line in wanting if (name := _missing(line))]
    if not missing:
        return good("packages", "{n} packages", n=len(wanting))
    found = Message("not installed, or too old: {names}", {"names": ", ".join(missing)})
    return bad("packages", found, mend.again())


def _missing(requirement: str) -> str:
    """The requirement where it is not met; empty where it is, or where it does not apply here."""
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    if wanted.marker is not None and not wanted.marker.evaluate():
        return ""
    try:
        met = wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        met = False
    return "" if met else re.split(r"[;\s]", requirement)[0]


def widgets() -> Check:
    """JupyterLab has the browser half of the widgets."""
    places = [Path(sys.prefix, "share", "jupyter", "labextensions")]
    missing = [
        package
        for package, folder in EXTENSIONS.items()
        if not any((place / folder / "package.json").is_file() for place in places)
    ]
    if not missing:
        return good("widgets", "widgets in JupyterLab")
    names = {"names": ", ".join(missing)}
    found = Message("JupyterLab has no browser half of: {names}", names)
    return bad("widgets", found, mend.again())


def kernel() -> Check:
    """The kernel that notebooks ask for is this Python's own."""
    spec = Path(sys.prefix, "share", "jupyter", "kernels", "python3", "kernel.json")
    template = "make it again: {line}"
    anew = mend.python(template, "-m", "ipykernel", "install", "--sys-prefix")
    if find_spec("ipykernel") is None:
        return bad(
            "kernel", Message("there is no kernel: ipykernel is not installed"), mend.again()
        )
    try:
        starts = json.loads(spec.read_text("utf-8"))["argv"][0]
    except FileNotFoundError:
        return good("kernel", "the kernel of this Python")
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        found = Message("the kernel's file {file} cannot be read", {"file": str(spec)})
        return bad("kernel", found, anew)
    if Path(starts).is_absolute() and not Path(starts).exists():
        found = Message("the kernel starts {file}, which is not there", {"file": starts})
        return bad("kernel", found, anew)
    return good("kernel", "the kernel of this Python")


def font() -> Check:
    """The Chinese font of the charts is whole."""
    file = Path(__file__).resolve().parents[1] / "fonts" / FONT
    if file.is_file() and file.stat().st_size >= LEAST_FONT_BYTES:
        return good("font", "the Chinese font")
    found = Message("the Chinese font is missing or torn, so charts would show boxes")
    return bad("font", found, mend.again())


def notebooks() -> Check:
    """Notebooks and cases are there and can be read."""
    from workbook import cases
    from workbook.lab import shipped

    try:
        n = sum(len(list(shipped(lang).glob("*.ipynb"))) for lang in ("en", "zh"))
        for case in cases.shipped():
            cases.load(case)
    except WorkbookError as error:
        what = error.source if isinstance(error, InputError) else str(error)
        found = Message("notebooks or cases are damaged: {error}", {"error": what[:200]})
        return bad("notebooks", found, mend.again())
    values = {"notebooks": n, "cases": len(cases.shipped())}
    return good("notebooks", "{notebooks} notebooks and {cases} cases", **values)


def browser() -> Check:
    """A Chromium for PDF pages; never needed."""
    if any(shutil.which(name) for name in BROWSERS):
        return good("browser", "a Chromium, for PDF pages")
    found = Message("no Chromium: pages are printed from any browser instead of made as PDF")
    return bad(
        "browser", found, Message("nothing to do unless you want PDF by the hundred"), "note"
    )


LOOKS: tuple[tuple[str, Look], ...] = (
    ("packages", packages),
    ("widgets", widgets),
    ("kernel", kernel),
    ("font", font),
    ("notebooks", notebooks),
    ("browser", browser),
)
