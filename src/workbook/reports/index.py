"""The index of a folder of reports: failures first, then a table of every report; PDFs of both.

The table is complete without a script. A short script of ours adds search and sorting; the page's
content security policy allows that text only, by its hash, so that no name or title can run code.
The summary is written next to it.

Pages are printed by a Chromium, if this machine has one; nothing else needs it. It gets a copy of
the page with A4 set, a profile of its own and no network; the page's own policy allows no script. A
PDF that is newer than its page is not printed again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from workbook.charts.picture import COLOURS
from workbook.reports.folder import note_of, publish, staging
from workbook.reports.notebook import TEMPLATES
from workbook.reports.summary import CSV, JSON, Entry, class_spread, fates_bar, summary
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
                message = words(
                    "{file} could not be printed: {reason}", file=f"{stem}.html", reason=reason
                )
                complain(message)


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


NAME = "index.html"
SCRIPT = "index.js"
OUR_OWN = {NAME: 'content="workbook"', CSV: "participant,plan,", JSON: '"columns": {'}
"""Text near the beginning of each file that an index wrote."""


def write_index(
    out: Path, rows: Sequence[Row], lang: str, class_lists: Collection[str] = ()
) -> tuple[Row, ...]:
    """Write `index.html` and the summary over the reports of this run and those of earlier ones.

    An existing file of one of these names that no index wrote is kept as `….before`.

    Parameters
    ----------
    class_lists
        The class lists of this run, by name: earlier reports of participants who are no longer in
        them are omitted.

    Returns
    -------
    tuple
        The reports that are omitted; their files stay.
    """
    named = {row.stem for row in rows}
    earlier = [_earlier(out, path.stem) for path in sorted(out.glob("*.ipynb"))]
    others = [row for row in earlier if row is not None and row.stem not in named]
    gone = tuple(row for row in others if note_of(out, row.stem).get("class") in class_lists)
    others = [row for row in others if row not in gone]
    words, entries = Words(lang), [Entry(row, out) for row in [*rows, *others]]
    for name in OUR_OWN:
        _keep_foreign(out / name)
    publish(out, {**summary(entries, words), NAME: index(entries, words)})
    return gone


def _keep_foreign(path: Path) -> None:
    """Rename a file that is not ours instead of overwriting it."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            ours = OUR_OWN[path.name] in file.read(2_000)
        if not ours:
            path.replace(path.with_name(f"{path.name}.before"))
    except OSError:
        return  # there is no such file; or it cannot be touched, which `publish` reports


def _earlier(out: Path, stem: str) -> Row | None:
    """Row of a report that an earlier run made; None for a notebook that is not ours."""
    note = note_of(out, stem)
    goal = note.get("goal")
    if not note or not (out / f"{stem}.html").is_file():
        return None
    return Row(
        stem,
        stem,
        "kept",
        title=str(note.get("title", stem)),
        finding=str(note.get("finding", "")),
        goal=goal if isinstance(goal, float | int) else None,
        name=str(note.get("name", "")),
    )


def index(entries: Sequence[Entry], words: Words) -> str:
    """The HTML of the index."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(TEMPLATES / "workbook"), autoescape=True)
    bad = [entry for entry in entries if not entry.whole]
    fine = sorted((e for e in entries if e.whole), key=lambda e: _sort_key(e.row))
    script = (TEMPLATES / "workbook" / SCRIPT).read_text("utf-8")
    return environment.get_template("overview.html.j2").render(
        report=_head(len(fine), len(bad), script, words),
        say=_sayings(words),
        message=words.message,
        bad=bad,
        fine=[_shown(entry, words) for entry in fine],
        with_ruin=any(entry.figures["ruin"] is not None for entry in fine),
        with_risk=any(entry.figures["riskiest_name"] for entry in fine),
        picture=Markup(class_spread(fine, words)),  # numbers and our own words
        script=Markup(script),  # our own file
        colours=Markup(COLOURS),
        summaries=(CSV, JSON),
        file=lambda entry: Path(entry.row.source).name,
    )


def _sort_key(row: Row) -> tuple[str, str]:
    """Sort by name, and person 2 before person 10."""
    name = (row.name or row.title).casefold()
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), name), row.stem


def _head(fine: int, bad: int, script: str, words: Words) -> dict[str, str]:
    count = words.n("{n} report", "{n} reports", fine)
    failed = words.n("{n} is missing", "{n} are missing", bad) if bad else ""
    return {
        "title": words("Reports"),
        "finding": words.list([count, failed]) if failed else count,
        "lang": words.html_lang,
        "mark_name": "generator",
        "mark": "workbook",
        "script_hash": b64encode(sha256(script.encode()).digest()).decode(),
    }


def _shown(entry: Entry, words: Words) -> dict[str, Any]:
    """What the table shows of a report."""
    from markupsafe import Markup

    figures = entry.figures
    goal = entry.row.goal if figures["goal"] is None else figures["goal"]
    return {
        "stem": entry.row.stem,
        "name": entry.row.name,
        "title": entry.row.title or entry.row.stem,
        "finding": entry.row.finding,
        "bar": Markup(fates_bar(entry.fates, words)),  # numbers and our own words
        "goal": _share(goal, words),
        "ruin": _ruin(entry, words),
        "week": _week(figures["goal_week"]),
        "risk": figures["riskiest_name"] or "–",
        "pdf": printed(entry.out, entry.row.stem),
    }


def _share(share: object, words: Words) -> tuple[str, str]:
    """A share as it is sorted, and as it is shown."""
    if not isinstance(share, int | float):
        return "-1", "–"
    return f"{share:.6f}", words.percent(float(share), 0.01)


def _ruin(entry: Entry, words: Words) -> tuple[str, str]:
    ruin = entry.figures["ruin"]
    sorted_by, shown = _share(ruin, words)
    return sorted_by, shown if ruin is None else words.fate_percent(entry.fates, "ruin")


def _week(week: object) -> tuple[str, str]:
    return (f"{week:.2f}", str(round(week))) if isinstance(week, int | float) else ("9999", "–")


def _sayings(words: Words) -> Mapping[str, str]:
    return {
        "skip": words("Skip to the reports"),
        "missing": words("What is missing, and why"),
        "earlier": words("There is a page of an earlier version:"),
        "reports": words("The reports"),
        "data": words("data"),
        "notebook": words("notebook"),
        "find": words("Find a name, a title, a milestone"),
        "found": words("{n} of {all} reports", n="{n}", all="{all}"),
        "who": words("report"),
        "fates": words("fates"),
        "goal": words("chance of the goal"),
        "ruin": words("money runs out"),
        "week": words("goal in week, on average"),
        "risk": words("riskiest"),
        "files": words("files"),
        "summary": words("All figures as a table:"),
        "sort": words("Sort by: {column}", column="{column}"),
    }
