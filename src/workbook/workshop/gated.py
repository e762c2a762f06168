"""A part of the participant's notebook that is shown while the facilitator has its step open."""

from __future__ import annotations

from typing import Any

from workbook.lesson import markup
from workbook.lesson.panel import Panel
from workbook.words import Words
from workbook.workshop.following import Follower
from workbook.workshop.link import RoomStep


class Gated(Panel):
    """A panel that shows another one, in both versions, while its step is open.

    A room that was never reached closes nothing: without a network the notebook is whole.
    """

    def __init__(self, w: Words, step: RoomStep, inner: Panel, follower: Follower) -> None:
        self.step, self.inner, self.follower = step, inner, follower
        self._is_shown = self._was_shown = False
        super().__init__(w, self._line)
        follower.tell(self.follow)

    @property
    def is_open(self) -> bool:
        """Whether the step is open, as the room said last."""
        notice = self.follower.notice
        return self.follower.problem is not None if notice is None else self.step in notice.open

    def _line(self) -> str:
        said = self.w("The facilitator has not opened this step yet. It opens here by itself.")
        if self._was_shown:
            said = self.w("The facilitator has closed this step. What you did is kept.")
        return markup.line(said)

    @property
    def live(self) -> Any:
        """The widget: that of the panel inside, or a line."""
        if self._live is None:
            import ipywidgets as widgets

            self.view = widgets.HTML(value=self.html)
            self._live = widgets.VBox([self.view])
            self._live.add_class("wb-live")
            self.follow()
        return self._live

    def still(self) -> str:
        """Return the panel inside as HTML while it is shown, otherwise the line."""
        return self.inner.still() if self._is_shown else super().still()

    def follow(self) -> None:
        """Show the panel inside if its step is open now, otherwise the line."""
        if self._live is None or self.is_open == self._is_shown:
            return
        self._is_shown = self.is_open
        self._was_shown = True
        self.inner._handle = self._handle if self._is_shown else None
        if self._is_shown:
            self.inner.refresh()
        self._live.children = (self.inner.live if self._is_shown else self.view,)
        self.refresh()
