"""The page in front of Lab: the notebooks in both languages, and where one's work is kept."""

from __future__ import annotations

import json
import re
from html import escape
from importlib.resources import files
from pathlib import Path
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
    links = "".join(_link(file, lang) for file in notebooks(lang))
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
    title = f"<h1>{escape(w('The milestone workbook'))}</h1>"
    return f'<section id="{lang}" lang="{lang}">{title}<ol>{links}</ol>{text}</section>'


def _link(file: Path, lang: str) -> str:
    """Return a notebook as a link with its title and the question that it asks."""
    first = "".join(json.loads(file.read_text("utf-8"))["cells"][0]["source"])
    title = first.partition("\n")[0].lstrip("# ")
    [question] = re.findall(r"^\*\*(.+)\*\*$", first, re.MULTILINE)[:1] or [""]
    return (
        f'<li><a href="{LABS[lang]}/index.html?path=notebooks/{lang}/{file.name}">'
        f"{escape(title)}</a><span>{escape(question)}</span></li>"
    )
