"""Execute the report notebook with papermill, and make a page of it without code or network.

The kernel is the interpreter that runs this, whatever kernels are installed; IPython's profile,
history and start-up files, Jupyter's settings and run files are all in a temporary folder. So the
user's home may be read-only, and two machines make the same page.

After a killed kernel or a time limit papermill leaves a notebook that looks complete. So a run
counts only if it returned without an error, has no error output, and ends with the mark that the
last cell sets; every picture that the mark names must be among the outputs.

For the page nbconvert picks each output's best form; the template and its style sheet are ours. A
content security policy in the page forbids every script and every load, so that no title can run
code. The user's text was escaped when it was shown.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from workbook.errors import WorkError
from workbook.files import shipped as shipped_folder
from workbook.portable import without_plain_images
from workbook.reports.folder import MARK
from workbook.reports.markup import FIGURE_ID
from workbook.words import Words

if TYPE_CHECKING:
    from nbformat import NotebookNode


KERNEL = "python3"
LOG = "kernels.log"
"""Holds what kernels and workers print; results come back as rows."""
SAFE_PATH = {"PYTHONSAFEPATH": "1"}
"""Python then imports nothing from the current folder; a kernel adds its notebook's folder."""


@contextmanager
def kernel_home() -> Iterator[Path]:
    """A temporary folder with a kernel's description, removed at the end."""
    with TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        spec = folder / "jupyter" / "kernels" / KERNEL
        spec.mkdir(parents=True)
        argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        kernel = {
            "argv": argv,
            "display_name": "Python 3",
            "language": "python",
            "metadata": {"supported_encryption": "curve"},
        }
        (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
        for part in ("runtime", "config", "ipython", "matplotlib"):
            (folder / part).mkdir(mode=0o700)
        yield folder


def variables(folder: Path) -> Mapping[str, str]:
    """Environment variables that keep Jupyter, IPython and matplotlib inside this folder."""
    inside = {
        "JUPYTER_PATH": folder / "jupyter",
        "JUPYTER_RUNTIME_DIR": folder / "runtime",
        "JUPYTER_CONFIG_DIR": folder / "config",
        "IPYTHONDIR": folder / "ipython",
    }
    if not os.access(Path.home(), os.W_OK):
        inside["MPLCONFIGDIR"] = folder / "matplotlib"  # otherwise its font list is cached at home
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "JUPYTER_PLATFORM_DIRS": "1"}
    return {name: str(value) for name, value in inside.items()} | quiet | SAFE_PATH


@contextmanager
def safe_path() -> Iterator[None]:
    """Keep processes that are started meanwhile from importing from the current folder."""
    kept = {name: os.environ.get(name) for name in SAFE_PATH}
    os.environ.update(SAFE_PATH)
    try:
        yield
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


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


OUR_WAY: dict[str, Any] = {
    "engine_name": ENGINE,
    "kernel_name": KERNEL,
    "progress_bar": False,
    "request_save_on_cell_execute": False,
    "record_timing": False,
}
"""How papermill runs every notebook."""


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

    quiet()
    source = folder / "report.ipynb"
    source.write_text(text, encoding="utf-8", newline="\n")
    with _failures_reported(seconds):
        notebook: NotebookNode = papermill.execute_notebook(
            str(source),
            None,
            parameters=dict(parameters),
            cwd=str(folder),
            execution_timeout=seconds,
            memory_mb=memory_mb,
            **OUR_WAY,
        )
    return notebook


@contextmanager
def _failures_reported(seconds: int) -> Iterator[None]:
    """Raise a WorkError in place of what papermill and the kernel raise."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        yield
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


TEMPLATES = Path(__file__).parent / "templates"
FORMS = ["text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain"]


@cache
def exporter() -> Any:
    """The exporter, made once per process: compiling its template takes longer than a page."""
    from nbconvert import HTMLExporter, TemplateExporter
    from traitlets.config import Config

    class PageExporter(HTMLExporter):
        """nbconvert's exporter without its pass over the finished page: our images have texts."""

        def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **more: Any) -> Any:
            return TemplateExporter.from_notebook_node(self, nb, resources, **more)

    return PageExporter(  # type: ignore[no-untyped-call]
        config=Config({"NbConvertBase": {"display_data_priority": FORMS}}),
        template_name="workbook",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        default_preprocessors=[],  # they do nothing here, and each reads the whole notebook
    )


def page(notebook: NotebookNode, end: Ending, words: Words, mark: str = "") -> str:
    """The HTML of a complete report, with the participant's name if the notebook has it.

    Parameters
    ----------
    mark
        The fingerprint of what it was made from, kept in the page's head.
    """
    name = str(notebook.metadata.get("workbook", {}).get("name", ""))
    report = {
        "title": f"{name} · {end.title}" if name else end.title,
        "name": name,
        "finding": end.finding,
        "lang": end.lang,
        "mark_name": MARK,
        "mark": mark,
        "skip": words("Skip to the report"),
    }
    html, _ = exporter().from_notebook_node(notebook, resources={"report": report})
    return without_plain_images(str(html))
