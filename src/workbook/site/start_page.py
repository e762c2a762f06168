"""The page in front of Lab: the notebooks in both languages, and where one's work is kept."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from string import Template

from workbook.site import LABS, notebooks
from workbook.words import Words


def page() -> str:
    """Return the page as HTML; it loads nothing but itself."""
    frame = Template(files("workbook.site").joinpath("front", "start.html").read_text("utf-8"))
    return frame.substitute(parts="\n".join(_part(lang) for lang in LABS))


def _part(lang: str) -> str:
    """Return the half of the page in one language."""
    w = Words(lang)
    links = "".join(
        f'<li><a href="{LABS[lang]}/index.html?path=notebooks/{lang}/{file.name}">'
        f"{escape(_title(file.read_text('utf-8')))}</a></li>"
        for file in notebooks(lang)
    )
    lines = [
        w(
            "Nothing has to be installed. The first start takes a minute or two; then run "
            "all cells."
        ),
        w(
            "Your work is kept in this browser, on this computer. Each notebook has a button that "
            "gives you a copy of all of it to download, and one that brings such a copy back."
        ),
        w(
            "A browser in private mode keeps nothing. When the site has a newer version of a "
            "notebook, yours stays, and the new one is placed next to it."
        ),
    ]
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    title = escape(w("The milestone workbook"))
    return f'<section lang="{lang}"><h1>{title}</h1><ol start="0">{links}</ol>{text}</section>'


def _title(notebook: str) -> str:
    """Return a notebook's first heading."""
    first = "".join(json.loads(notebook)["cells"][0]["source"])
    return first.partition("\n")[0].lstrip("# ")
