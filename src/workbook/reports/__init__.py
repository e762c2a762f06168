"""Reports: one notebook, many plans. papermill runs it, nbconvert makes the page.

contents.py     the parts of a report, one for each cell of the notebook; with finding, milestones,
                forks, followed, next_steps, prospects, cash_needed, sources, takeaway and markup
task.py         an order for a report, and its result      gathering.py  from names to tasks
class_list.py   a class list: each row a task; with parameters and overrides
batch.py        many plans: read all, make what is missing, say what became of each
warm/           kernels and workers forked from a loaded process   cluster.py  the same by Dask
engine.py       papermill's engine over them: `papermill --engine workbook`
worker.py       one report from start to end, in a process of its own
kernel_home.py  the folder of its kernel      notebook.py  execute, check the end mark
page.py         the page    index.py  the index    folder.py  files appear together or not at all
answers.py, terminal.py   what the other commands print    progress.py  progress bars
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
