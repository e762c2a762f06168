"""The edition of a notebook: a digest of each of its sections, stamped into the site's copies.

A browser keeps the copy that a learner has changed, and shows it in place of the site's, also when
the site has a newer one by then. The stamp tells which edition a copy comes from, so that what has
changed since can be named and the new edition placed next to the learner's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from workbook.files import write_whole

KEY = "edition"
"""The stamp's key, below `workbook` in a notebook's metadata."""
KERNELSPEC = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
ELSEWHERE = re.compile(r"\[([^\]]*)\]\((?:0[6-9]-[\w-]+|report)\.ipynb\)")
"""A link to a notebook that the site does not have."""


def sections(notebook: Mapping[str, Any], title: str) -> dict[str, list[str]]:
    """Return the sources of a notebook's cells by heading; `title` for those before the first."""
    found: dict[str, list[str]] = {}
    heading = title
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell.get("cell_type") == "markdown" and source.startswith("#"):
            heading = source.partition("\n")[0].lstrip("# ")
        found.setdefault(heading, []).append(source)
    return found


def changed(new: Mapping[str, object], old: Mapping[str, object]) -> list[str]:
    """Return the headings with new, changed or removed cells.

    >>> changed({"The chain": 1, "The bet": 2}, {"The chain": 1, "The wager": 2})
    ['The bet', 'The wager']
    """
    gone = [heading for heading in old if heading not in new]
    return [heading for heading in new if new[heading] != old.get(heading)] + gone


def read_sections(file: Path, title: str) -> dict[str, list[str]]:
    """Return the sections of a notebook file; empty if it cannot be read."""
    try:
        return sections(json.loads(file.read_text("utf-8")), title)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def edition(notebook: Mapping[str, Any]) -> dict[str, str]:
    """Return a digest of each section, by heading."""
    return {
        heading: sha256("\0".join(cells).encode()).hexdigest()[:12]
        for heading, cells in sections(notebook, "").items()
    }


def site_copy(file: Path) -> str:
    """Return a shipped notebook as the site has it, as JSON.

    It names the browser's kernel, has its edition, and has no link to what the site lacks.
    """
    notebook: dict[str, Any] = json.loads(file.read_text("utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = ELSEWHERE.sub(r"\1", "".join(cell["source"]))
    metadata = notebook["metadata"]
    metadata["kernelspec"] = dict(KERNELSPEC)
    metadata["workbook"] = {**metadata.get("workbook", {}), KEY: edition(notebook)}
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def stamp(text: str) -> dict[str, str] | None:
    """Return the edition that a copy comes from; None if it has none."""
    try:
        found = json.loads(text)["metadata"]["workbook"][KEY]
        return {str(heading): str(digest) for heading, digest in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@dataclass(frozen=True)
class Newer:
    """A notebook with a newer edition on the site.

    Attributes
    ----------
    own
        The learner's copy, which stays as it is.
    new
        The new edition, in a file of its own next to it.
    changed
        The headings of the sections that differ.
    """

    own: Path
    new: Path
    changed: tuple[str, ...]


def newer_editions(folder: Path, shipped: Sequence[Path]) -> list[Newer]:
    """Place each newer edition next to a learner's older copy, and return what was found.

    A copy without a stamp is nobody's edition and is left alone. An edition that has been placed is
    found again, also with the learner's work in it.
    """
    found = []
    for file in shipped:
        own = folder / file.name
        text = site_copy(file)
        now, old = stamp(text), _stamp_of(own)
        if now is not None and old is not None and old != now:
            new = _placed(own, text, now)
            found.append(Newer(own, new, tuple(changed(now, old))))
    return found


def _stamp_of(file: Path) -> dict[str, str] | None:
    try:
        return stamp(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _placed(own: Path, text: str, now: Mapping[str, str]) -> Path:
    """Return the file of the new edition, written if no file has it yet."""
    number = 1
    while True:
        name = f"{own.stem}-new{'' if number == 1 else f'-{number}'}.ipynb"
        place = own.with_name(name)
        if not place.exists():
            write_whole(place, text.encode("utf-8"))
            return place
        if _stamp_of(place) == now:
            return place
        number += 1
