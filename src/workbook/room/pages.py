"""The pages of the room: for participants, for the projector, and the desk. Without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook.room.address import qr_code
from workbook.room.room import REFRESH_SECONDS, Room
from workbook.words import N_, Words
from workbook.workshop.desk import NOT_YET, desk_name
from workbook.workshop.grading import graded_line
from workbook.workshop.link import ROOM_STEPS, RoomStep
from workbook.workshop.page import STEP_NAMES, render

TEMPLATES = Path(__file__).parent / "templates"
ROOM_STEP_NAMES = {
    "bet": N_("Bet"),
    "reveal": N_("Reveal"),
    "rehearsal": N_("Rehearsal"),
    "chain": N_("Your own chain"),
    "hand-in": N_("Hand in"),
}


def guest_page(w: Words, problem: str = "") -> str:
    """Return the page that asks for the code word."""
    return _page(
        "guest.html.j2",
        w,
        title=w("The room"),
        finding=w("Which code word is on the projector?"),
        problem=problem,
        say={"code": w("Code word"), "enter": w("Go in")},
    )


def participant_page(room: Room, text: str = "", problem: str = "") -> str:
    """Return the page on which a participant hands in a file, and sees what is open."""
    w = room.w
    return _page(
        "participant.html.j2",
        w,
        title=w("The room"),
        finding=graded_line(room.graded, w),
        text=text,
        problem=problem,
        steps=[_step_line(step, room) for step in ROOM_STEPS],
        say={
            "drop": w("Drop your hand-in here, or choose it: something.workbook.json"),
            "send": w("Hand in"),
            "steps": w("The steps"),
            "wall": w("The wall"),
            "keep": w("Your file stays on your computer, too. Without a receipt, send it again."),
        },
    )


def _step_line(step: RoomStep, room: Room) -> str:
    w = room.w
    state = w("open now") if step in room.state.open else w("closed now")
    return w("{step}: {state}", step=w(ROOM_STEP_NAMES[step]), state=state)


def join_page(room: Room, address: str) -> str:
    """Return the page for the projector: address, QR code and code word."""
    w = room.w
    code = f"{room.state.code[:3]}-{room.state.code[3:]}"
    return _page(
        "join.html.j2",
        w,
        title=w("Come in"),
        finding=graded_line(room.graded, w),
        address=address,
        code=code,
        picture=qr_code(f"{address}?code={room.state.code}"),
        line=f'room = "{address.removeprefix("http://").rstrip("/")} {code}"',
        say={
            "address": w("Address"),
            "code": w("Code word"),
            "qr": w("QR code of the address"),
            "notebook": w("In notebook 07 write at the top:"),
        },
    )


def desk(room: Room, *, still: bool = False) -> str:
    """Return the facilitator's page: the steps to open and close, and who is where.

    It reloads itself, unless it is to be `still` for those who read slowly or have it read aloud.
    """
    w = room.w
    present = room.present()
    return _page(
        "desk.html.j2",
        w,
        title=w("The facilitator's desk"),
        finding=_counted(room, w),
        refresh=0 if still else REFRESH_SECONDS,
        key=room.state.key,
        problem=w.message(room.problem) if room.problem else "",
        steps=[(s, w(ROOM_STEP_NAMES[s]), s in room.state.open) for s in ROOM_STEPS],
        heads=[w("name"), w("own number"), w("is at"), w("here"), w("receipt")],
        rows=[
            (desk_name(one.name), one.own_id, w(STEP_NAMES[one.step]), one.here, one.receipt)
            for one in present
        ],
        missing=room.collected.missing if room.collected else (),
        say=_desk_words(w),
    )


def _counted(room: Room, w: Words) -> str:
    answers = room.collected.answers if room.collected else ()
    return w.n("{n} hand-in counts", "{n} hand-ins count", len(answers))


def _desk_words(w: Words) -> dict[str, str]:
    return {
        "steps": w("The steps"),
        "open": w("Open"),
        "close": w("Close"),
        "is_open": w("open now"),
        "is_closed": w("closed now"),
        "people": w("Who is where"),
        "nobody": w("Nobody yet."),
        "yes": w("yes"),
        "join": w("For the projector: the way in"),
        "wall": w("For the projector: the wall"),
        "all": w("Every hand-in, and files that do not count"),
        "refresh": w("This page reloads by itself."),
        "stop": w("Stop reloading"),
        "reload": w("Reload by itself"),
        "missing": w(NOT_YET),
        "away": w("no sign for a minute"),
    }


def wall_to_come(w: Words) -> str:
    """Return the page in place of the wall until it has been made."""
    said = w("It is being made.")
    return _page("refused.html.j2", w, title=w("The wall"), finding=said, refresh=2)


def refused_page(status: int, w: Words) -> str:
    """Return the page of a request that is not answered."""
    template = N_("There is nothing at this address.")
    if status != 404:
        template = N_("This could not be answered. Go back, and try again.")
    return _page("refused.html.j2", w, title=w("The room"), finding=w(template))


def _page(template: str, w: Words, **parts: Any) -> str:
    parts = {"refresh": 0, **parts}
    parts["say"] = {"skip": w("Skip to the content"), **parts.get("say", {})}
    return render(template, w, TEMPLATES, **parts)
