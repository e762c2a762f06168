"""Execute the report notebook with papermill, and accept it only with its end mark.

After a killed kernel or a time limit papermill leaves a notebook that looks complete. So a run
counts only if it returned without an error, has no error output, and ends with the mark that the
last cell sets; every picture that the mark names must be among the outputs.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.errors import WorkError
from workbook.places import shipped as shipped_folder
from workbook.reports.kernel_home import KERNEL
from workbook.reports.markup import FIGURE_ID

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGINE = "workbook"
"""The name that `reports.engine` is registered under, in `pyproject.toml`."""
INJECTED = "injected-parameters"
END_MARK = "application/vnd.workbook.report+json"


def shipped(lang: str) -> Path:
    """The report notebook of a language, from the checkout or the installed package."""
    path = shipped_folder("notebooks") / lang / "report.ipynb"
    if path.is_file():
        return path
    raise WorkError("The report notebook is missing. Install the workbook again.")


@dataclass(frozen=True)
class Ending:
    """The end mark that the last cell sets: the content of a complete report.

    Attributes
    ----------
    title, finding, lang
        Of the page, as text; `lang` as HTML names it.
    goal
        Chance of reaching the goal.
    figures
        Names of the pictures of a complete report.
    data
        The outcomes, as `workbook play --json` prints them.
    """

    title: str
    finding: str
    lang: str
    goal: float
    figures: tuple[str, ...]
    data: Mapping[str, Any]


def execute(
    text: str,
    parameters: Mapping[str, object],
    folder: Path,
    seconds: int,
    memory_mb: int | None = None,
) -> NotebookNode:
    """Run a notebook with these parameters in the folder `folder`; no cell longer than `seconds`.

    Raises
    ------
    WorkError
        If the kernel died, a cell took too long or a cell failed.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    quiet()
    source = folder / "report.ipynb"
    source.write_text(text, encoding="utf-8", newline="\n")
    try:
        notebook: NotebookNode = papermill.execute_notebook(
            str(source),
            None,
            parameters=dict(parameters),
            engine_name=ENGINE,
            kernel_name=KERNEL,
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=str(folder),
            execution_timeout=seconds,
            record_timing=False,
            memory_mb=memory_mb,
        )
        return notebook
    except PapermillExecutionError as error:
        raise _cell_failed(error.ename, error.evalue) from None
    except CellTimeoutError:
        raise WorkError("A cell took longer than {seconds} seconds.", seconds=seconds) from None
    except (DeadKernelError, RuntimeError, TimeoutError) as error:
        raise _died(error) from None


def _cell_failed(name: str, value: str) -> WorkError:
    if name == "MemoryError":
        return WorkError("A cell of the notebook asked for more memory than a report may take.")
    if name == "StdinNotImplementedError":
        return WorkError("A cell of the notebook waits for somebody to type; nobody is there.")
    what = (f"{name}: {value}".splitlines() or [""])[0][:200]
    return WorkError("A cell of the notebook failed: {what}", what=what)


def _died(error: Exception) -> WorkError:
    """How the kernel died, as far as it is known."""
    killed, code = getattr(error, "killed_by", None), getattr(error, "exit_code", None)
    if killed is not None:
        name = signal.Signals(killed).name
        template = "The kernel died: something killed it ({signal}), perhaps for want of memory."
        return WorkError(template, signal=name)
    if code is not None:
        return WorkError("The kernel died: a cell ended it, with exit code {code}.", code=code)
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return WorkError("The kernel died: {reason}", reason=reason[:200])


def quiet() -> None:
    """Silence papermill's log and a warning about sockets on this machine."""
    from jupyter_client.manager import KernelManager

    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    encryption = getattr(KernelManager, "transport_encryption", None)
    if encryption is not None:
        encryption.default_value = "auto"


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Every output of every code cell."""
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


def ending(notebook: NotebookNode) -> Ending:
    """Read the end mark; WorkError if the report is not complete."""
    marks: list[Any] = []
    shown = ""
    for output in outputs(notebook):
        if output.output_type == "error":
            raise WorkError("A cell of the notebook failed: {what}", what=str(output.ename))
        data = output.get("data", {})
        marks.extend(data[kind] for kind in (END_MARK,) if kind in data)
        shown += "".join(data.get("text/html", ""))
    if len(marks) != 1:
        raise WorkError("The notebook did not come to its end.")
    mark = dict(marks[0])
    end = Ending(**{**mark, "figures": tuple(mark["figures"])})
    missing = [name for name in end.figures if not _pictured(shown, name)]
    if missing:
        raise WorkError("Pictures are missing: {names}", names=missing)
    return end


def _pictured(shown: str, name: str) -> bool:
    _, found, after = shown.partition(f'id="{FIGURE_ID.format(name=name)}"')
    return bool(found) and "<svg" in after.partition("</section>")[0]


def scrub(notebook: NotebookNode, *places: Path) -> None:
    """Remove paths, timings and warnings from an executed notebook.

    papermill's own cell gets a fixed id, so that a second run gives the same file.
    """
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED
        if "outputs" in cell:
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
        for place in places:
            cell.source = cell.source.replace(str(place), ".")
