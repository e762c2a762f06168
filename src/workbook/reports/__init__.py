"""Reports: one notebook, many plans. papermill runs it, nbconvert makes the page.

contents.py    what the notebook shows; with finding, milestones, forks, grounds and markup
task.py        what is to be made, and what became of it     gathering.py   from names to tasks
class_list.py  a class list: each row a task; with parameters and overrides
batch.py       many plans: read all, make what is missing, tell of each
warm/          kernels and workers forked from a warm process     cluster.py   the same by Dask
engine.py      papermill's door to them: `papermill --engine workbook`
worker.py      one report, start to end, in a process of its own
kernel_home.py    where its kernel lives      notebook.py   execute, and believe only the end mark
page.py        the page    index.py   the index      folder.py    files, together or not at all
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.reports.contents import Report as Report

__all__ = ["Report"]


def __getattr__(name: str) -> Any:
    """Load what the notebook needs only when it asks: the command line must stay light."""
    if name == "Report":
        from workbook.reports.contents import Report

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
