"""Print pages to PDF with a Chromium, if this machine has one; nothing else needs it.

The browser gets a copy of the page with A4 set, a profile of its own and no network; the page's
own policy allows no script. A PDF that is newer than its page is not printed again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from workbook.reports.folder import staging
from workbook.reports.task import Row
from workbook.words import Words

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge", "brave-browser"),
)
PLACES = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"Google\Chrome\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe",
        r"Chromium\Application\chrome.exe",
    ),
}
FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
    *("--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
A4 = "<style>@page { size: A4; }</style></head>"
MAKER = b"Skia/PDF"
SECONDS = 90


def chromium() -> str | None:
    """Path of a browser of the Chromium family; None if there is no such browser."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return next((str(place) for place in _places() if place.is_file()), None)


def _places() -> Iterator[Path]:
    for place in PLACES.get(sys.platform, ()):
        if sys.platform == "win32":
            yield from (Path(os.environ[f]) / place for f in FOLDERS if f in os.environ)
        else:
            yield Path(place)


def print_pages(
    out: Path, rows: Sequence[Row], jobs: int, words: Words, complain: Callable[[str], None]
) -> None:
    """Print a `<stem>.pdf` beside every page, and report each one that cannot be made."""
    stems = dict.fromkeys(row.stem for row in rows if row.state in ("made", "kept"))
    stale = [stem for stem in stems if not printed(out, stem)]
    if not stale:
        return
    browser = chromium()
    if browser is None:
        complain(
            words(
                "No Chromium was found on this machine, so no PDF was made; the pages are there. "
                "Any browser prints them."
            )
        )
        return
    with staging(out) as stage, ThreadPoolExecutor(max(1, jobs)) as threads:
        done = threads.map(lambda stem: _print(browser, out, stage, stem, words), stale)
        for stem, reason in zip(stale, done, strict=True):
            if reason:
                told = words(
                    "{file} could not be printed: {reason}", file=f"{stem}.html", reason=reason
                )
                complain(told)


def printed(out: Path, stem: str) -> bool:
    """Whether there is a PDF that is not older than its page."""
    try:
        page, pdf = ((out / f"{stem}{kind}").stat().st_mtime_ns for kind in (".html", ".pdf"))
    except OSError:
        return False
    return pdf >= page


def _print(browser: str, out: Path, stage: Path, stem: str, words: Words) -> str:
    """Print one page; return why it failed, or an empty text."""
    place, target = stage / stem, out / f"{stem}.pdf"
    try:
        if target.exists() and MAKER not in target.read_bytes():
            return words("{file} is there already and is not ours", file=target.name)
        place.mkdir()
        html = (out / f"{stem}.html").read_text("utf-8").replace("</head>", A4, 1)
        (place / "page.html").write_text(html, encoding="utf-8", newline="\n")
        _run(browser, place)
        (place / "page.pdf").replace(target)
    except subprocess.TimeoutExpired:
        return words("it took longer than {seconds} seconds", seconds=SECONDS)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _run(browser: str, place: Path) -> None:
    """Have the browser print `page.html` to `page.pdf`."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = [browser, *FLAGS, *(("--no-sandbox",) if root else ())]
    command += [f"--user-data-dir={place / 'profile'}", f"--print-to-pdf={place / 'page.pdf'}"]
    subprocess.run(
        [*command, (place / "page.html").resolve().as_uri()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )
