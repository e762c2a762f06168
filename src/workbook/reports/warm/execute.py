"""Run a notebook in a forked kernel, or by papermill's own engine where a fork is not safe.

Both give the same notebook: nbclient decides what a message does to it. Only the waiting differs:
no socket, no event loop, no polling whether the kernel is alive. A pipe that closes is noticed at
once. The reason for papermill's own engine is logged once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args
from tqdm.auto import tqdm

from workbook.reports import warm
from workbook.reports.warm.fork import Fork, ForkRefusedError
from workbook.words import Words

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from workbook.reports.warm.kernel import WarmKernel


NOBODY_TYPES: dict[str, Any] = {
    "silent": False,
    "user_expressions": {},
    "allow_stdin": False,
    "stop_on_error": True,
}
"""How a cell is run when nobody is there to answer it."""


class WarmClient(PapermillNotebookClient):
    """Runs a notebook in a forked kernel, for papermill."""

    def run(self, fork: Fork) -> NotebookNode:
        """Run every cell in this kernel until one fails; the notebook has the outputs."""
        self.reset_execution_trackers()
        self.fork = fork
        session = SimpleNamespace(msg=_message)
        self.kc = SimpleNamespace(session=session, shell_channel=fork)  # output widgets
        self.log.info(f"Executing notebook with a kernel forked as process {fork.pid}")
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = fork.hello["language_info"]
        self.set_widgets_metadata()
        notebook: NotebookNode = self.nb
        return notebook

    def execute_cell(
        self,
        cell: NotebookNode,
        cell_index: int,
        execution_count: int | None = None,
        store_history: bool = True,
    ) -> NotebookNode:
        """Run one cell, as nbclient does.

        Raises
        ------
        CellExecutionError, CellTimeoutError, KernelDiedError
        """
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        if self.record_timing:
            cell["metadata"]["execution"] = {}
        self.code_cells_executed += 1
        cell.outputs = []
        self.clear_before_next_output = False
        content = {"code": cell.source, "store_history": store_history, **NOBODY_TYPES}
        reply = self._follow(self.fork.ask("execute_request", content), cell, cell_index)
        self._raise_for(reply, cell)
        self.nb["cells"][cell_index] = cell
        return cell

    def _follow(self, asked: str, cell: NotebookNode, cell_index: int) -> dict[str, Any]:
        """Process what the cell sends until it is done, and return its reply."""
        seconds = self._get_timeout(cell)
        deadline = monotonic() + seconds if seconds else None
        reply: dict[str, Any] = {}
        while True:
            try:
                message = self.fork.receive(deadline)
            except TimeoutError:
                said = "Cell execution timed out"
                raise CellTimeoutError.error_from_timeout_and_cell(said, seconds, cell) from None
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "execute_reply":
                reply = message["content"]
                if self.record_timing:
                    cell["metadata"]["execution"]["shell.execute_reply"] = timestamp(message)
                continue
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                return reply

    def _raise_for(self, reply: dict[str, Any], cell: NotebookNode) -> None:
        if reply.get("status") != "error":
            return
        allowed = not self.force_raise_errors and (
            self.allow_errors
            or reply.get("ename") in self.allow_error_names
            or "raises-exception" in cell.metadata.get("tags", [])
        )
        if not allowed:
            raise CellExecutionError.from_cell_and_msg(cell, reply)


def _message(
    kind: str, content: dict[str, Any], parent: object = None, metadata: object = None
) -> dict[str, Any]:
    """A message to the kernel from a widget whose front end nbclient stands in for."""
    header = {"msg_id": kind, "msg_type": kind, "session": "workbook", "username": ""}
    envelope = {"header": header, "msg_type": kind, "parent_header": {}, "metadata": metadata or {}}
    return {**envelope, "content": content, "buffers": []}


OWN = {"memory_mb"}
KNOWN = OWN | {
    "allow_error_names",
    "allow_errors",
    "autosave_cell_every",
    "execution_timeout",
    "force_raise_errors",
    "input_path",
    "iopub_timeout",
    "log_output",
    "output_path",
    "progress_bar",
    "raise_on_iopub_timeout",
    "record_timing",
    "skip_cells_with_tag",
    "start_timeout",
    "stderr_file",
    "stdout_file",
    "store_widget_state",
    "timeout",
}
"""Options that a forked kernel honours; any other one needs papermill's own engine."""

PYTHONS = {"python", "python3", f"python3.{sys.version_info.minor}"}

_reported: set[str] = set()
_ready: WarmKernel | None = None


class ForkEngine(Engine):
    """papermill's engine over a kernel that is already forked."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, fork: Fork, **options: Any
    ) -> NotebookNode:
        """Run the notebook; options mean what they mean to papermill's own engine."""
        limit = options.pop("execution_timeout", None) or options.get("timeout")
        unused = ("input_path", "start_timeout", "timeout", "startup_timeout")
        rest = remove_args(unused, **options)
        given = merge_kwargs(rest, timeout=limit, kernel_name=kernel_name, log=logger)
        return WarmClient(nb_man, **given).run(fork)


def make_kernel_ready() -> None:
    """Make a kernel once, before any fork, in a process that only forks."""
    global _ready
    from workbook.reports.warm.kernel import WarmKernel, new_path, prepare_process

    prepare_process()
    new_path()
    _ready = WarmKernel.instance()
    _ready.run_trial_cells()


def execute_notebook(
    nb: NotebookNode, kernel_name: str | None, options: Mapping[str, Any]
) -> NotebookNode:
    """Run a notebook in a forked kernel, or by papermill's own engine.

    papermill's own runs it if this process has threads or sockets, on another system than Linux,
    for a kernel that is not this Python, and with options that only it knows. The fork comes
    before papermill's progress bar, which starts a thread.
    """
    rest = {name: option for name, option in options.items() if name not in OWN}
    reason = None if set(options) <= KNOWN else warm.OPTIONS
    reason = (
        reason
        or warm.why_unsafe()
        or (None if _is_this_python_kernel(kernel_name) else warm.KERNEL)
    )
    if reason is None:
        _load_for(nb)
        try:
            fork = Fork(_ready, options.get("memory_mb"))
        except ForkRefusedError as refused:  # what was just loaded may have started a thread
            reason = refused.reason
        else:
            with fork, _no_monitor():
                executed: NotebookNode = ForkEngine.execute_notebook(
                    nb, kernel_name, fork=fork, **rest
                )
                return executed
    _tell(reason)
    executed = NBClientEngine.execute_notebook(nb, kernel_name, **rest)
    return executed  # noqa: RET504  # papermill has no types


@contextmanager
def _no_monitor() -> Iterator[None]:
    """Keep papermill's progress bar from starting a thread, which would make the next fork unsafe.

    tqdm needs the thread only for bars that are seldom updated; this one moves with every cell.
    """
    kept = tqdm.monitor_interval
    tqdm.monitor_interval = 0
    try:
        yield
    finally:
        tqdm.monitor_interval = kept


def _is_this_python_kernel(kernel_name: str | None) -> bool:
    """Whether that kernel is ipykernel in this very interpreter."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name or "python3")
    except NoSuchKernel:
        return False  # papermill's own engine reports it
    return _this_python(spec.argv[0]) and "ipykernel_launcher" in spec.argv and not spec.env


def _this_python(program: str) -> bool:
    """Whether a kernel's program is this interpreter; Jupyter too reads a bare `python` so."""
    return program in PYTHONS or Path(program).resolve() == Path(sys.executable).resolve()


def _load_for(nb: NotebookNode) -> None:
    """Load the usual slow packages that the notebook imports, before the fork."""
    if _ready is not None:
        return
    code = "\n".join(str(cell.source) for cell in nb.cells if cell.cell_type == "code")
    kept = {name: os.environ.get(name) for name in ("OPENBLAS_NUM_THREADS", "MPLBACKEND")}
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.pop("MPLBACKEND", None)  # the backend of this process does not change
    try:
        from workbook.reports.warm.kernel import new_path, without_debugger

        new_path()  # cached before the fork
        without_debugger()
        for module, imported in WARM.items():
            if f"import {module}" in code or f"from {module}" in code:
                _load(imported)
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


WARM = {
    "numpy": ("numpy",),
    "pandas": ("pandas",),
    "matplotlib": ("matplotlib.pyplot",),
    "workbook": ("workbook.reports.contents",),
}


def _load(modules: tuple[str, ...]) -> None:
    from contextlib import suppress
    from importlib import import_module

    for module in modules:
        with suppress(ImportError):  # the notebook's own cell reports it
            import_module(module)


def _tell(reason: str) -> None:
    if reason not in _reported:
        _reported.add(reason)
        words = Words("zh" if os.environ.get("LANG", "").startswith("zh") else "en")
        said = words("papermill's own engine runs this notebook: {reason}.", reason=words(reason))
        logger.warning(said)
