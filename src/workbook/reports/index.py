"""The index of a folder of reports: failures first, then a table of every report.

The table is complete without a script. A short script of ours adds search and sorting; the page's
content security policy allows that text only, by its hash, so that no name or title can run code.
The summary is written beside it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from workbook.charts.picture import COLOURS
from workbook.reports.class_spread import class_spread, fates_bar
from workbook.reports.folder import note_of, publish
from workbook.reports.page import TEMPLATES
from workbook.reports.pdf import printed
from workbook.reports.summary import CSV, JSON, Entry, summary
from workbook.reports.task import Row
from workbook.words import Words

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
    return (row.name or row.title).casefold(), row.stem


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
        "bar": Markup(fates_bar(figures, words)),  # numbers and our own words
        "goal": _share(goal, words),
        "ruin": _share(figures["ruin"], words),
        "week": _week(figures["goal_week"]),
        "risk": figures["riskiest_name"] or "–",
        "pdf": printed(entry.out, entry.row.stem),
    }


def _share(share: object, words: Words) -> tuple[str, str]:
    """A share as it is sorted, and as it is shown."""
    if not isinstance(share, int | float):
        return "-1", "–"
    return f"{share:.6f}", words.percent(float(share), 0.01)


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
