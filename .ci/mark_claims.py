"""Fold the claim numbers in the notebooks' prose into small marks, with the claim on hover.

    python .ci/mark_claims.py           write the marks
    python .ci/mark_claims.py --check   list what is not as it would be written

"(P9)" becomes a raised P9 whose title is the claim in the reader's language. If a claim gives away
how a case ends, its title says only that it does. Stamp the sections afterwards.
"""

import json
import re
import sys
from pathlib import Path

from workbook.lesson.afterwards import marked_claims

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
MARK = re.compile(r'<sup title="[^"]*">([A-Z]\d+)</sup>')


def written(source: str, lang: str) -> str:
    """The prose with its marks, also where it has old ones."""
    brackets = r" (\1)" if lang == "en" else r"（\1）"
    return marked_claims(MARK.sub(brackets, source), lang)


def main(arguments: list[str]) -> int:
    """Write the marks, or list the cells that differ."""
    differing = 0
    for file in sorted(NOTEBOOKS.glob("*/0*.ipynb")):
        notebook = json.loads(file.read_text("utf-8"))
        for cell in notebook["cells"]:
            source = "".join(cell["source"])
            new = written(source, file.parent.name)
            if cell["cell_type"] == "markdown" and new != source:
                differing += 1
                print(f"{file.parent.name}/{file.stem} cell {cell['id']}")
                cell["source"] = new.splitlines(keepends=True)
        if "--check" not in arguments:
            file.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return int("--check" in arguments and differing > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
