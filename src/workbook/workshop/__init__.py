"""A workshop: the hand-ins of participants, the table made of them, and the wall with the results.

hand_in.py      the file a participant hands in, with its receipt code; the forks to bet on
draft.py        a hand-in before it is handed in, and the choice after the reveal
participant.py  what a participant's notebook calls
folder.py       the files in a folder of hand-ins, and what those are that hold none
rehearsed.py    replays the rehearsals handed in, and what their decisions cost
kept.py         these costs in a file, so that a restart values none of them again
inbox.py        reads a folder of hand-ins: which count, and what is in them
panels.py       which answers the wall shows, and when it changes
wall.py         results of the class without names
place.py        one participant's place among them
debrief.py      three questions for the discussion, chosen from the results
page.py         the wall as a page
desk.py         the facilitator's view as a page
class_list.py   who belongs to the class, and who has not handed in
grading.py      what is graded, if anything; the points of each
gradebook.py    the points as Canvas or Moodle import them
course.py       what a teacher adds: class list, grades, gradebook
class_table.py  the private table of a class, and the plan file of each chain
collect.py      turns a folder of hand-ins into the table and both pages
watching.py     the same on each change
link.py         what a notebook and the room of a class say to each other
following.py    a notebook follows the room, and sends what waits
gated.py        a part of the notebook that is shown while its step is open
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
