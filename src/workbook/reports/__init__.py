"""Reports: one notebook, many plans. papermill runs it, nbconvert makes the page.

contents.py     the parts of a report, one for each cell of the notebook; with results, prospects,
                next_steps, tables, takeaway and markup
command.py      `workbook report`: from what is named to tasks, and progress bars
class_list.py   a class list: each row a task; with parameters
task.py         an order for a report, and its result
batch.py        many plans: read all, make what is missing, say what became of each
worker.py       one report from start to end, in a process of its own
notebook.py     execute the notebook, check its end mark, make the page
warm/           kernels and workers forked from a loaded process   cluster.py  the same by Dask
engine.py       papermill's engine over them: `papermill --engine workbook`
folder.py       files appear together or not at all
index.py        the index, PDFs    summary.py  one row a report
plan_files.py   `new` and `log`    terminal.py  what the other commands print
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
