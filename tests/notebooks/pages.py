"""Notebooks as tests meet them: read as files, run by papermill, or played in this process."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import papermill
import pytest

from workbook.lesson.afterwards import sections
from workbook.lesson.panel import Panel

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
LANGUAGES = ("en", "zh")
NAMES = sorted(path.stem for path in (NOTEBOOKS / "en").glob("[0-9][0-9]-*.ipynb"))
LESSONS = [name for name in NAMES if name[:2] <= "04"]
CLAIM = re.compile(r"(?<![A-Za-z0-9])([PRLTASF]\d+)(?![A-Za-z0-9])")
VIEW = "application/vnd.jupyter.widget-view+json"


@cache
def read(lang: str, name: str) -> Any:
    """A notebook of the repository."""
    return nbformat.read(NOTEBOOKS / lang / f"{name}.ipynb", as_version=4)


def code_of(notebook: Any) -> list[str]:
    """The sources of its code cells."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def prose_of(notebook: Any) -> str:
    """All its prose, its marks as bare numbers."""
    prose = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.sub(r'<sup title="[^"]*">(\w+)</sup>', r" (\1)", prose)


def afterwards_of(lang: str, name: str) -> dict[str, str]:
    """What its panels say of their results, by panel."""
    case = {"00-start-here": "tea-stall"}.get(name, name[3:])
    return sections(case, lang)


def sections_of(notebook: Any) -> list[tuple[str, str]]:
    """The kind and the section of each cell."""
    return [(cell.cell_type, cell.metadata.workbook.section) for cell in notebook.cells]


def parameters_of(name: str) -> dict[str, Any]:
    """Its parameters and their defaults, in English."""
    (cell,) = [c for c in read("en", name).cells if "parameters" in c.metadata.get("tags", [])]
    space: dict[str, Any] = {}
    exec(cell.source, space)
    return {key: space[key] for key in space["__annotations__"]}


def stamps() -> ModuleType:
    """The tool that marks sections."""
    spec = importlib.util.spec_from_file_location("stamps", ROOT / ".ci" / "stamp_sections.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# A run as papermill makes it


def run(home: Path, twin: str, name: str, /, **parameters: Any) -> Any:
    """Execute a copy by papermill, in a home of its own, every warning an error."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_HOME", str(home / "home"))
        patch.setenv("IPYTHONDIR", str(home / "ipython"))
        patch.setenv("PYTHONWARNINGS", "error::UserWarning,error::RuntimeWarning")
        out = home / f"{twin}-{name}.ipynb"
        source = NOTEBOOKS / twin / f"{name}.ipynb"
        quiet: dict[str, Any] = {"progress_bar": False, "log_output": False}
        papermill.execute_notebook(source, out, parameters=parameters, cwd=home, **quiet)
    return nbformat.read(out, as_version=4)


def outputs(notebook: Any) -> list[Any]:
    """Every output of a run."""
    return [out for cell in notebook.cells for out in cell.get("outputs", [])]


def shown(notebook: Any) -> str:
    """All HTML of a run."""
    return "\n".join(out["data"].get("text/html", "") for out in outputs(notebook) if "data" in out)


def clean(notebook: Any) -> bool:
    """Whether nothing failed and nobody complained."""
    return {out.output_type for out in outputs(notebook)} <= {"display_data", "execute_result"}


# A page played here, without a kernel


@dataclass(frozen=True)
class Page:
    """What each code cell of a page shows, by the call it makes; and its names."""

    cells: dict[str, str]
    names: dict[str, Any]

    @property
    def text(self) -> dict[str, str]:
        """What each call says, without pictures and style."""
        pattern = r"<style>.*?</style>|<svg.*?</svg>|<img[^>]*>|<[^>]+>"
        return {
            call: re.sub(pattern, " ", html, flags=re.DOTALL) for call, html in self.cells.items()
        }


_played: dict[str, Page] = {}


def play(lang: str, name: str, **parameters: Any) -> Page:
    """Play the code cells in this process; each page once, for no batch run leaves a trace."""
    key = f"{lang} {name} {sorted(parameters.items())}"
    if key not in _played:
        _played[key] = _play(lang, name, parameters)
    return _played[key]


def _play(lang: str, name: str, parameters: dict[str, Any]) -> Page:
    names: dict[str, Any] = {}
    found: dict[str, str] = {}
    for cell in read(lang, name).cells:
        if cell.cell_type == "code":
            found |= dict(_shown(cell.source, names))
            if "parameters" in cell.metadata.get("tags", []):
                names |= parameters
    plt.close("all")  # what cells of one's own have drawn
    return Page(found, names)


def _shown(source: str, names: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Execute a cell; its last expression as HTML, by the source of the call."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        if isinstance(value, Panel):
            value.refresh()
            yield ast.unparse(last), value.still()
