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
from typing import TYPE_CHECKING, Any

from workbook.errors import InputError, WorkbookError
from workbook.lesson.contents import Contents
from workbook.lesson.markup import Shown, by_name, line, recorded
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


if TYPE_CHECKING:
    pass

Render = Callable[[], str]
VIEW = "application/vnd.jupyter.widget-view+json"
NO_MATHS = "mathjax_ignore tex2jax_ignore"
"""CSS classes that keep two amounts in dollars from being set as a formula."""

ASLEEP = '<span class="wb-asleep"></span>'
"""The text version of the live widget without a kernel: empty, because the static version shows."""


def error_text(error: Exception, w: Words) -> str:
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


def labelled(text: str, width: str = "auto") -> dict[str, Any]:
    """Return the keywords of a widget with its name before it, as read aloud and on hover."""
    import ipywidgets as widgets

    return {
        "description": text,
        "tooltip": text,
        "style": {"description_width": "initial"},
        "layout": widgets.Layout(width=width, max_width="100%"),
    }


@cache
def _keys_class() -> type:
    """Return the widget that keeps a panel's keys from being shortcuts of the notebook.

    It also holds a press back until the change before it has reached the kernel.
    """
    from anywidget import AnyWidget
    from traitlets import List, Unicode

    from workbook.front import program

    class Keys(AnyWidget):
        _esm = program(("workbook", ("hotkeys", "panel_keys")))
        controls = List(Unicode()).tag(sync=True)

    return Keys


class Panel(Contents):
    """One part of a lesson on the page; its charts and data are there to work with.

    `charts` names the charts that it shows, `frame` is the data of the first as a DataFrame and
    `frames` that of each, `figure()` draws one with matplotlib; `outcomes` and `plan` are what was
    played. A panel that is still closed shows no chart and has none of these.

    >>> from workbook.lesson import open_case
    >>> lesson = open_case("caffeine-lozenge", runs=200, batch=True)
    >>> bet = lesson.bet(recorded=("borrow", 70))
    >>> many = lesson.many()
    >>> many.charts
    ('fates', 'runway')
    >>> list(many.frame.columns)
    ['share', 'error']
    >>> weeks = many.frames["runway"]
    >>> float(weeks["under_way"].iloc[0])
    1.0
    >>> many.figure("runway").savefig("runway.pdf")  # doctest: +SKIP

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
        self._shown: dict[str, Shown] | None = None
        self._handle: Any = None
        self._live: Any = None
        self._above: Any = None

    @property
    def live(self) -> Any:
        """The widget: head, controls, error line, view. Made on first use."""
        if self._live is None:
            import ipywidgets as widgets

            self.message = widgets.HTML()
            self.view = widgets.HTML(value=self.html)
            self._above = widgets.HTML(value=self.head())
            head = [self._above] if self._above.value else []
            keys = [self._keys()] if self.controls else []
            parts = [*head, *self.controls, self.message, self.view, *keys]
            self._live = widgets.VBox(parts, layout=widgets.Layout(align_items="flex-start"))
            self._live.add_class("wb-live")
        return self._live

    def _keys(self) -> Any:
        return _keys_class()(controls=[control.model_id for control in self.controls])

    def primary(self, label: str, pressed: Callable[[Any], None]) -> Any:
        """Return the panel's main button; an error of `pressed` is shown in the panel."""
        import ipywidgets as widgets

        button = widgets.Button(description=label, button_style="primary")
        button.on_click(self.guarded(pressed))
        return button

    @property
    def on_page(self) -> bool:
        """Whether it has been shown in the notebook."""
        return self._handle is not None or self._live is not None

    def say(self, text: str, kind: str = "note") -> None:
        """Show a sentence in the panel's line; an empty one clears it."""
        if self.alive:
            _ = self.live
            self.message.value = line(text, kind)

    def _render(self) -> None:
        with recorded() as charts:
            self.html = self.render()
        self._shown = by_name(charts)

    def refresh(self) -> None:
        """Render again and update both versions."""
        self._render()
        if self._live is not None:
            self.view.value = self.html
        if self._above is not None:
            self._above.value = self.head()
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
        self.say(error_text(error, self.w), "fault")

    def still(self) -> str:
        """Return the panel as self-contained HTML."""
        html = self.head() + self.html
        return f'<div class="wb wb-still {NO_MATHS}">{style(self.w)}{html}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        if not self.html:
            self._render()
        return bundle(self.still())

    def _ipython_display_(self) -> None:
        from IPython import display

        show: Any = display.display  # IPython has no types
        self._render()
        self._handle = show(bundle(self.still()), raw=True, display_id=True)
        if self.alive:
            live = self.live._repr_mimebundle_()
            live = live[0] if isinstance(live, tuple) else live
            self.view.value = self.html
            show({VIEW: live[VIEW], "text/html": ASLEEP, "text/plain": ""}, raw=True)


def speak_plainly(w: Words) -> None:
    """Show input errors in a notebook as sentences instead of tracebacks."""
    setattr(WorkbookError, "_render_traceback_", lambda error: [error_text(error, w)])  # noqa: B010


def words_of_notebook(lang: str) -> Words:
    """Return the words of a notebook's language; from here on its errors are sentences."""
    speak_plainly(Words("en"))  # in case the language itself is wrong
    w = Words(lang)
    speak_plainly(w)
    return w
