"""The rehearsal as a panel of a notebook: the widget, and the same without a kernel.

Without a kernel a saved notebook shows the last rehearsal as picture and diary; a batch run shows
the rehearsal that it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock
from typing import Any

from workbook.lesson.panel import ASLEEP, VIEW, Panel
from workbook.lesson.rehearsal.exchange import Exchange
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.lesson.rehearsal.static import static
from workbook.portable import bundle
from workbook.words import Words


class RehearsalPanel(Panel):
    """A rehearsal on the page.

    Parameters
    ----------
    sitting
        The rehearsal at this place; its commands are what the page may ask for.
    """

    def __init__(self, w: Words, sitting: Sitting, *, alive: bool = True) -> None:
        self.sitting, self.exchange = sitting, Exchange(sitting, w)
        super().__init__(w, lambda: static(sitting, w), alive=alive)
        self._lock = RLock()
        self._screen: Any = None

    @property
    def live(self) -> Any:
        """The widget, made on first use."""
        if self._screen is None:
            from workbook.lesson.rehearsal.widget import Screen

            self._screen = Screen(words=self.exchange.words, board=self.exchange.board())
            self._screen.add_class("wb-live")
            self._screen.on_msg(self.hear)
        return self._screen

    @property
    def on_page(self) -> bool:
        """Whether it has been shown in the notebook."""
        return self._handle is not None or self._screen is not None

    def hear(self, _: object, content: Mapping[str, Any], buffers: object = None) -> None:
        """Carry out what the page asks."""
        with self._lock:
            self.exchange.hear(content)
            self.refresh()

    def failed(self, error: Exception) -> None:
        """Show an error under the screen."""
        self.exchange.failed(error)
        self._show()

    def _show(self) -> None:
        if self._screen is not None:
            self._screen.board = self.exchange.board()

    def refresh(self) -> None:
        """Show the rehearsal as it is now, in both versions."""
        played_here = self.alive or self.sitting.store is None  # or recorded, for a batch run
        if played_here and self.sitting.owes_debrief:
            self._show()  # the end first: what it was made of takes a moment
            self.exchange.work_out(self._show)
        self._show()
        self._render()
        if self._handle is not None:
            self._handle.update(bundle(self.still()), raw=True)

    def _ipython_display_(self) -> None:
        from IPython import display

        show: Any = display.display  # IPython has no types
        self._render()
        self._handle = show(bundle(self.still()), raw=True, display_id=True)
        if self.alive:
            live: Any = self.live._repr_mimebundle_()
            live = live[0] if isinstance(live, tuple) else live
            show({VIEW: live[VIEW], "text/html": ASLEEP, "text/plain": ""}, raw=True)
        if self.sitting.owes_debrief:
            self.refresh()
