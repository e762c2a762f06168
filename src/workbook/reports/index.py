"""The index of a folder of reports: what failed first, then every report with its finding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbook.reports.folder import note_of, publish
from workbook.reports.page import TEMPLATES
from workbook.reports.task import Row
from workbook.words import Words

NAME = "index.html"


def write_index(out: Path, rows: Sequence[Row], lang: str) -> None:
    """Write `index.html` over the reports of this run and those that stood there before."""
    named = {row.stem for row in rows}
    earlier = [_earlier(out, path.stem) for path in sorted(out.glob("*.ipynb"))]
    others = [row for row in earlier if row is not None and row.stem not in named]
    publish(out, {NAME: index([*rows, *others], out, Words(lang))})


def _earlier(out: Path, stem: str) -> Row | None:
    """The row of a report that another run made; None for a notebook that is none of ours."""
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
    )


def index(rows: Sequence[Row], out: Path, words: Words) -> str:
    """The HTML of the index."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATES / "workbook"), autoescape=True)
    bad = [row for row in rows if row.state in ("failed", "faulty")]
    fine = [row for row in rows if row.state in ("made", "kept")]
    title = words("Reports")
    count = words.n("{n} report", "{n} reports", len(fine))
    failed = words.n("{n} is missing", "{n} are missing", len(bad)) if bad else ""
    finding = words.list([count, failed]) if failed else count
    head = {"title": title, "finding": finding, "lang": words.html_lang, "mark_name": "generator"}
    return environment.get_template("overview.html.j2").render(
        report=head | {"mark": "workbook"},
        say={
            "skip": words("Skip to the reports"),
            "missing": words("What is missing, and why"),
            "earlier": words("There is a page of an earlier version:"),
            "reports": words("The reports"),
            "data": words("data"),
            "notebook": words("notebook"),
        },
        message=words.message,
        bad=bad,
        fine=sorted(fine, key=lambda row: row.title.casefold()),
        stands=lambda row: bool(row.stem) and (out / f"{row.stem}.html").is_file(),
        file=lambda row: Path(row.source).name,
    )
