"""nbclient's client over a forked kernel: nbclient decides what a message does to a notebook.

Only the waiting differs: no socket, no event loop, no polling whether the kernel is alive. A pipe
that closes is noticed at once.
"""

from __future__ import annotations

from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError
from papermill.clientwrap import PapermillNotebookClient

from workbook.reports.warm.fork import Fork

if TYPE_CHECKING:
    from nbformat import NotebookNode


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
        content = {
            "code": cell.source,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
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
    told = {"header": header, "msg_type": kind, "parent_header": {}, "metadata": metadata or {}}
    return {**told, "content": content, "buffers": []}
