"""What a page of a rehearsal asks and is shown, without widgets.

Each screen has a serial number, and what is asked on an earlier screen does nothing: a second
press of a button never takes a second decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbook.lesson.panel import error_text
from workbook.lesson.rehearsal.board import board, labels
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.words import Words


class Exchange:
    """Carries out what a page asks of a rehearsal; `board` is what it shows then."""

    def __init__(self, sitting: Sitting, w: Words) -> None:
        self.sitting, self.w = sitting, w
        self.serial = 0
        self.fault = ""
        self.progress = 0.0

    @property
    def words(self) -> dict[str, Any]:
        """The language and the labels that are the same on every screen."""
        return {"html_lang": self.w.html_lang, "labels": labels(self.w)}

    def hear(self, asked: Mapping[str, Any]) -> None:
        """Carry out what is asked; an error becomes a sentence on the screen."""
        self.fault = ""
        if asked.get("at") != self.serial:
            return
        try:
            self.sitting.carry_out(asked)
        except Exception as error:  # Jupyter would show none of these
            self.failed(error)

    def work_out(self, show: Callable[[], None]) -> None:
        """Work out a debrief that is due; `show` is called while it is under way."""

        def heard(share: float) -> None:
            self.progress = share
            show()

        try:
            self.sitting.work_out(heard)
        except Exception as error:  # Jupyter would show none of these
            self.failed(error)
        finally:
            self.progress = 0.0

    def failed(self, error: Exception) -> None:
        """Show an error; the tests raise it instead."""
        self.fault = error_text(error, self.w)

    def board(self) -> dict[str, Any]:
        """Return the screen as it is now, with a serial number of its own."""
        self.serial += 1
        notes = "\n".join(map(self.w.message, self.sitting.notes))
        shown = board(self.sitting, self.w, self.progress)
        return {**shown, "serial": self.serial, "fault": self.fault or notes}
