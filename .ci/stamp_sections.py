"""Mark each Chinese section of a notebook with the English that it was written from.

    python .ci/stamp_sections.py [NAME …]           stamp: these sections are up to date
    python .ci/stamp_sections.py --check [NAME …]   list what is stale, missing or orphaned

A prose cell of `notebooks/zh` has in its metadata a short hash of the English cell that it was
written from. When the English changes, the mark no longer fits and the section is stale: read the
Chinese again, correct it, then stamp. NAME is a notebook's name without `.ipynb`; without any, all.
"""

import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
Cell = dict
Key = tuple[str, int]


def mark(cell: Cell) -> str:
    """A short hash of what a cell says."""
    return sha256("".join(cell["source"]).strip().encode()).hexdigest()[:12]


def prose(notebook: dict) -> dict[Key, Cell]:
    """Its prose cells by section, and by their number within it."""
    count: Counter[str] = Counter()
    found = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            section = cell["metadata"].get("workbook", {}).get("section", "")
            count[section] += 1
            found[section, count[section]] = cell
    return found


def findings(english: dict, chinese: dict) -> list[str]:
    """One line for each section that is missing, orphaned or stale; none where all is well."""
    sources, twins = prose(english), prose(chinese)
    found = [f"missing: {section} {n}" for section, n in sources if (section, n) not in twins]
    found += [f"orphaned: {section} {n}" for section, n in twins if (section, n) not in sources]
    return found + [
        f"stale: {section} {n}"
        for (section, n), cell in twins.items()
        if (section, n) in sources
        and cell["metadata"].get("workbook", {}).get("source") != mark(sources[section, n])
    ]


def stamp(english: dict, chinese: dict) -> list[str]:
    """Mark each Chinese section with its English of now; return the sections changed."""
    sources = prose(english)
    changed = []
    for key, cell in prose(chinese).items():
        about = cell["metadata"].setdefault("workbook", {})
        if key in sources and about.get("source") != mark(sources[key]):
            about["source"] = mark(sources[key])
            changed.append(f"{key[0]} {key[1]}")
    return changed


def read(lang: str, name: str) -> dict:
    """A notebook as plain data; one without a file has no cells."""
    path = NOTEBOOKS / lang / f"{name}.ipynb"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {"cells": []}


def names() -> list[str]:
    """Every notebook of either language."""
    return sorted({path.stem for path in NOTEBOOKS.glob("*/[0-9][0-9]-*.ipynb")})


def main(arguments: list[str]) -> int:
    """Stamp or check; 1 if a check found something."""
    checking = "--check" in arguments
    wanted = [name for name in arguments if name != "--check"] or names()
    bad = False
    for name in wanted:
        english, chinese = read("en", name), read("zh", name)
        lines = findings(english, chinese) if checking else stamp(english, chinese)
        bad = bad or (checking and bool(lines))
        if lines and not checking:
            text = json.dumps(chinese, ensure_ascii=False, indent=1) + "\n"
            (NOTEBOOKS / "zh" / f"{name}.ipynb").write_text(text, "utf-8")
        for line in lines:
            print(f"{name}: {line}" if checking else f"{name}: stamped {line}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
