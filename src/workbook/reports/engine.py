"""papermill's door to the warm kernels: `papermill --engine workbook in.ipynb out.ipynb`.

papermill loads every registered engine whenever it is imported, so nothing is imported here before
a notebook is there to run. A notebook gets a kernel forked from this process, which has loaded its
libraries already; where forking is not safe, papermill's own engine runs it, slower and the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode


class WarmEngine:
    """What papermill asks of an engine; it is registered as `workbook`."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str | None, **options: Any
    ) -> NotebookNode:
        """Run a notebook; the options are those of papermill's own engine, and `memory_mb`.

        `memory_mb` is how much more memory than the warm process has a kernel may take; it is
        only kept by the forked kernels.
        """
        from workbook.reports.warm.choice import execute_notebook

        return execute_notebook(nb, kernel_name, options)

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Name of the kernel that a notebook asks for."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Language of a notebook."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))
