"""A panel: a view, controls, and a line for errors.

Every panel is shown twice. The *static* version is plain HTML with the chart as an image: GitHub,
an export, or a notebook without a kernel shows it. The *live* version is a widget with controls.
The static version comes first; a style sheet hides it while the live one works, and replaces
JupyterLab's "model not found" with a friendly line when it no longer does. Changes by the learner
are written to the static version too, so that a saved notebook keeps the last view.

Errors in event handlers are caught and shown in the panel, because Jupyter would hide them. The
style sheet is part of every panel: JupyterLab removes cells that are far off the screen, and a
sheet in one cell would disappear with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, wraps
from importlib.resources import files
from re import DOTALL, sub
from typing import Any

from workbook.errors import InputError, WorkbookError
from workbook.lesson.markup import line
from workbook.portable import bundle
from workbook.words import Words


@cache
def _sheet() -> str:
    css = files("workbook.lesson").joinpath("style.css").read_text("utf-8")
    return sub(r"\s+", " ", sub(r"/\*.*?\*/", "", css, flags=DOTALL)).strip()


def style(w: Words) -> str:
    """Return the style element, with the text that a panel shows when no kernel is connected."""
    asleep = w("Run all cells to wake the controls.")
    return f"<style>{_sheet().replace('ASLEEP', asleep)}</style>"


Render = Callable[[], str]
VIEW = "application/vnd.jupyter.widget-view+json"
NO_MATHS = "mathjax_ignore tex2jax_ignore"
"""CSS classes that keep two amounts in dollars from being set as a formula."""

ASLEEP = '<span class="wb-asleep"></span>'
"""The text version of the live widget without a kernel: empty, because the static version shows."""


def told(error: Exception, w: Words) -> str:
    """Return an error as a sentence for the learner."""
    if isinstance(error, InputError):
        return w.faults(error)
    message = getattr(error, "message", None)
    if isinstance(error, WorkbookError) and message is not None:
        return w.message(message)
    return w(
        "Something went wrong here ({problem}); what you see below is the last good view.",
        problem=f"{type(error).__name__}: {error}",
    )


class Panel:
    """One part of a lesson on the page.

    Parameters
    ----------
    w
        The words of the reader's language.
    render
        Returns the HTML to show; called at each `refresh`.
    controls
        Widgets; without any, the panel changes only by `refresh`.
    head
        Returns the HTML above the controls: a question, the terms of a choice.
    alive
        False in a batch run: only the static version is shown.
    """

    def __init__(
        self,
        w: Words,
        render: Render,
        controls: Sequence[Any] = (),
        *,
        head: Render = str,
        alive: bool = True,
    ) -> None:
        self.w = w
        self.render, self.head = render, head
        self.controls = tuple(controls)
        self.alive = alive
        self.html = ""
        self._handle: Any = None
        self._live: Any = None

    @property
    def live(self) -> Any:
        """The widget: head, controls, error line, view. Made on first use."""
        if self._live is None:
            import ipywidgets as widgets

            self.message = widgets.HTML()
            self.view = widgets.HTML(value=self.html)
            head = [widgets.HTML(value=html)] if (html := self.head()) else []
            parts = [*head, *self.controls, self.message, self.view]
            self._live = widgets.VBox(parts, layout=widgets.Layout(align_items="flex-start"))
            self._live.add_class("wb-live")
        return self._live

    def say(self, text: str, kind: str = "note") -> None:
        """Show a sentence in the panel's line; an empty one clears it."""
        if self.alive:
            _ = self.live
            self.message.value = line(text, kind)

    def refresh(self) -> None:
        """Render again and update both versions."""
        self.html = self.render()
        if self._live is not None:
            self.view.value = self.html
        if self._handle is not None:
            self._handle.update(bundle(self.still()), raw=True)

    def guarded(self, handler: Callable[..., None]) -> Callable[..., None]:
        """Wrap an event handler: errors are shown in this panel, and the last good view stays."""

        @wraps(handler)
        def safely(*args: Any, **kwargs: Any) -> None:
            try:
                handler(*args, **kwargs)
            except Exception as error:  # Jupyter would show none of these
                self.failed(error)

        return safely

    def failed(self, error: Exception) -> None:
        """Show an error; the tests raise it instead."""
        self.say(told(error, self.w), "fault")

    def still(self) -> str:
        """Return the panel as self-contained HTML."""
        html = self.head() + self.html
        return f'<div class="wb wb-still {NO_MATHS}">{style(self.w)}{html}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        self.html = self.html or self.render()
        return bundle(self.still())

    def _ipython_display_(self) -> None:
        from IPython import display

        show: Any = display.display  # IPython has no types
        self.html = self.render()
        self._handle = show(bundle(self.still()), raw=True, display_id=True)
        if self.alive:
            live = self.live._repr_mimebundle_()
            live = live[0] if isinstance(live, tuple) else live
            self.view.value = self.html
            show({VIEW: live[VIEW], "text/html": ASLEEP, "text/plain": ""}, raw=True)


def speak_plainly(w: Words) -> None:
    """Show input errors in a notebook as sentences instead of tracebacks."""
    setattr(WorkbookError, "_render_traceback_", lambda error: [told(error, w)])  # noqa: B010
