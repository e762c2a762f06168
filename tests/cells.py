"""Notebooks made of cells, for the tests of the engine and of batches."""

from __future__ import annotations

from pathlib import Path

import nbformat

PARAMETERS = 'plan: str = ""\nlang: str = "en"\nruns: int = 1\nseed: int = 1'
END_MARK = "application/vnd.workbook.report+json"


def notebook_of(path, *sources, parameters=PARAMETERS):
    """A notebook with these parameters, then these cells; `(source, tag)` is a tagged one."""
    cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    for number, source in enumerate(sources):
        source, *tags = (source,) if isinstance(source, str) else source
        cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}, id=f"c{number}"))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
    return Path(path)


def mark(**changes):
    """A cell that sets an end mark."""
    said = {"title": "t", "finding": "f", "lang": "en", "goal": 0.5, "figures": [], "data": {}}
    shown = {END_MARK: said | changes, "text/html": "<p>end</p>"}
    return f"from IPython.display import display\ndisplay({shown!r}, raw=True)"
