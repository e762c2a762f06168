"""What a learner predicts before an outcome is shown: a bet at a fork, an interval for a number.

A bet says how sure the learner is. It is saved when it is placed and can be changed until its
outcome has been shown; after that it is final, and the panel says so. A guess is an interval:
"between 20 and 45, and I would be right 8 times in 10" says more than one number, since it can be
too narrow. `programme.py` shows how many of a learner's intervals hold.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, cast

from workbook.amounts import read, written
from workbook.errors import Fault, InputError, fault
from workbook.lesson.confidence import LEAST, MOST, confidence_box, confidence_in
from workbook.lesson.markup import joined, line, say, small
from workbook.lesson.panel import Panel, Render, labelled
from workbook.lesson.progress import Bet, Guess
from workbook.plan import Fork, Plan
from workbook.wording.terms import options_html
from workbook.words import N_, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.lesson.syllabus import Guessed


LONGEST = 500  # characters of the reason that are saved


class PredictionPanel(Panel, ABC):
    """A panel whose controls are locked once the outcome has been shown."""

    def __init__(
        self, w: Words, render: Render, *, head: Render, notes: Render, alive: bool
    ) -> None:
        super().__init__(w, render, self._controls(w) if alive else (), head=head, alive=alive)
        if alive:
            self._lock()
            self.say(notes(), "fault")

    @abstractmethod
    def _controls(self, w: Words) -> tuple[Any, ...]:
        """Return the controls of the prediction."""

    @abstractmethod
    def _lock(self) -> None:
        """Disable what can no longer be changed."""

    def refresh(self) -> None:
        """Show the present prediction, and lock what can no longer be changed."""
        super().refresh()
        if self.alive:
            self._lock()


class BetPanel(PredictionPanel):
    """A panel to choose an option, say how sure you are, and place the bet.

    Parameters
    ----------
    read
        Returns the present bet, or None.
    settled
        Whether its outcome has been shown, so that it can no longer be changed.
    place
        Saves a bet; called when the button is pressed.
    opens
        Opens the sections after the bet, which may take seconds; called when the bet is saved.
    beside
        Returns the bets on other figures, as HTML.
    notes
        Returns problems with saving the bet; empty without problems.
    """

    def __init__(
        self,
        w: Words,
        fork: Fork,
        plan: Plan,
        *,
        read: Callable[[], Bet | None],
        settled: Callable[[], bool],
        place: Callable[[Bet], None],
        opens: Callable[[], None],
        notes: Callable[[], str] = str,
        beside: Callable[[], str] = str,
        alive: bool = True,
    ) -> None:
        self.fork = fork
        self.read, self.settled, self.notes = read, settled, notes
        self.place, self.opens = place, opens
        super().__init__(
            w,
            lambda: line(self._status(), "good" if self.read() else "note") + beside(),
            head=lambda: options_html(fork, plan, w),
            notes=notes,
            alive=alive,
        )

    def _controls(self, w: Words) -> tuple[Any, ...]:
        import ipywidgets as widgets

        bet = self.read()
        # a list is one tab stop, and its arrow keys stay in it; radio buttons in Lab are neither
        self.choice = widgets.Select(
            options=[(w.name(option), option.id) for option in self.fork.options],
            value=bet.choice if bet and bet.choice in self._ids else None,
            rows=len(self.fork.options),
            **labelled(w("Your choice")),
        )
        how_sure = w("How sure, from 50 (a coin toss) to 100 (certain)")
        self.confidence = confidence_box(w, how_sure, bet.confidence if bet else None)
        self.why = widgets.Text(
            value=bet.why if bet else "",
            placeholder=w("one sentence, for yourself: it comes back with the outcome"),
            continuous_update=False,  # one message, before that of the button
            **labelled(w("Why?"), "36em"),
        )
        self.why.add_class("wb-wide")
        self.button = self.primary(w("Place bet"), self._placed)
        return (self.choice, self.confidence, self.why, self.button)

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.fork.options)

    def _placed(self, _: Any = None) -> None:
        sure = self._problem() or confidence_in(self.confidence.value, self.w)
        if isinstance(sure, str):
            self.say(sure, "fault")
            return
        self.say(self.w("Your bet is down. Now it is played; that takes a few seconds."))
        why = self.why.value.strip()[:LONGEST]
        self.place(Bet(self.choice.value, sure, why=why))
        self.refresh()  # final from here on, while the next sections are being played
        self.opens()
        self.say(self.notes(), "fault")
        self.refresh()

    def _problem(self) -> str:
        """Say why no bet can be placed now; empty if it can."""
        if self.read() is not None and self.settled():
            return self._status()
        if self.choice.value is None:
            return self.w("Choose one of the options first; then place the bet.")
        return ""

    def _lock(self) -> None:
        """Lock a bet whose outcome has been shown; otherwise offer to change it."""
        stands = self.read() is not None
        settled = stands and self.settled()
        for control in (self.choice, self.confidence, self.why):
            control.disabled = settled  # the button keeps the focus, and says why
        if settled:
            self.button.description = self.w("The bet stands")
        else:
            change, place = self.w("Change my bet"), self.w("Place bet")
            self.button.description = change if stands else place

    def _status(self) -> str:
        w, bet = self.w, self.read()
        if bet is None:
            return w("No bet yet. What lies behind it stays closed until you place one.")
        name = next((w.name(o) for o in self.fork.options if o.id == bet.choice), bet.choice)
        said = w(
            "Your bet: {option}, {confidence} sure.",
            option=name,
            confidence=w.percent(bet.confidence),
        )
        if self.settled():
            return w("{bet} The outcome is out, so the bet stands.", bet=said)
        return w("{bet} You may change it until you have seen the outcome.", bet=said)


def recorded_bet(recorded: tuple[str, float], allowed: tuple[str, ...]) -> Bet:
    """Return the bet of a batch run; raise InputError if it is not a bet on this fork."""
    choice, confidence = recorded
    faults: list[Fault] = []
    if choice not in allowed:
        template = "no option '{found}'; the fork has: {allowed}"
        faults.append(fault("bet", template, found=choice, allowed=", ".join(allowed)))
    if not LEAST <= confidence <= MOST:
        template = "{found} is no confidence; write a number from 50 to 100"
        faults.append(fault("confidence", template, found=confidence))
    if faults:
        raise InputError("bet", faults)
    return Bet(choice, confidence / 100)


EIGHT_IN_TEN = N_("Two numbers that should have the truth between them 8 times in 10.")


class GuessPanel(PredictionPanel):
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
        self.asked, self.currency, self.w = asked, currency, w
        self.read, self.came, self.notes = read, came, notes
        self.place, self.opens = place, opens
        super().__init__(
            w,
            lambda: self._status() + beside(),
            head=lambda: say(w(asked.question)) + small(w(EIGHT_IN_TEN)),
            notes=notes,
            alive=alive,
        )

    def _controls(self, w: Words) -> tuple[Any, ...]:
        import ipywidgets as widgets

        stands = self.read()  # without one the boxes are empty: a number in them would be an anchor
        ends = (written(stands.low), written(stands.high)) if stands else ("", "")
        self.low, self.high = (
            widgets.Text(
                value=end,
                placeholder=w("from {least} to {most}", **self._bounds()),
                continuous_update=False,  # one message, before that of the button
                **labelled(label, "22em"),
            )
            for end, label in zip(ends, (w("At least"), w("At most")), strict=True)
        )
        self.button = self.primary(w("Write it down"), self._placed)
        return (self.low, self.high, self.button)

    def _placed(self, _: Any = None) -> None:
        found = self._found()
        if isinstance(found, str):
            self.say(found, "fault")
            return
        self.say("")
        self.place(found)
        self.refresh()  # final from here on, while the next section is being played
        self.opens()
        self.say(self.notes(), "fault")
        self.refresh()

    def _found(self) -> Guess | str:
        """Return the interval in the boxes, or why it cannot be saved now."""
        if self.read() is not None and self.came() is not None:
            return self.w("The guess stands")
        ends = [read(box.value, "number") for box in (self.low, self.high)]
        unread = [
            self.w("{box}: {problem}.", box=box.description, problem=self.w.message(end.problem))
            for box, end in zip((self.low, self.high), ends, strict=True)
            if end.problem
        ]
        if unread:
            return joined(*unread)
        low, high = (float(cast("int | float", end.value)) for end in ends)
        return self._problem(low, high) or Guess(low, high)

    def _problem(self, low: float, high: float) -> str:
        """Say what is wrong with these ends; empty if nothing is."""
        w, scale = self.w, self.asked.scale
        if low > high:
            return w("The first number is the larger one; swap them.")
        if low == high:
            return w("That is a single number. Leave room on both sides: how far off may you be?")
        if not scale.least <= low <= high <= scale.most:
            return w("Try something between {least} and {most}.", **self._bounds())
        return ""

    def _bounds(self) -> dict[str, str]:
        return {end: self._said(getattr(self.asked.scale, end)) for end in ("least", "most")}

    def _lock(self) -> None:
        """Lock the interval once the number has been shown."""
        settled = self.read() is not None and self.came() is not None
        for control in (self.low, self.high):
            control.disabled = settled
        if settled:
            self.button.description = self.w("The guess stands")

    def _status(self) -> str:
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
