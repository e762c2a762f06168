"""What a notebook says when a cell is run before those that it needs, instead of a NameError.

After a restart of the kernel every name of the cells above is gone, and nothing of the notebook has
run that could say so. So this is an IPython extension, which a kernel of an environment with the
workbook loads as it starts (`etc/ipython` of the environment): in our Lab, another Lab, an editor.

It answers only for a name that another cell of the same notebook defines, and only in notebooks of
the workbook. Every other NameError is shown as Python shows it.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

LANG = re.compile(r"""^lang: str = ["'](en|zh)["']""", re.MULTILINE)
OURS = re.compile(r"^(?:from|import) workbook\b", re.MULTILINE)


def load_ipython_extension(shell: Any) -> None:
    """Answer for NameErrors from now on, unless somebody else answers for exceptions already."""
    if not shell.custom_exceptions:
        shell.set_custom_exc((NameError,), _answer)


def _answer(
    shell: Any,
    kind: type[BaseException],
    error: NameError,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    """Show the sentence if it applies, otherwise what IPython shows."""
    if _of_a_cell(shell, trace) and (said := sentence(error.name or "", notebooks())):
        error._render_traceback_ = lambda: [said]  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, trace), running_compiled_code=True)


def _of_a_cell(shell: Any, trace: TracebackType) -> bool:
    """Whether the error happened in a cell itself, not in a module."""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_globals is shell.user_ns


def notebooks() -> list[Path]:
    """Return the notebook that this kernel serves; where that is unknown, those of its folder."""
    named = Path(os.environ.get("JPY_SESSION_NAME", ""))
    return [named] if named.is_file() else sorted(Path.cwd().glob("*.ipynb"))


def sentence(name: str, files: list[Path]) -> str:
    """Return what to say of a missing name; empty if no cell of these notebooks defines it."""
    from workbook.words import Words

    for file in files:
        cells = _cells(file)
        if OURS.search("\n".join(cells)) and any(name in set(_bound(cell)) for cell in cells):
            found = LANG.search("\n".join(cells))
            w = Words(found[1] if found else "en")
            return w(
                "“{name}” comes from a cell further up that has not run since the kernel started. "
                "Choose Run ▸ Run All Above Selected Cell, then run this cell again.",
                name=name,
            )
    return ""


def _cells(file: Path) -> list[str]:
    """Return the sources of a notebook's code cells; none if it cannot be read."""
    try:
        found = json.loads(file.read_text("utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _bound(cell: str) -> Iterator[str]:
    """Return the names that a cell gives a value; none if it is not Python."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
