"""The page of an executed notebook: one file, without code, that needs no network.

nbconvert picks each output's best form; the template and its style sheet are ours. A content
security policy in the page forbids every script and every load, so that no title can run code. The
user's text was escaped when it was shown.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.portable import without_plain_images
from workbook.reports.folder import MARK
from workbook.reports.notebook import Ending
from workbook.words import Words

if TYPE_CHECKING:
    from nbformat import NotebookNode

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
