"""A workshop: what participants hand in, the table it makes, and the wall that all look at.

entry.py      one participant's hand-in: a small file with a receipt code
draft.py      the same in the making      seat.py  where a participant writes it and hands it in
looking_back.py  what they would choose after the reveal, at every fork that they bet on
inbox.py      a folder of hand-ins: which count, which do not, and why
forks.py      the forks that can be bet on, and which way gets there most often
answers.py    what each counted hand-in says, its chain played
wall.py       the class without names; nothing shown of fewer than five
debrief.py    three questions, chosen from what the class did
place.py      where one participant stands among the others, told only to them
page.py       wall and desk as pages      collect.py  from a folder to table, wall and desk
watch.py      the same again and again    monday.py   the page that a participant takes home
guide.py      minute by minute            paper.py    sheets and cards to print
facilitator.py  the facilitator's notebook: guide, timer, sheets, wall
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.workshop.facilitator import Facilitator, facilitate
    from workbook.workshop.seat import Seat, take_a_seat

__all__ = ["Facilitator", "Seat", "facilitate", "take_a_seat"]

ROOMS = {
    "Facilitator": "facilitator",
    "facilitate": "facilitator",
    "Seat": "seat",
    "take_a_seat": "seat",
}


def __getattr__(name: str) -> Any:
    """The notebooks' halves load when a notebook asks for them; collecting needs neither."""
    if name in ROOMS:
        from importlib import import_module

        return getattr(import_module(f"workbook.workshop.{ROOMS[name]}"), name)
    raise AttributeError(name)
