"""The lesson's style sheet, carried by every panel.

JupyterLab takes cells out of the page while they are far off the screen, so a sheet that stood
in one cell would come and go: each panel brings its own copy.
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
    """The style element, with the line that a panel shows when no kernel answers."""
    asleep = w("Run all cells to wake the controls.")
    return f"<style>{_sheet().replace('ASLEEP', asleep)}</style>"


Render = Callable[[], str]
VIEW = "application/vnd.jupyter.widget-view+json"
NO_MATHS = "mathjax_ignore tex2jax_ignore"
"""Classes that keep two sums in dollars from being set as the formula between them."""

ASLEEP = '<span class="wb-asleep"></span>'
"""What stands in for the live half where there is no kernel: nothing, for the still says it."""


def told(error: Exception, w: Words) -> str:
    """What went wrong, in a sentence for the learner."""
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
        The words to speak with.
    render
        Makes the HTML to look at; called anew at each `refresh`.
    controls
        Widgets to play with; none, and the panel only changes when others tell it to.
    head
        Makes the HTML that stands above the controls: a question, the terms of a choice.
    alive
        False in a batch run: the still alone is shown.
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
        """The widget: head, controls, line, view. Made when first asked for."""
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
        """Put a sentence into the panel's line; an empty one clears it."""
        if self.alive:
            _ = self.live
            self.message.value = line(text, kind)

    def refresh(self) -> None:
        """Render again and show the result in both halves."""
        self.html = self.render()
        if self._live is not None:
            self.view.value = self.html
        if self._handle is not None:
            self._handle.update(bundle(self.still()), raw=True)

    def guarded(self, handler: Callable[..., None]) -> Callable[..., None]:
        """The handler, its errors told in this panel while the last good view stays."""

        @wraps(handler)
        def safely(*args: Any, **kwargs: Any) -> None:
            try:
                handler(*args, **kwargs)
            except Exception as error:  # whatever it is, Jupyter would show none of it
                self.failed(error)

        return safely

    def failed(self, error: Exception) -> None:
        """Tell of an error; the tests let it through instead."""
        self.say(told(error, self.w), "fault")

    def still(self) -> str:
        """The panel as plain HTML, whole in itself."""
        html = self.head() + self.html
        return f'<div class="wb wb-still {NO_MATHS}">{style(self.w)}{html}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        self.html = self.html or self.render()
        return bundle(self.still())

    def _ipython_display_(self) -> None:
        from IPython import display

        show: Any = display.display  # IPython gives it no types
        self.html = self.render()
        self._handle = show(bundle(self.still()), raw=True, display_id=True)
        if self.alive:
            live = self.live._repr_mimebundle_()
            live = live[0] if isinstance(live, tuple) else live
            self.view.value = self.html
            show({VIEW: live[VIEW], "text/html": ASLEEP, "text/plain": ""}, raw=True)


def speak_plainly(w: Words) -> None:
    """In a notebook, tell a mistake in its sentences: IPython asks an error for its traceback."""
    setattr(WorkbookError, "_render_traceback_", lambda error: [told(error, w)])  # noqa: B010
