"""What a participant's notebook calls: look back at bets, hand in, compare with the class.

from workbook.workshop import take_a_seat
seat = take_a_seat("en", room="192.168.1.20:8010 7Q4-KM0")
seat.during("rehearsal", panel)
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
from threading import RLock
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
from workbook.workshop.following import Follower
from workbook.workshop.gated import Gated
from workbook.workshop.hand_in import STEPS, HandIn
from workbook.workshop.inbox import Answer, ReceivedFile, answers, plan_of, steps_done
from workbook.workshop.link import RoomError, RoomStep, Sighting, read_link
from workbook.workshop.page import STEP_NAMES, with_names
from workbook.workshop.paper import handout_page
from workbook.workshop.place import comparison, read_wall
from workbook.workshop.rehearsed import case_and_luck, plan_to_rehearse
from workbook.workshop.wall import Wall

MOST_WALL_BYTES = 5_000_000
BOX: dict[str, Any] = {"style": {"description_width": "initial"}}


def take_a_seat(
    lang: str = "en", chain: str = "my-chain", *, room: str = "", alive: bool = True
) -> Participant:
    """Return the participant of this computer.

    Parameters
    ----------
    chain
        The name of the participant's own plan, as saved by the builder.
    room
        Address and code word of the facilitator's room, as written on the wall; empty without
        one.
    alive
        False in a batch run: no buttons, no file is written, and no room is asked.

    Raises
    ------
    InputError
        If `room` has no address, or no code word.
    """
    seat = Participant(Words(lang), home(), chain, alive=alive)
    if room.strip() and alive:
        seat.follower = Follower(read_link(room), seat)
        seat.follower.start()
    return seat


class Participant:
    """A participant's actions in the workshop, besides betting and building."""

    def __init__(self, w: Words, home: Path, chain: str, *, alive: bool = True) -> None:
        self.w, self.home, self.alive = w, home, alive
        self.follower: Follower | None = None
        self._lock = RLock()
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
        with self._lock:  # the follower notes what has arrived
            self.draft = self.draft.model_copy(update=changes)
            keep(self.draft, self.home)

    # In a room

    def during(self, step: RoomStep, panel: Panel) -> Panel:
        """Show a panel while the facilitator has its step open; without a room, always."""
        return panel if self.follower is None else Gated(self.w, step, panel, self.follower)

    @property
    def sighting(self) -> Sighting:
        """What the room hears: the name, the own number, and the steps that are done."""
        entry = self.entry
        done = steps_done(entry, plan_of(entry.plan))
        return Sighting(person=entry.person, name=entry.name, own_id=entry.own_id, done=done)

    @property
    def waiting(self) -> tuple[str, bytes] | None:
        """Receipt and content of the last hand-in, if the room has not confirmed it."""
        file, draft = self.handed_in, self.draft
        if file is None or draft.received == draft.receipt or not file.is_file():
            return None
        return draft.receipt, file.read_bytes()

    def confirmed(self, receipt: str) -> None:
        """Note that the room has this hand-in."""
        self.keep(received=receipt)

    # Handing in

    def hand_in_bet(self) -> Panel:
        """Show a button that hands in what there is so far, and whether the room has it."""
        w = self.w
        if not self.alive:
            return Panel(w, lambda: "", alive=False)
        import ipywidgets as widgets

        button = widgets.Button(description=w("Hand in the bet"))
        panel = Panel(w, self._arrived, (button,))
        return self._pressing(button, panel)

    def _pressing(self, button: Any, panel: Panel) -> Panel:
        """Let a button hand in, and the panel say when the room has it."""
        button.on_click(panel.guarded(lambda _: self._pressed(panel)))
        if self.follower is not None:
            self.follower.tell(panel.refresh)
        return panel

    def _arrived(self) -> str:
        """Say whether the last hand-in is in the room, or what happens to it; empty before it."""
        if not self.draft.receipt:
            return ""
        if self.follower is None:
            said = self.w("Handed in. Your receipt: {receipt}.", receipt=self.draft.receipt)
            return markup.line(said, "good")
        if self.draft.received == self.draft.receipt:
            said = self.w("The room has it. Your receipt: {receipt}.", receipt=self.draft.receipt)
            return markup.line(said, "good")
        why = self.follower.problem
        said = self.w("Not in the room yet. It is kept here, and sent again by itself.")
        return markup.line(f"{said} {self.w.message(why)}" if why else said, "fault")

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
        return self._pressing(button, panel)

    def _boxes(self) -> dict[str, Any]:
        """Return the fields of the form, by the key of the draft that each one fills."""
        import ipywidgets as widgets

        w, wide = self.w, widgets.Layout(width="100%", max_width="44rem")
        asked = {
            "name": w("What the facilitator may call you (may stay empty)"),
            "kill_line": w("Your kill line: at which week or balance do you stop?"),
            "next_test": w("Your next test, within seven days: what, with whom, what counts?"),
            "own_id": w("Your own number in the class list, if there is one"),
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
        if self.follower is not None:
            self.follower.hurry()
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
        text = self._arrived() if self.follower else markup.line(said, "good")
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
        if self.follower is not None:
            with suppress(RoomError):  # then the file, if there is one
                return self._among(read_wall(self.follower.link.wall()))
        w = self.w
        path = file if file.is_absolute() or file.is_file() else self.home / file
        if not path.is_file():
            template = (
                "No wall yet. Put wall.json from the facilitator into {folder}, run this again."
            )
            return markup.line(w(template, folder=str(self.home)))
        with path.open("rb") as opened:
            return self._among(read_wall(opened.read(MOST_WALL_BYTES), path.name))

    def _among(self, wall: Wall) -> str:
        messages = comparison(self.answer, wall)
        if not messages:
            return markup.line(self.w("The wall shows nothing yet to compare you with."))
        return markup.say(*(with_names(message, self.w) for message in messages))


def _saved(name: str, data: bytes, kind: str, said: str) -> str:
    """Return a link that saves a file without a server."""
    encoded = b64encode(data).decode("ascii")
    return f'<a download="{escape(name)}" href="data:{kind};base64,{encoded}">{escape(said)}</a>'
