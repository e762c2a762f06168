"""What a participant's notebook calls: look back at bets, hand in, compare with the class.

from workbook.workshop import take_a_seat
seat = take_a_seat("en")
seat.rehearse("caffeine-lozenge 7")
seat.look_back("caffeine-lozenge/cash-gap")
seat.hand_in()
seat.place("wall.json")
"""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from workbook.errors import InputError, WorkError
from workbook.files import home
from workbook.lesson import markup
from workbook.lesson.panel import Panel
from workbook.lesson.programme import LESSONS
from workbook.lesson.progress import Progress
from workbook.lesson.rehearsal.of_case import NOBODY_PLAYS
from workbook.lesson.rehearsal.panel import RehearsalPanel
from workbook.lesson.rehearsal.saved import Store
from workbook.lesson.rehearsal.sitting import Sitting, recorded
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import Words
from workbook.workshop.draft import (
    Draft,
    choose_again,
    draft,
    hand_in,
    hand_in_file,
    hand_in_of,
    keep,
    plan_text,
    same,
)
from workbook.workshop.hand_in import STEPS, HandIn
from workbook.workshop.inbox import Answer, ReceivedFile, answers
from workbook.workshop.page import STEP_NAMES, with_names
from workbook.workshop.paper import handout_page
from workbook.workshop.place import comparison, read_wall
from workbook.workshop.rehearsed import case_and_luck, plan_to_rehearse

MOST_WALL_BYTES = 5_000_000
BOX: dict[str, Any] = {"style": {"description_width": "initial"}}


def take_a_seat(lang: str = "en", chain: str = "my-chain", *, alive: bool = True) -> Participant:
    """Return the participant of this computer.

    Parameters
    ----------
    chain
        The name of the participant's own plan, as saved by the builder.
    alive
        False in a batch run: no buttons, and no file is written.
    """
    return Participant(Words(lang), home(), chain, alive=alive)


class Participant:
    """A participant's actions in the workshop, besides betting and building."""

    def __init__(self, w: Words, home: Path, chain: str, *, alive: bool = True) -> None:
        self.w, self.home, self.alive = w, home, alive
        self.draft: Draft = draft(home, chain, self.progress)
        if alive and self.draft.before:  # bets placed from now on belong to this participant
            with suppress(WorkError):
                keep(self.draft, home)

    @property
    def progress(self) -> Progress:
        """The participant's bets, read from disk."""
        return Progress(self.home)

    @property
    def handed_in(self) -> Path | None:
        """The file of the last hand-in; None before the first."""
        return hand_in_file(self.draft.receipt, self.home) if self.draft.receipt else None

    @property
    def entry(self) -> HandIn:
        """The hand-in as of now; without the chain if its file cannot be read."""
        try:
            plan = plan_text(self.draft.chain)
        except InputError:
            plan = ""
        return hand_in_of(self.draft, self.progress, self.w.lang, plan)

    @property
    def answer(self) -> Answer:
        """The hand-in as the facilitator would see it."""
        return answers([ReceivedFile("", "counted", self.entry)])[0]

    def look_back(self, *forks: str) -> Panel:
        """Ask what the participant would choose now, at these forks and wherever else they bet."""
        return choose_again(self, forks)

    def rehearse(self, rehearsal: str, *, team: bool = False) -> Panel:
        """Rehearse the case that the facilitator chose, on the luck of the class.

        Parameters
        ----------
        rehearsal
            The case and the seed, as `caffeine-lozenge 7`: the same for everybody, also when
            somebody begins again. With moves after them, a recorded rehearsal to show.
        team
            Whether several people play this seat and may note who decides.

        Raises
        ------
        InputError
            If no case and seed are named, for an unknown case, or moves that do not fit the case.
        """
        case, luck, has_moves = case_and_luck(rehearsal)
        plan = plan_to_rehearse(case)
        taken = LESSONS[case][1].taken.items()
        story = {fork: option for fork, option in taken if option != AS_WRITTEN}
        if has_moves:
            return RehearsalPanel(self.w, recorded(plan, rehearsal, story), alive=False)
        if not self.alive:
            said = self.w(NOBODY_PLAYS)
            return Panel(self.w, lambda: markup.line(said), alive=False)
        place = f"class-{luck}-{self.draft.chain}"
        self.keep(rehearsed=f"{case}/{place}"[:400])
        store = Store(self.progress, case, place)
        return RehearsalPanel(self.w, Sitting(plan, store, luck, story, fixed_luck=True, team=team))

    def keep(self, **changes: Any) -> None:
        """Change and save the draft."""
        self.draft = self.draft.model_copy(update=changes)
        keep(self.draft, self.home)

    # Handing in

    def hand_in(self) -> Panel:
        """Show the form for name, kill line and next test, a button, and then the receipt."""
        w = self.w
        if not self.alive:
            return Panel(w, self._status, alive=False)
        import ipywidgets as widgets

        boxes = self._boxes()
        button = widgets.Button(description=w("Hand in"), button_style="primary")
        panel = Panel(w, self._status, (*boxes.values(), button))
        for key, box in boxes.items():
            box.add_class("wb-wide")
            box.observe(
                panel.guarded(lambda change, key=key: self._typed(key, change, panel)), "value"
            )
        button.on_click(panel.guarded(lambda _: self._pressed(panel)))
        return panel

    def _boxes(self) -> dict[str, Any]:
        """Return the fields of the form, by the key of the draft that each one fills."""
        import ipywidgets as widgets

        w, wide = self.w, widgets.Layout(width="100%", max_width="44rem")
        asked = {
            "name": w("What the facilitator may call you (may stay empty)"),
            "kill_line": w("Your kill line: at which week or balance do you stop?"),
            "next_test": w("Your next test, within seven days: what, with whom, what counts?"),
        }
        return {
            key: widgets.Text(
                value=getattr(self.draft, key),
                description=label,
                layout=wide,
                continuous_update=False,
                **BOX,
            )
            for key, label in asked.items()
        }

    def _typed(self, key: str, change: Any, panel: Panel) -> None:
        self.keep(**{key: str(change["new"])[:400]})
        panel.refresh()

    def _pressed(self, panel: Panel) -> None:
        made = self.entry
        hand_in(made, self.home)
        self.keep(edition=made.edition, receipt=made.receipt)
        panel.refresh()

    def _status(self) -> str:
        """Show what is done, what is missing, and the receipt of the last hand-in."""
        w, answer = self.w, self.answer
        steps = "".join(
            f'<li class="{"wb-done" if step in answer.done else "wb-todo"}">'
            f"{'✓' if step in answer.done else '○'} {escape(w(STEP_NAMES[step]))}</li>"
            for step in STEPS
        )
        parts = [f'<ul class="wb-steps">{steps}</ul>']
        if problem := self._problems(answer):
            parts.append(markup.line(problem, "fault"))
        if self.handed_in is not None and self.handed_in.is_file():
            parts.append(self._receipt(self.handed_in, answer))
        return "".join(parts)

    def _problems(self, answer: Answer) -> str:
        """Say why the chain or the rehearsal does not count; empty if they do."""
        try:
            plan_text(self.draft.chain)
        except InputError as error:
            return self.w.faults(error)
        return " ".join(map(self.w.message, answer.problems))

    def _receipt(self, path: Path, answer: Answer) -> str:
        w, receipt = self.w, self.draft.receipt
        said = w("Handed in. Your receipt: {receipt}. Read it to the facilitator.", receipt=receipt)
        text = markup.line(said, "good")
        if not same(self.entry, path):
            text += markup.line(w("Something is new since then. Hand in again; the later counts."))
        page = handout_page(answer, w)
        links = [
            _saved(
                path.name, path.read_bytes(), "application/json", w("Save the file, to send it")
            ),
            _saved(f"{receipt}.html", page.encode(), "text/html", w("Save your page for Monday")),
        ]
        saved = w("It is also saved in {folder}.", folder=str(path.parent))
        return text + f"<p>{' · '.join(links)}. {escape(saved)}</p>"

    # Comparing with the class

    def place(self, file: str = "wall.json") -> Panel:
        """Compare the participant with the class; only this participant sees it."""
        return Panel(self.w, lambda: self._place(Path(file)), alive=False)

    def _place(self, file: Path) -> str:
        w = self.w
        path = file if file.is_absolute() or file.is_file() else self.home / file
        if not path.is_file():
            template = (
                "No wall yet. Put wall.json from the facilitator into {folder}, run this again."
            )
            return markup.line(w(template, folder=str(self.home)))
        with path.open("rb") as opened:
            seen = read_wall(opened.read(MOST_WALL_BYTES), path.name)
        messages = comparison(self.answer, seen)
        if not messages:
            return markup.line(w("The wall shows nothing yet to compare you with."))
        return markup.say(*(with_names(message, w) for message in messages))


def _saved(name: str, data: bytes, kind: str, said: str) -> str:
    """Return a link that saves a file without a server."""
    encoded = b64encode(data).decode("ascii")
    return f'<a download="{escape(name)}" href="data:{kind};base64,{encoded}">{escape(said)}</a>'
