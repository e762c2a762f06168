"""A workshop: the hand-ins of participants, the table made of them, and the wall with the results.

hand_in.py      the file a participant hands in, with its receipt code; the forks to bet on
draft.py        a hand-in before it is handed in, and the choice after the reveal
participant.py  what a participant's notebook calls
folder.py       the files in a folder of hand-ins, and what those are that hold none
rehearsed.py    replays the rehearsals handed in, and what their decisions cost
inbox.py        reads a folder of hand-ins: which count, and what is in them
panels.py       which answers the wall shows, and when it changes
wall.py         results of the class without names
place.py        one participant's place among them
debrief.py      three questions for the discussion, chosen from the results
page.py         HTML pages of the wall and of the facilitator's view
collect.py      turns a folder of hand-ins into the table and both pages, once or on each change
paper.py        sheets and cards to print; the page that a participant takes home
facilitator.py  what the facilitator's notebook calls; the timetable of a workshop
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.workshop.facilitator import Facilitator, facilitate
    from workbook.workshop.participant import Participant, take_a_seat

__all__ = ["Facilitator", "Participant", "facilitate", "take_a_seat"]

MODULES = {
    "Facilitator": "facilitator",
    "facilitate": "facilitator",
    "Participant": "participant",
    "take_a_seat": "participant",
}


def __getattr__(name: str) -> Any:
    """Import the notebook interfaces on first use: collecting needs neither."""
    if name in MODULES:
        from importlib import import_module

        return getattr(import_module(f"workbook.workshop.{MODULES[name]}"), name)
    raise AttributeError(name)
