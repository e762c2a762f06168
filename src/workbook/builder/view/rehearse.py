"""Rehearse my plan: a rehearsal of the plan on the canvas, in a window of the same page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbook.files import home
from workbook.lesson.progress import Progress
from workbook.lesson.rehearsal.exchange import Exchange
from workbook.lesson.rehearsal.saved import OWN_PLAN, Store
from workbook.lesson.rehearsal.sitting import Sitting

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

PLACE = "rehearsal"


class Rehearse:
    """The rehearsals of one builder's plan."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._exchange: Exchange | None = None

    def ask(self, asked: Any) -> None:
        """Carry out what the window asks; `show` begins with the plan as it is now."""
        if not isinstance(asked, Mapping):
            return
        if asked.get("do") == "show" or self._exchange is None:
            self._exchange = self._begun()
        else:
            self._exchange.hear(asked)
        board = self._exchange.board()
        self._builder.screen.rehearsal = {"words": self._exchange.words, "board": board}

    def forget(self) -> None:
        """Drop the rehearsal of a plan that is no longer on the canvas."""
        self._exchange = None

    def _begun(self) -> Exchange:
        builder = self._builder
        case = f"{OWN_PLAN}{builder.store.file.stem}"
        store = Store(Progress(home()), case, PLACE)
        return Exchange(Sitting(builder.state.plan, store), builder.w)
