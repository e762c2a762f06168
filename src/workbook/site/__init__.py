"""The notebooks as a static site, on which they run in a browser without installing anything.

`.ci/make_site.py` builds the site. Here is what the site and a notebook that runs on it need to
agree on.

    editions.py    the edition of a notebook: what a newer site has changed in it
    work.py        a learner's own files as one archive, packed and brought back
    panel.py       what a notebook on the site shows: a newer edition, and keeping one's work
    start_page.py  the page in front of Lab: both languages
    about.py       what a built site holds, and what it takes from the browser's Python
    server.py      a small server for a site on a stick
"""

from __future__ import annotations

from pathlib import Path

from workbook.files import shipped

LANGS = ("en", "zh")
LABS = {"en": "lab", "zh": "lab-zh"}
"""The folder of Lab in each language; both are one Lab with the same files."""
WHEELS = "wheels"
LOCK = f"{WHEELS}/pyodide-lock.json"
"""The site's list of packages, as the browser's Python reads it."""
RUNTIME = "static/pyodide"
"""The browser's own Python, on a site that has one."""


def notebooks(lang: str) -> list[Path]:
    """Return the shipped notebooks of the site in a language: 00 to 05."""
    return sorted((shipped("notebooks") / lang).glob("0[0-5]-*.ipynb"))
