"""The engine for papermill: `papermill --engine workbook in.ipynb out.ipynb`.

papermill loads every registered engine when it is imported, so this module imports nothing before a
notebook has to run. A notebook gets a kernel forked from this process, which has loaded its
libraries already; if forking is not safe, papermill's own engine runs it: slower, same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode


class WarmEngine:
    """The engine that papermill knows as `workbook`."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str | None, **options: Any
    ) -> NotebookNode:
        """Run a notebook; the options are those of papermill's own engine, and `memory_mb`.

        `memory_mb` is how much memory a kernel may take beyond that of this process; it applies
        to forked kernels only.
        """
        from workbook.reports.warm.execute import execute_notebook

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
