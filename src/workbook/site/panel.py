"""What a notebook shows on the site: a newer edition, and the learner's work to keep.

Elsewhere nothing is shown.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from workbook.errors import WorkError
from workbook.files import home, in_browser
from workbook.front import program
from workbook.site import notebooks
from workbook.site.editions import newer_editions
from workbook.site.work import bring, pack
from workbook.words import Words


def show_on_site(w: Words) -> None:
    """Show the panel on the site, before a lesson or the builder; elsewhere do nothing."""
    if not in_browser():
        return
    from IPython.display import HTML, display

    for line in newer_lines(Path.cwd(), w):
        display(HTML(line))  # type: ignore[no-untyped-call]
    display(keeping(w, home()))  # type: ignore[no-untyped-call]


def newer_lines(folder: Path, w: Words) -> list[str]:
    """Return a line of HTML for each notebook that the site has in a newer edition."""
    lines = []
    for one in newer_editions(folder, notebooks(w.lang)):
        text = w(
            "{name} has a newer version on this site, changed in: {changed}. Yours is kept as it "
            "is; the new one is next to it: {new}.",
            name=escape(one.own.name),
            changed=[escape(heading) for heading in one.changed],
            new=f'<a href="{escape(one.new.name)}">{escape(one.new.name)}</a>',
        )
        lines.append(f'<p class="wb-newer" role="status">{text}</p>')
    return lines


@cache
def _keeping() -> type:
    from anywidget import AnyWidget
    from traitlets import Dict, Unicode

    class Keeping(AnyWidget):
        """Two buttons: the work as a file to download, and such a file brought back."""

        _esm = program(("workbook", ("elements",)), ("workbook.site", ("keep",)))
        say = Dict().tag(sync=True)
        packed = Dict().tag(sync=True)
        line = Unicode().tag(sync=True)

    return Keeping


def keeping(w: Words, folder: Path) -> Any:
    """Return the widget that packs the work in a folder, and brings it back."""
    widget: Any = _keeping()(
        say={
            "kept": w("Your work is kept in this browser only."),
            "download": w("Download your work"),
            "bring": w("Bring work back"),
        }
    )

    def answer(_: object, content: dict[str, Any], __: object) -> None:
        if content.get("kind") == "download":
            data = b64encode(pack(folder)).decode()
            name = f"milestone-workbook-{date.today().isoformat()}.zip"
            serial = widget.packed.get("serial", 0) + 1
            widget.packed = {"name": name, "data": data, "serial": serial}
            widget.line = w("Downloaded: {file}", file=name)
        elif content.get("kind") == "bring":
            widget.line = brought_line(str(content.get("data", "")), folder, w)

    widget.on_msg(answer)
    return widget


def brought_line(data: str, folder: Path, w: Words) -> str:
    """Bring back an archive in base64, and say what came of it."""
    try:
        brought = bring(b64decode(data, validate=True), folder)
    except NoBase64:
        return w("This is no archive of your work: choose the file that Download gave you.")
    except WorkError as error:
        return w.message(error.message)
    except OSError:
        return w("This browser has no room to keep it.")
    line = w.n(
        "{n} file was brought back. Run all cells again.",
        "{n} files were brought back. Run all cells again.",
        brought.files,
    )
    if brought.kept:
        names = w.list([file.name for file in brought.kept])
        line += " " + w("What was here before is kept: {files}", files=names)
    return line
