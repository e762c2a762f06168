"""The guess: a number written down as an interval before it is shown.

"Between 20 and 45, and I would be right 8 times in 10" says more than a single number: it can be
too narrow. `overview.py` shows how many of a learner's intervals hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.lesson.markup import joined, line, say, small
from workbook.lesson.panel import Panel
from workbook.lesson.progress import Guess
from workbook.words import N_, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.lesson.syllabus import Guessed


EIGHT_IN_TEN = N_("Two numbers that should have the truth between them 8 times in 10.")


class GuessPanel(Panel):
    """A panel for an interval that holds the truth 8 times in 10, with its result.

    Parameters
    ----------
    read
        Returns the present interval, or None.
    came
        Returns the number once it has been shown, or None.
    place
        Saves an interval; called when the button is pressed.
    opens
        Opens the section after it; called when the interval is saved.
    beside
        Returns the guesses on other figures, as HTML.
    """

    def __init__(
        self,
        w: Words,
        asked: Guessed,
        currency: str,
        *,
        read: Callable[[], Guess | None],
        came: Callable[[], float | None],
        place: Callable[[Guess], None],
        opens: Callable[[], None],
        notes: Callable[[], str] = str,
        beside: Callable[[], str] = str,
        alive: bool = True,
    ) -> None:
        self.asked, self.currency = asked, currency
        self.read, self.came, self.notes = read, came, notes
        self.place, self.opens = place, opens
        super().__init__(
            w,
            lambda: self._standing() + beside(),
            self._controls(w) if alive else (),
            head=lambda: say(w(asked.question)) + small(w(EIGHT_IN_TEN)),
            alive=alive,
        )
        if alive:
            self._lock()
            self.say(notes(), "fault")

    def _controls(self, w: Words) -> tuple[Any, ...]:
        import ipywidgets as widgets

        scale, stands = self.asked.scale, self.read()
        ends = (stands.low, stands.high) if stands else (scale.start, scale.start)
        self.low, self.high = (
            widgets.BoundedFloatText(
                value=min(max(end, scale.least), scale.most),
                min=scale.least,
                max=scale.most,
                step=scale.step,
                description=label,
                style={"description_width": "initial"},
                layout=widgets.Layout(width="auto"),
            )
            for end, label in zip(ends, (w("At least"), w("At most")), strict=True)
        )
        self.button = widgets.Button(description=w("Write it down"), button_style="primary")
        self.button.on_click(self.guarded(self._placed))
        return (self.low, self.high, self.button)

    def _placed(self, _: Any = None) -> None:
        low, high = self.low.value, self.high.value
        if low > high:
            self.say(self.w("The first number is the larger one; swap them."), "fault")
            return
        if low == high:
            template = "That is a single number. Leave room on both sides: how far off may you be?"
            self.say(self.w(template), "fault")
            return
        self.say("")
        self.place(Guess(low, high))
        self.refresh()  # final from here on, while the next section is being played
        self.opens()
        self.say(self.notes(), "fault")
        self.refresh()

    def refresh(self) -> None:
        """Show the present interval, and lock what can no longer be changed."""
        super().refresh()
        if self.alive:
            self._lock()

    def _lock(self) -> None:
        """Lock the interval once the number has been shown."""
        settled = self.read() is not None and self.came() is not None
        for control in self.controls:
            control.disabled = settled
        if settled:
            self.button.description = self.w("The guess stands")

    def _standing(self) -> str:
        w, stands, came = self.w, self.read(), self.came()
        if stands is None:
            if not self.alive:
                return line(w("Nobody guesses in a batch run; the number follows."))
            return line(w("Nothing written down yet. The section below stays closed until then."))
        said = w("Your guess: between {low} and {high}.", **self._ends(stands))
        if came is None:
            return line(said)
        held = stands.low <= came <= stands.high
        return line(joined(said, self._verdict(stands, came)), "good" if held else "note")

    def _ends(self, stands: Guess) -> dict[str, str]:
        return {end: self._said(getattr(stands, end)) for end in ("low", "high")}

    def _said(self, value: float) -> str:
        return self.asked.scale.say(value, self.currency, self.w)

    def _verdict(self, stands: Guess, came: float) -> str:
        value = self._said(came)
        if stands.low <= came <= stands.high:
            return self.w("It came to {value}: your interval holds.", value=value)
        return self.w("It came to {value}: outside your interval.", value=value)
